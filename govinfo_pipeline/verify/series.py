"""Rules Y1-Y4: does a report fit the same issuer's report of the year before?

Owns what a series is: issuer and scope, by year, the last revision of each. A year without a predecessor is not
judged; neither is a cell that the predecessor's form does not have. Findings are warnings: either of the two
reports may be the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.report import NUMBER, Report
from govinfo_pipeline.script import simplify
from govinfo_pipeline.verify.finding import Evidence, Finding, Message
from govinfo_pipeline.verify.identities import FAIL, columns_of, evaluate
from govinfo_pipeline.verify.rules import Instance, compile_form
from govinfo_pipeline.verify.sentence import evidence_of, unbalanced

# Y4: so many equal cells that are not zero cannot be chance; so large a share of equal sentences neither.
_MOST_SHOWN = 2
_LEAST_EQUAL = 12
_LEAST_SENTENCES = 12
_SHARE_OF_SENTENCES = 0.9
_SENTENCE_END = re.compile(r"[。;;!\n]")
_DIGITS = re.compile(r"[\d二〇零一三四五六七八九]+")
_SHORTEST_SENTENCE = 12


def series_key(report: Report) -> tuple[str, str] | None:
    """Return issuer and scope, the same for every year of one series; None where they are not known."""
    if report.issuer is None or report.year is None or report.error is not None:
        return None
    return report.report_id.rsplit("-", 1)[0], report.issuer.scope


def predecessors(reports: Sequence[Report], history: Iterable[Report] = ()) -> list[Report | None]:
    """Return for each report the same issuer's of the year before: in the batch, else in ``history``.

    Where several files claim one year, the last one counts.
    """
    known: dict[tuple[tuple[str, str], int], Report] = {}
    for report in (*history, *reports):
        key = series_key(report)
        if key is not None and report.year is not None:
            known[key, report.year] = report
    found: list[Report | None] = []
    for report in reports:
        key = series_key(report)
        found.append(known.get((key, report.year - 1)) if key and report.year is not None else None)
    return found


def check_series(reports: Sequence[Report], priors: Sequence[Report | None]) -> list[list[Finding]]:
    """Return the findings of every report against its predecessor, in order."""
    found: list[list[Finding]] = [[] for _ in reports]
    pairs = [k for k, prior in enumerate(priors) if prior is not None and reports[k].form]
    for form_id in sorted({reports[k].form or "" for k in pairs}):
        rows = [k for k in pairs if reports[k].form == form_id]
        _check_form([reports[k] for k in rows], [priors[k] for k in rows], form_id, found, rows)
    for k in pairs:
        prior = priors[k]
        if prior is not None:
            found[k] += _same(reports[k], prior)
    return found


def _check_form(
    batch: Sequence[Report],
    priors: Sequence[Report | None],
    form_id: str,
    found: list[list[Finding]],
    rows: Sequence[int],
) -> None:
    instances = [i for i in compile_form(load_form(form_id)) if i.series]
    if not instances:
        return
    verdicts = evaluate(instances, *columns_of(batch), prior=columns_of(priors))
    for n, k in enumerate(rows):
        prior = priors[n]
        if prior is None:
            continue
        failed = [
            (instances[j], int(verdicts.residuals[n, j])) for j in (verdicts.codes[n] == FAIL).nonzero()[0]
        ]
        for rule in dict.fromkeys(instance.rule.id for instance, _ in failed):
            of_rule = [(instance, residual) for instance, residual in failed if instance.rule.id == rule]
            found[k].append(_finding(batch[n], prior, of_rule))


def _finding(report: Report, prior: Report, failed: Sequence[tuple[Instance, int]]) -> Finding:
    """Return one finding a rule: the last instance (the total, where there is one) stands for all."""
    positions = [instance.terms[0].position for instance, _ in failed]
    told = [unbalanced(instance, report, residual, prior) for instance, residual in failed[-_MOST_SHOWN:]]
    instance, residual = failed[-1]
    value = report.values[positions[-1]]
    return Finding(
        report.report_id,
        instance.rule.id,
        tuple(instance.id for instance, _ in failed),
        "fail",
        instance.rule.severity,
        Message(" ".join(m.zh for m in told), " ".join(m.en for m in told)),
        tuple(universe().ids[i] for i in positions),
        reported=value,
        expected=int(value) - residual if isinstance(value, int) else None,
        evidence=(*evidence_of(report, positions), Evidence(None, f"{prior.report_id}: {prior.source.path}")),
    )


def _same(report: Report, prior: Report) -> list[Finding]:
    """Y4: last year's table, or last year's text."""
    found = []
    equal = _equal_cells(report, prior)
    if equal >= _LEAST_EQUAL:
        found.append(
            _y4(
                report,
                "tables",
                f"Y4 表格数字与 {prior.year} 年度报告完全相同({equal} 个非零数字), 疑为上一年的表.",
                f"Y4 the tables equal those of the {prior.year} report ({equal} figures that are not zero); "
                "perhaps last year's table was pasted.",
                prior,
            )
        )
    share = _shared_sentences(report.prose, prior.prose)
    if share >= _SHARE_OF_SENTENCES:
        found.append(
            _y4(
                report,
                "prose",
                f"Y4 正文与 {prior.year} 年度报告雷同({share:.0%} 的句子除数字外相同).",
                f"Y4 the prose repeats the {prior.year} report ({share:.0%} of its sentences but for figures).",
                prior,
            )
        )
    return found


def _y4(report: Report, what: str, zh: str, en: str, prior: Report) -> Finding:
    evidence = (Evidence(None, f"{prior.report_id}: {prior.source.path}"),)
    return Finding(
        report.report_id, "Y4", (f"Y4@{what}",), "fail", "warning", Message(zh, en), evidence=evidence
    )


def _equal_cells(report: Report, prior: Report) -> int:
    """Return how many cells that are not zero equal last year's; 0 if any number differs."""
    equal = 0
    for mine, theirs, a, b in zip(report.states, prior.states, report.values, prior.values, strict=True):
        if mine == theirs == NUMBER:
            if a != b:
                return 0
            equal += a != 0
        elif mine != theirs:
            return 0
    return equal


def _shared_sentences(prose: Sequence[tuple[int, str]], before: Sequence[tuple[int, str]]) -> float:
    mine, theirs = _sentences(prose), _sentences(before)
    if len(mine) < _LEAST_SENTENCES:
        return 0.0
    return len(mine & theirs) / len(mine)


def _sentences(prose: Sequence[tuple[int, str]]) -> set[str]:
    """Return the sentences of a text without figures, the fixed ones of the form (short ones) left out."""
    return {
        _DIGITS.sub("#", sentence).strip()
        for _, text in prose
        for sentence in _SENTENCE_END.split(simplify(text))
        if len(sentence) >= _SHORTEST_SENTENCE
    }
