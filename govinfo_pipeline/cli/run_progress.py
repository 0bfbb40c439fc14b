"""What people see on stderr while `govinfo run` works: one line that moves, or plain lines without a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

if TYPE_CHECKING:
    from govinfo_pipeline.defs.local import Step

# Step of the run -> what it does.
_STEPS = {
    "raw_reports": "列出文件 listing files",
    "parsed_reports": "读取报告 reading reports",
    "normalized_reports": "确定最新版本 keeping last revisions",
    "gate": "核对 checking",
    "published_reports": "入库 publishing",
    "issuer_year": "面板 panel",
    "applications_long": "长表 long table",
}
_DONE, _FAILED = "✓", "✗"


class Progress:
    """Tells how far a run is; nothing where ``quiet``."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._live = not quiet and sys.stderr.isatty()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bars = Bars(
            *columns,
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not self._live,
        )
        self._steps = self._bars.add_task("", total=len(_STEPS), visible=False)
        self._begun = time.monotonic()

    def __enter__(self) -> Progress:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    @contextmanager
    def counting(self, what: str, total: int) -> Iterator[Callable[[int], None]]:
        """Give the function that is told how many more are done."""
        task = self._bars.add_task(what, total=total, visible=total > 0)
        yield lambda more: self._bars.advance(task, more)
        self._bars.remove_task(task)
        if total:
            self._line(f"{_DONE} {what}: {total}")

    def say(self, what: str) -> None:
        """Say what begins now."""
        self._bars.update(self._steps, description=what, visible=True)

    def step(self, news: Step) -> None:
        """Take news of a step of the run."""
        name = _STEPS.get(news.name, news.name)
        if news.state == "begun":
            self._bars.update(self._steps, description=name, visible=True)
        elif news.state == "said":
            self._bars.update(self._steps, description=f"{name}: {news.text}")
        else:
            self._bars.advance(self._steps)
            self._line(f"{_DONE if news.state == 'done' else _FAILED} {name}")

    def warn(self, problem: str) -> None:
        """Say what went wrong beside the run; also where ``quiet``."""
        self._print(f"govinfo: {problem}")

    def _line(self, text: str) -> None:
        if not self._quiet:
            self._print(f"{time.monotonic() - self._begun:6.1f} s  {text}")

    def _print(self, text: str) -> None:
        if self._live:
            self._bars.console.print(text, highlight=False, markup=False, soft_wrap=True)
        else:
            click.echo(text, err=True)
