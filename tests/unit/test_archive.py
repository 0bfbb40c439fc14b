"""The archive: bytes under their hash, what was seen where and when, and what a crash leaves."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from govinfo_pipeline.archive import Archive, Item, media_type_of
from govinfo_pipeline.errors import SourceError

ROOT = Path(__file__).parents[2]

NOON = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
# printf 'first' | sha256sum
FIRST = "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def index_of(archive: Archive) -> Path:
    return archive.root / "index.jsonl"


def test_bytes_come_back_as_they_went_in(archive: Archive) -> None:
    entry = archive.add_bytes(b"first", "a/report.txt", NOON)
    assert entry == (FIRST, 5, "a/report.txt", NOON, "text/plain", True)
    assert archive.read(FIRST) == b"first"


def test_objects_are_named_by_their_hash_and_read_only(archive: Archive) -> None:
    archive.add_bytes(b"first", "a")
    path = archive.root / "objects" / FIRST[:2] / FIRST[2:]
    assert path.read_bytes() == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert archive.path_of(FIRST) == path


def test_a_file_seen_before_changes_nothing(archive: Archive) -> None:
    archive.add_bytes(b"first", "a", NOON)
    before = index_of(archive).read_bytes()
    again = archive.add_bytes(b"first", "a", NOON + timedelta(days=1))
    assert (again.new, again.found_at) == (False, NOON)
    assert index_of(archive).read_bytes() == before


def test_a_known_file_from_a_new_place_is_a_sighting_only(archive: Archive) -> None:
    archive.add_bytes(b"first", "a", NOON)
    entry = archive.add_bytes(b"first", "b", NOON + timedelta(hours=1))
    assert not entry.new
    assert [(e.sha256, e.origin) for e in archive.sightings()] == [(FIRST, "a"), (FIRST, "b")]
    assert [(e.sha256, e.origin) for e in archive.entries()] == [(FIRST, "a")]
    assert len(archive) == 1


def test_a_corrected_file_is_another_revision_in_order_of_first_found(archive: Archive) -> None:
    old = archive.add_bytes(b"first", "https://example.com/2022.html")
    other = archive.add_bytes(b"other", "b")
    corrected = archive.add_bytes(b"corrected", "https://example.com/2022.html")
    revisions = archive.revisions("https://example.com/2022.html")
    assert [e.sha256 for e in revisions] == [old.sha256, corrected.sha256]
    assert [archive.order(e.sha256) for e in (old, other, corrected)] == [1, 2, 3]
    assert archive.read(old.sha256) == b"first"


def test_a_damaged_object_is_named_with_both_hashes(archive: Archive) -> None:
    archive.add_bytes(b"first", "a")
    path = archive.path_of(FIRST)
    path.chmod(0o644)
    path.write_bytes(b"First")
    with pytest.raises(SourceError) as caught:
        archive.read(FIRST)
    assert str(path) in caught.value.message
    assert FIRST in caught.value.message
    assert hashlib.sha256(b"First").hexdigest() in caught.value.message


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "ab", FIRST + "0"])
def test_what_is_no_hash_reaches_no_file(archive: Archive, name: str) -> None:
    with pytest.raises(SourceError, match="64 lower-case hex digits"):
        archive.read(name)


def test_an_unknown_object_is_said(archive: Archive) -> None:
    with pytest.raises(SourceError, match=f"has no object {FIRST}"):
        archive.read(FIRST)


def test_another_start_knows_everything(archive: Archive) -> None:
    china = timezone(timedelta(hours=8))
    archive.add_bytes(b"first", "贺兰/2022.txt", NOON.astimezone(china))
    archive.add_bytes(b"second", os.fsdecode(b"\xff.txt"), NOON)
    again = Archive(archive.root)
    assert list(again.sightings()) == list(archive.sightings())
    assert next(again.entries()).found_at.tzinfo is UTC
    assert json.loads(index_of(archive).read_bytes().splitlines()[0]) == {
        "sha256": FIRST,
        "size": 5,
        "origin": "贺兰/2022.txt",
        "found_at": "2026-03-31T12:00:00Z",
    }
    assert not again.add_bytes(b"first", "贺兰/2022.txt").new


def test_a_time_without_zone_is_refused(archive: Archive) -> None:
    with pytest.raises(ValueError, match="found_at must have a time zone"):
        archive.add_bytes(b"first", "a", datetime(2026, 3, 31))


def test_a_torn_last_line_is_said_and_harms_no_other(archive: Archive) -> None:
    archive.add_bytes(b"first", "a")
    archive.add_bytes(b"second", "b")
    whole = index_of(archive).read_bytes()
    index_of(archive).write_bytes(whole[:-30])
    torn = Archive(archive.root)
    assert [e.origin for e in torn.sightings()] == ["a"]
    assert len(torn.problems) == 1
    assert "line 2 is torn" in torn.problems[0]
    torn.add_bytes(b"third", "c")
    entry = torn.add_bytes(b"second", "b")
    again = Archive(archive.root)
    assert [e.origin for e in again.sightings()] == ["a", "c", "b"]
    assert again.read(entry.sha256) == b"second"
    assert len(again.problems) == 1
    assert "line 2 is torn" in again.problems[0]


def test_a_lost_line_end_loses_nothing(archive: Archive) -> None:
    archive.add_bytes(b"first", "a")
    index_of(archive).write_bytes(index_of(archive).read_bytes()[:-1])
    again = Archive(archive.root)
    again.add_bytes(b"second", "b")
    assert again.problems == []
    assert [e.origin for e in Archive(archive.root).sightings()] == ["a", "b"]


def test_a_crash_before_the_index_is_mended_by_adding_again(archive: Archive) -> None:
    archive.add_bytes(b"first", "a")
    index_of(archive).unlink()
    (archive.root / "incoming" / "half-written").write_bytes(b"fi")
    again = Archive(archive.root)
    assert again.add_bytes(b"first", "a").new
    assert [e.origin for e in Archive(archive.root).sightings()] == ["a"]
    assert list((archive.root / "incoming").iterdir()) == []


def test_a_failed_append_is_not_believed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.add_bytes(b"first", "a")
    archive.add_bytes(b"second", "b")
    with monkeypatch.context() as patch:

        def full(*_: object) -> int:
            raise OSError(28, "No space left on device")

        patch.setattr("govinfo_pipeline.archive.store.os.pread", full)
        with pytest.raises(OSError, match="No space left"):
            archive.add_bytes(b"third", "c")
    assert archive.add_bytes(b"third", "c").new
    assert [e.origin for e in Archive(archive.root).sightings()] == ["a", "b", "c"]


def test_what_came_before_an_error_is_kept(archive: Archive) -> None:
    def items() -> Iterator[Item]:
        yield Item(b"first", "a")
        raise SourceError("the second cannot be read")

    with pytest.raises(SourceError):
        archive.add_all(items())
    assert [e.origin for e in Archive(archive.root).sightings()] == ["a"]


def test_a_batch_says_once_what_it_holds_twice(archive: Archive) -> None:
    entries = archive.add_all([Item(b"first", "a"), Item(b"first", "a"), Item(b"first", "b")])
    assert [(e.origin, e.new) for e in entries] == [("a", True), ("a", False), ("b", False)]
    assert len(index_of(archive).read_bytes().splitlines()) == 2


def test_a_path_is_archived_as_given(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "r.html").write_bytes(b"first")
    entry = archive.add_path(tmp_path / "r.html")
    assert (entry.sha256, entry.origin, entry.media_type) == (FIRST, str(tmp_path / "r.html"), "text/html")
    with pytest.raises(SourceError, match="cannot read"):
        archive.add_path(tmp_path / "none.html")


def test_writers_see_each_other(archive: Archive) -> None:
    other = Archive(archive.root)
    archive.add_bytes(b"first", "a")
    other.add_bytes(b"second", "b")
    archive.add_bytes(b"third", "c")
    assert [e.origin for e in archive.sightings()] == ["a", "b", "c"]
    assert not other.add_bytes(b"third", "c").new


WRITER = """
import sys
from govinfo_pipeline.archive import Archive, Item
archive, me = Archive(sys.argv[1]), sys.argv[2]
for i in range(30):
    archive.add_bytes(f"shared {i}".encode(), f"{me}/{i}")
    archive.add_all(Item(f"{me} {i} {k}".encode(), f"{me}/{i}/{k}") for k in range(5))
