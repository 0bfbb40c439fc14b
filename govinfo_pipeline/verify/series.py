"""Rules Y1-Y4: does a report fit the same issuer's report of the year before?

Owns what a series is: the reports of one issuer and scope by year, the last revision of each. A year without a
predecessor is not judged, nor is a cell that the predecessor's form does not have: cells of two forms that mean
different things have different ids. Findings are warnings: either of the two reports may be the wrong one.

Refuses to chain by a name alone: 朝阳区 is two places, 城关镇 a hundred. Only where all files that somebody puts
side by side bear that one name are they one issuer's. What is not held against the year before is said
(`remarks`), not judged: that a year is missing is no fault of a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.report import NUMBER, Issuer, Report, series_of
from govinfo_pipeline.script import simplify
from govinfo_pipeline.verify.finding import Evidence, Finding, Message
from govinfo_pipeline.verify.identities import FAIL, columns_of, evaluate
from govinfo_pipeline.verify.rules import Instance, compile_form
from govinfo_pipeline.verify.sentence import evidence_of, unbalanced

_MOST_SHOWN = 2
# Y4: so large a share of equal sentences cannot be chance.
_LEAST_SENTENCES = 12
_SHARE_OF_SENTENCES = 0.9
_SENTENCE_END = re.compile(r"[。;;!\n]")
_DIGITS = re.compile(r"[\d二〇零一三四五六七八九]+")
_SHORTEST_SENTENCE = 12

# An instance that fails, and left side minus right side.
_Failed: TypeAlias = tuple[Instance, int]


class _Part(NamedTuple):
    """What of a report may be last year's: all tables or one, and from how many equal figures on, zeros apart."""

    what: str
    table: str | None
    least: int
    zh: str
    en: str


_PARTS = (
    _Part("tables", None, 12, "各表", "the tables equal those"),
    _Part("applications", "applications", 20, "申请情况表", "the table of applications equals that"),
)


class Member(NamedTuple):
    """What tells which report follows which: no ``series`` where issuer or year are not known or nothing can be used.

    ``certain``: the issuer's name can mean one issuer only. It has a code, or is a body of the state, or names a
    county or larger place that no register has.
    """

    series: str | None
    year: int | None
    certain: bool


def member_of(issuer: Issuer | None, year: int | None) -> Member:
    """Return what of a report counts for its series."""
    if issuer is None or year is None:
        return Member(None, year, certain=False)
    placed = issuer.region_code is not None
    certain = placed or (issuer.region is None and issuer.level not in ("unknown", "township"))
    return Member(series_of(issuer), year, certain)


def series_key(report: Report) -> str | None:
    """Return what the reports of one issuer and scope have in common; None where issuer or year are not known.

    >>> from govinfo_pipeline.provenance import Source
    >>> series_key(Report.empty(Source("a.txt", "0" * 64, "text/plain"))) is None
    True
    """
    return _member(report).series


def _member(report: Report) -> Member:
    return Member(None, None, certain=False) if report.error else member_of(report.issuer, report.year)


def is_certain(report: Report) -> bool:
    """Say whether the issuer's name can mean one issuer only (`Member`)."""
    return _member(report).certain


def years_before(members: Sequence[Member], *, one: bool = False) -> list[int | None]:
    """Return for each member the place of the same issuer's of the year before, None where there is none.

    Where several claim one year, the last one counts. ``one``: all are of one issuer.

    >>> helan = Member("640122-贺兰县-government", 2021, True)
    >>> years_before([helan, helan, helan._replace(year=2022), helan._replace(year=2024)])
    [None, None, 1, None]
    """
    known = {
        (member.series, member.year): place
        for place, member in enumerate(members)
        if member.series is not None and (one or member.certain)
    }
    return [known.get((m.series, m.year - 1)) if m.series and m.year is not None else None for m in members]


def predecessors(
    reports: Sequence[Report], history: Iterable[Report] = (), *, together: bool = False
) -> list[Report | None]:
    """Return for each report the same issuer's of the year before: in the batch, else in ``history``.

    Where several files claim one year, the last one counts. ``together``: somebody put the reports side by side;
    if all of them bear one name, that is one issuer, however many places have the name.
    """
    one = together and len({series_key(r) for r in reports if series_key(r)}) == 1
    known = [*history, *reports]
    before = years_before([_member(report) for report in known], one=one)[len(known) - len(reports) :]
    return [None if place is None else known[place] for place in before]


def remarks(reports: Sequence[Report]) -> list[Message]:
    """Return what was not held against the year before though its series is there, a sentence an issuer.

    A year is missing between two others, or several places have the issuer's name. An issuer of one year needs
    no remark.
    """
    series: dict[str, list[Report]] = {}
    for report in reports:
        key = series_key(report)
        if key is not None:
            series.setdefault(key, []).append(report)
    said = [_remark(of_one, alone=len(series) == 1) for of_one in series.values()]
    return [message for message in said if message is not None]


