"""Labelled errors: what issuers do to their figures, with the cells and the true values they did it to.

A mutation changes the tables only; the prose keeps saying the truth, as it does in life.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.generator.figures import APPLICANTS, result_rows
from tests.generator.report import render
from tests.generator.truth import BLANK, Printed, Truth, printed

Value = int | Decimal | None


@dataclass(frozen=True)
class Label:
    """What was done: ``true`` and ``now`` hold the value of every cell whose print changed (None: blank)."""

    kind: str
    true: dict[str, Value]
    now: dict[str, Value]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells that are wrong."""
        return tuple(self.true)


class NothingToChangeError(ValueError):
    """The report has no place for this kind of error."""


def mutate(truth: Truth, kind: str, rng: Random) -> tuple[Truth, Label]:
    """Return the report with one error of ``kind`` (one of KINDS) in `applications` or `disputes`.

    Raises:
        NothingToChangeError: no cell of the report can carry this kind of error.
    """
    base, changes = _MUTATIONS[kind](truth, rng)
    changes = {c: new for c, new in changes.items() if new[1:3] != base.cells[c][1:3]}
    if not changes:
        raise NothingToChangeError(f"no cell of this report can carry {kind!r}")
    label = Label(
        kind,
        {cell_id: base.cells[cell_id].value for cell_id in changes},
        {cell_id: new.value for cell_id, new in changes.items()},
    )
    return base.with_cells(changes), label


def change_digit(truth: Truth, rng: Random) -> tuple[Truth, Label]:
    """Return the report with one digit of one cell of `applications` or `disputes` changed."""
    return mutate(truth, "one_digit", rng)


def blank_cell(truth: Truth, rng: Random, cell_id: str | None = None) -> tuple[Truth, str]:
    """Return the report with one number cell left blank, and the cell."""
    cell_id = cell_id or rng.choice(_number_cells(truth))
    return truth.with_cells({cell_id: BLANK}), cell_id


def lose_cell(truth: Truth, layout: str, rng: Random, cell_id: str | None = None) -> tuple[str, str]:
    """Return the rendered report from which one value cell vanished with its delimiter, and the cell.

    Unless ``cell_id`` is given, a cell of a row in which a shift would show, if there is one.
    """
    if cell_id is None:
        numbers = [c for c, cell in truth.cells.items() if cell.state == "n"]
        telling = [c for c in numbers if len({truth.cells[d].value for d in _row_from(truth, c)}) > 1]
        cell_id = rng.choice(telling or numbers)
    return render(truth, layout, rng, lost=cell_id), cell_id


Changes = dict[str, Printed]
_Mutation = tuple[Truth, Changes]


def _number_cells(truth: Truth, least: int = 0) -> list[str]:
    found = [
        cell_id
        for cell_id, cell in truth.cells.items()
        if cell_id.startswith(("applications.", "disputes."))
        and isinstance(cell.value, int)
        and cell.value >= least
    ]
    if not found:
        raise NothingToChangeError(f"no count of at least {least} in this report")
    return found


def _rewritten(least: int, rewrite: Callable[[str, Random], str]) -> Callable[[Truth, Random], _Mutation]:
    """Return a mutation that rewrites the digits of one cell; results with a leading zero are refused."""

    def change(truth: Truth, rng: Random) -> _Mutation:
        cells = _number_cells(truth, least)
        for cell_id in rng.sample(cells, len(cells)):
            before = str(truth.cells[cell_id].value)
            after = rewrite(before, rng)
            if after != before and str(int(after)) == after:
                return truth, {cell_id: printed(int(after))}
        raise NothingToChangeError("no cell whose digits can be rewritten so")

    return change


def _one_digit(digits: str, rng: Random) -> str:
    i = rng.randrange(len(digits))
    return digits[:i] + rng.choice([d for d in "0123456789" if d != digits[i]]) + digits[i + 1 :]


def _transposed(digits: str, rng: Random) -> str:
    i = rng.randrange(len(digits) - 1)
    return digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]


def _dropped(digits: str, rng: Random) -> str:
    i = rng.randrange(len(digits))
    return digits[:i] + digits[i + 1 :]


def _added(digits: str, rng: Random) -> str:
    i = rng.randrange(len(digits) + 1)
    return digits[:i] + str(rng.randrange(10)) + digits[i:]


