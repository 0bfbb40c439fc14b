"""Columns of remarks: what the other rows must show before a row is whole. Expected rows are by hand."""

from __future__ import annotations

import pytest

from govinfo_pipeline.document.read import read_bytes
from govinfo_pipeline.extract.report import extract
from tests.snippets import CASES, HEAD, HEADINGS, printed, read, row

APPLIED = "三、收到和处理政府信息公开申请情况\n"
HEADS = ["项目", *HEADINGS.rstrip(" |").split(" | "), "备注"]
LABELS = ("(一)予以公开", "(二)部分公开", "1.属于国家秘密", "2.重复申请")
GRANTED, UNREAD = [5, 1, 0, 0, 0, 0, 6], [None] * 7


def lines(cells: list[str]) -> str:
    return "".join(f"{cell}\n" for cell in cells if cell)


def closed(cells: list[str]) -> str:
    return "".join(f"{cell} |\n" for cell in cells)


def piped(cells: list[str]) -> str:
    return " | ".join(cells) + " |\n"


def rows(how: object, *remarks: list[str], values: str = "5100006") -> str:
    """Return the heads and a row for each list of cells behind its values, printed ``how``."""
    assert callable(how)
    made = [[label, *values, *behind] for label, behind in zip(LABELS, remarks, strict=False)]
    return APPLIED + "".join(how(cells) for cells in (HEADS, *made))


@pytest.mark.parametrize(
    ("remarks", "expected"),
    [
        ([["1"], ["2"], [], ["4"]], GRANTED),  # three of four rows show the remark
        ([["1"], [], ["3"], []], UNREAD),  # two of four
        ([["一"], [], [], ["二"]], GRANTED),  # words, which are none of the values
        ([[], [], [], []], GRANTED),  # none has one
        ([[], [], [], ["4"]], UNREAD),  # so the others lost a value, or their remark
        ([[], []], UNREAD),  # two rows show nothing
    ],
)
def test_where_every_cell_is_a_line_two_thirds_of_the_rows_show_what_is_usual(
    remarks: list[list[str]], expected: list[object]
) -> None:
    report = read(rows(lines, *remarks))
    assert expected == row(report, "granted") == row(report, "partially_granted")


def test_rows_without_a_cell_for_their_remark_are_whole_where_the_others_have_words_in_it() -> None:
    report = read(rows(piped, ["一"], [], [], ["二"]))
    assert GRANTED == row(report, "granted") == row(report, "partially_granted")


def test_a_row_of_one_value_shows_nothing_of_a_column_of_remarks() -> None:
    head = "二、主动公开政府信息情况\n第二十条第(五)项\n信息内容\n本年处理决定数量\n备注\n行政许可\n5\n"
    more = "第二十条第(六)项\n信息内容\n本年处理决定数量\n备注\n行政处罚\n6\n行政强制\n7\n"
    licences = "art20_5.administrative_licensing.decisions_this_year"
    assert ("unreadable", None) == printed(read(head + more), licences)


def test_an_empty_column_before_the_values_moves_none_into_another() -> None:
    shifted = read(APPLIED + piped(HEADS) + "".join(piped([label, "", *"5100006"]) for label in LABELS))
    assert UNREAD == row(shifted, "granted") == row(shifted, "not_processed_repeated")


def test_a_blank_first_value_is_one_where_other_rows_begin_with_a_value() -> None:
    text = rows(piped, ["1"], ["2"], ["3"]) + piped([LABELS[3], "", *"300003", "4"])
    assert [None, 3, 0, 0, 0, 0, 3] == row(read(text), "not_processed_repeated")


@pytest.mark.parametrize(("span", "expected"), [(1, [None, 3, 0, 0, 0, 0, 3]), (2, UNREAD)])
def test_in_a_page_the_cell_behind_a_blank_first_value_and_six_stands_below_the_head_of_remarks(
    span: int, expected: list[object]
) -> None:
    heads = "".join(f"<td>{head}</td>" for head in HEADS)
    cells = "".join(f"<td>{cell}</td>" for cell in ("", *"300003", "4"))
    body = f"<tr>{heads}</tr><tr><td colspan='{span}'>{LABELS[0]}</td>{cells}</tr>"
    page = f"<p>{HEAD}</p><p>{APPLIED}</p><table>{body}</table>"
    assert expected == row(extract(read_bytes(page.encode(), "a.html")), "granted")


def test_where_a_row_has_blank_cells_behind_its_remark_the_last_cell_of_the_others_may_be_one() -> None:
    assert UNREAD == row(read(rows(closed, ["1"], ["2"], ["3"], ["4", ""])), "granted")
    assert GRANTED == row(read(rows(closed, ["1"], ["2"], ["3"], ["4"])), "granted")


def test_rows_as_wide_as_each_other_are_whole_though_blank_cells_fill_them_up() -> None:
    assert GRANTED == row(read(rows(piped, *[["1", ""]] * 4)), "granted")


def test_two_numbers_too_many_are_no_remark() -> None:
    assert UNREAD == row(read(rows(piped, *[["1", "2"]] * 4)), "granted")


FIGURES = ["1", "0", "0", "2", "3", *"0000000000"]


def cases(how: object, behind: list[str]) -> str:
    assert callable(how)
    head, _, outcomes = CASES.rstrip(" |\n").partition("\n")
    return f"{head}\n" + how([*outcomes.split(" | ") * 3, "备注"]) + how([*FIGURES, *behind])


@pytest.mark.parametrize("how", [piped, closed, lines])
def test_a_remark_behind_the_one_row_of_cases_is_left_out(how: object) -> None:
    assert ("number", 3) == printed(read(cases(how, ["9"])), "disputes.cases.review_total")


def test_a_number_behind_cases_is_no_remark_where_the_other_rows_have_none() -> None:
    text = rows(lines, [], [], [], []) + cases(lines, ["9"])
    assert ("unreadable", None) == printed(read(text), "disputes.cases.review_total")
