"""What a printed cell is: a value, a row's label, a heading, a section, or none of these.

Owns the matching of labels, built from the forms. A label is matched alone, by what it says; which of several
meanings it has (其他, 总计) is decided by the block it stands in, in `extract.scan`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, count, groupby
from typing import Final

from govinfo_pipeline.extract.near import Near
from govinfo_pipeline.extract.numbers import Value, read_number, whole
from govinfo_pipeline.formats import load_forms
from govinfo_pipeline.formats.model import Table
from govinfo_pipeline.report import NOT_A_NUMBER
from govinfo_pipeline.script import fold, simplify


class Kind:
    """What a cell is. VALUE and BLANK are below all others, so that `kind > Kind.VALUE` asks for the rest.

    Plain integers: a batch compares them a hundred million times.
    """

    BLANK: Final = 0
    VALUE: Final = 1
    ROW: Final = 2
    HEADING: Final = 3
    GROUP: Final = 4
    EITHER: Final = 5
    PART: Final = 6
    TABLE: Final = 7
    SECTION: Final = 8
    EXTRA: Final = 9
    TEXT: Final = 10
    PROSE: Final = 11


@dataclass(frozen=True, slots=True)
class Token:
    """A cell's meaning.

    ``table`` and ``row`` name what is labelled (art20 rows name their table, headings their column);
    ``forms`` are the forms that print this heading; ``rest`` is what is missing of a PART, or what stands behind
    a label in its cell where that has digits; ``unit`` what a heading says of units. The ``row`` of a TEXT is
    REMARK where it may head a column of remarks, or that of the one row, of ``table``, whose label is near.
    Cells of one ``shape`` are read alike wherever they stand: values, blanks, prose, or the same text. ``tabular``
    is what stands in a statutory table, or heads the part of the report that has one.
    """

    kind: int
    letter: str = NOT_A_NUMBER
    value: Value | None = None
    unit: str = ""
    table: str = ""
    row: str = ""
    forms: tuple[str, ...] = ()
    rest: str = ""
    numbered: bool = False
    shape: str = ""
    tabular: bool = False


# A column that clerks add behind the form's.
REMARK = "remark"
_REMARKS = ("备注", "说明", "备注说明", "备考")

# Six fixed sections; wording varies, so a section is a number and a word of its title.
_SECTIONS = (
    ("总体", "s1"),
    ("主动公开政府信息", "s2"),
    ("收到和处理", "s3"),
    ("申请情况", "s3"),
    ("行政复议", "s4"),
    ("行政诉讼", "s4"),
    ("主要问题", "s5"),
    ("存在问题", "s5"),
    ("存在的", "s5"),
    ("其他", "s6"),
)
_SECTION = re.compile(r"\s*[一二三四五六]\s*[、.．,，]\s*\S")
_NUMBERED = re.compile(
    r"\s*(?:[(（]\s*[一二三四五六七八九十]{1,2}\s*[)）]|[一二三四五六七八九十]\s*、|\d\s*[.．、])"
)
_SENTENCE = re.compile(r"[。；;!！?？]")
_MONEY = re.compile(r"[十百千]?[万萬亿億]?元")
_UNIT_LINE = re.compile(
    rf"[(（]?\s*(?:金额|金額)?[单單]位\s*[:：]\s*(?:人民[币幣])?{_MONEY.pattern}\s*[)）]?"
)
_DIGIT = re.compile(r"[0-9]")
_BRACKET = re.compile(r"[(（]")
_BETWEEN = " \xa0\u3000-—－:："
_LONGEST_SECTION = 45
_LONGEST_HEAD = 30
_SHORTEST_PREFIX = 6
_SHORTEST_PART = 6
_FEWEST_GROUPS = 2
_PROSE_LENGTH = 40
_CACHE_LIMIT = 100_000
_CACHED_LENGTH = 120

# Shapes of the cells of a document are joined to one string: their numbers end in a blank.
_BLANK_SHAPE, _VALUE_SHAPE, _PROSE_SHAPE, WHOLE_SHAPE = "0 ", "1 ", "2 ", "3 "
_FIRST_SHAPE = 4
_BLANK = Token(Kind.BLANK, "b", shape=_BLANK_SHAPE, tabular=True)
_PROSE = Token(Kind.PROSE, NOT_A_NUMBER, shape=_PROSE_SHAPE)
_TEXT = Token(Kind.TEXT, NOT_A_NUMBER)
_TABLE_SECTIONS = ("s2", "s3", "s4")


class _Cache(dict[str, Token]):
    """Printed cell -> Token, filled by ``make``; what is longer than any label is not kept."""

    def __init__(self, make: Callable[[str], Token]) -> None:
        self._make = make

    def __missing__(self, text: str) -> Token:
        token = self._make(text)
        if len(text) <= _CACHED_LENGTH:
            self[text] = token
        return token


class Labels:
    """The labels of all forms, folded, and a cache from printed cell to Token.

    ``left_of`` are the pairs of columns of which the first stands left of the second.
    """

    def __init__(self) -> None:
        self._exact: dict[str, Token] = {}
        self._parts: dict[str, str] = {}
        self._cache = _Cache(self._shaped)
        self._shapes = count(_FIRST_SHAPE)
        for form in load_forms():
            for table in form.tables:
                for label in table.labels:
                    self._learn(label, Token(Kind.TABLE, table=table.id), form.id)
                for label in table.headings:
                    self._learn(label, Token(Kind.HEADING, table=table.id), form.id)
                for label, kind in _run_together(table):
                    self._learn(label, Token(kind, table=table.id), form.id)
                for label in table.groups:
                    self._learn(label, Token(Kind.GROUP, table=table.id), form.id)
                for label in table.extras:
                    self._learn(label, Token(Kind.EXTRA, table=table.id), form.id)
                for column in table.columns:
                    for label in (column.label, *column.aliases):
                        self._learn(label, Token(Kind.HEADING, table=table.id, row=column.id), form.id)
                for row in table.rows:
                    for label in (row.label, *row.aliases):
                        self._learn(label, Token(Kind.ROW, table=table.id, row=row.id), form.id, part=True)
        self._near = _near(self._exact)
        self._exact |= {fold(label): Token(Kind.TEXT, row=REMARK) for label in _REMARKS}
        tables = [table for form in load_forms() for table in form.tables]
        self.left_of = {(a.id, b.id) for table in tables for a, b in combinations(table.columns, 2)}
        self._groups = {fold(group) for form in load_forms() for t in form.tables for group in t.groups}
        self._prefixes = _by_beginning(self._exact, _SHORTEST_PREFIX)
        self._beginnings = _by_beginning(self._parts, _SHORTEST_PART)

    def _learn(self, label: str, token: Token, form: str, *, part: bool = False) -> None:
        key = fold(label)
        if not key:
            return  # the one row of `disputes` prints no label
        known = self._exact.get(key)
        forms = tuple(dict.fromkeys((*(known.forms if known else ()), form)))
        kind, table, row = token.kind, token.table, token.row
        if known and known.kind != kind:
            # 其他, 总计: a row of one table and a heading of another.
            # 其他处理: a row in one form, a group in the other.
            row_token = known if known.kind in (Kind.ROW, Kind.EITHER) else token
            kind = (
                Kind.EITHER if Kind.HEADING in (known.kind, kind) or known.kind == Kind.EITHER else Kind.ROW
            )
            table, row = row_token.table, row_token.row
        elif known and known.table != table:
            table = ""
        self._exact[key] = Token(kind, table=table, row=row, forms=forms)
        if part and kind == Kind.ROW:
            self._parts[key] = key

    def token(self, text: str) -> Token:
        """Return what a printed cell is; cached by its text."""
        return self._cache[text]

    def tokens(self, texts: list[str]) -> list[Token]:
        """Return what each cell is."""
        if len(self._cache) > _CACHE_LIMIT:
            self._cache.clear()
        return list(map(self._cache.__getitem__, texts))

    def _shaped(self, text: str) -> Token:
        found = self.classify(text)
        if found.kind > Kind.VALUE and found.kind != Kind.PROSE:
            tabular = found.row in _TABLE_SECTIONS if found.kind == Kind.SECTION else found.kind < Kind.TEXT
            found = replace(found, shape=f"{next(self._shapes)} ", tabular=tabular)
        return found

    def classify(self, text: str) -> Token:
        """Return what a printed cell is, without the cache."""
        if len(text) > _CACHED_LENGTH:
            return self._long(text)
        letter, value, unit = read_number(text)
        if letter != NOT_A_NUMBER:
            if letter == "b":
                return _BLANK
            shape = _VALUE_SHAPE if value is None or whole(value) is None else WHOLE_SHAPE
            return Token(Kind.VALUE, letter, value, unit, shape=shape, tabular=True)
        if section := _section(text):
            return Token(Kind.SECTION, row=section)
        return self._label(text) or self._near_label(text) or (_PROSE if len(text) > _PROSE_LENGTH else _TEXT)

    def _long(self, text: str) -> Token:
        """A text too long for a label is prose, but for a short label with a long explanation in brackets."""
        bracket = None if "。" in text else _BRACKET.search(text, 2, _LONGEST_HEAD)
        known = self._exact.get(fold(text[: bracket.start()])) if bracket else None
        return known or _PROSE

    def _label(self, text: str) -> Token | None:
        folded, tail = fold(text), ""
        known = self._exact.get(folded)
        numbering = _NUMBERED.match(text)
        if known is None and (row := self._behind_group(text)):
            return row
        if known is None and (bracket := _BRACKET.search(text, (numbering.end() if numbering else 0) + 1)):
            known = self._exact.get(fold(text[: bracket.start()]))
        if known is None and len(folded) > _SHORTEST_PREFIX and not _SENTENCE.search(text):
            alike = self._prefixes.get(folded[:_SHORTEST_PREFIX], ())
            prefix = next((p for p in alike if folded.startswith(p)), None)
            known = self._exact.get(prefix) if prefix else None
            tail = folded[len(prefix) :] if prefix else ""
        if known is not None:
            return Token(
                known.kind,
                unit=_unit(text) if known.kind == Kind.HEADING else "",
                table=known.table,
                row=known.row,
                forms=known.forms,
                rest=tail if _DIGIT.search(tail) else "",
                numbered=numbering is not None,
            )
        return self._part(folded)

    def _near_label(self, text: str) -> Token | None:
        """Return a TEXT that names the row whose label it has but for one character."""
        if _SENTENCE.search(text):
            return None
        key = self._near.find(fold(text), simplify(text))
        return Token(Kind.TEXT, table=self._exact[key].table, row=self._exact[key].row) if key else None

    def _behind_group(self, text: str) -> Token | None:
        """Return the row whose label stands behind its group's in one cell (三、本年度办理结果 (一)予以公开)."""
        whole = simplify(text)
        for group in self._groups:
            head, found, label = whole.partition(group)
            if found and label and fold(head + group) == group:
                token = self._label(label.strip(_BETWEEN))
                return token if token and token.kind in (Kind.ROW, Kind.EITHER) else None
        return None

    def _part(self, folded: str) -> Token | None:
        """Return a PART for the beginning of exactly one row's label (a label cut by a line end)."""
        if len(folded) < _SHORTEST_PART:
            return None
        alike = self._beginnings.get(folded[:_SHORTEST_PART], ())
        whole = [key for key in alike if key.startswith(folded)]
        rows = {(self._exact[key].table, self._exact[key].row) for key in whole}
        if len(rows) != 1:
            return None
        (table, row), longest = rows.pop(), max(whole, key=len)
        return Token(Kind.PART, table=table, row=row, rest=longest[len(folded) :])


