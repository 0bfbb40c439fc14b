"""Judge reports: every rule, all findings, ordered so that the worst comes first.

The only place that knows which checks there are. Changes no report, but for the `error` of one at which a rule
itself fails: it must not keep the others from being judged.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from govinfo_pipeline.extract.narrative import read_claims
from govinfo_pipeline.formats import load_form, load_forms
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.arithmetic import check_expressions
from govinfo_pipeline.verify.completeness import check_rows, check_tables, check_types
from govinfo_pipeline.verify.finding import Finding, Message
from govinfo_pipeline.verify.identity import check_identity
from govinfo_pipeline.verify.narrative import judge_claims
from govinfo_pipeline.verify.peers import Outlier, check_jumps, check_peers
from govinfo_pipeline.verify.plausibility import check_amounts
from govinfo_pipeline.verify.review import identified
from govinfo_pipeline.verify.series import check_series, predecessors
from govinfo_pipeline.verify.witness import witnesses_of

_LOG = logging.getLogger(__name__)
_WEIGHT = {"error": 0, "warning": 1, "notice": 2}


def judge(
    reports: Sequence[Report],
    priors: Sequence[Report | None] | None = None,
    far: Sequence[Sequence[Outlier]] | None = None,
) -> list[list[Finding]]:
    """Return the findings of every report, in order, worst first. A report with an `error` has none.

    ``priors`` are the same issuers' reports of the year before, None where there is none (`series`); ``far`` are
    the figures far away from those of peers, where the reports are a part of a larger batch (`peers`). A report
    that cannot be judged gets the error `judge_fault`.
    """
    priors = priors or [None] * len(reports)
    try:
        return _judge(reports, priors, far)
    except Exception:  # noqa: BLE001 - one report must not stop the others; the log has the traceback
        _LOG.exception("a rule failed: each report is judged by itself to see at which")
    for k, report in enumerate(reports):
        _mark_fault(report, priors[k], far[k] if far is not None else ())
    return _judge(reports, priors, far)


def _mark_fault(report: Report, prior: Report | None, far: Sequence[Outlier]) -> None:
    """Give a report that cannot be judged the error that says so."""
    try:
        _judge([report], [prior], [far])
    except Exception as error:  # noqa: BLE001 - whatever a rule raises is said in the report's error
        said = f"{type(error).__name__}: {error}"
        report.error = (
            "judge_fault",
            f"核对程序出错 ({said}), 未能核对; 请报告此文件.",
            f"a rule failed ({said}), so this is not judged; report this file.",
        )


def _judge(
    reports: Sequence[Report], priors: Sequence[Report | None], far: Sequence[Sequence[Outlier]] | None
) -> list[list[Finding]]:
    usable = [k for k, report in enumerate(reports) if report.error is None]
    batch, before = [reports[k] for k in usable], [priors[k] for k in usable]
    claims = [read_claims(report.prose, report.year) for report in batch]
    witnesses = [witnesses_of(*known) for known in zip(batch, claims, before, strict=True)]
    arithmetic = check_expressions(batch, witnesses)
    series = check_series(batch, before)
    jumps = check_jumps(batch, before)
    outliers = check_peers(batch, [far[k] for k in usable] if far is not None else None)
    found: list[list[Finding]] = [[] for _ in reports]
    for n, k in enumerate(usable):
        prose = judge_claims(batch[n], claims[n], before[n])
        found[k] = _finished(
            batch[n], before[n], [*arithmetic[n], *series[n], *prose], [*jumps[n], *outliers[n]]
        )
    return found


def judge_together(reports: Sequence[Report]) -> list[list[Finding]]:
    """Judge reports that lie side by side: those of one issuer also against each other across years."""
    return judge(reports, predecessors(reports, together=True))


def _unexplained(far: Sequence[Finding], failed: Sequence[Finding]) -> list[Finding]:
    """Leave out figures that are far away where another rule that failed has them as its suspects already."""
    suspects = {cell for f in failed if f.verdict == "fail" and not f.shadow for cell in f.cells}
    return [finding for finding in far if not suspects & set(finding.cells)]


def _finished(
    report: Report, prior: Report | None, found: Sequence[Finding], far: Sequence[Finding]
) -> list[Finding]:
    """Add what needs this report alone; then let rules live, name every finding, and put the worst first."""
    findings = [*check_identity(report), *found]
    if report.form is not None:
        form = load_form(report.form)
        findings += check_tables(report, form)
        findings += check_rows(report, form)
    findings += check_types(report)
    findings += check_amounts(report)
    findings = _living(report, findings)
    findings += _living(report, _unexplained(far, findings))
    findings = identified(findings, report, prior)
    return sorted(findings, key=lambda finding: _WEIGHT[finding.severity])


def _living(report: Report, findings: Sequence[Finding]) -> list[Finding]:
    """Drop what retired rules say; what a rule on trial says is a notice that is marked and counts for nothing."""
    if not findings:
        return []
    form = load_form(report.form) if report.form else load_forms()[-1]
    status = {rule.id: rule.status for rule in form.rules}
    living = [finding for finding in findings if status[finding.rule] != "retired"]
    return [_tried(f) if status[f.rule] == "shadow" else f for f in living]


def _tried(finding: Finding) -> Finding:
    message = Message(f"[试运行] {finding.message.zh}", f"[shadow] {finding.message.en}")
    return replace(finding, severity="notice", shadow=True, message=message)


def verdict_of(findings: Sequence[Finding]) -> str:
    """Return fail, unknown, warning or pass: the worst that the findings of a report say.

    Findings that a person dismissed, and those of rules on trial, say nothing here.

    >>> verdict_of([])
    'pass'
    """
    findings = [finding for finding in findings if finding.counts]
    if any(f.severity == "error" and f.verdict == "fail" for f in findings):
        return "fail"
    if any(f.verdict == "unknown" for f in findings):
        return "unknown"
    return "warning" if any(f.severity == "warning" for f in findings) else "pass"
