"""Files -> reports, a batch at a time. One bad file never stops the others: it becomes a report with an error.

Owns the seam between bytes and reports, and the numbering of revisions. Judges nothing.
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from govinfo_pipeline.archive.store import media_type_of
from govinfo_pipeline.document.model import Document
from govinfo_pipeline.document.read import read_bytes, read_path
from govinfo_pipeline.errors import DocumentError
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Report

_LOG = logging.getLogger(__name__)
_UNKNOWN = "application/octet-stream"


class Raw(NamedTuple):
    """A file as archived: ``order`` counts the archive's objects in the order they were first found."""

    path: str
    data: bytes
    sha256: str
    found_at: datetime
    order: int


def parse_path(path: Path) -> Report:
    """Return the report of one file; `Report.error` says why it cannot be used."""
    return _report(str(path), lambda: read_path(path), lambda: _sha256(path))


def _sha256(path: Path) -> str:
    """Return the hash of a file that cannot be used; "" where it cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def parse_raw(raw: Raw) -> Report:
    """Return the report of one archived file; `Report.error` says why it cannot be used."""
    return _report(raw.path, lambda: read_bytes(raw.data, raw.path, raw.sha256), lambda: raw.sha256)


def _report(path: str, read: Callable[[], Document], sha256: Callable[[], str]) -> Report:
    """Return the report of the document that ``read`` returns. Whatever goes wrong with it is the report's `error`."""
    try:
        return extract(read(), path)
    except DocumentError as error:
        return _failed(path, sha256(), error)
    except Exception as error:  # noqa: BLE001 - one file must not stop the others; the log has the traceback
        _LOG.exception("cannot read %s", path)
        said = f"{type(error).__name__}: {error}"
        fault = DocumentError(
            "reader_fault",
            f"读取程序出错 ({said}), 请报告此文件.",
            f"the reader failed ({said}); report this file.",
        )
        return _failed(path, sha256(), fault)


def parse_all(raws: Iterable[Raw]) -> Iterator[Report]:
    """Yield the report of every archived file, in order."""
    return map(parse_raw, raws)


def _failed(path: str, sha256: str, error: DocumentError) -> Report:
    """Return a report with an error; its type is that of the name, unless the bytes belie it."""
    named = media_type_of(path) or _UNKNOWN
    belied = error.code == "binary" and named.startswith("text/")
    report = Report.empty(Source(path, sha256, "" if not sha256 else _UNKNOWN if belied else named))
    report.error = (error.code, error.zh, error.en)
    return report


def revisions(keys: Sequence[str], orders: Sequence[int]) -> list[int]:
    """Return the revision of each file: 1, 2... among the files of the same report, by order of first found.

    >>> revisions(["a", "b", "a"], [7, 2, 5])
    [2, 1, 1]
    """
    found: dict[str, list[int]] = defaultdict(list)
    for key, order in zip(keys, orders, strict=True):
        found[key].append(order)
    ranked = {key: sorted(set(of_key)) for key, of_key in found.items()}
    return [ranked[key].index(order) + 1 for key, order in zip(keys, orders, strict=True)]
