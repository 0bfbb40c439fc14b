"""Web pages: the same tables in the markup that offices really publish, with all that stands around them.

Owns markup only. A style says how a cell is written and what the page has besides the report: index cards,
breadcrumbs, share buttons, layout tables, hidden cells, Word's fillers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.generator.document import BETWEEN, heading, section_of, widened, with_extra_row, with_remarks
from tests.generator.grid import HEAD, TITLE, VALUE, Grid, GridCell, grids, present
from tests.generator.text_layouts import two_lines
from tests.generator.truth import Truth, in_script

CellWriter = Callable[[GridCell, Random], str]
PageWriter = Callable[[str, str, Random], str]


@dataclass(frozen=True)
class HtmlStyle:
    """How a page is written: cells, tables, paragraphs, and the page around them.

    ``page`` gets the title and the body. ``hidden`` adds cells and rows that no reader of the page sees.
    """

    cell: CellWriter
    page: PageWriter
    table: str = '<table border="1" cellspacing="0">'
    paragraph: str = "<p>{}</p>"
    row: str = "<tr>{}</tr>"
    hidden: bool = False
    fillers: bool = False
    header_again: bool = False
    extra_row: bool = False
    decorated: bool = False
    headings: bool = True
    remarks: str = ""


def _spans(cell: GridCell, quote: str = '"') -> str:
    rows = f" rowspan={quote}{cell.rowspan}{quote}" if cell.rowspan > 1 else ""
    columns = f" colspan={quote}{cell.colspan}{quote}" if cell.colspan > 1 else ""
    return rows + columns


def _broken(cell: GridCell) -> str:
    return "<br>".join(html.escape(piece) for piece in two_lines(cell))


def _clean(cell: GridCell, rng: Random) -> str:
    return f"<td{_spans(cell)}>{html.escape(cell.text)}</td>"


def _headed(cell: GridCell, rng: Random) -> str:
    tag = "td" if cell.role == VALUE else "th"
    return f"<{tag}{_spans(cell)}>\n  {_broken(cell)}\n</{tag}>"


def _word(cell: GridCell, rng: Random) -> str:
    """A cell pasted from a word processor: a span for every run of digits or letters."""
    runs = re.findall(r"[0-9.+\-/]+|[^0-9.+\-/]+", cell.text) or [""]
    spans = "".join(
        f"<span lang=EN-US style='font-size:10.5pt;font-family:宋体'>{html.escape(run)}<o:p></o:p></span>"
        if run
        else "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
        for run in runs
    )
    return (
        f"<td width={rng.randint(38, 90)}{_spans(cell, '')} valign=center "
        f"style='border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt'>"
        f"<p class=MsoNormal align=center style='text-align:center'>{spans}</p></td>\n"
    )


def _editor(cell: GridCell, rng: Random) -> str:
    """A cell as the editor of a site writes it: nested blocks, line breaks, stray no-break spaces."""
    text = _broken(cell) or "&nbsp;"
    pad = rng.choice(("", "&nbsp;", "\n        "))
    return (
        f'<td class="et{rng.randint(2, 9)}"{_spans(cell)} style="height:24.0pt;text-align:center;">\n'
        f'      <div><p style="margin:0;"><span style="font-size: 14px;">{pad}{text}{pad}</span></p></div>\n'
        "    </td>"
    )


def _upper(cell: GridCell, rng: Random) -> str:
    """A cell of an old page: capitals, no quotes, no closing tag."""
    return f"<TD{_spans(cell, '').upper()} ALIGN=middle><FONT size=2>{_broken(cell) or '&nbsp;'}</FONT>"


def _spread(cell: GridCell, rng: Random) -> str:
    """A cell with comments and empty inline tags inside its text."""
    middle = len(cell.text) // 2 if cell.role in (HEAD, TITLE) else len(cell.text)
    first, second = html.escape(cell.text[:middle]), html.escape(cell.text[middle:])
    return f"<td{_spans(cell)}><span></span>{first}<!-- 编辑区 -->{second}<i></i></td>"


INDEX_CARD = """<table class="xxgk-index" width="100%"><tbody>
<tr><td>索 引 号:</td><td>01{a}-{b}/20{c}-000{d}</td><td>发文机构:</td><td>{who}</td></tr>
<tr><td>主题分类:</td><td>政务公开 / 年度报告</td><td>发布日期:</td><td>{next}-0{d}-1{d}</td></tr>
<tr><td>发文字号:</td><td>无</td><td>有 效 性:</td><td>有效</td></tr></tbody></table>"""
CRUMBS = """<div class="crumbs">当前位置:<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a>
&gt; <a href="/zwgk/nb/">年度报告</a></div>"""
SHARE = """<div class="share"><a>微信</a><a>微博</a><a>打印</a><a>关闭</a>
字号:<a>大</a><a>中</a><a>小</a> 浏览次数:<em>{n}</em></div>"""
RELATED = """<table class="list"><tr><th>相关链接</th><th>日期</th></tr>
<tr><td><a href="1.html">财政预算公开说明</a></td><td>{y}-03-0{d}</td></tr>
<tr><td><a href="2.html">公共服务事项目录</a></td><td>{y}-06-2{d}</td></tr></table>"""
SCRIPT = """<script>var total = 17;
document.write('<table><tr><td>总计</td><td>' + total + '</td></tr></table>');</script>"""


def _bare(title: str, body: str, rng: Random) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="zh">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _word_page(title: str, body: str, rng: Random) -> str:
    office = "urn:schemas-microsoft-com:office"
    return (
        f'<html xmlns:o="{office}:office" xmlns:w="{office}:word"><head>'
        '<meta http-equiv=Content-Type content="text/html; charset=utf-8">'
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View><w:Zoom>120</w:Zoom>"
        "</w:WordDocument></xml><![endif]-->"
        "<style><!-- p.MsoNormal {mso-style-parent:''; font-size:10.5pt;} --></style></head>"
        "<body lang=ZH-CN><div class=Section1>"
        f"<p class=MsoNormal align=center><b>{title}</b></p>{body}</div></body></html>"
    )


def _site_page(title: str, body: str, rng: Random) -> str:
    numbers = {k: rng.randint(1, 9) for k in "abcd"} | {"n": rng.randint(20, 9999)}
    year = re.search(r"\d{4}", title)
    following = int(year[0]) + 1 if year else 2020
    card = INDEX_CARD.format(**numbers, who=title.split(year[0])[0] if year else "", next=following)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"/><meta name="ArticleTitle" content="{title}"/>'
        f"<title>{title}_政府网站</title><style>td{{padding:2px}}</style>{SCRIPT}</head><body>\n"
        f'<div id="header"><ul><li>首页</li><li>政务公开</li><li>办事服务</li></ul></div>{CRUMBS}{card}\n'
        f'<div class="article"><h2 class="title">{title}</h2>{SHARE.format(**numbers)}'
        f'<div id="UCAP-CONTENT"><div class="TRS_Editor">{body}</div></div></div>\n'
        f"{RELATED.format(y=following, **numbers)}"
        '<div class="footer">网站标识码 0000000000 联系电话 0000-0000000</div></body></html>'
    )


def _nested_page(title: str, body: str, rng: Random) -> str:
    menu = "<TABLE><TR><TD>机构职能</TD></TR><TR><TD>年度报告</TD></TR></TABLE>"
    inner = f"<TABLE width=98%><TR><TD align=center><B>{title}</B></TD></TR><TR><TD>{body}</TD></TR></TABLE>"
    return (
        "<HTML><HEAD><META http-equiv=content-type content='text/html; charset=utf-8'>"
        f"<TITLE>{title}</TITLE></HEAD><BODY><TABLE width=1000 align=center>"
        f"<TR><TD colspan=2>站点导航</TD></TR><TR><TD width=180 valign=top>{menu}</TD><TD>{inner}</TD></TR>"
        "<TR><TD colspan=2>主办单位 技术支持</TD></TR></TABLE></BODY></HTML>"
    )


HTML_LAYOUTS: dict[str, HtmlStyle] = {
    "html-clean": HtmlStyle(_clean, _bare),
    "html-headed": HtmlStyle(_headed, _bare, row="<tr>\n{}\n</tr>"),
    "html-word": HtmlStyle(_word, _word_page, "<table class=MsoNormalTable border=0>", fillers=True),
    "html-site": HtmlStyle(
        _editor,
        _site_page,
        '<table class="ke-zeroborder" border="1"><tbody>',
        "<div><p>&nbsp;&nbsp;{}</p></div>",
    ),
    "html-nested": HtmlStyle(_upper, _nested_page, "<TABLE BORDER=1>", "<P>{}", "<TR>{}"),
    "html-nested-clean": HtmlStyle(_clean, _nested_page, "<table border=1>", "<p>{}</p>"),
    "html-hidden": HtmlStyle(_clean, _site_page, hidden=True),
    "html-comments": HtmlStyle(_spread, _site_page),
    "html-page-break": HtmlStyle(_clean, _bare, header_again=True),
    "html-extra-row": HtmlStyle(_clean, _site_page, extra_row=True),
    "html-decorated": HtmlStyle(_word, _site_page, decorated=True),
    "html-no-headings": HtmlStyle(_clean, _bare, headings=False),
    "html-remarks": HtmlStyle(_clean, _bare, remarks="mixed"),
    "html-remarks-words": HtmlStyle(_editor, _site_page, remarks="words"),
}


def render_html(truth: Truth, layout: str, rng: Random, lost: str | None = None) -> str:
    """Return the report as a web page; ``lost`` is a value cell that is not in its row."""
    style = HTML_LAYOUTS[layout]
    if style.extra_row:
        truth = with_extra_row(truth, rng)

    def say(*paragraphs: str) -> list[str]:
        texts = (html.escape(in_script(p, truth.script), quote=False) for p in paragraphs)
        return [style.paragraph.format(text) for text in texts]

    tables = {section_of(grid): grid for grid in grids(truth)}
    wide = rng.random() < 0.4
    parts = [*say(*truth.opening, heading(1, truth, rng), *truth.sections.get(1, ()))]
    for section in (2, 3, 4):
        parts += say(heading(section, truth, rng)) if style.headings else []
        parts += say(rng.choice(BETWEEN)) if rng.random() < 0.2 else []
        if section in tables:
            grid = tables[section].without(lost) if lost else tables[section]
            grid = with_remarks(grid, style.remarks, rng)
            parts.extend(_tables(widened(grid) if wide else grid, style, rng))
    for section in (5, 6):
        parts += say(heading(section, truth, rng), *truth.sections.get(section, ()))
    parts += say(*truth.closing)
    return style.page(in_script(truth.title, truth.script), "\n".join(parts), rng)


def _tables(grid: Grid, style: HtmlStyle, rng: Random) -> list[str]:
    if style.header_again and grid.tables == ("applications",):
        halves = grid.cut(rng.randrange(grid.headers + 1, len(grid.rows)))
        return [_table(half, style, rng) for half in halves]
    return [_table(grid, style, rng)]


def _table(grid: Grid, style: HtmlStyle, rng: Random) -> str:
    rows = []
    for row in grid.rows:
        cells = [style.cell(cell, rng) for cell in present(row)]
        if style.hidden and rng.random() < 0.3:
            ghost = rng.choice(('style="display:none"', "hidden", 'style="display: none;"'))
            cells.insert(rng.randrange(len(cells) + 1), f"<td {ghost}>{rng.randint(1, 99)}</td>")
        rows.append(style.row.format("".join(cells)))
        if style.hidden and rng.random() < 0.1:
            rows.append(f'<tr style="display:none"><td colspan="{grid.width}">6</td></tr>')
    if style.fillers:
        gaps = "".join(f"<td width={40 + i} style='border:none'></td>" for i in range(grid.width))
        rows.append(f"<![if !supportMisalignedColumns]><tr height=0>{gaps}</tr><![endif]>")
    closing = "</TABLE>" if "TABLE" in style.table else "</table>"
    tbody = "</tbody>" if "<tbody>" in style.table else ""
    return f"{style.table}\n" + "\n".join(rows) + f"\n{tbody}{closing}"
