"""What must hold of a batch before it is published, and of the warehouse before it is made visible.

Owns the invariants. Each is an `Audit`: a name and a check that yields a sentence a violation. SQL of an
audit names tables as in the warehouse (`govinfo.reports`); run on a stage, these are the staged rows. Refuses
to mend.
"""

# ruff: noqa: S608 - the SQL here is made of names of this package, and of literals that are quoted
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import pyarrow as pa

from govinfo_pipeline.errors import PublishError
from govinfo_pipeline.formats import load_forms, universe
from govinfo_pipeline.formats.universe import WIDE_TABLES
from govinfo_pipeline.tables import SCHEMAS
from govinfo_pipeline.verify.rules import compile_form
from govinfo_pipeline.verify.sql import failures, type_failures
from govinfo_pipeline.warehouse.objects import from_json
from govinfo_pipeline.warehouse.record import GateRecord, hash_tables

_SHOWN = 5


class Queryable(Protocol):
    """Tables of the schema `govinfo`, staged or about to be visible."""

    def query(self, sql: str) -> pa.Table:
        """Return the rows of one SELECT."""
        ...


@dataclass(frozen=True, slots=True)
class Audit:
    """An invariant. ``check`` yields a sentence for each violation, nothing where it holds."""

    name: str
    check: Callable[[Queryable], Iterable[str]]


def sql_audit(name: str, sql: str, zh: str, en: str) -> Audit:
    """Return the audit that ``sql`` selects no row; ``zh`` and ``en`` say what a row means."""

    def check(tables: Queryable) -> Iterator[str]:
        rows = tables.query(sql)
        if rows.num_rows:
            yield f"{zh} / {en}: {_examples(rows)}"

    return Audit(name, check)


def _examples(rows: pa.Table) -> str:
    shown = [", ".join(str(value) for value in row.values()) for row in rows.slice(0, _SHOWN).to_pylist()]
    more = f" ... ({rows.num_rows})" if rows.num_rows > _SHOWN else ""
    return "; ".join(shown) + more


def enforce(audits: Iterable[Audit], tables: Queryable) -> None:
    """Raise PublishError with the name and the sentences of the first audit that does not hold."""
    for audit in audits:
        if sentences := list(audit.check(tables)):
            raise PublishError(audit.name, " ".join(sentences) + " 未发布任何内容 / Nothing was published.")


def _same_keys(table: str) -> str:
    """Select keys that stand in reports and not in a wide table, or the other way, or twice, or otherwise."""
    return (
        f"SELECT report_id, 'not in {table}' AS problem FROM govinfo.reports "
        f"WHERE report_id NOT IN (SELECT report_id FROM govinfo.{table} WHERE report_id IS NOT NULL) "
        f"UNION ALL SELECT report_id, 'in {table} only' FROM govinfo.{table} "
        "WHERE report_id IS NULL OR report_id NOT IN (SELECT report_id FROM govinfo.reports) "
        f"UNION ALL SELECT report_id, 'twice in {table}' FROM govinfo.{table} "
        "GROUP BY report_id HAVING COUNT(*) > 1 "
        f"UNION ALL SELECT w.report_id, 'other year or form in {table}' FROM govinfo.{table} AS w "
        "JOIN govinfo.reports AS r ON r.report_id = w.report_id "
        "WHERE r.year IS DISTINCT FROM w.year OR r.form IS DISTINCT FROM w.form"
    )


# Hold of every stage, and of the whole warehouse before a publish becomes visible.
ALWAYS: tuple[Audit, ...] = (
    sql_audit(
        "keys",
        "SELECT 'reports' AS place, report_id FROM govinfo.reports GROUP BY report_id "
        "HAVING COUNT(*) > 1 OR report_id IS NULL "
        "UNION ALL SELECT 'quarantine', report_id FROM govinfo.quarantine "
        "GROUP BY report_id, source_sha256 HAVING COUNT(*) > 1 OR report_id IS NULL",
        "报告编号为空或重复",
        "a report key is NULL or stands twice",
    ),
    sql_audit(
        "apart",
        "SELECT r.report_id, r.source_sha256 FROM govinfo.reports AS r JOIN govinfo.quarantine AS q "
        "ON q.report_id = r.report_id AND q.source_sha256 = r.source_sha256",
        "同一文件既入库又隔离",
        "a file is both accepted and in quarantine",
    ),
    *(
        sql_audit(
            "wide_keys", _same_keys(table), "宽表与报告不对应", "a wide table and the reports do not match"
        )
        for table in WIDE_TABLES
    ),
    sql_audit(
        "errors",
        "SELECT f.report_id, f.rule FROM govinfo.findings AS f JOIN govinfo.reports AS r "
        "ON r.report_id = f.report_id AND r.source_sha256 = f.source_sha256 "
        "WHERE f.severity = 'error' AND f.verdict = 'fail' AND COALESCE(f.review, '') <> 'dismissed'",
        "已接受的报告仍有错误",
        "an accepted report has an error finding",
    ),
)

_OWNERS = sql_audit(
    "owners",
    "SELECT report_id, rule FROM govinfo.findings WHERE report_id IS NULL OR report_id NOT IN "
    "(SELECT report_id FROM govinfo.reports UNION ALL SELECT report_id FROM govinfo.quarantine)",
    "发现所指的报告不在本批次",
    "a finding is about a report that is not in the batch",
)


