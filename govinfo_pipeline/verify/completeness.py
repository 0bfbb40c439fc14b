"""Rules S4, S5, S6 and N1: is every table there, filled in, of the right shape, and of numbers of the right kind?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from govinfo_pipeline.formats import Cell, Form, Table, load_form, universe
from govinfo_pipeline.report import ABSENT, NOT_A_NUMBER, NUMBER, UNREADABLE, Note, Report
from govinfo_pipeline.verify.finding import Evidence, Finding, Message
from govinfo_pipeline.verify.sentence import cell_name, evidence_of, lines_of, row_name

_INT64 = 2**63
# More rows than these that were not read are one finding: one cause is likelier than many.
_MOST_ROWS = 5
_TOO_LONG = re.compile(r"[+-]?[0-9０-９,，.]{19,}")


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
        Message(
            f"{rule} {zh.format(names_zh)}. {where.zh}".strip(),
            f"{rule} {en.format(names_en)}. {where.en}".strip(),
        ),
    )


def check_rows(report: Report, form: Form) -> Iterator[Finding]:
    """S6: a row whose cells are unreadable or absent in a table that is there. Verdict unknown."""
    notes = {note.line: note for note in report.notes if note.code in ("shape", "conflict")}
    for name, state in report.tables.items():
        if state in ("missing", "filled", "not_filled"):
            continue
        table = load_form(report.blocks.get(name, form.id)).table(name)
        rows = [[cell for cell in table.cells if cell.row is row] for row in table.rows]
        lost = [[c for c in cells if _state(report, c) in (UNREADABLE, ABSENT)] for cells in rows]
        lost = [cells for cells in lost if cells]
        if len(lost) > _MOST_ROWS:
            yield _about_many(report, table, lost, notes)
        else:
            yield from (_about_row(report, table, cells, notes) for cells in lost)


def _state(report: Report, cell: Cell) -> str:
    return report.states[universe().index[cell.id]]


def _line(report: Report, cells: list[Cell]) -> int | None:
    return next((line for c in cells if (line := report.lines[universe().index[c.id]])), None)


def _about_many(
    report: Report, table: Table, lost: list[list[Cell]], notes: dict[int | None, Note]
) -> Finding:
    """Return one finding for a table of which many rows were not read: one cause is likelier than many."""
    known = [notes[line] for cells in lost if (line := _line(report, cells)) in notes]
    first = known[0] if known else None
    zh = f"S6 表“{table.zh}”有 {len(lost)} 行没有读出(共 {len(table.rows)} 行)"
    en = f"S6 {len(lost)} of {len(table.rows)} rows of table '{table.en}' were not read"
    if first:
        zh, en = (
            f"{zh}, 例如: {first.zh} 见第 {first.line} 行.",
            f"{en}, for example: {first.en} See line {first.line}.",
        )
    else:
        names = [row_name(cells[0]) for cells in lost[:3]]
        zh = f"{zh}, 例如“{'”、“'.join(name.zh for name in names)}”."
        en = f"{en}, for example {', '.join(repr(name.en) for name in names)}."
    return Finding(
        report.report_id,
        "S6",
        tuple(f"S6@{table.id}.{cells[0].row.id}" for cells in lost),
        "unknown",
        "warning",
        Message(zh, en),
        tuple(cell.id for cells in lost for cell in cells),
        evidence=tuple(Evidence(note.line, note.quote) for note in known[:3] if note.quote),
    )


def _about_row(report: Report, table: Table, lost: list[Cell], notes: dict[int | None, Note]) -> Finding:
    name, line = row_name(lost[0]), _line(report, lost)
    note = notes.get(line) if line else None
    where = (f" 见第 {line} 行.", f" See line {line}.") if line else ("", "")
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
        evidence=(Evidence(line, note.quote),) if note and note.quote else (),
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
        if _TOO_LONG.fullmatch(report.texts[i].strip()):
            return Message("位数过多, 不可能是件数或金额", "which has more digits than any count or amount")
        return Message("不是数字", "which is no number")
    if letter != NUMBER or value is None:
        return None
    if kind != "money" and (isinstance(value, Decimal) or abs(value) >= _INT64):
        return Message("应为整数", "which must be a whole number")
    if kind != "change" and value < 0:
        return Message("不应为负", "which must not be negative")
    return None
