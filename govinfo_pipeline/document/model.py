"""What any file becomes before a figure is looked for: rows of cells in reading order, each with its place.

Owns the shape that text, web pages, and later Word, PDF and pictures share. A Document is flat (three
parallel lists and row marks) because a batch reads a hundred thousand of them: `cells()` gives objects
where a person or a test wants them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
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


class Cell(NamedTuple):
    """One cell or paragraph as printed."""

    text: str
    span: Span


class DocumentRow(NamedTuple):
    """A row: ``kind``, ``table`` (number of the table in the file, 0 outside tables), cells ``start:stop``."""

    kind: RowKind
    table: int
    start: int
    stop: int


@dataclass(slots=True)
class Document:
    """A file's text in reading order.

    Attributes:
        source: the file.
        texts, lines, columns: one entry a cell; lines and columns count from 1.
        rows: row marks over the cells, covering all of them in order.
        notes: what the reader met and passed over: (code, message zh, message en, line).
        layout: where the reader knows it, what decides the rows: the kinds of the lines with marks, the number of
            cells of each, and the first cell of them; all cells before and behind are of rows of PROSE.
    """

    source: Source
    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    rows: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: list[tuple[str, str, str, int]] = field(default_factory=list)
    layout: tuple[bytes, tuple[int, ...], int] | None = None

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
