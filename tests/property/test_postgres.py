"""The shared warehouse: what only a server has. The protocol itself is in `test_publish`, for every engine."""

from __future__ import annotations

import json
import re
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner

from govinfo_pipeline.cli.main import cli
from govinfo_pipeline.defs.resource import GovinfoResource
from govinfo_pipeline.errors import ConfigError, PublishError, WarehouseBusyError, WarehouseUnreachableError
from govinfo_pipeline.formats import universe
from govinfo_pipeline.line.settings import Settings
from govinfo_pipeline.suites import expectations
from govinfo_pipeline.suites.expectations import SuiteResult
from govinfo_pipeline.suites.render import audits
from govinfo_pipeline.warehouse import postgres as server_engine
from govinfo_pipeline.warehouse.address import open_warehouse, without_secrets
from govinfo_pipeline.warehouse.audit import Audit
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.objects import tables
from govinfo_pipeline.warehouse.views import short_label, views
from tests import server
from tests.batches import Judged, put, report
from tests.server import client, rows

DOCS = Path(__file__).parents[2] / "docs"
GRANTED = "SELECT granted__total FROM govinfo.applications"


@pytest.fixture
def warehouse(database: str) -> Warehouse:
    return open_warehouse(database, wait_seconds=0.2)


def column(warehouse: Warehouse, sql: str) -> list[Any]:
    return warehouse.query(sql).column(0).to_pylist()


# The whole line, engine against engine --------------------------------------------------------------------

# When and by which publish: the two publish at two moments.
MOMENTS = {"publication_id", "started_at", "published_at", "发布编号", "开始时间", "发布时间"}
PASSWORD = "s3cr3t/wort"


def stored(warehouse: Warehouse, name: str) -> tuple[dict[str, str], list[str]]:
    """The columns of a table or view with their types, and all its rows, in an order of their own."""
    found = warehouse.query(f"SELECT * FROM govinfo.{name}")
    names = [column for column in found.schema.names if column not in MOMENTS]
    kinds = {field.name: kind_of(field.type) for field in found.schema}
    return kinds, sorted(repr([records(row, column) for column in names]) for row in found.to_pylist())


def records(row: dict[str, Any], column: str) -> Any:
    """A value without what the engines write differently: records, of which one makes JSON."""
    value = row[column]
    return json.loads(value) if column in ("evidence", "原文依据") and isinstance(value, str) else value


def kind_of(kind: Any) -> str:
    if pa.types.is_list(kind):
        return "json" if pa.types.is_struct(kind.value_type) else f"{kind_of(kind.value_type)}[]"
    return str(kind)


def test_the_whole_line_leaves_the_same_in_both_engines_and_a_password_nowhere(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expectations, "validate", lambda tables: SuiteResult(()))  # seconds, tested elsewhere
    for name in ("DAGSTER_HOME", "GOVINFO_WAREHOUSE"):
        monkeypatch.delenv(name, raising=False)
    with_password = database.replace("writer@", f"writer:{PASSWORD.replace('/', '%2F')}@")
    said = ""
    for arguments in ([], ["--warehouse", with_password]):
        if arguments:  # all that this run leaves is searched below
            (tmp_path / "dagster").mkdir()
            monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
        result = CliRunner().invoke(cli, ["run", "--data", str(tmp_path / "data"), *arguments])
        assert result.exit_code == 0, result.output
        said += result.output
    assert without_secrets(database) in said.replace("\n", "")

    embedded, shared = open_warehouse(str(tmp_path / "data" / "warehouse.duckdb")), open_warehouse(database)
    assert shared.status().rows == embedded.status().rows
    assert shared.status().rows["reports"] > 10
    for name in [*tables(), *views()]:
        kinds, found = stored(embedded, name)
        kinds_too, found_too = stored(shared, name)
        assert {k: "string" if v == "json" else v for k, v in kinds.items()} == kinds_too, name
        assert found == found_too, name

    by_dialect = audits("duckdb"), audits("postgres")
    for rule in by_dialect[0]:
        judged, judged_too = (
            sorted(repr((row["report_id"], row["instance"])) for row in engine.query(found[rule]).to_pylist())
            for engine, found in zip((embedded, shared), by_dialect, strict=True)
        )
        assert judged == judged_too, rule

    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    kept += [said.encode(), *(repr(stored(shared, name)).encode() for name in tables())]
    for secret in (PASSWORD, PASSWORD.replace("/", "%2F")):
        assert not any(secret.encode() in text for text in kept)


