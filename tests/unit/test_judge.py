"""Findings as a person gets them: one sentence a root cause, with arithmetic and lines. Reports written by hand."""

from datetime import UTC, datetime

import pytest

from govinfo_pipeline.document.text import read_text
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.formats import load_form
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.judge import judge, judge_together, verdict_of

HEAD = "嘉善县人民政府{year}年政府信息公开工作年度报告\n本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。\n"
BLOCK_TWO = """二、主动公开政府信息情况
第二十条第(一)项
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | 0
行政规范性文件 | 3 | 1 | 34
第二十条第(五)项
信息内容 | 本年处理决定数量
行政许可 | 6045
第二十条第(六)项
行政处罚 | 1090
行政强制 | 191
第二十条第(八)项
行政事业性收费 | 9693.7
"""
DISPUTES = (
    "四、政府信息公开行政复议、行政诉讼情况\n结果维持 | 结果纠正\n"
    + " | ".join(["1 | 0 | 0 | 0 | 1"] * 3)
    + "\n"
)


def applications(changed: dict[str, str] | None = None) -> str:
    """A consistent table: natural persons 10 new, 1 carried in, 7 granted, 3 not held, 1 carried forward."""
    rows = {
        "new_received": "10 | 2 | 0 | 0 | 0 | 0 | 12",
        "carried_in": "1 | 0 | 0 | 0 | 0 | 0 | 1",
        "granted": "7 | 2 | 0 | 0 | 0 | 0 | 9",
        "unavailable_not_held": "3 | 0 | 0 | 0 | 0 | 0 | 3",
        "processed_total": "10 | 2 | 0 | 0 | 0 | 0 | 12",
        "carried_forward": "1 | 0 | 0 | 0 | 0 | 0 | 1",
        **(changed or {}),
    }
    table = load_form("2021").table("applications")
    lines = [f"{row.label} | {rows.get(row.id, ' | '.join(['0'] * 7))} |" for row in table.rows]
    return "三、收到和处理政府信息公开申请情况\n" + "\n".join(lines) + "\n"


def report(text: str, year: int = 2022) -> Report:
    head = HEAD.format(year=year)
    return extract(read_text(head + text, Source(f"{year}.txt", f"{year}" * 16, "text/plain")))


def findings(changed: dict[str, str] | None = None) -> list[Finding]:
    return judge([report(BLOCK_TWO + applications(changed) + DISPUTES)])[0]


def test_a_correct_report_passes_without_a_word() -> None:
    assert [] == findings()
    assert "pass" == verdict_of([])


def test_one_wrong_cell_is_one_finding_that_names_it_and_its_repair() -> None:
    (finding,) = findings({"unavailable_not_held": "30 | 0 | 0 | 0 | 0 | 0 | 3"})
    assert ("A3", "fail", "error") == (finding.rule, finding.verdict, finding.severity)
    assert ("A2@natural_person", "A3@unavailable_not_held") == finding.instances
    assert ("applications.unavailable_not_held.natural_person",) == finding.cells
    assert (30, 3) == (finding.reported, finding.expected)
    assert not finding.repairs[0].tied
    assert "办理总计 10" in finding.message.zh
    assert "差 27" in finding.message.zh
    assert "off by 27" in finding.message.en


def test_two_wrong_cells_are_two_findings() -> None:
    found = findings({"granted": "8 | 2 | 0 | 0 | 0 | 0 | 9", "carried_in": "1 | 0 | 5 | 0 | 0 | 0 | 1"})
    assert [
        ("applications.granted.natural_person", 8, 7),
        ("applications.carried_in.research_institution", 5, 0),
    ] == sorted(((f.cells[0], f.reported, f.expected) for f in found), key=lambda item: -item[1])


def test_a_dispute_that_does_not_add_up_is_tied_between_five_cells() -> None:
    text = DISPUTES.replace("1 | 0 | 0 | 0 | 1 | 1", "1 | 0 | 0 | 0 | 4 | 1", 1)
    (finding,) = judge([report(BLOCK_TWO + applications() + text)])[0]
    assert ("D1", ("D1@review",)) == (finding.rule, finding.instances)
    assert finding.repairs[0].tied
    assert {
        f"disputes.cases.review_{role}" for role in ("upheld", "corrected", "other", "pending", "total")
    } == set(finding.cells)


