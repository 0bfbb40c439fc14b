"""What a form is made of: tables of rows and columns, their cells, and rules. Plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

KINDS = ("count", "change", "money")
SEVERITIES = ("error", "warning", "notice")
FAMILIES = ("arithmetic", "type", "plausibility", "series", "identity", "completeness", "prose")
EACH = ("column", "row", "group")
STATUSES = ("active", "shadow", "retired")

_T = TypeVar("_T", "Table", "Rule")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. ``label`` is what the row itself prints, ``zh`` its path, ``short`` for sentences."""

    id: str
    zh: str
    en: str
    label: str
    aliases: tuple[str, ...] = ()
    group: str | None = None
    outcome: str | None = None
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``kind`` is count, change (signed) or money; ``unit`` is empty if the filler writes it."""

    id: str
    zh: str
    en: str
    label: str
    kind: str
    unit: str
    aliases: tuple[str, ...] = ()
    group: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form; ``id`` is ``table.row.column``."""

    id: str
    table: str
    row: Row
    column: Column

    @property
    def zh(self) -> str:
        """The cell's full label in Chinese: row, then column."""
        return f"{self.row.zh}-{self.column.zh}" if self.row.id != "cases" else self.column.zh

    @property
    def en(self) -> str:
        """The cell's full label in English."""
        return f"{self.row.en}, {self.column.en}" if self.row.id != "cases" else self.column.en


@dataclass(frozen=True)
class Table:
    """A table of a form, rows and columns in the order of the form.

    ``labels`` name the table or block, ``headings`` are printed above the columns and ``groups`` beside the rows,
    without figures of their own; ``extras`` are rows that issuers add.
    """

    id: str
    zh: str
    en: str
    law: str
    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    headings: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, row by row."""
        return tuple(
            Cell(f"{self.id}.{row.id}.{column.id}", self.id, row, column)
            for row in self.rows
            for column in self.columns
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a form. Has ``expr`` (with ``each``) or ``check``; ``tables`` is empty where it is about the report."""

    id: str
    family: str
    tables: tuple[str, ...]
    severity: str
    law: str
    zh: str
    en: str
    expr: str | None = None
    each: str | None = None
    check: str | None = None
    when: str | None = None
    blanks: str | None = None
    status: str = "active"


@dataclass(frozen=True)
class Form:
    """One generation of the form. ``last_year`` is None while it is in force."""

    id: str
    zh: str
    en: str
    instrument: str
    first_year: int
    last_year: int | None
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, table by table, in the order of the form."""
        return tuple(cell for table in self.tables for cell in table.cells)

    def table(self, table_id: str) -> Table:
        """Return one table; KeyError if the form has none of that id."""
        return _named(self.tables, "table", table_id)

    def rule(self, rule_id: str) -> Rule:
        """Return one rule; KeyError if the form has none of that id."""
        return _named(self.rules, "rule", rule_id)

    def valid_in(self, year: int) -> bool:
        """Say whether reports of ``year`` must use this form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def _named(items: tuple[_T, ...], what: str, name: str) -> _T:
    for item in items:
        if item.id == name:
            return item
    raise KeyError(f"{what} {name!r}; known: {', '.join(item.id for item in items)}")
