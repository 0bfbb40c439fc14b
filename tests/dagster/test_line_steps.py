"""The steps of the line without Dagster: intake, revisions, the joined table, what has to be done again."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from govinfo_pipeline import parse
from govinfo_pipeline.archive import Archive, Entry
from govinfo_pipeline.errors import ConfigError
from govinfo_pipeline.formats.universe import WIDE_TABLES
from govinfo_pipeline.line import intake, read
from govinfo_pipeline.line.changes import Shown, pending
from govinfo_pipeline.line.intake import PARTITIONS, Peek, Peeks, collect, partition_of, read_entry
from govinfo_pipeline.line.judge import decide, limits_of
from govinfo_pipeline.line.read import keep_last, list_files, read_files
from govinfo_pipeline.line.settings import Settings, samples
from govinfo_pipeline.line.version import code_version, judged_by
from govinfo_pipeline.line.wide import join, split
from govinfo_pipeline.parse import parse_path
from govinfo_pipeline.tables import wide_tables
from govinfo_pipeline.verify.gate import Limits
from govinfo_pipeline.verify.review import CONFIRM, DISMISS, WITHDRAW, Review
from govinfo_pipeline.verify.rules import rule_set_version

NOW = datetime(2026, 4, 1, tzinfo=UTC)
CLEAN = ("pingyao-2022.txt", "pingyao-2023.txt")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "data" / "archive")


def fill(archive: Archive, *names: str) -> None:
    for name in names:
        archive.add_path(samples() / name)


# -- intake ------------------------------------------------------------------------------------------------


def test_a_source_that_holds_the_data_folder_does_not_swallow_its_own_archive(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    archive = Archive(tmp_path / "data" / "archive")
    for _ in range(2):
        found = collect(tmp_path, archive)
        assert [Path(entry.origin).name for entry in found.entries] == ["a.txt"]
    assert len(archive) == 1


def test_every_file_of_a_source_is_an_entry_or_a_problem(tmp_path: Path, archive: Archive) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in ("a.txt", "b.txt"):
        (source / name).write_text("same")
    (source / "gone.txt").symlink_to("/nowhere")
    counted: list[int] = []
    found = collect(source, archive, counted.append)
    assert [Path(entry.origin).name for entry in found.entries] == ["a.txt", "b.txt"]
    assert [Path(problem.where).name for problem in found.problems] == ["gone.txt"]
    assert sum(counted) == 3


def test_others_may_use_the_archive_while_files_are_read(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    archive.add_bytes(b"first", "first.txt")
    for name in ("a.txt", "b.txt"):
        (source / name).write_text(name)

    def read(path: Path) -> bytes:
        with (archive.root / "index.jsonl").open("rb") as index:
            fcntl.flock(index, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError where somebody holds it
        return path.read_bytes()

    monkeypatch.setattr(intake, "read_path", read)
    assert [Path(entry.origin).name for entry in collect(source, archive).entries] == ["a.txt", "b.txt"]


def test_a_file_with_a_name_in_gbk_is_read_like_any_other(tmp_path: Path, archive: Archive) -> None:
    source = tmp_path / "in"
    source.mkdir()
    named = os.fsencode(source) + "/中文.txt".encode("gbk")
    Path(os.fsdecode(named)).write_bytes((samples() / "pingyao-2022.txt").read_bytes())
    gone = os.fsencode(source) + "/中.txt".encode("gbk")
    Path(os.fsdecode(gone)).symlink_to("/nowhere")
    found = collect(source, archive)
    peeks = Peeks(tmp_path / "peeks")
    peeks.look(archive)
    table = read_files(list_files(peeks.by_partition(archive)["2022"], archive), archive)
    told = [row["path"] for row in table["source"].to_pylist()] + [
        problem.where for problem in found.problems
    ]
    assert told == [rf"{source}/\xd6\xd0\xce\xc4.txt", rf"{source}/\xd6\xd0.txt"]
    assert table["error"].to_pylist() == [None]


def test_a_file_that_vanishes_between_listing_and_reading_is_a_problem(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(name)
    real = intake.read_path

    def vanishing(path: Path) -> bytes:
        if path.name == "b.txt":
            path.unlink()
        return real(path)

    monkeypatch.setattr(intake, "read_path", vanishing)
    found = collect(tmp_path, archive)
    assert [Path(entry.origin).name for entry in found.entries] == ["a.txt", "c.txt"]
    assert [Path(problem.where).name for problem in found.problems] == ["b.txt"]


def test_each_file_is_read_once_to_learn_its_year(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(archive, *CLEAN)
    read: list[str] = []
    real = intake.read_entry
    monkeypatch.setattr(intake, "read_entry", lambda e, a: (read.append(e.sha256), real(e, a))[1])
    Peeks(tmp_path).look(archive)
    Peeks(tmp_path).look(archive)
    fill(archive, "pingyao-2024.txt")
    peeks = Peeks(tmp_path)
    peeks.look(archive)
    assert len(read) == len(set(read)) == 3
    assert sorted(peeks.by_partition(archive)) == ["2022", "2023", "2024"]


def test_another_version_of_the_code_looks_again(tmp_path: Path, archive: Archive) -> None:
    fill(archive, *CLEAN)
    Peeks(tmp_path, "1").look(archive)
    assert len(Peeks(tmp_path, "2").unseen(archive)) == 2


def test_a_torn_line_of_the_index_is_looked_at_again(tmp_path: Path, archive: Archive) -> None:
    fill(archive, *CLEAN)
    peeks = Peeks(tmp_path)
    peeks.look(archive)
    peeks.path.write_bytes(peeks.path.read_bytes()[:-20])
    torn = Peeks(tmp_path)
    assert len(torn.unseen(archive)) == 1
    torn.look(archive)
    assert Peeks(tmp_path).unseen(archive) == []


def test_a_reader_that_breaks_at_one_file_makes_a_report_that_says_so(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(archive, *CLEAN)

    def broken(_document: Any, _path: str) -> Any:
        raise RecursionError("too deep")

    monkeypatch.setattr(parse, "extract", broken)
    (entry, _) = archive.entries()
    report = read_entry(entry, archive)
    assert report.error is not None
    assert report.error[0] == "reader_fault"
    assert "too deep" in report.error[2]


def test_an_object_that_was_damaged_is_said(archive: Archive) -> None:
    fill(archive, CLEAN[0])
    (entry,) = archive.entries()
    path = archive.path_of(entry.sha256)
    path.chmod(0o644)
    path.write_bytes(b"other")
    report = read_entry(entry, archive)
    assert report.error is not None
    assert report.error[0] == "damaged_object"


def test_an_object_that_cannot_be_read_is_said(archive: Archive) -> None:
    fill(archive, CLEAN[0])
    (entry,) = archive.entries()
    path = archive.path_of(entry.sha256)
    path.unlink()
    path.mkdir()
    report = read_entry(entry, archive)
    assert report.error is not None
    assert report.error[0] == "damaged_object"
    assert "cannot be read" in report.error[2]


def test_a_year_that_is_no_partition_is_not_lost() -> None:
    assert [partition_of(year) for year in (2014, 2022, 2013, 2999, None)] == [
        *("2014", "2022"),
        *("undated", "undated", "undated"),
    ]
    assert PARTITIONS[-1] == "undated"


# -- reading -----------------------------------------------------------------------------------------------


def listed(archive: Archive, tmp_path: Path, partition: str) -> Any:
    peeks = Peeks(tmp_path / "peeks")
    peeks.look(archive)
    return list_files(peeks.by_partition(archive).get(partition, ()), archive)


def test_files_of_one_report_are_numbered_in_the_order_they_were_found(
    tmp_path: Path, archive: Archive
) -> None:
    fill(archive, "ninghai-2022_revised.txt", "pingyao-2022.txt", "ninghai-2022.txt")
    parsed = read_files(listed(archive, tmp_path, "2022"), archive)
    found = zip(parsed["report_id"].to_pylist(), parsed["revision"].to_pylist(), strict=True)
    assert list(found) == [
        ("330226-宁海县-government-2022", 1),
        ("140728-平遥县-government-2022", 1),
        ("330226-宁海县-government-2022", 2),
    ]
    last, superseded = keep_last(parsed)
    assert [Path(s["path"]).name for s in last["source"].to_pylist()] == [
        "pingyao-2022.txt",
        "ninghai-2022.txt",
    ]
    assert [Path(s["path"]).name for s in superseded["source"].to_pylist()] == ["ninghai-2022_revised.txt"]


@pytest.mark.parametrize("runs", [0, 200])
@pytest.mark.parametrize("wanted", ["", "1", "0", "110", "0101", "00111011"])
def test_rows_are_taken_alike_with_and_without_a_copy(
    monkeypatch: pytest.MonkeyPatch, wanted: str, runs: int
) -> None:
    monkeypatch.setattr(read, "_MOST_RUNS", runs)
    table = pa.table({"n": pa.array(range(len(wanted)), pa.int64())})
    taken = read._rows(table, [letter == "1" for letter in wanted])
    assert [k for k, letter in enumerate(wanted) if letter == "1"] == taken["n"].to_pylist()
    assert taken.schema == table.schema


def test_the_joined_table_gives_back_what_went_in() -> None:
    reports = [parse_path(samples() / name) for name in CLEAN]
    wide = wide_tables(reports)
    rows = read_like(reports)
    back = split(join({"reports": rows, **wide}))
    assert back["reports"].equals(rows)
    assert all(back[name].equals(wide[name]) for name in WIDE_TABLES)


@pytest.mark.parametrize(
    ("old", "new", "unit"),
    [
        ("18034.5万元", "18034.5万元", "万元"),
        ("18034.5万元", "251000元", "元"),
        ("18034.5万元", "18034.5", None),
    ],
)
def test_an_amount_without_a_unit_of_the_form_has_the_printed_one_beside_it(
    tmp_path: Path, old: str, new: str, unit: str | None
) -> None:
    text = (samples() / "qionghai-2019.txt").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "a.txt").write_text(text.replace(old, new), encoding="utf-8")
    (row,) = wide_tables([parse_path(tmp_path / "a.txt")])["proactive_disclosure"].to_pylist()
    assert row["central_procurement__procurement_amount__unit"] == unit
    assert row["central_procurement__procurement_amount"] == Decimal(new.rstrip("万元"))


def read_like(reports: list[Any]) -> Any:
    from govinfo_pipeline.parsed import Arrival
    from govinfo_pipeline.tables import report_row, table_of

    arrival = Arrival(1, NOW)
    return table_of("reports", [report_row(r, arrival, {}, "pass", "1") for r in reports])


def test_rows_that_are_not_of_the_same_reports_are_not_joined() -> None:
    reports = [parse_path(samples() / name) for name in CLEAN]
    with pytest.raises(AssertionError, match="same order"):
        join({"reports": read_like(reports), **wide_tables(reports[::-1])})


# -- judging -----------------------------------------------------------------------------------------------


def test_files_without_a_year_and_of_older_forms_are_unusable_by_nature() -> None:
    limits = Limits(unusable=0.1)
    assert limits_of("undated", limits).unusable == 1.0
    assert limits_of("2018", limits).unusable == 1.0
    assert limits_of("2019", limits).unusable == 0.1


def test_a_year_is_judged_against_the_reports_of_the_year_before(tmp_path: Path, archive: Archive) -> None:
    fill(archive, "pingyao-2023.txt", "pingyao-2024.txt", "kaifeng-2023.txt")
    tables = {y: keep_last(read_files(listed(archive, tmp_path, y), archive)).last for y in ("2023", "2024")}
    alone = decide("2024", tables["2024"]).gated
    against = decide("2024", tables["2024"], tables["2023"]).gated
    assert "Y1" not in alone.tables["findings"]["rule"].to_pylist()
    assert "Y1" in against.tables["findings"]["rule"].to_pylist()


# -- what has to be done again -----------------------------------------------------------------------------


def files(*pairs: tuple[str, int | None, str]) -> dict[str, list[tuple[Entry, Peek]]]:
    held: dict[str, list[tuple[Entry, Peek]]] = {}
    for sha256, year, report_id in pairs:
        entry = Entry(sha256, 1, sha256, NOW, None)
        peek = Peek(sha256, year, report_id)
        held.setdefault(peek.partition, []).append((entry, peek))
    return held


def visible(*shas: str, code: str | None = None, rules: str | None = None) -> Shown:
    return Shown(frozenset(shas), code or code_version(), rules or rule_set_version())


HELD = files(("a", 2021, "x-2021"), ("b", 2022, "x-2022"), ("c", 2024, "x-2024"))
DONE = {"2021": visible("a"), "2022": visible("b"), "2024": visible("c")}


def test_what_is_shown_by_this_code_and_these_rules_is_done() -> None:
    assert pending(HELD, DONE) == ()
    assert pending(HELD, {}) == ("2021", "2022", "2024")


@pytest.mark.parametrize(
    "change",
    [
        {"2021": visible("a", code="0.0.1")},
        {"2021": visible("a", rules="2020.1")},
        {"2021": visible("a", "gone")},
        {"2021": visible()},
    ],
)
def test_a_year_that_changed_is_done_again_with_the_year_after(change: dict[str, Shown]) -> None:
    assert pending(HELD, DONE | change) == ("2021", "2022")


def test_only_the_last_file_of_a_report_must_be_shown() -> None:
    held = files(("old", 2022, "x-2022"), ("new", 2022, "x-2022"))
    assert pending(held, {"2022": visible("new")}) == ()
    assert pending(held, {"2022": visible("old")}) == ("2022",)


def test_a_year_whose_files_all_moved_elsewhere_is_done_again() -> None:
    assert pending(files(("a", None, "unidentified-a")), {"2022": visible("a")}) == ("2022", "undated")


def review(action: str, report_id: str = "x-2021", days: int = 1) -> Review:
    until = None if action == WITHDRAW else date.today() + timedelta(days=days)
    return Review("0" * 8, report_id, "A1", (), action, "desk", "because", until, NOW)


def test_a_review_in_force_of_a_report_of_the_year_is_a_change() -> None:
    assert pending(HELD, DONE, [review(DISMISS)]) == ("2021", "2022")
    assert pending(HELD, DONE, [review(DISMISS, "y-2021")]) == ()
    assert pending(HELD, DONE, [review(DISMISS, days=-1)]) == ()
    assert pending(HELD, DONE, [review(DISMISS), review(WITHDRAW)]) == ()
    told = judged_by(code_version(), [review(DISMISS)], {"x-2021"})
    assert told != judged_by(code_version(), [review(CONFIRM)], {"x-2021"})
    assert pending(HELD, DONE | {"2021": visible("a", code=told)}, [review(DISMISS)]) == ()


# -- settings ----------------------------------------------------------------------------------------------


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    given = {"GOVINFO_SOURCE": "in", "GOVINFO_DATA": str(tmp_path), "GOVINFO_ALERTS": "json://a/  mailto://b"}
    assert Settings.from_env(given) == Settings("in", tmp_path, ("json://a/", "mailto://b"))
    assert Settings.from_env({}) == Settings(str(samples()), Path("data").absolute())


def test_a_setting_that_cannot_work_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for name, value in (("GOVINFO_SOURCE", " "), ("GOVINFO_DATA", str(file)), ("GOVINFO_ALERTS", "me@here")):
        with pytest.raises(ConfigError, match=name):
            Settings.from_env({name: value})


@pytest.mark.parametrize("alerts", ["mailto://desk:half otherhalf@example.org", "pa55word"])
def test_no_part_of_an_alert_address_is_ever_shown(alerts: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Settings.from_env({"GOVINFO_ALERTS": alerts})
    assert not [part for part in ("half", "other", "pa55") if part in str(caught.value)]
    assert f"number {len(alerts.split())} of {len(alerts.split())}" in str(caught.value)
