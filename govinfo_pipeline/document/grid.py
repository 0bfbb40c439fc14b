"""One <table> -> rows of cells with their true grid columns, and whether it is a table of data at all.

Owns spans, Word's filler cells and rows, and the text of a cell. A table that only lays out the page has no rows
here: where it has one cell a row, or a cell that holds a table or an essay, its text is prose and is left to
the page's reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from govinfo_pipeline.document.markup import (
    CELL_KINDS,
    DROP,
    INPUT,
    PRE,
    RAW,
    clean,
    clean_cell,
    paragraphs,
    tag_id,
    without_zero_width,
)
from govinfo_pipeline.errors import DocumentError

SPANNED = "td:is([rowspan],[colspan]),th:is([rowspan],[colspan])"

_TD: Final = tag_id("td")
_TH: Final = tag_id("th")
_TR: Final = tag_id("tr")
_TABLE: Final = tag_id("table")
_THEAD, _TBODY, _TFOOT, _CAPTION = map(tag_id, ("thead", "tbody", "tfoot", "caption"))
_ORDER = {_CAPTION: 0, _THEAD: 1, _TBODY: 2, _TFOOT: 3}
_IMAGE = tag_id("img")
# Where one of these stands in a table, its cells are read node by node.
_SPECIAL = {tag for tag, kind in CELL_KINDS.items() if kind in (RAW, DROP, PRE, INPUT)} | {
    _IMAGE,
    tag_id("sup"),
    tag_id("sub"),
}
_PART: Final = "\x1f"  # parts the texts of a cell

_LONGEST_CELL: Final = 500  # a statutory label with its explanation has some 100 characters
_WIDEST_SPAN, _HIGHEST_SPAN = 1_000, 65_534  # as browsers clamp them
_MOST_CELLS: Final = 500_000
_MOST_SPANNED: Final = 2_000_000

_WHOLE = re.compile(r"\s*\+?(\d{1,9})")
_ZERO = re.compile(r"\s*0+(?:\.0+)?\s*(?:px|pt|cm|in|%)?\s*")
_ZERO_HEIGHT = re.compile(r"(?:^|;)\s*height\s*:\s*0(?:\.0*)?\s*(?:px|pt|cm|in)?\s*(?:;|$|!)", re.IGNORECASE)
_NUMERIC_ENDS = frozenset("0123456789０１２３４５６７８９.+-/%．＋－／％—–−")


class GridRow(NamedTuple):
    """One row: texts and grid columns (from 1) of its cells, at their origin; ``images``: blank cells with one."""

    node: LexborNode
    texts: list[str]
    columns: list[int]
    images: int


@dataclass(slots=True)
class Grid:
    """A table's rows in the order they are shown. ``whole``: nothing of the table is left beside them."""

    node: LexborNode
    captions: list[str] = field(default_factory=list)
    rows: list[GridRow] = field(default_factory=list)
    whole: bool = True


def read_spans(root: LexborNode) -> dict[int, tuple[int, int]]:
    """Return (rowspan, colspan) of every cell that has one, by memory id; clamped as browsers do."""
    spans = {}
    for node in root.css(SPANNED):
        attributes = node.attributes
        rowspan, colspan = _whole(attributes.get("rowspan")), _whole(attributes.get("colspan"))
        if rowspan == 0:  # down to the end of the group
            rowspan = _HIGHEST_SPAN
        spans[node.mem_id] = min(rowspan, _HIGHEST_SPAN), min(colspan or 1, _WIDEST_SPAN)
    return spans


def _whole(value: str | None) -> int:
    match = _WHOLE.match(value or "")
    return int(match[1]) if match else 1


