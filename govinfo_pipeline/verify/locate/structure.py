"""What may have gone wrong in a whole row or column: shifted rows, exchanged columns, stale totals.

Owns the shapes of such damage and their weights. Each candidate is a complete new row or column; it
counts only where every instance that it touches then holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govinfo_pipeline.verify.locate.case import Case, Event
from govinfo_pipeline.verify.locate.event import PLACE
from govinfo_pipeline.verify.locate.reason import COLUMNS, SHIFTED, STALE
from govinfo_pipeline.verify.locate.signature import Line, Seam, each_bit

_SHIFT = 6.0
_ODD_EXTRA = 2.0  # more, where the cell that pushed the others on is not empty, zero or a double
_COLUMNS = 6.0
_PARTIAL = 2.0  # more, where only the first or the last rows are exchanged
_STALE_LINE = 5.0

Changes = tuple[tuple[int, int], ...]


def structure_events(case: Case, failed: int) -> list[Event]:
    """Return every shifted row, exchange of adjacent columns and line of stale totals that fits."""
    found = list(lost_cells(case, failed))
    if failed.bit_count() > 1:
        found += [*_added_cells(case, failed), *_exchanges(case, failed), *_stale(case, failed)]
    best: dict[Changes, Event] = {}
    for event in found:
        if event.changes not in best or event.cost < best[event.changes].cost:
            best[event.changes] = event
    return list(best.values())


def lost_cells(case: Case, bits: int) -> Iterator[Event]:
    """Yield the rows of ``bits`` that fit once a cell is put back at ``k`` and the rest moves on.

    The end of such a row is empty, and the lost number is what the row's own instance makes it.
    """
    for line in case.signs.lines:
        if line.cells[-1] not in case.missing or not line.touched & bits:
            continue
        printed = [case.values[cell] for cell in line.cells]
        if not any(printed):
            continue
        for k in range(len(printed) - 2, -1, -1):
            if not _may_become(case, line, k + 1, printed[k]):
                break
            row = [*printed[:k], 0, *printed[k:-1]]
            yield from _solved_row(case, line, row, k, _SHIFT)


def _added_cells(case: Case, bits: int) -> Iterator[Event]:
    """Yield the rows that fit without the cell at ``k``, their last cell being what the row makes it."""
    for line in case.signs.lines:
        if not line.touched & bits:
            continue
        printed = [case.values[cell] for cell in line.cells]
        if not any(printed):
            continue
        last = len(printed) - 1
        for k in range(last - 1, -1, -1):
            if not _may_become(case, line, k, printed[k + 1]):
                break
            if k == 0 or printed[k] != printed[k - 1]:
                row = [*printed[:k], *printed[k + 1 :], 0]
                plain = printed[k] in (0, printed[k + 1])
                cost = _SHIFT if plain else _SHIFT + _ODD_EXTRA
                yield from _solved_row(case, line, row, last, cost)


def _may_become(case: Case, line: Line, k: int, value: int) -> bool:
    """Say whether nothing that holds beyond the row pins the ``k``-th cell to another value."""
    return value == case.values[line.cells[k]] or not line.across[k] & ~(case.failed | case.opened)


def _solved_row(case: Case, line: Line, row: list[int], k: int, cost: float) -> Iterator[Event]:
    """Yield the event of a row whose ``k``-th value is what the row's own instance makes it."""
    cell = line.cells[k]
    inside = dict(zip(line.cells, row, strict=True))
    for bit, coefficient in case.signs.touch[cell]:
        if not line.across[k] >> bit & 1:
            rest = case.residual[bit]
            for other, sign in case.signs.terms[bit]:
                rest += sign * (inside[other] - case.values[other])
            inside[cell] = -coefficient * rest
            break
    yield from _event(case, inside, SHIFTED, cost)


def _exchanges(case: Case, failed: int) -> Iterator[Event]:
    """Adjacent columns, exchanged over all rows, or over the first or the last ones."""
    marked = case.failed | case.opened
    for seam in case.signs.seams:
        if seam.between & failed:
            yield from _event(case, _crossed(case, seam, 0, len(seam.one)), COLUMNS, _COLUMNS)
        elif (seam.of_one | seam.of_other) & failed and seam.of_one & marked and seam.of_other & marked:
            for start, stop in _edges(case, seam):
                yield from _event(case, _crossed(case, seam, start, stop), COLUMNS, _COLUMNS + _PARTIAL)


def _edges(case: Case, seam: Seam) -> Iterator[tuple[int, int]]:
    """Yield the ranges of first or last rows whose exchange brings every failed instance to zero."""
    bits = each_bit((seam.of_one | seam.of_other) & case.failed)
    wanted = [-case.residual[bit] for bit in bits]
    rows = list(zip(seam.one, seam.other, strict=True))
    steps = [[_step(case, dict(case.signs.terms[bit]), *row) for bit in bits] for row in rows]
    above, below = [0] * len(bits), [sum(column) for column in zip(*steps, strict=True)]
    for k, (one, other) in enumerate(rows):
        if case.values[one] != case.values[other]:
            if below == wanted:
                yield k, len(rows)
            above = [a + b for a, b in zip(above, steps[k], strict=True)]
            below = [a - b for a, b in zip(below, steps[k], strict=True)]
            if above == wanted:
                yield 0, k + 1


def _step(case: Case, signs: dict[int, int], one: int, other: int) -> int:
    """Return by how much the exchange of two cells raises the residual of an instance."""
    return (signs.get(one, 0) - signs.get(other, 0)) * (case.values[other] - case.values[one])


def _crossed(case: Case, seam: Seam, start: int, stop: int) -> dict[int, int]:
    crossed = {}
    for one, other in zip(seam.one[start:stop], seam.other[start:stop], strict=True):
        crossed[one] = case.values[other]
        crossed[other] = case.values[one]
    return crossed


def _stale(case: Case, failed: int) -> Iterator[Event]:
    """Several totals of one line that all miss the same amount, counted everywhere else."""
    lines: dict[tuple[str, bool, int, int], dict[int, int]] = {}
    for bit in each_bit(failed):
        total = case.signs.total_of[bit]
        if total is None:
            continue
        table, row, column = case.signs.places[total]
        missed = -dict(case.signs.terms[bit])[total] * case.residual[bit]
        for key in ((table, True, row, missed), (table, False, column, missed)):
            lines.setdefault(key, {})[total] = case.values[total] + missed
    for changed in lines.values():
        if len(changed) > 2:
            yield from _event(case, changed, STALE, _STALE_LINE)


def _event(case: Case, values: dict[int, int], reason: str, cost: float) -> Iterator[Event]:
    """Yield the event that gives cells these values, where it mends something; at least two change."""
    changes: Sequence[tuple[int, int]] = sorted(
        (cell, new) for cell, new in values.items() if new != case.values[cell]
    )
    outcome = case.outcome(changes) if len(changes) > 1 else None
    if outcome:
        firm = PLACE + cost + outcome.firm + case.testimony(changes)
        yield Event(outcome.mask, outcome.settles, tuple(changes), reason, firm, firm)
