"""Remarks, numbers of pages and labels nearly right: rows around them are read, and never a value made of them."""

from decimal import Decimal

import pytest

from govinfo_pipeline.document.read import read_bytes
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.verify.judge import judge
from tests.snippets import CASES, HEAD, HEADINGS, printed, read, row


def remarked(mark: str, *remarks: str) -> str:
    """Return rows of the applications with a remark each, the cells between ``mark``."""
    labels = ("(一)予以公开", "(二)部分公开", "1.属于国家秘密", "2.重复申请")
    rows = [["项目", *HEADINGS.rstrip(" |").split(" | "), "备 注"]]
    rows += [[label, *"5100006", remark] for label, remark in zip(labels, remarks, strict=False)]
    return "".join(f"{mark.join(row)}{mark.rstrip()}\n" for row in rows)


@pytest.mark.parametrize("remark", ["", "3", "含网上申请2件", "/"])
@pytest.mark.parametrize("mark", [" | ", "\t"])
def test_a_column_of_remarks_is_left_out(mark: str, remark: str) -> None:
    report = read("三、收到和处理政府信息公开申请情况\n" + remarked(mark, remark, "4", ""))
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, "granted") == row(report, "partially_granted")
    assert ["remark_column"] == [note.code for note in report.notes]
    assert "备 注" in report.notes[0].zh


def test_a_column_of_remarks_in_a_page_is_left_out() -> None:
    head = f"<p>{HEAD}</p><p>三、收到和处理政府信息公开申请情况</p>"
    body = "".join(
        f"<tr><td>{'</td><td>'.join(line.removesuffix(' |').split(' | '))}</td></tr>"
        for line in remarked(" | ", "", "3", "上年为4件").splitlines()
    )
    report = extract(read_bytes(f"{head}<table>{body}</table>".encode(), "a.html"))
    for name in ("granted", "partially_granted", "denied_state_secret"):
        assert [5, 1, 0, 0, 0, 0, 6] == row(report, name)
    assert 1 == [note.code for note in report.notes].count("remark_column")


@pytest.mark.parametrize("mark", [" | ", "\t"])
def test_a_remark_does_not_take_the_place_of_a_lost_total(mark: str) -> None:
    text = "三、收到和处理政府信息公开申请情况\n" + remarked(mark, "", "7", "8")
    report = read(text.replace(mark.join("00067"), mark.join("0007")))
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, "granted") == row(report, "denied_state_secret")
    assert [None] * 7 == row(report, "partially_granted")


@pytest.mark.parametrize("remark", ["", "以本级为准", "含网上申请2件"])
def test_words_for_remarks_are_told_from_values_where_every_cell_is_a_line(remark: str) -> None:
    text = "三、收到和处理政府信息公开申请情况\n" + remarked("\n", "", remark, "", "")
    report = read(text)
    for name in ("granted", "partially_granted", "denied_state_secret", "not_processed_repeated"):
        assert [5, 1, 0, 0, 0, 0, 6] == row(report, name)


def test_numbers_for_remarks_are_told_from_values_where_every_row_has_one() -> None:
    text = "三、收到和处理政府信息公开申请情况\n" + remarked("\n", "1", "2", "3", "4")
    report = read(text)
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, "granted") == row(report, "not_processed_repeated")
    assert ["remark_column"] == [note.code for note in report.notes]
    lost = read(text.replace("6\n3\n", "3\n"))
    assert [None] * 7 == row(lost, "denied_state_secret")


def test_a_number_too_many_is_no_remark_where_no_column_of_remarks_is_named() -> None:
    report = read(("三、收到和处理政府信息公开申请情况\n" + remarked(" | ", "3")).replace("备 注", ""))
    assert [None] * 7 == row(report, "granted")


def test_a_label_without_values_does_not_blank_the_row_that_has_them() -> None:
    twice = "三、收到和处理政府信息公开申请情况\n(一)予以公开\n(一)予以公开\n" + "\n".join("5100006")
    assert ("number", 5) == printed(read(twice), "applications.granted.natural_person")


APPLIED = "三、收到和处理政府信息公开申请情况\n"


def test_a_lone_number_behind_a_whole_row_is_a_pages_where_the_sums_say_so() -> None:
    rows = ["(一)予以公开", *"5100006", "9", "(二)部分公开", *"0000000", "10", "1.属于国家秘密", *"1000001"]
    report = read(APPLIED + "\n".join(rows))
    for name, figures in (
        ("granted", "5100006"),
        ("partially_granted", "0000000"),
        ("denied_state_secret", "1000001"),
    ):
        assert [int(figure) for figure in figures] == row(report, name)
    assert ["page_number"] * 2 == [note.code for note in report.notes]
    assert "“9”" in report.notes[0].zh


