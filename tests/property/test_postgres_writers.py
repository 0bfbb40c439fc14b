"""The shared warehouse among others: who holds its locks, whose stages are dropped, what another program does to it."""

from __future__ import annotations

import time
import uuid
from contextlib import ExitStack
from pathlib import Path

import pytest

from govinfo_pipeline.errors import (
    GovinfoError,
    NoWarehouseError,
    WarehouseBusyError,
    WarehouseUnreachableError,
)
from govinfo_pipeline.warehouse import postgres as engine
from govinfo_pipeline.warehouse.address import open_warehouse
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.objects import tables
from govinfo_pipeline.warehouse.session import conversation
from tests import server
from tests.batches import Judged, report
from tests.publishing import column
from tests.server import client, rows

OURS = 0x676F7669


@pytest.fixture
def warehouse(database: str) -> Warehouse:
    return open_warehouse(database, wait_seconds=0.2)


def a_stage(name: str = "0badcafe") -> str:
    """The name of a stage, and so of the lock that whoever lives in it holds."""
    return f"govinfo_stage_{name}{uuid.uuid4().hex[8:]}"


# Locks --------------------------------------------------------------------------------------------------


def test_the_lock_of_a_stage_is_never_the_writers_and_fits_the_servers_number() -> None:
    names = ("00000000", "80000000", "7fffffff", "ffffffff", "0badcafe")
    assert [engine._key(a_stage(name)) for name in names] == [1, 1, 2**31 - 1, 2**31 - 1, 0x0BADCAFE]


def test_only_who_writes_to_this_database_is_named_as_its_writer(
    postgres: Path, database: str, warehouse: Warehouse
) -> None:
    elsewhere = server.new_database(postgres)
    try:
        with client(elsewhere) as other, client(database) as ours:
            other.execute(f"SELECT pg_advisory_lock({OURS}, 0)")
            ours.execute(
                f"SELECT pg_advisory_lock({OURS}::bigint << 32)"
            )  # one number of 64 bits, not two of 32
            with warehouse.stage(uuid.uuid4().hex, {}) as stage:
                assert (
                    engine._holder(stage.session) == "?"
                )  # it holds the lock of its stage, and is no writer
                with warehouse.lock(stage):
                    assert "govinfo pid" in engine._holder(stage.session)
                ours.execute("SET application_name = 'a stranger'")
                ours.execute(f"SELECT pg_advisory_lock({OURS}, 0)")
                with pytest.raises(WarehouseBusyError, match="a stranger since "), warehouse.lock(stage):
                    pytest.fail("two hold the lock")
    finally:
        server.drop_database(postgres, elsewhere)


