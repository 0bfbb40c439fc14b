"""Files -> Documents: what a file is, where it is read, and what is refused."""

import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govinfo_pipeline.document import read
from govinfo_pipeline.document.guard import is_ordinary, refuse_complex
from govinfo_pipeline.document.limits import run_limited
from govinfo_pipeline.document.model import Document
from govinfo_pipeline.document.read import read_bytes, read_path
from govinfo_pipeline.errors import DocumentError

TABLE = "<table><tr><td>规章</td><td>3</td></tr></table>"
CELLS = ["规章", "3"]


def code_of(data: bytes, path: str = "a.txt") -> str:
    with pytest.raises(DocumentError) as refused:
        read_bytes(data, path)
    error = refused.value
    assert error.zh
    assert error.en
    return error.code


def parts(document: Document) -> list[object]:
    return [document.source, document.texts, document.lines, document.columns, document.rows, document.notes]


# -- what a file is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"<!DOCTYPE html><html><body>{TABLE}</body></html>",
        f"\n\n<HTML><BODY>{TABLE}",
        f"<!-- 编辑区 -->\n<html>{TABLE}",
        f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{TABLE}</body></html>',
        TABLE,
        f"<center>{TABLE}</center>",
        f"\ufeff<html>{TABLE}",
    ],
)
@pytest.mark.parametrize("path", ["a.html", "a.txt", "a", "https://example.com/nb?id=1"])
def test_markup_is_a_page_whatever_its_name(text: str, path: str) -> None:
    document = read_bytes(text.encode(), path)
    assert ("text/html", CELLS, 2) == (document.source.media_type, document.texts, document.rows[0][0])


@pytest.mark.parametrize("path", ["a.txt", "a.html", "a.HTM", "a"])
def test_lines_are_a_text_whatever_its_name(path: str) -> None:
    document = read_bytes("一、总体情况\n\n规章 | 3 |\n".encode(), path)
    assert "text/plain" == document.source.media_type
    assert [(1, "一、总体情况"), (3, "规章"), (3, "3")] == list(
        zip(document.lines, document.texts, strict=True)
    )


def test_a_page_of_many_lines_and_few_tags_is_known_by_its_first() -> None:
    document = read_bytes(("\ufeff<pre>" + "甲\n" * 50).encode(), "a.txt")
    assert ("text/html", ["甲"] * 50) == (document.source.media_type, document.texts)


def test_a_text_with_a_stray_tag_stays_a_text_of_lines() -> None:
    text = "一、总体情况<br>\n" + "本年新收\n56\n" * 20 + "依据<<条例>>编制"
    document = read_bytes(text.encode(), "a.txt")
    assert ("text/plain", 42) == (document.source.media_type, len(document.texts))


@pytest.mark.parametrize("path", ["a.txt", "a.html"])
def test_a_fragment_that_starts_with_text_is_a_page(path: str) -> None:
    document = read_bytes("一、总体情况<br>甲<br>乙<p>丙</p>".encode(), path)
    assert ("text/html", ["一、总体情况", "甲", "乙", "丙"]) == (document.source.media_type, document.texts)


def test_the_source_names_path_hash_and_type() -> None:
    data = "年报".encode()
    assert ("x/y.txt", hashlib.sha256(data).hexdigest(), "text/plain") == read_bytes(data, "x/y.txt").source
    assert ("x/y.txt", "given", "text/plain") == read_bytes(data, "x/y.txt", "given").source


# -- encodings of pages ---------------------------------------------------------------------------------------

PAGE = '<html><head><meta charset="{}"></head><body><p>某县2022年政府信息公开工作年度报告</p>' + TABLE


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5"])
@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-le"])
def test_the_charset_of_a_page_may_lie(declared: str, written: str) -> None:
    document = read_bytes(PAGE.format(declared).encode(written), "a.html")
    assert ["某县2022年政府信息公开工作年度报告", *CELLS] == document.texts
    assert ("text/html", []) == (document.source.media_type, document.notes)


def test_damage_in_a_page_is_said_and_the_rest_is_read() -> None:
    data = PAGE.format("gbk").encode("gbk").replace("某县".encode("gbk"), b"\xff" + "县".encode("gbk"))
    document = read_bytes(data, "a.html")
    assert ["\ufffd县2022年政府信息公开工作年度报告", *CELLS] == document.texts
    assert ["lost_characters"] == [note[0] for note in document.notes]


def test_damage_in_a_script_of_a_page_is_nobodys_concern() -> None:
    document = read_bytes(b"<html><script>var a = '\xff\xfe';</script>" + PAGE.encode(), "a.html")
    assert ([*CELLS], []) == (document.texts[1:], document.notes)


