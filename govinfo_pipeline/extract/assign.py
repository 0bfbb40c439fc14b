"""Raw rows -> the cells of the forms. A row gets its values only if their number is exactly the form's.

Owns which form a block follows, and the shape of rows. Refuses to shift: where the number of values is wrong,
all cells of the row are unreadable and a note says so, with the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from govinfo_pipeline.document.model import Document
from govinfo_pipeline.extract.labels import Kind, Token
from govinfo_pipeline.extract.numbers import Value
from govinfo_pipeline.extract.scan import RawRow, Scan
from govinfo_pipeline.formats import Universe, universe
from govinfo_pipeline.report import (
    ABSENT,
    BLANK,
    NUMBER,
    UNREADABLE,
    Extra,
    Note,
    Report,
)

# Share of a table's rows that must agree before a row's place may be read off the others.
_STEADY = 2 / 3


class _Places:
    """Universe positions of every (form, table, row), in the form's column order."""

    def __init__(self, cells: Universe) -> None:
        self.of: dict[tuple[str, str, str], list[int]] = {}
        for form in cells.forms:
            for table in form.tables:
                for cell in table.cells:
                    self.of.setdefault((form.id, table.id, cell.row.id), []).append(cells.index[cell.id])
        self.forms = tuple(form.id for form in cells.forms)
        # Rows that the forms do not print alike: only these say which form a block follows.
        self.telling = {
            (table, row)
            for _, table, row in self.of
            if len({tuple(self.of.get((form, table, row), ())) for form in self.forms}) > 1
        }
        # Whether the cells of a row lie side by side, so that they can be filled at once.
        self.contiguous = {p[0]: p == list(range(p[0], p[0] + len(p))) for p in self.of.values()}
        self.money = {i for i, cell in enumerate(cells.cells) if cell.column.kind == "money"}
        self.money_rows = {p[0] for p in self.of.values() if self.money.intersection(p)}
        index = cells.index
        self.letters_of = {
            form.id: [(t.id, _getter([index[c.id] for c in t.cells])) for t in form.tables]
            for form in cells.forms
        }

    def forms_of(self, table: str, row: str) -> list[str]:
        """Return the forms that have a row."""
        return [form for form in self.forms if (form, table, row) in self.of]


def _getter(positions: list[int]) -> Callable[[list[str]], Iterable[str]]:
    """Return a function that picks ``positions`` of a list (at C speed where there are several)."""
    return itemgetter(*positions) if len(positions) > 1 else lambda states: (states[positions[0]],)


@lru_cache(maxsize=1)
def _places() -> _Places:
    return _Places(universe())


def assign(report: Report, document: Document, tokens: list[Token], found: Scan) -> None:
    """Fill ``report`` with the cells of ``found``: states, values, texts, lines, units, blocks, form, tables."""
    _Assigner(report, document, tokens, found).run()


