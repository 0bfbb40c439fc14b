"""Numbers of pages that stand among the rows of a table, each a line of its own, and are told from values.

Owns when a lone number is none of the row above it: where the sums of the row hold without it, and with nothing else
left out. Any other lone number stays in its row, whose values are then too many to be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from govinfo_pipeline.document.model import Document, RowKind
from govinfo_pipeline.extract.aside import counts_of, is_page_number, sums_hold, sums_without_last
from govinfo_pipeline.extract.labels import Token
from govinfo_pipeline.extract.rows import RawRow

_PROSE = int(RowKind.PROSE)
# One value more than a row with totals has.
_ONE_TOO_MANY = {"applications": 8, "disputes": 16}
# So many pages apart two tables of a report may stand.
_MOST_APART = 3


class Pages:
    """The numbers of pages behind the rows of a document.

    Attributes:
        behind: label of a row -> the cell behind the row that is a page's number.
        looked: values were looked at.
    """

    def __init__(self, document: Document, tokens: list[Token]) -> None:
        self._document, self._tokens = document, tokens
        self._among: list[int] = []  # the numbers that only sums tell from values
        self.behind: dict[int, int] = {}
        self.looked = False

    def find(self, rows: list[RawRow]) -> None:
        """Find the numbers behind rows of lines like theirs, by the sums of the rows."""
        for raw in rows:
            if raw.size == _ONE_TOO_MANY.get(raw.table) and not raw.ended and raw.remark < 0:
                self.looked = True
                lines, last = self._document.lines, _last(raw)
                alone = lines[last] != lines[last - 1] and self._ends_in_number(raw)
                values = self._values(raw)
                if alone and values is not None and sums_without_last(raw.table, values):
                    self.behind[raw.label] = last
                    self._among.append(last)

    def may_hide(self, raw: RawRow) -> bool:
        """Say whether the last of a row's values may be a page's number where a value was lost.

        So it is where pages are numbered among values, the last value fits between their numbers, and the row has no
        sum that is right.
        """
        if not self._among or not self._ends_in_number(raw):
            return False
        last = _last(raw)
        page = self._tokens[last].value or 0
        others = [(cell, self._tokens[cell].value or 0) for cell in self._among]
        steps = [other - page if cell > last else page - other for cell, other in others]
        values = self._values(raw)
        right = values is not None and sums_hold(raw.table, values)
        return not right and any(0 < step <= _MOST_APART for step in steps)

    def _ends_in_number(self, raw: RawRow) -> bool:
        return is_page_number(self._tokens[_last(raw)], self._document.texts[_last(raw)])

    def _values(self, raw: RawRow) -> list[int] | None:
        return counts_of(self._tokens[raw.start : raw.start + raw.size])


def _last(raw: RawRow) -> int:
    return raw.start + raw.size - 1


def odd_rows(document: Document, rows: list[RawRow], block: Callable[[RawRow], str]) -> set[int]:
    """Return the labels of rows that may hold a page's number for a value: they end in a bare line, or have one inside.

    In text only. A row ends as most rows of its printed ``block`` do; of a row of table cells no other cell is a line.
    """
    if document.source.media_type == "text/html" or len(document.rows) < 2:
        return set()
    kinds = bytearray(len(document.texts))
    for kind, _table, start, stop in document.rows:
        if kind:
            kinds[start:stop] = bytes([kind]) * (stop - start)
    filled = [raw for raw in rows if raw.size]
    ends: dict[str, Counter[int]] = {}
    for raw in filled:
        ends.setdefault(block(raw), Counter())[kinds[_last(raw)]] += 1
    usual = {name: counts.most_common(1)[0][0] for name, counts in ends.items()}
    found = set()
    for raw in filled:
        cells = kinds[raw.start : _last(raw) + 1]
        ends_bare = cells[-1] == _PROSE and usual[block(raw)] != _PROSE
        if ends_bare or (_PROSE in cells[:-1] and any(cells)):
            found.add(raw.label)
    return found
