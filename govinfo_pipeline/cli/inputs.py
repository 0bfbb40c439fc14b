"""PATH... -> reports, in input order, with progress on stderr. A file that cannot be used is still a report."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from govinfo_pipeline.archive import Problem, scan
from govinfo_pipeline.parse import parse_path
from govinfo_pipeline.report import Report

_PROGRESS_FROM = 20

paths_argument = click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)


def read_reports(paths: Sequence[Path]) -> Iterator[Report]:
    """Yield the report of every file; a folder stands for the files in it, sorted by name."""
    files = list(_files(paths))
    show = len(files) >= _PROGRESS_FROM and sys.stderr.isatty()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not show, transient=True) as progress:
        task = progress.add_task("读取 reading", total=len(files))
        for file in files:
            yield parse_path(file)
            progress.advance(task)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = list(scan(path))
        if not found:
            yield path  # a report of a folder without files says so
        for item in found:
            if isinstance(item, Problem) and not Path(item.where).is_dir():
                yield Path(item.where)  # reading it says why it cannot be used
            elif isinstance(item, Problem):
                click.echo(f"govinfo: {item.where}: {item.zh} / {item.en}", err=True)
            else:
                yield Path(item)
