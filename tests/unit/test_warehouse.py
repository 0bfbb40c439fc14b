"""What a warehouse holds: objects, views, the gate's record, and the queries of docs/warehouse.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from govinfo_pipeline.errors import ConfigError, GovinfoError, NoWarehouseError, PublishError
from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.tables import SCHEMAS
from govinfo_pipeline.warehouse.address import open_warehouse
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.objects import tables
from govinfo_pipeline.warehouse.record import GateRecord, hash_tables
from govinfo_pipeline.warehouse.views import LABELS, LONGEST_NAME, views
from tests import server
from tests.batches import RULES, Judged, finding, put, report

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "warehouse.md").read_text(encoding="utf-8")


def published(folder: Path, judged: Judged, address: str | None = None) -> Warehouse:
    warehouse = open_warehouse(address or str(folder / "warehouse.duckdb"))
    warehouse.publish(judged.batch(folder))
    return warehouse


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def warehouse(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Reports that differ in one thing each; see the tests."""
    plain = report("甲县", granted=7)
    put(plain, {"applications.carried_in.total": 3, "applications.carried_forward.total": 3})
    blank = put(report("乙县", granted=2), {"applications.denied_state_secret.total": "b"})
    none = report("丙县")
    old = put(report("丁县", granted=4, form="2019"), {"applications.other_processing.total": 5})
    hybrid = put(report("戊县"), {f"applications.{row}.total": None for row in OTHER_2021})
    put(hybrid, {"applications.other_processing.total": 6})
    letters = put(report("己县"), dict(zip(LETTERED, "bdux", strict=True)))
    money = put(report("庚县"), {"art20_8.administrative_fees.amount_this_year": Decimal("16223.34")})
    bad = report("辛县", granted=1)
    judged = Judged([plain, blank, none, old, hybrid, letters, money], [bad])
    judged.findings = [finding(none, "Y1"), finding(bad, "A1", "error", reported=Decimal("1.5"))]
    shared = request.param == "postgres" and server.new_database(request.getfixturevalue("postgres"))
    return published(tmp_path_factory.mktemp("warehouse"), judged, shared or None)


OTHER_2021 = ("other_overdue_correction", "other_overdue_fee", "other_misc")
LETTERED = [
    f"applications.granted.{c}" for c in ("natural_person", "research_institution", "other_org", "total")
]


def panel(warehouse: Warehouse, issuer: str) -> dict[str, Any]:
    return warehouse.query(f"SELECT * FROM govinfo.issuer_year WHERE issuer = '{issuer}'").to_pylist()[0]


# Objects ----------------------------------------------------------------------------------------------


def test_what_is_published_comes_back_as_it_was(tmp_path: Path) -> None:
    judged = Judged([report("甲县", granted=7), report("乙县")], [report("丙县")])
    judged.findings = [finding(judged.accepted[0], "Y1"), finding(judged.quarantined[0], "A1", "error")]
    warehouse = published(tmp_path, judged)
    for name, rows in judged.tables().items():
        columns = ", ".join(rows.schema.names)
        assert warehouse.query(f"SELECT {columns} FROM govinfo.{name}").to_pylist() == rows.to_pylist(), name


def test_the_tables_have_the_columns_of_the_contract(warehouse: Warehouse) -> None:
    for name, schema in tables().items():
        assert warehouse.query(f"SELECT * FROM govinfo.{name}").schema.names == schema.names
    assert set(tables()) == {*SCHEMAS, "publications", "cells"}


def test_the_dictionary_tells_the_letter_of_a_cell(warehouse: Warehouse) -> None:
    rows = warehouse.query(
        "SELECT c.cell_id, SUBSTRING(a.cell_state, c.position, 1) AS letter FROM govinfo.cells AS c "
        "JOIN govinfo.applications AS a ON c.wide_table = 'applications' "
        "JOIN govinfo.reports AS r ON r.report_id = a.report_id AND r.issuer = '己县' "
        "WHERE c.cell_id LIKE 'applications.granted.%' AND SUBSTRING(a.cell_state, c.position, 1) <> 'n' "
        "ORDER BY c.position"
    )
    assert [tuple(row.values()) for row in rows.to_pylist()] == list(zip(LETTERED, "bdux", strict=True))