def test_a_blank_total_is_a_notice_with_the_value_that_the_others_imply() -> None:
    (finding,) = findings({"granted": "7 | 2 | 0 | 0 | 0 | 0 |  "})
    assert ("unknown", "notice") == (finding.verdict, finding.severity)
    assert ("applications.granted.total",) == finding.cells
    assert [9] == [change.new for change in finding.repairs[0].changes]


def test_a_whole_column_of_blank_totals_is_one_notice() -> None:
    blank = {row.id: "0 | 0 | 0 | 0 | 0 | 0 |  " for row in load_form("2021").table("applications").rows}
    blank |= {
        "new_received": "10 | 2 | 0 | 0 | 0 | 0 |  ",
        "carried_in": "1 | 0 | 0 | 0 | 0 | 0 |  ",
        "granted": "7 | 2 | 0 | 0 | 0 | 0 |  ",
        "unavailable_not_held": "3 | 0 | 0 | 0 | 0 | 0 |  ",
        "processed_total": "10 | 2 | 0 | 0 | 0 | 0 |  ",
        "carried_forward": "1 | 0 | 0 | 0 | 0 | 0 |  ",
    }
    found = findings(blank)
    assert [("unknown", "notice")] == [(f.verdict, f.severity) for f in found]


def test_a_row_that_lost_a_cell_is_unknown_and_makes_nothing_fail() -> None:
    (finding,) = findings({"unavailable_not_held": "3 | 0 | 0 | 0 | 0 | 3"})
    assert ("S6", "unknown", "warning") == (finding.rule, finding.verdict, finding.severity)
    assert "应有 7 个数, 读到 6 个" in finding.message.zh
    assert ["1.本机关不掌握相关政府信息 3 0 0 0 0 3"] == [evidence.text for evidence in finding.evidence]


def test_many_rows_that_lost_a_cell_are_one_finding() -> None:
    rows = load_form("2021").table("applications").rows
    (finding,) = findings({row.id: "0 | 0 | 0 | 0 | 0 | 0" for row in rows[:8]})
    assert ("S6", "unknown", 8) == (finding.rule, finding.verdict, len(finding.instances))
    assert "有 8 行没有读出" in finding.message.zh


def test_a_text_that_is_no_number_fails_by_type_and_is_quoted() -> None:
    found = findings({"granted": "7 | 2 | 0 | 0 | O | 0 | 9"})
    assert [("N1", "fail", ("applications.granted.legal_service_org",))] == [
        (f.rule, f.verdict, f.cells) for f in found
    ]
    assert "“O”" in found[0].message.zh


@pytest.mark.parametrize(("value", "word"), [("-2", "不应为负"), ("2.5", "应为整数")])
def test_a_count_is_a_whole_number_that_is_not_negative(value: str, word: str) -> None:
    text = BLOCK_TWO.replace("1090", value)
    found = judge([report(text + applications() + DISPUTES)])[0]
    assert [("N1", "error")] == [(f.rule, f.severity) for f in found]
    assert word in found[0].message.zh


def test_a_missing_table_is_said_once_and_is_not_zero() -> None:
    (finding,) = judge([report(BLOCK_TWO + applications())])[0]
    assert ("S4", ("S4@disputes",), "error") == (finding.rule, finding.instances, finding.severity)


def test_a_form_of_the_wrong_generation_is_an_error() -> None:
    text = BLOCK_TWO.replace(
        "本年制发件数 | 本年废止件数 | 现行有效件数", "本年新制作数量 | 本年新公开数量 | 对外公开总数量"
    )
    rules = {f.rule for f in judge([report(text + applications() + DISPUTES)])[0]}
    assert {"S3"} == rules


def test_carried_in_is_held_against_the_carried_forward_of_the_year_before() -> None:
    before = report(BLOCK_TWO + applications() + DISPUTES, 2021)
    changed = {
        "new_received": "8 | 2 | 0 | 0 | 0 | 0 | 10",
        "carried_in": "3 | 0 | 0 | 0 | 0 | 0 | 3",
    }
    after = report(BLOCK_TWO.replace("34", "36") + applications(changed) + DISPUTES, 2022)
    found = judge_together([before, after])
    assert [] == found[0]
    assert [(("Y1@natural_person", "Y1@total"), 3, 1)] == [
        (f.instances, f.reported, f.expected) for f in found[1]
    ]
    assert {"warning"} == {f.severity for f in found[1]}


