"""Rows as they stand in a document, before it is known which cells of the form their values are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from govinfo_pipeline.extract.labels import Token


class RawRow(NamedTuple):
    """A labelled row: its value cells are ``start:stop`` of the Document's cells.

    ``size`` is the number of cells without the blanks at the end; ``ended``: the file says that the row ends at
    ``stop``; ``width`` is the number of cells of that row in the file (0 where the file has no rows);
    ``known_table``: it stands in a block that is certainly a table; ``evidence`` are the headings above it;
    ``remark`` is the heading of a column of remarks behind the form's, -1 where there is none.
    """

    table: str
    row: str
    label: int
    start: int
    stop: int
    size: int
    ended: bool
    width: int
    known_table: bool
    evidence: tuple[Token, ...]
    remark: int = -1


@dataclass(slots=True)
class Scan:
    """What was found: rows, rows that no form has, positions of prose, values between rows without a label.

    ``disordered``: table -> a heading that stands behind one that the form has further right.
    ``interrupted``: labels behind which a text stands and then a value, so that their rows are not blank.
    """

    rows: list[RawRow] = field(default_factory=list)
    extras: list[RawRow] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)
    stray: list[int] = field(default_factory=list)
    disordered: dict[str, int] = field(default_factory=dict)
    interrupted: set[int] = field(default_factory=set)
