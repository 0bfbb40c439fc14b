"""What any file becomes before a figure is looked for: rows of cells in reading order, each with its place.

Owns the shape that text, web pages, and later Word, PDF and pictures share. A Document is flat (three
parallel lists and row marks) because a batch reads a hundred thousand of them: `cells()` gives objects
where a person or a test wants them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from govinfo_pipeline.provenance import Source, Span


class RowKind(IntEnum):
    """How much a row's end means.

    PROSE: one cell, a paragraph or a line of text that the file does not mark as a table cell; may still be a
    cell of a table that was flattened to one cell a line.
    LOOSE: cells that the file marks as table cells, but the row's end is not the table row's end.
    HARD: the whole of one table row: blank cells are there as "", spanned cells stand once, at their origin.
    """

    PROSE = 0
    LOOSE = 1
    HARD = 2


_PROSE = int(RowKind.PROSE)
_START, _START_INSIDE = itemgetter(2), itemgetter(1)


class Cell(NamedTuple):
    """One cell or paragraph as printed."""

    text: str
    span: Span


class Layout(NamedTuple):
    """Where the cells of some lines stand; documents that have such lines share it.

    ``kinds`` and ``sizes`` are the lines and their numbers of cells. ``lines`` and ``columns`` of the cells count from
    1, ``rows`` (kind, start, stop) from the first cell.
    """

    kinds: bytes
    sizes: tuple[int, ...]
    lines: tuple[int, ...]
    columns: tuple[int, ...]
    rows: tuple[tuple[int, int, int], ...]


@dataclass(
    slots=True, eq=False
)  # columns and rows are made late, so that fields do not tell whether two are equal
class Document:
    """A file's text in reading order.

    Attributes:
        source: the file.
        texts, lines, columns: one entry a cell; lines and columns count from 1.
        rows: row marks over the cells, covering all of them in order.
        notes: what the reader met and passed over: (code, message zh, message en, line).
        layout: where the reader of a text knows one, that of its lines from the first to the last that is not prose;
            the first of their cells is ``first``. Columns and rows are made of it when they are asked for; a
            reader appends to them only where there is none.
    """

    source: Source
    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    notes: list[tuple[str, str, str, int]] = field(default_factory=list)
    layout: Layout | None = None
    first: int = 0
    _columns: list[int] = field(default_factory=list, init=False)
    _rows: list[tuple[int, int, int, int]] = field(default_factory=list, init=False)

    @property
    def columns(self) -> list[int]:
        """The column of every cell."""
        if self.layout is not None and not self._columns:
            behind = len(self.texts) - self.first - len(self.layout.columns)
            self._columns = [*repeat(1, self.first), *self.layout.columns, *repeat(1, behind)]
        return self._columns

    @property
    def rows(self) -> list[tuple[int, int, int, int]]:
        """The marks (kind, table, start, stop) of all rows."""
        if self.layout is not None and not self._rows:
            first, stop = self.first, self.first + len(self.layout.columns)
            inside = [(kind, 0, first + a, first + b) for kind, a, b in self.layout.rows]
            before = [(_PROSE, 0, 0, first)] if first else []
            behind = [(_PROSE, 0, stop, len(self.texts))] if stop < len(self.texts) else []
            self._rows = [*before, *inside, *behind]
        return self._rows

    def row_at(self, cell: int) -> tuple[int, int, int]:
        """Return (kind, start, stop) of the row that holds a cell; a row without cells holds none.

        >>> document = Document(Source("a.txt", "", "text/plain"), ["a", "1", "b"], [1, 1, 2])
        >>> document.rows.extend([(2, 0, 0, 2), (0, 0, 2, 3)])
        >>> document.row_at(1), document.row_at(2)
        ((2, 0, 2), (0, 2, 3))
        """
        if self.layout is None:
            kind, _table, start, stop = self._rows[bisect_right(self._rows, cell, key=_START) - 1]
            return kind, start, stop
        first, last = self.first, self.first + len(self.layout.columns)
        if first <= cell < last:
            rows = self.layout.rows
            kind, start, stop = rows[bisect_right(rows, cell - first, key=_START_INSIDE) - 1]
            return kind, first + start, first + stop
        return (_PROSE, 0, first) if cell < first else (_PROSE, last, len(self.texts))

    def cells(self, row: tuple[int, int, int, int]) -> Iterator[Cell]:
        """Yield the cells of one of ``rows``."""
        for i in range(row[2], row[3]):
            yield Cell(self.texts[i], Span(self.lines[i], self.columns[i]))

    def paragraphs(self) -> Iterator[tuple[int, str]]:
        """Yield (line, text) of every PROSE row."""
        for kind, _table, start, stop in self.rows:
            if kind == 0:
                for i in range(start, stop):
                    yield self.lines[i], self.texts[i]