def test_in_force_is_held_against_last_year() -> None:
    before = report(BLOCK_TWO + applications() + DISPUTES, 2021)
    after = report(
        BLOCK_TWO.replace("34", "60") + applications({"carried_in": "1 | 0 | 0 | 0 | 0 | 0 | 1"}) + DISPUTES,
        2022,
    )
    found = judge_together([before, after])[1]
    assert [("Y2@normative_documents", 60, 36)] == [(f.instances[0], f.reported, f.expected) for f in found]


def test_last_years_tables_pasted_again_are_found() -> None:
    before = report(BLOCK_TWO + applications() + DISPUTES, 2021)
    after = report(BLOCK_TWO + applications() + DISPUTES, 2022)
    assert "Y4" in {f.rule for f in judge_together([before, after])[1]}


def test_the_prose_breaks_a_tie_between_the_cells_of_a_dispute_and_is_named() -> None:
    broken = DISPUTES.replace("1 | 0 | 0 | 0 | 1 | 1", "1 | 0 | 0 | 0 | 4 | 1", 1)
    prose = "一、总体情况\n因政府信息公开引起的行政复议1件。\n"
    found = judge([report(prose + BLOCK_TWO + applications() + broken)])[0]
    finding = next(f for f in found if f.rule == "D1")
    assert ("disputes.cases.review_total", 4, 1) == (finding.cells[0], finding.reported, finding.expected)
    assert not finding.repairs[0].tied
    assert ("正文第 4 行 prose",) == finding.repairs[0].witnesses
    assert "佐证" in finding.message.zh


def test_last_year_testifies_to_what_was_carried_in() -> None:
    before = report(BLOCK_TWO + applications() + DISPUTES, 2021)
    changed = {"carried_in": "5 | 0 | 0 | 0 | 0 | 0 | 1"}
    after = report(BLOCK_TWO.replace("34", "36") + applications(changed) + DISPUTES, 2022)
    finding = next(f for f in judge_together([before, after])[1] if f.severity == "error")
    assert ("applications.carried_in.natural_person", 5, 1) == (
        finding.cells[0],
        finding.reported,
        finding.expected,
    )
    assert ("2021 年度报告 report",) == finding.repairs[0].witnesses


def test_a_report_of_a_year_that_has_not_begun_is_an_error() -> None:
    found = judge([report(BLOCK_TWO + applications() + DISPUTES, 2099)])[0]
    assert [("S2", "error")] == [(f.rule, f.severity) for f in found]
    assert "尚未到来" in found[0].message.zh


@pytest.mark.parametrize(
    "prose", ["市本级因政府信息公开引起的行政复议1件。", "因政府信息公开引起的行政复议约1件。"]
)
def test_prose_of_another_scope_or_about_so_many_does_not_testify(prose: str) -> None:
    broken = DISPUTES.replace("1 | 0 | 0 | 0 | 1 | 1", "1 | 0 | 0 | 0 | 4 | 1", 1)
    found = judge([report(f"一、总体情况\n{prose}\n" + BLOCK_TWO + applications() + broken)])[0]
    finding = next(f for f in found if f.rule == "D1")
    assert finding.repairs[0].tied
    assert {()} == {repair.witnesses for repair in finding.repairs}


def test_a_report_of_this_year_is_not_of_a_year_to_come() -> None:
    this_year = datetime.now(UTC).year
    assert "S2" not in {f.rule for f in judge([report(BLOCK_TWO + applications() + DISPUTES, this_year)])[0]}


@pytest.mark.parametrize(("amount", "rules"), [("1000000", []), ("1000000.5", ["P5"])])
def test_fees_of_a_county_above_ten_thousand_million_yuan_are_perhaps_yuan(
    amount: str, rules: list[str]
) -> None:
    found = judge([report(BLOCK_TWO.replace("9693.7", amount) + applications() + DISPUTES)])[0]
    assert rules == [f.rule for f in found]
