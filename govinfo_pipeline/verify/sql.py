"""The forms' rules as SQL over the wide tables, for any dialect: the second engine.

Owns the rendering of instances as NULL-safe SELECTs with the three verdicts of `identities`: a value
is NULL unless it is a number, and `cell_state` has a letter a cell, so that a blank and an
unreadable cell are told apart. Every query filters on the row's own `form`, and judges an instance
only where its statutory table has a printed cell (a letter n, u or x). Executes nothing.

A `source` is the name of a wide table, or ``{batch}``, which Great Expectations fills in. Rules of a
series join the source with itself: last year's report is the one whose `report_id` differs in the
year alone. Rules with a condition (`when`) join the table `reports`.

Sums are DECIMAL(38, 0), so that 64-bit values cannot overflow. SQLite has no such type: there, sums
of values from 2**57 on can turn into floating point and are not exact.
"""

# ruff: noqa: S608 - the text is made of ids of the forms, never of what a document says.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from govinfo_pipeline.formats import universe
from govinfo_pipeline.verify.rules import Instance, Term

if TYPE_CHECKING:
    from sqlglot import exp

BATCH = "{batch}"
# {batch} is no SQL: while sqlglot has the text, this name stands for the source.
_SOURCE = "govinfo_source"
_NULL_SUM = "CAST(0 AS DECIMAL(38, 0))"

# Who a rule with a condition is about. An issuer whose level is not known is not judged.
CONDITIONS = {"cannot_make_regulations": "r.level IN ('county', 'township')"}


def to_sql(instance: Instance, dialect: str = "duckdb") -> str:
    """Return the SELECT of the reports that fail one instance; see `failures`."""
    return failures([instance], dialect)


def failures(
    instances: Sequence[Instance],
    dialect: str = "duckdb",
    source: str = BATCH,
    reports: str = "reports",
) -> str:
    """Return a SELECT of report_id, instance and residual, a row for every failing instance.

    Args:
        instances: of one wide table, of any form.
        dialect: a dialect of sqlglot; empty for the plain subset that they have in common.
        source: the wide table, or ``{batch}``.
        reports: the table `reports`, for rules with a condition.

    Raises:
        ValueError: there are no instances, or they stand in several wide tables.

    >>> from govinfo_pipeline.formats import load_form
    >>> from govinfo_pipeline.verify.rules import compile_form
    >>> print(failures([i for i in compile_form(load_form("2021")) if i.rule.id == "D1"]))
    ... # doctest: +ELLIPSIS
    SELECT
      report_id,
      instance,
      residual
    FROM (
    ...
    """
    wide_table(instances)
    text = f"""
        SELECT report_id, instance, residual FROM ({_union(instances, reports, judged_only=True)}) AS judged
        WHERE (residual < 0 AND up = 0) OR (residual > 0 AND down = 0 AND equation = 1)
    """
    return _render(text, dialect, source)


def verdicts(
    instances: Sequence[Instance],
    dialect: str = "duckdb",
    source: str = BATCH,
    reports: str = "reports",
) -> str:
    """Return a SELECT of report_id, instance, verdict and residual, a row for every instance.

    Verdicts are the numbers of `identities` (0 pass, 1 fail, 2 unknown, 3 skipped); a report is
    judged by the instances of its own form only. Arguments and errors are those of `failures`.
    """
    wide_table(instances)
    text = f"""
        SELECT report_id, instance,
          CASE WHEN printed = 0 THEN 3
            WHEN residual < 0 AND up = 1 THEN 2
            WHEN residual < 0 THEN 1
            WHEN residual > 0 AND equation = 1 AND down = 1 THEN 2
            WHEN residual > 0 AND equation = 1 THEN 1
            WHEN lost = 1 THEN 2
            ELSE 0 END AS verdict,
          CASE WHEN printed = 0 THEN 0 ELSE residual END AS residual
        FROM ({_union(instances, reports, judged_only=False)}) AS judged
    """
    return _render(text, dialect, source)


def type_failures(table: str, dialect: str = "duckdb", source: str = BATCH) -> str:
    """Return a SELECT of report_id, instance and value, a row for every cell that fails N1.

    A cell fails where its text is no number (letter x); where a printed count or change is no whole
    number of 64 bits (letter n, value NULL); and where a count or an amount is negative.

    Raises:
        KeyError: there is no such wide table.
    """
    cells = universe()
    parts = []
    for place, i in enumerate(cells.wide[table], start=1):
        name, kind = cells.column_name(i), cells.cells[i].column.kind
        letter = f"SUBSTR(cell_state, {place}, 1)"
        bad = [f"{letter} = 'x'"]
        bad += [f"{name} < 0"] if kind != "change" else []
        bad += [f"({letter} = 'n' AND {name} IS NULL)"] if kind != "money" else []
        parts.append(
            f"SELECT report_id, 'N1@{cells.ids[i]}' AS instance, {name} AS value"
            f" FROM {_SOURCE} WHERE {' OR '.join(bad)}"
        )
    # A cell a line: laid out like the other queries, this one would have thousands of lines.
    text = _render(" UNION ALL ".join(parts), dialect, source, pretty=False)
    return text.replace(" UNION ALL ", "\nUNION ALL ")


