"""The gate's record: its hash is tied to rows and nothing else, its file is there whole, what is none is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from govinfo_pipeline.errors import PublishError
from govinfo_pipeline.warehouse.record import GateRecord, hash_tables
from tests import disk
from tests.batches import RULES, Judged, report

MOMENT = datetime(2022, 3, 31, tzinfo=UTC)


def hashed(values: list[Any], kind: Any, column: str = "v", table: str = "t") -> str:
    return hash_tables({table: pa.table({column: pa.array(values, kind)})})


# What a hash follows ------------------------------------------------------------------------------------


def test_a_hash_does_not_follow_the_order_of_tables() -> None:
    tables = Judged([report("甲县")], [report("乙县")]).tables()
    assert hash_tables(dict(reversed(tables.items()))) == hash_tables(tables)


@pytest.mark.parametrize("told_apart_by", ["report_id", "source_sha256", "rule", "message_zh", "message_en"])
def test_a_hash_does_not_follow_the_order_of_rows_that_differ_in(told_apart_by: str) -> None:
    names = ("report_id", "source_sha256", "rule", "message_zh", "message_en")
    columns = {name: ["same"] * 3 for name in names} | {told_apart_by: ["a", "b", "c"], "line": [7, 8, 9]}
    rows = pa.table(columns)
    assert hash_tables({"findings": rows.take([2, 0, 1])}) == hash_tables({"findings": rows})


def test_names_of_tables_and_columns_are_hashed() -> None:
    kind = pa.int64()
    assert len({hashed([1], kind), hashed([1], kind, column="w"), hashed([1], kind, table="u")}) == 3
    assert hash_tables({}) != hash_tables({"t": pa.table({"v": pa.array([], kind)})})


def test_since_is_left_out_of_quarantine_alone() -> None:
    kind = pa.timestamp("us", "UTC")
    for table, same in (("quarantine", True), ("reports", False)):
        first, second = (hashed([day], kind, "since", table) for day in (MOMENT, MOMENT.replace(year=2023)))
        assert (first == second) == same, table


def test_the_same_values_cut_otherwise_hash_apart() -> None:
    kind = pa.list_(pa.string())
    assert len({hashed(v, kind) for v in ([["a", "b"], []], [["a"], ["b"]], [[], ["a", "b"]])}) == 3
    pair = pa.struct([("line", pa.int64()), ("text", pa.string())])
    assert hashed([{"line": 1, "text": "a"}], pair) != hashed([{"line": 1, "text": "b"}], pair)
    assert hashed([1, None], pa.int64()) != hashed([None, 1], pa.int64())


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["a", "bc", None, "d", "e"]),
        pa.array([1, None, 3, 4, 5]),
        pa.array([["a"], None, ["b", "c"], [], ["d"]]),
        pa.array([{"text": "a"}, None, {"text": "bc"}, {"text": None}, {"text": "d"}]),
        pa.array([None, None, "", "", None]),
    ],
)
def test_rows_cut_out_of_more_rows_hash_as_rows_of_their_own(column: Any) -> None:
    table = pa.table({"v": column})
    alone = pa.table({"v": pa.array(column.slice(1, 3).to_pylist(), column.type)})
    assert hash_tables({"t": table.slice(1, 3)}) == hash_tables({"t": alone})


# The file -----------------------------------------------------------------------------------------------


def record(**changes: Any) -> GateRecord:
    tables = Judged([report("甲县")]).tables()
    return GateRecord.of("2022", tables, rule_set_version=RULES, normalised=1, **changes)


def test_a_record_counts_what_came_out_whatever_went_in() -> None:
    tables = Judged([report("甲县")], [report("乙县"), report("丙县")]).tables()
    made = GateRecord.of("2022", tables, rule_set_version=RULES, normalised=7)
    assert (made.normalised, made.accepted, made.quarantined) == (7, 1, 2)


def test_a_record_is_on_the_disk_before_it_has_its_name(tmp_path: Path) -> None:
    path = tmp_path / "new" / "2022.json"
    with disk.written() as written:
        record().write(path)
    assert written == [disk.Written(path, whole=True), disk.Written(path.parent, whole=True)]
    assert list(path.parent.iterdir()) == [path]


def test_a_missing_record_and_one_that_cannot_be_read_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no gate record at") as caught:
        GateRecord.read(tmp_path / "none.json")
    assert caught.value.audit == "verdict"
    with pytest.raises(PublishError, match="cannot be read"):
        GateRecord.read(tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"ok": "no"},
        {"ok": None},
        {"ok": []},
        {"judged_at": "yesterday"},
        {"judged_at": None},
        {"reasons": None},
        {"another": 1},
    ],
)
def test_a_record_with_a_field_that_is_none_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = record(ok=False, reasons=["率突升"]).write(tmp_path / "2022.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | changes), encoding="utf-8")
    with pytest.raises(PublishError) as caught:
        GateRecord.read(path)
    assert caught.value.audit == "verdict"


def test_a_record_that_lost_a_field_is_refused(tmp_path: Path) -> None:
    path = record().write(tmp_path / "2022.json")
    whole = json.loads(path.read_text(encoding="utf-8"))
    for name in whole:
        path.write_text(json.dumps({k: v for k, v in whole.items() if k != name}), encoding="utf-8")
        with pytest.raises(PublishError, match="cannot be read") as caught:
            GateRecord.read(path)
        assert caught.value.audit == "verdict", name
