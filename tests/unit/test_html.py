"""Web pages -> rows: every trap a small page, its rows written by hand."""

import pytest
from selectolax.lexbor import SelectolaxError

from govinfo_pipeline.document import html
from govinfo_pipeline.document.html import read_html
from govinfo_pipeline.document.model import Document, RowKind
from govinfo_pipeline.errors import DocumentError
from govinfo_pipeline.provenance import Source

SOURCE = Source("page.html", "0" * 64, "text/html")


def page(markup: str | bytes) -> Document:
    return read_html(markup, SOURCE)


def prose(markup: str) -> list[str]:
    return [text for _, text in page(markup).paragraphs()]


def tables(markup: str) -> dict[int, list[list[str]]]:
    """Return the HARD rows of each table."""
    document = page(markup)
    found: dict[int, list[list[str]]] = {}
    for row in document.rows:
        if row[0] == RowKind.HARD and row[1]:
            found.setdefault(row[1], []).append([cell.text for cell in document.cells(row)])
    return found


def table(markup: str) -> list[list[str]]:
    """Return the rows of the only table."""
    (rows,) = tables(markup).values()
    return rows


def columns(markup: str) -> list[list[int]]:
    document = page(markup)
    return [[cell.span.column for cell in document.cells(row)] for row in document.rows if row[1]]


def cell(markup: str) -> str:
    """Return what a cell of that content reads."""
    return table(f"<table><tr><td>数量<td>{markup}</td></tr></table>")[0][1]


# -- order, lines, paragraphs ---------------------------------------------------------------------------------


def test_rows_stand_in_the_order_of_the_page_and_lines_count_paragraphs_and_table_rows() -> None:
    document = page(
        "<h1>年度报告</h1><p>一、总体情况</p>"
        "<table><tr><td>规章</td><td>3</td></tr><tr><td>许可</td><td></td></tr></table>"
        "<p>五、问题</p><table><tr><td>复议</td><td>1</td></tr></table>"
    )
    assert [
        (0, 0, [(1, 1, "年度报告"), (2, 1, "一、总体情况")]),
        (2, 1, [(3, 1, "规章"), (3, 2, "3")]),
        (2, 1, [(4, 1, "许可"), (4, 2, "")]),
        (0, 0, [(5, 1, "五、问题")]),
        (2, 2, [(6, 1, "复议"), (6, 2, "1")]),
    ] == [
        (row[0], row[1], [(c.span.line, c.span.column, c.text) for c in document.cells(row)])
        for row in document.rows
    ]


def test_rows_cover_all_cells_without_gap_or_overlap() -> None:
    document = page("a<table><tr><td>b<td>c</table>d<p>e<table><tr><td>f<td>g</table>h")
    assert [0, *(row[3] for row in document.rows)] == [*(row[2] for row in document.rows), 8]
    assert list("abcdefgh") == document.texts


def test_the_source_is_kept() -> None:
    assert SOURCE == page("<p>x").source


def test_inline_markup_is_joined_without_blanks() -> None:
    markup = "<p>收到<b>申请</b><span>1</span><span lang=EN-US>2<o:p></o:p></span><font>件</font></p>"
    assert ["收到申请12件"] == prose(markup)


def test_inline_markup_may_be_deep() -> None:
    assert ["收到申请"] == prose("<p><b><i><u>收到</u></i></b><b><i><u>申请</u></i></b></p>")


def test_a_blank_between_inline_elements_stays() -> None:
    assert ["12 34"] == prose("<p><span>12</span> <span>34</span></p>")
    assert "12 34" == cell("<span>12</span> <span>34</span>")


def test_a_line_break_of_the_source_is_a_blank_and_no_paragraph() -> None:
    assert ["第二十条 第（一）项"] == prose("<p>\n   第二十条\n      第（一）项\n</p>")


@pytest.mark.parametrize(
    "markup",
    [
        "甲<br>乙<br/>丙",
        "<p>甲<p>乙<p>丙",
        "<div>甲<p>乙</p>丙</div>",
        "<div>甲</div><div>乙</div>丙",
        "<a>甲<div>乙</div>丙</a>",
        "<ul><li>甲<li>乙</ul>丙",
        "<span>甲<br></span><span>乙</span><hr>丙",
        "<section><div><div>甲</div></div></section>乙<h2>丙</h2>",
        "<b>甲</b><div></div><b>乙</b><p></p><i>丙</i>",
        "<p>\n甲\n</p>\n\n<p>&nbsp;</p><p>乙</p>　<p><span></span>丙</p>",
    ],
)
def test_blocks_and_breaks_part_paragraphs(markup: str) -> None:
    assert ["甲", "乙", "丙"] == prose(markup)


def test_a_text_behind_a_closed_block_is_a_paragraph_of_its_own() -> None:
    assert ["总计", "12", "件"] == prose("<div><div>总计</div><span>12</span><div>件</div></div>")