def _remark(reports: Sequence[Report], *, alone: bool) -> Message | None:
    years = sorted({report.year for report in reports if report.year is not None})
    name = reports[0].issuer.name if reports[0].issuer else ""
    if len(years) == 1:
        return None
    if not alone and not is_certain(reports[0]):
        return Message(
            f"{name}: 同名者不止一处, 各年度未相互核对; 请单独核对这几份文件.",
            f"{name}: several places have this name, its years are not held against each other; "
            "check these files by themselves.",
        )
    gaps = [year for year in range(years[0], years[-1]) if year not in years]
    after = [year for year in years[1:] if year - 1 not in years]
    if not gaps:
        return None
    return Message(
        f"{name}: 缺 {_years(gaps)} 年度报告, {_years(after)} 年度未与上一年度核对.",
        f"{name}: no report for {_years(gaps)}; {_years(after)} not held against the year before.",
    )


def _years(years: Sequence[int]) -> str:
    return ", ".join(map(str, years))


def check_series(reports: Sequence[Report], priors: Sequence[Report | None]) -> list[list[Finding]]:
    """Return the findings of every report against its predecessor, in order. Reports without a form have none."""
    found: list[list[Finding]] = [[] for _ in reports]
    pairs = [
        (k, report, prior)
        for k, (report, prior) in enumerate(zip(reports, priors, strict=True))
        if prior is not None and report.form is not None
    ]
    for form_id in sorted({report.form or "" for _, report, _ in pairs}):
        of_form = [pair for pair in pairs if pair[1].form == form_id]
        for (k, report, prior), failed in zip(of_form, _failed(of_form, form_id), strict=True):
            found[k] = [_finding(report, prior, of_rule) for of_rule in failed] + _same(report, prior)
    return found


def _failed(pairs: Sequence[tuple[int, Report, Report]], form_id: str) -> list[list[list[_Failed]]]:
    """Return for each pair of reports the instances that fail, with their residuals, by rule."""
    instances = [instance for instance in compile_form(load_form(form_id)) if instance.series]
    now = columns_of([report for _, report, _ in pairs])
    verdicts = evaluate(instances, *now, prior=columns_of([prior for _, _, prior in pairs]))
    found = []
    for n in range(len(pairs)):
        by_rule: dict[str, list[_Failed]] = {}
        for j in (verdicts.codes[n] == FAIL).nonzero()[0]:
            residual = int(verdicts.residuals[n, j])
            by_rule.setdefault(instances[j].rule.id, []).append((instances[j], residual))
        found.append(list(by_rule.values()))
    return found


def _finding(report: Report, prior: Report, failed: Sequence[_Failed]) -> Finding:
    """Return one finding a rule: the last instance (the total, where there is one) stands for all."""
    positions = [instance.terms[0].position for instance, _ in failed]
    told = [unbalanced(instance, report, residual, prior) for instance, residual in failed[-_MOST_SHOWN:]]
    instance, residual = failed[-1]
    value = report.values[positions[-1]]
    expected = int(value) - residual if isinstance(value, int) else None
    before = [term.position for each, _ in failed for term in each.terms if term.prior]
    return Finding(
        report.report_id,
        instance.rule.id,
        tuple(instance.id for instance, _ in failed),
        "fail",
        instance.rule.severity,
        Message(" ".join(m.zh for m in told), " ".join(m.en for m in told)),
        tuple(universe().ids[i] for i in positions),
        reported=value,
        expected=expected if expected is not None and expected >= 0 else None,
        evidence=(*evidence_of(report, positions), *_last_year(prior, before)),
    )


def _last_year(prior: Report, positions: Sequence[int]) -> tuple[Evidence, ...]:
    """Return last year's rows as printed, and where they stand: lines are of the other document, so in words."""
    rows = [
        Evidence(None, f"{prior.year} 年度报告{f'第 {row.line} 行' if row.line else ''}, {row.text}")
        for row in evidence_of(prior, positions)
    ]
    return (*rows, Evidence(None, f"{prior.report_id}: {prior.source.path}"))


def _same(report: Report, prior: Report) -> list[Finding]:
    """Y4: last year's tables, or the table of applications alone, or last year's text."""
    found = []
    for part in _PARTS:
        positions = universe().tables[part.table] if part.table else range(len(universe()))
        equal = _equal_cells(report, prior, positions)
        if equal >= part.least:
            zh = f"Y4 {part.zh}数字与 {prior.year} 年度报告完全相同({equal} 个非零数字), 疑为上一年的表."
            en = (
                f"Y4 {part.en} of the {prior.year} report ({equal} figures that are not zero); "
                "perhaps last year's table was pasted."
            )
            found.append(_y4(report, part.what, zh, en, prior))
            break
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


def _equal_cells(report: Report, prior: Report, positions: Iterable[int]) -> int:
    """Return how many of some cells are not zero and equal last year's; 0 if any of them differs."""
    equal = 0
    for i in positions:
        if report.states[i] != prior.states[i]:
            return 0
        if report.states[i] == NUMBER:
            if report.values[i] != prior.values[i]:
                return 0
            equal += report.values[i] != 0
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
