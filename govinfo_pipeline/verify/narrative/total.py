"""Cells -> their sum and how certain it is. A blank may hold anything; a lost cell is never zero."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from govinfo_pipeline.extract.narrative.claim import Cells
from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import ABSENT, BLANK, DASH, NUMBER, Report

KNOWN, OPEN, LOST, NONE = "known", "open", "lost", "none"

_APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
)


class Total(NamedTuple):
    """A sum of cells.

    ``state``: known (all are numbers), open (some are blank, so ``value`` is the least it can be), lost (some
    cannot be read) or none (the document has none of the cells).
    """

    value: int | Decimal
    state: str


def total_of(report: Report, cells: Cells) -> Total:
    """Return the sum of ``cells`` in ``report``.

    A blank 总计 of `applications` is derived from its row where all six applicants are numbers; where some are,
    it is at least their sum.
    """
    value: int | Decimal = 0
    states = set()
    for cell in cells:
        each, state = _cell(report, cell)
        value += each
        states.add(state)
    if states <= {ABSENT}:
        return Total(0, NONE)
    if not states <= {NUMBER, BLANK, DASH}:
        return Total(value, LOST)
    return Total(value, KNOWN if states == {NUMBER} else OPEN)


def _cell(report: Report, cell: str) -> tuple[int | Decimal, str]:
    index = universe().index
    at = index.get(cell)
    if at is None:
        return 0, ABSENT
    value = report.values[at]
    if report.states[at] == NUMBER and value is not None:
        return value, NUMBER
    table, row, column = cell.split(".")
    if report.states[at] == BLANK and table == "applications" and column == "total":
        parts = [index[f"{table}.{row}.{applicant}"] for applicant in _APPLICANTS]
        printed = [report.values[i] or 0 for i in parts if report.states[i] == NUMBER]
        return sum(printed), NUMBER if len(printed) == len(parts) else BLANK
    return 0, report.states[at]
