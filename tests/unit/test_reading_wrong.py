"""What would be a wrong value: numbers of pages, cells too many and labels nearly right. It is unreadable, and said.

The expected cells are by hand: a figure that the text says, or None where it does not say which it is.
"""

from __future__ import annotations

import pytest

from govinfo_pipeline.document.read import read_bytes
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.formats import load_form
from govinfo_pipeline.report import Report

HEAD = "安吉县人民政府2023年政府信息公开工作年度报告\n本报告统计期限为2023年1月1日至2023年12月31日。\n"
APPLIED = "三、收到和处理政府信息公开申请情况\n"
COLUMNS = "自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
CASES = "四、政府信息公开行政复议、行政诉讼情况\n"
OUTCOMES = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | " * 3 + "\n"
ARTICLE_20 = "二、主动公开政府信息情况\n第二十条第({})项\n"
DOCUMENTS = ARTICLE_20.format("一") + "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |"
LICENCES = ARTICLE_20.format("五") + "信息内容\n本年处理决定数量\n行政许可\n"
FEES = ARTICLE_20.format("八") + "信息内容 |\n本年收费金额(单位:万元) |\n"
WHOLE = [5, 1, 0, 0, 0, 0, 6]


def read(text: str, name: str = "a.txt") -> Report:
    return extract(read_bytes((HEAD + text).encode(), name))


def values(report: Report, row: str) -> list[object]:
    """Return the values of a row of the form of 2021, None for what is not certain."""
    table, name = row.split(".")
    found = next(r for r in load_form("2021").table(table).rows if r.id == name)
    columns = load_form("2021").table(table).columns
    figures = [report.figure(f"{table}.{found.id}.{column.id}") for column in columns]
    return [figure.value if figure.state == "number" else None for figure in figures]


def line(label: str, *cells: object, mark: str = "\n") -> str:
    return mark.join([label, *map(str, cells)]) + "\n"


def piped(label: str, *cells: object) -> str:
    return " | ".join([label, *map(str, cells)]) + " |\n"


def closed(label: str, *cells: object) -> str:
    return "".join(f"{cell} |\n" for cell in (label, *cells))


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        # a page's number above the row of cases, which is whole without it
        (CASES + OUTCOMES + "6\n" + piped("0", *[0] * 13, "") , "disputes.cases", [0] * 14 + [None]),
        # a page's number inside a row of closed cells whose last is blank
        (APPLIED + closed("(一)予以公开", 5, 1, 0) + "11\n" + "0 |\n0 |\n0 |\n|\n" + closed("1.属于国家秘密", *WHOLE),
         "applications.granted", [None] * 7),
        # a value too many, and behind it a page's number
        (APPLIED + closed("(一)予以公开", 5, *WHOLE) + "3\n" + closed("(二)部分公开", *WHOLE)
         + closed("1.属于国家秘密", *WHOLE), "applications.granted", [None] * 7),
        # a page's number between a label and its amount
        (FEES + "备注 |\n行政事业性收费 |\n1\n58687 |\n3件为网上申请 |\n", "art20_8.administrative_fees", [None]),
        # an extra column, and a blank first cell: nothing is shifted
        (DOCUMENTS + " 上年件数 |\n" + piped("规章", "", 0, 0, 0) + piped("行政规范性文件", "", 4, 422, 400),
         "art20_1.normative_documents", [None] * 3),
        (ARTICLE_20.format("五") + "信息内容 | 本年处理决定数量 | 上年 |\n" + piped("行政许可", "", 400),
         "art20_5.administrative_licensing", [None]),
        # two unknown columns make no other form
        (ARTICLE_20.format("五") + "信息内容 | 本年处理决定数量 | | 上年 |\n" + piped("行政许可", 49, "", 3),
         "art20_5.administrative_licensing", [None]),
        # two rows on one line
        (APPLIED + "1.信访举报投诉类申请 1  0  0  0  0  0  1 2.重复申请 0  0  7  0  301  0  308\n",
         "applications.not_processed_repeated", [None] * 7),
        # one line that no pipe opens, where all others are opened by one
        (APPLIED + "| " + piped("一、本年新收政府信息公开申请数量", *WHOLE) + "备注 | 无\n" + CASES + "| " + OUTCOMES
         + "| " + piped("0", 12, 0, 0, 12, 0, 8, 0, 0, 8, 0, 0, 0, 0, ""), "disputes.cases", [None] * 15),
        # labels that are others for all their likeness
        (DOCUMENTS + "\n" + piped("党政规范性文件", 4, 4, 44), "art20_1.normative_documents", [None] * 3),
        (APPLIED + COLUMNS + piped("本网新收政府信息公开申请数量", *WHOLE), "applications.new_received", [None] * 7),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_no_value(text: str, row: str, expected: list[object]) -> None:
    assert expected == values(read(text), row)


