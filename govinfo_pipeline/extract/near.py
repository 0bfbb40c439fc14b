"""Labels with one character wrong, lost or too many: which row they name, if only one row's label is anywhere near.

Owns what is near: a character typed for one that sounds or looks like it, lost or doubled where nothing else is meant.
Any other change makes another label, and so does any in a short one: 行政处分 is no 行政处罚.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Meaning = tuple[int, str, str]

_SHORTEST = 6  # among fewer characters one makes another word
# Characters that sound or look alike, which is how one is typed for the other; 党 for 行 is another label.
_ALIKE = (
    "型性形行刑 做作坐座 既即及 其期起 它他她 帐账 费废肺弗 义议意异益 制治置 申伸神 理里厘 公工 息习系 件健 "
    "予于与 提题 度渡 供共 规归 张章 许诉 可科 强墙 重从众 复覆服 请清情青晴 确却 认任 属数 类累 逾愈余 缴交 补不朴 "
    "正政 处出 罚发法 结接 转专 护户沪 权全 密蜜 秘密 危为 安按 稳隐 访仿 举句 报抱 投头 诉述 续序 织职积 构购 收受"
)
_PAIRS = frozenset(a + b for group in _ALIKE.split() for a in group for b in group if a != b)
# What is dropped or doubled without another meaning.
_LOOSE = frozenset("的性类等之该")
_NUMBERING = re.compile(r"\s*[(（]?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*[)）.、．,，]")


class Near:
    """Folded labels and what they mean; ``rows`` maps those of rows to the numberings that the forms print."""

    def __init__(self, meanings: Mapping[str, Meaning], rows: Mapping[str, Iterable[str]]) -> None:
        self._meanings = meanings
        self._rows: dict[int, list[str]] = {}
        self._numberings = {
            key: {n for text in texts if (n := numbering(text))} for key, texts in rows.items()
        }
        for key in rows:
            if len(key) >= _SHORTEST:
                self._rows.setdefault(len(key), []).append(key)

    def find(self, folded: str, printed: str) -> str | None:
        """Return the one row's label that ``folded`` is a slip of, or None.

        >>> near = Near({"行政事业性收费": (2, "art20_8", "administrative_fees")}, {"行政事业性收费": []})
        >>> near.find("行政事业收费", ""), near.find("行政性收费", "")
        ('行政事业性收费', None)
        """
        size = len(folded)
        if size < _SHORTEST - 1:
            return None
        keys = [
            key
            for length in (size - 1, size, size + 1)
            for key in self._rows.get(length, ())
            if (key[0] == folded[0] or key[-1] == folded[-1]) and _is_slip(key, folded)
        ]
        if len({self._meanings[key] for key in keys}) != 1:
            return None
        key, number = keys[0], numbering(printed)
        if number and self._numberings[key] and number not in self._numberings[key]:
            return None
        return key


def numbering(text: str) -> str:
    """Return the number that a label begins with, or "".

    >>> numbering("(三)不予公开"), numbering("3.危及"), numbering("规章")
    ('三', '3', '')
    """
    match = _NUMBERING.match(text)
    return match[1] if match else ""


def _is_slip(label: str, text: str) -> bool:
    """Say whether a text differs from a label by one slip."""
    if label == text:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(label, text, strict=False)) if a != b), min(len(label), len(text))
    )
    longer = max(len(label), len(text))
    label_end, text_end = label[start + (len(label) == longer) :], text[start + (len(text) == longer) :]
    if label_end != text_end:
        return False
    was, now = label[start : len(label) - len(label_end)], text[start : len(text) - len(text_end)]
    if was and now:
        return was + now in _PAIRS
    char, whole = was or now, label if was else text
    return char in _LOOSE or char == whole[start - 1 : start]
