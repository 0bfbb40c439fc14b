"""What a claim is: one figure that a report states in prose, and the cells it speaks of. Shapes only."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

KINDS = ("count", "share", "sum", "growth", "amount")
SCOPES = ("narrow", "wide", "channel", "stage", "period", "wording")

Cells = tuple[str, ...]


class Scope(NamedTuple):
    """A word that makes the counted set another than the form's: 市本级, 网络申请, 备案, 上半年.

    ``kind`` is one of ``SCOPES``; "wording" is anything else between the verb and its object.
    """

    kind: str
    text: str


class Claim(NamedTuple):
    """One figure stated in prose.

    Attributes:
        quote: the sentence as printed; ``text`` is the part of it that makes the claim.
        line: line of the paragraph.
        kind: count, amount (money), share (percent), sum (a total of figures in the same sentence) or
            growth (against the year before).
        value: exact, as printed (34.88 for 34.88%, 1298, 12000 for 1.2万); growth is signed.
        unit: printed unit; "" where none is printed.
        about: ids of the cells whose sum is claimed; of a share, the numerator. Empty where no form has them.
        readings: every meaning the wording allows, likeliest first; ``about`` is the first of them.
        bound: "" where exact, else "over" (余, 多, 超过), "under" (近) or "about" (约, 左右).
        places: decimals printed; negative behind a magnitude, so that 1.2万 has -3.
        scope: why the counted set may be another than the form's; empty where it is the same.
        measure: of growth: "relative" (percent or 倍 more), "difference" (件 more), "ratio" (倍 of last year).
        over: of a share: denominators that the wording names, besides the usual ones.
        part: of a share: the numerator as stated in the same sentence, or None.
        terms: of a sum: the figures that it adds up.
        resolution: of an approximate figure: the value of its last digit.
    """

    quote: str
    line: int
    kind: str
    value: int | Decimal
    unit: str
    about: Cells
    readings: tuple[Cells, ...] = ()
    text: str = ""
    bound: str = ""
    places: int = 0
    scope: tuple[Scope, ...] = ()
    measure: str = ""
    over: tuple[Cells, ...] = ()
    part: int | Decimal | None = None
    terms: tuple[int | Decimal, ...] = ()
    resolution: int | Decimal = 1

    @property
    def approximate(self) -> bool:
        """Say whether the figure is stated as an approximate one."""
        return self.bound != ""