def wide_table(instances: Sequence[Instance]) -> str:
    """Return the one wide table in which all cells of ``instances`` stand.

    Raises:
        ValueError: there is none, or there are several.
    """
    found = sorted({universe().wide_table_of(instance.table) for instance in instances})
    if len(found) != 1:
        raise ValueError(f"instances must stand in one wide table, stood in {found}")
    return found[0]


class _Names(NamedTuple):
    """How the columns of this year's and last year's row are called in one SELECT."""

    now: str
    last: str

    def value(self, term: Term) -> str:
        return f"{self.last if term.prior else self.now}{universe().column_name(term.position)}"

    def state(self, prior: bool) -> str:
        return f"{self.last if prior else self.now}cell_state"


def _union(instances: Iterable[Instance], reports: str, *, judged_only: bool) -> str:
    return " UNION ALL ".join(_select(instance, reports, judged_only=judged_only) for instance in instances)


def _select(instance: Instance, reports: str, *, judged_only: bool) -> str:
    """Return the operands' sum and what is missing, for one instance and every row of its form."""
    when = instance.rule.when
    joined = instance.series or when is not None
    names = _Names("now.", "last.") if joined else _Names("", "")
    raising = [names.value(t) for t in instance.terms if t.coefficient > 0 or t.signed]
    lowering = [names.value(t) for t in instance.terms if t.coefficient < 0 or t.signed]
    printed = " AND ".join(_printed(instance, names, prior) for prior in _years(instance))
    if when is not None:
        printed += f" AND ({CONDITIONS[when]})"
    columns = [
        f"{names.now}report_id",
        f"'{instance.id}' AS instance",
        f"{_residual(instance, names)} AS residual",
        f"{_any_null(raising)} AS up",
        f"{_any_null(lowering)} AS down",
        f"{int(instance.relation == '=')} AS equation",
    ]
    if not judged_only:
        columns.append(f"{_flag(' OR '.join(_lost(instance, names)))} AS lost")
        columns.append(f"{_flag(printed)} AS printed")
    where = f"{names.now}form = '{instance.form}'" + (f" AND {printed}" if judged_only else "")
    return f"SELECT {', '.join(columns)} FROM {_from(instance, reports, joined)} WHERE {where}"


def _from(instance: Instance, reports: str, joined: bool) -> str:
    text = f"{_SOURCE} AS now" if joined else _SOURCE
    if instance.series:
        text += (
            f" LEFT JOIN {_SOURCE} AS last ON last.report_id = SUBSTR(now.report_id, 1,"
            " LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS VARCHAR(11))"
        )
    if instance.rule.when is not None:
        text += f" LEFT JOIN {reports} AS r ON r.report_id = now.report_id"
    return text


def _years(instance: Instance) -> list[bool]:
    return [False, True] if instance.series else [False]


def _residual(instance: Instance, names: _Names) -> str:
    text = f"{_NULL_SUM} + {instance.constant}" if instance.constant > 0 else _NULL_SUM
    text += f" - {-instance.constant}" if instance.constant < 0 else ""
    for term in instance.terms:
        text += f" {'+' if term.coefficient > 0 else '-'} COALESCE({names.value(term)}, 0)"
    return text


def _lost(instance: Instance, names: _Names) -> Iterator[str]:
    """Yield, for each operand, that it is missing and was not left blank."""
    wide = universe().wide_table_of(instance.table)
    for term in instance.terms:
        name = universe().column_name(term.position)
        letter = _letter(wide, name, names.state(term.prior))
        yield f"({names.value(term)} IS NULL AND {letter} NOT IN ('b', 'd'))"


def _printed(instance: Instance, names: _Names, prior: bool) -> str:
    """Return that some cell of the instance's table is printed: its letters are not all a, b or d."""
    state = names.state(prior)
    wide = universe().wide[universe().wide_table_of(instance.table)]
    places = sorted(wide.index(position) + 1 for position in instance.extent)
    letters = " || ".join(f"SUBSTR({state}, {start}, {length})" for start, length in _runs(places))
    for letter in "abd":
        letters = f"REPLACE({letters}, '{letter}', '')"
    return f"COALESCE({letters}, '') <> ''"


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of consecutive numbers as (first, how many)."""
    start = previous = places[0]
    for place in [*places[1:], -1]:
        if place != previous + 1:
            yield start, previous - start + 1
            start = place
        previous = place


def _letter(wide: str, name: str, state: str = "cell_state") -> str:
    cells = universe()
    names = [cells.column_name(i) for i in cells.wide[wide]]
    return f"SUBSTR({state}, {names.index(name) + 1}, 1)"


def _any_null(names: Sequence[str]) -> str:
    return _flag(" OR ".join(f"{name} IS NULL" for name in names)) if names else "0"


def _flag(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def _render(text: str, dialect: str, source: str, *, pretty: bool = True) -> str:
    from sqlglot import exp  # here, because reading documents needs no rules

    tree = _tree(text)
    if dialect == "sqlite":  # its DECIMAL would be a REAL
        tree = tree.copy()
        for kind in tree.find_all(exp.DataType):
            if kind.this == exp.DataType.Type.DECIMAL:
                kind.replace(exp.DataType.build("BIGINT"))
    return tree.sql(dialect=dialect or None, pretty=pretty).replace(_SOURCE, source)


@lru_cache(maxsize=64)
def _tree(text: str) -> exp.Expr:
    """Return a query's tree; the same for all dialects, so that it is read once."""
    from sqlglot import parse_one  # see `_render`

    return parse_one(text)