def _neighbours(truth: Truth, cell_id: str) -> list[str]:
    """Return the cells left, right, above and below."""
    table_id, row_id, column_id = cell_id.split(".")
    table = next(t for t in truth.tables if t.id == table_id)
    rows, columns = [r.id for r in table.rows], [c.id for c in table.columns]
    i, j = rows.index(row_id), columns.index(column_id)
    beside = [(i, j - 1), (i, j + 1), (i - 1, j), (i + 1, j)]
    return [
        f"{table_id}.{rows[a]}.{columns[b]}"
        for a, b in beside
        if 0 <= a < len(rows) and 0 <= b < len(columns)
    ]


def _row_from(truth: Truth, cell_id: str) -> list[str]:
    """Return a cell and those to the right of it in its row."""
    table_id, row_id, column_id = cell_id.split(".")
    columns = [c.id for c in next(t for t in truth.tables if t.id == table_id).columns]
    return [f"{table_id}.{row_id}.{column}" for column in columns][columns.index(column_id) :]


def _moved_value(truth: Truth, rng: Random) -> _Mutation:
    pairs = [
        (cell_id, beside)
        for cell_id in _number_cells(truth, 1)
        for beside in _neighbours(truth, cell_id)
        if truth.cells[beside].value == 0
    ]
    if not pairs:
        raise NothingToChangeError("no number has an empty neighbour")
    source, target = rng.choice(pairs)
    return truth, {source: printed(0), target: truth.cells[source]}


def _exchanged_cells(truth: Truth, rng: Random) -> _Mutation:
    pairs = [
        (cell_id, beside)
        for cell_id in _number_cells(truth)
        for beside in _neighbours(truth, cell_id)
        if truth.cells[beside].state == "n" and truth.cells[beside].value != truth.cells[cell_id].value
    ]
    if not pairs:
        raise NothingToChangeError("no two neighbours differ")
    first, second = rng.choice(pairs)
    return truth, {first: truth.cells[second], second: truth.cells[first]}


def _exchanged_columns(truth: Truth, rng: Random) -> _Mutation:
    rows = [row.id for row in next(t for t in truth.tables if t.id == "applications").rows]
    at = rng.randrange(len(APPLICANTS) - 1)
    changes: Changes = {}
    for row in rows:
        first, second = (f"applications.{row}.{column}" for column in APPLICANTS[at : at + 2])
        changes |= {first: truth.cells[second], second: truth.cells[first]}
    return truth, changes


def _stale_total(truth: Truth, rng: Random) -> _Mutation:
    """One more result counted everywhere but in one of the totals that contain it."""
    row, column = rng.choice(result_rows(truth.form)), rng.choice(APPLICANTS)
    more = rng.randint(1, 30)
    touched = [
        f"applications.{r}.{c}" for r in (row, "processed_total", "new_received") for c in (column, "total")
    ]
    base = truth.with_values({cell_id: int(truth.number(cell_id)) + more for cell_id in touched})
    stale = rng.choice([f"applications.{row}.total", f"applications.processed_total.{column}"])
    return base, {stale: printed(int(truth.number(stale)))}


def _missing_total(truth: Truth, rng: Random) -> _Mutation:
    totals = [c for c in _number_cells(truth) if c.endswith("total") or ".processed_total." in c]
    if not totals:
        raise NothingToChangeError("no total is printed")
    return truth, {rng.choice(totals): BLANK}


def _lost_cell_shift(truth: Truth, rng: Random) -> _Mutation:
    """A value is left out and the rest of its row moves up; the last cell stays blank."""
    row = _row_from(truth, rng.choice(_number_cells(truth)))
    shifted = [truth.cells[c] for c in row[1:]] + [BLANK]
    return truth, dict(zip(row, shifted, strict=True))


_MUTATIONS: dict[str, Callable[[Truth, Random], _Mutation]] = {
    "one_digit": _rewritten(0, _one_digit),
    "transposed_digits": _rewritten(10, _transposed),
    "dropped_digit": _rewritten(10, _dropped),
    "added_digit": _rewritten(0, _added),
    "moved_value": _moved_value,
    "exchanged_cells": _exchanged_cells,
    "exchanged_adjacent_columns": _exchanged_columns,
    "stale_total": _stale_total,
    "missing_total": _missing_total,
    "lost_cell_shift": _lost_cell_shift,
}
KINDS = tuple(_MUTATIONS)
