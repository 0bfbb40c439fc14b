"""What `govinfo run` prints when it is done: what became of each file, totals, and what to try next."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from govinfo_pipeline.cli.objects import dump, error_object, source_object
from govinfo_pipeline.line.settings import DATA, WAREHOUSE
from govinfo_pipeline.line.story import COPY, HELD, PUBLISHED, QUARANTINED, SUPERSEDED, WITHDRAWN, Fate
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.warehouse.address import is_server, without_secrets

if TYPE_CHECKING:
    from govinfo_pipeline.archive import Problem
    from govinfo_pipeline.cli.run import Result

# Up to so many files are all listed; of more, only those that are not simply published, and not all of them.
_ALL_LISTED, _MOST_LISTED, _PROBLEMS = 60, 40, 20
_REASON_LINES = 2
_WIDEST_ISSUER = 32

# Status, or verdict of a published report -> mark, words, style.
_ENDS = {
    "pass": ("✓", "通过 pass", "green"),
    "warning": ("✓", "入库, 有警告 published, warnings", "yellow"),
    "unknown": ("✓", "入库, 部分待定 published, partly unknown", "yellow"),
    QUARANTINED: ("✗", "隔离 in quarantine", "bold red"),
    SUPERSEDED: ("·", "被替代 superseded", "dim"),
    COPY: ("·", "内容相同 identical", "dim"),
    WITHDRAWN: ("·", "已撤下 withdrawn", "dim"),
    HELD: ("!", "未发布 not published", "bold red"),
}
_WORST = (HELD, QUARANTINED, WITHDRAWN, SUPERSEDED, COPY, PUBLISHED)


def show_lines(result: Result) -> None:
    """Print one JSON object a file, in the order of the source, then one a problem."""
    for fate in result.fates:
        click.echo(dump(fate_object(fate)))
    for problem in result.collected.problems:
        source = source_object(Source(problem.where, "", ""))
        click.echo(dump({"source": source, "error": error_object("unavailable", problem.zh, problem.en)}))


def fate_object(fate: Fate) -> dict[str, Any]:
    """Return what became of a file as a JSON object."""
    return {
        "report_id": fate.report_id,
        "revision": fate.revision,
        "source": source_object(Source(fate.path, fate.sha256, fate.media_type)),
        "issuer": fate.issuer,
        "year": fate.year,
        "format": fate.form,
        "cells": {"found": fate.found, "total": fate.cells},
        "status": fate.status,
        "verdict": fate.verdict,
        "reasons": [{"rule": r.rule, "message": {"zh": r.zh, "en": r.en}} for r in fate.reasons],
        "superseded_by": fate.by if fate.status == SUPERSEDED else None,
        "copy_of": fate.by if fate.status == COPY else None,
    }


def show_text(result: Result, *, brief: bool) -> None:
    """Print the summary; ``brief``: totals and problems only."""
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False, markup=False)
    if not brief and result.partitions:
        _list_fates(console, result.fates)
    _list_problems(console, result.collected.problems)
    _say_failure(console, result)
    _totals(console, result)
    if not brief:
        _next(console, result)


def _list_fates(console: Console, fates: Sequence[Fate]) -> None:
    listed = list(fates)
    if len(fates) > _ALL_LISTED:
        worst_first = sorted(fates, key=lambda fate: _WORST.index(fate.status))
        listed = [fate for fate in worst_first if fate.status != PUBLISHED][:_MOST_LISTED]
    widest = max((cell_len(_who(fate)) for fate in listed), default=0)
    for fate in listed:
        _show_fate(console, fate, min(widest, _WIDEST_ISSUER))
    if len(listed) < len(fates):
        rest = len(fates) - len(listed)
        _indented(console, f"其余 {rest} 份未列出 / {rest} more not listed: --format jsonl lists all.", 0)
    console.print()


def _who(fate: Fate) -> str:
    return fate.issuer or Path(fate.path).name


def _show_fate(console: Console, fate: Fate, width: int) -> None:
    mark, words, style = _ENDS[fate.verdict or "pass" if fate.status == PUBLISHED else fate.status]
    line = Text()
    line.append(f"{mark} ", style=style)
    line.append(_padded(_who(fate), width), style="bold" if fate.status != SUPERSEDED else "dim")
    cells = f"{fate.found}/{fate.cells}" if fate.cells else "-"
    line.append(f"  {fate.year or '?':>4}  {fate.form or '-':>4}  {cells:>7}  ", style="dim")
    line.append(words, style=style)
    console.print(line, overflow="fold")
    for sentence in _why(fate):
        _indented(console, sentence, 4, most=_REASON_LINES, style="dim")


def _indented(console: Console, text: str, by: int, *, most: int | None = None, style: str = "") -> None:
    """Print a text in lines of its own, indented; what is beyond ``most`` lines is left out, and said so."""
    lines = Text(text, style=style).wrap(console, max(console.width - by - 1, 20))
    for k, line in enumerate(lines[:most]):
        line.rstrip()
        if k + 1 == most and len(lines) > k + 1:
            line.append("…")
        console.print(Text(" " * by).append_text(line), no_wrap=True, overflow="ignore", crop=False)


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - cell_len(text), 0)


def _why(fate: Fate) -> Iterator[str]:
    """Yield the first reason in both languages, and how many more there are."""
    if fate.status == COPY:
        yield f"{_name(fate.path)} 与另一文件内容相同 / has the content of {_name(fate.by or '')}"
    elif fate.by is not None:
        yield f"{_name(fate.path)} 由同一报告的后一文件替代 / superseded by a later file: {_name(fate.by)}"
    elif fate.reasons:
        first = fate.reasons[0]
        more = len(fate.reasons) - 1
        yield first.zh
        yield first.en + (f"  (+{more})" if more else "")


def _name(path: str) -> str:
    return path if "://" in path else Path(path).name


def _short(path: str) -> str:
    """Return a path from here, where that is shorter."""
    if "://" in path:
        return path
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return min(relative, path, key=len)


def _list_problems(console: Console, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    console.print(Text("未能取得 could not be had:", style="bold red"))
    for problem in problems[:_PROBLEMS]:
        _indented(console, f"{_short(problem.where)}: {problem.zh} / {problem.en}", 2)
    if len(problems) > _PROBLEMS:
        console.print(f"  另有 {len(problems) - _PROBLEMS} 个 / and {len(problems) - _PROBLEMS} more")
    console.print()


def _say_failure(console: Console, result: Result) -> None:
    if result.success:
        return
    console.print(Text("运行未完成 the run did not finish:", style="bold red"))
    said = result.outcome.failure if result.outcome else None
    _indented(console, said or "?", 2)
    for check in result.outcome.checks if result.outcome else ():
        if check.severity == "error" and check.said and not check.name.startswith("findings."):
            _indented(console, f"{check.name}: {check.said}", 2)
    _indented(console, f"日志 log: {_short(str(result.settings.log))}", 2)
    console.print()


def _totals(console: Console, result: Result) -> None:
    counts = Counter(fate.status for fate in result.fates)
    doubts = sum(fate.status == PUBLISHED and fate.verdict != "pass" for fate in result.fates)
    parts = [f"{len(result.fates)} 个文件 files"]
    parts += [f"{counts[PUBLISHED]} 份已入库 published"]
    parts += [f"其中 {doubts} 份有警告 of these with warnings"] if doubts else []
    parts += [
        f"{counts[status]} 份{_ENDS[status][1]}"
        for status in (QUARANTINED, SUPERSEDED, COPY, WITHDRAWN, HELD)
        if counts[status]
    ]
    if not result.partitions:
        _indented(console, "没有变化, 无需重做 / nothing changed, nothing had to be done.", 0, style="bold")
    _indented(console, ", ".join(parts) + ".", 0, style="bold")
    if result.withdrawn:
        said = f"{result.withdrawn} 份此前已入库的报告已撤下 / published before, withdrawn now: {result.withdrawn}."
        _indented(console, said, 0, style="bold red")
    status = result.settings.open_warehouse().status()
    if status.exists:
        size = status.size_bytes / 2**20
        where = _short(status.place)
        counts_there = f"{status.rows['reports']} 份报告 reports, {status.rows['findings']} 条发现 findings"
        _indented(console, f"数据仓库 warehouse: {where} ({size:.1f} MB, {counts_there})", 0)


def _next(console: Console, result: Result) -> None:
    console.print()
    console.print("接下来可以试 / what to try next:")
    for command, words in _commands(result):
        console.print(Text(f"  {command}"), soft_wrap=True)
        console.print(Text(f"      {words}", style="dim"))


def _commands(result: Result) -> Iterator[tuple[str, str]]:
    bad = next((fate for fate in result.fates if fate.status == QUARANTINED), None)
    example = bad or next(iter(result.fates), None)
    if example is not None and "://" not in example.path:
        yield (
            f"{_program()} check {shlex.quote(_short(example.path))}",
            "每条发现及其出处 / every finding with its place",
        )
    yield _panel(result), "机关-年度面板 / the issuer-year panel, with Chinese labels"
    yield _ui(result), "Dagster 界面 / the Dagster UI on http://127.0.0.1:3000"


def _panel(result: Result) -> str:
    address = result.settings.address
    if is_server(address):
        return f"psql {shlex.quote(without_secrets(address))} -c 'TABLE govinfo.zh_issuer_year'"
    warehouse = _short(address or str(result.settings.warehouse))
    query = f"import duckdb; duckdb.connect({warehouse!r}, read_only=True).sql('FROM govinfo.zh_issuer_year').show()"
    quoted = f'"{query}"' if not set(query) & set('"$`\\!') else shlex.quote(query)
    return f"{_short(sys.executable)} -c {quoted}"


def _program() -> str:
    return "govinfo" if shutil.which("govinfo") else _short(sys.argv[0])


def _ui(result: Result) -> str:
    data, address = result.settings.data, result.settings.address
    named = {DATA: str(data)} if data != Path("data").absolute() else {}
    if address and address != os.environ.get(WAREHOUSE):
        named[WAREHOUSE] = without_secrets(address)
    here = Path("Makefile").exists() and Path("workspace.yaml").exists()
    command = "make ui" if here else "dagster dev -m govinfo_pipeline.definitions"
    return " ".join([*(f"{name}={shlex.quote(value)}" for name, value in named.items()), command])
