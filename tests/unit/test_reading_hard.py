"""Layouts that reports were flattened into and menus that stand around them: no figure from beside the tables."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from govinfo_pipeline.cli.inputs import read_reports
from govinfo_pipeline.cli.read import read as read_command
from govinfo_pipeline.document.read import read_bytes
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.verify.judge import judge
from tests.snippets import CASES, FORM, HEAD, HEADINGS, printed, read, row

ROWS = [row.id for row in FORM.table("applications").rows]
ARTICLE_20 = """二、主动公开政府信息情况
第二十条第(五)项
信息内容
本年处理决定数量
行政许可
3817
第二十条第(六)项
信息内容
本年处理决定数量
行政处罚
614
行政强制
37
"""


@pytest.mark.parametrize("menu", ["行政许可\n3214\n行政处罚\n553\n", "行政许可 | 3214 |\n行政处罚 | 553 |\n"])
def test_counts_of_a_menu_are_not_those_of_the_report(menu: str) -> None:
    beside = extract(read_bytes((menu + HEAD + "一、总体情况\n情况良好。\n").encode(), "a.txt"))
    above = extract(read_bytes((menu + HEAD + ARTICLE_20).encode(), "a.txt"))
    below = read(ARTICLE_20 + "六、其他需要报告的事项\n没有其他事项。\n" + menu)
    licences = "art20_5.administrative_licensing.decisions_this_year"
    assert ("absent", None) == printed(beside, licences)
    assert ("number", 3817) == printed(above, licences) == printed(below, licences)
    for report in (beside, above, below):
        assert ["outside_tables"] * 2 == [note.code for note in report.notes]
    assert "行政许可" in below.notes[0].zh
    assert "3214" in below.notes[0].zh


def test_tables_without_any_heading_are_still_read() -> None:
    report = read("规章 | 2 | 1 | 9 |\n行政规范性文件 | 21 | 4 | 422 |\n行政许可 | 3817 |\n")
    assert ("number", 422) == printed(report, "art20_1.normative_documents.in_force")
    assert ("number", 3817) == printed(report, "art20_5.administrative_licensing.decisions_this_year")


@pytest.mark.parametrize("between", [" | ", "\n", "\t"])
def test_columns_in_another_order_than_the_forms_are_not_read_as_the_forms(between: str) -> None:
    head = "二、主动公开政府信息情况\n第二十条第(一)项\n"
    first, second, third = "本年制发件数", "本年废止件数", "现行有效件数"
    figures = between.join(["规章", "2", "1", "9"])
    right = read(head + between.join(["信息内容", first, second, third]) + "\n" + figures)
    wrong = read(head + between.join(["信息内容", second, first, third]) + "\n" + figures)
    assert ("number", 2) == printed(right, "art20_1.regulations.issued_this_year")
    assert ("unreadable", None) == printed(wrong, "art20_1.regulations.issued_this_year")
    assert any(first in note.zh and "次序" in note.zh for note in wrong.notes)


def test_lines_of_cells_between_commas_are_rows() -> None:
    head = (
        "三、收到和处理政府信息公开申请情况\n,自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他,总计\n"
    )
    plain = "一、本年新收政府信息公开申请数量,5,1,0,0,0,0,6\n三、本年度办理结果,(一)予以公开,4,,0,0,0,0,4\n"
    quoted = '"(二)部分公开(区分处理的,只计这一情形,不计其他情形)","1,234","0","0","0","0","0","1,234"\n'
    report = read(head + plain + quoted + "全年共收到申请6件,其中自然人5件,企业1件。\n")
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, "new_received")
    assert [4, None, 0, 0, 0, 0, 4] == row(report, "granted")
    assert [1234, 0, 0, 0, 0, 0, 1234] == row(report, "partially_granted")
    assert report.prose[-1][1].startswith("全年共收到申请6件,其中")


def test_figures_in_the_cell_of_their_label_are_not_said_to_be_blank() -> None:
    report = read("二、主动公开政府信息情况\n第二十条第(一)项\n行政规范性文件:21件,4件,422件\n行政许可\n")
    assert ("unreadable", None) == printed(report, "art20_1.normative_documents.in_force")


@pytest.mark.parametrize("mark", ["｜", "│"])
def test_a_line_that_is_drawn_is_a_pipe(mark: str) -> None:
    report = read(f"三、收到和处理政府信息公开申请情况\n(一)予以公开{mark}" + mark.join("5100006") + mark)
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, "granted")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("一、本年度新收政府信息公开申请数量", "new_received"),
        ("二、上年度结转政府信息公开申请数量", "carried_in"),
        ("3.其它", "other_misc"),
        ("四、结转下年度", "carried_forward"),
    ],
)
def test_labels_that_clerks_write_otherwise_are_known(label: str, name: str) -> None:
    figures = "\n".join("5100006")
    report = read(f"三、收到和处理政府信息公开申请情况\n2.逾期不缴费\n{figures}\n{label}\n{figures}\n")
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, name)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("本年收费金额(单位:万元)", ("number", Decimal("110.40"))),
        ("本年收费金额(单位:元)", ("number", Decimal("0.01104"))),
        ("本年收费金额(单位:千元)", ("number", Decimal("11.04"))),
        ("本年收费金额(单位:百万元)", ("number", 11040)),
        ("本年收费金额(单位:亿元)", ("number", 1_104_000)),
        ("单位:元\n本年收费金额", ("number", Decimal("0.01104"))),
        ("(單位：萬元)\n本年收费金额", ("number", Decimal("110.40"))),
        ("单位:元\n本年收费金额(单位:万元)", ("unreadable", None)),
    ],
)
def test_an_amount_is_in_the_unit_that_stands_above_it(unit: str, expected: tuple[str, object]) -> None:
    report = read(f"二、主动公开政府信息情况\n第二十条第(八)项\n信息内容\n{unit}\n行政事业性收费\n110.40\n")
    assert expected == printed(report, "art20_8.administrative_fees.amount_this_year")


def test_a_row_with_an_unknown_label_does_not_fill_up_the_row_above() -> None:
    rows = ["三、收到和处理政府信息公开申请情况", "(一)予以公开", "5", "5", "5", "9.别的理由", "7", "7", "7"]
    report = read("\n".join(rows))
    assert [None] * 7 == row(report, "granted")
    assert "unreadable" == printed(report, "applications.granted.total")[0]
    assert not [f for f in judge([report])[0] if f.rule == "N1"]


def test_numbers_of_columns_are_no_cases() -> None:
    numbers = " | ".join(map(str, range(1, 16))) + " |\n"
    figures = " | ".join(["1", "0", "0", "0", "1"] * 3) + " |\n"
    alone, above = read(CASES + numbers), read(CASES + numbers + figures)
    assert ("unreadable", None) == printed(alone, "disputes.cases.review_upheld")
    assert any("栏次" in note.zh for note in alone.notes)
    assert ("number", 1) == printed(above, "disputes.cases.review_upheld")
    assert ("number", 0) == printed(above, "disputes.cases.review_corrected")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("三、本年度办理结果  (一)予以公开", "granted"),
        ("(三)不予公开 1.属于国家秘密", "denied_state_secret"),
        ("(六)其他处理 1.逾期不补正", "other_overdue_correction"),
        ("三、本年度办理结果-(三)不予公开-1.属于国家秘密", "denied_state_secret"),
    ],
)
def test_a_label_behind_its_group_in_one_cell_is_the_rows(label: str, name: str) -> None:
    report = read(f"三、收到和处理政府信息公开申请情况\n{label}  5  1  0  0  0  0  6\n")
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, name)


@pytest.mark.parametrize("label", ["(七)合计", "合计", "(七)总计"])
def test_the_total_of_results_may_be_called_a_sum(label: str) -> None:
    text = f"三、收到和处理政府信息公开申请情况\n{HEADINGS}\n(一)予以公开 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |\n"
    report = read(
        f"{text}2.逾期不缴费 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n{label} | 5 | 1 | 0 | 0 | 0 | 0 | 6 |\n"
    )
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, "processed_total")


@pytest.mark.parametrize(
    "aside",
    [
        *(
            "注1:口径调整",
            "*含邮寄2件",
            "[1] 含转办3件",
            "2024年1月20日",
            "其中口头2件",
            "以上含下属单位3家。",
            "另有2件;",
        ),
        *("第3页", "- 12 -", "— 3 —", "－ 3 －", "Page 2", "共 9 页 第 3 页", "3/12", "3 / 12", "·3·"),
        *("安吉县2023年政府信息公开年度报告", "安吉县人民政府2023年政府信息公开工作年度报告 - 3 -"),
    ],
)
def test_what_stands_between_two_rows_is_no_value(aside: str) -> None:
    granted, partly = ["(一)予以公开", *"5100006"], ["(二)部分公开", *"1000001"]
    report = read("\n".join(["三、收到和处理政府信息公开申请情况", *granted, aside, *partly]))
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, "granted")
    assert [1, 0, 0, 0, 0, 0, 1] == row(report, "partially_granted")


def test_rows_that_differ_are_said_with_their_name_and_lines() -> None:
    again = CASES + " | ".join("10001" * 3) + " |\n" + "2022年\n" + CASES + " | ".join("20002" * 3) + " |\n"
    found = [f.message.zh for f in judge([read(again)])[0] if f.rule == "S6"]
    assert 1 == len(found)
    assert "第 4、8 行" in found[0]
    assert "“”" not in found[0]


def test_a_count_that_is_not_whole_leaves_no_blank_to_fill() -> None:
    text = f"三、收到和处理政府信息公开申请情况\n{HEADINGS}\n(一)予以公开 | 5.5 | 1 | 0 | 0 | 0 | 0 | 6 |\n"
    found = judge([read(text)])[0]
    assert ["N1"] == [f.rule for f in found if "granted" in "".join(f.cells) and f.rule != "S6"]
    assert not [f for f in found if "0 个空格" in f.message.zh]


def test_a_report_of_a_year_before_the_forms_cannot_follow_them() -> None:
    old = (
        HEAD + f"三、收到和处理政府信息公开申请情况\n{HEADINGS}\n2.逾期不缴费 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
    ).replace("2023", "2017")
    report = extract(read_bytes(old.encode(), "a.txt"))
    assert report.error is None
    assert ["error"] == [f.severity for f in judge([report])[0] if f.rule == "S3"]


def test_what_cannot_be_read_in_a_folder_is_a_document_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEAD + ARTICLE_20, encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
    errors = [report.error and report.error[0] for report in read_reports([tmp_path])]
    assert [None, "vanished"] == errors


def test_a_name_is_shown_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "[red]a.txt").write_text(HEAD + ARTICLE_20, encoding="utf-8")
    shown = CliRunner().invoke(read_command, [str(tmp_path)]).output
    assert "[red]a.txt" in "".join(shown.split())


def test_a_cell_of_two_lines_is_quoted_in_one() -> None:
    page = (
        f"<p>{HEAD}</p><p>三、收到和处理政府信息公开申请情况</p><table><tr><td>(一)予以公开</td><td>1<br>2</td>"
        + "<td>0</td>" * 6
        + "</tr></table>"
    )
    report = extract(read_bytes(page.encode(), "a.html"))
    messages = [f.message.zh for f in judge([report])[0] if f.rule == "N1"]
    assert 1 == len(messages)
    assert "印为“1 2”" in messages[0]


def test_an_empty_column_before_the_values_does_not_take_the_place_of_a_lost_total() -> None:
    rows = [
        f"<tr><td>{r.label}</td><td></td>{'<td>1</td>' * 6}<td>6</td></tr>"
        for r in FORM.table("applications").rows
    ]
    rows[3] = rows[3].replace("<td>6</td>", "")
    heading = "<p>三、收到和处理政府信息公开申请情况</p>"
    page = f"<html><body><h1>{HEAD}</h1>{heading}<table>{''.join(rows)}</table></body></html>"
    report = extract(read_bytes(page.encode(), "a.html"))
    assert [1, 1, 1, 1, 1, 1, 6] == row(report, ROWS[2])
    assert [None] * 7 == row(report, ROWS[3])
    assert "shape" in {note.code for note in report.notes}
