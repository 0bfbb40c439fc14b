"""What stands between the rows of a table and is none of them, for all its digits: footnotes, page numbers, titles.

Owns the wording of such lines, the sums that tell a number of theirs from a value, and what a text inside a row may
be that is a value gone wrong (2O, 约5).
"""

from __future__ import annotations

import re

from govinfo_pipeline.extract.labels import Kind, Token

_LONGEST_BAD_VALUE = 10
_MOST_WORDS = 4  # Han characters around the digits of a value: 约12件次
_MOST_PAGES = 99
_DASH = r"[-—–－―─~·•]"
_ASIDE = re.compile(
    # a footnote, a remark on the table, a date, a numbered line
    r"\s*(?:注|备注|備註|说明|說明|※|\*|\[|\d{4}\s*年|\d{1,2}\s*[.、．]\s*[\u4e00-\u9fff]|[(（]\d+[)）]"
    r"|[(（]?(?:其中|以上|上述|本[表行列栏欄]|[数數][据據]|截至|另有)"
    # a page's number
    rf"|第\s*\d+\s*[页頁]|共\s*\d+\s*[页頁]|Page|{_DASH}+\s*\d{{1,3}}\s*{_DASH}+$|\d{{1,3}}\s*/\s*\d{{1,3}}$"
    # a page's head: the report's title
    r"|.*公[开開].{0,12}(?:[报報]告|年[报報])"
    # a sentence
    r"|.*[。；;]\s*$)",
    re.IGNORECASE | re.DOTALL,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def is_aside(text: str) -> bool:
    """Say whether a line between rows is no row, and none of a row's values.

    >>> is_aside("第 5 页"), is_aside("5/12"), is_aside("其中网上申请3件"), is_aside("约5件")
    (True, True, True, False)
    """
    return _ASIDE.match(text) is not None


def is_bad_value(text: str, *, first: bool) -> bool:
    """Say whether a text that is no number may be printed where a value belongs.

    Where the ``first`` value belongs, words may be the rest of the label.
    """
    words = len(_HAN.findall(text))
    return (
        len(text) <= _LONGEST_BAD_VALUE
        and any(c.isdigit() for c in text)
        and words <= (0 if first else _MOST_WORDS)
        and not is_aside(text)
    )


def is_page_of_pages(tokens: list[Token], texts: list[str]) -> bool:
    """Say whether the cells of a line are a page's number and that of the last page: 5 / 12."""
    if [token.kind for token in tokens] != [Kind.VALUE] * 3 or texts[1] not in "/／":
        return False
    page, last = tokens[0].value, tokens[2].value
    return page is not None and last is not None and 1 <= page <= last <= _MOST_PAGES


def is_page_number(token: Token, text: str) -> bool:
    """Say whether a value may be a page's number."""
    return text.strip().isdigit() and token.value is not None and 1 <= token.value <= _MOST_PAGES


def counts_of(tokens: list[Token]) -> list[int] | None:
    """Return the counts of cells, a sign for none as 0; None where one of them is no count."""
    values = [0 if token.value is None else token.value for token in tokens if token.kind == Kind.VALUE]
    counts = [value for value in values if isinstance(value, int)]
    return counts if len(counts) == len(tokens) else None


def sums_without_last(table: str, values: list[int]) -> bool:
    """Say whether the sums of a row hold without its last number, and with no other of its numbers left out.

    >>> sums_without_last("applications", [5, 1, 0, 0, 0, 0, 6, 3])
    True
    >>> sums_without_last("applications", [0, 0, 3, 0, 0, 0, 0, 0]), sums_without_last("art20_1", [1, 1, 2, 3])
    (False, False)
    """
    without = [values[:i] + values[i + 1 :] for i in range(len(values))]
    held = [left for left in without if sums_hold(table, left)]
    return bool(held) and all(left == values[:-1] for left in held)


def sums_hold(table: str, values: list[int]) -> bool:
    """Say whether the totals of a whole row are right; a row of a table without totals has none.

    >>> sums_hold("applications", [5, 1, 0, 0, 0, 0, 6]), sums_hold("art20_1", [1, 1, 2])
    (True, False)
    """
    group = {"applications": 7, "disputes": 5}.get(table, 0)
    if not group or len(values) % group:
        return False
    return all(sum(values[i : i + group - 1]) == values[i + group - 1] for i in range(0, len(values), group))
