"""Why a figure may be wrong: the reasons of repairs, and how plausible each is for two numbers.

Owns the words and the weights. A weight is a cost, minus the logarithm of a likelihood: how seldom
the kind of slip is, and how many other slips of that kind could have been made in the same number.
Costs order repairs that arithmetic already admits; they never admit one.
"""

from __future__ import annotations

from functools import lru_cache
from math import log
from typing import NamedTuple

from govinfo_pipeline.verify.finding import Message

TRANSPOSED = "digits transposed"
ONE_DIGIT = "one digit"
DROPPED = "dropped digit"
ADDED = "added digit"
SIGN = "sign"
MOVED = "moved value"
EXCHANGED = "cells exchanged"
COLUMNS = "columns exchanged"
SHIFTED = "shifted row"
STALE = "total not updated"
MISSING_TOTAL = "missing total"
MISSING = "missing value"
UNEXPLAINED = "unexplained"

# What people read. The key is the stable code; it stands in Repair.reason.
REASONS: dict[str, Message] = {
    TRANSPOSED: Message("数字颠倒", "digits transposed"),
    ONE_DIGIT: Message("一位数字有误", "one digit differs"),
    DROPPED: Message("漏写一位", "a digit was dropped"),
    ADDED: Message("多写一位", "a digit was added"),
    SIGN: Message("正负号有误", "wrong sign"),
    MOVED: Message("填错格", "the value stands in the wrong cell"),
    EXCHANGED: Message("两格互换", "two cells are exchanged"),
    COLUMNS: Message("相邻两列互换", "two adjacent columns are exchanged"),
    SHIFTED: Message("整行错位", "the row is shifted by one cell"),
    STALE: Message("合计未更新", "a total was not updated"),
    MISSING_TOTAL: Message("合计缺失", "a total is missing"),
    MISSING: Message("漏填", "a value is missing"),
    UNEXPLAINED: Message("其他", "no common slip explains it"),
}


class Slip(NamedTuple):
    """The likeliest way from the right number to the printed one, and its cost."""

    reason: str
    cost: float


# What the kinds of slip cost before their details are counted. Fitted: see docs/locate.md.
_BASE = {TRANSPOSED: 3.0, ONE_DIGIT: 2.3, DROPPED: 3.0, ADDED: 2.5, SIGN: 2.0, STALE: 2.5, UNEXPLAINED: 6.0}
_FROM_NOTHING = 2.5  # nothing was printed where a number belongs: seldom a slip of a digit

# A cell left out: a part, a total.
LEFT_OUT = (Slip(MISSING, 4.0), Slip(MISSING_TOTAL, 0.5))


@lru_cache(maxsize=100_000)
def slip(printed: int, right: int, total: bool = False) -> Slip:
    """Return the cheapest slip that turns ``right`` into ``printed``; ``total`` where the cell is a sum.

    >>> slip(71, 17).reason, slip(3719, 3736).reason, slip(5, 58).reason, slip(61, 58, True).reason
    ('digits transposed', 'unexplained', 'dropped digit', 'total not updated')
    """
    apart = log(1 + abs(printed - right))
    found = [Slip(UNEXPLAINED, _BASE[UNEXPLAINED] + apart)]
    if total:
        found.append(Slip(STALE, _BASE[STALE] + apart))
    if printed < 0:
        if printed == -right:
            found.append(Slip(SIGN, _BASE[SIGN]))
    elif right >= 0:
        found.extend(_digit_slips(str(printed), str(right)))
    best = min(found, key=lambda item: item.cost)
    if printed == 0 and best.reason != STALE:
        return Slip(best.reason, best.cost + _FROM_NOTHING)
    return best


def _digit_slips(printed: str, right: str) -> list[Slip]:
    """Return the slips of single digits that fit."""
    found = []
    width = len(right)
    if len(printed) == width:
        if sum(a != b for a, b in zip(printed, right, strict=True)) == 1:
            found.append(Slip(ONE_DIGIT, _BASE[ONE_DIGIT] + log(9 * width)))
        if printed in _transpositions(right):
            found.append(Slip(TRANSPOSED, _BASE[TRANSPOSED] + log(width - 1)))
    elif len(printed) + 1 == width and printed in _deletions(right):
        found.append(Slip(DROPPED, _BASE[DROPPED] + log(width)))
    elif len(printed) == width + 1 and right in _deletions(printed):
        found.append(Slip(ADDED, _BASE[ADDED] + log(10 * (width + 1))))
    return found


def _transpositions(digits: str) -> set[str]:
    return {digits[:k] + digits[k + 1] + digits[k] + digits[k + 2 :] for k in range(len(digits) - 1)}


def _deletions(digits: str) -> set[str]:
    return {digits[:k] + digits[k + 1 :] for k in range(len(digits))}
