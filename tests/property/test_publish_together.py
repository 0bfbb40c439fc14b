"""Readers, writers and deaths: nobody sees half a publication, and what died is finished."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import duckdb
import pytest

from govinfo_pipeline.errors import PublishError, WarehouseBusyError
from govinfo_pipeline.warehouse import publish as protocol
from govinfo_pipeline.warehouse.address import is_server, open_warehouse
from govinfo_pipeline.warehouse.audit import Audit
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.publish import Batch
from tests.batches import Judged, report
from tests.publishing import WIDE, column, issuers

ROOT = Path(__file__).parents[2]


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


@pytest.mark.parametrize("trouble", [PublishError("landed", "no"), KeyboardInterrupt()])
def test_what_fails_inside_the_transaction_leaves_nothing_behind(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException
) -> None:
    def fails(_: object) -> list[str]:
        raise trouble

    monkeypatch.setattr(protocol, "_landed", lambda _: Audit("landed", fails))
    with pytest.raises(type(trouble)):
        warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    assert (warehouse.exists(), warehouse.left_over()) == (False, ())


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