def test_money_stays_exact(warehouse: Warehouse) -> None:
    rows = warehouse.query(
        "SELECT MAX(administrative_fees__amount_this_year) AS m FROM govinfo.proactive_disclosure"
    )
    assert rows["m"].to_pylist() == [Decimal("16223.340000")]


def test_a_query_cannot_write(warehouse: Warehouse) -> None:
    with pytest.raises(GovinfoError, match="read-only"):
        warehouse.query("DELETE FROM govinfo.reports")
    with pytest.raises(GovinfoError, match="the query failed"):
        warehouse.query("SELECT nothing FROM nowhere")
    with pytest.raises(GovinfoError, match=r"one SELECT is needed|the query failed"):
        warehouse.query("-- nothing")


def test_a_warehouse_that_is_not_there_is_said(tmp_path: Path) -> None:
    warehouse = DuckDBWarehouse(tmp_path / "none.duckdb")
    with pytest.raises(NoWarehouseError, match="no warehouse at"):
        warehouse.query("SELECT 1")
    assert warehouse.publications() == []
    assert warehouse.last_publication("2022") is None
    status = warehouse.status()
    assert (status.exists, status.size_bytes, status.rows, status.last) == (False, 0, {}, None)
    assert not (tmp_path / "none.duckdb").exists()


def test_the_status_counts_what_there_is(warehouse: Warehouse) -> None:
    status = warehouse.status()
    assert status.rows == {
        "reports": 7,
        "applications": 7,
        "disputes": 7,
        "proactive_disclosure": 7,
        "findings": 2,
        "quarantine": 1,
        "publications": 1,
        "cells": 226,
    }
    assert status.last == warehouse.publications()[0] == warehouse.last_publication("2022")
    assert (status.exists, status.left_over) == (True, ())


@pytest.mark.parametrize("name", ["govinfo.duckdb", "GovInfo.db.duckdb", "govinfo"])
def test_a_file_called_as_the_schema_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="must not be called govinfo"):
        DuckDBWarehouse(tmp_path / name)


# Views ------------------------------------------------------------------------------------------------


def test_the_long_view_has_the_cells_of_the_reports_form(warehouse: Warehouse) -> None:
    rows = warehouse.query(
        "SELECT r.issuer, l.cell_id FROM govinfo.applications_long AS l JOIN govinfo.reports AS r USING (report_id)"
    ).to_pylist()
    cells = {form: {c.id for c in load_form(form).table("applications").cells} for form in ("2019", "2021")}
    by_issuer = {who: [r["cell_id"] for r in rows if r["issuer"] == who] for who in ("甲县", "丁县", "戊县")}
    assert len(by_issuer["甲县"]) == 175
    assert set(by_issuer["甲县"]) == cells["2021"]
    assert set(by_issuer["丁县"]) == cells["2019"]
    assert set(by_issuer["戊县"]) == cells["2021"] | {"applications.other_processing.total"}


def test_the_long_view_says_value_state_text_and_line(warehouse: Warehouse) -> None:
    rows = warehouse.query(
        "SELECT l.* FROM govinfo.applications_long AS l JOIN govinfo.reports AS r USING (report_id) "
        "WHERE r.issuer = '己县' AND row_id = 'granted' ORDER BY line"
    ).to_pylist()
    said = {r["column_id"]: (r["value"], r["state"], r["text"], r["line"]) for r in rows}
    line = 10 + universe().index["applications.granted.natural_person"]
    assert said == {
        "natural_person": (None, "blank", "", line),
        "commercial_enterprise": (0, "number", "0", line + 1),
        "research_institution": (None, "dash", "/", line + 2),
        "public_welfare_org": (0, "number", "0", line + 3),
        "legal_service_org": (0, "number", "0", line + 4),
        "other_org": (None, "unreadable", "", line + 5),
        "total": (None, "unreadable", "若干", line + 6),
    }
    assert rows[0]["year"] == 2022
    absent = warehouse.query("SELECT state, line FROM govinfo.applications_long WHERE state = 'absent'")
    assert absent.to_pylist() == [{"state": "absent", "line": None}] * 3


def test_the_panel_has_the_totals(warehouse: Warehouse) -> None:
    assert panel(warehouse, "甲县") == {
        "report_id": "330400-甲县-government-2022",
        "issuer": "甲县",
        "region_code": "330400",
        "level": "county",
        "scope": "government",
        "year": 2022,
        "received": 7,
        "carried_in": 3,
        "processed": 7,
        "carried_forward": 3,
        "granted": 7,
        "partially_granted": 0,
        "denied": 0,
        "unavailable": 0,
        "not_processed": 0,
        "other": 0,
        "disclosure_rate": 1.0,
        "reviews": 0,
        "litigation": 0,
        "quality_flag": "pass",
    }