def test_a_page_cut_inside_a_character_is_said() -> None:
    document = read_bytes("<p>总体情况<p>结转".encode()[:-1], "a.html")
    assert ["总体情况", "结"] == document.texts
    assert ["cut_off"] == [note[0] for note in document.notes]


def test_a_page_that_prints_a_replacement_character_is_read_once_and_whole() -> None:
    document = read_bytes(f"<p>损坏\ufffd</p>{TABLE}".encode(), "a.html")
    assert ["损坏\ufffd", *CELLS] == document.texts


# -- refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        ("\ufeff\n".encode(), "empty"),
        ("　\n　".encode(), "empty"),
        (b"<html><head><title>x</title></head><body><script>load()</script></body></html>", "empty"),
        (b"<html><frameset cols=*><frame src=a.html></frameset></html>", "empty"),
        (b"%PDF-1.4 <html>", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1<html><p>", "binary"),
        (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>", "binary"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument/>', "binary"),
        (b"<html>\0\0\0</html>", "binary"),
        (bytes(0x80 + i * 37 % 128 for i in range(3_000)), "unreadable_encoding"),
        (b"x" * 1_000_001, "line_too_long"),
        (b"a\n" + b"x" * 1_000_001 + b"\nb", "line_too_long"),
        (b"x\n" * 10_000_001, "too_large"),
        (b"<p>" * 7_000_000, "too_large"),
        (b"<p " + b" ".join(b"a%d" % i for i in range(100_000)) + b">x", "too_complex"),
        (b"<div>" * 100_000 + b"x", "too_complex"),
        (b"<p " + b" ".join(b"a%d" % i for i in range(30_000)) + b">x", "too_complex"),
    ],
)
def test_what_is_refused_has_a_code(data: bytes, code: str) -> None:
    assert code == code_of(data)


def test_a_line_that_is_too_long_is_named() -> None:
    with pytest.raises(DocumentError, match=r"第 2 行有 1000001 个字符.*line 2 has 1000001 characters"):
        read_bytes(b"a\n" + b"x" * 1_000_001, "a.txt")


def test_a_vanished_file_is_a_document_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        read_path(tmp_path / "gone.txt")
    assert "vanished" == refused.value.code
    assert str(tmp_path / "gone.txt") in refused.value.en


def test_a_folder_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="must be a file"):
        read_path(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError) as refused:
        read_path(tmp_path / "pipe")
    assert "not_readable" == refused.value.code


@pytest.mark.parametrize("path", [Path("a\0b"), Path("x" * 5_000)])
def test_a_path_that_cannot_be_one_is_not_readable(path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        read_path(path)
    assert "not_readable" == refused.value.code


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(DocumentError) as refused:
        read_path(path)
    assert "too_large" == refused.value.code


def test_a_file_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.encode())
    assert parts(read_bytes(PAGE.encode(), str(path))) == parts(read_path(path))


# -- in a child process ---------------------------------------------------------------------------------------


