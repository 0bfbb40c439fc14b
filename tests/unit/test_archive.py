"""What the archive promises: bytes as found, never changed, and every sighting said once."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from govinfo_pipeline.archive import Archive, Item, Problem, media_type_of, scan
from govinfo_pipeline.archive.address import shown
from govinfo_pipeline.archive.fetch import fetch
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


# scan -------------------------------------------------------------------------------------------------


def test_a_folder_is_listed_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden", ".git/x", "c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    listed = [str(Path(str(p)).relative_to(tmp_path)) for p in scan(tmp_path)]
    assert listed == ["a/1.txt", "a/2.txt", "b.txt", "c.html"]


def test_a_loop_of_links_ends_and_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "r.txt").write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    found = list(scan(tmp_path))
    assert [p for p in found if isinstance(p, Path)] == [tmp_path / "a" / "r.txt"]
    said = {p.where for p in found if isinstance(p, Problem)}
    assert said == {str(tmp_path / name) for name in ("a/up", "self", "gone.txt")}


def test_what_is_no_file_is_said_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert [(p.where, p.en) for p in scan(tmp_path)] == [(str(tmp_path / "pipe"), "is not a regular file")]


def test_a_list_names_paths_and_addresses(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "报告 一.txt").write_text("x")
    absolute = (tmp_path / "in" / "报告 一.txt").as_uri()
    lines = [
        "# reports",
        "",
        "in/报告 一.txt",
        absolute,
        "https://example.com/2022",
        "in/none.txt",
        "ftp://x/y",
        "a\0b",
    ]
    (tmp_path / "reports.lst").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    found = list(scan(tmp_path / "reports.lst"))
    path = tmp_path / "in" / "报告 一.txt"
    assert found[:3] == [path, path, "https://example.com/2022"]
    assert [p.where for p in found[3:]] == [
        str(tmp_path / "in/none.txt"),
        "ftp://x/y",
        str(tmp_path / "a\0b"),
    ]
    assert all(isinstance(p, Problem) for p in found[3:])


def test_a_text_of_paths_is_a_list_and_a_report_is_not(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("某县2022年政府信息公开工作年度报告\n一、总体情况\n", encoding="utf-8")
    (tmp_path / "list.txt").write_text("r.txt\nmissing.txt\n")
    (tmp_path / "saved.txt").write_text("https://example.com/a.html\n某县2022年报告\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    assert list(scan(tmp_path / "r.txt")) == [tmp_path / "r.txt"]
    assert list(scan(tmp_path / "saved.txt")) == [tmp_path / "saved.txt"]
    assert list(scan(tmp_path / "empty.txt")) == [tmp_path / "empty.txt"]
    assert next(scan(tmp_path / "list.txt")) == tmp_path / "r.txt"
    assert [p.where for p in scan(tmp_path / "list.txt") if isinstance(p, Problem)] == [
        str(tmp_path / "missing.txt")
    ]


def test_the_real_reports_are_no_lists() -> None:
    seeds = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
    if not seeds:
        pytest.skip("the real reports are not here")
    assert [next(scan(seed)) for seed in seeds] == seeds


def test_no_source_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        list(scan(tmp_path / "none"))


# fetch ------------------------------------------------------------------------------------------------


class Pages(http.server.BaseHTTPRequestHandler):
    """A small site with every way to misbehave."""

    def do_GET(self) -> None:
        getattr(self, "page_" + self.path.strip("/").split("/")[0].split("?")[0], self.page_missing)()

    def page_missing(self) -> None:
        self.send_error(404)

    def page_plain(self) -> None:
        self.answer(b"body", {"Content-Length": "4"})

    def page_han(self) -> None:
        self.answer(self.path.encode(), {})

    def page_big(self) -> None:
        self.answer(b"x" * 5000, {})

    def page_cut(self) -> None:
        self.answer(b"half", {"Content-Length": "8"})

    def page_packed(self) -> None:
        self.answer(b"\x1f\x8b", {"Content-Encoding": "gzip"})

    def page_moved(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/plain")
        self.end_headers()

    def page_escape(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.path.partition("?")[2])
        self.end_headers()

    def page_locked(self) -> None:
        """Open to desk:pa/55 alone; says what it was sent."""
        sent = self.headers.get("Authorization", "")
        if sent == "Basic ZGVzazpwYS81NQ==":
            self.answer(b"opened", {})
        else:
            self.send_error(401, "locked")

    def page_tell(self) -> None:
        self.answer(self.headers.get("Authorization", "nothing").encode(), {})

    def page_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def answer(self, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_fetched_whole(site: str) -> None:
    assert fetch(f"{site}/plain") == b"body"
    assert fetch(f"{site}/moved") == b"body"


def test_an_address_may_be_written_in_chinese(site: str) -> None:
    assert fetch(f"{site}/han/年报?id=1&q=二〇二二#top") == (
        b"/han/%E5%B9%B4%E6%8A%A5?id=1&q=%E4%BA%8C%E3%80%87%E4%BA%8C%E4%BA%8C"
    )


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("none", "the server answered 404"),
        ("big", "is larger than 4096 bytes"),
        ("cut", "was cut off after 4 of 8 bytes"),
        ("packed", "sent in the coding gzip"),
        ("slow", "took longer than 0.5 s"),
        ("escape?file:///etc/hostname", "is not allowed"),
        ("escape?ftp://127.0.0.1/x", "unknown url type: ftp"),
    ],
)
def test_what_is_not_whole_is_refused(site: str, page: str, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(f"{site}/{page}", max_bytes=4096, timeout_seconds=0.5)
    assert says in caught.value.message
    assert f"{site}/{page}" in caught.value.message


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://example.com/a", "example.com", "http://", "http://[x"]
)
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(SourceError, match="Check the address"):
        fetch(url)


def test_a_silent_or_absent_server_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(SourceError, match=r"took longer than 0\.3 s"):
            fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout_seconds=0.3)
        port = silent.getsockname()[1]
    with pytest.raises(SourceError, match="Check the address"):
        fetch(f"http://127.0.0.1:{port}/", timeout_seconds=0.3)


# secrets in addresses -----------------------------------------------------------------------------------


def with_password(url: str) -> str:
    return url.replace("http://", "http://desk:pa%2F55@")


def test_a_user_and_a_password_open_what_they_open(site: str) -> None:
    with pytest.raises(SourceError, match="401"):
        fetch(f"{site}/locked")
    assert fetch(f"{with_password(site)}/locked") == b"opened"


def test_a_password_follows_a_redirect_to_its_own_host_only(site: str) -> None:
    other = site.replace("127.0.0.1", "localhost")
    assert fetch(f"{with_password(site)}/escape?/locked") == b"opened"
    assert fetch(f"{with_password(site)}/escape?{other}/tell") == b"nothing"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://desk:pa55@h/x.html", "http://h/x.html"),
        ("HTTPS://desk:p@55@h:8080/x", "HTTPS://h:8080/x"),
        ("http://desk:pa/55@h/x", "http://h/x"),
        ("http://desk:pa?55@h/x", "http://h/x"),
        ("ftp://pa55@h", "ftp://h"),
        ("http:/desk:pa55@h/x", "http:/h/x"),  # as a path spells it
        ("https://h/x?id=1&Access_Token=pa55&y=2", "https://h/x?id=1&Access_Token=***&y=2"),
        ("https://h/x?X-Amz-Signature=pa55", "https://h/x?X-Amz-Signature=***"),
        ("https://h/x;jsessionid=pa55?a=1#token=pa55", "https://h/x;jsessionid=***?a=1#token=***"),
        ("https://h/@me/x?key=1&keyword=2&monkey=3", "https://h/@me/x?key=1&keyword=2&monkey=3"),
        ("in/desk:pa55@h.txt", "in/desk:pa55@h.txt"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
    ],
)
def test_an_address_is_shown_without_its_secrets(url: str, expected: str) -> None:
    assert shown(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://desk:pa55@127.0.0.1:9/x",
        "http://desk:pa55/x@h/",
        "ftp://desk:pa55@h/",
        "http://h:pa55/",
        "http://[pa55",
    ],
)
def test_no_error_shows_a_secret(url: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(url, timeout_seconds=0.3)
    assert "pa55" not in caught.value.message
    (tmp_path / "a.lst").write_text(f"{url}\n")
    problems = [item for item in scan(tmp_path / "a.lst") if isinstance(item, Problem)]
    assert "pa55" not in repr(problems)


def test_a_source_that_is_no_file_is_named_without_its_secret() -> None:
    with pytest.raises(SourceError) as caught:
        list(scan("ftp://desk:pa55@h/x"))
    assert "ftp://h/x" in caught.value.message
    assert "pa55" not in caught.value.message


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