@pytest.mark.parametrize(
    "figures",
    [
        ["5", "1", "0", "0", "0", "0", "9", "7"],  # no sum is right
        ["0", "0", "7", "0", "0", "0", "0", "0"],  # not the last is too many
        ["5", "0", "0", "0", "0", "0", "5", "0", "9"],  # two are too many
        ["5", "1", "0", "0", "0", "0", "6", "7"],  # 1 0 0 0 0 6 | 7 has a sum as well
        ["3", "0", "0", "0", "0", "3", "3", "3"],  # 3 0 0 0 0 3 | 3 3: either of two readings has a sum
        ["5", "1", "0", "0", "0", "0", "6", "107"],  # no page of a report
    ],
)
def test_a_number_too_many_that_may_be_a_value_leaves_the_row_unreadable(figures: list[str]) -> None:
    report = read(APPLIED + "\n".join(["(一)予以公开", *figures, "(二)部分公开", *"1000001"]))
    assert [None] * 7 == row(report, "granted")
    assert [1, 0, 0, 0, 0, 0, 1] == row(report, "partially_granted")
    assert "shape" in {note.code for note in report.notes}


def test_a_number_behind_cases_is_a_pages_where_all_sums_say_so() -> None:
    lines = "\n".join(["2", "0", "0", "1", "3", *"0000000000"])
    assert ("number", 3) == printed(
        read(f"{CASES}{lines}\n9\n五、存在的问题\n"), "disputes.cases.review_total"
    )
    wrong = lines.replace("3", "4")
    assert ("unreadable", None) == printed(
        read(f"{CASES}{wrong}\n9\n五、问题\n"), "disputes.cases.review_total"
    )


@pytest.mark.parametrize(
    "rows",
    [
        ["行政许可 |", "5", "行政处罚 | 4 | | |", "行政强制 | 3 | | |", "规章 | 2 | 1 | 9 |"],
        ["行政许可", "5", "行政处罚 4", "行政强制 3", "规章  2  1  9"],
    ],
)
def test_a_lone_number_is_no_value_where_all_others_stand_behind_their_labels(rows: list[str]) -> None:
    heads = [f"第二十条第({number})项\n" for number in "五六六一"]
    text = "二、主动公开政府信息情况\n" + heads[0] + "\n".join(rows[:2]) + "\n"
    text += "\n".join(a + b for a, b in zip(heads[1:], rows[2:], strict=True)) + "\n"
    report = read(text)
    assert ("unreadable", None) == printed(report, "art20_5.administrative_licensing.decisions_this_year")
    assert ("number", 4) == printed(report, "art20_6.administrative_penalty.decisions_this_year")


def test_values_in_paragraphs_beside_a_table_are_read_for_a_web_page_has_no_numbered_pages() -> None:
    cells = [
        f"<tr>{''.join(f'<td>{c}</td>' for c in (n, *'5100006'))}</tr>" for n in ("予以公开", "国家秘密")
    ]
    beside = "".join(f"<p>{cell}</p>" for cell in ("(二)部分公开", *"1000001"))
    page = (
        f"<p>{HEAD}</p><p>{APPLIED}</p><table>{cells[0]}{cells[1]}</table>{beside}<table>{cells[0]}</table>"
    )
    report = extract(read_bytes(page.encode(), "a.html"))
    assert [1, 0, 0, 0, 0, 0, 1] == row(report, "partially_granted")


def test_a_page_in_place_of_a_lost_total_is_not_read_where_pages_are_numbered_among_the_rows() -> None:
    whole, lost = ["(一)予以公开", *"5100006", "9"], ["(二)部分公开", *"000000", "10"]
    assert [None] * 7 == row(read(APPLIED + "\n".join([*whole, *lost])), "partially_granted")


@pytest.mark.parametrize(
    ("last", "above", "below"),
    [(8, True, False), (9, True, True), (10, False, True), (12, False, True), (13, True, True)],
)
def test_a_last_value_may_be_a_page_up_to_three_behind_the_one_above_and_before_the_one_below(
    last: int, above: bool, below: bool
) -> None:
    numbered, lost = ["(一)予以公开", *"5100006", "9"], ["(二)部分公开", *"100000", str(last)]
    for lines, is_read in (([*numbered, *lost], above), ([*lost, *numbered], below)):
        expected = [1, 0, 0, 0, 0, 0, last] if is_read else [None] * 7
        assert expected == row(read(APPLIED + "\n".join(lines)), "partially_granted")
        right = "\n".join(lines).replace("公开\n1\n", f"公开\n{last}\n")
        assert [last, 0, 0, 0, 0, 0, last] == row(read(APPLIED + right), "partially_granted")


