"""What is not published: a no of the gate, rows changed behind it, failing audits."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from govinfo_pipeline.errors import ConfigError, PublishError
from govinfo_pipeline.warehouse import publish as protocol
from govinfo_pipeline.warehouse import shape
from govinfo_pipeline.warehouse.audit import Audit, rule_audits, sql_audit
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.publish import Batch
from govinfo_pipeline.warehouse.record import GateRecord
from tests.batches import RULES, Judged, finding, put, report
from tests.publishing import WIDE, contents, issuers


# What is refused: every audit fires ---------------------------------------------------------------------
def refused(warehouse: Warehouse, batch: Batch, audits: Iterable[Audit] = ()) -> PublishError:
    """Publish something good, then see ``batch`` refused and nothing of it visible."""
    folder = batch.record.parent
    good = warehouse.publish(Judged([report("善县", 2020, granted=1)]).batch(folder, "2020"))
    before = contents(warehouse)
    with pytest.raises(PublishError) as caught:
        warehouse.publish(batch, audits)
    assert contents(warehouse) == before
    assert warehouse.publications() == [good]
    assert warehouse.status().left_over == ()
    return caught.value


def bad_record(folder: Path, **changes: Any) -> Batch:
    batch = Judged([report("甲县")], [report("乙县")]).batch(folder)
    replace(GateRecord.read(batch.record), **changes).write(batch.record)
    return batch


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ok": False, "reasons": ("失败率突升",)}, "失败率突升"),
        ({"partition": "2021"}, "partition must be '2022', was '2021'"),
        ({"input_hash": "0" * 64}, "input_hash must be"),
        ({"rule_set_version": "2019.1"}, "rule_set_version must be"),
    ],
)
def test_the_gates_no_is_obeyed(
    warehouse: Warehouse, tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    error = refused(warehouse, bad_record(tmp_path, **changes))
    assert error.audit == "verdict"
    assert says in error.message


def test_without_a_record_nothing_is_published(warehouse: Warehouse, tmp_path: Path) -> None:
    batch = Judged([report("甲县")]).batch(tmp_path)
    batch.record.unlink()
    assert refused(warehouse, batch).audit == "verdict"


def test_a_no_after_the_fact_is_obeyed_by_a_replay_too(warehouse: Warehouse, tmp_path: Path) -> None:
    batch = Judged([report("甲县")]).batch(tmp_path)
    warehouse.publish(batch)
    replace(GateRecord.read(batch.record), ok=False).write(batch.record)
    with pytest.raises(PublishError, match="the gate said no"):
        warehouse.publish(batch)


def test_rows_changed_behind_the_gate_are_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    batch = Judged([report("甲县", granted=1)]).batch(tmp_path)
    changed = Judged([report("甲县", granted=2)]).tables()["applications"]
    error = refused(warehouse, replace(batch, tables={**batch.tables, "applications": changed}))
    assert error.audit == "input"


@pytest.mark.parametrize("count", [{"normalised": 3}, {"normalised": 1}, {"accepted": 2, "quarantined": 0}])
def test_a_lost_report_is_refused(warehouse: Warehouse, tmp_path: Path, count: dict[str, int]) -> None:
    assert refused(warehouse, bad_record(tmp_path, **count)).audit == "conservation"


def spoilt(folder: Path, spoil: Callable[[dict[str, pa.Table]], dict[str, pa.Table]]) -> Batch:
    """A batch whose rows a broken gate made: judged, hashed and recorded as they are."""
    judged = Judged([report("甲县"), report("乙县")], [report("丙县")])
    judged.findings = [finding(judged.accepted[0], "Y1")]
    tables = judged.tables()
    tables |= spoil(tables)
    count = tables["reports"].num_rows + tables["quarantine"].num_rows
    record = GateRecord.of("2022", tables, rule_set_version=RULES, normalised=count)
    return Batch("2022", tables, record.input_hash, RULES, record.write(folder / "spoilt.json"))


def twice(table: pa.Table) -> pa.Table:
    return pa.concat_tables([table, table.slice(0, 1)])


def but(table: pa.Table, name: str, value: object) -> pa.Table:
    """The table with ``value`` in the first row of one column."""
    at = table.schema.get_field_index(name)
    values = [value, *table.column(at).to_pylist()[1:]]
    return table.set_column(at, table.schema.field(at), pa.array(values, table.schema.field(at).type))


@pytest.mark.parametrize(
    ("audit", "spoil"),
    [
        ("keys", lambda t: {name: twice(t[name]) for name in ("reports", *WIDE)}),
        ("keys", lambda t: {"quarantine": twice(t["quarantine"])}),
        ("keys", lambda t: {name: but(t[name], "report_id", None) for name in ("reports", *WIDE)}),
        ("wide_keys", lambda t: {"applications": t["applications"].slice(1)}),
        ("wide_keys", lambda t: {"disputes": twice(t["disputes"])}),
        ("wide_keys", lambda t: {"disputes": but(t["disputes"], "report_id", None)}),
        ("wide_keys", lambda t: {"proactive_disclosure": but(t["proactive_disclosure"], "year", 2021)}),
        ("wide_keys", lambda t: {"applications": but(t["applications"], "form", "2019")}),
        ("wide_keys", lambda t: {"reports": t["reports"].slice(1), "findings": t["findings"].slice(1)}),
        ("errors", lambda t: {"findings": but(t["findings"], "severity", "error")}),
        ("owners", lambda t: {"findings": but(t["findings"], "report_id", "000000-无-government-2022")}),
        ("rule_set", lambda t: {"findings": but(t["findings"], "rule_set_version", "2019.1")}),
        ("rule_set", lambda t: {"reports": but(t["reports"], "rule_set_version", None)}),
        (
            "apart",
            lambda t: {"quarantine": but(
                but(t["quarantine"], "report_id", t["reports"]["report_id"][0].as_py()),
                "source_sha256", t["reports"]["source_sha256"][0].as_py(),
            )},
        ),
        ("shape", lambda t: {"reports": t["reports"].drop_columns(["title"])}),
        ("shape", lambda t: {"reports": t["reports"].select(list(reversed(t["reports"].schema.names)))}),
        ("shape", lambda t: {"reports": t["reports"].set_column(8, "year", pa.array([2022, 2022], pa.int64()))}),
        ("shape", lambda t: {"extra": t["reports"]}),
    ],
)  # fmt: skip
def test_what_a_broken_gate_hands_on_is_refused(
    warehouse: Warehouse,
    tmp_path: Path,
    audit: str,
    spoil: Callable[[dict[str, pa.Table]], dict[str, pa.Table]],
) -> None:
    assert refused(warehouse, spoilt(tmp_path, spoil)).audit == audit


def test_a_missing_table_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    batch = Judged([report("甲县")]).batch(tmp_path)
    tables = {name: rows for name, rows in batch.tables.items() if name != "disputes"}
    error = refused(warehouse, replace(batch, tables=tables))
    assert (error.audit, "disputes" in error.message) == ("shape", True)


def test_an_error_that_was_dismissed_or_is_uncertain_does_not_refuse(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    about = report("甲县")
    findings = [
        finding(about, "A1", "error", review="dismissed"),
        finding(about, "A2", "error", verdict="unknown"),
    ]
    assert warehouse.publish(Judged([about], findings=findings).batch(tmp_path)).accepted == 1


BROKEN = put(report("甲县", granted=7), {"applications.granted.total": 8})
NOT_A_NUMBER = put(report("甲县"), {"disputes.cases.review_total": "x"})
NEGATIVE = put(report("甲县"), {"art20_1.regulations.in_force": -1})


@pytest.mark.parametrize(
    ("audit", "about", "instance"),
    [
        ("rules_applications", BROKEN, "A3@granted"),
        ("rules_disputes", NOT_A_NUMBER, "N1@disputes.cases.review_total"),
        ("rules_proactive_disclosure", NEGATIVE, "N1@art20_1.regulations.in_force"),
    ],
)
def test_the_rules_judge_once_more_in_sql(
    warehouse: Warehouse, tmp_path: Path, audit: str, about: Any, instance: str
) -> None:
    error = refused(warehouse, Judged([about]).batch(tmp_path), rule_audits())
    assert error.audit == audit
    assert f"{about.report_id}, {instance}" in error.message
    dismissed = finding(
        about, "A3", "error", review="dismissed", instances=["A3@granted", "A2@total", instance]
    )
    judged = Judged([about], findings=[dismissed])
    assert warehouse.publish(judged.batch(tmp_path), rule_audits()).accepted == 1


def test_good_reports_pass_the_rules_in_sql(warehouse: Warehouse, tmp_path: Path) -> None:
    judged = Judged([report("甲县", granted=7), report("乙县", form="2019", granted=2)])
    assert warehouse.publish(judged.batch(tmp_path), rule_audits()).accepted == 2


def test_an_audit_sees_the_staged_rows_and_says_what_it_found(warehouse: Warehouse, tmp_path: Path) -> None:
    audit = sql_audit(
        "mine", "SELECT report_id FROM govinfo.reports ORDER BY report_id", "有报告", "there are reports"
    )
    error = refused(warehouse, Judged([report(f"县{i}") for i in range(7)]).batch(tmp_path), [audit])
    assert error.audit == "mine"
    assert "there are reports: 330400-县0-government-2022; 330400-县1-" in error.message
    assert "... (7)" in error.message
    assert "善县" not in error.message


# A broken publisher: what lands in the warehouse is audited again before it is visible --------------------
@pytest.mark.parametrize(
    ("forgets", "audit"),
    [
        ("DELETE FROM {target}.reports", "keys"),
        ("DELETE FROM {target}.disputes", "wide_keys"),
        ("DELETE FROM {target}.quarantine", "keys"),
        ("INSERT INTO {target}.applications", "wide_keys"),
        ("INSERT INTO {target}.quarantine", "landed"),
        ("INSERT INTO {target}.publications", "visible"),
    ],
)
def test_a_publisher_that_forgets_a_step_is_caught(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgets: str, audit: str
) -> None:
    warehouse.publish(Judged([report("甲县", granted=1)], [report("乙县")]).batch(tmp_path))
    whole = protocol.statements()
    monkeypatch.setattr(protocol, "statements", lambda: [s for s in whole if not s.startswith(forgets)])
    with pytest.raises(PublishError) as caught:
        warehouse.publish(Judged([report("甲县", granted=2)], [report("乙县")]).batch(tmp_path))
    assert caught.value.audit == audit
    if audit != "visible":
        assert issuers(warehouse) == {"甲县2022": 1}


def test_a_swap_that_does_not_swap_is_caught(
    file: DuckDBWarehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DuckDBWarehouse, "_swap", lambda *_: None)
    with pytest.raises(PublishError) as caught:
        file.publish(Judged([report("甲县")]).batch(tmp_path))
    assert caught.value.audit == "visible"


def test_other_cells_are_refused(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    cells = shape.cells_table()
    places = pa.array(list(range(2, cells.num_rows + 2)), cells.schema.field("position").type)
    turned = cells.set_column(1, cells.schema.field("position"), places)
    monkeypatch.setattr(shape, "cells_table", lambda: turned)
    with pytest.raises(PublishError, match="order or labels") as caught:
        warehouse.publish(Judged([report("乙县")]).batch(tmp_path))
    assert caught.value.audit == "objects"


def test_a_file_of_another_shape_is_refused(file: DuckDBWarehouse, tmp_path: Path) -> None:
    file.publish(Judged([report("甲县")]).batch(tmp_path))
    subprocess.run([sys.executable, "-c", DROP_A_COLUMN, str(file.path)], check=True)
    with pytest.raises(PublishError, match="title") as caught:
        file.publish(Judged([report("乙县")]).batch(tmp_path))
    assert caught.value.audit == "objects"


DROP_A_COLUMN = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
views = con.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'govinfo'").fetchall()
for (view,) in views:
    con.execute(f'DROP VIEW IF EXISTS govinfo.{view} CASCADE')
con.execute('ALTER TABLE govinfo.reports DROP COLUMN title')
"""


def test_an_unknown_kind_of_replacement_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="must be one of partition, reports, was 'all'"):
        Judged().batch(tmp_path, replaces="all")