# Readers ----------------------------------------------------------------------------------------------------


def test_a_reader_keeps_what_its_transaction_saw_and_holds_up_nobody(
    database: str, warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    with client(database) as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        assert rows(reader, "SELECT received FROM govinfo.issuer_year") == [(1,)]
        warehouse.publish(Judged([report("甲县", granted=2)]).batch(tmp_path))
        assert rows(reader, GRANTED) == [(1,)]
        assert column(warehouse, GRANTED) == [2]
        reader.execute("COMMIT")
        assert rows(reader, GRANTED) == [(2,)]


def test_no_reader_ever_sees_half_of_a_publish(database: str, warehouse: Warehouse, tmp_path: Path) -> None:
    def publish(n: int) -> None:
        reports = [report(f"县{i}", granted=n) for i in range(n % 3 + 1)]
        warehouse.publish(Judged(reports, [report("坏县", text=str(n))]).batch(tmp_path))

    seen = []
    done = threading.Event()

    def read() -> None:
        with client(database) as reader:
            while not done.is_set():
                seen.extend(rows(reader, WHOLE))

    publish(0)
    thread = threading.Thread(target=read)
    thread.start()
    for n in range(1, 7):
        publish(n)
    done.set()
    thread.join()
    assert len(set(seen)) > 1
    for n, low, reports, wide, quarantined, publications in seen:
        assert (low, reports, wide, quarantined, publications) == (n, n % 3 + 1, n % 3 + 1, 1, 1)


WHOLE = """
SELECT (SELECT MAX(granted__total) FROM govinfo.applications), (SELECT MIN(granted__total) FROM govinfo.applications),
  (SELECT COUNT(*) FROM govinfo.reports), (SELECT COUNT(*) FROM govinfo.disputes),
  (SELECT COUNT(*) FROM govinfo.quarantine),
  (SELECT COUNT(DISTINCT publication_id) FROM (SELECT publication_id FROM govinfo.reports
    UNION ALL SELECT publication_id FROM govinfo.quarantine) AS stamps)
"""


def test_the_documented_role_reads_and_no_more(
    postgres: Path, database: str, warehouse: Warehouse, tmp_path: Path
) -> None:
    import adbc_driver_manager

    warehouse.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    (grants,) = re.findall(
        r"```postgresql\n(.*?)```", (DOCS / "warehouse.md").read_text(encoding="utf-8"), re.DOTALL
    )
    with client(database) as owner:
        for statement in filter(None, map(str.strip, grants.split(";"))):
            owner.execute(statement)
        try:
            warehouse.publish(Judged([report("甲县", granted=2)]).batch(tmp_path))
            reader = server.address(postgres, "bi", database.partition("?")[0].rpartition("/")[2])
            with (
                client(reader) as bi,
                warehouse.stage(uuid.uuid4().hex, {"x": pa.table({"a": [1]}, STAGED)}) as stage,
            ):
                assert rows(bi, 'SELECT "予以公开" FROM govinfo.zh_issuer_year') == [(2,)]
                for refused in (
                    "DELETE FROM govinfo.reports",
                    "CREATE TABLE govinfo.mine (a INTEGER)",
                    f"SELECT * FROM {stage.schema}.x",
                ):
                    with pytest.raises(adbc_driver_manager.Error, match=r"denied|read-only"):
                        bi.execute(refused)
        finally:
            owner.execute("DROP OWNED BY bi")
            owner.execute("DROP ROLE bi")


STAGED = pa.schema([("a", pa.int64())])


# Types, names, comments -------------------------------------------------------------------------------------


def test_columns_have_the_types_of_the_server_and_comments_in_chinese(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    kinds = warehouse.query(
        "SELECT c.relname || '.' || a.attname AS name, format_type(a.atttypid, a.atttypmod) AS kind, "
        "col_description(c.oid, a.attnum) AS said FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid "
        "WHERE c.relnamespace = 'govinfo'::regnamespace AND a.attnum > 0"
    )
    found = {row["name"]: (row["kind"], row["said"]) for row in kinds.to_pylist()}
    long = universe().cells[universe().index["applications.other_overdue_fee.public_welfare_org"]]
    expected = {
        "reports.found_at": ("timestamp with time zone", "发现时间"),
        "reports.year": ("integer", "年度"),
        "findings.reported": ("numeric(38,9)", "填报值"),
        "findings.cells": ("text[]", "涉及单元格"),
        "findings.evidence": ("jsonb", "原文依据"),
        "disputes.cases__review_total": ("bigint", "行政复议-总计 / Review: total (件)"),
        f"zh_applications.{short_label(long)}": ("bigint", long.zh),
    }
    assert {name: found[name] for name in expected} == expected
    assert found["proactive_disclosure.administrative_fees__amount_this_year"][0] == "numeric(24,6)"


def test_money_and_numerics_without_a_size_stay_exact(warehouse: Warehouse, tmp_path: Path) -> None:
    made = put(report("甲县"), {"art20_8.administrative_fees.amount_this_year": 1234567890123456})
    warehouse.publish(Judged([made]).batch(tmp_path))
    values = (
        "SELECT SUM(administrative_fees__amount_this_year) AS a, 2::numeric / 8 AS b, 10::numeric ^ 40 AS c, "
        "NULL::numeric AS d"
    )
    (row,) = warehouse.query(f"{values} FROM govinfo.proactive_disclosure").to_pylist()
    assert [str(value) for value in row.values()] == [
        "1234567890123456.000000",
        "0.25000000000000000000",
        f"1{'0' * 40}.0000000000000000",
        "None",
    ]


# Other programs ---------------------------------------------------------------------------------------------


def test_the_stage_of_a_living_attempt_is_left_alone(warehouse: Warehouse, tmp_path: Path) -> None:
    with warehouse.stage(uuid.uuid4().hex, Judged([report("乙县")]).tables()) as living:
        warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
        assert living.query("SELECT issuer FROM govinfo.reports").to_pylist() == [{"issuer": "乙县"}]
        assert warehouse.status().left_over == ()
    assert column(warehouse, "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'govinfo_stage_%'") == [0]


def test_a_program_that_keeps_a_table_to_itself_is_said(
    database: str, warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    batch = Judged([report("甲县", granted=2)]).batch(tmp_path)
    with client(database) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE govinfo.reports IN SHARE MODE")
        with pytest.raises(WarehouseBusyError, match="another program keeps"):
            warehouse.publish(batch)
        other.execute("ROLLBACK")
    assert column(warehouse, GRANTED) == [1]
    assert not warehouse.publish(batch).already


def test_a_session_that_the_server_ends_changes_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    batch = Judged([report("甲县", granted=2)]).batch(tmp_path)

    def end_the_publisher(_rows: object) -> Iterator[str]:
        ended = "SELECT pg_terminate_backend(pid) AS ended FROM pg_locks WHERE locktype = 'advisory' AND objid = 0"
        assert column(warehouse, ended) == [True]
        yield from ()

    with pytest.raises(WarehouseUnreachableError, match=r"the connection to .* broke"):
        warehouse.publish(batch, [Audit("ended", end_the_publisher)])
    assert column(warehouse, GRANTED) == [1]
    assert not warehouse.publish(batch).already
    assert column(warehouse, GRANTED) == [2]
    assert warehouse.status().left_over == ()


def test_views_made_anew_keep_those_that_others_built_on_them(
    database: str, warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    with client(database) as owner:
        owner.execute("CREATE VIEW public.mine AS SELECT received FROM govinfo.issuer_year")
        owner.execute("DROP VIEW govinfo.zh_quarantine")
    monkeypatch.setattr(server_engine, "fingerprint", lambda _: "of another version")
    for granted in (2, 3):
        warehouse.publish(Judged([report("甲县", granted=granted)]).batch(tmp_path))
        assert column(warehouse, "SELECT received FROM public.mine") == [granted]
    assert column(warehouse, "SELECT COUNT(*) FROM govinfo.zh_quarantine") == [0]
    (said,) = column(warehouse, "SELECT obj_description('govinfo'::regnamespace, 'pg_namespace')")
    assert said.endswith("objects of another version")


def test_a_schema_of_another_shape_is_refused(database: str, warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    with client(database) as owner:
        owner.execute("ALTER TABLE govinfo.reports DROP COLUMN title CASCADE")
    with pytest.raises(PublishError, match=r"columns amiss: \['title'\]") as caught:
        warehouse.publish(Judged([report("乙县")]).batch(tmp_path))
    assert caught.value.audit == "objects"


def test_text_that_the_server_cannot_hold_is_refused_whole(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    bad = report("甲县", granted=2)
    bad.texts[40] = "七\0"
    with pytest.raises(PublishError, match="invalid byte sequence"):
        warehouse.publish(Judged([bad]).batch(tmp_path))
    assert column(warehouse, GRANTED) == [1]


# Where it is ------------------------------------------------------------------------------------------------

NOWHERE = "postgresql://writer:s3cr3t%2Fwort@/base?host=/nowhere"


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("adbc_driver_postgresql", "adbc_driver_postgresql.dbapi"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigError, match=r"缺少 .* is not installed .* 'govinfo-pipeline\[postgres\]'"):
        open_warehouse(NOWHERE)


def test_a_server_that_does_not_answer_is_said_without_the_password(tmp_path: Path) -> None:
    arguments = ["run", "--data", str(tmp_path), "--warehouse", NOWHERE]
    error = CliRunner().invoke(cli, arguments).exception
    assert isinstance(error, WarehouseUnreachableError)
    assert "cannot connect to postgresql://writer@/base?host=/nowhere" in error.message
    said = [str(e) for e in (error, error.__cause__, error.__context__)]
    assert not any("s3cr3t" in text for text in said)
    assert "s3cr3t" not in repr(open_warehouse(NOWHERE))
    assert "s3cr3t" not in repr(Settings("in", tmp_path, address=NOWHERE))


@pytest.mark.parametrize(
    "address",
    ["postgresql://u:s3/cr3t@host/base", "postgresql://u:s3cr3t@[host/base", "mysql://u:s3cr3t@host/base"],
)
def test_an_address_that_cannot_be_read_is_refused_and_not_shown(address: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="postgresql://user@host/database") as caught:
        Settings("in", tmp_path, address=address)
    assert "cr3t" not in caught.value.message


def test_a_password_that_the_driver_cannot_read_is_not_shown() -> None:
    for address in (
        "postgresql://u:s3cr3t%zz@host/base",
        "postgresql://u@h/base?password=s3cr3t&wrong=s3cr3t",
    ):
        with pytest.raises(WarehouseUnreachableError) as caught:
            open_warehouse(address).exists()
        assert "s3cr3t" not in str(caught.value)


def test_the_resource_takes_no_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOVINFO_WAREHOUSE", NOWHERE)
    settings = Settings.from_env()
    made = GovinfoResource.of(settings)
    assert made.settings.address == NOWHERE
    assert "s3cr3t" not in made.model_dump_json()
    monkeypatch.delenv("GOVINFO_WAREHOUSE")
    with pytest.raises(ConfigError, match="must not hold the password"):
        GovinfoResource.of(settings)
    with pytest.raises(ConfigError, match="must not hold the password"):
        _ = GovinfoResource(source="in", data=str(tmp_path), warehouse_address=NOWHERE).settings
