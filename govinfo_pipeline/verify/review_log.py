"""The file of reviews: JSON lines, one review a line, only ever appended to.

Owns reading it strictly, adding to it whole or not at all, and its shape as a table. What a review means is
`review`'s. Refuses a file with a line that it cannot read: a review that is silently skipped would block, or
let pass, a report without anybody being told.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govinfo_pipeline.errors import SourceError
from govinfo_pipeline.verify.review import CONFIRM, DISMISS, WITHDRAW, Review

if TYPE_CHECKING:
    import pyarrow as pa

FILE_NAME = "reviews.jsonl"

_ID = re.compile(r"[0-9a-f]{8}")
_RULE = re.compile(r"[A-Z]\d+")
_TEXTS = ("id", "report_id", "rule", "action", "name", "reason", "at", "finding")
_KEYS = {*_TEXTS, "instances", "until"}


def load_reviews(path: Path) -> tuple[Review, ...]:
    """Return the reviews of a file in its order; none where there is no file yet.

    Raises:
        SourceError: a line is not a review; names file, line and what is wrong with it.
    """
    if not path.exists():
        return ()
    with path.open("rb") as file, _locked(file.fileno(), exclusive=False):
        return _parse_all(file.read(), path)


def _parse_all(data: bytes, path: Path) -> tuple[Review, ...]:
    if data and not data.endswith(b"\n"):
        raise _refused(path, data.count(b"\n") + 1, "未写完(缺换行) / must end with a newline, was cut off")
    return tuple(_parse(line, path, n) for n, line in enumerate(data.split(b"\n")[:-1], start=1))


def _parse(line: bytes, path: Path, number: int) -> Review:
    try:
        data = json.loads(line.decode("utf-8"), object_pairs_hook=_without_twins)
    except ValueError as error:
        raise _refused(path, number, f"不是 JSON / must be one JSON object a line: {error}") from error
    try:
        return _review(data)
    except ValueError as error:
        raise _refused(path, number, str(error)) from error


def _refused(path: Path, number: int, problem: str) -> SourceError:
    return SourceError(f"{path}:{number}: {problem}. 请改正或删去该行 / Mend that line or remove it.")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"{twice[0]!r} stands twice")
    return dict(pairs)


def _review(data: Any) -> Review:
    """Return the review that a JSON object is; ValueError says what is wrong with it."""
    if not isinstance(data, dict):
        raise ValueError(f"must be a JSON object, was {data!r}")
    if odd := sorted(set(data) ^ _KEYS):
        word = "is missing" if odd[0] in _KEYS else f"is unknown. Known: {', '.join(sorted(_KEYS))}"
        raise ValueError(f"{odd[0]!r} {word}")
    for key in _TEXTS:
        if not isinstance(data[key], str) or (not data[key].strip() and key != "finding"):
            raise ValueError(f"{key!r} must be a text that is not empty, was {data[key]!r}")
    names = data["instances"]
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise ValueError(f"'instances' must be a list of texts, was {names!r}")
    for key, pattern in (("id", _ID), ("rule", _RULE)):
        if not pattern.fullmatch(data[key]):
            raise ValueError(f"{key!r} must match {pattern.pattern}, was {data[key]!r}")
    if data["action"] not in (CONFIRM, DISMISS, WITHDRAW):
        raise ValueError(f"'action' must be {CONFIRM}, {DISMISS} or {WITHDRAW}, was {data['action']!r}")
    at = _instant(data["at"])
    until = _last_day(data["until"], data["action"])
    return Review(**{**data, "instances": tuple(names), "at": at, "until": until})


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = datetime.min
    if at.tzinfo is None:
        raise ValueError(f"'at' must be a time with its zone such as 2026-01-31T08:00:00+00:00, was {text!r}")
    return at.astimezone(UTC)


def _last_day(text: Any, action: str) -> date | None:
    if action == WITHDRAW:
        if text is not None:
            raise ValueError(f"'until' must be null for a withdrawal, was {text!r}")
        return None
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise ValueError(f"'until' must be a day such as 2027-01-31, was {text!r}") from None


def append_review(path: Path, review: Review) -> None:
    """Add one review to the end of a file, which is made if need be; whole or not at all.

    Raises:
        SourceError: the file, or the review itself, is not what `load_reviews` would read.
    """
    line = f"{json.dumps(review_object(review), ensure_ascii=False)}\n".encode()
    _parse(line[:-1], path, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as file, _locked(file.fileno(), exclusive=True):
        file.seek(0)
        data = file.read()
        _parse_all(data, path)
        try:
            file.write(line)
            os.fsync(file.fileno())
        except OSError:
            file.truncate(len(data))
            raise


def review_object(review: Review) -> dict[str, Any]:
    """Return a review as the JSON object of its line."""
    return {
        "at": review.at.isoformat(timespec="seconds"),
        "action": review.action,
        "id": review.id,
        "report_id": review.report_id,
        "rule": review.rule,
        "instances": list(review.instances),
        "name": review.name,
        "reason": review.reason,
        "until": review.until.isoformat() if review.until else None,
        "finding": review.finding,
    }


@contextmanager
def _locked(descriptor: int, *, exclusive: bool) -> Iterator[None]:
    """Hold the file's own lock, which the kernel frees with its holder."""
    import fcntl  # here: checking without reviews must also work where there is none

    fcntl.flock(descriptor, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def reviews_table(reviews: Iterable[Review]) -> pa.Table:
    """Return reviews as an Arrow table, a row a line of the file, in its order.

    Columns: finding_id, report_id, rule, instances (list of string), action, name, reason, until (date), at
    (timestamp, UTC), finding.

    >>> reviews_table([]).column_names[:4]
    ['finding_id', 'report_id', 'rule', 'instances']
    """
    import pyarrow as pa  # here: `govinfo check` does not need it

    schema = pa.schema(
        [
            ("finding_id", pa.string()),
            ("report_id", pa.string()),
            ("rule", pa.string()),
            ("instances", pa.list_(pa.string())),
            ("action", pa.string()),
            ("name", pa.string()),
            ("reason", pa.string()),
            ("until", pa.date32()),
            ("at", pa.timestamp("us", tz="UTC")),
            ("finding", pa.string()),
        ]
    )
    rows = [{**review_object(r), "finding_id": r.id, "until": r.until, "at": r.at} for r in reviews]
    return pa.Table.from_pylist(rows, schema=schema)
