"""What a reader may say of a rendered report: the truth where the layout keeps it, else unknown.

Never a wrong value.

The table by hand, for a row of a table:

    layout         blanks in the row   what the reader must say
    keeps blanks   any                 every cell exactly: number, blank, dash
    loses blanks   none                every cell exactly
    loses blanks   some                every cell unreadable: which of them is missing cannot be known
    loses blanks   all                 every cell blank or unreadable
    unsure rows    none                every cell exactly, or every cell unreadable: a number may be none of its values
    unsure ends    the last            every cell exactly, or every cell unreadable: a row that lost a cell
                                       and was filled up looks the same
    any            one cell lost       the lost cell has no number; the others their own value or none
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from tests.generator.report import keeps_blanks, sure_ends, sure_rows
from tests.generator.truth import Truth

BLANK, DASH, UNREADABLE, NUMBER, ABSENT = "b", "d", "u", "n", "a"


class Reading(NamedTuple):
    """A state letter and a value (None unless the state is n)."""

    state: str
    value: int | Decimal | None = None


Allowed = dict[str, frozenset[Reading]]


def expected(truth: Truth, layout: str) -> Allowed:
    """Return, for every cell of the report's tables, the readings that are right."""
    allowed: Allowed = {}
    for row in _rows(truth):
        table = row[0].split(".", 1)[0]
        exact = {cell_id: Reading(*truth.cells[cell_id][1:3]) for cell_id in row}
        blank = [cell_id for cell_id in row if exact[cell_id].state == BLANK]
        if table in truth.missing:
            row_allowed = {cell_id: {Reading(ABSENT)} for cell_id in row}
        elif keeps_blanks(layout, table) or not blank:
            row_allowed = {cell_id: {reading} for cell_id, reading in exact.items()}
            if not sure_rows(layout) or (row[-1] in blank and not sure_ends(layout)):
                row_allowed = {c: readings | {Reading(UNREADABLE)} for c, readings in row_allowed.items()}
        elif len(blank) == len(row):
            row_allowed = {cell_id: {Reading(BLANK), Reading(UNREADABLE)} for cell_id in row}
        else:
            row_allowed = {cell_id: {Reading(UNREADABLE)} for cell_id in row}
        allowed |= {cell_id: frozenset(readings) for cell_id, readings in row_allowed.items()}
    return allowed


def expected_without(truth: Truth, layout: str, lost: str) -> Allowed:
    """Return the readings that are right where the value cell ``lost`` vanished with its delimiter."""
    allowed = expected(truth, layout)
    row = next(row for row in _rows(truth) if lost in row)
    unknown = frozenset({Reading(BLANK), Reading(UNREADABLE), Reading(ABSENT)})
    for cell_id in row:
        allowed[cell_id] = unknown if cell_id == lost else allowed[cell_id] | unknown
    return allowed


def _rows(truth: Truth) -> list[tuple[str, ...]]:
    return [
        tuple(f"{table.id}.{row.id}.{column.id}" for column in table.columns)
        for table in truth.tables
        for row in table.rows
    ]
