"""Find the rows of the statutory tables in a Document: which cells stand behind which label.

Owns reading order: a row is a label and the value cells up to the next label or the row's end. Which meaning a
label has is decided by the block it stands in. Decides nothing about how many values a row must have and
assigns nothing: `extract.place` does.
"""

from __future__ import annotations

from itertools import pairwise

from govinfo_pipeline.document.model import Document, RowKind
from govinfo_pipeline.extract.aside import is_bad_value, is_page_of_pages
from govinfo_pipeline.extract.labels import REMARK, Kind, Labels, Token, labels, unit_of_line
from govinfo_pipeline.extract.rows import RawRow, Scan
from govinfo_pipeline.script import fold

_LOOSE, _HARD = int(RowKind.LOOSE), int(RowKind.HARD)
_VALUE = Kind.VALUE
_ORDER_BEFORE = {"other_misc": ("other_overdue_fee", "other_overdue_correction")}
_MOST_JOINED = 3
_PIECES = (Kind.HEADING, Kind.GROUP, Kind.PART)
_COLUMN_HEADS = (Kind.HEADING, Kind.EITHER)
_NO_REMARKS = ("", "", -1)
_PAGE_OF_PAGES = 3  # cells of the line 5 / 12


def scan(document: Document, tokens: list[Token], known: Labels | None = None) -> Scan:
    """Return the labelled rows of a document; ``tokens`` has one entry a cell."""
    return _Scanner(document, tokens, known or labels()).run()