def test_a_sum_with_a_missing_part_is_unknown_not_zero(warehouse: Warehouse) -> None:
    row = panel(warehouse, "乙县")
    assert (row["denied"], row["unavailable"], row["quality_flag"]) == (None, 0, "incomplete")
    assert row["disclosure_rate"] == 1.0


def test_a_rate_of_nothing_is_unknown(warehouse: Warehouse) -> None:
    row = panel(warehouse, "丙县")
    assert (row["processed"], row["disclosure_rate"], row["quality_flag"]) == (0, None, "warning")
    row = panel(warehouse, "己县")
    assert (row["granted"], row["disclosure_rate"], row["quality_flag"]) == (None, None, "incomplete")


def test_other_results_are_summed_by_the_form_that_has_them(warehouse: Warehouse) -> None:
    assert panel(warehouse, "丁县")["other"] == 5
    assert panel(warehouse, "戊县")["other"] == 6


def test_groups_of_the_panel_are_the_rows_of_the_form(tmp_path: Path) -> None:
    rows = [row for row in load_form("2021").table("applications").rows if row.outcome]
    figures = {f"applications.{row.id}.total": 10**k for k, row in enumerate(rows[:18])}
    disputes = {"review_total": 1, "direct_litigation_total": 20, "post_review_litigation_total": 300}
    made = put(report("甲县"), figures | {f"disputes.cases.{k}": v for k, v in disputes.items()})
    row = panel(published(tmp_path, Judged([made])), "甲县")
    # (三) has eight rows, (四) three, (五) five; granted and partially granted stand for themselves.
    assert [row[n] for n in ("granted", "partially_granted", "denied", "unavailable", "not_processed")] == [
        1,
        10,
        1111111100,
        1110000000000,
        111110000000000000,
    ]
    assert (row["reviews"], row["litigation"]) == (1, 320)


def test_every_view_has_its_columns_and_no_label_stands_twice(warehouse: Warehouse) -> None:
    for name in views():
        names = warehouse.query(f"SELECT * FROM govinfo.{name} LIMIT 1").schema.names
        assert len(names) == len(set(names)), name
        assert [] == [label for label in names if len(label.encode()) > LONGEST_NAME], name
        if name.startswith("zh_"):
            assert all(re.search(r"[\u4e00-\u9fff]", label) for label in names), name
    assert len(set(LABELS.values())) == len(LABELS)


def test_chinese_columns_hold_what_their_labels_say(warehouse: Warehouse) -> None:
    row = warehouse.query(
        'SELECT "年度", "一、本年新收政府信息公开申请数量-自然人" AS received, '
        '"四、结转下年度继续办理-总计" AS forward '
        "FROM govinfo.zh_applications WHERE \"机关\" = '甲县'"
    ).to_pylist()
    assert row == [{"年度": 2022, "received": 7, "forward": 3}]
    row = warehouse.query('SELECT "机关", "隔离原因" FROM govinfo.zh_quarantine').to_pylist()
    assert row == [{"机关": "辛县", "隔离原因": ["A1"]}]


# The gate's record ------------------------------------------------------------------------------------


def test_a_hash_follows_every_value_and_no_order() -> None:
    judged = Judged([report("甲县", granted=7), report("乙县")], [report("丙县")])
    judged.findings = [finding(judged.accepted[0], "Y1"), finding(judged.accepted[1], "Y1")]
    given = judged.tables()
    turned = {name: rows.take(list(reversed(range(rows.num_rows)))) for name, rows in given.items()}
    split = {name: pa.concat_tables([rows.slice(0, 1), rows.slice(1)]) for name, rows in given.items()}
    assert hash_tables(given) == hash_tables(turned) == hash_tables(split)
    for name, rows in given.items():
        assert hash_tables(given | {name: rows.slice(1)}) != hash_tables(given), name


