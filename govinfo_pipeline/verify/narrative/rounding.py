"""Whether a printed figure can stand for an exact one: half-up rounding, truncation, 余 and 约. Exact arithmetic."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

MATCH, ROUNDING, MISMATCH = "match", "rounding", "mismatch"

Figure = int | Decimal | Fraction

_TOLERANCE_OF_ABOUT = Fraction(5, 100)
_LEVEL = Fraction(5)  # 持平: within five percent


def compare_printed(printed: int | Decimal, exact: Fraction, place: Figure = 1) -> str:
    """Return match, rounding (a truncated figure) or mismatch. ``place`` is the value of the last printed digit.

    >>> [compare_printed(Decimal(p), Fraction(e), Decimal("0.01")) for p, e in
    ...  (("4.35", "4.3478"), ("4.34", "4.3478"), ("1.05", "1.0812"))]
    ['match', 'rounding', 'mismatch']
    """
    unit, size, stated = Fraction(place), abs(exact), abs(Fraction(printed))
    if (exact < 0) != (printed < 0) and exact != 0 and printed != 0:
        return MISMATCH
    steps = stated / unit
    if steps == floor(size / unit + Fraction(1, 2)):
        return MATCH
    return ROUNDING if steps == floor(size / unit) else MISMATCH


def compare_approximate(printed: int | Decimal, exact: Fraction, how: str, resolution: Figure) -> str:
    """Return match or mismatch of 300余 (over), 近 300 (under) or 约 300 (about), signs apart.

    >>> compare_approximate(300, Fraction(312), "over", 100), compare_approximate(300, Fraction(412), "over", 100)
    ('match', 'mismatch')
    """
    stated, size, step = abs(Fraction(printed)), abs(exact), Fraction(resolution)
    slack = max(stated * _TOLERANCE_OF_ABOUT, step / 2)
    if how == "over":
        fits = stated <= size < stated + max(step, stated * _TOLERANCE_OF_ABOUT)
    elif how == "under":
        fits = stated - max(step, slack) <= size <= stated + slack
    else:
        fits = abs(size - stated) <= slack
    return MATCH if fits else MISMATCH


def is_level(growth: Fraction) -> bool:
    """Say whether a growth in percent may be called 持平."""
    return abs(growth) <= _LEVEL
