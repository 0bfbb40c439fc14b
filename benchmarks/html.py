"""Measure reading of a realistic web page of 190 KB: median time of each step, printed.

Run with `python benchmarks/html.py`. The page is built here: a site's head, menus and scripts around a
report pasted from Word, each cell with the style attributes and spans that Word leaves behind.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from govinfo_pipeline.formats import load_forms

SIZE = 190_000
_CELL = (
    '<td width="62" valign="center" nowrap="" style="width:46.95pt;padding:0.0000pt 5.4000pt 0.0000pt '
    '5.4000pt;border-left:none;border-right:1.0000pt solid windowtext;border-top:none;">'
    '<p class="MsoNormal" align="center" style="text-align:center;"><span style="mso-spacerun:\'yes\';'
    'font-family:宋体;font-size:10.5000pt;mso-font-kerning:1.0000pt;"><font face="宋体">{}</font></span>'
    "<span style=\"font-family:宋体;\"><o:p></o:p></span></p></td>\n"
)
_SENTENCE = "本年度继续做好重点领域信息公开工作，不断完善制度，规范办理流程，及时回应社会关切。"


def _table(rows: list[list[str]]) -> str:
    body = "".join(f"<tr>{''.join(_CELL.format(c) for c in row)}</tr>\n" for row in rows)
    return f'<table class="MsoTableGrid" border="1" cellspacing="0" style="border:none;">{body}</table>\n'


def _grids() -> list[list[list[str]]]:
    form = next(form for form in load_forms() if form.id == "2021")
    grids = []
    for table in form.tables:
        grid = [["项目", *(column.zh for column in table.columns)]]
        grid += [[row.zh, *("0" for _ in table.columns)] for row in table.rows]
        grids.append(grid)
    return grids


def page(size: int = SIZE) -> str:
    """Return a page of about ``size`` bytes in UTF-8: menus, prose and the tables of the 2021 form."""
    menu = "".join(
        f'<li class="nav-item"><a href="/col/col{i}/index.html" target="_blank">栏目{i}</a></li>\n'
        for i in range(120)
    )
    prose = "".join(
        f'<p style="text-indent:2em;line-height:28pt;"><span style="font-family:仿宋_GB2312;'
        f'font-size:16pt;">{_SENTENCE * 4}</span></p>\n'
        for _ in range(30)
    )
    tables = "".join(
        f"<p><strong><span>（{i}）表</span></strong></p>{_table(grid)}"
        for i, grid in enumerate(_grids(), 1)
    )
    start = (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>某市2022年政府信息公开工作年度报告</title>'
        '<script>{}</script><style>.nav{{display:none}}</style></head><body>'
        f'<div class="header"><ul>{menu}</ul></div><div style="display:none">分享</div>'
        f'<div class="main"><h1>某市2022年政府信息公开工作年度报告</h1><div id="zoom">{prose}{tables}</div></div>'
        '<div class="footer"><p>主办单位</p></div></body></html>'
    )
    missing = size - len(start.format("").encode())
    return start.format(("var a=1;" * (missing // 8)) if missing > 0 else "")
