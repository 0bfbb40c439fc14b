"""What a publish does, on both engines: replaces, remembers, repeats nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govinfo_pipeline.warehouse import publish as protocol
from govinfo_pipeline.warehouse.address import open_warehouse
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.publish import Batch
from tests import server
from tests.batches import FOUND, RULES, Judged, finding, report
from tests.publishing import WIDE, column, contents, issuers


# What a publish does ------------------------------------------------------------------------------------
def test_a_publish_says_what_it_did(warehouse: Warehouse, tmp_path: Path) -> None:
    batch = Judged([report("甲县"), report("乙县")], [report("丙县")]).batch(tmp_path)
    publication = warehouse.publish(batch)
    assert (publication.batch, publication.accepted, publication.quarantined) == ("2022", 2, 1)
    assert (publication.input_hash, publication.rule_set_version) == (batch.input_hash, RULES)
    assert publication.started_at < publication.published_at
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


def test_other_rules_publish_again_also_where_there_is_nothing_to_judge(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.publish(Judged().batch(tmp_path))
    assert warehouse.publish(Judged().batch(tmp_path)).already
    assert not warehouse.publish(Judged(rules="2027.1").batch(tmp_path)).already


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
    for files, *days in (([""], 3), ([""], 5), (["corrected", "again"], 9, 8), (["in vain"], 9)):
        made = Judged([report("乙县", granted=days[0])], [report("甲县", text=text) for text in files])
        warehouse.publish(since(made, tmp_path, [FOUND + timedelta(days=day) for day in days]))
        assert column(warehouse, SINCE) == [FOUND + timedelta(days=3)] * len(files)


def test_the_oldest_file_in_quarantine_says_since_when_its_report_is(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    two = Judged([], [report("甲县", text=text) for text in ("a", "b")])
    warehouse.publish(since(two, tmp_path, [FOUND, FOUND - timedelta(days=2)]))
    warehouse.publish(since(Judged([], [report("甲县", text="c")]), tmp_path, [FOUND]))
    assert column(warehouse, SINCE) == [FOUND - timedelta(days=2)]


def test_what_is_in_quarantine_since_nobody_knows_when_is_so_since_it_was_published(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    made = warehouse.publish(since(Judged([], [report("甲县")]), tmp_path, [None]))
    assert column(warehouse, SINCE) == [made.started_at]


SINCE = "SELECT since FROM govinfo.quarantine"


def since(judged: Judged, folder: Path, moments: Sequence[datetime | None]) -> Batch:
    """A batch whose quarantine began at these moments, which are no part of what was judged."""
    tables = judged.tables()
    field = tables["quarantine"].schema.field("since")
    tables["quarantine"] = tables["quarantine"].set_column(7, field, pa.array(moments, field.type))
    return replace(judged.batch(folder), tables=tables)


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
    warehouse.publish(Judged([report("甲县", text="fourth")]).batch(tmp_path))
    assert column(warehouse, "SELECT revision FROM govinfo.reports") == [4]


def test_a_new_file_beside_a_known_one_is_the_next_revision(warehouse: Warehouse, tmp_path: Path) -> None:
    known, new = report("甲县", text="known"), report("甲县", text="new")
    warehouse.publish(Judged([known], revision=9).batch(tmp_path))
    warehouse.publish(Judged([new], [known], revisions={new.source.sha256: 2}).batch(tmp_path))
    assert column(warehouse, "SELECT revision FROM govinfo.quarantine") == [9]
    assert column(warehouse, "SELECT revision FROM govinfo.reports") == [10]


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
