"""Read realistic web pages of 190 KB; print the time of each step and the parser's floor.

    python -m benchmarks.html

(As a module: run as a script, this file would stand in the way of the standard library's `html`.) The pages are
built here: a site's head, scripts and menus around the tables of the 2021 form. In the first the tables are as a
site's editor writes them, in the second as Word leaves them, with a paragraph and spans in every cell.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from govinfo_pipeline.document.read import read_bytes
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.formats import load_form

SIZE = 190_000
ROUNDS = 300
OPTIONS = LexborDocumentOptions.WO_EVENTS

EDITOR = (
    '<td style="border: 1px solid #000; padding: 0px 7px; text-align: center; font-size: 14px;">{}</td>\n'
)
WORD = (
    '<td width="62" valign="center" nowrap="" style="width:46.95pt;padding:0.0000pt 5.4000pt 0.0000pt '
    '5.4000pt;border-left:none;border-right:1.0000pt solid windowtext;border-top:none;">'
    '<p class="MsoNormal" align="center" style="text-align:center;"><span style="mso-spacerun:\'yes\';'
    'font-family:宋体;font-size:10.5000pt;mso-font-kerning:1.0000pt;"><font face="宋体">{}</font></span>'
    '<span style="font-family:宋体;"><o:p></o:p></span></p></td>\n'
)
SENTENCE = "绍兴市本年度继续做好重点领域信息公开工作，不断完善制度，规范办理流程，及时回应社会关切。"
TITLE = "绍兴市人民政府2022年政府信息公开工作年度报告"


def page(cell: str, size: int = SIZE) -> str:
    """Return a page of about ``size`` bytes in UTF-8; scripts fill what menus, prose and tables leave."""
    menu = "".join(
        f'<li><a href="/col/col{i}/index.html" target="_blank">栏目{i}</a></li>\n' for i in range(120)
    )
    prose = "".join(
        f'<p style="text-indent:2em;line-height:28pt;"><span style="font-size:16pt;">{SENTENCE * 4}</span></p>\n'
        for _ in range(30)
    )
    tables = "".join(grids(cell))
    script = "if (a > 1) { b = '</i>'; }\n"
    before = (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{TITLE}_绍兴市人民政府</title><script>'
    )
    after = (
        f'</script></head><body><div class="nav"><ul>{menu}</ul></div><div style="display:none">分享</div>'
        f'<div class="main"><h1>{TITLE}</h1><div id="zoom">{prose}{tables}</div></div>'
        '<div class="footer"><p>主办单位</p></div></body></html>'
    )
    room = size - len((before + after).encode())
    return before + script * (room // len(script)) + after


def grids(cell: str) -> list[str]:
    """Return the tables of the 2021 form, every value 0."""
    found = []
    for table in load_form("2021").tables:
        head = ["信息内容", *(column.label for column in table.columns)]
        rows = [head, *([row.label, *("0" for _ in table.columns)] for row in table.rows)]
        body = "".join(f"<tr>{''.join(map(cell.format, row))}</tr>\n" for row in rows)
        label = table.labels[0]
        found.append(f'<p>{label}</p><table border="1" cellspacing="0">{body}</table>\n')
    return found


def measure(task: Callable[[], object]) -> float:
    """Return the median time of a call in microseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def main() -> None:
    for name, cell in (("editor", EDITOR), ("Word", WORD)):
        data = page(cell).encode()
        document = read_bytes(data, "page.html", "0" * 64)
        figures = sum(state == "n" for state in extract(document).states)
        parse = measure(lambda data=data: LexborHTMLParser(data, options=OPTIONS, scripting=True))
        read = measure(lambda data=data: read_bytes(data, "page.html", "0" * 64))
        found = measure(lambda document=document: extract(document))
        print(f"{name}: {len(data):,} bytes, {figures} figures")
        print(f"  parser alone       {parse:8.0f} us")
        print(f"  document           {read:8.0f} us (parser included)")
        print(f"  extract, masthead  {found:8.0f} us")
        print(f"  together           {read + found:8.0f} us")


if __name__ == "__main__":
    main()
