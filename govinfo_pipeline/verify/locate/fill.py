"""Name the values that open instances imply for cells where nothing readable stands.

Owns the step from "unknown" to "the others imply 58". A value is named only where one instance leaves
no choice and no other instance of the cell speaks against it. Nothing is filled in for anybody.
"""

from __future__ import annotations

from govinfo_pipeline.verify.locate.case import Case
from govinfo_pipeline.verify.locate.signature import each_bit, joined


def implied(case: Case, asked: int) -> dict[int, int]:
    """Return missing cell -> the value that the open instances of ``asked`` imply.

    Cells are settled one after the other: what one row implies may settle a column.
    """
    rest = list(case.residual)
    unknown = set(case.missing)
    filled: dict[int, int] = {}
    waiting = each_bit(asked & case.opened)
    while waiting:
        settled = None
        for bit in waiting:
            cell = _open_cell(case, bit, unknown)
            if cell is None:
                continue
            coefficient = dict(case.signs.terms[bit])[cell]
            value = -coefficient * rest[bit]
            if (value >= 0 or case.signs.signed[cell]) and _agrees(case, cell, value, rest, unknown):
                settled = (bit, cell, value)
                break
        if settled is None:
            break
        _, cell, value = settled
        filled[cell] = value
        unknown.discard(cell)
        for other, coefficient in case.signs.touch[cell]:
            rest[other] += coefficient * value
        waiting = [bit for bit in waiting if _open_cells(case, bit, unknown)]
    return _without_harm(case, filled)


def _without_harm(case: Case, filled: dict[int, int]) -> dict[int, int]:
    """Leave out the cells whose values would break an instance that holds with nothing there."""
    while True:
        rest = list(case.residual)
        touched = 0
        for cell, value in filled.items():
            touched |= case.signs.masks[cell]
            for bit, coefficient in case.signs.touch[cell]:
                rest[bit] += coefficient * value
        broken = sum(1 << bit for bit in each_bit(touched & ~case.opened) if rest[bit])
        if not broken:
            return filled
        filled = {c: value for c, value in filled.items() if not case.signs.masks[c] & broken}


def connected(case: Case, bits: int) -> list[int]:
    """Split open instances into those that share missing cells."""
    missing = set(case.missing)
    shared = (
        case.signs.masks[cell] & bits | 1 << bit
        for bit in each_bit(bits)
        for cell in _open_cells(case, bit, missing)
    )
    return joined([1 << bit for bit in each_bit(bits)], shared)


def _open_cells(case: Case, bit: int, unknown: set[int]) -> list[int]:
    return [cell for cell, _ in case.signs.terms[bit] if cell in unknown]


def _open_cell(case: Case, bit: int, unknown: set[int]) -> int | None:
    """Return the one cell that the instance leaves open, or None.

    Beside a missing total, a blank part counts as none where all its other instances hold with none.
    """
    cells = _open_cells(case, bit, unknown)
    if len(cells) == 1:
        return cells[0]
    total = case.signs.total_of[bit]
    if total not in cells:
        return None
    others = [cell for cell in cells if cell != total]
    return total if all(_nothing(case, cell, bit) for cell in others) else None


def _nothing(case: Case, cell: int, bit: int) -> bool:
    elsewhere = case.signs.masks[cell] & ~(1 << bit)
    return bool(elsewhere) and not elsewhere & (case.failed | case.opened)


def _agrees(case: Case, cell: int, value: int, rest: list[int], unknown: set[int]) -> bool:
    """Say whether a value leaves every instance of the cell holding, or able to."""
    for bit, coefficient in case.signs.touch[cell]:
        after = rest[bit] + coefficient * value
        others = [other for other in _open_cells(case, bit, unknown) if other != cell]
        if after and not any(_can_move(case, other, bit, after) for other in others):
            return False
    return True


def _can_move(case: Case, cell: int, bit: int, rest: int) -> bool:
    coefficient = dict(case.signs.terms[bit])[cell]
    return case.signs.signed[cell] or coefficient * rest < 0
