"""Choose the events that together explain all failed instances of a table, each instance once.

Owns the search. Few events are likelier than many: every event costs its place. What no event
explains is left over and said to be unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govinfo_pipeline.verify.locate.case import Event
from govinfo_pipeline.verify.locate.signature import each_bit, joined

MARGIN = 3.0  # explanations whose firm costs differ by less are tied
_UNEXPLAINED = 25.0
_WORSE = 12.0  # explanations worse than the best by more are not followed
_MOST_NODES = 4_000
_MOST_COVERS = 40


class Claim(NamedTuple):
    """What an event mends and settles: two events of one explanation claim nothing twice."""

    mask: int
    settles: int


Events = dict[Claim, list[Event]]


class Cover(NamedTuple):
    """Disjoint claims, each met by an event, and the failed instances left over."""

    claims: tuple[Claim, ...]
    left: int
    cost: float
    firm: float


def by_claim(events: Iterable[Event]) -> Events:
    """Return the events by what they claim, cheapest first."""
    found: Events = {}
    for event in events:
        found.setdefault(Claim(event.mask, event.settles), []).append(event)
    for alike in found.values():
        alike.sort(key=lambda event: (event.cost, event.changes))
    return found


def covers(failed: int, events: Events) -> list[Cover]:
    """Return the cheapest way to explain ``failed``, then the others that are as good but for digits."""
    if len(events) == 1:
        claim, alike = next(iter(events.items()))
        if claim.mask == failed:
            return [Cover((claim,), 0, alike[0].cost, alike[0].firm)]
    search = _Search(failed, events)
    search.run(failed, 0, (), 0, 0.0, 0.0)
    found = sorted(search.found, key=lambda cover: (cover.cost, cover.claims))
    best = found[0]
    return [c for c in found if c is best or (c.left == best.left and c.firm < best.firm + MARGIN)]


class _Search:
    """Depth first over the instance with the fewest events, bounded by the best cover so far."""

    def __init__(self, failed: int, events: Events) -> None:
        self.items = {
            1 << bit: sorted(
                (
                    (claim, alike[0].cost, min(event.firm for event in alike))
                    for claim, alike in events.items()
                    if claim.mask >> bit & 1 and not claim.mask & ~failed
                ),
                key=lambda item: (item[1], item[0]),
            )
            for bit in each_bit(failed)
        }
        self.order = sorted(self.items, key=lambda flag: len(self.items[flag]))
        self.best = float("inf")
        self.found: list[Cover] = []
        self.nodes = 0

    def run(
        self, rest: int, settled: int, claims: tuple[Claim, ...], left: int, cost: float, firm: float
    ) -> None:
        """Extend a partial cover in every way that may still be among the best."""
        if cost > self.best + _WORSE or self.nodes > _MOST_NODES:
            return
        self.nodes += 1
        if not rest:
            self.best = min(self.best, cost)
            self._keep(Cover(tuple(sorted(claims)), left, cost, firm))
            return
        flag = next(flag for flag in self.order if flag & rest)
        for claim, more, more_firm in self.items[flag]:
            if not claim.mask & ~rest and not claim.settles & settled:
                self.run(
                    rest & ~claim.mask,
                    settled | claim.settles,
                    (*claims, claim),
                    left,
                    cost + more,
                    firm + more_firm,
                )
        self.run(rest & ~flag, settled, claims, left | flag, cost + _UNEXPLAINED, firm + _UNEXPLAINED)

    def _keep(self, cover: Cover) -> None:
        self.found.append(cover)
        if len(self.found) > 2 * _MOST_COVERS:
            self.found.sort(key=lambda item: item.cost)
            del self.found[_MOST_COVERS:]


def causes(found: Sequence[Cover]) -> list[tuple[int, list[tuple[Claim, ...]]]]:
    """Split tied covers into root causes: (instances, the ways to partition them into claims).

    Instances that any of the covers explains by one event belong to one cause.
    """
    masks = [claim.mask for cover in found for claim in cover.claims]
    groups = joined((claim.mask for claim in found[0].claims), masks)
    return [(group, _ways(group, found)) for group in groups]


def _ways(group: int, found: Sequence[Cover]) -> list[tuple[Claim, ...]]:
    ways = (tuple(claim for claim in cover.claims if claim.mask & group) for cover in found)
    return list(dict.fromkeys(ways))