def test_a_large_page_reads_the_same_in_a_child_process(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (PAGE + "<table><tr><td>甲<td><img src=x></table><title>t</title>").encode()
    here = read_bytes(data, "a.html")
    monkeypatch.setattr(read, "_LARGEST_HERE", 10)
    assert parts(here) == parts(read_bytes(data, "a.html"))


def test_a_large_text_reads_the_same_in_a_child_process(monkeypatch: pytest.MonkeyPatch) -> None:
    data = "一、总体情况\n规章 | 3 | |\n".encode()
    here = read_bytes(data, "a.txt")
    monkeypatch.setattr(read, "_LARGEST_HERE", 10)
    assert parts(here) == parts(read_bytes(data, "a.txt"))


def test_a_page_too_large_for_this_process_is_not_read_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DocumentError("child", "子进程", "child")

    monkeypatch.setattr(read, "run_limited", refuse)
    assert "child" == code_of(b"<p>x</p>" * 130_000, "a.html")
    assert "child" == code_of(b"x\n" * 510_000, "a.txt")
    assert ["x"] * 120_000 == read_bytes(b"<p>x</p>" * 120_000, "a.html").texts


def spin(seconds: float) -> None:
    stop = time.process_time() + seconds
    while time.process_time() < stop:
        pass


def limits(kind: str) -> tuple[int, int]:
    import resource

    return resource.getrlimit(getattr(resource, kind))


def swell(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def write(path: str) -> None:
    with Path(path).open("w") as file:
        file.write("x" * 100_000)
        file.flush()


def fall(status: int) -> None:
    os._exit(status)


def fail(message: str) -> None:
    raise ValueError(message)


def refuse(code: str) -> None:
    raise DocumentError(code, "不读", "not read")


def say(text: str) -> str:
    print("noise on standard output", flush=True)
    return text


def die_as_compiled_code_does(words: str) -> None:
    os.write(2, words.encode())
    os.abort()


def limited(function: Callable[[Any], Any], argument: object) -> str:
    with pytest.raises(DocumentError) as refused:
        run_limited(function, argument, seconds=1, megabytes=400)
    return refused.value.code


def test_a_limited_function_returns_its_result() -> None:
    assert "年报" == run_limited(say, "年报", seconds=5, megabytes=400)
    assert [1, [2, "三"]] == run_limited(list, (1, (2, "三")), seconds=5, megabytes=400)


def test_too_much_processor_time_is_a_timeout() -> None:
    assert "timeout" == limited(spin, 60)


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits")
def test_the_child_has_its_limits() -> None:
    assert [7, 8] == run_limited(limits, "RLIMIT_CPU", seconds=7, megabytes=400)
    assert [400 << 20] * 2 == run_limited(limits, "RLIMIT_AS", seconds=7, megabytes=400)
    assert [0, 0] == run_limited(limits, "RLIMIT_CORE", seconds=7, megabytes=400)


def test_too_much_memory_is_too_large() -> None:
    assert "too_large" == limited(swell, 2_000)


def test_compiled_code_that_dies_of_too_little_memory_is_too_large() -> None:
    assert "too_large" == limited(die_as_compiled_code_does, "fatal: out of memory")
    assert "crashed" == limited(die_as_compiled_code_does, "fatal: of something else")


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits")
@pytest.mark.parametrize("piece", ["|\n", "\ta\nb\n"])
def test_a_text_that_takes_too_much_memory_is_too_large(piece: str) -> None:
    with pytest.raises(DocumentError) as refused:
        run_limited(read.parts_of_text, piece * (3_000_000 // len(piece)), seconds=10, megabytes=130)
    assert "too_large" == refused.value.code


def test_a_process_that_breaks_down_is_said_with_its_reason() -> None:
    assert "crashed" == limited(fall, 3)
    assert "crashed" == limited(fall, 0)
    with pytest.raises(DocumentError, match="ValueError: 坏"):
        run_limited(fail, "坏", seconds=5, megabytes=400)


def test_a_limited_function_writes_no_files(tmp_path: Path) -> None:
    assert "crashed" == limited(write, str(tmp_path / "x"))
    assert not (tmp_path / "x").exists() or not (tmp_path / "x").stat().st_size


def test_a_refusal_in_the_child_is_a_refusal_here() -> None:
    assert "too_complex" == limited(refuse, "too_complex")


def test_the_parser_itself_is_stopped() -> None:
    attributes = b"<p " + b" ".join(b"a%d" % i for i in range(100_000)) + b">x"
    with pytest.raises(DocumentError) as refused:
        run_limited(read.parts_of_page, attributes, seconds=1, megabytes=400)
    assert "timeout" == refused.value.code


# -- which pages are slow ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 20_001,
        b"<div></b>" * 20_000,
        b"<DIV><section>" * 9_000,
        b"<p " + b"a " * 20_001 + b">",
        b"<p " + b'a="</p><p>" ' * 20_000 + b">",
        b"<p\n" + b"a=1\n" * 20_000,
        b"<!-- <p> --><script>if (a < b) {'</p>'}</script>" + b"<i>" * 20_000,
    ],
)
def test_a_page_that_the_parser_is_slow_on_is_refused(page: bytes) -> None:
    with pytest.raises(DocumentError) as refused:
        refuse_complex(page)
    assert "too_complex" == refused.value.code


@pytest.mark.parametrize(
    "page",
    [
        b"<div><p>x</div>" * 20_000,
        b"<br><img src=x><p><li><td>" * 20_000,
        b"<o:p/><font color=red>x</font>" * 20_000,
        b'<img src="data:image/png;base64,' + b"AAAA" * 100_000 + b'">',
        b"<script>" + b"<div>" * 20_001 + b"</script>",
        b"<!--" + b"<div>" * 20_001 + b"-->",
        b'<p title="' + b"a " * 20_001 + b'">',
    ],
)
def test_a_long_page_that_the_parser_is_fast_on_is_not_refused(page: bytes) -> None:
    refuse_complex(page)


def test_what_hides_no_tag_for_long_is_ordinary() -> None:
    assert is_ordinary(PAGE.encode() * 5_000)
    assert is_ordinary(b"short")
    assert not is_ordinary(PAGE.encode() + b"x" * 70_000 + PAGE.encode())
    assert not is_ordinary(PAGE.encode() + b"<div>" * 30_000 + PAGE.encode())
    assert not is_ordinary(PAGE.encode() + b"</p " * 30_000 + PAGE.encode())
