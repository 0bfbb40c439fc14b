"""A page becomes paragraphs and rows in its order; its title; what is malformed or hostile."""

import pytest
from selectolax.lexbor import SelectolaxError

from govinfo_pipeline.document import html
from govinfo_pipeline.errors import DocumentError
from tests.markup import SOURCE, cell, page, prose, tables


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


def test_the_title_is_a_note_and_no_row() -> None:
    document = page("<title>某县2022年年度报告_某县人民政府</title><p>正文")
    text = "某县2022年年度报告_某县人民政府"
    assert [("html_title", f"网页标题: {text}", f"the page's title: {text}", 1)] == document.notes
    assert ["正文"] == document.texts


@pytest.mark.parametrize("head", ["", "<title></title>", "<title> &nbsp; </title>"])
def test_a_page_without_a_title_has_no_title_note(head: str) -> None:
    assert [] == page(f"{head}<p>正文").notes


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