class _Assigner:
    def __init__(self, report: Report, document: Document, tokens: list[Token], found: Scan) -> None:
        self.report, self.document, self.tokens, self.found = report, document, tokens, found
        self.states = list(report.states)
        self.places = _places()
        self.in_html = document.source.media_type == "text/html"
        self.steady = _steady(found.rows, document, in_html=self.in_html)
        self.claimed: dict[tuple[str, str], RawRow] = {}

    def run(self) -> None:
        report = self.report
        rows = self._best_rows()
        report.blocks = self._blocks(rows)
        report.form = self._form(rows)
        for raw in rows:
            self._assign(raw)
        report.states = "".join(self.states)
        report.tables = self._table_states()
        self._say_leftovers()

    # -- which form ------------------------------------------------------------------------------------------

    def _blocks(self, rows: list[RawRow]) -> dict[str, str]:
        """Return the form of each table that is in the document, by its labels, then by its number of values."""
        votes: dict[str, dict[str, int]] = {}
        for raw in rows:
            if raw.evidence or (raw.table, raw.row) in self.places.telling:
                self._vote(raw, votes.setdefault(raw.table, {}))
        blocks = {}
        for table, counts in votes.items():
            best = max(counts.values(), default=0)
            leaders = [form for form, count in counts.items() if count == best]
            if len(leaders) == 1:
                blocks[table] = leaders[0]
        return blocks

    def _vote(self, raw: RawRow, votes: dict[str, int]) -> None:
        """A row votes for a form that alone has it, or alone prints its headings, or alone has its width."""
        forms = self.places.forms_of(raw.table, raw.row)
        size = raw.size
        if len(forms) == 1:
            if size:
                votes[forms[0]] = votes.get(forms[0], 0) + 10
        else:
            fitting = [form for form in forms if len(self.places.of[form, raw.table, raw.row]) == size]
            if len(fitting) == 1:
                votes[fitting[0]] = votes.get(fitting[0], 0) + 1
        for heading in raw.evidence:
            if len(heading.forms) == 1:
                votes[heading.forms[0]] = votes.get(heading.forms[0], 0) + 3

    def _form(self, rows: list[RawRow]) -> str | None:
        blocks = self.report.blocks
        if "applications" in blocks:
            return blocks["applications"]
        by_year = form_of_year(self.report.year)
        counted = Counter(blocks.values())
        if counted and (by_year is None or by_year not in counted):
            return counted.most_common(1)[0][0]
        return by_year

    # -- one row ---------------------------------------------------------------------------------------------

    def _best_rows(self) -> list[RawRow]:
        """Drop labels that no value follows where they stand in no table, and the lesser tries at `disputes`."""
        rows = [raw for raw in self.found.rows if raw.known_table or raw.size]
        cases = [raw for raw in rows if raw.table == "disputes"]
        if len(cases) > 1:
            exact = [raw for raw in cases if self._fit(raw, 15) is not None]
            keep = exact or [max(cases, key=lambda raw: raw.stop - raw.start)]
            rows = [raw for raw in rows if raw.table != "disputes" or raw in keep]
        return rows

    def _assign(self, raw: RawRow) -> None:
        positions = self._positions(raw)
        if positions is None:
            return
        size = len(positions)
        start = raw.start if raw.size == size else self._fit(raw, size)
        key = (raw.table, raw.row)
        if key in self.claimed and self._claim_again(raw, positions, start):
            return
        self.claimed[key] = raw
        if start is None:
            self._unreadable(raw, positions)
        else:
            self._fill(raw, positions, start)

    def _positions(self, raw: RawRow) -> list[int] | None:
        """Return the cells of a row in the form that its block follows; None for a label that no value follows."""
        form = self.report.blocks.get(raw.table) or self.report.form
        positions = self.places.of.get((form or "", raw.table, raw.row))
        if positions is None and raw.size:
            forms = self.places.forms_of(raw.table, raw.row)
            positions = self.places.of[forms[-1], raw.table, raw.row] if forms else None
        return positions

    def _fit(self, raw: RawRow, size: int) -> int | None:
        """Return where the ``size`` values of a row start, or None where their number is not certain."""
        start, length, trimmed = raw.start, raw.stop - raw.start, raw.size
        if trimmed in (size, 0):
            return start
        if trimmed > size:
            lead = 0
            while self.tokens[start + lead].kind == Kind.BLANK:
                lead += 1
            return start + lead if lead and trimmed - lead == size else None
        if (
            length < size
            or not self._in_place(raw, exact=length == size)
            or self._looks_shifted(raw, trimmed)
        ):
            return None
        return start

    def _in_place(self, raw: RawRow, *, exact: bool) -> bool:
        """Say whether blanks at a row's end are blank cells, not filling behind a row that lost a cell.

        The file's other rows show it: their values start in the same column, or they are as wide. Where there is
        nothing to compare, the number of cells must be ``exact``.
        """
        place = self.document.columns[raw.start] if self.in_html else raw.width
        steady = self.steady.get(_block(raw.table))
        return exact if steady is None or not raw.ended or not place else steady == place

    def _looks_shifted(self, raw: RawRow, trimmed: int) -> bool:
        """Say whether the last value is the sum of those before it: then a value in between was lost."""
        values = [self.tokens[k].value or 0 for k in range(raw.start, raw.start + trimmed)]
        return len(values) > 1 and values[-1] == sum(values[:-1]) and values[-1] != 0

    def _fill(self, raw: RawRow, positions: list[int], start: int) -> None:
        report, document = self.report, self.document
        length = min(raw.stop - start, len(positions))
        stop, first = start + length, positions[0]
        if self.places.contiguous[first]:
            last = first + length
            tokens = self.tokens[start:stop]
            self.states[first:last] = [token.letter for token in tokens]
            report.values[first:last] = [token.value for token in tokens]
            report.texts[first:last] = document.texts[start:stop]
            report.lines[first:last] = document.lines[start:stop]
            report.columns[first:last] = document.columns[start:stop]
        else:
            for i, k in zip(positions, range(start, stop), strict=False):
                self.states[i] = self.tokens[k].letter
                report.values[i] = self.tokens[k].value
                report.texts[i] = document.texts[k]
                report.lines[i] = document.lines[k]
                report.columns[i] = document.columns[k]
        for i in positions[length:]:
            self.states[i] = BLANK
            report.lines[i] = document.lines[raw.label]
        if first in self.places.money_rows:
            for i, k in zip(positions, range(start, stop), strict=False):
                if i in self.places.money and self.states[i] == NUMBER:
                    self._unit(i, self.tokens[k], raw)

    def _unit(self, i: int, token: Token, raw: RawRow) -> None:
        """Keep the printed unit where the form leaves it to the filler; convert exactly where it does not."""
        column = universe().cells[i].column
        printed = token.unit or next((h.unit for h in raw.evidence if h.unit), "")
        report = self.report
        if not column.unit:
            if printed:
                report.units[i] = printed
            return
        factor = {"元": Decimal("0.0001"), "亿元": Decimal(10000)}.get(printed)
        value = report.values[i]
        if factor is not None and value is not None:
            report.values[i] = _plain(Decimal(value) * factor)
            report.notes.append(
                Note(
                    "unit_converted",
                    f"{column.zh}: 印为 {report.texts[i]} ({printed}), 换算为 {report.values[i]} {column.unit}.",
                    f"{column.en}: printed {report.texts[i]} ({printed}), read as {report.values[i]} {column.unit}.",
                    report.lines[i],
                )
            )

    # -- what is said ----------------------------------------------------------------------------------------

    def _claim_again(self, raw: RawRow, positions: list[int], start: int | None) -> bool:
        """Settle a row that stands twice: the filled one counts; two that differ make the row unreadable.

        True where nothing is left to fill.
        """
        before = self.claimed[raw.table, raw.row]
        if not raw.size:
            return True
        if not before.size:
            return False
        if start is not None and all(self.states[i] in "nd" for i in positions):
            again = [self.tokens[start + k].value for k in range(len(positions)) if start + k < raw.stop]
            if again == [self.report.values[i] for i in positions]:
                return True
        lines = self.document.lines
        label = self.document.texts[raw.label]
        self._blot(positions, lines[before.label])
        self.report.notes.append(
            Note(
                "conflict",
                f"“{label}”出现两次且数值不同(第 {lines[before.label]}、{lines[raw.label]} 行), 不作取舍.",
                f"'{label}' stands twice with different values (lines {lines[before.label]}, "
                f"{lines[raw.label]}); neither is taken.",
                lines[raw.label],
            )
        )
        return True

    def _unreadable(self, raw: RawRow, positions: list[int]) -> None:
        texts, lines = self.document.texts, self.document.lines
        line = lines[raw.label]
        self._blot(positions, line)
        cells = texts[raw.start : raw.start + raw.size]
        label, read = texts[raw.label], " ".join(cell or "□" for cell in cells)
        self.report.notes.append(
            Note(
                "shape",
                f"“{label}”一行应有 {len(positions)} 个数, 读到 {len(cells)} 个: {read}. 不作移位.",
                f"row '{label}' must have {len(positions)} values, has {len(cells)}: {read}. Nothing is shifted.",
                line,
            )
        )

    def _blot(self, positions: list[int], line: int) -> None:
        report = self.report
        for i in positions:
            self.states[i] = UNREADABLE
            report.values[i], report.texts[i], report.lines[i], report.columns[i] = None, "", line, 0
            report.units.pop(i, None)

    def _say_leftovers(self) -> None:
        report, texts, lines = self.report, self.document.texts, self.document.lines
        for raw in self.found.extras:
            if raw.size:
                cells = tuple(texts[raw.start : raw.stop])
                report.extras.append(Extra(raw.row, texts[raw.label], cells, lines[raw.label]))
        for k in self.found.stray:
            report.notes.append(
                Note(
                    "unlabelled",
                    f"第 {lines[k]} 行的数值“{texts[k]}”前没有可辨认的项目名称, 未采用.",
                    f"line {lines[k]}: the value '{texts[k]}' stands behind no label that is known; not used.",
                    lines[k],
                )
            )

    def _table_states(self) -> dict[str, str]:
        if self.report.form is None:
            return {}
        getters = self.places.letters_of[self.report.form]
        return {table: table_state(letters(self.states)) for table, letters in getters}