@pytest.mark.parametrize(
    "spoil",
    [
        lambda judged: put(judged.accepted[0], {"applications.granted.total": 8}),
        lambda judged: put(judged.accepted[0], {"applications.granted.total": "b"}),
        lambda judged: put(judged.accepted[0], {"applications.granted.total": None}),
        lambda judged: judged.accepted[0].texts.__setitem__(40, "七"),
        lambda judged: judged.findings[0].update(message_en="other"),
        lambda judged: judged.findings[0].update(review="dismissed"),
        lambda judged: judged.findings[0].update(instances=["Y1@total", ""]),
        lambda judged: judged.findings[0].update(instances=["Y1@tota", "l"]),
        lambda judged: judged.findings[0].update(evidence=[{"line": 41, "text": None}]),
        lambda judged: judged.findings[0].update(reported=Decimal("0.000000001")),
        lambda judged: setattr(judged, "revision", 2),
        lambda judged: setattr(judged, "rules", "other"),
    ],
)
def test_a_hash_follows_one_change(spoil: Callable[[Judged], object]) -> None:
    judged = Judged([report("甲县", granted=7)])
    judged.findings = [finding(judged.accepted[0], "Y1")]
    before = hash_tables(judged.tables())
    spoil(judged)
    assert hash_tables(judged.tables()) != before


def test_missing_zero_empty_and_other_cuts_hash_apart() -> None:
    def hashed(values: list[object], kind: Any) -> str:
        return hash_tables({"t": pa.table({"v": pa.array(values, kind)})})

    def one(value: object, kind: Any) -> str:
        return hashed([value], kind)

    assert hashed(["ab", "c"], pa.string()) != hashed(["a", "bc"], pa.string())
    assert one(None, pa.int64()) != one(0, pa.int64())
    assert one(None, pa.string()) != one("", pa.string())
    assert one(None, pa.list_(pa.string())) != one([], pa.list_(pa.string()))


def test_since_is_not_part_of_what_was_judged() -> None:
    tables = Judged(quarantined=[report("甲县")]).tables()
    moment = pa.array([datetime(2020, 1, 1, tzinfo=UTC)], SCHEMAS["quarantine"].field("since").type)
    later = tables["quarantine"].set_column(7, SCHEMAS["quarantine"].field("since"), moment)
    assert hash_tables(tables | {"quarantine": later}) == hash_tables(tables)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    tables = Judged([report("甲县")], [report("乙县"), report("丙县")]).tables()
    record = GateRecord.of("2022", tables, rule_set_version=RULES, normalised=3, ok=False, reasons=["率突升"])
    assert (record.accepted, record.quarantined) == (1, 2)
    assert GateRecord.read(record.write(tmp_path / "gate" / "2022.json")) == record


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ok": true}', '{"partition": "2022"', "\x00"])
def test_what_is_no_record_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.json").write_text(text)
    with pytest.raises(PublishError) as caught:
        GateRecord.read(tmp_path / "r.json")
    assert caught.value.audit == "verdict"


# The documentation ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sql", re.findall(r"```sql\n(.*?)```", DOCS, re.DOTALL))
def test_the_documented_queries_run(warehouse: Warehouse, sql: str) -> None:
    rows = warehouse.query(sql)
    assert rows.num_rows or "carried_in__total <>" in sql


def test_the_documented_calls_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    judged = Judged([report("甲县", granted=7), report("乙县")], [report("丙县")])
    reading, publishing = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    names: dict[str, Any] = {"tables": judged.tables(), "rules": RULES}
    for calls in (publishing, reading):
        exec(calls, names)  # noqa: S102 - Python of our own documentation, which a reader would run as it stands
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "2 1 False"
    assert "'reports': 2" in said[1]
    assert "'disclosure_rate': 1.0" in said[2]


def test_every_object_and_column_is_documented(warehouse: Warehouse) -> None:
    for name in [*tables(), *views()]:
        assert f"`{name}`" in DOCS, name
    plain = [n for n in tables() if n not in ("applications", "disputes", "proactive_disclosure")]
    for name in [*plain, "applications_long", "issuer_year"]:
        for column in warehouse.query(f"SELECT * FROM govinfo.{name} LIMIT 0").schema.names:
            assert f"`{column}`" in DOCS, f"{name}.{column}"


def test_any_duckdb_client_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    DuckDBWarehouse(path).publish(Judged([report("甲县")]).batch(tmp_path))
    with duckdb.connect(str(path), read_only=True) as client:
        assert client.execute("SELECT COUNT(*) FROM govinfo.issuer_year").fetchone() == (1,)
