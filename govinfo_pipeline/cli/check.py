"""`govinfo check`: what is wrong in a report, for the person who must mend it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from govinfo_pipeline.cli.inputs import paths_argument, read_reports
from govinfo_pipeline.cli.objects import dump, finding_object, report_object
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.judge import judge_together
from govinfo_pipeline.verify.review import apply_to_batch
from govinfo_pipeline.verify.review_log import load_reviews
from govinfo_pipeline.verify.series import remarks

_MOST_REMARKS = 5


@click.command()
@paths_argument
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "jsonl", "html"]),
    default="text",
    show_default=True,
    help="For a terminal, one JSON object a finding, or one self-contained page.",
)
@click.option(
    "--lang",
    type=click.Choice(["both", "zh", "en"]),
    default="both",
    show_default=True,
    help="Language of the findings in text and html.",
)
@click.option(
    "--reviews",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The file of `govinfo review`: dismissed findings are shown as such, and are no errors.",
)
def check(paths: tuple[Path, ...], style: str, lang: str, reviews: Path | None) -> None:
    """Check reports before they go out: sums, tables, issuer, year, prose against tables.

    \b
    Examples:
      govinfo check report.html
      govinfo check 2022.txt 2023.txt          one issuer's years against each other
      govinfo check reports/ --format html > findings.html
      govinfo check reports/ --reviews data/reviews.jsonl

    The eight digits beside a finding are its name for `govinfo review`. Exit codes: 0 no error finding, 1 error
    findings (but for dismissed ones), 2 a file that cannot be used. Repairs are suggestions;
    nothing is changed.
    """
    reports = list(read_reports(paths))
    findings = judge_together(reports)
    _say_what_was_left_out(reports)
    if reviews is not None:
        findings = apply_to_batch(reports, findings, load_reviews(reviews), date.today())
    if style == "jsonl":
        _lines(reports, findings)
    elif style == "html":
        from govinfo_pipeline.cli.page import render_page

        click.echo(render_page(reports, findings, lang))
    else:
        from govinfo_pipeline.cli.terminal import show_findings

        show_findings(reports, findings, lang)
    sys.exit(_exit_code(reports, findings))


def _say_what_was_left_out(reports: Sequence[Report]) -> None:
    said = remarks(reports)
    for remark in said[:_MOST_REMARKS]:
        click.echo(f"govinfo: {remark.zh} / {remark.en}", err=True)
    if len(said) > _MOST_REMARKS:
        more = len(said) - _MOST_REMARKS
        click.echo(f"govinfo: 另有 {more} 家的年度不连续 / and {more} more issuers like these", err=True)


def _lines(reports: Sequence[Report], findings: Sequence[Sequence[Finding]]) -> None:
    for report, found in zip(reports, findings, strict=True):
        if report.error is not None:
            click.echo(dump(report_object(report, [])))
        for finding in found:
            click.echo(dump(finding_object(report, finding)))


def _exit_code(reports: Sequence[Report], findings: Sequence[Sequence[Finding]]) -> int:
    if any(report.error for report in reports):
        return 2
    errors = any(f.severity == "error" and f.counts for found in findings for f in found)
    return 1 if errors else 0
