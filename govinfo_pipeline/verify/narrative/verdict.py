"""One claim against the tables, the other claims and last year's report: the verdict and its arithmetic.

Owns the five verdicts. A claim whose words narrow or widen what is counted is never a mismatch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from govinfo_pipeline.extract.narrative.claim import Cells, Claim, Scope
from govinfo_pipeline.report import Issuer, Report
from govinfo_pipeline.verify.narrative.rounding import (
    MATCH,
    MISMATCH,
    ROUNDING,
    compare_approximate,
    compare_printed,
    is_level,
)
from govinfo_pipeline.verify.narrative.total import KNOWN, LOST, NONE, OPEN, Total, total_of

DIFFERENT_SCOPE, UNVERIFIABLE = "different_scope", "unverifiable"
VERDICTS = (MATCH, MISMATCH, ROUNDING, DIFFERENT_SCOPE, UNVERIFIABLE)

_IN_WAN = {"元": Fraction(1, 10_000), "千元": Fraction(1, 10), "万元": Fraction(1), "亿元": Fraction(10_000)}
_USUAL = (
    ("applications.new_received.total",),
    ("applications.new_received.total", "applications.carried_in.total"),
    ("applications.processed_total.total",),
)
_DISPUTES = ("review", "direct_litigation", "post_review_litigation")

Stated = Mapping[Cells, Sequence[int | Decimal]]


class Judgement(NamedTuple):
    """What a claim came to.

    Attributes:
        verdict: one of ``VERDICTS``.
        expected: what the tables say: of the reading that matches, else of the likeliest; None where not known.
        reading: the cells that ``expected`` adds up.
        whole: of a share, the denominator of ``expected``; of a growth, last year's figure.
        part: of a share, the numerator; of a growth, this year's figure.
        tabled: ``expected`` comes from the tables alone, not from other prose.
    """

    claim: Claim
    verdict: str
    expected: Fraction | None = None
    reading: Cells = ()
    part: Fraction | None = None
    whole: Fraction | None = None
    tabled: bool = True


def judge_claim(
    claim: Claim, report: Report, prior: Report | None = None, stated: Stated | None = None
) -> Judgement:
    """Return the verdict of one claim. ``stated``: counts stated elsewhere in the prose, by cells."""
    if claim.kind == "share":
        judged = _judge_share(claim, report, stated or {})
    elif claim.kind == "growth":
        judged = _judge_growth(claim, report, prior, stated or {})
    else:
        judged = _judge_count(claim, report)
    if judged.verdict == MISMATCH and is_other_scope(claim, report):
        return judged._replace(verdict=DIFFERENT_SCOPE)
    return judged


def is_other_scope(claim: Claim, report: Report) -> bool:
    """Say whether the claim's words make the counted set another than that of the report's issuer."""
    return any(_narrows(scope, report.issuer) for scope in claim.scope)


def _narrows(scope: Scope, issuer: Issuer | None) -> bool:
    whole = issuer is None or issuer.scope == "government"
    if scope.kind == "wide":
        return not whole
    if scope.kind != "narrow" or issuer is None:
        return True
    names = (issuer.name, issuer.printed, issuer.region or "")
    short = [name.replace("人民政府", "政府") for name in names]
    own = any(scope.text.replace("人民政府", "政府") in name for name in short)
    return not own or (whole and scope.text in ("市政府", "县政府", "区政府", "省政府"))


def _judge_count(claim: Claim, report: Report) -> Judgement:
    open_question = False
    first: tuple[Total, Cells] | None = None
    nearest = ""
    for reading in claim.readings:
        total = total_of(report, reading)
        if total.state == NONE:
            continue
        exact = Fraction(total.value)
        how = _compare(claim, report, reading, exact)
        if total.state in (KNOWN, OPEN) and how == MATCH:
            return Judgement(claim, MATCH, exact, reading)
        if total.state == LOST or (total.state == OPEN and _in_form_unit(claim) > exact):
            open_question = True
        else:
            nearest = nearest or (ROUNDING if how == ROUNDING else "")
            first = first or (total, reading)
    if first is None or open_question:
        return Judgement(claim, UNVERIFIABLE)
    return Judgement(claim, nearest or MISMATCH, Fraction(first[0].value), first[1])


def _in_form_unit(claim: Claim) -> Fraction:
    return Fraction(claim.value) * (_IN_WAN[claim.unit] if claim.kind == "amount" else 1)


def _compare(claim: Claim, report: Report, reading: Cells, exact: Fraction) -> str:
    scale = Fraction(1)
    if claim.kind == "amount":
        scale = _IN_WAN[claim.unit]
        figure = report.figure(reading[0])
        exact = exact * _IN_WAN.get(figure.unit, Fraction(1))
    printed = exact / scale
    if claim.approximate:
        return compare_approximate(claim.value, printed, claim.bound, claim.resolution)
    if claim.kind == "amount" or claim.places < 0:
        return compare_printed(claim.value, printed, Fraction(10) ** -claim.places)
    return MATCH if printed == claim.value else MISMATCH


def _judge_share(claim: Claim, report: Report, stated: Stated) -> Judgement:
    best: Judgement | None = None
    for part, whole, reading, tabled in _quotients(claim, report, stated):
        exact = part / whole * 100
        verdict = compare_share(claim, exact)
        found = Judgement(claim, verdict, exact, reading, part, whole, tabled)
        if verdict == MATCH:
            return found
        if best is None or (verdict == ROUNDING and best.verdict == MISMATCH):
            best = found
    return best or Judgement(claim, UNVERIFIABLE)


def compare_share(claim: Claim, exact: Fraction) -> str:
    """Return match, rounding or mismatch of a printed share with the exact percentage."""
    place = Fraction(1, 10**claim.places)
    if claim.approximate:
        return compare_approximate(claim.value, exact, claim.bound, 10 * place)
    return compare_printed(claim.value, exact, place)


def _quotients(
    claim: Claim, report: Report, stated: Stated
) -> Iterator[tuple[Fraction, Fraction, Cells, bool]]:
    """Yield (numerator, denominator, cells of the numerator, both from the tables), likeliest first."""
    parts = [(value, reading, True) for reading in claim.readings for value in _known(report, reading)]
    if claim.part is not None:
        parts.append((Fraction(claim.part), claim.about, False))
    parts += [(Fraction(v), r, False) for r in claim.readings for v in stated.get(r, ())]
    wholes = [(v, True) for cells in _denominators(claim) for v in _known(report, cells)]
    wholes += [(Fraction(v), False) for cells in _denominators(claim) for v in stated.get(cells, ())]
    for whole, whole_tabled in wholes:
        for part, reading, part_tabled in parts:
            if whole:
                yield part, whole, reading, whole_tabled and part_tabled


def _known(report: Report, cells: Cells) -> list[Fraction]:
    total = total_of(report, cells)
    return [Fraction(total.value)] if total.state == KNOWN else []


def _denominators(claim: Claim) -> tuple[Cells, ...]:
    """Return what a share may be of: what the wording names, then the usual totals, then the group."""
    if claim.about and claim.about[0].startswith("disputes."):
        role = tuple(f"disputes.cases.{group}_total" for group in _DISPUTES)
        return (*claim.over, (role[0],), role[1:], role, *((cell,) for cell in role[1:]))
    rows = dict.fromkeys(cell.split(".")[1] for cell in claim.about)
    own = tuple((f"applications.{row}.total",) for row in rows)
    return (*claim.over, *_USUAL, *own)


def _judge_growth(claim: Claim, report: Report, prior: Report | None, stated: Stated) -> Judgement:
    if prior is None or not _follows(report, prior):
        return Judgement(claim, UNVERIFIABLE)
    first: Judgement | None = None
    for reading in claim.readings:
        for before in _known(prior, reading):
            now = [(v, True) for v in _known(report, reading)]
            now += [(Fraction(v), False) for v in stated.get(reading, ())]
            for after, tabled in now:
                found = _compare_growth(claim, before, after, reading)._replace(tabled=tabled)
                if found.verdict == MATCH:
                    return found
                first = first or found
    return first or Judgement(claim, UNVERIFIABLE)


def _follows(report: Report, prior: Report) -> bool:
    return report.year is None or prior.year is None or prior.year == report.year - 1


def _compare_growth(claim: Claim, before: Fraction, after: Fraction, reading: Cells) -> Judgement:
    exact = (after - before) / _IN_WAN.get(claim.unit, Fraction(1))
    if claim.measure != "difference":
        if not before:
            return Judgement(claim, UNVERIFIABLE)
        exact = after / before if claim.measure == "ratio" else exact / before
        exact = exact * 100 if claim.unit == "%" else exact
    if claim.value == 0 and claim.unit == "%":
        verdict = MATCH if is_level(exact) else MISMATCH
    elif claim.approximate:
        verdict = compare_approximate(claim.value, exact, claim.bound, claim.resolution)
    else:
        verdict = compare_printed(claim.value, exact, Fraction(1, 10**claim.places))
    return Judgement(claim, verdict, exact, reading, after, before)