"""


def test_two_processes_do_not_spoil_each_other(archive: Archive) -> None:
    command = [sys.executable, "-c", WRITER, str(archive.root)]
    writers = [subprocess.Popen([*command, me], cwd=ROOT) for me in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    again = Archive(archive.root)
    assert again.problems == []
    assert len(list(again.sightings())) == 2 * 30 * 6
    assert len(again) == 30 + 2 * 30 * 5
    for entry in again.sightings():
        assert hashlib.sha256(again.read(entry.sha256)).hexdigest() == entry.sha256


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("a/报告.TXT", "text/plain"),
        ("https://example.com/x.htm?id=1.pdf", "text/html"),
        ("https://example.com/", None),
        ("报告", None),
        ("r.pdf", "application/pdf"),
    ],
)
def test_a_media_type_is_told_by_the_name_or_not_at_all(origin: str, expected: str | None) -> None:
    assert media_type_of(origin) == expected


def test_the_archive_keeps_no_secret_and_forgets_one_that_it_was_given_before(archive: Archive) -> None:
    entry = archive.add_bytes(b"first", "http://desk:pa55@h/x.html?token=pa55", NOON)
    assert (entry.origin, entry.media_type) == ("http://h/x.html?token=***", "text/html")
    assert b"pa55" not in index_of(archive).read_bytes()
    assert not archive.add_bytes(b"first", "http://desk:other@h/x.html?token=2").new
    assert len(list(archive.sightings())) == 1
    line = json.loads(index_of(archive).read_text()) | {"origin": "http://desk:pa55@h/old.html"}
    with index_of(archive).open("a") as index:
        index.write(json.dumps(line) + "\n")
    assert [e.origin for e in Archive(archive.root).sightings()][1] == "http://h/old.html"