def test_paragraphs_that_hold_flattened_cells_stay_one_a_line() -> None:
    markup = "<div class=row><div>一、本年新收</div><div>56</div><div>2</div></div>"
    assert ["一、本年新收", "56", "2"] == prose(markup)


def test_a_plain_text_table_in_pre_is_read_as_in_a_text_file() -> None:
    document = page("<p>表格如下</p><pre>\n规章 | 3 | | 5 |\n文件\t1\t\t2\n</pre><p>完</p>")
    assert [
        (0, [(1, "表格如下")]),
        (2, [(2, "规章"), (2, "3"), (2, ""), (2, "5")]),
        (2, [(3, "文件"), (3, "1"), (3, ""), (3, "2")]),
        (0, [(5, "完")]),
    ] == [(row[0], [(c.span.line, c.text) for c in document.cells(row)]) for row in document.rows]
    assert {0} == {row[1] for row in document.rows}


@pytest.mark.parametrize("holder", ["<p>{}</p>", "<table><tr><td>{}</td></tr></table>", "<td>{}"])
def test_a_plain_text_table_between_line_breaks_is_read_as_in_a_text_file(holder: str) -> None:
    document = page(holder.format("规章 | 3 | | 5<br>文件 | 1 | | 2"))
    assert [["规章", "3", "", "5"], ["文件", "1", "", "2"]] == [
        [c.text for c in document.cells(row)] for row in document.rows
    ]


def test_lines_of_pre_are_counted_with_the_empty_ones() -> None:
    document = page("<pre>甲<br>乙\n\n丙</pre><table><tr><td>丁<td>1</table>")
    assert [(1, "甲"), (2, "乙"), (4, "丙"), (5, "丁"), (5, "1")] == list(
        zip(document.lines, document.texts, strict=True)
    )


def test_a_table_inside_pre_is_a_table() -> None:
    assert {1: [["甲", "1"]]} == tables("<pre>说明\n<table><tr><td>甲<td>1</table></pre>")


# -- title ----------------------------------------------------------------------------------------------------


def test_the_title_is_a_note_and_no_row() -> None:
    document = page("<title>某县2022年年度报告_某县人民政府</title><p>正文")
    text = "某县2022年年度报告_某县人民政府"
    assert [("html_title", text, text, 1)] == document.notes
    assert ["正文"] == document.texts


@pytest.mark.parametrize("head", ["", "<title></title>", "<title> &nbsp; </title>"])
def test_a_page_without_a_title_has_no_title_note(head: str) -> None:
    assert [] == page(f"{head}<p>正文").notes


# -- cells ----------------------------------------------------------------------------------------------------


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


# -- tables ---------------------------------------------------------------------------------------------------


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


# -- layout tables --------------------------------------------------------------------------------------------


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


# -- malformed and hostile ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup", ["", "<table>", "<table><tr>", "<frameset><frame src=a></frameset>", "<td>", "\x00"]
)
def test_a_page_without_text_has_no_rows(markup: str) -> None:
    assert ([], []) == (page(markup).rows, page(markup).texts)


def test_bytes_are_read_as_utf_8() -> None:
    assert ["年报"] == page("<p>年报".encode()).texts


def test_xhtml_with_closed_scripts_is_not_swallowed() -> None:
    markup = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a.js"/><title>年报</title></head>'
        "<body><p>正文</p><table><tr><td>甲</td><td/><td>2</td></tr></table></body></html>"
    )
    assert ["正文", "甲", "", "2"] == page(markup).texts
    assert ["正文", "甲", "", "2"] == page(markup.encode()).texts
    assert ["html_title"] == [note[0] for note in page(markup).notes]


def test_more_cells_than_any_report_has_are_refused() -> None:
    with pytest.raises(DocumentError) as refused:
        page("<table>" + ("<tr>" + "<td>" * 1_000) * 501)
    assert "too_complex" == refused.value.code


def test_spans_that_would_fill_memory_are_refused() -> None:
    with pytest.raises(DocumentError) as refused:
        page("<table>" + "<tr><td colspan=1000 rowspan=60000>1<td>2" * 100)
    assert "too_complex" == refused.value.code


def test_texts_far_below_inline_elements_are_all_read() -> None:
    assert "字" * 3_000 == "".join(page("<b>字" * 3_000).texts)


@pytest.mark.parametrize("attribute", ["hidden", 'style="display:none"', 'style="visibility:hidden"'])
def test_a_body_that_a_script_would_show_is_read(attribute: str) -> None:
    assert ["年报"] == page(f"<body {attribute}><p>年报").texts


def test_a_page_beyond_memory_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object, **__: object) -> None:
        raise SelectolaxError("Can't parse HTML.")

    monkeypatch.setattr(html, "LexborHTMLParser", give_up)
    with pytest.raises(DocumentError) as refused:
        page("<p>年报")
    assert "too_large" == refused.value.code