def test_a_number_too_many_in_a_row_that_the_file_ends_is_no_pages() -> None:
    rows = [["(一)予以公开", *"5100006", "9"], ["(二)部分公开", *"1000001"]]
    report = read(APPLIED + "\n\n".join("\n".join(f"\t{cell}" for cell in cells) for cells in rows))
    assert [None] * 7 == row(report, "granted")
    assert [1, 0, 0, 0, 0, 0, 1] == row(report, "partially_granted")


def test_a_row_whose_label_has_one_character_wrong_is_read_and_said() -> None:
    fees = "二、主动公开政府信息情况\n第二十条第(八)项\n信息内容 | 本年收费金额(单位:万元) |\n行政事业性收弗 | 12.5 |\n"
    report = read(fees + APPLIED + "4.保护第三方合法权义 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |\n")
    assert ("number", Decimal("12.5")) == printed(report, "art20_8.administrative_fees.amount_this_year")
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, "denied_third_party_rights")
    said = [note for note in report.notes if note.code == "label_near"]
    assert 2 == len(said)
    assert "行政事业性收弗" in said[0].zh
    assert "行政事业性收费" in said[0].zh


def test_a_label_with_one_character_wrong_is_no_row_outside_its_table_or_beside_its_own() -> None:
    slip, right = "行政事业性收弗 | 9 |\n", "行政事业性收费 | 12 |\n"
    heads = ["二、主动公开政府信息情况\n第二十条第(六)项\n", "二、主动公开政府信息情况\n第二十条第(八)项\n"]
    fees = "art20_8.administrative_fees.amount_this_year"
    assert ("absent", None) == printed(read(heads[0] + slip), fees)
    for both in (slip + right, right + slip):  # neither is taken, and that is said
        report = read(heads[1] + both)
        assert ("unreadable", None) == printed(report, fees)
        assert "conflict" in {note.code for note in report.notes}
    assert ("number", 12) == printed(read(heads[1] + right.replace("12", "") + slip.replace("9", "12")), fees)
    assert ("unreadable", None) == printed(read(heads[1] + slip + slip.replace("9", "8")), fees)


@pytest.mark.parametrize("zeros", [".0", ".00"])
def test_counts_of_a_spreadsheet_are_whole_numbers(zeros: str) -> None:
    cells = " | ".join(f"{figure}{zeros}" for figure in "5100006")
    report = read(f"{APPLIED}(一)予以公开 | {cells} |\n(二)部分公开 | 12.5 | 0 | 0 | 0 | 0 | 0 | 12.5 |\n")
    assert [5, 1, 0, 0, 0, 0, 6] == row(report, "granted")
    assert all(type(value) is int for value in row(report, "granted"))
    assert f"5{zeros}" == report.figure("applications.granted.natural_person").text
    assert [("whole_number", 4)] == [(note.code, note.line) for note in report.notes]
    wrong = {cell for f in judge([report])[0] if f.rule == "N1" for cell in f.cells}
    assert {"applications.partially_granted.natural_person", "applications.partially_granted.total"} == wrong


def test_a_point_that_may_part_thousands_makes_no_whole_number_and_money_keeps_its_digits() -> None:
    fees = "二、主动公开政府信息情况\n第二十条第(八)项\n本年收费金额(单位:万元) |\n行政事业性收费 | 12.00 |\n"
    report = read(f"{fees}{APPLIED}(一)予以公开 | 1.000 | 0 | 0 | 0 | 0 | 0 | 1.000 |\n")
    assert "12.00" == str(report.figure("art20_8.administrative_fees.amount_this_year").value)
    assert 2 == len([f for f in judge([report])[0] if f.rule == "N1"])


@pytest.mark.parametrize(
    "head",
    [
        "结果维持 结果纠正 其他结果 尚未审结 总计 " * 3,
        "结果维持结果纠正其他结果尚未审结总计",
        "结果 结果 其他 尚未 总计 " * 3 + "\n" + "维持 纠正 结果 审结 " * 3,
    ],
)
def test_cases_without_a_heading_are_read_below_the_words_of_their_columns(head: str) -> None:
    figures = "  ".join(["1", "0", "0", "2", "3", *"0000000000"])
    report = read(f"{head}\n{figures}\n")
    assert ("number", 3) == printed(report, "disputes.cases.review_total")
    other = read(f"{head.replace('结果维持', '结果纠正').replace('维持', '结果')}\n{figures}\n")
    assert ("absent", None) == printed(other, "disputes.cases.review_total")
