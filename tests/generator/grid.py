"""The tables as the official form prints them: rows of cells with row spans and column spans.

Every layout, text or HTML, is a way of writing such a grid down. Derived from the labels of the forms:
`三、本年度办理结果-(三)不予公开-1.属于国家秘密` is a label under two groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from govinfo_pipeline.formats.model import Column, Row, Table
from tests.generator.truth import Printed, Truth, in_script

NOTE = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
VALUE, LABEL, GROUP, HEAD, TITLE, REMARK = "value", "label", "group", "head", "title", "remark"
SPANNED, LOST = "spanned", "lost"  # the shadow of a row span; a value cell that is gone with its delimiter


@dataclass(frozen=True)
class GridCell:
    """One cell of a table: ``text`` as printed, ``cell_id`` where it is a value cell."""

    text: str
    role: str
    colspan: int = 1
    rowspan: int = 1
    cell_id: str | None = None


GridRow = tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """One printed table: ``tables`` are the statutory tables in it, ``width`` its columns.

    ``headers`` counts the rows at the top that are repeated after a page break.
    """

    tables: tuple[str, ...]
    rows: tuple[GridRow, ...]
    width: int
    headers: int = 0

    def without(self, cell_id: str) -> Grid:
        """Return this grid with one value cell gone, together with its delimiter."""
        return self.map_cells(lambda cell: replace(cell, role=LOST) if cell.cell_id == cell_id else cell)

    def map_cells(self, change: Callable[[GridCell], GridCell]) -> Grid:
        """Return this grid with ``change`` applied to every cell."""
        return replace(self, rows=tuple(tuple(map(change, row)) for row in self.rows))

    def split(self, at: int) -> tuple[Grid, Grid]:
        """Return the two halves that a page break before row ``at`` makes, the header repeated."""
        head = self.rows[: self.headers]
        return replace(self, rows=self.rows[:at]), replace(self, rows=(*head, *self.rows[at:]))

    def with_remarks(self, heading: str, texts: Callable[[], str]) -> Grid:
        """Return this grid with one column more behind the form's; ``texts`` gives what stands in its cells."""
        rows = []
        for number, row in enumerate(self.rows):
            if any(cell.role in (LABEL, VALUE) for cell in row):
                row = (*row, GridCell(texts(), REMARK))
            elif row[0].role == TITLE:
                row = (replace(row[0], colspan=row[0].colspan + 1), *row[1:])
            elif not 0 < number < self.headers:
                row = (*row, GridCell(heading, HEAD, rowspan=max(1, self.headers)))
            rows.append(row)
        return replace(self, rows=tuple(rows), width=self.width + 1)

    def cut(self, at: int) -> tuple[Grid, Grid]:
        """Return two tables of their own: as ``split``, and what spans over the page break stands in both."""
        before = tuple(
            tuple(replace(cell, rowspan=min(cell.rowspan, at - i)) for cell in row)
            for i, row in enumerate(self.rows[:at])
        )
        over = tuple(
            replace(cell, rowspan=i + cell.rowspan - at)
            for i, row in enumerate(self.rows[:at])
            for cell in row
            if i + cell.rowspan > at
        )
        first, *rest = self.rows[at:]
        after = (*self.rows[: self.headers], (*over, *first), *rest)
        return replace(self, rows=before), replace(self, rows=after)


def grids(truth: Truth) -> tuple[Grid, ...]:
    """Return the printed tables of a report in order: block two as one table, applications, disputes."""
    tables = {table.id: table for table in truth.tables if table.id not in truth.missing}
    block = [table for table_id, table in tables.items() if table_id.startswith("art20_")]
    made = [_block_two(block, truth)] if block else []
    if "applications" in tables:
        made.append(_applications(tables["applications"], truth))
    if "disputes" in tables:
        made.append(_disputes(tables["disputes"], truth))
    return tuple(_in_script(grid, truth.script) for grid in made)


def spanned(rows: Sequence[GridRow]) -> Iterator[GridRow]:
    """Yield the rows with one empty cell for every cell of an earlier row that reaches into them."""
    reaching: list[tuple[int, int]] = []  # (first column, rows left) of each cell that spans rows
    widths: dict[int, int] = {}
    for row in rows:
        held = {column: left for column, left in reaching if left}
        out, column, waiting = [], 0, list(row)
        while waiting or column in held:
            if column in held:
                out.append(GridCell("", SPANNED))
                column += widths[column]
                continue
            cell = waiting.pop(0)
            out.append(cell)
            if cell.rowspan > 1:
                held[column], widths[column] = cell.rowspan, cell.colspan
            column += cell.colspan
        reaching = [(c, left - 1) for c, left in held.items()]
        yield tuple(out)


