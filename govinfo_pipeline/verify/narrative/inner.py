"""Rule C3: figures of the prose against each other, where no table can tell which of them is wrong.

Owns which figures must add up: those of a stated total, the applicants of what was received, the results of what
was processed, and received + carried in = processed + carried forward. Counts only what the prose states; what
it does not state is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from govinfo_pipeline.extract.narrative.claim import Cells, Claim
from govinfo_pipeline.extract.narrative.meaning import applications, disputes
from govinfo_pipeline.verify.narrative.name import name_of

_RESULTS = (
    "granted",
    "partially_granted",
    "outcome:denied",
    "outcome:unavailable",
    "outcome:not_processed",
    "outcome:other",
)
_BOTH = "granted+partially_granted"
_ROLES = ("upheld", "corrected", "other", "pending")
_KINDS = (("review",), ("direct_litigation+post_review_litigation",))


class Imbalance(NamedTuple):
    """Figures that contradict each other: the stated side and what the parts make, as (claim) terms."""

    id: str
    whole: tuple[Claim, ...]
    parts: tuple[Claim, ...]
    relation: str  # "=": the parts are all there are; "<=": more parts may exist


def imbalances(counts: Mapping[Cells, Claim], form: str) -> Iterator[Imbalance]:
    """Yield what does not add up among stated counts (cells -> the claim that states them)."""
    stated = _Stated(counts, form)
    yield from _applicants(stated)
    processed = _processed(stated)
    yield from _results(stated, processed)
    yield from _balance(stated, processed)
    yield from _outcomes(stated)


class _Stated:
    def __init__(self, counts: Mapping[Cells, Claim], form: str) -> None:
        self.counts, self.form = counts, form

    def row(self, read: str, column: str = "total") -> Claim | None:
        found = applications((read,), (column,), self.form)
        return next((self.counts[cells] for cells in found if cells in self.counts), None)

    def case(self, group: tuple[str, ...], role: str) -> Claim | None:
        return self.counts.get(disputes(group, (role,))[0])


def _value(claims: Sequence[Claim]) -> int:
    return sum(int(claim.value) for claim in claims)


def _applicants(stated: _Stated) -> Iterator[Imbalance]:
    natural, legal = stated.row("new_received", "natural_person"), stated.row("new_received", "legal")
    if natural is None or legal is None:
        return
    new, carried = stated.row("new_received"), stated.row("carried_in")
    wholes: list[tuple[Claim, ...]] = [
        (c,) for c in (new, stated.row("new_received+carried_in"), stated.row("processed_total")) if c
    ]
    wholes += [(new, carried)] if new and carried else []
    parts = (natural, legal)
    if wholes and all(_value(whole) != _value(parts) for whole in wholes):
        yield Imbalance("applicants", wholes[0], parts, "=")


def _processed(stated: _Stated) -> tuple[Claim, ...]:
    """Return the results stated, if they are all results that the form has; else nothing."""
    both = stated.row(_BOTH)
    named = [stated.row(read) for read in (_RESULTS[2:] if both else _RESULTS)]
    found = tuple(claim for claim in [both, *named] if claim is not None)
    return found if len(found) == len(_RESULTS) - (1 if both else 0) else ()


def _results(stated: _Stated, processed: tuple[Claim, ...]) -> Iterator[Imbalance]:
    total = stated.row("processed_total")
    if total is None:
        return
    named = tuple(c for read in _RESULTS if (c := stated.row(read)))
    if processed and _value(processed) != int(total.value):
        yield Imbalance("results", (total,), processed, "=")
    elif not processed and _value(named) > int(total.value):
        yield Imbalance("results", (total,), named, "<=")


def _balance(stated: _Stated, processed: tuple[Claim, ...]) -> Iterator[Imbalance]:
    new, carried = stated.row("new_received"), stated.row("carried_in")
    forward, total = stated.row("carried_forward"), stated.row("processed_total")
    parts = processed or ((total,) if total else ())
    if new is None or carried is None or forward is None or not parts:
        return
    if _value((new, carried)) != _value((*parts, forward)):
        yield Imbalance("balance", (new, carried), (*parts, forward), "=")


def _outcomes(stated: _Stated) -> Iterator[Imbalance]:
    for group in _KINDS:
        total = stated.case(group, "total")
        named = tuple(c for role in _ROLES if (c := stated.case(group, role)))
        if total is not None and named and _value(named) > int(total.value):
            yield Imbalance(f"outcomes_{name_of(total.about).key.rsplit('.', 1)[1]}", (total,), named, "<=")
