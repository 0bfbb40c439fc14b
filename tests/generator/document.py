"""A whole report as text: title, prose, headings and the tables in one of the layouts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.generator.grid import VALUE, Grid, GridCell, grids
from tests.generator.text_layouts import LAYOUTS, UNSURE_LAYOUTS, Layout
from tests.generator.truth import ExtraRow, Truth, in_script

WIDE = str.maketrans("(),:", "（），：")

HEADINGS = {
    1: ("一、总体情况",),
    2: ("二、主动公开政府信息情况", "二、行政机关主动公开政府信息情况"),
    3: ("三、收到和处理政府信息公开申请情况", "三、行政机关收到和处理政府信息公开申请情况"),
    4: (
        "四、政府信息公开行政复议、行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    5: ("五、存在的主要问题及改进情况", "五、存在问题及改进情况"),
    6: ("六、其他需要报告的事项", "六、其他报告的事项"),
}
BETWEEN = (
    "本部分的数据用表格列出。",
    "有关数据如下表所示:",
    "具体数量见下表。",
)
EXTRA_LABEL = "其他主动公开文件"
REMARK_HEADINGS = ("备注", "备 注", "说明", "备注说明")
REMARKS = {
    "words": (
        "",
        "县级无此项",
        "以本级为准",
        "含网上申请2件",
        "其他",
        "口径与上年相同,包括所属单位和派出机构在内,详见本报告第一部分的有关说明文字",
    ),
    "numbers": ("3", "0", "12"),
    "mixed": ("", "", "3", "12", "0", "/", "含上年结转", "3件为网上申请"),
}


MARKS = {
    "pages": (
        "- {n} -",
        "—{n}—",
        "－ {n} －",
        "·{n}·",
        "第 {n} 页 共 {m} 页",
        "第{n}页/共{m}页",
        "共 {m} 页 第 {n} 页",
        "{n} / {m}",
        "{n}/{m}",
        "Page {n} of {m}",
        "{title}",
        "{title} - {n} -",
    ),
    "notes": (
        "注：含上年结转{n}件",
        "注:1.本表数据截至年底。",
        "说明：{n}件为网上申请。",
        "其中网上申请{n}件。",
        "其中口头申请{n}件",
        "以上数据含所属单位{n}家。",
        "※ {n}件系转办",
        "(以上不含信访{n}件)",
        "数据截至{year}年12月31日",
        "本行另有口头申请{n}件,已当场答复,未计入表中,详见本报告第一部分的说明。",
    ),
    "numbers": ("{n}",),
}


def section_of(grid: Grid) -> int:
    """Return the number of the report's section in which a table stands: 2, 3 or 4."""
    return {"applications": 3, "disputes": 4}.get(grid.tables[0], 2)


def heading(section: int, truth: Truth, rng: Random) -> str:
    """Return a heading in one of its wordings, in the script of the report."""
    return in_script(rng.choice(HEADINGS[section]), truth.script)


def with_extra_row(truth: Truth, rng: Random) -> Truth:
    """Return the report with a local row after the last row of its first table, unless it has one."""
    if truth.extras:
        return truth
    texts = tuple(str(rng.randint(0, 400)) for _ in truth.tables[0].columns)
    return replace(truth, extras=(ExtraRow("art20_1", EXTRA_LABEL, texts),))


def with_remarks(grid: Grid, kind: str, rng: Random) -> Grid:
    """Return the table with a column of remarks of a kind of REMARKS, or as it is where ``kind`` is empty."""
    return grid.with_remarks(rng.choice(REMARK_HEADINGS), lambda: rng.choice(REMARKS[kind])) if kind else grid


def widened(grid: Grid) -> Grid:
    """Return the table with full-width brackets, commas and colons in its labels."""

    def wide(cell: GridCell) -> GridCell:
        return cell if cell.role == VALUE else replace(cell, text=cell.text.translate(WIDE))

    return grid.map_cells(wide)


def render_text(truth: Truth, layout: str, rng: Random, lost: str | None = None) -> str:
    """Return the report as plain text; ``lost`` is a value cell that vanishes with its delimiter."""
    how = LAYOUTS.get(layout) or UNSURE_LAYOUTS[layout]
    if how.extra_row:
        truth = with_extra_row(truth, rng)
    wide = rng.random() < 0.4
    lines = [truth.title, "", *truth.opening, _head(1, truth, rng, wide), *truth.sections.get(1, ())]
    tables = {section_of(grid): grid for grid in grids(truth)}
    for section in (2, 3, 4):
        if how.headings:
            lines.append(_head(section, truth, rng, wide))
        if how.between:
            lines.append(rng.choice(BETWEEN))
        if section in tables:
            grid = tables[section].without(lost) if lost else tables[section]
            grid = with_remarks(grid, how.remarks, rng)
            lines.extend(_table_lines(widened(grid) if wide else grid, how, rng, truth))
    for section in (5, 6):
        lines += [_head(section, truth, rng, wide), *truth.sections.get(section, ())]
    return "\n".join(in_script(line, truth.script) for line in [*lines, *truth.closing]) + "\n"


def _head(section: int, truth: Truth, rng: Random, wide: bool) -> str:
    text = heading(section, truth, rng)
    return text.translate(WIDE) if wide else text


def _table_lines(grid: Grid, how: Layout, rng: Random, truth: Truth) -> list[str]:
    if how.marks:
        return _marked_lines(grid, how, rng, truth)
    if not how.header_again or grid.tables != ("applications",):
        return how.write(grid, rng)
    first, second = grid.split(rng.randrange(grid.headers + 1, len(grid.rows)))
    page = rng.randint(2, 8)
    mark = rng.choice((f"- {page} -", f"第 {page} 页 共 9 页"))
    return [*how.write(first, rng), mark, *how.write(second, rng)]


def _marked_lines(grid: Grid, how: Layout, rng: Random, truth: Truth) -> list[str]:
    """Return the lines of a table with other lines between two of its rows or three, and one behind it."""
    inside = range(grid.headers + 1, len(grid.rows))
    cuts = [0, *sorted(rng.sample(inside, min(2, len(inside)))), len(grid.rows)]
    lines = []
    for page, (start, stop) in enumerate(pairwise(cuts), 3 * section_of(grid)):
        mark = rng.choice(MARKS[how.marks])
        lines += how.write(replace(grid, rows=grid.rows[start:stop]), rng)
        lines.append(mark.format(n=page, m=page + 8, title=truth.title, year=truth.year))
    return lines
