"""The version of the code that reads and judges. What was read or judged by another version is done again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import govinfo_pipeline

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
