"""One report as read: who, which year, which form, and every cell of every form with its place.

Owns the vocabulary of cell states and table states. Knows nothing of files and nothing of rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from govinfo_pipeline.formats import Universe, universe
from govinfo_pipeline.provenance import Source

# One letter a state: a report's states are a string with a letter a cell, in the order of the universe.
NUMBER, BLANK, DASH, UNREADABLE, NOT_A_NUMBER, ABSENT = "n", "b", "d", "u", "x", "a"
STATE_NAMES = {
    NUMBER: "number",
    BLANK: "blank",
    DASH: "dash",
    UNREADABLE: "unreadable",  # its place is not certain
    NOT_A_NUMBER: "unreadable",  # printed, but not a number
    ABSENT: "absent",
}

TABLE_STATES = ("filled", "partly_filled", "not_filled", "missing")

SCOPES = ("government", "office", "department", "township", "other")
LEVELS = ("state", "province", "prefecture", "county", "township", "unknown")


class Issuer(NamedTuple):
    """Who published. ``name`` in Simplified characters, ``printed`` as it stands in the document.

    ``region_code`` is GB/T 2260 (six digits) or None where the name is unknown or ambiguous.
    """

    name: str
    printed: str
    region: str | None
    region_code: str | None
    level: str
    scope: str

    @property
    def is_placed(self) -> bool:
        """Whether it is known which place this is: 鼓楼区 is four places, 城关镇 a hundred."""
        return self.region_code is not None or self.level == "state"


class Note(NamedTuple):
    """Something worth saying about reading; ``code`` is stable. ``line`` is None where it has no place.

    ``quote`` is what is printed there, where the message is about a row.
    """

    code: str
    zh: str
    en: str
    line: int | None = None
    quote: str = ""


class Extra(NamedTuple):
    """A row that the form does not have, kept as printed."""

    table: str
    label: str
    texts: tuple[str, ...]
    line: int


class Figure(NamedTuple):
    """One cell: printed text, exact typed value (None unless ``state`` is number), unit and place."""

    id: str
    value: int | Decimal | None
    state: str
    text: str
    unit: str
    line: int | None
    column: int | None


@dataclass(slots=True)
class Masthead:
    """What a report says it is, and where. Lines are None where nothing was found."""

    title: str | None = None
    title_line: int | None = None
    issuer: Issuer | None = None
    year: int | None = None
    # Every statement of year: (where: title|period|opening|body|date|path, year, line, quote).
    years: list[tuple[str, int, int | None, str]] = field(default_factory=list)
    # Every other issuer that the text claims to be: (where, region name, region code, line, quote, times named).
    other_issuers: list[tuple[str, str, str | None, int, str, int]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """A report: a vector over the universe of cells, and its masthead.

    Attributes:
        states: a letter a cell (see the constants), length ``len(universe())``.
        values, texts, lines, columns: parallel to ``states``; values are exact; lines 0 where absent.
        units: printed or form unit, only where it differs from the form's (position -> unit).
        tables: statutory table -> filled, partly_filled, not_filled or missing, for every table of ``form``.
        blocks: statutory table -> id of the form whose labels it carries (differs from ``form`` in hybrids).
        prose: (line, text) of every paragraph outside the tables, as printed.
        error: (code, zh, en) where the document cannot be used; then all else is empty.
    """

    source: Source
    masthead: Masthead = field(default_factory=Masthead)
    form: str | None = None
    tables: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    states: str = ""
    values: list[int | Decimal | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)
    prose: list[tuple[int, str]] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    error: tuple[str, str, str] | None = None

    @classmethod
    def empty(cls, source: Source) -> Report:
        """Return a report with every cell absent."""
        size = len(universe())
        return cls(
            source,
            states=ABSENT * size,
            values=[None] * size,
            texts=[""] * size,
            lines=[0] * size,
            columns=[0] * size,
        )

    @property
    def year(self) -> int | None:
        """The report year, or None where the document does not say."""
        return self.masthead.year

    @property
    def issuer(self) -> Issuer | None:
        """The issuer, or None where the document does not say."""
        return self.masthead.issuer

    @property
    def report_id(self) -> str:
        """A stable readable key made of issuer, scope and year; of the content's hash where they are unknown.

        Where it is not known which place the issuer is of, the content's hash stands behind the code: two places
        of one name are two reports.

        >>> Report.empty(Source("a.txt", "0" * 64, "text/plain")).report_id
        'unidentified-000000000000'
        """
        file = self.source.digest[:_FILE_DIGITS]
        if self.issuer is None or self.year is None:
            return f"unidentified-{file}"
        code, _, rest = str(self.series).partition("-")
        code = code if self.issuer.is_placed else f"{code}.{file}"
        return f"{code}-{rest}-{self.year}"

    @property
    def series(self) -> str | None:
        """What the reports of one issuer and scope have in common, by its name alone where its place is unknown.

        None where the issuer is unknown.
        """
        return None if self.issuer is None else series_of(self.issuer)

    def figure(self, cell_id: str, cells: Universe | None = None) -> Figure:
        """Return one cell by id; KeyError if no form has it."""
        cells = cells or universe()
        i = cells.index[cell_id]
        return self._figure(i, cells)

    def figures(self) -> Iterator[Figure]:
        """Yield every cell of the report's form in order, then cells of other forms that are in the document."""
        cells = universe()
        form = next((f for f in cells.forms if f.id == self.form), None)
        own = [cells.index[cell.id] for cell in form.cells] if form else []
        seen = set(own)
        for i in own + [i for i, s in enumerate(self.states) if s != ABSENT and i not in seen]:
            yield self._figure(i, cells)

    def _figure(self, i: int, cells: Universe) -> Figure:
        state = self.states[i]
        return Figure(
            cells.ids[i],
            self.values[i] if state == NUMBER else None,
            STATE_NAMES[state],
            self.texts[i],
            self.units.get(i, cells.cells[i].column.unit),
            self.lines[i] or None,
            self.columns[i] or None,
        )


