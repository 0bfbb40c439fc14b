"""Rules across years: truth by hand, forms that change, whole reports."""

from __future__ import annotations

from random import Random

import pytest

from govinfo_pipeline.document.text import read_text
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Issuer, Report
from govinfo_pipeline.verify.judge import judge, judge_together
from govinfo_pipeline.verify.series import check_series, predecessors
from tests.batches import put, report
from tests.generator import random_report, render
from tests.series import LICENCES, found, pair

STATES = "bduxa"
# A value, or None for the operand that is missing; then whether a finding is due whatever way it is missing
# (b, d, u, x, a): by hand, from the question in the comment.
Y1 = ("applications.carried_in.total", "prior applications.carried_forward.total")
Y1_TRUTH = [
    ((3, 3), False),
    ((0, 0), False),
    ((3, 4), True),
    ((4, 3), True),
    ((None, 4), False),  # 4 may stand there
    ((None, 0), False),
    ((4, None), False),  # so it may there
    ((0, None), False),
]
DOCUMENTS = "art20_1.normative_documents"
Y2 = (
    *(f"{DOCUMENTS}.in_force", f"prior {DOCUMENTS}.in_force"),
    *(f"{DOCUMENTS}.issued_this_year", f"{DOCUMENTS}.repealed_this_year"),
)
Y2_TRUTH = [
    ((36, 34, 3, 1), False),
    ((0, 2, 0, 2), False),
    ((60, 34, 3, 1), True),
    ((35, 34, 3, 1), True),
    ((None, 34, 3, 1), False),  # 36
    ((None, 1, 0, 5), True),  # -4 cannot stand there
    ((36, None, 3, 1), False),  # 34
    ((1, None, 5, 0), True),  # -4
    ((36, 34, None, 1), False),  # 3
    ((10, 34, None, 1), True),  # -23
    ((36, 34, 3, None), False),  # 1
    ((60, 34, 3, None), True),  # -23
]
Y3 = (
    *(f"{LICENCES}.prev_year_items", f"prior {LICENCES}.prev_year_items"),
    f"prior {LICENCES}.items_change",
)
Y3_TRUTH = [
    ((12, 10, 2), False),
    ((8, 10, -2), False),
    ((12, 10, 5), True),
    ((12, 10, -2), True),
    ((None, 10, -2), False),  # 8
    ((None, 10, -15), True),  # -5 items
    ((12, None, 2), False),  # 10
    ((1, None, 5), True),  # -4 items
    ((12, 10, None), False),  # +2
    ((3, 10, None), False),  # -7: a change may be negative
]
TRUTH = [
    pytest.param(rule, form, year, cells, values, due, id=f"{rule} {values}")
    for rule, form, year, cells, table in (
        ("Y1", "2021", 2022, Y1, Y1_TRUTH),
        ("Y1", "2019", 2020, Y1, Y1_TRUTH),
        ("Y2", "2021", 2022, Y2, Y2_TRUTH),
        ("Y3", "2019", 2020, Y3, Y3_TRUTH),
    )
    for values, due in table
]


@pytest.mark.parametrize(("rule", "form", "year", "cells", "values", "due"), TRUTH)
def test_truth_by_hand_with_each_operand_missing_in_turn(
    rule: str, form: str, year: int, cells: tuple[str, ...], values: tuple[int | None, ...], due: bool
) -> None:
    for letter in STATES if None in values else "n":
        filled = {
            cell: (None if letter == "a" else letter) if value is None else value
            for cell, value in zip(cells, values, strict=True)
        }
        own = {cell: value for cell, value in filled.items() if not cell.startswith("prior ")}
        last = {cell[6:]: value for cell, value in filled.items() if cell.startswith("prior ")}
        rules = [f.rule for f in found(*pair(own, last, form, year))]
        assert ([rule] if due else []) == rules, letter


@pytest.mark.parametrize("missing", ["missing", "not_filled"])
@pytest.mark.parametrize("side", [0, 1])
def test_a_table_that_is_missing_or_empty_in_either_year_is_not_judged(missing: str, side: int) -> None:
    both = pair({"applications.carried_in.total": 3}, {"applications.carried_forward.total": 4})
    table = universe().tables["applications"]
    state: str | None = None if missing == "missing" else "b"
    put(both[side], {universe().ids[i]: state for i in table})
    assert [] == found(*both)


def test_a_finding_names_instances_figures_and_where_both_stand() -> None:
    now, before = pair(
        {"applications.carried_in.natural_person": 3, "applications.carried_in.total": 3},
        {"applications.carried_forward.natural_person": 1, "applications.carried_forward.total": 1},
    )
    (finding,) = found(now, before)
    assert ("Y1", "fail", "warning") == (finding.rule, finding.verdict, finding.severity)
    assert ("Y1@natural_person", "Y1@total") == finding.instances
    assert ("applications.carried_in.natural_person", "applications.carried_in.total") == finding.cells
    assert (3, 1) == (finding.reported, finding.expected)
    assert "上年结转 3, 上年报告结转下年 1, 差 2" in finding.message.zh
    quoted = [evidence.text for evidence in finding.evidence]
    assert quoted[0] == "上年结转: 3 0 0 0 0 0 3"
    assert quoted[1].startswith("2021 年度报告第 ")
    assert quoted[1].endswith("结转下年: 1 0 0 0 0 0 1")
    assert quoted[2] == "330400-甲县-government-2021: in/甲县-2021.txt"


def test_the_last_column_that_fails_stands_for_all() -> None:
    now, before = pair(
        {"applications.carried_in.natural_person": 3, "applications.carried_in.total": 9},
        {"applications.carried_forward.natural_person": 2, "applications.carried_forward.total": 0},
    )
    assert [(9, 0)] == [(f.reported, f.expected) for f in found(now, before)]


