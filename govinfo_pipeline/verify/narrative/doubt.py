"""Mismatches that the other claims beside them make doubtful: no alarm where the sentence may mean another set.

Owns second thoughts only: a second total of the same cells in one paragraph, a share of a total that no table has.
Also which denominator a wrong share is said to have: the one that the shares beside it agree on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from govinfo_pipeline.extract.narrative.claim import Claim
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.narrative.rounding import MATCH, MISMATCH, ROUNDING
from govinfo_pipeline.verify.narrative.total import total_of
from govinfo_pipeline.verify.narrative.verdict import (
    DIFFERENT_SCOPE,
    UNVERIFIABLE,
    Judgement,
    compare_share,
)

_SEVERAL = 2
_GOOD = (MATCH, ROUNDING)
_FIGURE = re.compile(r"(?<![\d.])\d+(?![\d.%年])")
_TOTALS = frozenset(("new_received", "carried_in", "processed_total"))
_WHOLES = ("applications.processed_total.total", "applications.new_received.total")
_CARRIED_IN = ("applications.carried_in.total",)
_OTHERS = "applications.other_"
_GROUPS = tuple(f"applications.{group}" for group in ("granted", "denied_", "unavailable_", "not_processed_"))


def weigh(judged: Sequence[Judgement], report: Report) -> list[Judgement]:
    """Return the judgements, with doubtful mismatches taken back."""
    if all(each.verdict != MISMATCH and each.claim.kind != "share" for each in judged):
        return list(judged)
    counted = [_of_another_count(_of_all_the_rest(each, judged, report), judged) for each in judged]
    shares = [_of_another_whole(each, judged) for each in counted]
    return [_of_an_unknown_whole(each, shares) for each in shares]


def _of_another_count(judged: Judgement, every: Sequence[Judgement]) -> Judgement:
    """A second total of the same cells in a paragraph counts another set: 收到 57 件, 撤件 39 件, 受理 18 件."""
    claim = judged.claim
    if judged.verdict != MISMATCH or claim.kind != "count" or not claim.about:
        return judged
    others = [each for each in every if _counts_the_same(each.claim, claim)]
    result = claim.about[0].split(".")[1] not in _TOTALS
    whole = claim.value + sum({each.claim.value for each in others})
    doubted = bool(others) and (result or whole == judged.expected)  # 非本机关公开 8 件, 不存在 2 件
    doubted = doubted or (_is_total(claim) and not result and _lacks_a_figure(judged, every))
    if doubted or any(each.verdict == MATCH for each in others):
        return judged._replace(verdict=DIFFERENT_SCOPE)
    return judged


def _lacks_a_figure(judged: Judgement, every: Sequence[Judgement]) -> bool:
    """Say whether a total wants what its sentence counts apart: 上年结转 3 件均已办结, 新收 50 件, 办结 47 件.

    That is what was carried in, or figures that no claim explains: 重复件 4 件、无效件 6 件, 答复 40 件.
    """
    claim = judged.claim
    beside = [each.claim for each in every if each.claim.quote == claim.quote]
    carried = [c.value for c in beside if c.about == _CARRIED_IN]
    known = {c.value for c in beside}
    unread = [n for n in map(int, _FIGURE.findall(claim.quote)) if n and n not in known]
    apart = {*unread, *map(sum, pairwise(unread))}
    if claim.about[0].startswith("applications.processed_total"):
        apart |= {int(value) for value in carried if value}
    return judged.expected is not None and judged.expected - Fraction(claim.value) in apart


def _of_all_the_rest(judged: Judgement, every: Sequence[Judgement], report: Report) -> Judgement:
    """其他 may be whatever the sentence does not name: 予以公开 20 件, 其他 30 件 of 50."""
    claim = judged.claim
    if judged.verdict != MISMATCH or claim.kind != "count" or not claim.about[0].startswith(_OTHERS):
        return judged
    named = [each.claim for each in every if each.claim.quote == claim.quote and _is_result(each.claim)]
    cells = {cell for other in named for cell in other.about}
    if all(any(cell.startswith(group) for cell in cells) for group in _GROUPS):
        return judged
    whole = sum(other.value for other in named)
    totals = {each.claim.value for each in every if each.claim.line == claim.line and _is_total(each.claim)}
    totals |= {total_of(report, (cell,)).value for cell in _WHOLES}
    return judged._replace(verdict=DIFFERENT_SCOPE) if len(named) > 1 and whole in totals else judged


def _is_result(claim: Claim) -> bool:
    return (
        claim.kind == "count" and bool(claim.about) and all(_named(cell) == "total" for cell in claim.about)
    )


def _named(cell: str) -> str:
    table, row, column = cell.split(".")
    return column if table == "applications" and row not in (*_TOTALS, "carried_forward") else ""


def _is_total(claim: Claim) -> bool:
    """Say whether a count is of everything received, processed or brought, and not of a part."""
    if claim.kind not in ("count", "sum") or not claim.about:
        return False
    table, row, column = claim.about[0].split(".")
    return row in _TOTALS and column == "total" if table == "applications" else column.endswith("_total")


def _counts_the_same(claim: Claim, other: Claim) -> bool:
    alike = claim.about == other.about or set(claim.readings) == set(other.readings)
    return (
        claim.kind in ("count", "sum") and claim.line == other.line and alike and claim.value != other.value
    )


def _of_another_whole(judged: Judgement, every: Sequence[Judgement]) -> Judgement:
    """A share may be of any total of its paragraph; the one that the shares beside it are of is named."""
    claim = judged.claim
    if judged.verdict not in (MISMATCH, UNVERIFIABLE) or claim.kind != "share":
        return judged
    for whole, is_total in _wholes(claim, every):
        for part in _parts(judged):
            exact = part / whole * 100
            if compare_share(claim, exact) == MATCH and (is_total or judged.verdict == MISMATCH):
                verdict = MATCH if is_total else DIFFERENT_SCOPE
                return judged._replace(verdict=verdict, expected=exact, part=part, whole=whole, tabled=False)
    beside = Counter(
        each.whole for each in every if each.whole and each.verdict in _GOOD and _is_beside(each, claim)
    )
    if judged.verdict == MISMATCH and judged.part is not None and beside:
        agreed = beside.most_common(1)[0][0]
        return judged._replace(whole=agreed, expected=judged.part / agreed * 100)
    return judged


def _wholes(claim: Claim, every: Sequence[Judgement]) -> Iterator[tuple[Fraction, bool]]:
    """Yield what a share may be of: counts of the paragraph, any figure of the sentence; and if they are totals."""
    domain = claim.about[0].split(".")[0] if claim.about else ""
    for each in every:
        other = each.claim
        beside = other.kind in ("count", "sum") and other.line == claim.line and other.value
        if beside and other.about and other.about[0].split(".")[0] == domain:
            yield Fraction(other.value), _is_total(other)
    yield from ((Fraction(figure), False) for figure in _FIGURE.findall(claim.quote) if int(figure))


def _parts(judged: Judgement) -> list[Fraction]:
    stated = judged.claim.part
    return [Fraction(p) for p in (judged.part, stated) if p is not None]


def _is_beside(judged: Judgement, claim: Claim) -> bool:
    other = judged.claim
    return other.kind == "share" and other.quote == claim.quote and other.line == claim.line


def _of_an_unknown_whole(judged: Judgement, every: Sequence[Judgement]) -> Judgement:
    """Wrong shares of a sentence that are all of one number, which is stated nowhere, are of a set not known."""
    claim = judged.claim
    if judged.verdict != MISMATCH or claim.kind != "share":
        return judged
    wrong = [each for each in every if _is_beside(each, claim) and each.verdict == MISMATCH]
    bounds = [_whole_between(each) for each in wrong if each.claim.value and each.part]
    if len(bounds) < _SEVERAL or len(bounds) < len(wrong):
        return judged
    least, most = max(low for low, _ in bounds), min(high for _, high in bounds)
    return judged._replace(verdict=UNVERIFIABLE) if least <= most else judged


def _whole_between(judged: Judgement) -> tuple[int, int]:
    """Return the least and the greatest number that a share may be of."""
    part, half = judged.part or Fraction(0), Fraction(1, 2 * 10**judged.claim.places)
    stated = Fraction(judged.claim.value)
    return ceil(part * 100 / (stated + half)), floor(part * 100 / (stated - half))