def _block_two(tables: list[Table], truth: Truth) -> Grid:
    width = 1 + max(len(table.columns) for table in tables)
    rows: list[GridRow] = []
    for table in tables:
        rows.append((GridCell(table.labels[0], TITLE, colspan=width),))
        head = [GridCell("信息内容", HEAD), *(GridCell(_printed_label(c), HEAD) for c in table.columns)]
        rows.append(_stretched(head, width))
        for row in table.rows:
            cells = [GridCell(row.label, LABEL), *_values(table, row, truth)]
            rows.append(_stretched(cells, width))
        for extra in truth.extras:
            if extra.table == table.id:
                values = [GridCell(text, VALUE) for text in extra.texts]
                rows.append(_stretched([GridCell(extra.label, LABEL), *values], width))
    return Grid(tuple(table.id for table in tables), tuple(rows), width)


def _applications(table: Table, truth: Truth) -> Grid:
    paths = [row.zh.split("-") for row in table.rows]
    depth = max(map(len, paths))
    width = depth + len(table.columns)
    head = _column_rows(table.columns)
    note = GridCell(NOTE, HEAD, colspan=depth, rowspan=len(head) + 1)
    who = GridCell("申请人情况", HEAD, colspan=len(table.columns))
    body = []
    for i, row in enumerate(table.rows):
        groups = [
            GridCell(name, GROUP, rowspan=_run(paths, i, level))
            for level, name in enumerate(paths[i][:-1])
            if i == 0 or paths[i - 1][: level + 1] != paths[i][: level + 1]
        ]
        label = GridCell(row.label, LABEL, colspan=depth - len(paths[i]) + 1)
        body.append((*groups, label, *_values(table, row, truth)))
    return Grid((table.id,), ((note, who), *head, *body), width, headers=len(head) + 1)


def _disputes(table: Table, truth: Truth) -> Grid:
    head = _column_rows(table.columns)
    values = tuple(cell for row in table.rows for cell in _values(table, row, truth))
    return Grid((table.id,), (*head, values), len(table.columns), headers=len(head))


def _column_rows(columns: tuple[Column, ...]) -> list[GridRow]:
    """Return the header rows of columns whose labels are paths: 行政诉讼-复议后起诉-总计."""
    paths = [column.zh.split("-") for column in columns]
    depth = max(map(len, paths))
    rows = []
    for level in range(depth):
        row = []
        for i, path in enumerate(paths):
            if len(path) <= level or (i and paths[i - 1][: level + 1] == path[: level + 1]):
                continue
            leaf = len(path) == level + 1
            row.append(
                GridCell(
                    path[level],
                    HEAD,
                    colspan=1 if leaf else _run(paths, i, level),
                    rowspan=depth - level if leaf else 1,
                )
            )
        rows.append(tuple(row))
    return rows


def _run(paths: list[list[str]], start: int, level: int) -> int:
    """Return how many paths from ``start`` on share its first ``level + 1`` parts."""
    prefix = paths[start][: level + 1]
    stop = start
    while stop < len(paths) and paths[stop][: level + 1] == prefix:
        stop += 1
    return stop - start


def _values(table: Table, row: Row, truth: Truth) -> list[GridCell]:
    ids = [f"{table.id}.{row.id}.{column.id}" for column in table.columns]
    cells: list[Printed] = [truth.cells[cell_id] for cell_id in ids]
    return [GridCell(c.text, VALUE, cell_id=i) for i, c in zip(ids, cells, strict=True)]


def _printed_label(column: Column) -> str:
    return "本年收费金额(单位:万元)" if column.id == "amount_this_year" else column.label


def _stretched(cells: list[GridCell], width: int) -> GridRow:
    """Let the last cell span what is left of the width, as the form does in block two."""
    return (*cells[:-1], replace(cells[-1], colspan=width - len(cells) + 1))


def _in_script(grid: Grid, script: str) -> Grid:
    return grid.map_cells(lambda cell: replace(cell, text=in_script(cell.text, script)))


def present(row: GridRow) -> GridRow:
    """Return the cells of a row that are in the document."""
    return tuple(cell for cell in row if cell.role != LOST)
