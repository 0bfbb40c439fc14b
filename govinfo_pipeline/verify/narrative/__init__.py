"""Claims in prose against the tables, each other and last year: rules C1 to C4.

Owns which judgements become findings, one a root cause. Findings are warnings, roundings are notices: prose never
blocks publishing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from govinfo_pipeline.extract.narrative.claim import Cells, Claim
from govinfo_pipeline.extract.narrative.meaning import form_id
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.narrative.doubt import weigh
from govinfo_pipeline.verify.narrative.inner import imbalances
from govinfo_pipeline.verify.narrative.rounding import MISMATCH, ROUNDING
from govinfo_pipeline.verify.narrative.verdict import (
    UNVERIFIABLE,
    VERDICTS,
    Judgement,
    is_other_scope,
    judge_claim,
)
from govinfo_pipeline.verify.narrative.wording import (
    count_finding,
    growth_finding,
    imbalance_finding,
    share_finding,
    sum_finding,
)

__all__ = ["VERDICTS", "Judgement", "judge_all", "judge_claim", "judge_claims"]


def judge_all(report: Report, claims: Sequence[Claim], prior: Report | None = None) -> list[Judgement]:
    """Return the judgement of every claim, in order. ``prior`` is the same issuer's report of the year before."""
    stated: dict[Cells, list[int | Decimal]] = {}
    for claim in claims:
        if claim.kind in ("count", "sum") and not claim.approximate and not is_other_scope(claim, report):
            stated.setdefault(claim.about, []).append(claim.value)
    judged = [judge_claim(claim, report, prior, stated) for claim in claims]
    return weigh([_with_terms(each) for each in judged], report)


def _with_terms(judged: Judgement) -> Judgement:
    """A stated total that its own terms do not make is a mismatch, whatever the table says."""
    claim = judged.claim
    if claim.kind == "sum" and not claim.approximate and sum(claim.terms) != claim.value:
        return judged._replace(verdict=MISMATCH)
    return judged


def judge_claims(report: Report, claims: Sequence[Claim], prior: Report | None = None) -> list[Finding]:
    """Return the findings of a report's claims: C1 counts, C2 shares, C3 sums in prose, C4 growth."""
    if not claims:
        return []
    judged = judge_all(report, claims, prior)
    wrong = [each for each in judged if each.verdict in (MISMATCH, ROUNDING)]
    counts = [each for each in wrong if each.claim.kind in ("count", "amount")]
    found = [count_finding(report, same, prior) for same in _by_cause(counts)]
    blamed = {(each.claim.about, each.claim.value) for each in counts}
    found += [
        _sum(report, each, prior)
        for each in wrong
        if each.claim.kind == "sum" and not _explained(each, judged, blamed)
    ]
    shares = [each for each in wrong if each.claim.kind == "share" and _is_worth_saying(each)]
    found += [share_finding(report, same) for same in _by_cause(shares)]
    growths = [each for each in wrong if each.claim.kind == "growth"]
    found += [growth_finding(report, same) for same in _by_cause(growths)]
    return found + _inner(report, judged)


def _by_cause(judged: Sequence[Judgement]) -> list[list[Judgement]]:
    """Group what states the same figure of the same cells: one root cause, however often it is repeated."""
    causes: dict[tuple[Cells, int | Decimal, str], list[Judgement]] = {}
    for each in judged:
        claim = each.claim
        causes.setdefault((claim.about, claim.value, f"{claim.measure}{claim.unit == '%'}"), []).append(each)
    return list(causes.values())


def _is_worth_saying(judged: Judgement) -> bool:
    """A digit cut off is only worth a notice where numerator and denominator are certain: both in the tables."""
    return judged.verdict == MISMATCH or judged.tabled


def _explained(
    total: Judgement, judged: Sequence[Judgement], blamed: set[tuple[Cells, int | Decimal]]
) -> bool:
    """Say whether a wrong term, already a finding, explains a wrong total of the same sentence."""
    claim = total.claim
    terms = [
        j.claim
        for j in judged
        if j.claim.quote == claim.quote and set(j.claim.about) < set(claim.about) and j.claim is not claim
    ]
    return any((term.about, term.value) in blamed for term in terms if term.value in claim.terms)


def _sum(report: Report, judged: Judgement, prior: Report | None) -> Finding:
    claim = judged.claim
    if sum(claim.terms) != claim.value:
        return sum_finding(report, judged)
    return count_finding(report, [judged], prior)


def _inner(report: Report, judged: Sequence[Judgement]) -> list[Finding]:
    counts: dict[Cells, Claim] = {}
    unclear: set[Cells] = set()
    for each in judged:
        claim = each.claim
        if claim.kind not in ("count", "sum") or each.verdict != UNVERIFIABLE:
            continue
        if claim.approximate or is_other_scope(claim, report):
            continue
        if counts.setdefault(claim.about, claim).value != claim.value:
            unclear.add(claim.about)
    certain = {cells: claim for cells, claim in counts.items() if cells not in unclear}
    return [imbalance_finding(report, found) for found in imbalances(certain, form_id(report.year))]
