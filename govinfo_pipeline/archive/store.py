"""The archive folder: bytes by their hash, and the index of where and when they were found.

Owns `objects/ab/cdef…` (read-only, named by SHA-256), `index.jsonl` (one line a sighting, only ever appended
to; also the lock) and `incoming/` (files being written). Refuses to change or remove anything that is in.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import logging
import mimetypes
import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import urlsplit

from govinfo_pipeline.archive.address import shown
from govinfo_pipeline.durable import replacing, sync
from govinfo_pipeline.errors import SourceError

_LOG = logging.getLogger(__name__)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Entry(NamedTuple):
    """One object of the archive and where it was found.

    ``origin`` is the path as given or the URL without its secrets (`address`), ``found_at`` is UTC, ``size`` is in
    bytes. ``media_type`` is guessed from the origin's name, None where that does not tell. ``new``: this call
    brought the bytes in.
    """

    sha256: str
    size: int
    origin: str
    found_at: datetime
    media_type: str | None
    new: bool = False


class Item(NamedTuple):
    """Bytes to be archived; ``found_at`` must be aware, None is now."""

    data: bytes
    origin: str
    found_at: datetime | None = None


class Archive:
    """An archive under the folder ``root``, which is made when the first file comes in.

    Several processes may write to one archive; each sees what the others wrote as soon as it writes.

    Attributes:
        root: the folder.
        problems: what could not be read of the index, a sentence each (a crash can leave a torn line).
    """

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)
        self.problems: list[str] = []
        self._index = self.root / "index.jsonl"
        self._forget()
        if self._index.exists():
            with self._index.open("rb") as index:
                fcntl.flock(index, fcntl.LOCK_SH)
                self._refresh(index)

    def __len__(self) -> int:
        return len(self._first)

    def __contains__(self, sha256: object) -> bool:
        return sha256 in self._first

    def add_bytes(self, data: bytes, origin: str, found_at: datetime | None = None) -> Entry:
        """Archive ``data``, found at ``origin``; the same bytes from the same origin change nothing."""
        return self.add_all([Item(data, origin, found_at)])[0]

    def add_path(self, path: Path | str) -> Entry:
        """Archive one file; SourceError where it cannot be read. The origin is the path as given."""
        return self.add_bytes(read_path(path), str(path))

    def add_all(self, items: Iterable[Item]) -> list[Entry]:
        """Archive many, in order, with one append to the index; returns an entry an item.

        The items are taken one at a time, under the archive's lock. Where taking one raises, all before it
        are archived and indexed.
        """
        entries: list[Entry] = []
        fresh: list[Entry] = []
        with self._locked() as index:
            try:
                for item in items:
                    entry, sighted = self._take(item)
                    entries.append(entry)
                    fresh.extend([entry] if sighted else [])
            finally:
                self._append(index, fresh)
        return entries

    def read(self, sha256: str) -> bytes:
        """Return an object's bytes, verified.

        Raises:
            SourceError: there is no such object, it cannot be read, or its bytes are no longer those that were
                archived.
        """
        path = self.path_of(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise SourceError(
                f"档案中没有对象 {sha256} / archive {self.root} has no object {sha256}. "
                "Add its file again, or check which archive is meant."
            ) from None
        except OSError as error:
            raise SourceError(
                f"档案对象无法读取: {path} ({error.strerror}) / archive object {path} cannot be read: "
                f"{error.strerror}. Check its rights."
            ) from error
        actual = hashlib.sha256(data).hexdigest()
        if actual != sha256:
            raise SourceError(
                f"档案对象已损坏: {path}, 应为 {sha256}, 实为 {actual} / archive object {path} is damaged: "
                f"sha256 must be {sha256}, was {actual}. Remove it and add its file again."
            )
        return data

    def path_of(self, sha256: str) -> Path:
        """Return where an object is kept; SourceError where ``sha256`` is not 64 lower-case hex digits."""
        if not _SHA256.fullmatch(sha256):
            raise SourceError(f"不是 SHA-256 / sha256 must be 64 lower-case hex digits, was {sha256!r}.")
        return self.root / "objects" / sha256[:2] / sha256[2:]

    def entries(self) -> Iterator[Entry]:
        """Yield every object once, in order of first sighting, with the origin of that sighting."""
        first = dict.fromkeys(self._first)
        for entry in self.sightings():
            if entry.sha256 in first:
                del first[entry.sha256]
                yield entry

    def sightings(self) -> Iterator[Entry]:
        """Yield every sighting, an object and an origin each, in order."""
        yield from list(self._sightings.values())

    def revisions(self, origin: str) -> list[Entry]:
        """Return every content that was found at ``origin``, first found first."""
        return [entry for entry in self.sightings() if entry.origin == origin]

    def order(self, sha256: str) -> int:
        """Return an object's place in the order of first found, from 1; KeyError where it is unknown.

        The files of one report are its revisions in this order.
        """
        return self._first[sha256]

    def _forget(self) -> None:
        self._sightings: dict[tuple[str, str], Entry] = {}
        self._first: dict[str, int] = {}
        self._read_to = 0
        self._lines = 0

    @contextlib.contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        """Hold the archive for writing, knowing all that others wrote; the index is the lock."""
        incoming = self.root / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        with self._index.open("a+b") as index:
            fcntl.flock(index, fcntl.LOCK_EX)
            self._refresh(index)
            for left_by_a_crash in incoming.iterdir():
                left_by_a_crash.unlink()
            yield index

    def _refresh(self, index: BinaryIO) -> None:
        """Read what was appended since the last look. Needs the lock."""
        index.seek(self._read_to)
        data = index.read()
        self._read_to += len(data)
        for raw in filter(None, data.split(b"\n")):
            self._lines += 1
            try:
                self._note(_entry_of(json.loads(raw.decode("utf-8", "surrogatepass"))))
            except (ValueError, KeyError, TypeError) as error:
                self._complain(error)

    def _complain(self, error: Exception) -> None:
        problem = (
            f"{self._index}: 第 {self._lines} 行残缺, 已略过 / line {self._lines} is torn and was skipped "
            f"({error}). Add the file again to record where it was found."
        )
        self.problems.append(problem)
        _LOG.warning(problem)

    def _note(self, entry: Entry) -> None:
        self._sightings.setdefault((entry.sha256, entry.origin), entry)
        self._first.setdefault(entry.sha256, len(self._first) + 1)

    def _take(self, item: Item) -> tuple[Entry, bool]:
        """Store one item; return its entry, and whether the sighting is new."""
        sha256, origin = hashlib.sha256(item.data).hexdigest(), shown(item.origin)
        new = sha256 not in self._first
        self._store(sha256, item.data)
        if known := self._sightings.get((sha256, origin)):
            return known, False
        entry = Entry(sha256, len(item.data), origin, _utc(item.found_at), media_type_of(origin))
        self._note(entry)
        return entry._replace(new=new), True

    def _store(self, sha256: str, data: bytes) -> None:
        """Write an object so that it is there whole or not at all."""
        path = self.path_of(sha256)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, self.root / "incoming") as file:
            file.write_bytes(data)
            file.chmod(0o444)

    def _append(self, index: BinaryIO, entries: list[Entry]) -> None:
        """Append sightings in one write; a torn last line is closed first, so that it spoils no other."""
        if not entries:
            return
        text = "".join(json.dumps(_line_of(entry), ensure_ascii=False) + "\n" for entry in entries)
        try:
            torn = self._read_to and os.pread(index.fileno(), 1, self._read_to - 1) != b"\n"
            index.write((b"\n" if torn else b"") + text.encode("utf-8", "surrogatepass"))
            index.flush()
            os.fsync(index.fileno())
            self._read_to = index.seek(0, os.SEEK_END)
            self._lines += len(entries)
        except BaseException:
            self._forget()  # what reached the disk is read again before the next write
            raise
        sync(self.root)


def read_path(path: Path | str) -> bytes:
    """Return a file's bytes; SourceError where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise SourceError(
            f"文件无法读取 / cannot read {path}: {error.strerror}. Check path and rights."
        ) from error


def media_type_of(origin: str) -> str | None:
    """Return the media type that an origin's name tells, None where it does not.

    >>> media_type_of("a/b/报告.txt"), media_type_of("https://example.com/x.html?id=1"), media_type_of("a/b")
    ('text/plain', 'text/html', None)
    """
    path = urlsplit(origin).path if "://" in origin else origin
    return mimetypes.guess_type(path, strict=False)[0]


def _line_of(entry: Entry) -> dict[str, Any]:
    found_at = entry.found_at.isoformat().replace("+00:00", "Z")
    return {"sha256": entry.sha256, "size": entry.size, "origin": entry.origin, "found_at": found_at}


def _entry_of(line: dict[str, Any]) -> Entry:
    found_at = datetime.fromisoformat(line["found_at"])
    if not _SHA256.fullmatch(line["sha256"]):
        raise ValueError("sha256")
    origin = shown(line["origin"])
    return Entry(line["sha256"], int(line["size"]), origin, _utc(found_at), media_type_of(origin))


def _utc(moment: datetime | None) -> datetime:
    if moment is None:
        return datetime.now(UTC)
    if moment.tzinfo is None:
        raise ValueError(f"found_at must have a time zone, was {moment.isoformat()}.")
    return moment.astimezone(UTC)