def table_state(letters: Iterable[str]) -> str:
    """Return filled, partly_filled, not_filled or missing for the states of a table's cells.

    >>> table_state("nnd"), table_state("nbn"), table_state("bbb"), table_state("aaa")
    ('filled', 'partly_filled', 'not_filled', 'missing')
    """
    kinds = set(letters)
    if kinds <= {ABSENT}:
        return "missing"
    if kinds <= {"n", "d"}:
        return "filled"
    if kinds <= {BLANK, ABSENT}:
        return "not_filled"
    return "partly_filled"


def form_of_year(year: int | None) -> str | None:
    """Return the id of the form that reports of ``year`` must use, or None."""
    if year is None:
        return None
    return next((form.id for form in universe().forms if form.valid_in(year)), None)


def _block(table: str) -> str:
    """Return what is printed as one table: all of article 20, or the table itself."""
    return "art20" if table.startswith("art20_") else table


def _steady(rows: list[RawRow], document: Document, *, in_html: bool) -> dict[str, int]:
    """Return for each printed table the place that most of its rows share, if several do.

    The place is the column of the first value in a web page, else the number of cells of the row.
    """
    counts: dict[str, dict[int, int]] = {}
    for raw in rows:
        if raw.ended and raw.stop > raw.start:
            place = document.columns[raw.start] if in_html else raw.width
            of_block = counts.setdefault(_block(raw.table), {})
            of_block[place] = of_block.get(place, 0) + 1
    steady = {}
    for block, times in counts.items():
        place = max(times, key=times.__getitem__)
        if times[place] > 1 and times[place] >= _STEADY * sum(times.values()):
            steady[block] = place
    return steady


def _plain(value: Decimal) -> Value:
    """Return a Decimal without needless zeros, as an int where it is whole."""
    normal = value.normalize()
    return int(normal) if normal == normal.to_integral_value() else normal
