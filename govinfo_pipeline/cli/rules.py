"""`govinfo rules`: every rule with its text, its source in law and its life, and how often it speaks.

Owns what people see; what rules say is the forms', how often they spoke the warehouse's.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from govinfo_pipeline.formats import Form, Rule, load_forms

_STATUSES = {"active": "生效 active", "shadow": "试运行 shadow", "retired": "停用 retired"}
_SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "notice": "提示 notice"}
_COUNTED = {
    "findings": "",
    "reports": "份报告 reports",
    "unknown": "未定 unknown",
    "confirmed": "已确认 confirmed",
    "dismissed": "已驳回 dismissed",
}


@click.command()
@click.option(
    "--warehouse",
    metavar="FILE|URL",
    help="Count the findings of this warehouse: a DuckDB file, or postgresql://user@host/database.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Count the findings of the warehouse in this data folder.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="A table for people, or one JSON object a rule.",
)
def rules(warehouse: str | None, data: Path | None, style: str) -> None:
    """List every rule: status, severity, what it says, its source in law, forms and instances.

    \b
    Examples:
      govinfo rules
      govinfo rules --data data                          with how often each rule spoke
      govinfo rules --warehouse warehouse.duckdb --format jsonl

    An active rule is judged. A shadow rule is on trial: its findings are notices that are marked, and neither
    block nor alert. A retired rule is judged no more, and its id is not used again.
    """
    from govinfo_pipeline.verify.rules import rule_set_version
    from govinfo_pipeline.warehouse.address import is_server

    if warehouse and data:
        raise click.UsageError("--warehouse and --data name the same thing; give one of them.")
    if warehouse and not is_server(warehouse) and not Path(warehouse).is_file():
        raise click.UsageError(f"--warehouse: there is no file {warehouse}.")
    if data:
        warehouse = str(data / "warehouse.duckdb")
    counts = count_findings(warehouse) if warehouse else None
    listed = [described(rule_id, counts) for rule_id in _ids()]
    version = rule_set_version()
    if style == "jsonl":
        _lines(listed, version)
    else:
        _table(listed, counted=counts is not None)
        click.echo(f"规则集 rule set {version}: {len(listed)} 条 rules")
    if counts is not None:
        _warn_of_other_versions(counts.versions, version)


class Counts:
    """How often rules spoke in a warehouse, and the rule sets that judged it.

    Attributes:
        of_rule: rule id -> findings, reports, unknown, confirmed, dismissed.
        versions: the rule sets of all its findings and reports.
    """

    def __init__(self, of_rule: Mapping[str, Mapping[str, int]], versions: Sequence[str]) -> None:
        self.of_rule = of_rule
        self.versions = versions


def count_findings(address: str) -> Counts:
    """Return how often each rule spoke in a warehouse.

    Raises:
        GovinfoError: there is no warehouse at ``address``.
    """
    from govinfo_pipeline.warehouse.address import open_warehouse  # here: listing does not need it

    warehouse = open_warehouse(address)
    rows = warehouse.query(
        "SELECT rule, COUNT(*) AS findings, COUNT(DISTINCT report_id) AS reports, "
        "COUNT(CASE WHEN verdict = 'unknown' THEN 1 END) AS unknown, "
        "COUNT(CASE WHEN review = 'confirmed' THEN 1 END) AS confirmed, "
        "COUNT(CASE WHEN review = 'dismissed' THEN 1 END) AS dismissed "
        "FROM govinfo.findings GROUP BY rule"
    )
    versions = warehouse.query(
        "SELECT rule_set_version AS version FROM govinfo.reports UNION "
        "SELECT rule_set_version FROM govinfo.findings ORDER BY version"
    )
    of_rule = {row.pop("rule"): row for row in rows.to_pylist()}
    return Counts(of_rule, versions["version"].to_pylist())


def described(rule_id: str, counts: Counts | None = None) -> dict[str, Any]:
    """Return all that is known of a rule; what differs between forms is the newest form's, and by form."""
    forms = {form.id: (form, form.rule(rule_id)) for form in load_forms() if _has(form, rule_id)}
    newest = list(forms.values())[-1][1]
    told: dict[str, Any] = {
        "rule": rule_id,
        "status": newest.status,
        "severity": newest.severity,
        "family": newest.family,
        "text": {"zh": newest.zh, "en": newest.en},
        "forms": {form_id: _of_form(form, rule) for form_id, (form, rule) in forms.items()},
    }
    if counts is not None:
        told |= {name: counts.of_rule.get(rule_id, {}).get(name, 0) for name in _COUNTED}
    return told


