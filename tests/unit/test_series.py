"""Rules Y1-Y4 by truth tables by hand, and what a series is: issuer, scope, years, revisions, gaps, forms."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest

from govinfo_pipeline.document.text import read_text
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Issuer, Report
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.judge import judge, judge_together
from govinfo_pipeline.verify.series import check_series, is_certain, predecessors, remarks, series_key
from tests.batches import put, report
from tests.generator import random_report, render

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
LICENCES = "art20_5.administrative_licensing"
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


def pair(
    cells: dict[str, Any], prior: dict[str, Any], form: str = "2021", year: int = 2022
) -> tuple[Report, Report]:
    """Two years of one issuer, all cells 0 but those given."""
    return put(report("甲县", year, form=form), cells), put(report("甲县", year - 1, form=form), prior)


def found(now: Report, before: Report) -> list[Finding]:
    return check_series([now], [before])[0]


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


# -- forms ---------------------------------------------------------------------------------------------------


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


# -- what a series is ----------------------------------------------------------------------------------------


def named(name: str, year: int, **issuer: Any) -> Report:
    made = report(name, year)
    who = made.masthead.issuer
    assert who is not None
    made.masthead.issuer = who._replace(**issuer)
    return made


def years_of(found: list[Report | None]) -> list[int | None]:
    return [report.year if report else None for report in found]


def test_each_year_is_held_against_the_year_before_in_any_order() -> None:
    reports = [report("甲县", year) for year in (2023, 2021, 2022)]
    assert [2022, None, 2021] == years_of(predecessors(reports))


def test_two_issuers_are_two_series() -> None:
    assert [None, None] == predecessors([report("甲县", 2021), report("乙县", 2022)])


def test_an_office_and_its_government_are_two_series() -> None:
    before = named("甲县", 2021, scope="office")
    assert series_key(before) != series_key(report("甲县", 2021))
    assert [None, None] == predecessors([before, report("甲县", 2022)])


def test_the_last_file_of_a_year_counts_and_each_of_them_is_judged() -> None:
    first, second = report("甲县", 2021, text="first"), report("甲县", 2021, text="second")
    later = [report("甲县", 2022, text="a"), report("甲县", 2022, text="b")]
    found = predecessors([first, second, *later])
    assert [None, None, second, second] == found


def test_the_batch_counts_before_history() -> None:
    stored, given = report("甲县", 2021, text="stored"), report("甲县", 2021, text="given")
    assert [given] == predecessors([given, report("甲县", 2022)], [stored])[1:]
    assert [stored] == predecessors([report("甲县", 2022)], [stored])


def test_a_year_that_is_missing_is_not_bridged() -> None:
    assert [None, None] == predecessors([report("甲县", 2020, form="2019"), report("甲县", 2022)])


def test_who_is_not_known_has_no_predecessor() -> None:
    nobody, undated, unusable = (report("甲县", 2022) for _ in range(3))
    nobody.masthead.issuer = None
    undated.masthead.year = None
    unusable.error = ("unreadable", "无法读取", "cannot be read")
    reports = [report("甲县", 2021), nobody, undated, unusable]
    assert [None] * 4 == predecessors(reports)
    assert [None] * 3 == [series_key(r) for r in reports[1:]]


def test_a_file_that_cannot_be_used_is_no_predecessor() -> None:
    before = report("甲县", 2021)
    before.error = ("unreadable", "无法读取", "cannot be read")
    assert [None, None] == predecessors([before, report("甲县", 2022)])


AMBIGUOUS: dict[str, Any] = {"region": "朝阳区", "region_code": None}
UNKNOWN_TOWN: dict[str, Any] = {"region": None, "region_code": None, "level": "township", "scope": "township"}
UNKNOWN_BODY: dict[str, Any] = {
    "region": None,
    "region_code": None,
    "level": "unknown",
    "scope": "department",
}
UNKNOWN_COUNTY: dict[str, Any] = {"region": None, "region_code": None, "level": "county"}
MINISTRY: dict[str, Any] = {"region": None, "region_code": None, "level": "state", "scope": "department"}


@pytest.mark.parametrize("issuer", [AMBIGUOUS, UNKNOWN_TOWN, UNKNOWN_BODY])
def test_a_name_that_several_places_bear_makes_no_series(issuer: dict[str, Any]) -> None:
    before, after = (named("城关", year, **issuer) for year in (2021, 2022))
    assert not is_certain(after)
    assert [None, None, None] == predecessors([before, after, report("甲县", 2022)], [])
    assert [None] == predecessors([after], [before])
    assert [None, None, None] == predecessors([before, after, report("甲县", 2022)], together=True)


@pytest.mark.parametrize("issuer", [AMBIGUOUS, UNKNOWN_TOWN, UNKNOWN_BODY])
def test_files_of_one_name_that_somebody_puts_side_by_side_are_one_issuers(issuer: dict[str, Any]) -> None:
    before, after = (named("城关", year, **issuer) for year in (2021, 2022))
    assert [None, before] == predecessors([before, after], together=True)
    put(before, {"applications.carried_forward.total": 4})
    assert "Y1" in {f.rule for f in judge_together([before, after])[1]}


@pytest.mark.parametrize("issuer", [UNKNOWN_COUNTY, MINISTRY, {}])
def test_a_name_that_can_mean_one_issuer_only_makes_a_series(issuer: dict[str, Any]) -> None:
    before, after = (named("某部", year, **issuer) for year in (2021, 2022))
    assert [None, before] == predecessors([before, after])


def test_a_missing_year_between_two_is_said_once_and_is_no_finding() -> None:
    reports = [report("甲县", year) for year in (2021, 2024, 2022)]
    (remark,) = remarks(reports)
    assert "甲县: 缺 2023 年度报告, 2024 年度未与上一年度核对." == remark.zh
    assert "甲县: no report for 2023; 2024 not held against the year before." == remark.en
    assert [[], [], []] == judge_together(reports)


def test_all_gaps_of_an_issuer_are_one_remark() -> None:
    (remark,) = remarks([report("甲县", year) for year in (2021, 2024, 2026)])
    assert "甲县: 缺 2022, 2023, 2025 年度报告, 2024, 2026 年度未与上一年度核对." == remark.zh


@pytest.mark.parametrize(
    "reports",
    [
        [],
        [("甲县", 2022)],
        [("甲县", 2021), ("甲县", 2022)],
        [("甲县", 2022), ("甲县", 2022)],
        [("甲县", 2020), ("乙县", 2022)],
    ],
)
def test_where_nothing_is_missing_nothing_is_said(reports: list[tuple[str, int]]) -> None:
    assert [] == remarks([report(name, year) for name, year in reports])


def test_a_name_that_makes_no_series_is_said_where_there_are_other_issuers() -> None:
    towns = [named("城关镇", year, **UNKNOWN_TOWN) for year in (2021, 2022)]
    assert [] == remarks(towns)
    (remark,) = remarks([*towns, report("甲县", 2022)])
    assert "城关镇: 同名者不止一处" in remark.zh
    assert [] == remarks([towns[0], report("甲县", 2022)])


# -- last year's report pasted again -------------------------------------------------------------------------


def repeated(cells: dict[str, Any], changed: dict[str, Any] | None = None) -> list[str]:
    now, before = pair({**cells, **(changed or {})}, cells)
    return [f.instances[0] for f in found(now, before) if f.rule == "Y4"]


def dispute_cells(many: int) -> dict[str, Any]:
    return {cell.id: 1 for cell in load_form("2021").table("disputes").cells[:many]}


def test_tables_that_equal_last_years_are_found_from_twelve_figures_on() -> None:
    assert ["Y4@tables"] == repeated(dispute_cells(12))
    assert [] == repeated(dispute_cells(11))


@pytest.mark.parametrize("value", [2, "b", "x", None])
def test_one_cell_that_differs_is_no_repetition(value: Any) -> None:
    assert [] == repeated(dispute_cells(15), {"art20_5.administrative_licensing.decisions_this_year": value})


def test_zeros_and_blanks_alone_are_no_repetition() -> None:
    assert [] == repeated({cell.id: "b" for cell in load_form("2021").table("disputes").cells})


def application_cells(many: int) -> dict[str, Any]:
    return {cell.id: 1 for cell in load_form("2021").table("applications").cells[7 : 7 + many]}


def test_the_table_of_applications_alone_is_found_from_twenty_figures_on() -> None:
    changed = {f"{LICENCES}.decisions_this_year": 6045}
    assert ["Y4@applications"] == repeated(application_cells(20), changed)
    assert [] == repeated(application_cells(19), changed)
    assert ["Y4@tables"] == repeated(application_cells(20))


def test_a_decimal_that_equals_an_integer_is_equal() -> None:
    now, before = pair(dispute_cells(12), dispute_cells(12))
    fees = "art20_8.administrative_fees.amount_this_year"
    put(now, {fees: Decimal("5.0")})
    put(before, {fees: 5})
    assert ["Y4"] == [f.rule for f in found(now, before)]


def with_prose(sentences: list[str], year: int) -> Report:
    made = report("甲县", year)
    made.prose = [(n, sentence) for n, sentence in enumerate(sentences, start=1)]
    return made


NUMERALS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
SENTENCES = [f"我县第{n}项公开工作由主管科室按月办理完毕。" for n in NUMERALS]


def prose_found(now: list[str], before: list[str]) -> list[str]:
    return [f.instances[0] for f in found(with_prose(now, 2022), with_prose(before, 2021))]


def test_last_years_text_is_found_though_its_figures_are_new() -> None:
    text = [f"{sentence}共{n + 1}件事项已经全部公开到位" for n, sentence in enumerate(SENTENCES)]
    renewed = [f"{sentence}共{n + 58}件事项已经全部公开到位" for n, sentence in enumerate(SENTENCES)]
    assert ["Y4@prose"] == prose_found(renewed, text)


def test_last_years_text_in_the_other_script_is_found() -> None:
    traditional = [
        s.replace("县", "縣").replace("项", "項").replace("办", "辦").replace("毕", "畢") for s in SENTENCES
    ]
    assert ["Y4@prose"] == prose_found(SENTENCES, traditional)


def test_a_text_that_is_in_part_new_is_no_repetition() -> None:
    fresh = [f"本年新开设的第{n}号政务服务窗口受到群众好评" for n in "甲乙丙"]
    assert ["Y4@prose"] == prose_found([*SENTENCES[:18], *fresh[:2]], SENTENCES)  # 18 of 20
    assert [] == prose_found([*SENTENCES[:17], *fresh], SENTENCES)  # 17 of 20


def test_a_few_sentences_alike_tell_nothing() -> None:
    assert [] == prose_found(SENTENCES[:11], SENTENCES)
    assert ["Y4@prose"] == prose_found(SENTENCES[:12], SENTENCES)


def test_short_sentences_which_every_report_has_tell_nothing() -> None:
    eleven, twelve = ([f"{'情况如下' * 2}{word}{n}" for n in NUMERALS] for word in ("见表", "见附表"))
    assert {11, 12} == {len(eleven[0]), len(twelve[0])}
    assert [] == prose_found(eleven, eleven)
    assert ["Y4@prose"] == prose_found(twelve, twelve)


# -- whole reports -------------------------------------------------------------------------------------------


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
