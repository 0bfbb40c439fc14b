"""Files that a person withdrew: a list in the data folder, a SHA-256 and the reason a line.

Owns the list's form. A report that was published stays published when its file goes away: a source that is moved, down
or cleaned up is no statement about the report. Only this list takes one back. The file stays in the archive; without it
the report's file before, if there is one, is the last again. Refuses a line that names no file: it would do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from govinfo_pipeline.errors import ConfigError

FILE_NAME = "withdrawn.txt"

_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})(?:\s+(?P<reason>\S.*))?")


def load_withdrawn(path: Path) -> Mapping[str, str]:
    """Return the hashes of the list with their reasons; none where there is no list. `#` begins a comment line.

    Raises:
        ConfigError: a line is not a SHA-256 and a reason.
    """
    if not path.exists():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        said = _LINE.fullmatch(line.strip())
        if said is None or said["reason"] is None:
            raise ConfigError(
                f"{path}: 第 {number} 行应为 64 位 SHA-256、空格和理由 / line {number} must be a SHA-256 (64 "
                "lower-case hex digits, `source_sha256` in the warehouse), a blank and the reason, was "
                f"{line.strip()[:80]!r}."
            )
        found[said["sha256"]] = said["reason"]
    return found