@pytest.mark.parametrize(
    "between", ["- 5 -", "第 5 页", "安吉县人民政府2023年政府信息公开工作年度报告", "数据来源", "其他"]
)
def test_a_value_behind_a_text_is_not_said_to_be_blank(between: str) -> None:
    report = read(LICENCES + f"{between}\n3817\n" + ARTICLE_20.format("六")[13:] + "行政处罚\n614\n")
    licences = report.figure("art20_5.administrative_licensing.decisions_this_year")
    assert "unreadable" == licences.state
    assert any("行政许可" in note.zh for note in report.notes)


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        # tables in another way than most of the document: each is read in its own
        (APPLIED + COLUMNS + piped("(一)予以公开", *WHOLE) + piped("(二)部分公开", *WHOLE) + CASES
         + line("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3
         + line("2", 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1),
         "disputes.cases", [2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]),
        (ARTICLE_20.format("一") + line("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
         + line("规章", 0, 0, 7) + line("行政规范性文件", 2, 1, 42)
         + APPLIED + COLUMNS + "".join(piped(f"{label}", *WHOLE) for label in
         ("(一)予以公开", "(二)部分公开", "1.属于国家秘密", "2.重复申请")), "art20_1.regulations", [0, 0, 7]),
        # pipes on lines of their own, one behind an empty line
        (APPLIED + line("(一)予以公开", *WHOLE, mark="\n|\n") + line("(二)部分公开", *WHOLE, mark="\n\n|\n"),
         "applications.partially_granted", WHOLE),
        # a label typed with a character that sounds alike
        (APPLIED + COLUMNS + piped("4.保护第三方合法权义", *WHOLE), "applications.denied_third_party_rights", WHOLE),
    ],
)  # fmt: skip
def test_what_is_certain_is_read(text: str, row: str, expected: list[object]) -> None:
    assert expected == values(read(text), row)


@pytest.mark.parametrize("label", ["9.涉及商业秘密", "其中:网上申请", "(1)当面申请", "以上合计", "备注件数"])
def test_a_row_of_ones_own_is_kept_as_it_stands(label: str) -> None:
    report = read(APPLIED + COLUMNS + piped("(一)予以公开", *WHOLE) + piped(label, 4, 1, 0, 0, 0, 0, 5))
    assert [(label, ("4", "1", "0", "0", "0", "0", "5"))] == [(e.label, e.texts) for e in report.extras]
    assert WHOLE == values(report, "applications.granted")


@pytest.mark.parametrize("cases", [[0] * 15, [2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]])
def test_cases_behind_an_empty_label_are_read_where_their_sums_show_it(cases: list[int]) -> None:
    heads = (
        "".join(f"<td>{head}</td>" for head in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")) * 3
    )
    row = "".join(f"<td>{cell}</td>" for cell in ("", *cases))
    page = f"<html><body><p>{CASES}</p><table><tr><td></td>{heads}</tr><tr>{row}</tr></table></body></html>"
    assert cases == values(read(page, "a.html"), "disputes.cases")


def test_cases_below_their_headings_are_read_though_they_do_not_add_up() -> None:
    cases = [2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    heads = (
        "".join(f"<td>{head}</td>" for head in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")) * 3
    )
    row = "".join(f"<td>{cell}</td>" for cell in ("", *cases))
    page = f"<html><body><p>{CASES}</p><table><tr><td></td>{heads}</tr><tr>{row}</tr></table></body></html>"
    assert cases == values(read(page, "a.html"), "disputes.cases")


@pytest.mark.parametrize("none", ["0", "/", "无", "1.5", "若干"])
def test_a_remark_behind_a_lost_value_is_no_total(none: str) -> None:
    labels = ("(一)予以公开", "1.属于国家秘密", "2.重复申请", "7.属于行政执法案卷")
    text = APPLIED + COLUMNS.rstrip() + " 备注 |\n" + "".join(piped(label, *WHOLE) for label in labels)
    report = read(text + piped("(二)部分公开", 5, none, 0, 0, 0, 6, 3))
    assert WHOLE == values(report, "applications.granted")
    assert [None] * 7 == values(report, "applications.partially_granted")


def test_a_blank_first_value_that_the_row_adds_up_with_is_none_of_an_empty_column() -> None:
    report = read(APPLIED + piped("(一)予以公开", "", 3, 0, 0, 0, 0, 3, 9))
    assert [None] * 7 == values(report, "applications.granted")


def test_values_like_a_page_of_pages_behind_their_label_are_values() -> None:
    heads = line("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    report = read(ARTICLE_20.format("一") + heads + "规章\n5 / 12\n")
    assert [5, None, 12] == values(report, "art20_1.regulations")


def test_a_character_lost_that_means_something_makes_another_label() -> None:
    text = ARTICLE_20.format("八") + "信息内容 | 本年收费金额(单位:万元) |\n"
    assert [12] == values(read(text + piped("行政事业收费", 12)), "art20_8.administrative_fees")
    assert [None] == values(read(text + piped("行政事性收费", 12)), "art20_8.administrative_fees")
