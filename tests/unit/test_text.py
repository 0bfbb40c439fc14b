"""Plain text -> rows of cells: what pipes, tabs and blanks mean. Expected rows are written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo_pipeline.document.text import read_text
from govinfo_pipeline.provenance import Source

SOURCE = Source("a.txt", "0" * 64, "text/plain")
PROSE, LOOSE, HARD = 0, 1, 2


def rows(text: str) -> list[tuple[int, list[str]]]:
    document = read_text(text, SOURCE)
    return [(kind, document.texts[start:stop]) for kind, _table, start, stop in document.rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章\n0\n\n3\n", [(PROSE, ["规章", "0", "3"])]),
        ("规章 | 0 | | 3 |", [(HARD, ["规章", "0", "", "3"])]),
        ("| 规章 | 0 |\n| 行政许可 | 7 |", [(HARD, ["规章", "0"]), (HARD, ["行政许可", "7"])]),
        ("甲 | 1 |\n| 2 |", [(HARD, ["甲", "1"]), (HARD, ["", "2"])]),
        ("规章 |\n/ |\n|\n||", [(LOOSE, ["规章", "/", ""]), (HARD, [])]),
        ("\t商业\n企业\n\t科研\n机构\n", [(HARD, ["商业企业", "科研机构"])]),
        ("\t规章\n\t0\n\t\n\t3\n\n正文", [(HARD, ["规章", "0", "", "3"]), (PROSE, ["正文"])]),
        ("\t0\n三、收到和处理情况\n\t1", [(PROSE, ["0", "三、收到和处理情况", "1"])]),
        ("规章\t0\t\t3", [(HARD, ["规章", "0", "", "3"])]),
        (
            "| 甲 | 1 |\n\t| 乙 | 2 |\n\u2003| 丙 | 3 |",
            [(HARD, ["甲", "1"]), (HARD, ["乙", "2"]), (HARD, ["丙", "3"])],
        ),
        ("规章\n|\n3\n|\n\t|\n9\n|", [(LOOSE, ["规章", "3", "", "9"])]),
        ("规章\n\t\n|\n3\n\t\n|", [(LOOSE, ["规章", "3"])]),
        ("甲\n1\n2\n|\n3\n乙\n丙", [(PROSE, ["甲", "1", "2", "3", "乙", "丙"])]),
        ("甲\n\t1\n\t2\n|\n\t3\n乙\n丙", [(PROSE, ["甲"]), (HARD, ["1", "2", "3"]), (PROSE, ["乙", "丙"])]),
        ("四、结转 1 2 3\n  |\n尾", [(HARD, ["四、结转", "1", "2", "3"]), (PROSE, ["尾"])]),
        (
            "甲\n\t1\n\t\n|\n\t3\n乙\n丙\n丁",
            [(PROSE, ["甲"]), (HARD, ["1", "", "3"]), (PROSE, ["乙", "丙", "丁"])],
        ),
        ("规章\n|\n1\t001\n|", [(LOOSE, ["规章", "1\t001"])]),
        ("规章\n3\n||\n处罚", [(PROSE, ["规章", "3"]), (HARD, []), (PROSE, ["处罚"])]),
        ("甲 | 1 |\n||\n乙 | 2 |", [(HARD, ["甲", "1"]), (HARD, []), (HARD, ["乙", "2"])]),
        ("甲 |\n1 |\n|||||", [(LOOSE, ["甲", "1"]), (HARD, [])]),
        ("甲 |\n1 |\n||||||", [(LOOSE, ["甲", "1"]), (HARD, [""] * 6)]),
        ("\t商业\n\n企业\n\t科研\n", [(PROSE, ["商业", "企业", "科研"])]),
        ("27  0  0  0", [(HARD, ["27", "0", "0", "0"])]),
        ("2.重复申请 1 0 0", [(HARD, ["2.重复申请", "1", "0", "0"])]),
        ("行政许可　６０", [(HARD, ["行政许可", "６０"])]),
        (" 0" * 80, [(HARD, ["0"] * 80)]),
        (" 0" * 80 + " 10", [(PROSE, ["0" + " 0" * 79 + " 10"])]),  # 162 characters are no row
        ("2022 年 1 月", [(PROSE, ["2022 年 1 月"])]),
        ("\xa0\xa0１２ ", [(PROSE, ["１２"])]),
        ("规章｜0｜", [(HARD, ["规章", "0"])]),
        ("规章\n|\n0\n|\n|\n3\n正文", [(LOOSE, ["规章", "0", ""]), (PROSE, ["3", "正文"])]),
        (
            "\t第二十条\n\n\t规章\n\t0\n\n\n\t处罚\n\t1",
            [(PROSE, ["第二十条"]), (HARD, ["规章", "0"]), (HARD, ["处罚", "1"])],
        ),
        ("\t合计\n\t0\n第二行", [(HARD, ["合计", "0"]), (PROSE, ["第二行"])]),
        ("\t1\n\t甲\n/ 0 0", [(HARD, ["1", "甲"]), (HARD, ["/", "0", "0"])]),
        ("\t1\n\t甲\n" + "乙" * 12, [(HARD, ["1", "甲" + "乙" * 12])]),
        ("\t1\n\t甲\n" + "乙" * 13, [(HARD, ["1", "甲"]), (PROSE, ["乙" * 13])]),
    ],
)
def test_delimiters_say_where_cells_and_rows_end(text: str, expected: list[tuple[int, list[str]]]) -> None:
    assert expected == rows(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\n|\n乙\n丙\n丁", [(LOOSE, ["甲"]), (PROSE, ["乙", "丙", "丁"])]),
        ("甲\n|\n\n\n乙\n丙\n丁", [(LOOSE, ["甲"]), (PROSE, ["乙", "丙", "丁"])]),
        ("甲\n|\n乙\n丙\n丁\n戊", [(PROSE, ["甲", "乙", "丙", "丁", "戊"])]),
    ],
)
def test_pipes_end_cells_from_one_in_five_lines_on_empty_ones_apart(
    text: str, expected: list[tuple[int, list[str]]]
) -> None:
    assert expected == rows(text)


@pytest.mark.parametrize(
    ("opened", "others", "expected"),
    [
        (9, "乙 | 2 |", [["甲", "1"]] * 9 + [["乙", "2"]]),
        (8, "乙 | 2 |", [["", "甲", "1"]] * 8 + [["乙", "2"]]),
        (8, "| | | | | | |\n乙 | 2 |", [["甲", "1"]] * 8 + [[""] * 6, ["乙", "2"]]),
    ],
)
def test_pipes_open_rows_where_nine_of_ten_lines_with_pipes_begin_with_one(
    opened: int, others: str, expected: list[list[str]]
) -> None:
    assert [(HARD, cells) for cells in expected] == rows("| 甲 | 1 |\n" * opened + others)


def test_lines_are_those_of_an_editor() -> None:
    document = read_text("甲\r\n\r\n乙\r丙\n\t1\n\t2\n", SOURCE)
    assert [("甲", 1), ("乙", 3), ("丙", 4), ("1", 5), ("2", 6)] == list(
        zip(document.texts, document.lines, strict=True)
    )


def test_the_lines_of_tab_cells_count_what_they_run_on_to() -> None:
    document = read_text("标题\n\n\t商业\n企业\n\t0\n\n\n\t规章\n\t3\n尾\n", SOURCE)
    assert [("标题", 1), ("商业企业", 3), ("0", 5), ("规章", 8), ("3", 9), ("尾", 10)] == list(
        zip(document.texts, document.lines, strict=True)
    )


LINES = [
    "",
    "",
    "\t",
    "\t0",
    "\t12",
    "\t合计",
    "机构",
    "三、收到",
    "0",
    "a |",
    "b\t1",
    " ",
    "\t c\t2",
    "甲 | 1 | |",
    "||",
]


@given(st.lists(st.sampled_from(LINES), max_size=9), st.lists(st.sampled_from(LINES), max_size=9))
def test_what_an_empty_line_parts_is_read_as_if_the_other_were_not_there(
    above: list[str], below: list[str]
) -> None:
    first, second, whole = (
        read_text("\n".join(lines), SOURCE)
        for lines in (["a |", *above, ""], below, ["a |", *above, "", *below])
    )
    assert first.texts + second.texts == whole.texts
    assert first.lines + [line + len(above) + 2 for line in second.lines] == whole.lines
    assert first.columns + second.columns == whole.columns


def test_every_cell_has_a_place_and_belongs_to_one_row() -> None:
    document = read_text("甲 | 1 | 2 |\n正文\n\t3\n\t4\n\n尾", SOURCE)
    assert len(document.texts) == len(document.lines) == len(document.columns)
    covered = [i for _kind, _table, start, stop in document.rows for i in range(start, stop)]
    assert list(range(len(document.texts))) == covered
    assert [1, 2, 3] == document.columns[:3]


def test_a_number_in_a_sentence_is_not_taken_for_a_table_row() -> None:
    assert [(PROSE, ["全年收到申请 12 件,其中 3 件"])] == rows("全年收到申请 12 件,其中 3 件")


def test_a_cell_that_never_ends_is_read_in_linear_time_and_kept_by_nobody() -> None:
    document = read_text("\tq\n" + "x\n" * 200_000, SOURCE)
    assert [1] == document.lines
    assert 200_001 == len(document.texts[0])


def test_the_rows_of_a_text_are_found_by_their_cells() -> None:
    document = read_text("题\n文\n甲 | 1 |\n乙 |\n2 |\n||\n尾", SOURCE)
    assert ["题", "文", "甲", "1", "乙", "2", "尾"] == document.texts
    assert [(0, 0, 2), (0, 0, 2), (2, 2, 4), (2, 2, 4), (1, 4, 6), (1, 4, 6), (0, 6, 7)] == [
        document.row_at(cell) for cell in range(7)
    ]
    assert [1, 1, 1, 2, 1, 1, 1] == document.columns
