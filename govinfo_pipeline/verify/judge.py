"""Judge reports: every rule, all findings, ordered so that the worst comes first. Changes nothing.

The only place that knows which checks there are. A report is judged by itself here; against the same
issuer's other years by `verify.series`.
"""

from __future__ import annotations

from collections.abc import Sequence

from govinfo_pipeline.formats import load_form
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.arithmetic import check_expressions
from govinfo_pipeline.verify.completeness import check_rows, check_tables, check_types
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.identity import check_identity
from govinfo_pipeline.verify.plausibility import check_amounts

_WEIGHT = {"error": 0, "warning": 1, "notice": 2}


def judge(reports: Sequence[Report]) -> list[list[Finding]]:
    """Return the findings of every report, in order, worst first. A report with an `error` has none."""
    usable = [report for report in reports if report.error is None]
    arithmetic = iter(check_expressions(usable))
    return [[] if report.error else _sorted(report, next(arithmetic)) for report in reports]


def _sorted(report: Report, arithmetic: list[Finding]) -> list[Finding]:
    findings = [*check_identity(report), *arithmetic]
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
