"""Rules S1, S2, S3 and S7: do title, body, period and form speak of one issuer and one year?

Owns what a disagreement means. What the document says where is `extract.masthead`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Evidence, Finding, Message
from govinfo_pipeline.verify.sentence import lines_of

_PLACES = {
    "title": ("标题", "the title"),
    "period": ("统计期限", "the statistical period"),
    "opening": ("开头", "the opening sentence"),
    "body": ("正文", "the body"),
    "date": ("落款日期", "the date"),
    "path": ("文件名", "the file name"),
}
# Statements that must agree with the report year; a date or a file name may name the year of publication.
_BINDING = ("title", "period", "opening")


def check_identity(report: Report) -> Iterator[Finding]:
    """Yield S1, S2, S3 and S7 findings of one report."""
    yield from _identified(report)
    yield from _issuers(report)
    yield from _years(report)
    yield from _forms(report)


def _finding(
    report: Report, rule: str, severity: str, zh: str, en: str, evidence: tuple[Evidence, ...] = ()
) -> Finding:
    return Finding(
        report.report_id,
        rule,
        (rule,),
        "fail",
        severity,
        Message(f"{rule} {zh}", f"{rule} {en}"),
        evidence=evidence,
    )


def _identified(report: Report) -> Iterator[Finding]:
    if report.issuer is None:
        yield _finding(
            report,
            "S7",
            "error",
            "未能辨认发布机关: 标题和开头都没有写明.",
            "the issuer is not known: neither title nor opening names it.",
        )
    if report.year is None:
        yield _finding(
            report,
            "S7",
            "error",
            "未能辨认报告年度: 标题、统计期限和开头都没有写明.",
            "the report year is not known: neither title, period nor opening names it.",
        )


def _issuers(report: Report) -> Iterator[Finding]:
    head, issuer = report.masthead, report.issuer
    own = issuer.name if issuer else "?"
    for place, name, _code, line, quote, times in head.other_issuers:
        where = _PLACES.get(place, (place, place))
        at = f"(第 {head.title_line} 行)" if head.title_line else ""
        at_en = f" (line {head.title_line})" if head.title_line else ""
        evidence = [Evidence(line, quote)]
        if head.title:
            evidence.insert(0, Evidence(head.title_line, head.title))
        yield _finding(
            report,
            "S1",
            "error",
            f"机关不一致: 标题为{own}{at}, {where[0]}却是{name}(出现 {times} 次, 第 {line} 行起).",
            f"issuers differ: the title names {own}{at_en}, {where[1]} names {name} "
            f"({times} times, from line {line}).",
            tuple(evidence),
        )


def _years(report: Report) -> Iterator[Finding]:
    """S2: an error where title, period or opening differ; a warning where only the body looks like another year."""
    year = report.year
    if year is None:
        return
    if year > (now := datetime.now(UTC).year):
        yield _finding(
            report,
            "S2",
            "error",
            f"报告年度为 {year} 年, 尚未到来(今年为 {now} 年).",
            f"the report year is {year}, which has not begun (it is {now}).",
        )
    others = [y for y in report.masthead.years if y[1] != year and y[0] in (*_BINDING, "body")]
    if not others:
        return
    binding = [y for y in others if y[0] in _BINDING]
    said = binding or others
    zh = "、".join(f"{_PLACES[p][0]}为 {y} 年(第 {line} 行)" for p, y, line, _ in said)
    en = ", ".join(f"{_PLACES[p][1]} says {y} (line {line})" for p, y, line, _ in said)
    yield _finding(
        report,
        "S2",
        "error" if binding else "warning",
        f"年度不一致: 报告年度为 {year} 年, {zh}.",
        f"years differ: the report year is {year}, {en}.",
        tuple(Evidence(line, quote) for _, _, line, quote in said),
    )


def _forms(report: Report) -> Iterator[Finding]:
    year, form = report.year, report.form
    if year is None or form is None:
        return
    due = next((f for f in universe().forms if f.valid_in(year)), None)
    wrong = [table for table, used in report.blocks.items() if due is None or used != due.id]
    if not wrong:
        return
    used = load_form(report.blocks[wrong[0]])
    names = {table.id: table for table in used.tables}
    zh = "、".join(names[t].zh for t in wrong if t in names)
    en = ", ".join(names[t].en for t in wrong if t in names)
    positions = [i for t in wrong for i in universe().tables[t] if report.lines[i]]
    where = lines_of(report, positions[:1])
    rule = (f"应使用 {due.id} 年格式", f"the {due.id} form") if due else ("应使用更早的格式", "an older form")
    yield _finding(
        report,
        "S3",
        "error",
        f"格式与年度不符: {year} 年度{rule[0]}, 以下表格却是 {used.id} 年格式: {zh}. {where.zh}",
        f"form does not match the year: {year} reports use {rule[1]}, "
        f"these tables follow the {used.id} form: {en}. {where.en}",
    )