class _Scanner:
    """Walks the cells that are not values; values lie between them."""

    def __init__(self, document: Document, tokens: list[Token], known: Labels) -> None:
        self.texts = document.texts
        self.document = document
        self.tokens = tokens
        self.labels = known
        self.found = Scan()
        self.region = ""  # "", art20, applications, disputes
        self.block = ""  # the art20 table whose label was seen last
        self.evidence: list[Token] = []  # headings since the last block label
        self.unit: tuple[Token, ...] = ()  # the unit of money that a line of its own gives
        self.evidence_used = False  # a row stands below these headings
        self.heading_mode = False  # inside the column headings of `applications`
        self.last_row = ""
        self.open: tuple[str, str, int, int] | None = None  # table, row, label, start
        self.part: Token | None = None  # the open row's label was cut; what its rest is
        self.remarks = _NO_REMARKS  # region, block, heading of a column of remarks
        self.hard = self.loose = self.in_grid = False
        self.row_start = self.row_width = 0
        self.run_start = self.run_label = -1  # of the run of values in `disputes`
        self.heads: list[str] = []  # columns whose headings stand side by side
        self.heads_at = -1
        self.joined = ""  # texts that may be pieces of one label
        self.joined_at, self.pieces = -2, 0

    def run(self) -> Scan:
        """Walk all rows, then look for values that no label claims."""
        tokens = self.tokens
        for kind, table, start, stop in self.document.rows:
            self.hard, self.loose, self.in_grid = kind == _HARD, kind == _LOOSE, table > 0
            self.row_start, self.row_width = start, stop - start
            events = [i for i, token in enumerate(tokens[start:stop], start) if token.kind > _VALUE]
            for i in events:
                self.event(i)
            if self.hard:
                if not events and stop - start == _PAGE_OF_PAGES and self.passes_page(start, stop):
                    continue
                self.end_row(stop, labelled=bool(events))

        self.close(len(self.texts))
        self.close_run(len(self.texts))
        self.find_stray()
        return self.found

    def find_stray(self) -> None:
        """Note the first value of every gap between rows of `applications`: its label was lost."""
        spans = [(r.start, r.stop) for r in self.found.rows if r.table == "applications"]
        extras = [k for r in self.found.extras for k in range(r.start, r.stop)]
        for (_, stop), (start, _) in pairwise(spans):
            for k in range(stop, start - 1):
                if self.tokens[k].kind == Kind.VALUE and k not in extras:
                    self.found.stray.append(k)
                    break

    # -- events -------------------------------------------------------------------------------------------

    def event(self, i: int) -> None:
        token = self.tokens[i]
        kind = token.kind
        if self.remarks[2] >= 0 and self.in_remark(i):
            return
        if self.region == "disputes":
            self.close_run(i)
            self.run_start = i + 1
        if kind == Kind.ROW:
            self.on_row(i, token.table, token.row)
        elif kind == Kind.PROSE:
            self.found.prose.append(i)
            self.interrupt(i)
            self.close(i)
        elif kind == Kind.TEXT:
            if token.row == REMARK and self.heads_remarks(i):
                self.close(i)
                self.remarks = (self.region, self.block, i)
            elif not self.joins(i):
                self.on_text(i)
                self.joined_at = (
                    -2 if token.table else self.joined_at
                )  # what is a piece by itself begins a label
                self.remember(i)
        else:
            self.dispatch(i, token)
            if kind in _PIECES:
                self.remember(i)

    def dispatch(self, i: int, token: Token) -> None:
        kind = token.kind
        if kind == Kind.EITHER:
            self.on_either(i, token)
        elif kind == Kind.PART:
            self.on_row(i, token.table, token.row)
            self.part = token
        elif kind == Kind.TABLE:
            self.close(i)
            self.remarks = _NO_REMARKS
            if token.table.startswith("art20"):
                self.region, self.block = "art20", token.table
                self.evidence, self.evidence_used = [], False
            else:
                self.enter(token.table, i)
        elif kind == Kind.HEADING:
            self.on_heading(i, token)
        elif kind == Kind.GROUP:
            self.close(i)
            if token.table == "applications":
                self.heading_mode = False
        elif kind == Kind.SECTION:
            self.on_section(i, token.row)
        elif kind == Kind.EXTRA:
            self.close(i)
            self.open = ("", token.table, i, i + 1)

    def on_row(self, i: int, table: str, row: str) -> None:
        self.close(i)
        self.part = None
        if table == "applications":
            self.region, self.heading_mode = "applications", False
        else:
            self.evidence_used = True
        self.last_row = row
        self.open = (table, row, i, i + 1)

    def on_either(self, i: int, token: Token) -> None:
        """其他 and 总计 are a row of `applications` only behind the rows that the form prints before them."""
        before = _ORDER_BEFORE.get(token.row)
        in_place = (
            self.last_row in before if before else self.last_row not in ("", "new_received", "carried_in")
        )
        is_row = self.region == "applications" and (
            token.numbered or (not self.heading_mode and in_place and self.last_row != "carried_forward")
        )
        if is_row:
            self.on_row(i, token.table, token.row)
        else:
            self.interrupt(i)
            self.close(i)

    def on_heading(self, i: int, token: Token) -> None:
        self.close(i)
        if token.row:
            self.note_order(i, token)
        if token.table == "applications":
            self.region, self.heading_mode = "applications", True
        elif token.table == "disputes":
            self.enter("disputes", i)
        else:
            if self.evidence_used:
                self.evidence, self.evidence_used = [], False
                self.remarks = _NO_REMARKS
            self.evidence.append(token)
            if self.region not in ("applications", "disputes"):
                self.region = "art20"

    def note_order(self, i: int, token: Token) -> None:
        """Note where the columns of a table stand in another order than the form's: their values would be exchanged."""
        if token.row in self.heads or not self.row_start <= self.heads_at or i - self.heads_at > _MOST_JOINED:
            self.heads = []
        if any((token.row, head) in self.labels.left_of for head in self.heads):
            self.found.disordered.setdefault(token.table or self.block, i)
        self.heads.append(token.row)
        self.heads_at = i

    def on_section(self, i: int, section: str) -> None:
        self.close(i)
        self.found.prose.append(i)
        self.remarks = _NO_REMARKS
        if section == "s2":
            self.region, self.block, self.evidence, self.unit = "art20", "", [], ()
        elif section == "s3":
            self.region, self.heading_mode, self.last_row = "applications", True, ""
        elif section == "s4":
            self.enter("disputes", i)
        else:
            self.region, self.run_start = "", -1

    def on_text(self, i: int) -> None:
        """An unknown short text: a bad value inside a row, a remark, the rest of a cut label, or a foreign row."""
        if self.region == "" or self.region == "disputes":
            self.found.prose.append(i)
            self.close(i)
            return
        if self.open is not None:
            if self._belongs(i, self.open):
                return
            self.interrupt(i)
        if self.region == "art20" and (unit := unit_of_line(self.texts[i])):
            self.unit = (Token(Kind.HEADING, unit=unit),)
        if self.part and self.part.rest.startswith(fold(self.texts[i])):
            self.close(i)
            self.part = None
            return
        token = self.tokens[i]
        if token.table and token.table == (self.block if self.region == "art20" else self.region):
            self.on_row(i, token.table, token.row)  # a label with one character wrong
            return
        self.close(i)
        self.found.prose.append(i)
        if not self.heading_mode:
            self.open = ("", self.region, i, i + 1)

    def interrupt(self, i: int) -> None:
        """Note the open row whose value stands behind a text: it is not blank."""
        behind = self.tokens[i + 1 : i + 2]
        if self.open is not None and self.open[3] == i and behind and behind[0].kind == _VALUE:
            self.found.interrupted.add(self.open[2])

    def passes_page(self, start: int, stop: int) -> bool:
        """Pass over a line 5 / 12, and end the row above; False where it may be the values of that row."""
        if not is_page_of_pages(self.tokens[start:stop], self.texts[start:stop]):
            return False
        if self.open and self.open[3] == start:
            return False  # they may be the values of the label above
        self.close(start)
        if self.region == "disputes" and self.run_start < start:
            self.close_run(start)
            self.run_start = stop
        return True

    def _belongs(self, i: int, row: tuple[str, str, int, int]) -> bool:
        """Say whether an unknown text is a remark behind the open row's label, or a value that is no number."""
        table, name, label, start = row
        text = self.texts[i]
        if i == start and text[0] in "((（" and text[-1] in "))）":
            self.open = (table, name, label, i + 1)
            return True
        if not table:
            return False
        if self.hard and label >= self.row_start:
            return True
        return is_bad_value(text, first=i == start)

    # -- a column of remarks -------------------------------------------------------------------------------

    def heads_remarks(self, i: int) -> bool:
        """Say whether 备注 heads a column: behind the columns' headings, and in a row of the file the last of them."""
        if self.region == "applications":
            inside = self.heading_mode
        else:
            inside = self.region == "disputes" or bool(self.evidence and not self.evidence_used)
        before = self.tokens[self.row_start if self.hard else max(0, i - 1) : i]
        return inside and any(t.kind in _COLUMN_HEADS for t in before) and (not self.hard or self.ends_row(i))

    def ends_row(self, i: int) -> bool:
        """Say whether nothing stands behind a cell in its row."""
        behind = self.tokens[i + 1 : self.row_start + self.row_width]
        return all(token.kind == Kind.BLANK for token in behind)

    def remark(self) -> int:
        """Return the heading of the column of remarks that the table here has, or -1."""
        region, block, heading = self.remarks
        return heading if region == self.region and block == self.block else -1

    def in_remark(self, i: int) -> bool:
        """Say whether a cell is the remark of its row: behind values, and no other cell of the file's row is."""
        if self.remark() < 0 or not (self.hard or self.loose):
            return False
        first = self.run_start if self.region == "disputes" else self.open[3] if self.open else -1
        if not self.row_start <= first < i:
            return False
        return self.tokens[i].kind >= Kind.TEXT if self.loose else self.ends_row(i)

    # -- joining the pieces of a label ----------------------------------------------------------------------

    def remember(self, i: int) -> None:
        if self.joined_at == i - 1 and self.pieces < _MOST_JOINED:
            self.joined += self.texts[i]
            self.pieces += 1
        else:
            self.joined, self.pieces = self.texts[i], 1
        self.joined_at = i

    def joins(self, i: int) -> bool:
        """Try the text together with the pieces right before it (商业 + 企业) as one label."""
        if self.joined_at != i - 1 or self.pieces >= _MOST_JOINED:
            return False
        token = self.labels.token(self.joined + self.texts[i])
        if not Kind.ROW <= token.kind <= Kind.EXTRA or token.kind == Kind.SECTION:
            return False
        self.open = None
        if token.kind == Kind.ROW:
            self.on_row(i, token.table, token.row)
        else:
            self.dispatch(i, token)
        self.remember(i)
        return True

    # -- rows -----------------------------------------------------------------------------------------------

    def enter(self, table: str, i: int) -> None:
        self.remarks = self.remarks if self.region == table else _NO_REMARKS
        self.region = table
        if table == "disputes":
            self.run_start, self.run_label = i + 1, i
        else:
            self.heading_mode, self.last_row = True, ""

    def close(self, stop: int, *, ended: bool = False) -> None:
        if self.open is None:
            return
        table, row, label, start = self.open
        self.open = None
        evidence = (*self.evidence, *self.unit) if table.startswith("art20") else ()
        known_table = self.region in ("art20", "applications")
        width = self.row_width if self.hard and ended else 0
        size = self.size(start, stop)
        remark = self.remark() if self.remarks[2] >= 0 else -1
        raw = RawRow(table, row, label, start, stop, size, ended, width, known_table, evidence, remark)
        if table:
            self.found.rows.append(raw)
        elif stop > start:
            self.found.extras.append(raw)

    def end_row(self, stop: int, *, labelled: bool) -> None:
        """The file says that a table row ends here."""
        # A label alone on its line stays open: its values may follow on the next (layout K).
        if self.open is not None and (stop > self.open[3] or self.in_grid):
            self.close(stop, ended=True)
        whole = stop - self.row_start >= 15
        if self.region == "disputes" and whole and 0 <= self.run_start < self.row_start and not labelled:
            above = range(self.run_start, self.row_start)
            self.found.stray += [k for k in above if self.tokens[k].kind == Kind.VALUE]
            self.run_start = self.row_start
        if self.region == "disputes" and (labelled or whole):
            self.close_run(stop)
            self.run_start = stop

    def close_run(self, stop: int) -> None:
        """End a run of values in `disputes`; it is the row of cases if it holds any figure, or 15 blanks."""
        start, self.run_start = self.run_start, -1
        if start < 0 or stop <= start:
            return
        tokens = self.tokens
        first, last = self.table_cells(start, stop)
        self.found.stray += [
            k for k in (*range(start, first), *range(last, stop)) if tokens[k].kind == _VALUE
        ]
        start, stop = first, last
        if any(tokens[k].kind != Kind.BLANK for k in range(start, stop)) or stop - start >= 15:
            place = (self.run_label, start, stop, self.size(start, stop), self.hard, stop - start)
            self.found.rows.append(RawRow("disputes", "cases", *place, True, (), self.remark()))

    def table_cells(self, start: int, stop: int) -> tuple[int, int]:
        """Return the part of a run of values that stands in rows of the file, where some of it does; else all of it."""
        hard = [(a, b) for kind, _, a, b in self.document.rows if kind == _HARD and a < stop and b > start]
        hard = [(a, b) for a, b in hard if b - a > 1]
        return (max(start, hard[0][0]), min(stop, hard[-1][1])) if hard else (start, stop)

    def size(self, start: int, stop: int) -> int:
        """Return the number of cells without the blanks at the end."""
        tokens = self.tokens
        while stop > start and tokens[stop - 1].kind == Kind.BLANK:
            stop -= 1
        return stop - start