@lru_cache(maxsize=1)
def rule_audits() -> tuple[Audit, ...]:
    """Return the forms' blocking rules in SQL, a few audits a wide table: the second engine over the rows.

    Rules on trial, warnings and rules about two years are left out, and instances that a reviewer dismissed.
    """
    blocking = [
        instance
        for form in load_forms()
        for instance in compile_form(form)
        if instance.rule.severity == "error" and not instance.shadow and not instance.series
    ]
    audits = []
    for table in WIDE_TABLES:
        found = [i for i in blocking if universe().wide_table_of(i.table) == table]
        queries = [type_failures(table, source=f"govinfo.{table}").replace(" AS value", " AS residual")]
        if found:
            queries.append(failures(found, source=f"govinfo.{table}", reports="govinfo.reports"))
        audits += [_rule_audit(table, query) for query in queries]
    return tuple(audits)


def _rule_audit(table: str, failing: str) -> Audit:
    dismissed = (
        "SELECT f.report_id, UNNEST(f.instances) AS instance FROM govinfo.findings AS f "
        "WHERE f.review = 'dismissed'"
    )
    sql = (
        f"SELECT b.report_id, b.instance FROM ({failing}) AS b LEFT JOIN ({dismissed}) AS d "
        "ON d.report_id = b.report_id AND d.instance = b.instance WHERE d.report_id IS NULL"
    )
    return sql_audit(
        f"rules_{table}",
        sql,
        "已接受的报告勾稽不平",
        "an accepted report breaks a rule when it is judged in SQL",
    )


def verdict_holds(record: GateRecord, partition: str, input_hash: str, rule_set_version: str) -> None:
    """Raise PublishError, audit `verdict`, where the gate's record is not ok or is about something else."""
    wanted = {"partition": partition, "input_hash": input_hash, "rule_set_version": rule_set_version}
    for name, value in wanted.items():
        if (was := getattr(record, name)) != value:
            raise PublishError(
                "verdict",
                f"把关记录不属于本批次 / the gate record is about another batch: {name} must be {value!r}, "
                f"was {was!r}. Judge this batch again.",
            )
    if not record.ok:
        raise PublishError(
            "verdict",
            f"把关未通过, 不予入库 / the gate said no: {'; '.join(record.reasons) or 'no reason given'}.",
        )


def shape_holds(tables: Mapping[str, pa.Table]) -> None:
    """Raise PublishError, audit `shape`, unless there is every table with exactly its columns and types."""
    if missing := sorted(set(SCHEMAS) ^ set(tables)):
        raise PublishError(
            "shape", f"批次的表不符 / a batch has the tables {sorted(SCHEMAS)}; amiss: {missing}."
        )
    for name, schema in SCHEMAS.items():
        actual = tables[name].schema
        if actual.names != schema.names:
            odd = sorted(set(actual.names) ^ set(schema.names)) or "order"
            raise PublishError(
                "shape", f"{name}: 列不符 / columns must be those of tables.SCHEMAS; amiss: {odd}."
            )
        for field, given in zip(schema, actual, strict=True):
            if not field.type.equals(given.type):
                raise PublishError(
                    "shape", f"{name}.{field.name}: 类型不符 / type must be {field.type}, was {given.type}."
                )


def of_batch(record: GateRecord) -> tuple[Audit, ...]:
    """Return the audits that hold a stage against the gate's record."""
    return (
        Audit("input", lambda stage: _same_rows(stage, record)),
        Audit("conservation", lambda stage: _conserved(stage, record)),
        sql_audit(
            "rule_set",
            "SELECT report_id, rule_set_version FROM ("
            "SELECT report_id, rule_set_version FROM govinfo.reports "
            "UNION ALL SELECT report_id, rule_set_version FROM govinfo.findings) AS judged "
            f"WHERE rule_set_version IS DISTINCT FROM '{_quoted(record.rule_set_version)}'",
            f"规则集版本不是 {record.rule_set_version}",
            f"a row was judged by another rule set than {record.rule_set_version}",
        ),
        _OWNERS,
    )


def _same_rows(stage: Queryable, record: GateRecord) -> Iterator[str]:
    columns = {name: ", ".join(schema.names) for name, schema in SCHEMAS.items()}
    staged = {name: stage.query(f"SELECT {columns[name]} FROM govinfo.{name}") for name in SCHEMAS}
    actual = hash_tables({name: from_json(rows, SCHEMAS[name]) for name, rows in staged.items()})
    if actual != record.input_hash:
        yield (
            "待发布的行与把关所判的行不同 / the staged rows are not the rows that were judged: "
            f"hash must be {record.input_hash}, was {actual}."
        )


def _conserved(stage: Queryable, record: GateRecord) -> Iterator[str]:
    accepted, quarantined = _count(stage, "reports"), _count(stage, "quarantine")
    if (accepted, quarantined) != (record.accepted, record.quarantined):
        yield (
            f"入库 {accepted}、隔离 {quarantined} 与把关记录不符 / staged {accepted} accepted and "
            f"{quarantined} quarantined, the gate recorded {record.accepted} and {record.quarantined}."
        )
    if accepted + quarantined != record.normalised:
        yield (
            f"入库 {accepted} + 隔离 {quarantined} ≠ 进入把关的 {record.normalised} / accepted + quarantined "
            f"must be the {record.normalised} reports that went into the gate."
        )


def _count(tables: Queryable, name: str) -> int:
    counted: Any = tables.query(f"SELECT COUNT(*) AS n FROM govinfo.{name}")["n"][0].as_py()
    return int(counted)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
