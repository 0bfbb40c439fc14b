"""`govinfo read`: what the documents say, one JSON object a document or a table for people."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from govinfo_pipeline.cli.inputs import paths_argument, read_reports
from govinfo_pipeline.cli.objects import dump, report_object
from govinfo_pipeline.extract.narrative import read_claims
from govinfo_pipeline.report import ABSENT, NUMBER, Report

_TABLE_STATES = {
    "filled": "已填",
    "partly_filled": "部分",
    "not_filled": "空表",
    "missing": "缺表",
}


@click.command()
@paths_argument
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="A table for people, or one JSON object a document, in input order.",
)
def read(paths: tuple[Path, ...], style: str) -> None:
    """Say what each document says: issuer, year, form, and every cell with its place.

    \b
    Examples:
      govinfo read report.html
      govinfo read reports/ --format jsonl > figures.jsonl

    A document that cannot be used is listed with the reason, and the exit code is 2.
    """
    unusable = False
    table = _empty_table()
    for report in read_reports(paths):
        unusable = unusable or report.error is not None
        if style == "jsonl":
            claims = read_claims(report.prose, report.year) if report.error is None else []
            click.echo(dump(report_object(report, claims)))
        else:
            table.add_row(*_row(report))
    if style == "table":
        Console(width=_width()).print(table)
    sys.exit(2 if unusable else 0)


def _width() -> int | None:
    """Leave the width to the terminal; where there is none, do not cut lines."""
    return None if sys.stdout.isatty() else 160


def _empty_table() -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("文件 file", overflow="fold", ratio=3)
    table.add_column("机关 issuer", overflow="fold", ratio=3)
    table.add_column("年度 year", justify="right")
    table.add_column("格式 form", justify="right")
    table.add_column("数字 figures", justify="right")
    table.add_column("表格 tables / 说明 notes", overflow="fold", ratio=5)
    return table


def _row(report: Report) -> tuple[Text | str, ...]:
    if report.error is not None:
        _code, zh, en = report.error
        return (Text(report.source.path), "", "", "", "", Text(f"{zh}\n{en}", style="red"))
    cells = list(report.figures())
    numbers = sum(1 for i in report.states if i == NUMBER)
    issuer = report.issuer.name if report.issuer else "?"
    return (
        Text(report.source.path),
        Text(issuer),
        str(report.year or "?"),
        report.form or "?",
        f"{numbers}/{len(cells)}",
        _said(report),
    )


def _said(report: Report) -> Text:
    counted: dict[str, list[str]] = {}
    for table, state in report.tables.items():
        counted.setdefault(state, []).append(table)
    parts = []
    for state, tables in counted.items():
        whole = len(tables) == len(report.tables)
        parts.append(f"{_TABLE_STATES[state]} {state}: {'全部 all' if whole else ', '.join(tables)}")
    lost = len(report.states) - report.states.count(ABSENT) - report.states.count(NUMBER)
    if lost:
        parts.append(f"{lost} 格非数字 cells without a number")
    notes = [note.zh for note in (*report.masthead.notes, *report.notes)]
    return Text("\n".join([*parts, *notes]))
