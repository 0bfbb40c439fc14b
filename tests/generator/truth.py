"""What a report really says, as its writer knows it: every cell with its printed text, state and value.

Owns the shapes of the oracle and nothing of reading. A Truth is frozen: mutations return a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import opencc

from govinfo_pipeline.formats import Form, load_form
from govinfo_pipeline.formats.model import Table

SCRIPTS = ("simplified", "traditional", "taiwan")

_S2T = opencc.OpenCC("s2t")


class Printed(NamedTuple):
    """One cell: printed text, state letter (n number, b blank, d dash), exact value, unit in the text."""

    text: str
    state: str
    value: int | Decimal | None
    unit: str = ""


class ExtraRow(NamedTuple):
    """A row that the form does not have, printed after the last row of ``table``."""

    table: str
    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """A report as its writer knows it.

    Attributes:
        form: "2019" or "2021"; ``block_form`` is the form of the art20_* tables where it differs (a hybrid).
        cells: cell id -> Printed for every cell of the form (of the block's form in block two).
        opening, sections: paragraphs before section one, and of the prose sections 1, 5 and 6.
        script: simplified, traditional (opencc s2t), or taiwan (規範性檔案); applied when rendered.
        missing: ids of the tables that are not in the document.
        extras: rows that the form does not have.
    """

    form: str
    year: int
    issuer: str
    title: str
    cells: dict[str, Printed]
    opening: tuple[str, ...] = ()
    sections: dict[int, tuple[str, ...]] = field(default_factory=dict)
    closing: tuple[str, ...] = ()
    script: str = "simplified"
    block_form: str | None = None
    missing: frozenset[str] = frozenset()
    extras: tuple[ExtraRow, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables as this report prints them, in order, whether or not they are in the document."""
        return tables_of(self.form, self.block_form or self.form)

    def number(self, cell_id: str) -> int | Decimal:
        """Return what a cell stands for in arithmetic: its value, 0 where it is blank or a dash."""
        return self.cells[cell_id].value or 0

    def with_cells(self, changes: dict[str, Printed]) -> Truth:
        """Return this report with some cells printed otherwise; KeyError if it has no such cell."""
        for cell_id in changes:
            self.cells[cell_id]
        return replace(self, cells={**self.cells, **changes})

    def with_values(self, changes: dict[str, int | Decimal]) -> Truth:
        """Return this report with other numbers in some cells, printed plainly."""
        return self.with_cells({cell_id: printed(value) for cell_id, value in changes.items()})

    def emptied(self) -> Truth:
        """Return this report with every value cell left blank."""
        return replace(self, cells=dict.fromkeys(self.cells, BLANK))

    def without_tables(self, *tables: str) -> Truth:
        """Return this report with some tables (all by default) left out of the document."""
        gone = frozenset(tables or (table.id for table in self.tables))
        return replace(self, missing=self.missing | gone)


BLANK = Printed("", "b", None)


def printed(value: int | Decimal, text: str | None = None, unit: str = "") -> Printed:
    """Return a number cell; ``text`` defaults to the plain digits."""
    return Printed(str(value) if text is None else text, "n", value, unit)


def dash(text: str = "/") -> Printed:
    """Return a cell with a word or sign for none."""
    return Printed(text, "d", None)


@lru_cache(maxsize=8)
def tables_of(form: str, block_form: str) -> tuple[Table, ...]:
    """Return the tables of a report whose block two may be of another generation."""
    block: Form = load_form(block_form)
    whole: Form = load_form(form)
    return tuple(t for t in block.tables if t.id.startswith("art20_")) + tuple(
        t for t in whole.tables if not t.id.startswith("art20_")
    )


@lru_cache(maxsize=50_000)
def in_script(text: str, script: str) -> str:
    """Return ``text`` in one of SCRIPTS.

    >>> in_script("行政规范性文件", "taiwan")
    '行政規範性檔案'
    """
    if script == "simplified" or text.isascii():
        return text
    text = _S2T.convert(text).replace("爲", "為").replace("祕", "秘")
    return text.replace("規範性文件", "規範性檔案") if script == "taiwan" else text
