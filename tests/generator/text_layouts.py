"""The plain-text layouts in which tables were seen: each a way of writing a Grid down as lines.

Names are those of the layouts of the wild (A one cell a line, B pipes, C tab-indented, D and E a cell a
line closed by a pipe, F leading pipes, ...). `keeps_blanks` says where a blank cell leaves a trace.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.generator.grid import (
    GROUP,
    HEAD,
    LABEL,
    TITLE,
    VALUE,
    Grid,
    GridCell,
    GridRow,
    present,
    spanned,
)
from tests.generator.truth import SCRIPTS, in_script

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
NARROW_HEADS = ("商业企业", "科研机构", "结果维持", "结果纠正", "其他结果", "尚未审结")
TWO_LINES = frozenset(in_script(head, script) for head in NARROW_HEADS for script in SCRIPTS)
TRUNCATED = {
    "本年新制作数量": "本年新",
    "本年新公开数量": "本年新",
    "现行有效件数": "现行有效件",
}
WRAP = 13  # characters of a row label on one line of a PDF
NBSP = "\u00a0"


@dataclass(frozen=True)
class Layout:
    """A text layout: how lines are written, and what the document does around the tables.

    Attributes:
        write: Grid -> lines.
        keeps_blanks: a blank cell leaves a trace, so every cell has a certain place.
        disputes_keep_blanks: the same of the table `disputes`, where it differs.
        sure_ends: a blank at the end of a row cannot be the filling of a row that lost a cell.
        headings: whether sections two to four have headings.
        between: whether a sentence stands between heading and table.
        header_again: whether the header of `applications` is repeated after a page break.
        extra_row: whether block two has the row 其他主动公开文件.
        marks: the kind of lines that a page break or a footnote leaves between rows; none where empty.
        remarks: the kind of remarks in a column behind the form's; none where empty.
        decorated: whether values carry signs, units and words.
    """

    write: Callable[[Grid, Random], list[str]]
    keeps_blanks: bool = True
    disputes_keep_blanks: bool | None = None
    sure_ends: bool = True
    headings: bool = True
    between: bool = False
    header_again: bool = False
    extra_row: bool = False
    marks: str = ""
    remarks: str = ""
    decorated: bool = False


@dataclass(frozen=True)
class CellLines:
    """One cell a line (A, L, O); blank cells vanish."""

    indent: str = ""
    trailing: str = ""
    gap: bool = False
    full_width: bool = False
    split_groups: bool = False
    vertical_groups: bool = False

    def __call__(self, grid: Grid, rng: Random) -> list[str]:
        lines: list[str] = []
        for row in grid.rows:
            for cell in present(row):
                for piece in self._pieces(cell):
                    lines.append(f"{self.indent}{piece}{self.trailing}")
                    lines.extend([""] * self.gap)
        return lines

    def _pieces(self, cell: GridCell) -> list[str]:
        if not cell.text:
            return []
        if cell.role == GROUP and self.vertical_groups and "、" in cell.text:
            return list(cell.text)
        if cell.role == GROUP and self.split_groups and cell.text[0] in "(（":
            return [cell.text[:3], cell.text[3:]]
        if cell.role == VALUE and self.full_width:
            return [cell.text.translate(FULL_WIDTH)]
        return two_lines(cell)


@dataclass(frozen=True)
class PipeRows:
    """A table row a line (B, F, G, H, I), filled up with pipes to the width of the table."""

    leading: bool = False
    wide_labels: bool = False
    short_headers: bool = False
    blank_spans: bool = False
    truncated: bool = False
    bare_last_row: bool = False

    def __call__(self, grid: Grid, rng: Random) -> list[str]:
        lines: list[str] = []
        rows = list(spanned(grid.rows)) if self.blank_spans else list(grid.rows)
        for number, row in enumerate(rows):
            bare = self.bare_last_row and number == len(rows) - 1
            written = self._texts(present(row))
            fill = "" if bare or len(written) > 1 else "|" * (grid.width - len(row))
            lines.extend(self._line(texts, fill) for texts in written)
        return lines

    def _texts(self, row: GridRow) -> list[list[str]]:
        if self.short_headers and all(cell.role == HEAD for cell in row):
            pieces = [two_lines(cell) for cell in row]
            if any(len(p) > 1 for p in pieces):
                return [[p[0] for p in pieces], [p[1] for p in pieces if len(p) > 1]]
        return [[self._text(cell) for cell in row]]

    def _text(self, cell: GridCell) -> str:
        text = TRUNCATED.get(cell.text, cell.text) if self.truncated else cell.text
        if self.wide_labels and cell.role == TITLE:
            text = text.replace("条", "条  ").replace("條", "條  ")
        if self.wide_labels and cell.role == HEAD:
            text = " ".join(two_lines(replace(cell, text=text)))
        return text

    def _line(self, texts: list[str], fill: str) -> str:
        line = " | ".join(texts) + " |" + (f" {fill}" if fill else "")
        line = line.replace("|  |", "| |").replace("|  |", "| |")
        return f"| {line}" if self.leading else line.lstrip(" ")


@dataclass(frozen=True)
class TabbedCells:
    """Tab-indented cells, a blank line before every row, an empty cell for a row span (C)."""

    def __call__(self, grid: Grid, rng: Random) -> list[str]:
        lines: list[str] = []
        for row in spanned(grid.rows):
            lines.append("")
            for cell in present(row):
                first, *rest = two_lines(cell) or [""]
                lines.extend([f"\t{first}", *rest])
        return [*lines, ""]


@dataclass(frozen=True)
class PipeLines:
    """Every cell on a line of its own, closed by a pipe; a blank is a lone pipe (D, E)."""

    def __call__(self, grid: Grid, rng: Random) -> list[str]:
        lines: list[str] = []
        for row in grid.rows:
            for cell in present(row):
                *first, last = two_lines(cell) or [""]
                lines.extend([*first, f"{last} |" if last else "|"])
            if sum(cell.colspan for cell in row) > len(row):
                lines.append("||")
        return lines


@dataclass(frozen=True)
class PipesBetween:
    """Every cell on a line of its own, and between two cells of a row a line that is a pipe (P)."""

    def __call__(self, grid: Grid, rng: Random) -> list[str]:
        lines: list[str] = []
        for row in grid.rows:
            cells = ["".join(two_lines(cell)) for cell in present(row)]
            for i, cell in enumerate(cells):
                lines.extend([*(["|"] if i else []), *([cell] if cell else [])])
        return lines


@dataclass(frozen=True)
class PrintedLines:
    """Text taken from a PDF (K): labels wrapped around their numbers, blanks lost."""

    gap: str = "  "

    def __call__(self, grid: Grid, rng: Random) -> list[str]:
        lines: list[str] = []
        for row in grid.rows:
            labels = [cell for cell in row if cell.role in (LABEL, GROUP)]
            values = self.gap.join(cell.text for cell in row if cell.role == VALUE and cell.text)
            if values or labels:
                lines.extend(self._row(labels, values))
            else:
                lines.extend(self._header(row))
        return lines

    def _row(self, labels: list[GridCell], values: str) -> list[str]:
        *groups, label = [cell.text for cell in labels] or [""]
        pieces = [label[i : i + WRAP] for i in range(0, len(label), WRAP)]
        if len(pieces) < 2:
            return [*groups, f"{label} {values}".strip()]
        middle = len(pieces) // 2
        return [*groups, *pieces[:middle], *([values] if values else []), *pieces[middle:]]

    def _header(self, row: GridRow) -> list[str]:
        pieces = [piece for cell in row if (piece := two_lines(cell))]
        lines = [" ".join(p[0] for p in pieces), " ".join(p[1] for p in pieces if len(p) > 1)]
        return [line for line in lines if line]


@dataclass(frozen=True)
class RunTogether:
    """The disputes as one line of 15 numbers, header words run together (J); the rest as ``base``."""

    base: Callable[[Grid, Random], list[str]]
    headers: bool = False

    def __call__(self, grid: Grid, rng: Random) -> list[str]:
        if grid.tables != ("disputes",):
            return self.base(grid, rng)
        *heads, values = grid.rows
        head = self.base(replace(grid, rows=tuple(heads)), rng)
        if self.headers:
            head = ["".join(cell.text for cell in row) for row in heads]
        return [*head, " ".join(cell.text for cell in present(values) if cell.text)]


def two_lines(cell: GridCell) -> list[str]:
    """Return the lines on which a narrow column header is printed; one line, or none, for other cells."""
    if cell.role == HEAD and cell.text in TWO_LINES:
        return [cell.text[:2], cell.text[2:]]
    return [cell.text] if cell.text else []


LAYOUTS: dict[str, Layout] = {
    "A": Layout(CellLines(), keeps_blanks=False),
    "A-spaced": Layout(CellLines(gap=True), keeps_blanks=False),
    "A-nbsp": Layout(CellLines(indent=NBSP * 2), keeps_blanks=False),
    "A-tab": Layout(CellLines(indent="\t"), keeps_blanks=False),
    "B": Layout(PipeRows()),
    "B-bare": Layout(PipeRows(bare_last_row=True), sure_ends=False),
    "C": Layout(TabbedCells(), sure_ends=False),
    "D": Layout(PipeLines()),
    "E": Layout(PipeLines()),
    "F": Layout(PipeRows(leading=True, wide_labels=True)),
    "G": Layout(PipeRows(short_headers=True)),
    "H": Layout(PipeRows(blank_spans=True)),
    "I": Layout(PipeRows(truncated=True)),
    "J": Layout(RunTogether(CellLines()), keeps_blanks=False),
    "J-pipes": Layout(RunTogether(PipeRows(), headers=True), disputes_keep_blanks=False),
    "K": Layout(PrintedLines(), keeps_blanks=False),
    "L": Layout(CellLines(NBSP * 2, " ", full_width=True), keeps_blanks=False),
    "M": Layout(PipeRows(), decorated=True),
    "M-lines": Layout(CellLines(), keeps_blanks=False, decorated=True),
    "N": Layout(PipeRows(), headings=False),
    "N-lines": Layout(CellLines(), keeps_blanks=False, headings=False),
    "N-sentence": Layout(PipeRows(), between=True),
    "N-pdf": Layout(PrintedLines(), keeps_blanks=False, headings=False),
    "N-run": Layout(RunTogether(CellLines(), headers=True), keeps_blanks=False, headings=False),
    "O": Layout(CellLines(split_groups=True), keeps_blanks=False),
    "O-vertical": Layout(CellLines(vertical_groups=True), keeps_blanks=False),
    "P": Layout(PipesBetween(), sure_ends=False),
    "page-break": Layout(PipeRows(), header_again=True),
    "page-break-pdf": Layout(PrintedLines(), keeps_blanks=False, header_again=True),
    "extra-row": Layout(PipeRows(), extra_row=True),
    "extra-row-lines": Layout(CellLines(), keeps_blanks=False, extra_row=True),
    "pages": Layout(PipeRows(), marks="pages"),
    "pages-lines": Layout(CellLines(), keeps_blanks=False, marks="pages"),
    "pages-cells": Layout(PipeLines(), marks="pages"),
    "pages-pdf": Layout(PrintedLines(), keeps_blanks=False, marks="pages"),
    "notes": Layout(PipeRows(), marks="notes"),
    "notes-lines": Layout(CellLines(), keeps_blanks=False, marks="notes"),
    "notes-cells": Layout(PipeLines(), marks="notes"),
    "notes-pdf": Layout(PrintedLines(), keeps_blanks=False, marks="notes"),
    "numbers": Layout(PipeRows(), marks="numbers"),
    "numbers-pdf": Layout(PrintedLines(), keeps_blanks=False, marks="numbers"),
    "remarks": Layout(PipeRows(), remarks="mixed"),
    "remarks-H": Layout(PipeRows(blank_spans=True), remarks="numbers"),
    "remarks-tabs": Layout(TabbedCells(), remarks="mixed", sure_ends=False),
    "remarks-cells": Layout(PipeLines(), remarks="mixed"),
}
# Layouts in which a number may be a value or something else: rows may be unreadable, and no value is wrong.
UNSURE_LAYOUTS: dict[str, Layout] = {
    "numbers-lines": Layout(CellLines(), keeps_blanks=False, marks="numbers"),
    "remarks-words": Layout(CellLines(), keeps_blanks=False, remarks="words"),
    "remarks-numbers": Layout(CellLines(), keeps_blanks=False, remarks="numbers"),
    "remarks-lines": Layout(CellLines(), keeps_blanks=False, remarks="mixed"),
}
