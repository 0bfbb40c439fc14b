"""Raw rows -> which cell of the form stands where. A row gets its values only if their number is exactly the form's.

Owns the shape of rows. Refuses to shift: where the number of values is wrong, all
cells of the row are unreadable and a note says so, with the line. Reads no value but to see a shift or a conflict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govinfo_pipeline.document.model import Document
from govinfo_pipeline.extract import notes
from govinfo_pipeline.extract.aside import counts_of, sums_hold
from govinfo_pipeline.extract.blocks import form_of, forms_of_blocks
from govinfo_pipeline.extract.labels import WHOLE_SHAPE, Kind, Token
from govinfo_pipeline.extract.pages import Pages, odd_rows
from govinfo_pipeline.extract.places import places
from govinfo_pipeline.extract.remarks import Remarks
from govinfo_pipeline.extract.rows import RawRow, Scan
from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import Note

# Share of a table's rows that must agree before a row's place may be read off the others.
_STEADY = 2 / 3

_CASES = 15
_YEAR_BEHIND = re.compile(r"20\d\d年?度?")

# Where a cell of the universe stands: a position in the document's cells, or one of these.
NOWHERE = -1


@dataclass(slots=True)
class Placement:
    """Where every cell of the universe stands in a document.

    Attributes:
        origin: a position in the document's cells for each cell of the universe, or NOWHERE.
        blank: cell of the universe -> position of its row's label, where the row ends before the cell.
        unreadable: the same, where the row's shape is not certain.
        blocks: statutory table -> form whose labels or shape it has.
        heading_units: cell of the universe -> unit that the heading above it prints.
        extras: rows that the form does not have: table, label, first cell, behind the last.
        whole: cells of the universe that are counts printed with zeros behind the point (12.0).
        plain: nothing but the kinds of the cells decided; the same kinds give the same placement.
    """

    origin: list[int]
    blank: dict[int, int] = field(default_factory=dict)
    unreadable: dict[int, int] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    heading_units: dict[int, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    extras: list[tuple[str, int, int, int]] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    plain: bool = True


def place(document: Document, tokens: list[Token], found: Scan, due: str | None) -> Placement:
    """Return where the cells of the forms stand; ``due`` is the form that the report year demands, if known."""
    return _Placer(document, tokens, found, due).run()


class _Placer:
    def __init__(self, document: Document, tokens: list[Token], found: Scan, due: str | None) -> None:
        self.document, self.tokens, self.found, self.due = document, tokens, found, due
        self.places = places()
        self.placement = Placement([NOWHERE] * len(universe()))
        self.in_html = document.source.media_type == "text/html"
        self.steady: dict[str, int] = {}
        self.odd: set[int] = set()  # labels of rows that end in a line of another kind than the others
        self.opened: set[tuple[str, int]] = set()  # printed table and cells of rows whose first is not blank
        self.claimed: dict[tuple[str, str], RawRow] = {}
        self.remarks: Remarks | None = None
        self.pages = Pages(document, tokens)

    def run(self) -> Placement:
        remarked = [raw for raw in self.found.rows if raw.remark >= 0]
        if remarked:
            self.remarks = Remarks.of(self.document, self.tokens, remarked, self.places.sizes)
            at = remarked[0].remark
            self._say(notes.remark_column(self.document.texts[at], self.document.lines[at]))
        rows = self._best_rows()
        if not self.in_html:
            self.pages.find(rows)
        self.placement.blocks = forms_of_blocks(rows, self.places, self.due)
        self.form = form_of(self.placement.blocks, self.due)
        self.steady = self._steady(rows)
        self.odd = odd_rows(self.document, rows, self._block)
        filled = [raw for raw in rows if raw.size and self.tokens[raw.start].kind != Kind.BLANK]
        self.opened = {(self._block(raw), raw.stop - raw.start) for raw in filled}
        for raw in rows:
            self._place(raw)
        self._say_leftovers()
        self._find_whole()
        placement = self.placement
        placement.plain &= not (
            self.pages.looked
            or bool(self.remarks and self.remarks.looked)
            or placement.notes
            or placement.blank
            or placement.unreadable
        )
        return placement

    # -- one row ---------------------------------------------------------------------------------------------

    def _best_rows(self) -> list[RawRow]:
        """Drop labels that no value follows where they stand in no table, and the lesser tries at `disputes`."""
        rows = self._without_strays([raw for raw in self.found.rows if raw.known_table or raw.size])
        rows = [raw for raw in rows if raw.size or not self._is_near(raw)]
        cases = [raw for raw in rows if raw.table == "disputes"]
        if len(cases) > 1:
            exact = [
                raw for raw in cases if self._start(raw, 15) is not None and not self._counts_columns(raw)
            ]
            keep = exact or [max(cases, key=lambda raw: raw.stop - raw.start)]
            rows = [raw for raw in rows if raw.table != "disputes" or raw in keep]
        return rows

    def _without_strays(self, rows: list[RawRow]) -> list[RawRow]:
        """Drop what only looks like a row of article 20: a site's menus count licences and penalties as well.

        Where none of the article's headings was found, its first table says that the tables are there.
        """
        inside = [raw for raw in rows if raw.known_table or not raw.table.startswith("art20_")]
        if len(inside) == len(rows):
            return rows
        no_headings = not any(raw.table.startswith("art20_") for raw in inside)
        if no_headings and any(raw.row == "normative_documents" and raw.size > 1 for raw in rows):
            return rows
        for raw in rows:
            if raw not in inside:
                self._say_stray(raw)
        return inside

    def _counts_columns(self, raw: RawRow) -> bool:
        """Say whether a row numbers the columns, 1, 2, 3 and so on, instead of filling them."""
        values = [self.tokens[k].value for k in range(raw.start, raw.start + raw.size)]
        self.placement.plain = False
        return values == [*range(1, len(values) + 1)]

    def _place(self, raw: RawRow) -> None:
        positions = self._positions(raw)
        if positions is None:
            return
        size = len(positions)
        start = self._start(raw, size)
        key = (raw.table, raw.row)
        if key in self.claimed and self._claim_again(raw, positions, start):
            return
        self.claimed[key] = raw
        if raw.table in self.found.disordered:
            self._say_order(raw, positions)
        elif start is None or (
            self._says_more(raw) or (not raw.size and raw.label in self.found.interrupted)
        ):
            self._say_shape(raw, positions)
        else:
            self._put(raw, positions, start)
            if self._is_near(raw):
                label = universe().cells[positions[0]].row.label
                self._say(
                    notes.label_near(self.document.texts[raw.label], label, self.document.lines[raw.label])
                )
            if raw.label in self.pages.behind:
                self._say_page(raw)

    def _says_more(self, raw: RawRow) -> bool:
        """Say whether figures stand behind the label in its own cell: those of another row, or of this one."""
        token = self.tokens[raw.label]
        return token.kind != Kind.PART and bool(token.rest) and not _YEAR_BEHIND.fullmatch(token.rest)

    def _is_near(self, raw: RawRow) -> bool:
        """Say whether the label has one character wrong."""
        token = self.tokens[raw.label]
        return token.kind == Kind.TEXT and token.row == raw.row

    def _positions(self, raw: RawRow) -> list[int] | None:
        """Return the cells of a row in the form that its block follows; None for a label that no value follows."""
        form = self.placement.blocks.get(raw.table) or self.form
        positions = self.places.of.get((form or "", raw.table, raw.row))
        if positions is None and raw.size:
            forms = self.places.forms_of(raw.table, raw.row)
            positions = self.places.of[forms[-1], raw.table, raw.row] if forms else None
        return positions

    def _start(self, raw: RawRow, size: int) -> int | None:
        """Return where the ``size`` values of a row start, or None where that is not certain."""
        if raw.label in self.odd or self._is_off(raw):
            return None
        if self.remarks is not None and raw.remark >= 0:
            return self.remarks.start(raw, size, lambda raw: self._in_place(raw, exact=False))
        if raw.size == size + 1 and raw.label in self.pages.behind:
            return raw.start
        if raw.size == size and self.pages.may_hide(raw):
            return None
        return None if self._leads_blank(raw) else raw.start if raw.size == size else self._fit(raw, size)

    def _fit(self, raw: RawRow, size: int) -> int | None:
        """Return where the ``size`` values of a row start, or None where their number is not certain."""
        start, length, trimmed = raw.start, raw.stop - raw.start, raw.size
        if trimmed in (size, 0):
            return start
        if trimmed > size:
            lead = 0
            while self.tokens[start + lead].kind == Kind.BLANK:
                lead += 1
            opens = (self._block(raw), length) in self.opened or raw.table.startswith("art20")
            empty_columns = lead and trimmed - lead == size and not opens
            if raw.table == "disputes":  # one row: its heading's column or its sums show where it begins
                start += lead
                begins = empty_columns and (self._is_headed(raw, start) or self._sums_hold(raw, start, size))
                return start if begins else None
            return start + lead if empty_columns and not self._adds_up(raw, size) else None
        return start if length >= size and self._in_place(raw, exact=length == size) else None

    def _is_off(self, raw: RawRow) -> bool:
        """Say whether the cases have a cell too many, blank at an end, so that it is not known where they begin."""
        length = raw.stop - raw.start
        if raw.table != "disputes" or raw.remark >= 0 or not length == raw.size + 1 == _CASES + 1:
            return False
        leads_blank = self.tokens[raw.start].kind == Kind.BLANK
        return leads_blank or (self.in_html and not self._sums_hold(raw, raw.start, raw.size))

    def _is_headed(self, raw: RawRow, start: int) -> bool:
        """Say whether the last heading of the cases, their last but one, stands above the last value but one."""
        columns = self.document.columns
        return self.in_html and columns[raw.label] == columns[start] + _CASES - 2

    def _sums_hold(self, raw: RawRow, start: int, size: int) -> bool:
        self.placement.plain = False
        counts = counts_of(self.tokens[start : start + size])
        return counts is not None and sums_hold(raw.table, counts)

    def _adds_up(self, raw: RawRow, size: int) -> bool:
        """Say whether the first ``size`` cells add up to the last of them: what leads then is a blank cell."""
        if raw.table != "applications":
            return False
        self.placement.plain = False
        values = [self.tokens[k].value or 0 for k in range(raw.start, raw.start + size)]
        return values[-1] != 0 and values[-1] == sum(values[:-1])

    def _leads_blank(self, raw: RawRow) -> bool:
        """Say whether a page's row begins with an empty column, so that it is its last cell that is lost."""
        if not (self.in_html and raw.ended and raw.size) or self.tokens[raw.start].kind != Kind.BLANK:
            return False
        steady = self.steady.get(self._block(raw))
        return steady is not None and steady > self._place_of(raw)

    def _in_place(self, raw: RawRow, *, exact: bool) -> bool:
        """Say whether blanks at a row's end are blank cells, not filling behind a row that lost a cell.

        The file's other rows show it: they are as wide (`_place_of`). Where there is nothing to compare, the
        number of cells must be ``exact``.
        """
        steady = self.steady.get(self._block(raw))
        if steady is None or not raw.ended:
            return exact and not self._looks_shifted(raw)
        return steady == self._place_of(raw)

    def _place_of(self, raw: RawRow) -> int:
        """Return what rows of one printed table share unless a cell was lost.

        In text that is the number of a row's cells, label and filling among them; in a web page, where spanned
        labels stand once, the number of cells beyond the values of the form.
        """
        if not self.in_html:
            return raw.width
        positions = self._positions(raw)
        return raw.stop - raw.start - len(positions or ())

    def _block(self, raw: RawRow) -> str:
        """Return what is compared: in text the lines of all of article 20 are as wide, being one printed table."""
        return "art20" if raw.table.startswith("art20_") and not self.in_html else raw.table

    def _steady(self, rows: list[RawRow]) -> dict[str, int]:
        """Return for each printed table the place that most of its rows share, if several do."""
        counts: dict[str, dict[int, int]] = {}
        for raw in rows:
            if raw.ended and raw.stop > raw.start:
                of_block = counts.setdefault(self._block(raw), {})
                place = self._place_of(raw)
                of_block[place] = of_block.get(place, 0) + 1
        steady = {}
        for block, times in counts.items():
            place = max(times, key=times.__getitem__)
            if times[place] > 1 and times[place] >= _STEADY * sum(times.values()):
                steady[block] = place
        return steady

    def _looks_shifted(self, raw: RawRow) -> bool:
        """Say whether a row with a total ends in the sum of its values, then blank: a value in between was lost."""
        return self._adds_up(raw, raw.size)

    def _put(self, raw: RawRow, positions: list[int], start: int) -> None:
        placement = self.placement
        for i, k in zip(positions, range(start, raw.stop), strict=False):
            placement.origin[i] = k
        for i in positions[raw.stop - start :]:
            placement.blank[i] = raw.label
        if raw.evidence:
            units = sorted({heading.unit for heading in raw.evidence if heading.unit})
            for i in positions:
                if len(units) == 1 and i in self.places.money:
                    placement.heading_units[i] = units[0]
                elif units and i in self.places.money:
                    self._say_units(raw, i, units)

    # -- what is said ----------------------------------------------------------------------------------------

    def _claim_again(self, raw: RawRow, positions: list[int], start: int | None) -> bool:
        """Settle a row that stands twice: the filled one counts; two that differ make the row unreadable.

        True where nothing is left to fill.
        """
        before = self.claimed[raw.table, raw.row]
        if not raw.size:
            return True
        if not before.size:
            for i in positions:
                self.placement.blank.pop(i, None)
            return False
        self.placement.plain = False  # whether the two agree is a matter of their values
        origin, tokens = self.placement.origin, self.tokens
        if start is not None and all(origin[i] != NOWHERE for i in positions):
            again = [tokens[k].value for k in range(start, min(start + len(positions), raw.stop))]
            if again == [tokens[origin[i]].value for i in positions]:
                return True
        texts, lines = self.document.texts, self.document.lines
        self._blot(positions, raw.label)
        self._say(notes.conflict(texts[raw.label], lines[before.label], lines[raw.label]))
        return True

    def _say_shape(self, raw: RawRow, positions: list[int]) -> None:
        texts = self.document.texts
        self._blot(positions, raw.label)
        cells = texts[raw.start : raw.start + raw.size]
        self._say(notes.shape(texts[raw.label], len(positions), cells, self.document.lines[raw.label]))

    def _say_page(self, raw: RawRow) -> None:
        texts, lines, page = self.document.texts, self.document.lines, self.pages.behind[raw.label]
        self._say(notes.page_number(texts[page], lines[page], texts[raw.label]))

    def _say_order(self, raw: RawRow, positions: list[int]) -> None:
        texts, lines, heading = self.document.texts, self.document.lines, self.found.disordered[raw.table]
        self._blot(positions, raw.label)
        self._say(notes.order(texts[raw.label], lines[raw.label], texts[heading], lines[heading]))

    def _say_units(self, raw: RawRow, i: int, units: list[str]) -> None:
        self._blot([i], raw.label)
        self._say(notes.units(self.document.texts[raw.label], self.document.lines[raw.label], units))

    def _say_stray(self, raw: RawRow) -> None:
        texts = self.document.texts
        read = " ".join(texts[raw.start : raw.start + raw.size])
        self._say(notes.outside_tables(texts[raw.label], read, self.document.lines[raw.label]))

    def _say(self, note: Note) -> None:
        self.placement.notes.append(note)

    def _find_whole(self) -> None:
        """Note the counts that have zeros behind the point, as a spreadsheet writes them."""
        origin = self.placement.origin
        whole = {k for k, token in enumerate(self.tokens) if token.shape == WHOLE_SHAPE}
        found = [i for i, k in enumerate(origin) if k in whole and i not in self.places.money]
        if found:
            first = origin[found[0]]
            self.placement.whole = found
            self._say(notes.whole_numbers(self.document.texts[first], len(found), self.document.lines[first]))

    def _blot(self, positions: list[int], label: int) -> None:
        for i in positions:
            self.placement.origin[i] = NOWHERE
            self.placement.blank.pop(i, None)
            self.placement.unreadable[i] = label

    def _say_leftovers(self) -> None:
        placement, texts, lines = self.placement, self.document.texts, self.document.lines
        for raw in self.found.extras:
            if raw.size:
                placement.extras.append((raw.row, raw.label, raw.start, raw.stop))
        for k in self.found.stray:
            self._say(notes.unlabelled(texts[k], lines[k]))