def _ids() -> list[str]:
    """Return the ids of all rules, families in the order in which they are explained."""
    ids = {rule.id for form in load_forms() for rule in form.rules}
    return sorted(ids, key=lambda rule_id: ("ADNPYSC".find(rule_id[0]), rule_id[0], int(rule_id[1:])))


def _has(form: Form, rule_id: str) -> bool:
    return any(rule.id == rule_id for rule in form.rules)


def _of_form(form: Form, rule: Rule) -> dict[str, Any]:
    return {
        "status": rule.status,
        "severity": rule.severity,
        "law": rule.law,
        "expr": rule.expr,
        "check": rule.check,
        "instances": _instances(form, rule),
    }


def _instances(form: Form, rule: Rule) -> int | None:
    """Return how many instances a rule has on a form; None where that depends on the report."""
    from govinfo_pipeline.verify.rules import compile_form

    if rule.expr is not None:
        return sum(instance.rule.id == rule.id for instance in compile_form(form))
    if rule.check == "value_type":
        return len(form.cells)
    return None


def _lines(listed: Sequence[dict[str, Any]], version: str) -> None:
    from govinfo_pipeline.cli.objects import dump

    for told in listed:
        click.echo(dump({**told, "rule_set_version": version}))


def _table(listed: Sequence[dict[str, Any]], *, counted: bool) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 1, 1))
    for heading in ("规则 rule", "状态 status\n级别 severity"):
        table.add_column(heading, no_wrap=True)
    table.add_column("内容 text / 依据 law", overflow="fold", ratio=1)
    table.add_column("实例\ninstances", no_wrap=True)
    if counted:
        table.add_column("发现\nfindings", no_wrap=True)
    for told in listed:
        table.add_row(*_row(told), *([_counted(told)] if counted else []))
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def _row(told: dict[str, Any]) -> tuple[str, ...]:
    laws: dict[str, list[str]] = {}
    for form_id, of_form in told["forms"].items():
        laws.setdefault(of_form["law"], []).append(form_id)
    text = [
        told["text"]["zh"],
        told["text"]["en"],
        *(f"{'、'.join(ids)}: {law}" for law, ids in laws.items()),
    ]
    numbers = {form_id: of_form["instances"] for form_id, of_form in told["forms"].items()}
    return (
        told["rule"],
        f"{_STATUSES[told['status']]}\n{_SEVERITIES[told['severity']]}",
        "\n".join(text),
        "\n".join(f"{form_id}: {'-' if n is None else n}" for form_id, n in numbers.items()),
    )


def _counted(told: dict[str, Any]) -> str:
    """Return the counts of a rule, zeros left out but for the first."""
    shown = [(name, word) for name, word in _COUNTED.items() if told[name] or name == "findings"]
    return "\n".join(f"{told[name]} {word}".rstrip() for name, word in shown)


def _warn_of_other_versions(versions: Sequence[str], version: str) -> None:
    others = [other for other in versions if other != version]
    if others:
        click.echo(
            f"govinfo rules: 数据仓库由其他规则集判定 / the warehouse was judged by {', '.join(others)}, "
            f"this is {version}: the counts are theirs.",
            err=True,
        )
