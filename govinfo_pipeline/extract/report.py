"""Document -> Report: the figures, then what the document says it is. Judges nothing."""

from __future__ import annotations

from govinfo_pipeline.document.model import Document
from govinfo_pipeline.extract.fill import fill, find_tables, form_of_year
from govinfo_pipeline.extract.labels import labels
from govinfo_pipeline.extract.masthead import read_masthead
from govinfo_pipeline.report import ABSENT, Note, Report

_FIRST_YEAR = 2019


def extract(document: Document, path: str = "") -> Report:
    """Return the report of a document. Never raises for what a document says; `Report.error` tells.

    Lines are the document's; ``path`` (default: the source's) is only searched for a year.
    """
    report = Report(document.source)
    tokens = labels().tokens(document.texts)
    tables = find_tables(document, tokens)
    lines, texts = document.lines, document.texts
    report.prose = [(lines[i], texts[i]) for i in tables.prose]
    report.notes = [Note(code, zh, en, line) for code, zh, en, line in document.notes]
    report.masthead = read_masthead(report.prose, path or document.source.path)
    fill(report, document, tokens, tables, form_of_year(report.year))
    report.error = _error(report)
    return report


def _error(report: Report) -> tuple[str, str, str] | None:
    year, has_cells = report.year, report.states.strip(ABSENT) != ""
    if year is not None and form_of_year(year) is None and "applications" not in report.blocks:
        return (
            "other_form",
            f"{year} 年度报告采用 2019 年以前的统计表格式, 本工具只读 {_FIRST_YEAR} 年度及以后的格式.",
            f"the {year} report uses the statistics form in force before 2019; "
            f"forms of report year {_FIRST_YEAR} and later are read.",
        )
    if not has_cells and year is None and report.issuer is None:
        return (
            "no_report",
            "未找到年度报告的标题、年度、机关或表格, 请确认文件是政府信息公开工作年度报告.",
            "no title, year, issuer or table of an annual report found; "
            "make sure that the file is an annual report on open government information.",
        )
    return None
