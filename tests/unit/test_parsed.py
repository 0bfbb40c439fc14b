"""Documents as an Arrow table: what goes in comes out, with the kinds of its numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.parsed import Arrival, figures_of, parsed_reports, parsed_table
from govinfo_pipeline.report import Report
from tests.batches import FOUND, put, report

CHANGE = "art20_5.administrative_licensing.items_change"
FEES = "art20_8.administrative_fees.amount_this_year"


def there_and_back(made: Report) -> Report:
    (back,) = parsed_reports(parsed_table([made], [Arrival(1, FOUND)]))
    return back


@pytest.mark.parametrize("value", [0, 5, -5, 10**30, Decimal("-0.50"), Decimal("12.00")])
def test_a_number_comes_back_as_it_was(value: int | Decimal) -> None:
    back = there_and_back(put(report("甲县"), {CHANGE: value})).figure(CHANGE).value
    assert (value, str(value)) == (back, str(back))
    assert type(value) is type(back)


def test_a_block_that_the_reports_own_form_does_not_have_comes_back() -> None:
    made = report("甲县")
    only_before = {t.id for t in load_form("2019").tables} - {t.id for t in load_form("2021").tables}
    made.blocks = {"applications": "2021", **dict.fromkeys(only_before, "2019")}
    back = there_and_back(made)
    assert only_before
    assert (made.blocks, made.tables) == (back.blocks, back.tables)


def test_a_figure_is_one_where_its_cell_is_said_to_be_a_number() -> None:
    doubted = put(report("甲县"), {FEES: "u"})
    doubted.values[universe().index[FEES]] = 5
    table = parsed_table([put(report("乙县"), {FEES: 5}), doubted], [Arrival(1, FOUND)] * 2)
    assert ["5.0", "nan"] == [str(figure) for figure in figures_of(table, FEES)]