def series_of(issuer: Issuer) -> str:
    """Return what all reports of an issuer and scope have in common (`Report.series`)."""
    whole = issuer.scope in ("government", "office") and issuer.region
    who = issuer.region if whole else issuer.name
    return f"{issuer.region_code or _NO_CODE}-{who}-{issuer.scope}"


_FOUND = (NUMBER, BLANK, DASH)


def cells_found(states: str, form_id: str | None) -> tuple[int, int]:
    """Return how many cells of a form were found with certainty, and how many it has; (0, 0) without a form."""
    form = next((form for form in universe().forms if form.id == form_id), None)
    if form is None:
        return 0, 0
    index = universe().index
    return sum(states[index[cell.id]] in _FOUND for cell in form.cells), len(form.cells)


_NO_CODE, _FILE_DIGITS = "000000", 12
_OF_FILE = re.compile(rf"(?P<known>unidentified|{_NO_CODE}(?=\.))[-.][0-9a-f]{{{_FILE_DIGITS}}}")


def without_file(report_id: str) -> str:
    """Return a report's id without the hash of its file, where it has one.

    >>> without_file("000000.17501a4b6fe8-鼓楼区-government-2022"), without_file("110105-朝阳区-office-2022")
    ('000000-鼓楼区-government-2022', '110105-朝阳区-office-2022')
    """
    return _OF_FILE.sub(r"\g<known>", report_id, count=1)


def lineage(report_id: str, origin: str) -> str:
    """Return what the files of one report have in common: its id, or where that has the file's hash, its origin.

    Of a report whose issuer or place is unknown only the address tells that another file is its correction.

    >>> lineage("110105-朝阳区-office-2022", "a.txt"), lineage("000000.17501a4b6fe8-鼓楼区-government-2022", "a.txt")
    ('110105-朝阳区-office-2022', '000000-鼓楼区-government-2022 a.txt')
    """
    bare = without_file(report_id)
    return bare if bare == report_id else f"{bare} {origin}"
