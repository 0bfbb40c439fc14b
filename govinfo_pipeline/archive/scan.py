"""List what a folder or a file list names, in a fixed order, saying what cannot be used and where.

Owns the ways to name input. Refuses to open what it lists; only a `.txt` is looked at, to tell a file list
from a report.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from govinfo_pipeline.archive.address import is_web, shown
from govinfo_pipeline.archive.store import read_path
from govinfo_pipeline.errors import SourceError

_SUFFIX = re.compile(r"\.\w{1,5}$")
_SNIFFED_LINES = 20


class Problem(NamedTuple):
    """A place that a scan could not use, as it may be shown, and why."""

    where: str
    zh: str
    en: str


def scan(source: Path | str) -> Iterator[Path | str | Problem]:
    """Yield what ``source`` names: files as paths, addresses (http, https) as text, and problems in place.

    A folder is listed recursively in sorted order without hidden files; a folder reached twice through links
    is listed once and said. A file list (`.lst`, or a `.txt` of nothing but paths and URLs) has one path,
    `file://` or http(s) URL a line, `#` for comments; relative paths start at the list. Any other file is
    itself.

    Raises:
        SourceError: there is nothing at ``source``.
    """
    given, source = shown(str(source)), Path(source)
    if source.is_dir():
        yield from _scan_folder(source, {})
    elif not source.exists():
        raise SourceError(f"没有这个文件或文件夹 / no such file or folder: {given}. Check the path.")
    elif _is_list(source):
        yield from _scan_list(source)
    else:
        yield _checked(source)


def _scan_folder(folder: Path, seen: dict[tuple[int, int], Path]) -> Iterator[Path | Problem]:
    try:
        status = folder.stat()
        names = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    except OSError as error:
        yield _problem(folder, "文件夹无法读取", f"the folder cannot be read: {error.strerror}")
        return
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        yield _problem(
            folder, f"与 {seen[identity]} 是同一文件夹, 已略过", f"is {seen[identity]} again, skipped"
        )
        return
    seen[identity] = folder
    for path in names:
        if path.is_dir():
            yield from _scan_folder(path, seen)
        else:
            yield _checked(path)


def _scan_list(path: Path) -> Iterator[Path | str | Problem]:
    for line in _listed(path):
        scheme = line.partition("://")[0].lower() if "://" in line else ""
        if is_web(line):
            yield line
        elif scheme == "file":
            yield _checked(Path(unquote(urlsplit(line).path)))
        elif scheme:
            yield _problem(
                line, "只支持 file、http、https 地址", "only file, http and https addresses can be used"
            )
        else:
            yield _checked(path.parent / line)


def _is_list(path: Path) -> bool:
    if path.suffix.lower() == ".lst":
        return True
    if path.suffix.lower() != ".txt":
        return False
    lines = _listed(path)[:_SNIFFED_LINES]
    likely = ("://" in line or _SUFFIX.search(line) or _exists(path.parent / line) for line in lines)
    return bool(lines) and all(likely)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a sentence is too long for a name
        return False


def _listed(path: Path) -> list[str]:
    lines = read_path(path).decode("utf-8-sig", "surrogateescape").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _checked(path: Path) -> Path | Problem:
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError) as error:
        return _problem(path, "文件无法读取", f"the file cannot be read: {getattr(error, 'strerror', error)}")
    return path if regular else _problem(path, "不是普通文件", "is not a regular file")


def _problem(where: Path | str, zh: str, en: str) -> Problem:
    return Problem(shown(str(where)), zh, en)
