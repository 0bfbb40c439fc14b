"""Tables of a page: cells, spans, what only aligns, and tables that only lay out the page."""

import pytest

from tests.markup import cell, page, prose, table, tables


def columns(markup: str) -> list[list[int]]:
    document = page(markup)
    return [[cell.span.column for cell in document.cells(row)] for row in document.rows if row[1]]


@pytest.mark.parametrize(
    "markup", ["商业<br>企业", "<p>商业</p>\n<p>企业</p>", "<div>商业<p>企业</p></div>", "商<b>业</b>企业"]
)
def test_pieces_of_a_label_are_one_cell(markup: str) -> None:
    assert "商业企业" == cell(markup)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>12</p><p>3</p>", "12\n3"),
        ("12<br>3", "12\n3"),
        ("<p>12<p>-3", "12\n-3"),
        ("<p>/</p><p>/</p>", "/\n/"),
        ("12<sup>1</sup>", "12\n1"),
        ("12<br>件", "12件"),
        ("<span>1</span><span>2</span>", "12"),
        ("<p><span>1</span><o:p></o:p><b>2</b></p>", "12"),
    ],
)
def test_numbers_in_paragraphs_of_one_cell_never_run_together(markup: str, text: str) -> None:
    assert text == cell(markup)


@pytest.mark.parametrize(
    "blank", ["", "&nbsp;", " \n ", "<p>&nbsp;</p>", "<p><o:p>&nbsp;</o:p></p>", "　", "&#8203;"]
)
def test_a_blank_cell_is_empty_and_there(blank: str) -> None:
    assert [["规章", "", "3"]] == table(f"<table><tr><td>规章<td>{blank}</td><td>3</table>")


@pytest.mark.parametrize("text", ["1\u200b2", "\ufeff12", "1&#8203;2", "1&shy;2", "<p>1\u200b<b>2</b></p>"])
def test_zero_width_characters_are_dropped(text: str) -> None:
    assert "12" == cell(text)
    assert ["12"] == prose(f"<p>{text}</p>")


@pytest.mark.parametrize(
    "ghost",
    [
        "<script>var a = 9;</script>",
        "<style>td{color:red}</style>",
        "<noscript>9</noscript>",
        "<template>9</template>",
        "<!-- 9 -->",
        '<span style="display:none">9</span>',
        '<span style="color:red; DISPLAY : none">9</span>',
        "<b hidden>9</b>",
        '<i style="visibility:hidden">9</i>',
        '<I STYLE="VISIBILITY: hidden">9</I>',
        '<input type="hidden" value="9">',
        "<del>9</del>",
        "<s>9</s>",
        "<select><option>8<option>9</select>",
        "<textarea>9</textarea>",
        "<xml><w:WordDocument><w:Zoom>9</w:Zoom></w:WordDocument></xml>",
        "<![if gte mso 9]><xml>9</xml><![endif]>",
    ],
)
def test_what_nobody_sees_is_no_text(ghost: str) -> None:
    assert "12" == cell(f"1{ghost}2")
    assert "12" == cell(f"{ghost}12")
    assert ["12"] == prose(f"<p>1{ghost}2</p>")


@pytest.mark.parametrize(
    "attribute", ['aria-hidden="true"', 'hidden="until-found"', 'style="display:block"', 'class="hidden"']
)
def test_what_is_seen_stays(attribute: str) -> None:
    assert "12" == cell(f"<span {attribute}>12</span>")


def test_a_number_in_an_input_field_is_read() -> None:
    assert "12" == cell('<input type="text" value="12" readonly>')


def test_a_picture_in_place_of_a_number_is_said() -> None:
    document = page('<p>表</p><table><tr><td>规章<td><img src="1.png"><td>3</table>')
    assert ["表", "规章", "", "3"] == document.texts
    assert [("image_cell", 2)] == [(code, line) for code, _, _, line in document.notes]


def test_a_picture_beside_a_number_is_not_said() -> None:
    assert [] == page('<table><tr><td>规章<td>5<img src="1.png"></table>').notes


def test_pinyin_above_a_character_is_dropped() -> None:
    assert "公务员" == cell("公<ruby>务<rt>wù</rt></ruby>员")


def test_spanned_cells_stand_once_at_their_origin_with_their_grid_column() -> None:
    markup = """<table>
    <tr><td rowspan=2 colspan=2>项目</td><td rowspan=2>自然人</td><td colspan=2>法人</td><td rowspan=2>总计</td></tr>
    <tr><td>企业</td><td>其他</td></tr>
    <tr><td rowspan=2>办理</td><td>公开</td><td>1</td><td></td><td>3</td><td>4</td></tr>
    <tr><td>部分</td><td>5</td><td>6</td><td>7</td><td>18</td></tr>
    </table>"""
    assert [
        ["项目", "自然人", "法人", "总计"],
        ["企业", "其他"],
        ["办理", "公开", "1", "", "3", "4"],
        ["部分", "5", "6", "7", "18"],
    ] == table(markup)
    assert [[1, 3, 4, 6], [4, 5], [1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6]] == columns(markup)


