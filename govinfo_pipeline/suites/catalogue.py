"""The suites of Great Expectations as data, one a warehouse table, rendered from the forms.

Owns what `expectations/*.json` say; a suite is plain JSON, so nothing here needs the library (a test
loads each suite with it). Runs nothing: `expectations` does.

A rule over cells is an UnexpectedRowsExpectation whose query (see `verify.sql`) returns the failing
reports. Only what one table can tell is in a suite: rules with a condition on the issuer (`when`)
and rules in code (`check`) are judged in process alone. Rules of a series compare with the rows of
last year that are in the same table, and say nothing where there are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from govinfo_pipeline.formats import Rule, load_forms, universe
from govinfo_pipeline.formats.model import SEVERITIES
from govinfo_pipeline.report import LEVELS, SCOPES, STATE_NAMES
from govinfo_pipeline.suites.contracts import REVIEWS, VERDICTS, schema_of
from govinfo_pipeline.verify import sql
from govinfo_pipeline.verify.rules import Instance, compile_form, rule_set_version

TABLES = ("reports", "applications", "disputes", "proactive_disclosure", "findings")

# Severity of a rule -> severity of an expectation.
LEVELS_OF_SEVERITY = {"error": "critical", "warning": "warning", "notice": "info"}
# Types by their SQL names: SQLite and PostgreSQL.
_TYPE_NAMES = {
    "int": ["BIGINT", "INTEGER"],
    "decimal": ["NUMERIC", "DECIMAL"],
    "string": ["VARCHAR", "TEXT"],
}


def suite_name(table: str) -> str:
    """Return the name of a table's suite: ``govinfo_applications``."""
    return f"govinfo_{table}"


def render_suites() -> dict[str, dict[str, Any]]:
    """Return every suite by table, as the JSON object that Great Expectations reads.

    Ids are made of names, so that the same rule has the same id whenever it is rendered.

    >>> [e["meta"]["guards"] for e in render_suites()["disputes"]["expectations"]][-2:]
    ['D1', 'N1']
    """
    return {table: _suite(table) for table in TABLES}


def _suite(table: str) -> dict[str, Any]:
    name = suite_name(table)
    expectations = [*_schema_expectations(table), *_rule_expectations(table)]
    for expectation in expectations:
        guards = expectation["meta"]["guards"]
        expectation["id"] = str(uuid5(NAMESPACE_URL, f"govinfo:{name}:{guards}"))
    return {
        "name": name,
        "id": str(uuid5(NAMESPACE_URL, f"govinfo:{name}")),
        "expectations": expectations,
        "meta": {"rule_set_version": rule_set_version()},
        "notes": f"Generated from the forms: table {table}. / 由表格格式生成: {table} 表.",
    }


def _expectation(
    kind: str, guards: str, severity: str = "error", meta: Mapping[str, Any] | None = None, **kwargs: Any
) -> dict[str, Any]:
    return {
        "type": kind,
        "kwargs": kwargs,
        "meta": {"guards": guards, **(meta or {})},
        "severity": LEVELS_OF_SEVERITY[severity],
    }


def _schema_expectations(table: str) -> Iterator[dict[str, Any]]:
    schema = schema_of(table)
    yield _expectation(
        "expect_table_columns_to_match_set", "columns", column_set=schema.names, exact_match=False
    )
    yield _expectation("expect_column_values_to_not_be_null", "report_id is not null", column="report_id")
    if table != "findings":
        yield _expectation("expect_column_values_to_be_unique", "report_id is unique", column="report_id")
    for column, values in _CLOSED.get(table, _CLOSED_WIDE).items():
        yield _expectation(
            "expect_column_values_to_be_in_set",
            f"{column} is known",
            column=column,
            value_set=list(values),
        )
    if table in universe().wide:
        yield from _state_expectations(table)
    for field in schema:
        kind = next((kind for kind in _TYPE_NAMES if str(field.type).startswith(kind)), None)
        if kind is not None:
            yield _expectation(
                "expect_column_values_to_be_in_type_list",
                f"type of {field.name}",
                column=field.name,
                type_list=_TYPE_NAMES[kind],
            )


def _state_expectations(table: str) -> Iterator[dict[str, Any]]:
    yield _expectation(
        "expect_column_value_lengths_to_equal",
        "cell_state has a letter a cell",
        column="cell_state",
        value=len(universe().wide[table]),
    )
    letters = "cell_state"
    for letter in STATE_NAMES:
        letters = f"REPLACE({letters}, '{letter}', '')"
    yield _expectation(
        "unexpected_rows_expectation",
        "cell_state has known letters",
        unexpected_rows_query=f"SELECT report_id FROM {sql.BATCH} WHERE {letters} <> ''",  # noqa: S608 - letters and names of our own, nothing of a report
    )


def _rule_ids() -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.id for form in load_forms() for rule in form.rules))


# Columns with a closed list of values; NULL is not one of them and is not refused by these.
_CLOSED_WIDE: dict[str, tuple[str, ...]] = {"form": tuple(form.id for form in load_forms())}
_CLOSED: dict[str, dict[str, tuple[str, ...]]] = {
    "reports": {**_CLOSED_WIDE, "level": LEVELS, "scope": SCOPES, "verdict": VERDICTS},
    "findings": {
        "rule": _rule_ids(),
        "verdict": ("fail", "unknown"),
        "severity": SEVERITIES,
        "review": REVIEWS,
    },
}


def _rule_expectations(table: str) -> Iterator[dict[str, Any]]:
    """Yield one expectation a rule, over all forms that have it."""
    if table not in universe().wide:
        return
    for rule, instances in rules_of(table):
        yield _expectation(
            "unexpected_rows_expectation",
            rule.id,
            "notice" if rule.status == "shadow" else rule.severity,
            _rule_meta(rule, instances),
            unexpected_rows_query=sql.failures(instances, ""),
        )
    types = [rule for form in load_forms() for rule in form.rules if rule.check == "value_type"]
    live = [rule for rule in types if rule.status != "retired"]
    if live:
        yield _expectation(
            "unexpected_rows_expectation",
            live[-1].id,
            "notice" if live[-1].status == "shadow" else live[-1].severity,
            _rule_meta(live[-1], ()),
            unexpected_rows_query=sql.type_failures(table, ""),
        )


def rules_of(table: str) -> list[tuple[Rule, tuple[Instance, ...]]]:
    """Return the rules that one wide table can judge by itself, each with its instances of all forms.

    The rule is the newest form's.
    """
    found: dict[str, list[Instance]] = {}
    for form in load_forms():
        for instance in compile_form(form):
            if universe().wide_table_of(instance.table) == table and instance.rule.when is None:
                found.setdefault(instance.rule.id, []).append(instance)
    return [(instances[-1].rule, tuple(instances)) for instances in found.values()]


def _rule_meta(rule: Rule, instances: Sequence[Instance]) -> dict[str, Any]:
    laws = {form.id: r.law for form in load_forms() for r in form.rules if r.id == rule.id}
    meta = {
        "rule": rule.id,
        "zh": rule.zh,
        "en": rule.en,
        "severity": rule.severity,
        "status": rule.status,
        "law": laws,
    }
    if instances:
        meta["instances"] = {form: sum(i.form == form for i in instances) for form in laws}
    return meta