def _by_beginning(keys: Iterable[str], size: int) -> dict[str, list[str]]:
    """Return the first ``size`` characters -> the keys that begin so, longest first."""
    found: dict[str, list[str]] = {}
    for key in sorted(keys, key=len, reverse=True):
        if len(key) >= size:
            found.setdefault(key[:size], []).append(key)
    return found


def _run_together(table: Table) -> Iterator[tuple[str, int]]:
    """Yield the headings of repeated groups of columns as a line prints them: all of one group or of several.

    Narrow ones stand on two lines, the first alone says nothing: 结果 结果 其他 尚未 总计, 维持 纠正 结果 审结.
    """
    groups = [
        [column.label for column in same] for _, same in groupby(table.columns, lambda column: column.group)
    ]
    if len(groups) < _FEWEST_GROUPS or any(group != groups[0] for group in groups):
        return
    upper = "".join(label[:2] for label in groups[0])
    lower = "".join(label[2:] for label in groups[0])
    for times in range(1, len(groups) + 1):
        yield "".join(groups[0]) * times, Kind.HEADING
        yield upper * times, Kind.TEXT
        yield upper * times + lower * times, Kind.HEADING


def _near(exact: dict[str, Token]) -> Near:
    """Return what finds the rows whose labels are near, with the labels as the forms print them."""
    printed: dict[str, list[str]] = {key: [] for key, token in exact.items() if token.kind == Kind.ROW}
    for row in (row for form in load_forms() for table in form.tables for row in table.rows):
        for key in printed.keys() & {fold(label) for label in (row.label, *row.aliases)}:
            printed[key].append(row.label)
    return Near({key: (token.kind, token.table, token.row) for key, token in exact.items()}, printed)


def _section(text: str) -> str:
    if len(text) > _LONGEST_SECTION or not _SECTION.match(text):
        return ""
    title = simplify(text)
    if any(word in title for word in ("本年新收", "结转", "办理结果", "继续办理", "总计")):
        return ""
    return next((section for word, section in _SECTIONS if word in title), "")


def _unit(text: str) -> str:
    """Return the unit of money that a heading prints, 万元 or 千元 or 元, or ""."""
    match = _MONEY.search(text)
    return match[0].replace("萬", "万").replace("億", "亿") if match else ""


def unit_of_line(text: str) -> str:
    """Return the unit of money that a line of its own gives to what stands below it (单位:万元), or ""."""
    return _unit(text) if _UNIT_LINE.fullmatch(text) else ""


@lru_cache(maxsize=1)
def labels() -> Labels:
    """Return the labels of the forms that ship with the package."""
    return Labels()
