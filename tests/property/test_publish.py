"""The publish protocol: whole or nothing, once, never what the gate did not pass, whoever dies in between.

The same of every engine; what only a file has is tested with `file`, what only a server has in `test_postgres`.
"""

# ruff: noqa: S608 - the SQL is made of names of this test
from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govinfo_pipeline.errors import ConfigError, PublishError, WarehouseBusyError
from govinfo_pipeline.warehouse import publish as protocol
from govinfo_pipeline.warehouse import shape
from govinfo_pipeline.warehouse.address import is_server, open_warehouse
from govinfo_pipeline.warehouse.audit import Audit, rule_audits, sql_audit
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.objects import tables
from govinfo_pipeline.warehouse.publish import Batch
from govinfo_pipeline.warehouse.record import GateRecord
from tests import server
from tests.batches import FOUND, RULES, Judged, finding, put, report

ROOT = Path(__file__).parents[2]
WIDE = ("applications", "disputes", "proactive_disclosure")


@pytest.fixture(params=["duckdb", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "duckdb":
        return str(tmp_path / "warehouse.duckdb")
    return str(request.getfixturevalue("database"))


@pytest.fixture
def warehouse(address: str) -> Warehouse:
    return open_warehouse(address, wait_seconds=0.2)


@pytest.fixture
def file(tmp_path: Path) -> DuckDBWarehouse:
    return DuckDBWarehouse(tmp_path / "warehouse.duckdb", wait_seconds=0.2)


def contents(warehouse: Warehouse) -> object:
    """What is stored, down to where: equal only if nothing at all was written."""
    if isinstance(warehouse, DuckDBWarehouse):
        return warehouse.path.read_bytes()
    stored = "SELECT CAST(xmin AS TEXT) AS made, CAST(ctid AS TEXT) AS place, t.* FROM govinfo.{} AS t ORDER BY ctid"
    return {name: warehouse.query(stored.format(name)).to_pylist() for name in tables()}


def issuers(warehouse: Warehouse) -> dict[str, int]:
    """What is visible: issuer and granted applications of every published report, by its wide row."""
    rows = warehouse.query(
        "SELECT r.issuer, r.year, a.granted__total AS granted FROM govinfo.reports AS r "
        "JOIN govinfo.applications AS a ON a.report_id = r.report_id ORDER BY r.report_id"
    )
    return {f"{row['issuer']}{row['year']}": row["granted"] for row in rows.to_pylist()}


def column(warehouse: Warehouse, sql: str) -> list[Any]:
    return warehouse.query(sql).column(0).to_pylist()


# What a publish does ------------------------------------------------------------------------------------


def test_a_publish_says_what_it_did(warehouse: Warehouse, tmp_path: Path) -> None:
    batch = Judged([report("甲县"), report("乙县")], [report("丙县")]).batch(tmp_path)
    publication = warehouse.publish(batch)
    assert (publication.batch, publication.accepted, publication.quarantined) == ("2022", 2, 1)
    assert (publication.input_hash, publication.rule_set_version) == (batch.input_hash, RULES)
    assert publication.started_at <= publication.published_at
    assert [publication] == warehouse.publications()
    stamps = column(
        warehouse,
        "SELECT publication_id FROM govinfo.reports UNION ALL SELECT publication_id FROM govinfo.quarantine",
    )
    assert stamps == [publication.publication_id] * 3


def test_a_replay_changes_nothing_and_says_so(warehouse: Warehouse, tmp_path: Path) -> None:
    batch = Judged([report("甲县")]).batch(tmp_path)
    first = warehouse.publish(batch)
    before = contents(warehouse)
    again = warehouse.publish(batch)
    assert (first.already, again.already) == (False, True)
    assert again == first
    assert contents(warehouse) == before


@pytest.mark.parametrize("change", [{"code_version": "9.9"}, {"replaces": "reports"}])
def test_other_code_publishes_again(warehouse: Warehouse, tmp_path: Path, change: dict[str, str]) -> None:
    batch = Judged([report("甲县")]).batch(tmp_path)
    warehouse.publish(batch)
    assert not warehouse.publish(replace(batch, **change)).already
    assert len(warehouse.publications()) == 2


def test_rows_that_another_batch_took_over_are_not_already_there(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    batch = Judged([report("甲县", granted=1)]).batch(tmp_path)
    warehouse.publish(batch)
    warehouse.publish(Judged([report("甲县", granted=2)]).batch(tmp_path, "correction", replaces="reports"))
    assert issuers(warehouse) == {"甲县2022": 2}
    assert not warehouse.publish(batch).already
    assert issuers(warehouse) == {"甲县2022": 1}


def test_a_batch_replaces_its_partition_and_no_other(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.publish(Judged([report("甲县", 2021, granted=1)]).batch(tmp_path, "2021"))
    warehouse.publish(Judged([report("甲县", granted=2), report("乙县", granted=3)]).batch(tmp_path))
    publication = warehouse.publish(Judged([report("甲县", granted=4)]).batch(tmp_path))
    assert issuers(warehouse) == {"甲县2021": 1, "甲县2022": 4}
    assert publication.withdrawn == 1


def test_a_batch_of_single_reports_leaves_the_others(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.publish(Judged([report("甲县", granted=2), report("乙县", granted=3)]).batch(tmp_path))
    publication = warehouse.publish(Judged([report("甲县", granted=4)]).batch(tmp_path, replaces="reports"))
    assert issuers(warehouse) == {"甲县2022": 4, "乙县2022": 3}
    assert publication.withdrawn == 0


def test_a_report_that_moves_to_quarantine_leaves(warehouse: Warehouse, tmp_path: Path) -> None:
    first, second = report("甲县"), report("乙县")
    warehouse.publish(Judged([first, second], findings=[finding(second, "Y1")]).batch(tmp_path))
    judged = Judged([first], [second], [finding(second, "A1", "error")])
    assert warehouse.publish(judged.batch(tmp_path)).withdrawn == 1
    for table in ("reports", *WIDE):
        assert column(warehouse, f"SELECT report_id FROM govinfo.{table}") == [first.report_id], table
    assert column(warehouse, "SELECT report_id FROM govinfo.quarantine") == [second.report_id]
    assert column(warehouse, "SELECT rule FROM govinfo.findings") == ["A1"]
    warehouse.publish(Judged([first, second]).batch(tmp_path))
    assert column(warehouse, "SELECT report_id FROM govinfo.quarantine") == []


def test_quarantine_remembers_since_when(warehouse: Warehouse, tmp_path: Path) -> None:
    def quarantined(text: str, days: int) -> Batch:
        made = Judged([report("乙县", granted=days)], [report("甲县", text=text)])
        tables = made.tables()
        moment = pa.array([FOUND + timedelta(days=days)], tables["quarantine"].schema.field("since").type)
        tables["quarantine"] = tables["quarantine"].set_column(
            7, tables["quarantine"].schema.field("since"), moment
        )
        return replace(made.batch(tmp_path), tables=tables)

    for text, days in (("", 3), ("", 5), ("corrected, in vain", 9)):
        warehouse.publish(quarantined(text, days))
        assert column(warehouse, "SELECT since FROM govinfo.quarantine") == [FOUND + timedelta(days=3)]


def test_a_report_from_another_file_is_a_higher_revision(warehouse: Warehouse, tmp_path: Path) -> None:
    def revision(*files: str, given: int = 1, quarantine: bool = False) -> list[tuple[int, ...]]:
        made = [report("甲县", text=text) for text in files]
        judged = Judged([], made) if quarantine else Judged(made)
        judged.findings = [finding(about, "Y1") | {"source_sha256": about.source.sha256} for about in made]
        judged.revision = given
        warehouse.publish(judged.batch(tmp_path, code_version=f"{files}{given}{quarantine}"))
        table = "quarantine" if quarantine else "reports"
        return [
            tuple(row.values())
            for row in warehouse.query(
                f"SELECT t.revision, f.revision AS found FROM govinfo.{table} AS t JOIN govinfo.findings AS f "
                "ON f.source_sha256 = t.source_sha256 ORDER BY t.revision"
            ).to_pylist()
        ]

    assert revision("first") == [(1, 1)]
    assert revision("first") == [(1, 1)]
    assert revision("second") == [(2, 2)]
    assert revision("third", quarantine=True) == [(3, 3)]
    assert revision("fourth", given=9) == [(9, 9)]
    assert revision("fourth", given=9, quarantine=True) == [(9, 9)]
    assert revision("fourth", "fifth", given=2, quarantine=True) == [(9, 9), (10, 10)]


def test_new_files_of_one_report_keep_their_order(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    later = [report("甲县", text=text) for text in ("second", "third")]
    judged = Judged(later[1:], later[:1], revisions={later[0].source.sha256: 1, later[1].source.sha256: 2})
    warehouse.publish(judged.batch(tmp_path))
    assert column(warehouse, "SELECT revision FROM govinfo.quarantine") == [2]
    assert column(warehouse, "SELECT revision FROM govinfo.reports") == [3]


def test_an_empty_batch_empties_its_partition(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    assert warehouse.publish(Judged().batch(tmp_path)).withdrawn == 1
    assert warehouse.status().rows["applications"] == 0


NAMES = ("甲县", "乙县", "丙县")
Plan = dict[str, tuple[str, int]]
BATCHES = st.lists(
    st.tuples(
        st.sampled_from(["2021", "2022"]),
        st.dictionaries(
            st.sampled_from(NAMES),
            st.tuples(st.sampled_from(["accepted", "quarantined"]), st.integers(0, 2)),
        ),
        st.sampled_from(protocol.REPLACES),
    ),
    min_size=2,
    max_size=5,
)


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES)
def test_any_sequence_of_batches_leaves_what_a_dictionary_would(
    engine: str,
    request: pytest.FixtureRequest,
    batches: list[tuple[str, Plan, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("sequence")
    path = str(folder / "warehouse.duckdb")
    warehouse = open_warehouse(
        path if engine == "duckdb" else server.new_database(request.getfixturevalue("postgres"))
    )
    expected: dict[str, tuple[str, int]] = {}
    for partition, plan, replaces in batches:
        judged = Judged()
        for name, (fate, granted) in plan.items():
            getattr(judged, fate).append(report(name, int(partition), granted=granted))
        warehouse.publish(judged.batch(folder, partition, replaces=replaces))
        if replaces == "partition":
            expected = {key: value for key, value in expected.items() if not key.endswith(partition)}
        expected |= {f"{name}{partition}": what for name, what in plan.items()}
    accepted = {key: granted for key, (fate, granted) in expected.items() if fate == "accepted"}
    assert issuers(warehouse) == accepted
    quarantined = column(warehouse, "SELECT issuer || CAST(year AS VARCHAR) FROM govinfo.quarantine")
    assert sorted(quarantined) == sorted(key for key, (fate, _) in expected.items() if fate == "quarantined")
    for table in WIDE:
        assert warehouse.status().rows[table] == len(accepted)


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


# Readers and writers at once ------------------------------------------------------------------------------


def test_a_reader_keeps_what_it_opened_and_others_see_the_new(file: DuckDBWarehouse, tmp_path: Path) -> None:
    file.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    with duckdb.connect(str(file.path), read_only=True) as reader:
        granted = "SELECT granted__total FROM govinfo.applications"
        file.publish(Judged([report("甲县", granted=2)]).batch(tmp_path))
        assert reader.execute(granted).fetchall() == [(1,)]
        assert column(file, granted) == [2]
    with duckdb.connect(str(file.path), read_only=True) as reader:
        assert reader.execute(granted).fetchall() == [(2,)]


HOLD = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read")
if sys.argv[2] == "write":
    con.execute("CREATE TABLE theirs(a INTEGER)")
print("open", flush=True)
sys.stdin.read()
print(con.execute("SELECT MAX(granted__total) FROM govinfo.applications").fetchone()[0], flush=True)
"""


def hold(file: DuckDBWarehouse, how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(file.path), how]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    return child


def test_a_reading_program_blocks_no_publish(file: DuckDBWarehouse, tmp_path: Path) -> None:
    file.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    reader = hold(file, "read")
    file.publish(Judged([report("甲县", granted=2)]).batch(tmp_path))
    assert reader.communicate(timeout=30)[0] == "1\n"
    assert issuers(file) == {"甲县2022": 2}


def test_a_program_that_writes_past_the_protocol_is_said(file: DuckDBWarehouse, tmp_path: Path) -> None:
    file.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    writer = hold(file, "write")
    batch = Judged([report("甲县", granted=2)]).batch(tmp_path)
    with pytest.raises(WarehouseBusyError, match="another program"):
        file.publish(batch)
    with pytest.raises(WarehouseBusyError, match="Close the program"):
        file.query("SELECT 1")
    writer.kill()
    writer.communicate(timeout=30)
    with pytest.raises(WarehouseBusyError, match=r"its \.wal stands beside it"):
        file.publish(batch)
    with duckdb.connect(str(file.path)) as mended:
        assert mended.execute("SELECT COUNT(*) FROM theirs").fetchone() == (0,)
    file.publish(batch)
    assert column(file, "SELECT COUNT(*) FROM theirs") == [0]


def test_a_second_writer_waits_and_is_told_for_whom(
    warehouse: Warehouse, address: str, tmp_path: Path
) -> None:
    batch = Judged([report("甲县")]).batch(tmp_path)
    with warehouse.stage(uuid.uuid4().hex, {}) as other:
        with (
            warehouse.lock(other),
            pytest.raises(WarehouseBusyError, match=f"pid {os.getpid()}.* since") as caught,
        ):
            open_warehouse(address, wait_seconds=0.1).publish(batch)
        assert caught.value.audit == "lock"
        assert not warehouse.exists()
        patient = open_warehouse(address, wait_seconds=30)
        with warehouse.lock(other):
            thread = threading.Thread(target=patient.publish, args=(batch,))
            thread.start()
        thread.join()
    assert issuers(warehouse) == {"甲县2022": 0}


# Death ----------------------------------------------------------------------------------------------------

CHILD = """
import os, signal, sys
from pathlib import Path
from govinfo_pipeline.warehouse import publish as protocol
from govinfo_pipeline.warehouse.address import is_server, open_warehouse
from tests.batches import Judged, report

folder, address, point, first = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

warehouse = open_warehouse(address, wait_seconds=60)
step = "_commit" if is_server(address) else "_swap"
visibly = getattr(warehouse, step)

def make_visible(*given):
    if point == "before":
        die()
    visibly(*given)
    if point == "after":
        die()

setattr(warehouse, step, make_visible)

if point == "replacing":
    whole = protocol.statements()
    protocol.statements = lambda: iter([*whole[:7], "die"])
    if is_server(address):
        from govinfo_pipeline.warehouse.postgres import _Target
    else:
        from govinfo_pipeline.warehouse.duckdb import _Target
    execute = _Target.execute
    _Target.execute = lambda self, sql: die() if sql == "die" else execute(self, sql)

print("ready", flush=True)
for n in range(first, first + 1000):
    judged = Judged([report(f"县{i}", granted=n) for i in range(n % 7 + 1)], [report("坏县", granted=n)])
    warehouse.publish(judged.batch(folder))
"""


def start(folder: Path, address: str, point: str, first: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(folder), address, point, str(first)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def bury(child: subprocess.Popen[str], warehouse: Warehouse) -> None:
    """Wait until a child is dead, and until a server has noticed it too."""
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    alive = (
        f"SELECT COUNT(*) AS n FROM pg_stat_activity WHERE application_name LIKE 'govinfo pid {child.pid} %'"
    )
    while is_server(warehouse.place) and warehouse.exists() and column(warehouse, alive) != [0]:
        time.sleep(0.05)


def nth(n: int, folder: Path) -> Batch:
    judged = Judged([report(f"县{i}", granted=n) for i in range(n % 7 + 1)], [report("坏县", granted=n)])
    return judged.batch(folder)


def visible(warehouse: Warehouse) -> int | None:
    """The number of the batch that is visible; fails unless it is there whole, and alone."""
    if not warehouse.exists():
        return None
    found = issuers(warehouse)
    (n,) = set(found.values())
    assert found == {f"县{i}2022": n for i in range(n % 7 + 1)}
    last = warehouse.publications()[-1]
    assert (last.accepted, last.quarantined) == (len(found), 1)
    stamps = "SELECT DISTINCT publication_id FROM govinfo.reports UNION SELECT publication_id FROM govinfo.quarantine"
    assert column(warehouse, stamps) == [last.publication_id]
    for table in WIDE:
        assert warehouse.status().rows[table] == len(found)
    return n


@pytest.mark.parametrize(
    ("point", "seen", "already"),
    [("replacing", 1, False), ("before", 1, False), ("after", 2, True)],
)
def test_a_replay_after_death_finishes(
    warehouse: Warehouse, address: str, tmp_path: Path, point: str, seen: int, already: bool
) -> None:
    warehouse.publish(nth(1, tmp_path))
    bury(start(tmp_path, address, point, 2), warehouse)
    assert visible(warehouse) == seen
    assert (warehouse.status().left_over == ()) == (point == "after" and not is_server(address))
    assert warehouse.publish(nth(2, tmp_path)).already == already
    assert visible(warehouse) == 2
    assert warehouse.status().left_over == ()
    assert [p.accepted for p in warehouse.publications()] == [2, 3]


def test_deaths_at_any_moment_leave_whole_publications(
    warehouse: Warehouse, address: str, tmp_path: Path
) -> None:
    moment = random.Random(20220331)
    reached = 0
    for _ in range(5 if is_server(address) else 10):
        child = start(tmp_path, address, "never", reached + 1)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(timeout=moment.uniform(0.0, 0.8))
        child.kill()
        bury(child, warehouse)
        reached = visible(warehouse) or 0
        replayed = nth(reached + 1, tmp_path)
        assert not warehouse.publish(replayed).already
        assert warehouse.publish(replayed).already
        reached += 1
        assert visible(warehouse) == reached
        assert warehouse.status().left_over == ()


def test_writers_of_two_processes_take_turns(warehouse: Warehouse, address: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    code = TURNS.format(count=4)
    children = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), address, name], cwd=ROOT)
        for name in ("a", "b")
    ]
    assert [child.wait(timeout=60) for child in children] == [0, 0]
    assert issuers(warehouse) == {"a2022": 3, "b2022": 3}
    assert len(warehouse.publications()) == 8


TURNS = """
import sys
from pathlib import Path
from govinfo_pipeline.warehouse.address import open_warehouse
from tests.batches import Judged, report
folder, address, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
warehouse = open_warehouse(address, wait_seconds=60)
for n in range({count}):
    warehouse.publish(Judged([report(name, granted=n)]).batch(folder / name, name))
"""
