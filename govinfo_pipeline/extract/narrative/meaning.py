"""What combinations of concepts mean: the cells of the statutory forms, every reading that the wording allows.

Owns the way from `new_received+carried_in` and an applicant to cell ids. Groups of rows and columns come from
the forms, so a row that a form adds to a group is counted without a change here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from govinfo_pipeline.extract.narrative.claim import Cells
from govinfo_pipeline.formats import Form, load_form

Readings = tuple[Cells, ...]

_LAST_YEAR_OF_2019_FORM = 2020
_SERVICES = ("administrative_licensing", "other_external_services")
USUAL_ROWS = ("new_received", "new_received+carried_in", "processed_total")
TOTAL = ("total",)


def form_id(year: int | None) -> str:
    """Return the id of the form that a report of ``year`` uses; the newest where the year is not known."""
    return "2019" if year is not None and year <= _LAST_YEAR_OF_2019_FORM else "2021"


@lru_cache(maxsize=4096)
def applications(reads: tuple[str, ...], columns: tuple[str, ...], form: str) -> Readings:
    """Return the readings of rows (``"new_received+carried_in"``) by columns of `applications`.

    >>> applications(("new_received+carried_in",), ("total",), "2021")
    (('applications.new_received.total', 'applications.carried_in.total'),)
    """
    found = []
    other = "2019" if form == "2021" else "2021"
    for which in (form, other):
        for read in reads:
            rows = [row for term in read.split("+") for row in _rows(term, which)]
            for column in columns:
                cells = tuple(f"applications.{row}.{c}" for row in rows for c in _columns(column, which))
                if rows and cells not in found and (which == form or "outcome:other" in read):
                    found.append(cells)
    return tuple(found)


@lru_cache(maxsize=256)
def disputes(groups: tuple[str, ...], roles: tuple[str, ...]) -> Readings:
    """Return the readings of kinds of dispute (``"review"``) by role (``"upheld"``) of `disputes`.

    >>> disputes(("direct_litigation+post_review_litigation",), ("total",))[0][1]
    'disputes.cases.post_review_litigation_total'
    """
    return tuple(
        tuple(f"disputes.cases.{group}_{role}" for group in read.split("+"))
        for role in roles
        for read in groups
    )


def documents(row: str, reads: Iterable[str]) -> Readings:
    """Return the readings of what was done to regulations or normative documents."""
    return tuple((f"art20_1.{row}.{column}",) for column in reads)


def decisions(row: str) -> Readings:
    """Return the reading of licences, penalties or compulsion decided."""
    table = "art20_5" if row in _SERVICES else "art20_6"
    return ((f"{table}.{row}.decisions_this_year",),)


def items(row: str) -> Readings:
    """Return the reading of items of licensing or penalty that there were the year before."""
    table = "art20_5" if row in _SERVICES else "art20_6"
    return ((f"{table}.{row}.prev_year_items",),)


def union(readings: Iterable[Readings]) -> Readings:
    """Return the one reading that adds up the first readings."""
    return (tuple(dict.fromkeys(cell for each in readings for cell in each[0])),)


@lru_cache(maxsize=8)
def _application_groups(form: str) -> tuple[dict[str, list[str]], list[str]]:
    table = _form(form).table("applications")
    rows: dict[str, list[str]] = {row.id: [row.id] for row in table.rows}
    for row in table.rows:
        if row.outcome:
            rows.setdefault(f"outcome:{row.outcome}", []).append(row.id)
    applicants = [c.id for c in table.columns if c.group == "applicants"]
    return rows, applicants


def _rows(term: str, form: str) -> list[str]:
    return _application_groups(form)[0].get(term, [])


def _columns(column: str, form: str) -> list[str]:
    if column != "legal":
        return [column]
    return [c for c in _application_groups(form)[1] if c != "natural_person"]


def _form(form: str) -> Form:
    return load_form(form)
