"""Addresses: fetched whole or refused, opened with their secrets, and shown without."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from govinfo_pipeline.archive import Problem, scan
from govinfo_pipeline.archive.address import shown
from govinfo_pipeline.archive.fetch import fetch
from govinfo_pipeline.errors import SourceError


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
