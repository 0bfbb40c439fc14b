"""The invariants of a batch: the shares above which it is not believed, what they are counted of, and its parts."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from govinfo_pipeline.formats import load_form
from govinfo_pipeline.parsed import Arrival
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Finding, Message
from govinfo_pipeline.verify.gate import Limits, Part, Tally, broken_invariants, gate_batch, gate_reports
from tests.batches import FOUND, put, report

LIMITS = Limits(failed=0.2, unknown=0.1, unusable=0.5, least=10)
NAMES = ("conservation", "unique", "unusable files", "failed reports", "unreadable cells")
UNREAD = "art20_5.administrative_licensing.decisions_this_year"
NO_NUMBER = "art20_6.administrative_penalty.decisions_this_year"
NOT_PRINTED = "art20_8.administrative_fees.amount_this_year"


def broken(**counts: Any) -> list[str]:
    said = broken_invariants(Tally(**{"reports": 10, "accepted": 10, "cells": 100, **counts}), LIMITS)
    return [name for sentence in said for name in NAMES if name in sentence]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, []),
        ({"accepted": 9}, ["conservation"]),
        ({"ids": Counter(a=1, b=2)}, ["unique"]),
        ({"accepted": 8, "quarantined": 2}, []),
        ({"accepted": 7, "quarantined": 3}, ["failed reports"]),
        ({"accepted": 5, "quarantined": 5, "unusable": 5}, []),  # unusable, so they did not fail
        ({"accepted": 4, "quarantined": 6, "unusable": 6}, ["unusable files"]),
        ({"unread": 10}, []),
        ({"unread": 11}, ["unreadable cells"]),
        ({"accepted": 0, "quarantined": 10, "unusable": 10, "cells": 0}, ["unusable files"]),
        ({"reports": 9, "accepted": 0, "quarantined": 9}, []),  # too few for shares to mean anything
    ],
)
def test_a_batch_is_not_believed_above_its_limits_and_is_at_them(
    counts: dict[str, Any], expected: list[str]
) -> None:
    assert expected == broken(**counts)


def holed(name: str) -> Report:
    """Return a report with a cell that is unreadable, one that is no number, and one that is not printed."""
    return put(report(name), {UNREAD: "u", NO_NUMBER: "x", NOT_PRINTED: None})


def part(*reports: Report, wrong: tuple[int, ...] = ()) -> Part:
    """Return the decision on reports of which those at ``wrong`` have an error."""
    error = Finding("r", "A1", ("A1@x",), "fail", "error", Message("错", "wrong"))
    findings = [[error] if place in wrong else [] for place in range(len(reports))]
    return gate_reports(reports, [Arrival(1, FOUND)] * len(reports), findings)


def unusable(name: str) -> Report:
    made = report(name)
    made.error = ("empty", "文件没有内容.", "the file is empty.")
    return made


PRINTED = len(load_form("2021").cells) - 1


def test_what_could_not_be_read_is_counted_of_the_cells_that_accepted_reports_print() -> None:
    tally = part(holed("甲县"), holed("乙县"), unusable("丙县"), wrong=(1,)).tally
    assert (3, 1, 2, 1) == (tally.reports, tally.accepted, tally.quarantined, tally.unusable)
    assert (PRINTED, 2) == (tally.cells, tally.unread)


def test_what_is_counted_of_parts_adds_up() -> None:
    parts = [part(holed("甲县"), unusable("乙县")), part(holed("丙县"), holed("丁县"), wrong=(1,))]
    tally = gate_batch(parts).tally
    assert (4, 2, 2, 1) == (tally.reports, tally.accepted, tally.quarantined, tally.unusable)
    assert (2 * PRINTED, 4) == (tally.cells, tally.unread)
    assert {1} == set(tally.ids.values())


def test_a_report_that_stands_in_two_parts_is_there_twice() -> None:
    parts = [part(report("甲县")), part(report("甲县"))]
    assert not any(gate_batch([one]).broken for one in parts)
    (said,) = gate_batch(parts).broken
    assert said.startswith("unique")
