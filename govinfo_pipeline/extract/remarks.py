"""Rows of tables that have a column of remarks (备注) behind the form's: where their values start, if that is certain.

Owns how a remark is told from a value. A row that lost a value and has a number for a remark looks like a whole row
without one, so a row counts only where the file's other rows show that it is whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from govinfo_pipeline.document.model import Document
from govinfo_pipeline.extract.aside import counts_of, sums_hold
from govinfo_pipeline.extract.labels import Kind, Token
from govinfo_pipeline.extract.rows import RawRow

# Share of the rows that must show the remark's cell before the last of too many numbers is one.
_USUAL = 2 / 3
# So many rows show what is usual where blank cells leave no trace, and so many values a row has that can show it.
_FEWEST_ROWS, _FEWEST_VALUES = 3, 3


@dataclass(slots=True)
class Remarks:
    """What the rows with remarks of a document have in common.

    Attributes:
        seen: some show the remark's cell, with a number or blank: a row without it lost a cell.
        usual: most show it.
        bare: most have as many numbers as the form, so that the column is empty or has words.
        filled: some have more cells than that, blank ones that only fill the width of the table.
        opened: tables of which some row begins with a value, so that no empty column stands before the values.
        looked: values were looked at.
    """

    document: Document
    tokens: list[Token]
    seen: bool = False
    usual: bool = False
    bare: bool = False
    filled: bool = False
    opened: set[str] = field(default_factory=set)
    looked: bool = False

    @classmethod
    def of(
        cls, document: Document, tokens: list[Token], rows: list[RawRow], sizes: Callable[[RawRow], set[int]]
    ) -> Remarks:
        """Return what the rows with remarks share; ``sizes`` are the numbers of values a row has in the forms."""
        found = cls(document, tokens)
        count = whole = telling = bare = 0
        for raw in rows:
            if raw.remark < 0 or not raw.size:
                continue
            length, fitting, last = raw.stop - raw.start, sizes(raw), tokens[raw.stop - 1].kind
            count += 1
            found.seen |= length > max(fitting) and last <= Kind.VALUE
            found.filled |= length > max(fitting) + 1
            whole += length - 1 in fitting
            if min(fitting) >= _FEWEST_VALUES:
                telling += 1
                bare += length in fitting or last > Kind.VALUE
            if tokens[raw.start].kind != Kind.BLANK:
                found.opened.add(_printed(raw))
        found.usual = whole >= _USUAL * count
        found.bare = telling >= _FEWEST_ROWS and bare >= _USUAL * telling
        return found

    def start(self, raw: RawRow, size: int, in_place: Callable[[RawRow], bool]) -> int | None:
        """Return where the ``size`` values of a row with a remark start, or None where that is not certain.

        ``in_place``: the row is as wide in the file as the others of its printed table.
        """
        length, exact = raw.stop - raw.start, raw.stop - raw.start == size + 1
        if not raw.size:
            return raw.start
        if length <= size or raw.size > size + 1:
            return raw.start if length == size == raw.size and self._without(raw) else None
        if exact and raw.table == "disputes" and (raw.ended or self.usual):
            return raw.start  # its one row is as wide as its table: nothing fills it up
        leads_blank = self.tokens[raw.start].kind == Kind.BLANK
        if self.document.source.media_type == "text/html":
            # Columns are true there; an empty one before the values would move the last into the remark's.
            at = self.document.columns[raw.start + size]
            in_column = not leads_blank or at == self.document.columns[raw.remark]
            return raw.start if exact and in_column else None
        if leads_blank and _printed(raw) not in self.opened:
            return None
        last = self.tokens[raw.stop - 1].kind
        sure = exact and not self.filled and (self.usual or last > Kind.VALUE)
        return raw.start if sure or in_place(raw) else None

    def _without(self, raw: RawRow) -> bool:
        """Say whether a row with as many cells as the form has none for its remark, and lost no other."""
        whole = self.bare and not self.seen and self.tokens[raw.stop - 1].kind == Kind.VALUE
        return whole and self._adds_up(raw)

    def _adds_up(self, raw: RawRow) -> bool:
        """Say whether a row with a total adds up: else its last number may be a remark behind a lost value."""
        if raw.table.startswith("art20"):
            return True
        self.looked = True
        counts = counts_of(self.tokens[raw.start : raw.stop])
        return counts is not None and sums_hold(raw.table, counts)


def _printed(raw: RawRow) -> str:
    """Return the printed table of a row: all of article 20 is one."""
    return raw.table[:5]
