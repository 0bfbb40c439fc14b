"""What may have gone wrong in one cell or in two: every such event that the residuals of a case admit.

Owns the weights of events. The constants are fitted: see docs/locate.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from govinfo_pipeline.verify.locate.case import Case, Event, Outcome
from govinfo_pipeline.verify.locate.reason import EXCHANGED, LEFT_OUT, MOVED, Slip, slip
from govinfo_pipeline.verify.locate.signature import each_bit

PLACE = 5.0  # an event happens at one of some hundred and fifty places: two events cost two of these
_SINGLE = 3.0
_EXCHANGE = 4.0
_APART = 2.0  # more, where the exchanged cells are not neighbours
_FOLLOW = 4.5  # a total was computed from the wrong figure, so that both are wrong alike
_BOTH = 10.0  # two cells of one row or column are wrong, each on its own account


def single_events(case: Case, failed: int, opened: int) -> list[Event]:
    """Return every change of one cell that mends failed instances and breaks none."""
    found = []
    for cell in case.signs.singles(failed, opened):
        new = _solved(case, cell, 0)
        if new is None:
            continue
        outcome = case.outcome(((cell, new),))
        if outcome:
            found.append(_single(case, cell, new, outcome))
    return found


def pair_events(case: Case, failed: int, opened: int) -> list[Event]:
    """Return every change of two cells of one instance that neither could make alone."""
    found = []
    masks = case.signs.masks
    for one, other in case.signs.pairs(failed, opened):
        new_one = _solved(case, one, masks[other])
        new_other = _solved(case, other, masks[one])
        if new_one is None or new_other is None:
            continue
        changes = ((one, new_one), (other, new_other))
        outcome = case.outcome(changes)
        if outcome:
            found.append(_pair(case, changes, outcome))
    return found


def exchange_events(case: Case, singles: Sequence[Event], failed: int) -> list[Event]:
    """Return the exchanges of two cells that share no instance, or no instance of their own.

    The first look like two errors apart, each the other's figure. The second are a sum and one of
    its parts in an instance that stands alone, or neighbours across the edge of such an instance.
    """
    signs = case.signs
    pairs = {
        (min(one.changes[0][0], other.changes[0][0]), max(one.changes[0][0], other.changes[0][0]))
        for one, other in combinations(singles, 2)
        if not one.mask & other.mask and _swapped(case, (*one.changes, *other.changes))
    }
    for bit in each_bit(failed & signs.parallel):
        parts = [cell for cell, _ in signs.terms[bit]]
        beyond = [cell for other in each_bit(case.opened & signs.parallel) for cell, _ in signs.terms[other]]
        total = signs.total_of[bit]
        pairs.update((min(total, cell), max(total, cell)) for cell in parts if total is not None)
        pairs.update((min(a, b), max(a, b)) for a in parts for b in beyond if signs.near(a, b))
    return [event for one, other in sorted(pairs) for event in _exchanged(case, one, other, failed)]


def _exchanged(case: Case, one: int, other: int, failed: int) -> list[Event]:
    values = case.values
    if not case.signs.aligned(one, other) or values[one] == values[other]:
        return []
    changes = ((one, values[other]), (other, values[one]))
    outcome = case.outcome(changes)
    return [_exchange(case, changes, outcome)] if outcome and outcome.mask & failed else []


def _solved(case: Case, cell: int, without: int) -> int | None:
    """Return the value that brings an instance of this cell to zero, those of ``without`` left aside.

    A failed instance without missing operands says it best, an open one that is not at zero worst;
    one that is open for an unreadable operand says nothing.
    """
    soft = case.rising | case.falling
    silent = case.lost & ~case.failed
    best = None
    for bit, coefficient in case.signs.touch[cell]:
        flag = 1 << bit
        if flag & (without | silent) or not case.residual[bit]:
            continue
        rank = 2 if flag & soft else 3
        if not flag & case.failed:
            rank = 1
        if best is None or rank > best[0]:
            best = (rank, case.values[cell] - coefficient * case.residual[bit])
    return None if best is None else best[1]


def _single(case: Case, cell: int, new: int, outcome: Outcome) -> Event:
    changes = ((cell, new),)
    reason, digits = _slip(case, cell, new)
    firm = PLACE + _SINGLE + outcome.firm + case.testimony(changes)
    return Event(outcome.mask, outcome.settles, changes, reason, firm + digits, firm)


def _slip(case: Case, cell: int, new: int) -> Slip:
    total = case.signs.totals[cell]
    if cell in case.missing:
        return LEFT_OUT[total]
    return slip(case.values[cell], new, total)


def _pair(case: Case, changes: tuple[tuple[int, int], ...], outcome: Outcome) -> Event:
    if _swapped(case, changes):
        return _exchange(case, changes, outcome)
    slips = [_slip(case, cell, new) for cell, new in changes]
    source = _source(case, changes)
    firm = PLACE + outcome.firm + case.testimony(changes)
    if source is not None:
        reason, digits = slips[source]
        firm += _FOLLOW
    else:
        reason = max(slips, key=lambda item: item.cost).reason
        digits = sum(item.cost for item in slips)
        firm += _BOTH
    return Event(outcome.mask, outcome.settles, changes, reason, firm + digits, firm)


def _source(case: Case, changes: tuple[tuple[int, int], ...]) -> int | None:
    """Return which of two changes the other follows: both by the same amount, one the other's total."""
    (one, new_one), (other, new_other) = changes
    if new_one - case.values[one] != new_other - case.values[other]:
        return None
    shared = case.signs.masks[one] & case.signs.masks[other]
    total = case.signs.total_of[shared.bit_length() - 1]
    if total not in (one, other) or case.residual[shared.bit_length() - 1]:
        return None
    return 0 if total == other else 1


def _swapped(case: Case, changes: tuple[tuple[int, int], ...]) -> bool:
    (one, new_one), (other, new_other) = changes
    return new_one == case.values[other] and new_other == case.values[one]


def _exchange(case: Case, changes: tuple[tuple[int, int], ...], outcome: Outcome) -> Event:
    cells = [cell for cell, _ in changes]
    reason = MOVED if 0 in (case.values[cells[0]], case.values[cells[1]]) else EXCHANGED
    firm = PLACE + _EXCHANGE + outcome.firm + case.testimony(changes)
    firm += 0.0 if case.signs.near(*cells) else _APART
    return Event(outcome.mask, outcome.settles, changes, reason, firm, firm)
