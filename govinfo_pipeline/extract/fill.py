"""Document -> the cells of a Report: placed once for each shape of document, then filled from its cells.

Owns the filling of a Report, and the memory of placements: in a batch most documents have the shape of an earlier
one, and where nothing but the kinds of the cells decided, the same kinds stand in the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from govinfo_pipeline.document.model import Document
from govinfo_pipeline.extract.aside import is_bad_value
from govinfo_pipeline.extract.blocks import form_of
from govinfo_pipeline.extract.labels import Kind, Token
from govinfo_pipeline.extract.numbers import Value
from govinfo_pipeline.extract.place import NOWHERE, Placement, place
from govinfo_pipeline.extract.rows import Scan
from govinfo_pipeline.extract.scan import scan
from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import ABSENT, BLANK, NUMBER, UNREADABLE, Extra, Note, Report

_NOWHERE = Token(Kind.BLANK, ABSENT)
_MOST_SHAPES = 2_000
_COLUMN_NUMBERS = [*range(1, 16)]
# In units of the form (万元), how much one printed unit is.
_FACTORS = {
    "元": Decimal("0.0001"),
    "十元": Decimal("0.001"),
    "百元": Decimal("0.01"),
    "千元": Decimal("0.1"),
    "十万元": Decimal(10),
    "百万元": Decimal(100),
    "千万元": Decimal(1000),
    "亿元": Decimal(10000),
}


class _Plan(NamedTuple):
    """A placement that other documents of the same shape share; positions count from the first cell of the tables."""

    placement: Placement
    pick: Callable[[Any], tuple[Any, ...]]
    columns: tuple[int, ...]


@dataclass(slots=True)
class _Known:
    """What documents of one shape share: prose between the tables, and placements by the form that is due."""

    prose: list[int]
    plans: dict[str | None, _Plan] = field(default_factory=dict)


class Tables(NamedTuple):
    """The part of a document that holds the tables: cells ``start:stop``, whole rows.

    ``known``: what documents of its shape share; ``prose``: the positions of all of its prose; ``found``: the scan of
    the document, where its shape is new.
    """

    start: int
    stop: int
    known: _Known
    prose: list[int]
    found: Scan | None


_shapes: dict[tuple[Any, str], _Known] = {}


def find_tables(document: Document, tokens: list[Token]) -> Tables:
    """Return where the tables are, and the positions of all prose around and between them."""
    start, stop = _bounds(document, tokens)
    shape = _shape(document, tokens, start, stop)
    known, found = _shapes.get(shape), None
    if known is None:
        found = scan(document, tokens)
        known = _Known([i - start for i in found.prose if start <= i < stop])
        if len(_shapes) >= _MOST_SHAPES:
            _shapes.clear()
        _shapes[shape] = known
    inside = [start + i for i in known.prose]
    prose = [*_prose(tokens, 0, start), *inside, *_prose(tokens, stop, len(tokens))]
    return Tables(start, stop, known, prose, found)


def fill(report: Report, document: Document, tokens: list[Token], tables: Tables, due: str | None) -> None:
    """Fill ``report`` with the document's cells: states, values, texts, places, units, blocks, form, tables.

    Args:
        report: an empty report.
        document, tokens: the document, and what each of its cells is.
        tables: `find_tables` of the document.
        due: the form that the report year demands, None where the year is not known.
    """
    known = tables.known
    plan = known.plans.get(due)
    if plan is None:
        placement = place(document, tokens, tables.found or scan(document, tokens), due)
        if placement.plain:
            known.plans[due] = _plan(placement, tables.start, document)
        pick = _picker(placement.origin)
        _fill(report, document, tokens, _Plan(placement, pick, pick([*document.columns, 0])), 0, len(tokens))
    else:
        _fill(report, document, tokens, plan, tables.start, tables.stop)
    report.form = form_of(report.blocks, due)
    report.tables = dict(_table_states(report.form, report.states, tuple(report.blocks.items())))


# -- shapes --------------------------------------------------------------------------------------------------


def _bounds(document: Document, tokens: list[Token]) -> tuple[int, int]:
    """Return the range of cells from the first label to the last cell that has to do with a table, whole rows."""
    labelled = (i for i, token in enumerate(tokens) if token.tabular and token.kind > Kind.VALUE)
    start = next(labelled, 0)
    stop = next((i + 1 for i in range(len(tokens) - 1, start, -1) if tokens[i].tabular), start)
    if stop > start:
        first, last = document.row_at(start), document.row_at(stop - 1)
        start = first[1] if first[0] else start
        stop = last[2] if last[0] else stop
        while stop < len(tokens) and is_bad_value(document.texts[stop], first=False):
            stop += 1  # which the scan may take for a value of the last row
    return start, stop


def _shape(document: Document, tokens: list[Token], start: int, stop: int) -> tuple[Any, str]:
    """Return what decides a placement, as far as it is not a value: where rows end, and the kinds of cells."""
    marks: tuple[Any, ...] = ()
    if (layout := document.layout) is not None:
        marks = (layout.kinds, layout.sizes, start - document.first)
    elif len(rows := document.rows) > 1 or (rows and rows[0][0]):
        marks = tuple([(k, t > 0, a - start, b - start) for k, t, a, b in rows if start <= a and b <= stop])
        if document.source.media_type == "text/html":
            marks += tuple(document.columns[start:stop])
    return marks, "".join([token.shape for token in tokens[start:stop]])


def _plan(placement: Placement, start: int, document: Document) -> _Plan:
    """Return a plan counted from ``start``; a document's shape tells its columns too."""
    origin = [k if k == NOWHERE else k - start for k in placement.origin]
    extras = [(table, label - start, a - start, b - start) for table, label, a, b in placement.extras]
    moved = Placement(origin, blocks=placement.blocks, heading_units=placement.heading_units, extras=extras)
    pick = _picker(origin)
    return _Plan(moved, pick, pick([*document.columns[start:], 0]))


