"""The name of a finding: the same for the same operands, another for others."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Evidence, Finding, Message
from govinfo_pipeline.verify.judge import judge, judge_together
from govinfo_pipeline.verify.review import finding_id
from govinfo_pipeline.verify.sentence import evidence_of
from tests.batches import put, report
from tests.reviews import GRANTED, REVIEWS, first, wrong

LICENCES = "art20_5.administrative_licensing.decisions_this_year"


def test_a_finding_has_a_name_of_eight_hex_digits_that_every_run_gives_it() -> None:
    once, again = first(wrong()).id, first(wrong()).id
    assert once == again
    assert re.fullmatch("[0-9a-f]{8}", once)


def test_the_order_in_which_things_are_listed_is_no_part_of_a_name() -> None:
    about, finding = wrong(), first(wrong())
    turned = replace(finding, instances=finding.instances[::-1], cells=finding.cells[::-1])
    assert finding.id == finding_id(turned, about)
    one, other = report("甲县"), report("甲县")
    one.blocks = {"disputes": "2019", "applications": "2019"}
    other.blocks = dict(reversed(one.blocks.items()))
    form = Finding("r", "S3", ("S3",), "fail", "error", Message("", ""))
    assert finding_id(form, one) == finding_id(form, other)


def test_every_finding_of_a_report_has_a_name_of_its_own() -> None:
    fees = "art20_8.administrative_fees.amount_this_year"
    bad = wrong(**{"applications.carried_in.total": "x", REVIEWS: 2, fees: Decimal("-1.5")})
    bad.masthead.issuer, bad.masthead.year = None, None
    found = judge([bad])[0]
    assert {"A3", "D1", "N1", "S7"} == {f.rule for f in found}
    assert len(found) == len({f.id for f in found})


def test_a_new_revision_with_the_same_operands_has_the_same_name() -> None:
    revised = report("甲县", granted=7, text="revised")
    put(revised, {GRANTED: 9, LICENCES: 6045, REVIEWS: 0})
    revised.lines = [line + 40 for line in revised.lines]
    revised.prose = [(1, "新增一段文字")]
    assert first(wrong()).id == first(revised).id


@pytest.mark.parametrize(
    "cells",
    [
        {GRANTED: 10},
        {"applications.granted.natural_person": 8, "applications.partially_granted.natural_person": -1},
        {"applications.denied_state_secret.total": "d"},  # an operand of A2@total that was 0
        {"applications.denied_state_secret.total": "b"},
    ],
)
def test_another_operand_is_another_name(cells: dict[str, Any]) -> None:
    about, same = wrong(), first(wrong())
    other = replace(same, id="")
    assert same.id != finding_id(other, put(about, cells))


@pytest.mark.parametrize(
    ("cell", "before", "after"),
    [
        ("art20_8.administrative_fees.amount_this_year", Decimal("16.5"), Decimal("16.50")),
        ("art20_8.administrative_fees.amount_this_year", Decimal(100), 100),
    ],
)
def test_the_same_number_printed_otherwise_is_the_same_operand(cell: str, before: Any, after: Any) -> None:
    finding = Finding("r", "P5", ("P5@administrative_fees",), "fail", "warning", Message("", ""), (cell,))
    assert 1 == len({finding_id(finding, put(report("甲县"), {cell: value})) for value in (before, after)})


def test_a_dash_is_a_dash_however_it_is_printed_and_no_blank() -> None:
    finding = Finding("r", "A3", ("A3@granted",), "unknown", "notice", Message("", ""))
    slash, word, blank = (put(report("甲县"), {GRANTED: state}) for state in "ddb")
    word.texts = ["无" if text == "/" else text for text in word.texts]
    names = [finding_id(finding, about) for about in (slash, word, blank)]
    assert names[0] == names[1] != names[2]


def test_what_is_printed_counts_where_it_is_no_number() -> None:
    cell = "applications.carried_in.total"
    one, other = put(report("甲县"), {cell: "x"}), put(report("甲县"), {cell: "x"})
    other.texts = ["约十件" if text == "若干" else text for text in other.texts]
    assert first(one).id != first(other).id


def test_a_unit_is_part_of_an_amount() -> None:
    cell = "art20_8.administrative_fees.amount_this_year"
    finding = Finding("r", "P5", ("P5@administrative_fees",), "fail", "warning", Message("", ""), (cell,))
    plain, yuan = put(report("甲县"), {cell: Decimal(5)}), put(report("甲县"), {cell: Decimal(5)})
    yuan.units[universe().index[cell]] = "元"
    assert finding_id(finding, plain) != finding_id(finding, yuan)


def test_a_finding_about_the_name_is_about_what_is_quoted() -> None:
    def quoted(text: str, line: int) -> Finding:
        evidence = (Evidence(1, "甲县2022年政府信息公开工作年度报告"), Evidence(line, text))
        return Finding("r", "S1", ("S1",), "fail", "error", Message("", ""), evidence=evidence)

    about = report("甲县")
    same = {
        finding_id(quoted("2022年, 乙县 做了工作", 6), about),
        finding_id(quoted("2022年,乙县做了工作", 9), about),
    }
    assert 1 == len(same)
    assert finding_id(quoted("2022年,丙县做了工作", 6), about) not in same
    one = quoted("2022年,乙县做了工作", 6)
    assert {finding_id(replace(one, evidence=one.evidence[::-1]), about)} == same


def test_a_claim_is_about_its_quote_and_the_cells_it_names_and_no_others() -> None:
    cell = "applications.new_received.total"

    def claim(about: Report, quote: str = "全年收到申请12件") -> str:
        row = evidence_of(about, [universe().index[cell]])
        evidence = (Evidence(3, quote), *row)
        finding = Finding("r", "C1", ("C1@received",), "fail", "warning", Message("", ""), (cell,), 12, 7)
        return finding_id(replace(finding, evidence=evidence), about)

    same = claim(report("甲县", granted=7))
    beside = put(report("甲县", granted=7), {"applications.new_received.other_org": 1})
    assert same == claim(beside)
    assert same != claim(report("甲县", granted=7), "全年受理申请12件")
    assert same != claim(report("甲县", granted=8))


def test_a_form_of_another_year_is_about_which_tables_follow_it() -> None:
    about, more = report("甲县"), report("甲县")
    about.blocks = {"disputes": "2019"}
    more.blocks = {"disputes": "2019", "applications": "2019"}
    assert first(about).id != first(more).id


def years(forward: int, carried: int) -> list[Report]:
    before = put(report("甲县", 2021), {"applications.carried_forward.total": forward})
    after = put(report("甲县", 2022), {"applications.carried_in.total": carried})
    return [before, after]


def y1(reports: list[Report]) -> Finding:
    return next(f for f in judge_together(reports)[1] if f.rule == "Y1")


def test_a_finding_across_years_is_about_last_years_figure_too() -> None:
    same = y1(years(4, 3))
    assert same.id == y1(years(4, 3)).id
    assert same.id != y1(years(5, 3)).id
    moved = years(4, 3)
    moved[0].source = moved[0].source._replace(path="elsewhere/2021.txt")
    assert same.id == y1(moved).id


def test_a_finding_about_one_year_has_one_name_whether_last_years_report_is_at_hand_or_not() -> None:
    bad = wrong(**{"applications.carried_in.total": "x"})
    bad.blocks = {"disputes": "2019"}
    alone = {f.rule: f.id for f in judge([bad])[0]}
    beside = {f.rule: f.id for f in judge_together([report("甲县", 2021), bad])[1]}
    assert {"A3", "N1", "S3"} == set(alone)
    assert alone == beside


def test_a_repeated_table_is_about_all_its_figures() -> None:
    def pasted(value: int) -> Finding:
        cells = {cell.id: value for cell in load_form("2021").table("disputes").cells}
        reports = [put(report("甲县", year, granted=7), cells) for year in (2021, 2022)]
        return next(f for f in judge_together(reports)[1] if f.rule == "Y4")

    assert pasted(3).id == pasted(3).id
    assert pasted(3).id != pasted(4).id
