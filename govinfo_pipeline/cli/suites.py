"""`govinfo suites`: render, or verify, everything that is generated from the forms."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit 1 if a file is not what the forms say."
)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    show_default="here",
    help="The project folder.",
)
def suites(only_check: bool, root: Path) -> None:
    """Render the Great Expectations suites, SQL audits, rule reference and data dictionary from the forms.

    \b
    Examples:
      govinfo suites             after a change of formats/*.toml
      govinfo suites --check     in CI
    """
    from govinfo_pipeline.suites.render import check, render

    if not only_check:
        for path in render(root):
            click.echo(path)
        return
    differences = check(root)
    for difference in differences:
        click.echo(difference)
    if differences:
        click.echo(
            "govinfo suites: 与表格定义不一致, 请运行 govinfo suites / not what the forms say; run: govinfo suites",
            err=True,
        )
        sys.exit(1)
    click.echo("govinfo suites: 一致 / up to date")