def test_a_span_ends_with_its_group_of_rows() -> None:
    markup = "<table><thead><tr><th rowspan=9>甲<th>乙<tbody><tr><td>丙<td>1</table>"
    assert [[1, 2], [1, 2]] == columns(markup)


@pytest.mark.parametrize(
    ("span", "second"),
    [
        ('colspan="1000000000"', 1001),
        ('colspan="99999999999999999999"', 1001),
        ('colspan="0"', 2),
        ('colspan="-3"', 2),
        ('colspan="two"', 2),
        ('colspan=" 3 "', 4),
        ('colspan="2.9"', 3),
        ("colspan", 2),
    ],
)
def test_spans_are_clamped_as_browsers_do(span: str, second: int) -> None:
    assert [[1, second]] == columns(f"<table><tr><td {span}>甲<td>1</table>")


def test_a_rowspan_of_zero_reaches_to_the_end() -> None:
    markup = "<table><tr><td rowspan=0>甲<td>1<tr><td>2<td>3<tr><td>4<td>5</table>"
    assert [[1, 2], [2, 3], [2, 3]] == columns(markup)


def test_a_table_without_closing_tags_is_read_by_rows() -> None:
    markup = "<TABLE BORDER=1><TR><TD>规章<TD>1<TD><TR><TD>文件<TD>2<TD>3</TABLE>"
    assert [["规章", "1", ""], ["文件", "2", "3"]] == table(markup)


def test_a_row_that_was_not_closed_before_the_next_is_a_row() -> None:
    assert [["甲", "1"], ["乙", "2"]] == table(
        "<table><tr><td>甲</td><td>1</td><tr><td>乙</td><td>2</td></table>"
    )


def test_head_and_foot_are_shown_where_they_belong() -> None:
    markup = (
        "<table><tfoot><tr><td>总计<td>3</tfoot><tbody><tr><td>甲<td>1</tbody>"
        "<thead><tr><th>项目<th>数量</thead><tbody><tr><td>乙<td>2</tbody></table>"
    )
    assert [["项目", "数量"], ["甲", "1"], ["乙", "2"], ["总计", "3"]] == table(markup)


def test_a_caption_is_prose_above_its_table() -> None:
    document = page("<table><tr><td>甲<td>1<caption>表一<br>单位：件</caption></table>")
    assert ["表一", "单位：件", "甲", "1"] == document.texts
    assert [0, 2] == [row[0] for row in document.rows]


def test_one_table_a_section_stays_apart() -> None:
    markup = "<div><div><table><tr><td>甲<td>1</table></div></div><table><tr><td>乙<td>2</table>"
    assert {1: [["甲", "1"]], 2: [["乙", "2"]]} == tables(markup)


def test_word_markup_is_read_through() -> None:
    number = (
        "<td width=62 valign=center style='border:none;mso-border-left-alt:none'><p class=MsoNormal align=center>"
        "<span lang=EN-US style='font-size:10.5pt'>{}<o:p></o:p></span></p></td>"
    )
    label = (
        "<td><p class=MsoNormal><span>第</span><span lang=EN-US>1</span><span>项<o:p></o:p></span></p></td>"
    )
    markup = f"<table class=MsoTableGrid><tr>{label}{number.format(5)}{number.format('&nbsp;')}</tr></table>"
    assert [["第1项", "5", ""]] == table(markup)


FILLER_ROW = "<tr height=0><td width=64 style='border:none'></td><td width=9 style='border:none'></td></tr>"


@pytest.mark.parametrize(
    "filler",
    [
        f"<!--[if !supportMisalignedColumns]-->{FILLER_ROW}<!--[endif]-->",
        f"<![if !supportMisalignedColumns]>{FILLER_ROW}<![endif]>",
        FILLER_ROW,
        "<![if !supportMisalignedColumns]><tr><td width=9></td><td></td></tr><![endif]>",
        "<tr style='height:0cm'><td></td><td>&nbsp;</td></tr>",
        "<tr style='mso-height-source:userset; height: 0px'><td></td><td></td></tr>",
        "<tr style='display:none'><td>7</td><td>8</td></tr>",
        "<tr hidden><td>7</td><td>8</td></tr>",
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]>",
    ],
)
def test_rows_that_only_align_columns_are_dropped(filler: str) -> None:
    assert [["甲", "1"], ["乙", "2"]] == table(
        f"<table><tr><td>甲<td>1</tr>{filler}<tr><td>乙<td>2</tr></table>"
    )


