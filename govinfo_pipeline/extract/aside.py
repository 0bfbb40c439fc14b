"""What stands between the rows of a table and is none of them, for all its digits: footnotes, page numbers, dates.

Owns the wording of such lines, and what a text inside a row may be that is a value gone wrong (2O, 约5).
"""

from __future__ import annotations

import re

_LONGEST_BAD_VALUE = 10
_ASIDE = re.compile(
    r"\s*(?:注|备注|備註|说明|說明|※|\*|\[|第\s*\d+\s*[页頁]|Page|[-—–]\s*\d+\s*[-—–]$|\d{4}\s*年|\d{1,2}\s*[.、．]\s*[\u4e00-\u9fff]|[(（]\d+[)）])",
    re.IGNORECASE,
)


def is_aside(text: str) -> bool:
    """Say whether a line between rows is no row, and none of a row's values."""
    return _ASIDE.match(text) is not None


def is_bad_value(text: str) -> bool:
    """Say whether a text that is no number may be printed where a value belongs."""
    return len(text) <= _LONGEST_BAD_VALUE and any(c.isdigit() for c in text) and not is_aside(text)
