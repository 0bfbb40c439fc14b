"""From the events of one report to its root causes: grouped, ranked, ties and witnesses named.

Owns what the caller sees. A cause is one thing to look at; its repairs are suggestions, best first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product

from govinfo_pipeline.verify.finding import Change, Repair
from govinfo_pipeline.verify.locate.case import Case, Event
from govinfo_pipeline.verify.locate.cover import MARGIN, by_claim, causes, covers
from govinfo_pipeline.verify.locate.event import PLACE, exchange_events, pair_events, single_events
from govinfo_pipeline.verify.locate.fill import connected, implied
from govinfo_pipeline.verify.locate.reason import EXCHANGED, LEFT_OUT, MOVED, SHIFTED
from govinfo_pipeline.verify.locate.signature import each_bit, joined
from govinfo_pipeline.verify.locate.structure import lost_cells, structure_events

MOST_REPAIRS = 5
_MOST_JOINT = 27
_FEW = 4  # one event that mends more instances than these is not doubted
_LEFT_OUT = {slip.reason for slip in LEFT_OUT}
_ELSEWHERE = {MOVED, EXCHANGED, SHIFTED}
_MANY = 14  # where more fail, the table is beyond pairs of cells


@dataclass(frozen=True, slots=True)
class Cause:
    """One root cause: the instances that go wrong together and what would mend them, best first.

    Attributes:
        instances: ids, in the order of the form.
        repairs: at most five; empty where nothing small explains it. The first is the suggestion;
            where it is ``tied``, the figures alone cannot tell it from the others that are.
        verdict: "fail", or "unknown" where values are missing and nothing fails.
    """

    instances: tuple[str, ...]
    repairs: tuple[Repair, ...]
    verdict: str = "fail"


def explain(case: Case, asked: int) -> list[Cause]:
    """Return the causes of the failed and open instances of ``asked``, in the order of the form."""
    found: list[tuple[int, Cause]] = []
    shown = 0
    for table in case.signs.tables.values():
        failed = case.failed & table
        for group, options in _explain_table(case, failed) if failed & asked else []:
            settles = options[0].settles if options else 0
            bits = (group | settles) & asked & ~shown
            if group & asked:
                shown |= bits
                found.append((bits, Cause(_ids(case, bits), _repairs(case, options, group))))
    found.extend(_unknown(case, asked & case.opened & ~shown))
    found.sort(key=lambda item: item[0] & -item[0])
    return [cause for _, cause in found]


def _explain_table(case: Case, failed: int) -> list[tuple[int, list[Event]]]:
    """Return (instances, options) of every cause in one table; unexplained ones have no options."""
    events = _events(case, failed)
    found = covers(failed, by_claim(events))
    explained = []
    for group, ways in causes(found):
        taken = sum(claim.settles for claim in found[0].claims if not claim.mask & group)
        free = [event for event in events if not event.mask & ~group and not event.settles & taken]
        partitions = [tuple(claim.mask for claim in way) for way in ways]
        if group.bit_count() > 1 and not group & ~case.signs.parallel:
            partitions.append(tuple(1 << bit for bit in each_bit(group)))
        options = [option for masks in dict.fromkeys(partitions) for option in _options(case, masks, free)]
        explained.append((group, _unique(options)))
    if found[0].left:
        explained.append((found[0].left, []))
    return explained


def _events(case: Case, failed: int) -> list[Event]:
    """Return the events of a table: of more than single cells only where these do not do."""
    singles = single_events(case, failed, case.opened)
    parallel = bool(failed & case.signs.parallel)
    sure = failed & ~(case.rising | case.falling)
    if not parallel and (not case.opened or sure.bit_count() > 1):
        whole = [event for event in singles if event.mask == failed]
        if whole:
            return whole
    events = singles + exchange_events(case, singles, failed) + structure_events(case, failed)
    size = failed.bit_count()
    damaged = size > _FEW and any(event.mask == failed for event in events)
    if not damaged and size <= _MANY and not (parallel and size == 1):
        events += pair_events(case, failed, case.opened)
    return [event for event in events if event.mask and not event.mask & ~failed]


def _options(case: Case, masks: Sequence[int], events: Sequence[Event]) -> list[Event]:
    """Return the ways to fill in one partition with events, several made one event."""
    choices = [sorted((e for e in events if e.mask == mask), key=lambda e: e.cost) for mask in masks]
    if len(choices) == 1:
        return choices[0]
    joint = islice(product(*(alike[:3] for alike in choices)), _MOST_JOINT)
    return [event for chosen in joint for event in _together(case, chosen)]


def _together(case: Case, events: Sequence[Event]) -> list[Event]:
    """Return several events as one, or none where they contradict each other."""
    changes = tuple(sorted(change for event in events for change in event.changes))
    settles = 0
    for event in events:
        settles |= event.settles
    apart = len({cell for cell, _ in changes}) == len(changes)
    outcome = case.outcome(changes) if apart else None
    if outcome is None or outcome.settles != settles:
        return []
    hardest = max(events, key=lambda event: event.cost)
    cost, firm = sum(e.cost for e in events), sum(e.firm for e in events)
    return [Event(outcome.mask, settles, changes, hardest.reason, cost, firm)]


def _unique(events: Iterable[Event]) -> list[Event]:
    """Return the events cheapest first, of those that change the same the cheapest."""
    unique = {event.changes: event for event in sorted(events, key=_order, reverse=True)}
    return sorted(unique.values(), key=_order)


def _order(event: Event) -> tuple[float, tuple[tuple[int, int], ...]]:
    return event.cost, event.changes


def _repairs(case: Case, options: Sequence[Event], group: int) -> tuple[Repair, ...]:
    if not group & ~case.signs.parallel:  # only a witness can tell these apart
        return _ranked(case, options, [case.testimony(event.changes) for event in options])
    return _ranked(case, options, [event.firm for event in options])


def _ranked(case: Case, options: Sequence[Event], standing: Sequence[float]) -> tuple[Repair, ...]:
    """Return the repairs of options in their order; tied with the first who stand about as well."""
    near = [value < standing[0] + MARGIN for value in standing]
    tied = sum(near) > 1
    return tuple(
        _repair(case, option, tied and close)
        for option, close in islice(zip(options, near, strict=True), MOST_REPAIRS)
    )


def _repair(case: Case, event: Event, tied: bool) -> Repair:
    return Repair(
        changes=tuple(_change(case, cell, new) for cell, new in event.changes),
        reason=event.reason,
        mends=_ids(case, event.mask | event.settles),
        tied=tied,
        witnesses=case.names(event.changes),
    )


def _change(case: Case, cell: int, new: int) -> Change:
    old = None if cell in case.missing else case.values[cell]
    return Change(case.signs.ids[cell], old, new)


def _ids(case: Case, bits: int) -> tuple[str, ...]:
    return tuple(case.signs.instances[bit].id for bit in each_bit(bits))


def _unknown(case: Case, asked: int) -> list[tuple[int, Cause]]:
    """Return the causes of open instances: what stands nowhere, and what it must be where that is certain."""
    if not asked:
        return []
    values = implied(case, asked)
    shifts = [event for event in lost_cells(case, asked) if not event.mask]
    sharp = case.sharpened(asked)
    slips = [
        (part, options)
        for table in case.signs.tables.values()
        if sharp.failed & table
        for part, options in _explain_table(sharp, sharp.failed & table)
        if options
    ]
    found = []
    links = [part for part, _ in slips] + _columns_of_totals(case, values)
    for group in joined(connected(case, asked), links):
        own = [(part, options) for part, options in slips if part & group]
        options = _filling(case, values, group)
        options += [event for event in shifts if event.settles & group]
        if options and len(own) < 2:
            own = [(group, _unique([*options, *(option for _, more in own for option in more)]))]
        rest = group & ~sum(part for part, _ in own)
        found += [(part, _open_cause(sharp, part, options)) for part, options in own]
        found += [(rest, _open_cause(case, rest, []))] if rest else []
    return found


def _open_cause(case: Case, group: int, options: Sequence[Event]) -> Cause:
    """Return a cause of missing values. What is left out and what stands elsewhere look alike."""
    alike = [option.firm for option in options if option.reason in _LEFT_OUT]
    standing = [min(alike) if alike and option.reason in _ELSEWHERE else option.firm for option in options]
    return Cause(_ids(case, group), _ranked(case, options, standing), "unknown")


def _columns_of_totals(case: Case, values: dict[int, int]) -> list[int]:
    """Return the instances of missing totals, together where they stand in one column."""
    columns: dict[tuple[str, int], int] = {}
    for cell in values:
        if case.signs.totals[cell]:
            table, _, column = case.signs.places[cell]
            columns[table, column] = columns.get((table, column), 0) | case.signs.masks[cell]
    return list(columns.values())


def _filling(case: Case, values: dict[int, int], group: int) -> list[Event]:
    """Return the one option to write down what is implied for the cells of a group, if anything is."""
    changes = tuple(
        (cell, new)
        for cell, new in sorted(values.items())
        if case.signs.masks[cell] & group and (new or case.missing[cell])
    )
    rest = list(case.residual)
    touched = 0
    for cell, new in changes:
        touched |= case.signs.masks[cell]
        for bit, coefficient in case.signs.touch[cell]:
            rest[bit] += coefficient * new
    held = (bit for bit in each_bit(touched & group) if not rest[bit] and case.all_read(bit, values))
    settles = sum(1 << bit for bit in held)
    totals = all(case.signs.totals[cell] for cell, _ in changes)
    reason, cost = LEFT_OUT[totals]
    firm = PLACE + cost + case.testimony(changes)
    return [Event(0, settles, changes, reason, firm, firm)] if settles else []