def test_two_rules_are_two_findings() -> None:
    now, before = pair(
        {"applications.carried_in.total": 3, f"{DOCUMENTS}.in_force": 60},
        {"applications.carried_forward.total": 1, f"{DOCUMENTS}.in_force": 34},
    )
    assert [("Y1", 3, 1), ("Y2", 60, 34)] == [(f.rule, f.reported, f.expected) for f in found(now, before)]


def test_forms_of_a_batch_are_judged_apart_and_findings_come_back_in_its_order() -> None:
    carried = {"applications.carried_in.total": 3}
    now = [
        put(report("甲县", year, form=form), carried)
        for year, form in ((2022, "2021"), (2020, "2019"), (2023, "2021"))
    ]
    now[1].masthead.year = 2020
    before: list[Report | None] = [report("甲县", 2021), report("甲县", 2019, form="2019"), None]
    assert [["Y1"], ["Y1"], []] == [[f.rule for f in each] for each in check_series(now, before)]


def test_a_report_on_no_known_form_is_not_judged() -> None:
    now, before = pair({"applications.carried_in.total": 3}, {})
    now.form = None
    assert [[]] == check_series([now], [before])


def test_a_figure_that_cannot_be_is_not_expected() -> None:
    (finding,) = found(*pair({f"{DOCUMENTS}.in_force": 2, f"{DOCUMENTS}.repealed_this_year": 9}, {}))
    assert (2, None) == (finding.reported, finding.expected)


def test_a_figure_that_is_missing_is_not_reported() -> None:
    (finding,) = found(*pair({f"{DOCUMENTS}.in_force": "b", f"{DOCUMENTS}.repealed_this_year": 9}, {}))
    assert (None, None) == (finding.reported, finding.expected)


def test_findings_against_last_year_never_block() -> None:
    now, before = pair({"applications.carried_in.total": 3}, {"applications.carried_forward.total": 4})
    assert {"warning"} == {f.severity for f in judge([now], [before])[0] if f.rule.startswith("Y")}


def test_what_is_carried_over_crosses_the_change_of_forms() -> None:
    before = put(report("甲县", 2020, form="2019"), {"applications.carried_forward.total": 4})
    after = put(report("甲县", 2021), {"applications.carried_in.total": 3})
    assert [("Y1", 3, 4)] == [(f.rule, f.reported, f.expected) for f in found(after, before)]


def test_what_was_disclosed_in_total_is_never_chained_to_what_is_in_force() -> None:
    disclosed = {f"art20_1.{row}.disclosed_total": 99 for row in ("regulations", "normative_documents")}
    before = put(report("甲县", 2020, form="2019"), disclosed)
    after = put(report("甲县", 2021), {f"{DOCUMENTS}.in_force": 5})
    assert [] == found(after, before)


def test_numbers_of_items_have_nothing_to_say_to_the_newer_form() -> None:
    before = put(report("甲县", 2020, form="2019"), {f"{LICENCES}.prev_year_items": 10})
    assert [] == found(report("甲县", 2021), before)


def test_no_cell_of_a_series_rule_means_two_things() -> None:
    """Cells are joined by id, and columns of other meaning have other ids; here they are by the printed labels."""
    labels = {
        form_id: {cell.id: cell.column.label for cell in load_form(form_id).table("art20_1").cells}
        for form_id in ("2019", "2021")
    }
    assert not labels["2019"].keys() & labels["2021"].keys()
    assert "对外公开总数量" in labels["2019"].values()
    assert "现行有效件数" in labels["2021"].values()


def test_a_block_of_the_newer_form_in_an_older_report_is_chained_by_its_own_cells() -> None:
    before = put(
        report("甲县", 2020, form="2019"),
        {cell.id: None for cell in load_form("2019").table("art20_1").cells},
    )
    put(before, {cell.id: 0 for cell in load_form("2021").table("art20_1").cells})
    put(before, {f"{DOCUMENTS}.in_force": 34})
    after = put(report("甲县", 2021), {f"{DOCUMENTS}.in_force": 60})
    assert [("Y2", 60, 34)] == [(f.rule, f.reported, f.expected) for f in found(after, before)]


def test_a_block_of_the_older_form_in_a_newer_report_is_not_chained() -> None:
    before = put(report("甲县", 2021), {cell.id: None for cell in load_form("2021").table("art20_1").cells})
    put(before, {cell.id: 99 for cell in load_form("2019").table("art20_1").cells})
    assert [] == found(put(report("甲县", 2022), {f"{DOCUMENTS}.in_force": 5}), before)


def read(text: str, year: int) -> Report:
    return extract(read_text(text, Source(f"{year}.txt", f"{year}" * 16, "text/plain")))


@pytest.mark.parametrize("seed", range(6))
def test_consistent_years_have_no_finding_across_them(seed: int) -> None:
    rng = Random(seed)
    truths = [random_report(rng, form="2019" if seed % 2 else "2021")]
    truths = [*truths, random_report(rng, prior=truths[0])]
    reports = [read(render(truth, "C", rng), truth.year) for truth in truths]
    assert [] == [f.message.zh for f in judge_together(reports)[1] if f.rule in ("Y1", "Y2", "Y3", "Y4")]


def test_issuers_are_compared_by_what_they_are_and_not_by_how_they_are_printed() -> None:
    who = Issuer("嘉兴市人民政府办公室", "嘉興市人民政府辦公室", "嘉兴市", "330400", "prefecture", "office")
    before, after = report("甲", 2021), report("甲", 2022)
    before.masthead.issuer, after.masthead.issuer = (
        who,
        who._replace(printed="嘉兴市政府办", name="嘉兴市政府办"),
    )
    assert [None, before] == predecessors([before, after])
