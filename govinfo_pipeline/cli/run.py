"""`govinfo run`: the whole line over a source, from files to the warehouse, in this process.

Decides first whether there is anything to do, before Dagster is imported: a second run over the same source
takes a moment. Owns the order of the steps that people see and the exit code; `run_summary` owns the words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govinfo_pipeline.cli.run_alerts import check_channels, tell, tell_unusable
from govinfo_pipeline.cli.run_progress import Progress
from govinfo_pipeline.errors import ConfigError, PublishError, SourceError, WarehouseBusyError
from govinfo_pipeline.line.settings import Settings

if TYPE_CHECKING:
    from govinfo_pipeline.alerts import RunOutcome
    from govinfo_pipeline.archive import Archive, Problem
    from govinfo_pipeline.line.changes import Shown
    from govinfo_pipeline.line.intake import Collected, Peeks
    from govinfo_pipeline.line.story import Fate

EXIT_QUARANTINE, EXIT_UNDONE = 1, 2


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did, for its summary.

    Attributes:
        settings: of the run.
        collected: the files of the source, and what could not be had.
        fates: what became of each file of the source, in its order.
        partitions: those that were done; none where nothing had changed.
        outcome: of the run; None where there was none.
        success: whether everything that may be published is.
        withdrawn: reports that were published before and no longer are.
    """

    settings: Settings
    collected: Collected
    fates: tuple[Fate, ...]
    partitions: tuple[str, ...] = ()
    outcome: RunOutcome | None = None
    success: bool = True
    withdrawn: int = 0


@click.command()
@click.argument("source", required=False, metavar="[SOURCE]")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of archive and warehouse. [default: $GOVINFO_DATA, else ./data]",
)
@click.option(
    "--warehouse",
    metavar="FILE|URL",
    help="DuckDB file, or postgresql://user@host/database. [default: $GOVINFO_WAREHOUSE, else in the data folder]",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="A summary for people, or one JSON object a file, in the order of the source.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress, and of the summary only the totals.")
@click.option(
    "--fail-on-quarantine", is_flag=True, help="Exit with 1 if a report of the source is in quarantine."
)
def run(
    source: str | None,
    data: Path | None,
    warehouse: str | None,
    style: str,
    quiet: bool,
    fail_on_quarantine: bool,
) -> None:
    """Run the whole line: archive, read, check, and publish into a warehouse, embedded or shared.

    SOURCE is a folder, a file, a list of paths and addresses, or one address; without it that of $GOVINFO_SOURCE,
    else the sample reports that ship with the package, mistakes included.

    \b
    Examples:
      govinfo run                              the sample reports
      govinfo run reports/ --data warehouse/   your own
      govinfo run list.txt --format jsonl      paths and addresses, one a line
      govinfo run reports/ --warehouse postgresql://writer@db.example/stats

    The password of a database belongs in PGPASSWORD or a password file, not on the command line.

    A report once published stays when its file goes away; data/withdrawn.txt takes one back (docs/dagster.md).

    Exit codes: 0 the line did its work: each report is published or in quarantine, with reasons;
    1 with --fail-on-quarantine, if one is in quarantine; 2 it could not: nothing to read, a file or address of
    the source could not be had (the rest was done), or not published.
    """
    from govinfo_pipeline.cli.run_summary import show_lines, show_text

    settings = _settings(source, data, warehouse)
    check_channels(settings)
    with Progress(quiet=quiet) as progress:
        try:
            result = _run(settings, progress)
        except PublishError as error:
            if not isinstance(error, WarehouseBusyError):  # the next run will do it
                tell_unusable(settings, error, progress.warn)
            raise
        except OSError as error:  # sources are read elsewhere, and what they raise is a problem of one file
            raise ConfigError(
                f"数据文件夹无法使用 / the data folder {settings.data} cannot be used: {error}. "
                "Check its rights and its disk, or name another with --data."
            ) from error
    if style == "jsonl":
        show_lines(result)
    else:
        show_text(result, brief=quiet)
    sys.exit(_exit_code(result, fail_on_quarantine=fail_on_quarantine))


def _settings(source: str | None, data: Path | None, warehouse: str | None) -> Settings:
    settings = Settings.from_env()
    settings = replace(settings, address=warehouse) if warehouse is not None else settings
    settings = replace(settings, source=source) if source is not None else settings
    return replace(settings, data=data.absolute()) if data is not None else settings


def _exit_code(result: Result, *, fail_on_quarantine: bool) -> int:
    held = any(fate.status == "held" for fate in result.fates)
    if held or not result.success or result.collected.problems:
        return EXIT_UNDONE
    quarantined = any(fate.status == "quarantined" for fate in result.fates)
    return EXIT_QUARANTINE if fail_on_quarantine and quarantined else 0