class GridReader:
    """Reads the tables of one page; counts their cells, which a hostile page has too many of."""

    def __init__(self, page: LexborNode) -> None:
        self._page = page
        self._spans = read_spans(page)
        self._wrapping: frozenset[int] = frozenset()  # rows that hold a table
        self._cells = 0
        self._spanned = 0

    def read(self, table: LexborNode) -> Grid | None:
        """Return the rows of a table of data, None for a table that only lays out text."""
        tags = [node.tag_id for node in table.traverse()]
        special = not _SPECIAL.isdisjoint(tags)
        if not self._wrapping and tags.count(_TABLE) > 1:
            self._wrapping = _wrapping(self._page)
        grid = Grid(table)
        for group in sorted(table.iter(), key=lambda node: _ORDER.get(node.tag_id, 2)):
            if group.tag_id == _CAPTION:
                grid.captions += _texts(group)
            elif group.tag_id in _ORDER:
                self._read_group(grid, group, special=special)
        return grid if any(len(row.texts) > 1 for row in grid.rows) else None

    def _read_group(self, grid: Grid, group: LexborNode, *, special: bool) -> None:
        busy: dict[int, int] = {}  # column -> rows below that a cell above still covers
        filler = False
        for node in group.iter():
            if node.tag_id != _TR:
                filler = _in_filler(node, filler)
                continue
            if self._wrapping and node.mem_id in self._wrapping:
                grid.whole = False
                busy = {column: rows - 1 for column, rows in busy.items() if rows > 1}
                continue
            row = self._read_row(node, busy, special=special)
            if len("".join(row.texts)) > _LONGEST_CELL and max(map(len, row.texts)) > _LONGEST_CELL:
                grid.whole = False
            elif any(row.texts) or (row.texts and not filler and not _has_no_height(node)):
                grid.rows.append(row)

    def _read_row(self, tr: LexborNode, busy: dict[int, int], *, special: bool) -> GridRow:
        texts: list[str] = []
        cells: list[LexborNode] = []
        images, filler, spans = 0, False, bool(self._spans)
        for node in tr.iter():
            tag = node.tag_id
            if tag != _TD and tag != _TH:
                filler = _in_filler(node, filler)
                continue
            text = node.text(separator=_PART)
            if special or _PART in text:
                text = _cell(node, text, special=special)
            elif text:
                text = clean_cell(text)
            if not text:
                if filler or _is_filler(node):
                    continue
                images += special and node.css_first("img") is not None
            texts.append(text)
            if spans:
                cells.append(node)
        self._cells += len(texts)
        if self._cells > _MOST_CELLS:
            raise _too_many(f"{_MOST_CELLS} 个单元格", f"{_MOST_CELLS} cells")
        columns = self._columns(cells, busy) if spans else [*range(1, len(texts) + 1)]
        return GridRow(tr, texts, columns, images)

    def _columns(self, cells: list[LexborNode], busy: dict[int, int]) -> list[int]:
        """Return the grid column of each cell; ``busy`` is brought to the next row."""
        columns = []
        column = 1
        below: dict[int, int] = {}
        for cell in cells:
            while column in busy:
                column += 1
            columns.append(column)
            rowspan, colspan = self._spans.get(cell.mem_id, (1, 1))
            if rowspan > 1:
                below.update(dict.fromkeys(range(column, column + colspan), rowspan))
            column += colspan
        self._spanned += len(busy) + len(below)
        if self._spanned > _MOST_SPANNED:
            raise _too_many(f"{_MOST_SPANNED} 个合并格", f"{_MOST_SPANNED} spanned places")
        busy.update(below)
        for column, rows in list(busy.items()):
            if rows > 1:
                busy[column] = rows - 1
            else:
                del busy[column]
        return columns


def _wrapping(page: LexborNode) -> frozenset[int]:
    """Return the memory ids of the rows that hold another table."""
    found: set[int] = set()
    for table in page.css("table table"):
        parent = table.parent
        while parent is not None:
            if parent.tag_id == _TR:
                if parent.mem_id in found:
                    break
                found.add(parent.mem_id)
            parent = parent.parent
    return frozenset(found)


def _too_many(zh: str, en: str) -> DocumentError:
    return DocumentError(
        "too_complex",
        f"网页中的表格超过 {zh}, 年度报告不会如此; 请确认文件.",
        f"the tables of the page have more than {en}, which no annual report has; check the file.",
    )


def _in_filler(node: LexborNode, before: bool) -> bool:
    """Follow Word's conditional comments: between these two stand cells that only align other cells."""
    if not node.is_comment_node:
        return before
    comment = node.comment_content or ""
    if "endif" in comment:
        return False
    return before or "supportMisalignedColumns" in comment


def _has_no_height(tr: LexborNode) -> bool:
    attributes = tr.attributes
    return bool(
        _ZERO.fullmatch(attributes.get("height") or "") or _ZERO_HEIGHT.search(attributes.get("style") or "")
    )


def _is_filler(cell: LexborNode) -> bool:
    """Say whether a blank cell is one that Word put at the end of a row to align it."""
    attributes = cell.attributes
    style = attributes.get("style") or ""
    if "mso-cell-special" in style:
        return True
    return bool(_ZERO.fullmatch(attributes.get("width") or "")) and (
        "mso-" in style or "border:none" in style.replace(" ", "")
    )


def _texts(node: LexborNode) -> list[str]:
    parts = (part for part in paragraphs(node, CELL_KINDS) if isinstance(part, str))
    return list(filter(None, map(clean, map(without_zero_width, parts))))


def _cell(node: LexborNode, text: str, *, special: bool) -> str:
    """Return the text of a cell of several pieces: they are one text (商业<br>企业) unless they are numbers."""
    if not special:
        pieces = text.split(_PART)
        filled = [piece for piece in pieces if not piece.isspace()]
        if len(filled) < 2:
            return clean_cell(filled[0]) if filled else ""
    return _join(_texts(node))


def _join(texts: list[str]) -> str:
    joined = ""
    for paragraph in texts:
        if joined and joined[-1] in _NUMERIC_ENDS and paragraph[0] in _NUMERIC_ENDS:
            joined += "\n"
        joined += paragraph
    return joined
