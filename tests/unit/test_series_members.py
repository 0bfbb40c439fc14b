"""Which reports are one series, gaps in it, and reports that repeat the last."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from govinfo_pipeline.formats import load_form
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.judge import judge_together
from govinfo_pipeline.verify.series import is_certain, predecessors, remarks, series_key
from tests.batches import put, report
from tests.series import LICENCES, found, pair


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
