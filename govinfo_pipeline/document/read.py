"""Bytes or a file -> Document: says what a file is, by its content first, and hands it to its reader.

Owns size limits and the choice where to read. Most files are read in this process, for a child process takes
0.1 s to start: texts up to 1 MB, which are read in time linear in their length; pages up to 256 KB that `guard` calls
ordinary (one built to look so, which no site serves by accident, costs some seconds once); pages up to 1 MB whose
tags `guard` has counted. All others are read in a child process with limits.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from pathlib import Path
from typing import Any

from govinfo_pipeline.document.binary import looks_like, refuse_signature
from govinfo_pipeline.document.charset import decode, empty_error
from govinfo_pipeline.document.guard import is_ordinary, refuse_complex
from govinfo_pipeline.document.html import read_html
from govinfo_pipeline.document.limits import run_limited
from govinfo_pipeline.document.model import Document
from govinfo_pipeline.document.text import read_text
from govinfo_pipeline.errors import DocumentError
from govinfo_pipeline.provenance import Source

LARGEST = 20_000_000  # bytes
LONGEST_LINE = 1_000_000  # characters
SECONDS, MEGABYTES = 10, 1_000  # limits of the child process

_LARGEST_HERE = 1_000_000
_LARGEST_UNCOUNTED = 256 * 1024

_HEAD = 65_536  # bytes that must show what the file is
_TAG = re.compile(
    rb"<(?i:!doctype\s+html|html|head|body|meta|title|table|tbody|tr|td|th|div|p|br|span|font|h[1-6]|ul|ol|li|pre|"
    rb"center|section|article)(?=[\s/>])"
)
_START = re.compile(rb"\s*<(?:[a-zA-Z]|!--|!(?i:doctype)|\?xml)")
_CHARSET = re.compile(rb"(?i:charset)\s*=\s*[\"']?\s*([-\w]+)")
_CHARSET_WITHIN = 4_096
_OTHERS = (
    (
        re.compile(rb"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*(?i:mime-version):"),
        "MHT 网页归档",
        "an MHT web archive",
    ),
    (re.compile(rb"\s*<\?xml[^>]*>\s*<\?mso-application"), "Office XML 文件", "an Office XML file"),
)


def read_path(path: Path) -> Document:
    """Return the Document of a file.

    Raises DocumentError: as `read_bytes`, and ``vanished``, ``not_readable``, ``folder``.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise DocumentError(
                "folder",
                f"{path} 是文件夹, 应是一个文件; 请给出其中的文件.",
                f"{path} is a folder, must be a file: name a file in it.",
            )
        if not stat.S_ISREG(status.st_mode):
            raise _not_readable(path, "不是普通文件", "it is no regular file")
        if status.st_size > LARGEST:
            raise _too_large(status.st_size)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise DocumentError(
            "vanished",
            f"文件 {path} 不存在, 可能已被移动或删除; 请核对路径.",
            f"the file {path} is not there: it was moved or deleted; check the path.",
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a path that cannot be one
        reason = getattr(error, "strerror", None) or str(error)
        raise _not_readable(path, reason, reason) from error
    return read_bytes(data, str(path))


def read_bytes(data: bytes, path: str, sha256: str | None = None) -> Document:
    """Return the Document of a file's bytes; ``path`` only names them and tells a page from a text in doubt.

    Raises DocumentError: ``empty``, ``binary``, ``unreadable_encoding``, ``too_large``, ``line_too_long``,
    ``too_complex``, ``timeout``, ``crashed``.
    """
    if len(data) > LARGEST:
        raise _too_large(len(data))
    refuse_signature(data)
    _refuse_others(data)
    sha256 = sha256 or hashlib.sha256(data).hexdigest()
    notes: tuple[tuple[str, str, str, int], ...] = ()
    if b"\0" in data:  # UTF-16, or nothing that is read
        text, _, notes = decode(data)
        data = text.encode()
    if _is_page(data, path):
        document = _read_page(data, Source(path, sha256, "text/html"))
    else:
        document = _read_plain(data, Source(path, sha256, "text/plain"))
    document.notes[:0] = notes
    return document


def _refuse_others(data: bytes) -> None:
    head = data[:_CHARSET_WITHIN]
    for pattern, zh, en in _OTHERS:
        if pattern.match(head):
            raise looks_like(zh, en)


def _is_page(data: bytes, path: str) -> bool:
    """Say whether the markup is what parts the lines: a text may hold a stray <br>, a page may start with text."""
    head = data[:_HEAD]
    if b"<" not in head:
        return False
    if _START.match(head.removeprefix(codecs.BOM_UTF8)):
        return True
    tags = len(_TAG.findall(head))
    likely = path.lower().endswith((".html", ".htm", ".shtml", ".xhtml"))
    return tags > (0 if likely else head.count(b"\n") // 2)


def _read_page(data: bytes, source: Source) -> Document:
    """Read a page as UTF-8, and where that leaves damaged characters, in the encoding it is in."""
    page = data.removeprefix(codecs.BOM_UTF8)
    document = _parse(page, source)
    if "\ufffd" in "".join([*document.texts, *(note[1] for note in document.notes)]):
        declared = _CHARSET.search(data, 0, _CHARSET_WITHIN)
        text, encoding, notes = decode(data, declared[1].decode() if declared else None)
        if encoding != "utf-8" or any(note[0] == "cut_off" for note in notes):
            document = _parse(text.encode(), source)
        document.notes[:0] = notes
    if not document.texts:
        raise DocumentError(
            "empty",
            "网页中没有可读的文字, 内容可能由脚本生成、在框架页中或是图片; 请打开网页, 另存含正文的页面.",
            "the page has no text: scripts may write it, a frame or a picture hold it; open it and save the page "
            "that has the text.",
        )
    return document


def _parse(page: bytes, source: Source) -> Document:
    """Read a page of UTF-8, here or in a child process."""
    if len(page) > _LARGEST_UNCOUNTED or not is_ordinary(page):
        refuse_complex(page)
    if len(page) <= _LARGEST_HERE:
        return read_html(page, source)
    return _rebuilt(run_limited(parts_of_page, page, seconds=SECONDS, megabytes=MEGABYTES), source)


def _read_plain(data: bytes, source: Source) -> Document:
    text, _, notes = decode(data)
    if len(text) <= _LARGEST_HERE:
        document = read_text(text, source)
    else:
        _refuse_long_lines(text)
        parts = run_limited(parts_of_text, text, seconds=SECONDS, megabytes=MEGABYTES)
        document = _rebuilt(parts, source)
    if not document.texts:
        raise empty_error(len(data))
    document.notes[:0] = notes
    return document


def _refuse_long_lines(text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise DocumentError(
                "line_too_long",
                f"第 {number} 行有 {len(line)} 个字符, 最多可有 {LONGEST_LINE}; 请确认文件是分行的文本.",
                f"line {number} has {len(line)} characters, at most {LONGEST_LINE} are read: make sure that the file "
                "is a text in lines.",
            )


# -- what passes between this process and its child: JSON -------------------------------------------------------

_NOWHERE = Source("", "", "")
_PARTS = ("texts", "lines", "columns", "rows", "notes")


def parts_of_page(page: bytes) -> list[Any]:
    """Return the parts of a page's Document without its source."""
    return _parts(read_html(page, _NOWHERE))


def parts_of_text(text: str) -> list[Any]:
    """Return the parts of a text's Document without its source."""
    return _parts(read_text(text, _NOWHERE))


def _parts(document: Document) -> list[Any]:
    return [getattr(document, part) for part in _PARTS]


def _rebuilt(parts: list[Any], source: Source) -> Document:
    texts, lines, columns, rows, notes = parts
    document = Document(source, texts, lines)
    document.columns.extend(columns)
    document.rows.extend((kind, table, start, stop) for kind, table, start, stop in rows)
    document.notes.extend((code, zh, en, line) for code, zh, en, line in notes)
    return document


def _too_large(size: int) -> DocumentError:
    return DocumentError(
        "too_large",
        f"文件有 {size} 字节, 最多可有 {LARGEST}; 请确认它是一份年度报告.",
        f"the file has {size} bytes, at most {LARGEST} are read: make sure that it is one report.",
    )


def _not_readable(path: Path, zh: str, en: str) -> DocumentError:
    return DocumentError(
        "not_readable",
        f"文件 {path} 无法读取 ({zh}); 请检查权限.",
        f"the file {path} cannot be read ({en}): check its rights.",
    )
