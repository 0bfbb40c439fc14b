"""The file of the embedded warehouse: durable before it is visible, and no copy of it mistaken for another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from govinfo_pipeline.errors import PublishError
from govinfo_pipeline.warehouse import duckdb as engine
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from tests import disk
from tests.batches import Judged, report


def test_the_file_is_on_the_disk_before_it_is_visible_and_its_name_before_anyone_is_told(
    tmp_path: Path,
) -> None:
    warehouse = DuckDBWarehouse(tmp_path / "warehouse.duckdb")
    batch = Judged([report("甲县")]).batch(tmp_path)
    with disk.written() as written:
        warehouse.publish(batch)
    assert written == [disk.Written(warehouse.path, whole=True), disk.Written(tmp_path, whole=True)]


def test_a_copy_that_is_not_all_in_its_file_is_not_made_visible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = DuckDBWarehouse(tmp_path / "warehouse.duckdb")
    close = engine._Target.close

    def leaves_a_log(self: engine._Target) -> None:
        close(self)
        (copy,) = tmp_path.glob("*.next-*")
        copy.with_name(f"{copy.name}.wal").touch()

    monkeypatch.setattr(engine._Target, "close", leaves_a_log)
    with pytest.raises(PublishError, match=r"its \.wal is left") as caught:
        warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    assert caught.value.audit == "visible"
    assert (warehouse.exists(), warehouse.left_over()) == (False, ())


def test_copies_are_those_of_the_file_whatever_signs_are_in_its_name(tmp_path: Path) -> None:
    warehouse = DuckDBWarehouse(tmp_path / "data[1].duckdb")
    (tmp_path / "data[1].duckdb.next-dead").touch()
    (tmp_path / "data1.duckdb.next-another").touch()
    assert warehouse.left_over() == ("data[1].duckdb.next-dead",)
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    assert warehouse.left_over() == ()
    assert (tmp_path / "data1.duckdb.next-another").exists()


def test_moments_are_told_in_utc(tmp_path: Path) -> None:
    warehouse = DuckDBWarehouse(tmp_path / "warehouse.duckdb")
    warehouse.publish(Judged([report("甲县")]).batch(tmp_path))
    rows = warehouse.query("SELECT CAST(found_at AS VARCHAR) AS printed FROM govinfo.reports")
    assert rows["printed"].to_pylist() == ["2026-03-31 04:00:00+00"]
