"""One table of one report under examination: its numbers, its residuals, and what a change would do.

Owns the arithmetic of repairs: which residuals a change leaves, and whether every instance then holds
or could hold. Missing operands may be any non-negative number (any number at all where signed).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from copy import copy
from math import log
from typing import NamedTuple

from govinfo_pipeline.verify.locate.signature import Signatures, each_bit

# (value, name of the witness) for every cell that somebody else speaks of.
Evidence = Mapping[str, Sequence[tuple[int, str]]]

WITNESS = 8.0  # what one witness weighs, for or against
_SETTLED = 6.0  # at most: a repair that happens to settle an open instance, by how far off it was
_UNSETTLED = 2.0  # a repair that leaves an open instance as open as it was


class Event(NamedTuple):
    """One thing that may have gone wrong, and what would mend it.

    Attributes:
        mask: the failed instances that then hold.
        settles: the open instances that then hold.
        changes: (cell, new value), ordered by cell.
        reason: see ``reason.REASONS``.
        cost: minus the logarithm of its likelihood; orders repairs.
        firm: the part of ``cost`` that may decide between repairs; digits alone never do.
    """

    mask: int
    settles: int
    changes: tuple[tuple[int, int], ...]
    reason: str
    cost: float
    firm: float


class Outcome(NamedTuple):
    """What changes do: failed instances mended, open ones settled, and the cost of what stays open."""

    mask: int
    settles: int
    firm: float


class Case:
    """The numbers and residuals of one report; ``failed`` and ``opened`` are sets of bits.

    An instance is open where its missing operands could make it hold but nothing says that they do.

    Attributes:
        values: a number a cell, 0 where it is missing.
        missing: the cells without a number, and whether each is unreadable rather than blank.
        residual: left side minus right side of every instance, missing operands as 0.
        rising, falling: the bits whose missing operands can raise (lower) the residual.
        lost: the bits with an unreadable or absent operand, of which nothing is known.
        strict: whether failed instances must come to zero, whatever their missing operands allow.
    """

    __slots__ = (
        "evidence",
        "failed",
        "falling",
        "lost",
        "missing",
        "opened",
        "residual",
        "rising",
        "signs",
        "strict",
        "values",
    )

    def __init__(
        self,
        signs: Signatures,
        values: Sequence[int],
        missing: Mapping[int, bool],
        residual: Sequence[int],
        evidence: Evidence | None = None,
    ) -> None:
        self.signs = signs
        self.values = values
        self.missing = missing
        self.residual = residual
        self.evidence = evidence
        self.strict = False
        self.rising = self.falling = self.lost = 0
        for cell, unread in missing.items():
            for bit, coefficient in signs.touch[cell]:
                if coefficient > 0 or signs.signed[cell]:
                    self.rising |= 1 << bit
                if coefficient < 0 or signs.signed[cell]:
                    self.falling |= 1 << bit
                self.lost |= unread << bit
        self.failed = self.opened = 0
        for bit, rest in enumerate(residual):
            if rest and not self.could_hold(bit, rest):
                self.failed |= 1 << bit
            elif rest or self.lost >> bit & 1:
                self.opened |= 1 << bit

    def sharpened(self, bits: int) -> Case:
        """Return this case with those open instances taken as failed that blanks alone keep open.

        A blank mostly means none: where an instance does not agree with none, something is wrong or
        left out.
        """
        other = copy(self)
        off = sum(1 << bit for bit in each_bit(bits & self.opened & ~self.lost) if self.residual[bit])
        other.failed = off
        other.opened = self.opened & ~off  # what fails has causes of its own: it is left alone
        other.strict = True
        return other

    def could_hold(self, bit: int, rest: int) -> bool:
        """Say whether the missing operands of an instance could bring a residual of ``rest`` to zero."""
        return rest == 0 or bool((self.rising if rest < 0 else self.falling) >> bit & 1)

    def outcome(self, changes: Sequence[tuple[int, int]]) -> Outcome | None:
        """Return what (cell, new value) pairs do, or None where a number or an instance forbids them."""
        after: dict[int, int] = {}
        filled = 0
        for cell, new in changes:
            if new < 0 and not self.signs.signed[cell]:
                return None
            if cell in self.missing:
                filled |= self.signs.masks[cell]
            delta = new - self.values[cell]
            for bit, coefficient in self.signs.touch[cell]:
                after[bit] = after.get(bit, self.residual[bit]) + coefficient * delta
        lost = self.lost
        for bit in each_bit(filled & lost):
            lost &= ~(self.all_read(bit, {cell for cell, _ in changes}) << bit)
        return self._judge(after, filled, lost)

    def all_read(self, bit: int, changed: Container[int]) -> bool:
        """Say whether no operand of an instance stays unreadable once some cells are changed."""
        return all(cell in changed for cell, _ in self.signs.terms[bit] if self.missing.get(cell))

    def _judge(self, after: dict[int, int], filled: int, lost: int) -> Outcome | None:
        mask = settles = 0
        firm = 0.0
        soft = self.opened if self.strict else self.failed & (self.rising | self.falling) | self.opened
        for bit, rest in after.items():
            flag = 1 << bit
            before = self.residual[bit]
            if rest == before and not filled & flag:
                continue
            if rest and not (soft & flag and not filled & flag and self.could_hold(bit, rest)):
                return None
            if self.failed & flag:
                mask |= flag
                firm += _UNSETTLED if rest else 0.0
            elif self.opened & ~lost & flag:
                if not rest:
                    settles |= flag
                    firm -= min(_SETTLED, log(1 + abs(before)))
                else:
                    firm += _UNSETTLED
        return Outcome(mask, settles, firm) if mask or settles else None

    def testimony(self, changes: Iterable[tuple[int, int]]) -> float:
        """Return what the witnesses add to the cost of a repair: less for those who confirm it."""
        if not self.evidence:
            return 0.0
        cost = 0.0
        for cell, new in changes:
            for value, _ in self.evidence.get(self.signs.ids[cell], ()):
                if value == new:
                    cost -= WITNESS
                elif cell not in self.missing and value == self.values[cell]:
                    cost += WITNESS
        return cost

    def names(self, changes: Iterable[tuple[int, int]]) -> tuple[str, ...]:
        """Return the names of the witnesses who confirm a repair, each once."""
        if not self.evidence:
            return ()
        found = (
            name
            for cell, new in changes
            for value, name in self.evidence.get(self.signs.ids[cell], ())
            if value == new
        )
        return tuple(dict.fromkeys(found))
