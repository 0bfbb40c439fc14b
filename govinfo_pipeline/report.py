"""One report as read: who, which year, which form, and every cell of every form with its place.

Owns the vocabulary of cell states and table states. Knows nothing of files and nothing of rules.
"""

from __future__ import annotations

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

        >>> Report.empty(Source("a.txt", "0" * 64, "text/plain")).report_id
        'unidentified-000000000000'
        """
        if self.issuer is None or self.year is None:
            return f"unidentified-{self.source.sha256[:12]}"
        issuer = self.issuer
        whole = issuer.scope in ("government", "office") and issuer.region
        who = issuer.region if whole else issuer.name
        return f"{issuer.region_code or '000000'}-{who}-{issuer.scope}-{self.year}"

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
