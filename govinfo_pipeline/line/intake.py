"""Files and addresses -> archive, and the year that each archived file is of.

Owns the peek: which partition a file belongs to is known only once it is read, so each new object is read
once, and what it says of itself is kept beside the archive, by the version of the code that read it. Refuses
to stop: what cannot be read is a problem, or a report that says why.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from govinfo_pipeline.archive import Archive, Entry, Item, Problem, read_path, scan
from govinfo_pipeline.archive.address import is_web, shown
from govinfo_pipeline.errors import SourceError
from govinfo_pipeline.line.version import code_version
from govinfo_pipeline.parse import Raw, parse_raw
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Report

FIRST_YEAR = 2014
UNDATED = "undated"

_BATCH = 500
_HANDFUL, _HANDFUL_BYTES = 100, 2**24

Tell = Callable[[int], None]
"""Told how many more files are done."""


def partitions(this_year: int | None = None) -> tuple[str, ...]:
    """Return the partitions of the line: each year that reports may be of, then `undated`.

    >>> partitions(2016)
    ('2014', '2015', '2016', 'undated')
    """
    last = datetime.now(UTC).year if this_year is None else this_year
    return (*(str(year) for year in range(FIRST_YEAR, last + 1)), UNDATED)


PARTITIONS = partitions()


def partition_of(year: int | None) -> str:
    """Return the partition of a report year; `undated` where it is not known or not one of `PARTITIONS`.

    >>> partition_of(2019), partition_of(None), partition_of(2913)
    ('2019', 'undated', 'undated')
    """
    return str(year) if str(year) in PARTITIONS else UNDATED


@dataclass(frozen=True, slots=True)
class Collected:
    """What a source brought: an entry for each of its files, in its order, and what could not be had."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def collect(source: Path | str, archive: Archive, tell: Tell | None = None) -> Collected:
    """Archive all that ``source`` names; a handful of files at a time is in memory.

    The archive is locked while they are written, not while they are read: an address may take a minute.

    Raises:
        SourceError: there is nothing at ``source``.
    """
    problems: list[Problem] = []
    entries: list[Entry] = []
    for handful in _handfuls(_items(source, archive.root.parent, problems, tell or _silent)):
        entries += archive.add_all(handful)
    return Collected(tuple(entries), tuple(problems))


def _handfuls(items: Iterable[Item]) -> Iterator[list[Item]]:
    handful: list[Item] = []
    size = 0
    for item in items:
        handful.append(item)
        size += len(item.data)
        if len(handful) == _HANDFUL or size >= _HANDFUL_BYTES:
            yield handful
            handful, size = [], 0
    if handful:
        yield handful


def _items(source: Path | str, data: Path, problems: list[Problem], tell: Tell) -> Iterator[Item]:
    own = data.resolve()
    for named in [str(source)] if is_web(source) else scan(source):
        if isinstance(named, Problem):
            problems.append(_printable_problem(*named))
        elif isinstance(named, str) or own not in Path(named).resolve().parents:
            try:
                yield Item(_read(named), printable(str(named)))
            except SourceError as error:
                zh, _, en = error.message.partition(" / ")
                problems.append(_printable_problem(str(named), zh, en or zh))
        tell(1)


def printable(name: str) -> str:
    r"""Return a file's name as text that every table and terminal takes: bytes that are no UTF-8 are escaped.

    Names out of a ZIP file made on Windows are often GBK.

    >>> printable("in/\udcd6\udcd0.txt"), printable("in/中.txt")
    ('in/\\xd6\\xd0.txt', 'in/中.txt')
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _printable_problem(where: str, zh: str, en: str) -> Problem:
    return Problem(printable(shown(where)), printable(zh), printable(en))


def _read(named: Path | str) -> bytes:
    if isinstance(named, Path):
        return read_path(named)
    from govinfo_pipeline.archive.fetch import fetch  # here: it loads a network stack

    return fetch(named)


def _silent(_more: int) -> None:
    pass


def read_entry(entry: Entry, archive: Archive) -> Report:
    """Return the report of one archived file. Whatever goes wrong with it is the report's `error`."""
    try:
        data = archive.read(entry.sha256)
    except SourceError as error:
        report = Report.empty(Source(entry.origin, entry.sha256, entry.media_type or ""))
        zh, _, en = error.message.partition(" / ")
        report.error = ("damaged_object", zh, en)
        return report
    return parse_raw(Raw(entry.origin, data, entry.sha256, entry.found_at, 0))


class Peek(NamedTuple):
    """What one file says of itself."""

    sha256: str
    year: int | None
    report_id: str

    @property
    def partition(self) -> str:
        """The partition that the file belongs to."""
        return partition_of(self.year)


class Peeks:
    """The index of what archived files say of themselves, in ``folder``, a file a version of the code.

    ``withdrawn`` are hashes of files that go no further.
    """

    def __init__(self, folder: Path, version: str | None = None, withdrawn: Container[str] = ()) -> None:
        self.withdrawn = withdrawn
        self.path = folder / f"{version or code_version()}.jsonl"
        self._known: dict[str, Peek] = {}
        if self.path.exists():
            for line in self.path.read_bytes().split(b"\n"):
                self._note(line)

    def __contains__(self, sha256: object) -> bool:
        return sha256 in self._known

    def __getitem__(self, sha256: str) -> Peek:
        return self._known[sha256]

    def look(self, archive: Archive, tell: Tell | None = None) -> None:
        """Read every archived file that was not looked at yet. What is done is kept if this is interrupted."""
        tell = tell or _silent
        fresh: list[Peek] = []
        for entry in self.unseen(archive):
            report = read_entry(entry, archive)
            fresh.append(Peek(entry.sha256, report.year, report.report_id))
            if len(fresh) == _BATCH:
                self._append(fresh)
                fresh = []
            tell(1)
        self._append(fresh)

    def unseen(self, archive: Archive) -> list[Entry]:
        """Return the archived files that were not looked at yet."""
        return [entry for entry in archive.entries() if entry.sha256 not in self._known]

    def by_partition(self, archive: Archive) -> dict[str, list[tuple[Entry, Peek]]]:
        """Return every file that was looked at and not withdrawn by its partition, in order of first found."""
        found: dict[str, list[tuple[Entry, Peek]]] = {}
        for entry in archive.entries():
            if entry.sha256 in self.withdrawn:
                continue
            if (peek := self._known.get(entry.sha256)) is not None:
                found.setdefault(peek.partition, []).append((entry, peek))
        return found

    def _append(self, peeks: Iterable[Peek]) -> None:
        lines = "".join(json.dumps(peek, ensure_ascii=False) + "\n" for peek in peeks)
        if not lines:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # A crash can leave a torn last line: it is closed here, skipped when read, its file looked at again.
            file.write(b"\n" + lines.encode("utf-8", "surrogatepass"))
        for line in lines.encode("utf-8", "surrogatepass").split(b"\n"):
            self._note(line)

    def _note(self, line: bytes) -> None:
        try:
            sha256, year, report_id = json.loads(line.decode("utf-8", "surrogatepass"))
        except ValueError:
            return
        self._known[sha256] = Peek(sha256, year, report_id)
