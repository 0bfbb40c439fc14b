"""Rules S4, S5, S6 and N1: is every table there, filled in, of the right shape, and of numbers of the right kind?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govinfo_pipeline.formats import Cell, Form, Table, load_form, universe
from govinfo_pipeline.report import ABSENT, NOT_A_NUMBER, NUMBER, UNREADABLE, Note, Report
from govinfo_pipeline.verify.finding import Evidence, Finding, Message
from govinfo_pipeline.verify.sentence import cell_name, evidence_of, lines_of, row_name

_INT64 = 2**63


def check_tables(report: Report, form: Form) -> Iterator[Finding]:
    """S4 and S5: a table of the form is not in the document, or nothing is filled in.

    An empty table is an error where the report answers nothing (`applications`, or all tables); an organ
    without disputes, licences or fees may have left that one table blank: a warning.
    """
    missing = [t for t in form.tables if report.tables.get(t.id) == "missing"]
    empty = [t for t in form.tables if report.tables.get(t.id) == "not_filled"]
    answered = any(state in ("filled", "partly_filled") for state in report.tables.values())
    if missing:
        yield _about_tables(
            report,
            missing,
            "S4",
            "error",
            "缺表: 文件中没有{}, 可能是图片或附件",
            "tables missing: the document lacks {} (they may be pictures or attachments)",
        )
    grave = [t for t in empty if t.id == "applications" or not answered]
    for tables, severity in ((grave, "error"), ([t for t in empty if t not in grave], "warning")):
        if tables:
            yield _about_tables(
                report, tables, "S5", severity, "空表: 没有填写{}", "tables empty: not filled in: {}"
            )


def _about_tables(report: Report, tables: list[Table], rule: str, severity: str, zh: str, en: str) -> Finding:
    positions = [universe().index[cell.id] for table in tables for cell in table.cells]
    where = lines_of(report, positions)
    if len(tables) == len(report.tables):
        names_zh, names_en = f"任何法定表格(共 {len(tables)} 张)", f"all {len(tables)} statutory tables"
    else:
        names_zh = "、".join(f"“{table.zh}”" for table in tables)
        names_en = ", ".join(f"'{table.en}'" for table in tables)
    return Finding(
        report.report_id,
        rule,
        tuple(f"{rule}@{table.id}" for table in tables),
        "fail",
        severity,
        Message(f"{rule} {zh.format(names_zh)}. {where.zh}", f"{rule} {en.format(names_en)}. {where.en}"),
    )


def check_rows(report: Report, form: Form) -> Iterator[Finding]:
    """S6: a row whose cells are unreadable or absent in a table that is there. Verdict unknown."""
    notes = {note.line: note for note in report.notes if note.code in ("shape", "conflict")}
    for name, state in report.tables.items():
        if state in ("missing", "filled", "not_filled"):
            continue
        table = load_form(report.blocks.get(name, form.id)).table(name)
        for row in table.rows:
            cells = [cell for cell in table.cells if cell.row is row]
            lost = [c for c in cells if report.states[universe().index[c.id]] in (UNREADABLE, ABSENT)]
            if not lost:
                continue
            line = next((report.lines[universe().index[c.id]] for c in lost), 0)
            yield _about_row(report, table, lost, Evidence(line or None, ""), notes)


def _about_row(
    report: Report, table: Table, lost: list[Cell], at: Evidence, notes: dict[int | None, Note]
) -> Finding:
    name = row_name(lost[0])
    note = notes.get(at.line) if at.line else None
    where = (f" 见第 {at.line} 行.", f" See line {at.line}.") if at.line else ("", "")
    if note:
        message = Message(f"S6 {note.zh}{where[0]}", f"S6 {note.en}{where[1]}")
    else:
        message = Message(
            f"S6 表“{table.zh}”中没有读到“{name.zh}”一行({len(lost)} 格).{where[0]}",
            f"S6 row '{name.en}' of table '{table.en}' was not found ({len(lost)} cells).{where[1]}",
        )
    return Finding(
        report.report_id,
        "S6",
        (f"S6@{table.id}.{lost[0].row.id}",),
        "unknown",
        "warning",
        message,
        tuple(cell.id for cell in lost),
        evidence=(Evidence(at.line, note.zh),) if note else (),
    )


def check_types(report: Report) -> Iterator[Finding]:
    """N1: a printed text that is no number, a count that is negative or not whole, a negative amount."""
    cells = universe().cells
    odd = [i for i, value in enumerate(report.values) if value is not None and not _is_plain_count(value)]
    odd += [i for i, letter in enumerate(report.states) if letter == NOT_A_NUMBER]
    for i in sorted(odd):
        cell = cells[i]
        problem = _type_problem(report, i, cell.column.kind)
        if problem is None:
            continue
        name, where, printed = cell_name(cell), lines_of(report, [i]), " ".join(report.texts[i].split())
        yield Finding(
            report.report_id,
            "N1",
            (f"N1@{cell.id}",),
            "fail",
            "error",
            Message(
                f"N1 {name.zh}印为“{printed}”, {problem.zh}. {where.zh}",
                f"N1 {name.en} is printed as '{printed}', {problem.en}. {where.en}",
            ),
            (cell.id,),
            reported=report.values[i],
            evidence=evidence_of(report, [i]),
        )


def _is_plain_count(value: int | Decimal) -> bool:
    return value.__class__ is int and 0 <= value < _INT64


def _type_problem(report: Report, i: int, kind: str) -> Message | None:
    value, letter = report.values[i], report.states[i]
    if letter == NOT_A_NUMBER:
        return Message("不是数字", "which is no number")
    if letter != NUMBER or value is None:
        return None
    if kind != "money" and (isinstance(value, Decimal) or abs(value) >= _INT64):
        return Message("应为整数", "which must be a whole number")
    if kind != "change" and value < 0:
        return Message("不应为负", "which must not be negative")
    return None
