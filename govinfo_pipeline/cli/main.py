"""The `govinfo` command group; its commands are loaded by name, each from its own module."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from govinfo_pipeline import __version__
from govinfo_pipeline.errors import GovinfoError

# Command -> module and attribute; the order is the order of work.
_COMMANDS = {
    "check": "govinfo_pipeline.cli.check:check",
    "read": "govinfo_pipeline.cli.read:read",
    "run": "govinfo_pipeline.cli.run:run",
    "review": "govinfo_pipeline.cli.review:review",
    "rules": "govinfo_pipeline.cli.rules:rules",
    "suites": "govinfo_pipeline.cli.suites:suites",
}

EXIT_OK, EXIT_ERRORS, EXIT_UNUSABLE = 0, 1, 2


class _Lazy(click.Group):
    """A group that imports a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{_COMMANDS[cmd_name]} must be a click command, was {command!r}")
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="govinfo")
def cli() -> None:
    """Read and check annual reports on open government information (政府信息公开工作年度报告).

    \b
    Examples:
      govinfo check report.html        what is wrong in one report, before it goes out
      govinfo read reports/*.txt       what the documents say
      govinfo run reports/             the whole line, from files to the warehouse
      govinfo review list              what people confirmed or dismissed
      govinfo rules                    every rule, with its source in law

    Exit codes: 0 no error finding, 1 error findings, 2 unusable input or usage.
    """


def main() -> None:
    """Run the command line; errors raised on purpose are said in one line, and end with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        cli()
    except GovinfoError as error:
        click.echo(f"govinfo: {error}", err=True)
        sys.exit(EXIT_UNUSABLE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_OK)
