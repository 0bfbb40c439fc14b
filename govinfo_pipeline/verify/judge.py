"""Judge reports: every rule, all findings, ordered so that the worst comes first. Changes nothing.

The only place that knows which checks there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from govinfo_pipeline.extract.narrative import read_claims
from govinfo_pipeline.formats import load_form
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.arithmetic import check_expressions
from govinfo_pipeline.verify.completeness import check_rows, check_tables, check_types
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.identity import check_identity
from govinfo_pipeline.verify.narrative import judge_claims
from govinfo_pipeline.verify.plausibility import check_amounts
from govinfo_pipeline.verify.series import check_series, predecessors

_WEIGHT = {"error": 0, "warning": 1, "notice": 2}


def judge(reports: Sequence[Report], priors: Sequence[Report | None] | None = None) -> list[list[Finding]]:
    """Return the findings of every report, in order, worst first. A report with an `error` has none.

    ``priors`` are the same issuers' reports of the year before, None where there is none (`series`).
    """
    priors = priors or [None] * len(reports)
    usable = [k for k, report in enumerate(reports) if report.error is None]
    batch, before = [reports[k] for k in usable], [priors[k] for k in usable]
    claims = [read_claims(report.prose, report.year) for report in batch]
    arithmetic = check_expressions(batch)
    series = check_series(batch, before)
    found: list[list[Finding]] = [[] for _ in reports]
    for n, k in enumerate(usable):
        prose = judge_claims(batch[n], claims[n], before[n])
        found[k] = _sorted(batch[n], [*arithmetic[n], *series[n], *prose])
    return found


def judge_together(reports: Sequence[Report]) -> list[list[Finding]]:
    """Judge reports that lie side by side: those of one issuer also against each other across years."""
    return judge(reports, predecessors(reports))


def _sorted(report: Report, found: Sequence[Finding]) -> list[Finding]:
    findings = [*check_identity(report), *found]
    if report.form is not None:
        form = load_form(report.form)
        findings += check_tables(report, form)
        findings += check_rows(report, form)
    findings += check_types(report)
    findings += check_amounts(report)
    return sorted(findings, key=lambda finding: _WEIGHT[finding.severity])


def verdict_of(findings: Sequence[Finding]) -> str:
    """Return fail, unknown, warning or pass: the worst that the findings of a report say.

    >>> verdict_of([])
    'pass'
    """
    if any(f.severity == "error" and f.verdict == "fail" for f in findings):
        return "fail"
    if any(f.verdict == "unknown" for f in findings):
        return "unknown"
    return "warning" if any(f.severity == "warning" for f in findings) else "pass"