def _run(settings: Settings, progress: Progress) -> Result:
    """Do what has to be done, and say what became of the files of the source."""
    from govinfo_pipeline.archive import Archive
    from govinfo_pipeline.line.changes import pending, shown
    from govinfo_pipeline.line.intake import Peeks
    from govinfo_pipeline.line.withdrawn import load_withdrawn
    from govinfo_pipeline.verify.review_log import load_reviews

    withdrawn = load_withdrawn(settings.withdrawn)
    warehouse = settings.open_warehouse()
    before = {publication.publication_id for publication in warehouse.publications()}
    archive, peeks = Archive(settings.archive), Peeks(settings.peeks, withdrawn=withdrawn)
    try:
        collected = _collect(settings, archive, progress)
    except SourceError as error:
        tell(settings, None, [_lost(settings, error)], progress.warn)
        raise
    if not collected.entries:
        tell(settings, None, collected.problems, progress.warn)
        raise _nothing(settings, collected)
    with progress.counting("读取新文件 reading new files", len(peeks.unseen(archive))) as tell_more:
        peeks.look(archive, tell_more)
    todo = pending(peeks.by_partition(archive), shown(warehouse), load_reviews(settings.reviews))
    todo = _with_lost_stages(todo, settings, (peeks[e.sha256].partition for e in collected.entries))
    result = Result(settings, collected, (), todo)
    if todo:
        result = _materialise(result, progress)
    tell(settings, result.outcome, collected.problems, progress.warn)
    made = [one for one in warehouse.publications() if one.publication_id not in before]
    gone = sum(publication.withdrawn for publication in made)
    return replace(result, fates=_fates(result, peeks, shown(warehouse), withdrawn), withdrawn=gone)


def _with_lost_stages(todo: Sequence[str], settings: Settings, partitions: Iterable[str]) -> tuple[str, ...]:
    """Return partitions to be done, with those whose tables somebody removed: without them nothing can be told."""
    from govinfo_pipeline.line.intake import PARTITIONS
    from govinfo_pipeline.line.story import can_be_told

    lost = {key for key in set(partitions) if not can_be_told(settings, key)}
    return tuple(key for key in PARTITIONS if key in lost or key in todo)


def _collect(settings: Settings, archive: Archive, progress: Progress) -> Collected:
    from govinfo_pipeline.archive import scan
    from govinfo_pipeline.archive.address import is_web
    from govinfo_pipeline.line.intake import collect

    total = 1 if is_web(settings.source) else sum(1 for _ in scan(settings.source))
    with progress.counting("归档 archiving", total) as tell_more:
        return collect(settings.source, archive, tell_more)


def _lost(settings: Settings, error: SourceError) -> Problem:
    from govinfo_pipeline.archive import Problem
    from govinfo_pipeline.archive.address import shown

    zh, _, en = error.message.partition(" / ")
    return Problem(shown(settings.source), zh, en or zh)


def _nothing(settings: Settings, collected: Collected) -> SourceError:
    from govinfo_pipeline.archive.address import shown

    problems = [f"{problem.where}: {problem.zh} / {problem.en}" for problem in collected.problems]
    return SourceError(
        "; ".join(problems[:5])
        or f"{shown(settings.source)}: 没有可读的文件 / holds no file. Name a folder with reports, or a report."
    )


def _materialise(result: Result, progress: Progress) -> Result:
    """Run the line in Dagster over what has to be done."""
    progress.say("启动 Dagster / starting Dagster")
    from govinfo_pipeline.defs.local import run_line

    done = run_line(result.settings, result.partitions[0], result.partitions[-1], progress.step)
    return replace(result, outcome=done.outcome, success=done.success)


def _fates(
    result: Result, peeks: Peeks, visible: Mapping[str, Shown], gone: Mapping[str, str]
) -> tuple[Fate, ...]:
    """Return what became of each file of the source, in its order; paths are those of this source."""
    from govinfo_pipeline.line.story import COPY, fates, withdrawn

    entries = result.collected.entries
    found = {
        fate.sha256: fate
        for partition in dict.fromkeys(peeks[entry.sha256].partition for entry in entries)
        for fate in fates(result.settings, partition, visible.get(partition))
    }
    for entry in entries:
        if why := gone.get(entry.sha256):
            peek = peeks[entry.sha256]
            found[entry.sha256] = withdrawn(entry.sha256, entry.origin, peek.report_id, peek.year, why)
    told: dict[str, str] = {}
    listed = []
    for entry in entries:
        if (fate := found.get(entry.sha256)) is None:
            continue
        first = told.setdefault(entry.sha256, entry.origin)
        copy = entry.origin != first
        listed.append(
            replace(fate, path=entry.origin, status=COPY, by=first)
            if copy
            else replace(fate, path=entry.origin)
        )
    return tuple(listed)