def test_who_waits_gets_the_lock_when_it_is_let_go(
    database: str, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = open_warehouse(database, wait_seconds=60)
    with (
        warehouse.stage(uuid.uuid4().hex, {}) as first,
        patient.stage(uuid.uuid4().hex, {}) as second,
        ExitStack() as other,
    ):
        other.enter_context(warehouse.lock(first))
        waited: list[float] = []
        monkeypatch.setattr(time, "sleep", lambda seconds: (waited.append(seconds), other.close()))
        with patient.lock(second):
            assert len(waited) == 1


def test_a_stage_is_not_alive_by_a_lock_of_another_database(
    postgres: Path, database: str, warehouse: Warehouse, tmp_path: Path
) -> None:
    elsewhere, dead = server.new_database(postgres), a_stage()
    try:
        with client(elsewhere) as other, client(database) as owner:
            other.execute(f"SELECT pg_advisory_lock({OURS}, {engine._key(dead)})")
            owner.execute(f"CREATE SCHEMA {dead}")
            assert warehouse.left_over() == (dead,)
            warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
            assert warehouse.left_over() == ()
    finally:
        server.drop_database(postgres, elsewhere)


def test_stages_of_another_role_are_not_ours_to_drop(
    postgres: Path, database: str, warehouse: Warehouse, tmp_path: Path
) -> None:
    theirs = a_stage()
    with client(database) as owner:
        owner.execute("CREATE ROLE desk LOGIN")
        try:
            owner.execute(f"CREATE SCHEMA {theirs}")
            owner.execute(f"GRANT CREATE ON DATABASE {server.name_of(database)} TO desk")
            desk = open_warehouse(
                server.address(postgres, "desk", server.name_of(database)), wait_seconds=0.2
            )
            assert (desk.left_over(), warehouse.left_over()) == ((), (theirs,))
            assert desk.publish(Judged([report("甲县")]).batch(tmp_path)).accepted == 1
            assert warehouse.left_over() == (theirs,)
        finally:
            owner.execute("DROP OWNED BY desk CASCADE")
            owner.execute("DROP ROLE desk")


# Other programs --------------------------------------------------------------------------------


def test_what_another_program_changed_in_between_is_not_written_over(
    database: str, warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.publish(Judged([report("甲县", granted=1)]).batch(tmp_path))
    with (
        client(database) as other,
        warehouse.stage(uuid.uuid4().hex, {}) as stage,
        warehouse.transaction(stage, ()) as target,
    ):
        assert target.query("SELECT title FROM govinfo.reports").num_rows == 1
        other.execute("UPDATE govinfo.reports SET title = 'theirs'")
        with pytest.raises(WarehouseBusyError, match="another program keeps"):
            target.execute("DELETE FROM {target}.reports")
    assert column(warehouse, "SELECT title FROM govinfo.reports") == ["theirs"]


def test_a_database_that_is_read_only_unless_asked_is_published_to(
    database: str, warehouse: Warehouse, tmp_path: Path
) -> None:
    with client(database) as owner:
        owner.execute(f"ALTER DATABASE {server.name_of(database)} SET default_transaction_read_only = on")
    assert warehouse.publish(Judged([report("甲县")]).batch(tmp_path)).accepted == 1


def test_a_session_ends_with_its_block(database: str) -> None:
    with conversation(database, wait_seconds=0.2) as session:
        assert session.value("SELECT 1") == 1
    with pytest.raises(WarehouseUnreachableError):
        session.value("SELECT 1")


# Queries ------------------------------------------------------------------------------------------------


def test_before_the_first_publish_there_is_nothing_and_it_is_said(warehouse: Warehouse) -> None:
    with pytest.raises(NoWarehouseError, match="there is no warehouse at postgresql://writer@/"):
        warehouse.query("SELECT 1")
    status = warehouse.status()
    assert (status.exists, status.size_bytes, status.rows, status.last) == (False, 0, {}, None)
    assert (warehouse.publications(), warehouse.left_over()) == ([], ())


def test_a_query_that_meets_trouble_is_not_said_to_be_wrong(
    database: str, warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    with client(database) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE govinfo.reports IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(WarehouseBusyError):
            warehouse.query("SELECT * FROM govinfo.reports")
        other.execute("ROLLBACK")
    with pytest.raises(WarehouseUnreachableError):
        warehouse.query("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(GovinfoError, match="the query failed") as caught:
        warehouse.query("SELECT nothing FROM govinfo.reports")
    assert type(caught.value) is GovinfoError
    with pytest.raises(GovinfoError, match="one SELECT is needed"):
        warehouse.query("SET TIME ZONE 'Asia/Shanghai'")


def test_the_size_is_that_of_the_tables(database: str, warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    with client(database) as owner:
        owner.execute("CREATE INDEX ON govinfo.reports (issuer)")
        sizes = {
            name: rows(owner, f"SELECT pg_total_relation_size('govinfo.{name}')")[0][0] for name in tables()
        }
    assert warehouse.status().size_bytes == sum(sizes.values())


def test_moments_are_told_in_utc(database: str, warehouse: Warehouse, tmp_path: Path) -> None:
    with client(database) as owner:
        owner.execute(f"ALTER DATABASE {server.name_of(database)} SET timezone = 'Asia/Shanghai'")
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    (printed,) = column(warehouse, "SELECT CAST(found_at AS TEXT) FROM govinfo.reports")
    assert printed == "2026-03-31 04:00:00+00"