@pytest.mark.parametrize(
    "filler",
    [
        "<![if !supportMisalignedColumns]><td><p>&nbsp;</p></td><![endif]>",
        "<!--[if !supportMisalignedColumns]--><td></td><!--[endif]-->",
        "<td style='mso-cell-special:placeholder;border:none' width=2><p>&nbsp;</p></td>",
        "<td width=0 style='border: none'></td>",
        "<td style='display:none'>9</td>",
        "<td hidden>9</td>",
    ],
)
def test_cells_that_only_align_rows_are_dropped(filler: str) -> None:
    assert [["甲", "1", "2"]] == table(f"<table><tr><td>甲<td>1</td>{filler}<td>2</tr></table>")
    assert [[1, 2, 3]] == columns(f"<table><tr><td>甲<td>1</td>{filler}<td>2</tr></table>")


@pytest.mark.parametrize(
    "kept",
    [
        "<td></td>",
        "<td width=0></td>",
        "<td style='border:none'></td>",
        "<td style='visibility:hidden'>9</td>",
    ],
)
def test_blank_cells_that_have_a_place_keep_it(kept: str) -> None:
    assert [["甲", "", "2"]] == table(f"<table><tr><td>甲</td>{kept}<td>2</tr></table>")


def test_a_filled_row_is_kept_whatever_its_height() -> None:
    assert [["甲", "1"]] == table("<table><tr height=0><td>甲<td>1</table>")


def test_a_blank_row_of_the_form_is_kept() -> None:
    assert [["甲", "1"], ["", ""]] == table("<table><tr><td>甲<td>1<tr><td><td></table>")


def test_a_cell_after_a_filler_is_kept() -> None:
    markup = (
        "<table><tr><td>甲</td><![if !supportMisalignedColumns]><td></td><![endif]><td></td><td>1</table>"
    )
    assert [["甲", "", "1"]] == table(markup)


def test_a_table_around_the_page_is_prose_and_the_tables_in_it_are_tables() -> None:
    document = page(
        "<table width=1000><tr><td><h1>年度报告</h1></td></tr><tr><td>"
        "<p>一、总体情况</p><table border=1><tr><td>规章<td>3</table><p>以上</p>"
        "</td></tr></table>"
    )
    assert [(0, 0, ["年度报告", "一、总体情况"]), (2, 1, ["规章", "3"]), (0, 0, ["以上"])] == [
        (row[0], row[1], [c.text for c in document.cells(row)]) for row in document.rows
    ]


def test_a_cell_with_a_table_does_not_swallow_it_nor_its_sisters_rows() -> None:
    document = page(
        "<table><tr><td>菜单</td><td>正文<table><tr><td>甲<td>1</table></td></tr>"
        "<tr><td>电话</td><td>地址</td></tr></table>"
    )
    assert [(0, ["菜单", "正文"]), (2, ["甲", "1"]), (2, ["电话", "地址"])] == [
        (row[0], [c.text for c in document.cells(row)]) for row in document.rows
    ]


def test_tables_three_deep_are_read_once() -> None:
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    document = page(f"<table><tr><td>x<td><table><tr><td>y<td>{inner}</td></tr></table></td></tr></table>")
    assert ["x", "y", "甲", "1", "乙", "2"] == document.texts


def test_a_spanned_row_with_a_table_shifts_nobody() -> None:
    markup = (
        "<table><tr><td rowspan=3>甲<td>1<tr><td><table><tr><td>乙<td>2</table></td><tr><td>3<td>4</table>"
    )
    document = page(markup)
    assert [(["甲", "1"], [1, 2]), (["乙", "2"], [1, 2]), (["3", "4"], [2, 3])] == [
        ([c.text for c in document.cells(row)], [c.span.column for c in document.cells(row)])
        for row in document.rows
    ]


def test_a_span_over_a_row_with_a_table_ends_where_it_says() -> None:
    markup = (
        "<table><tr><td rowspan=2>甲<td>1<tr><td><table><tr><td>乙<td>2</table></td>"
        "<tr><td>3<td>4<tr><td>5<td>6</table>"
    )
    assert [[1, 2], [1, 2], [1, 2], [1, 2]] == columns(markup)


def test_a_table_of_one_cell_a_row_is_prose() -> None:
    markup = "<table><tr><td>一、本年新收</td></tr><tr><td>56</td></tr><tr><td>2</td></tr></table>"
    assert ({}, ["一、本年新收", "56", "2"]) == (tables(markup), prose(markup))


def test_a_cell_that_holds_an_essay_is_prose_beside_rows_of_data() -> None:
    essay = "".join(f"<p>{n}、{'依法公开政府信息' * 10}</p>" for n in "一二三四五六七")
    markup = f"<table><tr><td>菜单</td><td>{essay}</td></tr><tr><td>规章</td><td>3</td></tr></table>"
    assert 8 == len(prose(markup))
    assert {1: [["规章", "3"]]} == tables(markup)
