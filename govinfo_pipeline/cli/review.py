"""`govinfo review`: confirm or dismiss a finding, take that back, and list who said what until when.

Owns arguments and what people see. A finding is named by the eight digits that `govinfo check` prints beside it,
and judged again from its files when it is reviewed: nobody reviews what is not there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from govinfo_pipeline.errors import GovinfoError
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.review import CONFIRM, DISMISS, WITHDRAW, Review, last_words
from govinfo_pipeline.verify.review_log import FILE_NAME, append_review, load_reviews

_DEFAULT_DAYS = 365
_WORDS = {CONFIRM: "确认 confirmed", DISMISS: "驳回 dismissed", WITHDRAW: "撤回 withdrawn"}

_file = click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"The file of reviews.  [default: {FILE_NAME} in the folder GOVINFO_DATA, or in data]",
)
_name = click.option(
    "--name", required=True, envvar="GOVINFO_REVIEWER", show_envvar=True, help="Who says so."
)
_reason = click.option("--reason", required=True, help="Why, in a sentence that the next reader understands.")


@click.group()
def review() -> None:
    """Remember what people found out about findings.

    \b
    Examples:
      govinfo check report.html
      govinfo review dismiss 3f2a91c0 report.html --name 信息公开科 --reason "原件如此, 已电话核实"
      govinfo review list
      govinfo review withdraw 3f2a91c0 --name 信息公开科 --reason "核实有误"
      govinfo check report.html --reviews data/reviews.jsonl

    A review holds until its last day, for as long as the figures that the finding was judged on stay the same,
    whether the report is read again or published anew. A dismissed finding is still listed, with the name, the
    reason and the last day; it is no error for the exit code, for the gate and for alerts. A confirmed one keeps
    its severity. Every review stays in the file; a later one on the same finding replaces it.
    """


def _verdict_options(command: Callable[..., Any]) -> Callable[..., Any]:
    arguments = (
        click.argument("finding_id", metavar="ID"),
        click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)),
        _name,
        _reason,
        click.option(
            "--until",
            metavar="YYYY-MM-DD",
            type=click.DateTime(["%Y-%m-%d"]),
            help="The last day on which it holds.  [default: a year from today]",
        ),
        _file,
    )
    for add in reversed(arguments):
        command = add(command)
    return command


@review.command()
@_verdict_options
def confirm(**given: Any) -> None:
    """Say that a finding is right.

    \b
    Example:
      govinfo review confirm 3f2a91c0 report.html --name 信息公开科 --reason "填报单位已承认"

    PATH is what `govinfo check` was given: for a finding across years, both reports.
    """
    _say(CONFIRM, **given)


@review.command()
@_verdict_options
def dismiss(**given: Any) -> None:
    """Say that a finding is no error: it is listed as dismissed, and blocks nothing.

    \b
    Example:
      govinfo review dismiss 3f2a91c0 report.html --name 信息公开科 --reason "原件如此" --until 2027-03-31

    PATH is what `govinfo check` was given: for a finding across years, both reports.
    """
    _say(DISMISS, **given)


def _say(
    action: str,
    finding_id: str,
    paths: tuple[Path, ...],
    name: str,
    reason: str,
    until: datetime | None,
    path: Path | None,
) -> None:
    today = date.today()
    last_day = until.date() if until else today + timedelta(days=_DEFAULT_DAYS)
    if last_day < today:
        raise GovinfoError(f"--until 不能早于今天 / --until must be today or later, was {last_day}.")
    finding = _find(finding_id, paths)
    said = Review(
        id=finding.id,
        report_id=finding.report_id,
        rule=finding.rule,
        instances=finding.instances,
        action=action,
        name=name,
        reason=reason,
        until=last_day,
        at=datetime.now(UTC).replace(microsecond=0),
        finding=finding.message.zh,
    )
    append_review(_place(path), said)
    click.echo(f"{_WORDS[action]}: {finding.id} {finding.report_id}, 有效至 until {last_day}")
    click.echo(f"  {finding.message.zh}")


def _find(finding_id: str, paths: Sequence[Path]) -> Finding:
    """Return the one finding of that name in the files."""
    from govinfo_pipeline.cli.inputs import read_reports
    from govinfo_pipeline.verify.judge import judge_together

    reports = list(read_reports(paths))
    found = [f for of_report in judge_together(reports) for f in of_report if f.id == finding_id.lower()]
    if not found:
        raise GovinfoError(
            f"这些文件中没有编号为 {finding_id} 的发现 / no finding {finding_id} in these files. "
            "`govinfo check` prints the name of every finding; it changes when its figures do."
        )
    if len({(f.report_id, f.rule) for f in found}) > 1:
        others = ", ".join(sorted({f.report_id for f in found}))
        raise GovinfoError(
            f"编号 {finding_id} 对应多份报告 / {finding_id} is a finding of several reports: {others}. "
            "Give the files of the one that is meant."
        )
    return found[0]


@review.command()
@click.argument("finding_id", metavar="ID")
@_name
@_reason
@click.option("--report", "report_id", help="The report_id, where two reports have a finding of that name.")
@_file
def withdraw(finding_id: str, name: str, reason: str, report_id: str | None, path: Path | None) -> None:
    """Take a review back: the finding is as if nobody had spoken; the file keeps both.

    \b
    Example:
      govinfo review withdraw 3f2a91c0 --name 信息公开科 --reason "核实有误"
    """
    file = _place(path)
    standing = [
        word
        for word in last_words(load_reviews(file)).values()
        if word.id == finding_id.lower() and report_id in (None, word.report_id)
    ]
    if len(standing) != 1:
        among = ", ".join(sorted(word.report_id for word in standing)) or "none"
        raise GovinfoError(
            f"{file}: 编号 {finding_id} 应恰有一条复核 / {finding_id} must name one review, found: {among}. "
            "`govinfo review list` shows all; --report tells them apart."
        )
    word = standing[0]
    said = Review(
        id=word.id,
        report_id=word.report_id,
        rule=word.rule,
        instances=word.instances,
        action=WITHDRAW,
        name=name,
        reason=reason,
        until=None,
        at=datetime.now(UTC).replace(microsecond=0),
        finding=word.finding,
    )
    append_review(file, said)
    click.echo(f"{_WORDS[WITHDRAW]}: {word.id} {word.report_id}")


@review.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Also what was replaced, withdrawn or has ended.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="For people, or the lines of the file.",
)
@_file
def show(everything: bool, style: str, path: Path | None) -> None:
    """List the reviews that hold today, oldest first.

    \b
    Examples:
      govinfo review list
      govinfo review list --all --format jsonl

    Whether the figures are still those that were reviewed, `govinfo check --reviews` says.
    """
    file, today = _place(path), date.today()
    reviews = load_reviews(file)
    standing = last_words(reviews)
    shown = [r for r in reviews if everything or (standing.get(r.key) is r and r.holds(today))]
    if style == "jsonl":
        _lines(shown)
    else:
        _table(shown, {id(r) for r in standing.values() if r.holds(today)})
    if not shown:
        click.echo(f"{file}: 没有有效的复核 / no review holds today", err=True)


def _lines(reviews: Sequence[Review]) -> None:
    from govinfo_pipeline.cli.objects import dump
    from govinfo_pipeline.verify.review_log import review_object

    for each in reviews:
        click.echo(dump(review_object(each)))


def _table(reviews: Sequence[Review], standing: set[int]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in (
        "编号 id",
        "复核 review",
        "至 until",
        "由 by",
        "报告 report",
        "说明 finding / 理由 reason",
    ):
        table.add_column(heading, overflow="fold")
    for each in reviews:
        over = "" if id(each) in standing else " (失效 over)"
        table.add_row(
            each.id,
            f"{_WORDS[each.action]}{over}",
            str(each.until or ""),
            f"{each.name}\n{each.at.date()}",
            each.report_id,
            f"{each.finding}\n→ {each.reason}",
        )
    if reviews:
        Console(width=None if sys.stdout.isatty() else 140).print(table)


def _place(path: Path | None) -> Path:
    return path or Path(os.environ.get("GOVINFO_DATA") or "data") / FILE_NAME
