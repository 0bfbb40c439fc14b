"""The versions that a judgement depends on. What was read or judged by another version is done again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

import govinfo_pipeline
from govinfo_pipeline.verify.review import Review, last_words

# What can change a figure, an issuer, a year or a verdict. Not where the results go or how they are shown.
_MATTERS = (
    *("document", "extract", "formats", "verify"),
    *("issuers.py", "regions.py", "regions.csv", "parse.py", "report.py", "script.py", "tables.py"),
)
_SUFFIXES = (".csv", ".py", ".toml")


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return the package's version and eight hex digits of its reading and judging sources.

    >>> code_version().split("+")[0] == govinfo_pipeline.__version__
    True
    """
    root = Path(govinfo_pipeline.__file__).parent
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\n")
        digest.update(path.read_bytes())
    return f"{govinfo_pipeline.__version__}+{digest.hexdigest()[:8]}"


def _sources(root: Path) -> list[Path]:
    found = [root / name for name in _MATTERS if (root / name).is_file()]
    for name in _MATTERS:
        found += [path for path in (root / name).rglob("*") if path.suffix in _SUFFIXES]
    return sorted(found)


def judged_by(
    code: str, reviews: Iterable[Review], report_ids: Collection[str], today: date | None = None
) -> str:
    """Return the version of a judgement: that of the code and, where some are in force, of the reviews.

    ``reviews`` are in the order of their file; those of other reports than ``report_ids`` do not matter, nor do
    those that are over or were withdrawn.

    >>> judged_by("0.1.0+12345678", [], {"a"})
    '0.1.0+12345678'
    """
    day = today or date.today()
    held = [
        [*key, review.action]
        for key, review in last_words(reviews).items()
        if review.report_id in report_ids and review.holds(day)
    ]
    if not held:
        return code
    return f"{code}.reviews-{hashlib.sha256(json.dumps(sorted(held)).encode()).hexdigest()[:8]}"