def _picker(origin: list[int]) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that picks the cells at ``origin`` of a list; NOWHERE picks the list's last."""
    picked: Callable[[Any], tuple[Any, ...]] = itemgetter(*origin)
    return picked


def _prose(tokens: list[Token], start: int, stop: int) -> list[int]:
    return [i for i in range(start, stop) if tokens[i].kind >= Kind.TEXT or tokens[i].kind == Kind.SECTION]


# -- filling -------------------------------------------------------------------------------------------------


def _fill(
    report: Report, document: Document, tokens: list[Token], plan: _Plan, start: int, stop: int
) -> None:
    placement, pick = plan.placement, plan.pick
    cells = pick([*tokens[start:stop], _NOWHERE])
    report.states = "".join([token.letter for token in cells])
    report.values = [token.value for token in cells]
    report.texts = list(pick([*document.texts[start:stop], ""]))
    report.lines = list(pick([*document.lines[start:stop], 0]))
    report.columns = list(plan.columns)
    report.blocks = dict(placement.blocks)
    report.notes += placement.notes
    texts, lines = document.texts, document.lines
    report.extras = [
        Extra(table, texts[start + label], tuple(texts[start + a : start + b]), lines[start + label])
        for table, label, a, b in placement.extras
    ]
    if placement.blank or placement.unreadable:
        _mark(report, document, placement)
    for i in placement.whole:
        report.values[i] = int(report.values[i] or 0)
    cases = _cases()
    if report.values[cases.start : cases.stop] == _COLUMN_NUMBERS:
        _refuse_column_numbers(report)
    for i in _money():
        if report.states[i] == NUMBER:
            _unit(report, i, cells[i].unit or placement.heading_units.get(i, ""))


def _mark(report: Report, document: Document, placement: Placement) -> None:
    """Say blank or unreadable of the cells that have no place, with the line of their row's label."""
    states = list(report.states)
    for letter, marked in ((BLANK, placement.blank), (UNREADABLE, placement.unreadable)):
        for i, label in marked.items():
            states[i] = letter
            report.lines[i] = document.lines[label]
    report.states = "".join(states)


@lru_cache(maxsize=1)
def _cases() -> range:
    """Return the positions of `disputes`, whose row has no label."""
    ids = [i for i, cell in enumerate(universe().ids) if cell.startswith("disputes.")]
    return range(ids[0], ids[-1] + 1)


def _refuse_column_numbers(report: Report) -> None:
    """1 to 15 in `disputes` number the columns of a table whose row of figures was lost."""
    cells = _cases()
    report.states = report.states[: cells.start] + UNREADABLE * len(cells) + report.states[cells.stop :]
    for i in cells:
        report.values[i], report.texts[i] = None, ""
    line = report.lines[cells.start]
    report.notes.append(
        Note(
            "shape",
            f"第 {line} 行的 1 至 {len(cells)} 是栏次, 不是行政复议、行政诉讼的件数; 未读到数据行.",
            f"1 to {len(cells)} at line {line} number the columns of the reviews and litigation; "
            "the row of figures was not found.",
            line,
        )
    )


@lru_cache(maxsize=1)
def _money() -> tuple[int, ...]:
    return tuple(i for i, cell in enumerate(universe().cells) if cell.column.kind == "money")


def _unit(report: Report, i: int, printed: str) -> None:
    """Keep the printed unit where the form leaves it to the filler; convert exactly where it does not."""
    column = universe().cells[i].column
    if not column.unit:
        if printed:
            report.units[i] = printed
        return
    factor, value = _FACTORS.get(printed), report.values[i]
    if factor is None or value is None:
        return
    report.values[i] = _plain(Decimal(value) * factor)
    text, now = report.texts[i], report.values[i]
    report.notes.append(
        Note(
            "unit_converted",
            f"{column.zh}: 印为 {text} ({printed}), 换算为 {now} {column.unit}.",
            f"{column.en}: printed {text} ({printed}), read as {now} {column.unit}.",
            report.lines[i],
        )
    )


def _plain(value: Decimal) -> Value:
    """Return a Decimal without needless zeros, as an int where it is whole."""
    normal = value.normalize()
    return int(normal) if normal == normal.to_integral_value() else normal


# -- states of tables ----------------------------------------------------------------------------------------


@lru_cache(maxsize=5_000)
def _table_states(
    form: str | None, states: str, blocks: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Return the state of every table of the report's form; of a block of another form, by that form's cells."""
    if form is None:
        return ()
    used = dict(blocks)
    own = _letters_of(form)
    picks = {table: _letters_of(used.get(table, form)).get(table, own[table]) for table in own}
    return tuple((table, table_state(pick(states))) for table, pick in picks.items())


@lru_cache(maxsize=8)
def _letters_of(form_id: str) -> dict[str, Callable[[str], Iterable[str]]]:
    form = next(form for form in universe().forms if form.id == form_id)
    index = universe().index
    return {table.id: _getter([index[cell.id] for cell in table.cells]) for table in form.tables}


def _getter(positions: list[int]) -> Callable[[str], Iterable[str]]:
    """Return a function that picks ``positions`` of a string (at C speed where there are several)."""
    return itemgetter(*positions) if len(positions) > 1 else lambda states: (states[positions[0]],)


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
