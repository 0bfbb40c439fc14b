"""Bytes -> characters: which encoding a file is really in. Declarations lie and only break ties.

A byte order mark decides; else strict UTF-8; else UTF-8, GB 18030, Big5 and, where there are NUL bytes, UTF-16
are tried, and the one that reads most like Chinese wins. Lost characters become U+FFFD and are said. What is no
text is refused, and so is a text that no encoding makes sense of.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from govinfo_pipeline.document.binary import refuse_binary, refuse_signature
from govinfo_pipeline.errors import DocumentError


class Decoded(NamedTuple):
    """Text, the encoding's name, and notes (code, zh, en, line) on characters that were lost."""

    text: str
    encoding: str
    notes: tuple[tuple[str, str, str, int], ...] = ()


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_EIGHT_BIT = ("utf-8", "gb18030", "big5hkscs")
_UTF16 = ("utf-16-le", "utf-16-be")
# What a declared charset is called here. Pages that say GB2312 hold characters of GB 18030.
_DECLARED = (
    ("gb", "gb18030"),
    ("936", "gb18030"),
    ("big5", "big5hkscs"),
    ("950", "big5hkscs"),
    ("utf", "utf-8"),
)

# Characters that most of any report consists of, and those of which names of places and offices are made.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还者与及其中将并由向"
    "這個為時來們於後對會發動過產種經進兩體機當點從業開應學國與將並還實現總處辦數據"
    "政府信息公开申请件情况年度报告总体办理结果新收上结转下予以部分无法提供处其他计项目数规章范性文许可罚强制事费额复议诉讼"
    "維持糾正尚未審結維护纠审起直接自然商企科研组织服务构社益类案卷关密秘稳安全第三方权过内程条例区通知依据根"
    "請況報規範許罰強費額複議訴訟組織務構類關穩權條區聯"
    "省市县區镇乡州旗盟村街道厅局委办室站网京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼縣鎮鄉廳網雲"
    "东西南北山海江河湖林石城门平阳武德福长丰龙临昌永東門陽長豐龍臨零一二三四五六七八九〇万亿元月日萬億"
)
_PUNCTUATION = frozenset("，。、；：？！（）《》〈〉“”‘’【】〔〕—…·　％０１２３４５６７８９")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_SAMPLE = 50_000  # bytes that are scored
_LEAST_SCORE = 0.2
_MOST_LOST = 0.05  # of the characters beyond ASCII
_LONGEST_CHARACTER = 4  # bytes


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of ``data``; ``declared`` is the charset that the file claims.

    Raises DocumentError: ``empty``, ``binary``, ``unreadable_encoding``.

    >>> decode("規章 12 件".encode("big5"), declared="gb2312")[:2]
    ('規章 12 件', 'big5hkscs')
    """
    if not data.strip():
        raise empty_error(len(data))
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        if error.start >= len(data) - _LONGEST_CHARACTER and error.start > 0 and _can_be_cut(data, error):
            return _cut(data[: error.start].decode(), "utf-8")
    else:
        if b"\0" not in data:
            refuse_binary(data)
            return Decoded(text, "utf-8")
    return _guess(data, declared)


def empty_error(size: int) -> DocumentError:
    """Return the error for a file of ``size`` bytes that holds nothing but white space."""
    return DocumentError(
        "empty",
        f"文件没有内容 ({size} 字节, 全是空白); 应是年度报告的文本或网页, 请重新下载.",
        f"the file is empty ({size} bytes of white space); it must be the text or page of a report: get it again.",
    )


def _can_be_cut(data: bytes, error: UnicodeDecodeError) -> bool:
    """Say whether only the file's last character is incomplete."""
    return error.reason == "unexpected end of data" and error.end == len(data)


def _guess(data: bytes, declared: str | None) -> Decoded:
    """Try the encodings; a text with NUL bytes can only be UTF-16, in which 一 is one of many that have one."""
    refuse_signature(data)
    claimed = next((name for mark, name in _DECLARED if mark in (declared or "").lower()), None)
    for encodings in (_UTF16,) if b"\0" in data else (_EIGHT_BIT, _UTF16):
        score, _, encoding = max((_score(data, name), name == claimed, name) for name in encodings)
        if score >= _LEAST_SCORE:
            return _decode_as(data, encoding)
        refuse_binary(data)
    raise _unreadable()


def _score(data: bytes, encoding: str) -> float:
    """Return the share of frequent characters among those beyond ASCII, less twice the share of lost ones."""
    first = _HIGH_BYTE.search(data)
    start = first.start() if first and encoding in _EIGHT_BIT else 0
    text = data[start : start + _SAMPLE].decode(encoding, "replace")
    beyond = "".join(_BEYOND_ASCII.findall(text))
    if not beyond:
        return 0.0
    good = sum(map(_FREQUENT.__contains__, beyond)) + sum(map(_PUNCTUATION.__contains__, beyond))
    return (good - 2 * _lost(beyond)) / len(beyond)


def _lost(text: str) -> int:
    """Count what no text has: replacement characters and places of private use."""
    return text.count("\ufffd") + sum("\ue000" <= char <= "\uf8ff" for char in text)


def _decode_as(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - _LONGEST_CHARACTER and error.start > 0:
            return _cut(data[: error.start].decode(encoding), encoding)
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > _MOST_LOST * sum(map(len, _BEYOND_ASCII.findall(text))) + 1:
        raise _unreadable()
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    note = (
        "lost_characters",
        f"文件按 {encoding} 解码, 有 {lost} 处字符损坏 (首处在第 {line} 行), 显示为 \ufffd.",
        f"the file is {encoding} with {lost} damaged characters (first in line {line}), shown as \ufffd.",
        line,
    )
    return Decoded(text, encoding, (note,))


def _cut(text: str, encoding: str) -> Decoded:
    line = text.count("\n") + 1
    note = (
        "cut_off",
        f"文件在第 {line} 行的一个字符中间断开, 可能没有下载完整; 该字符未读.",
        f"the file ends inside a character in line {line}, so it may be incomplete; that character is not read.",
        line,
    )
    return Decoded(text, encoding, (note,))


def _unreadable() -> DocumentError:
    return DocumentError(
        "unreadable_encoding",
        "文件的字符编码无法辨认 (已试 UTF-8, GB 18030, Big5, UTF-16); 请用编辑器另存为 UTF-8.",
        "the file's encoding is not recognised (tried UTF-8, GB 18030, Big5, UTF-16): save it as UTF-8.",
    )
