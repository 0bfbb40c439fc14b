"""Every cell of every form in one fixed order, so that a report is a vector and a batch is columns.

The same id means the same thing in every form, so the forms share cells. A wide warehouse table is a
slice of this order: ``applications``, ``disputes``, ``proactive_disclosure`` (all ``art20_*`` tables).
"""

from __future__ import annotations

from functools import lru_cache

from govinfo_pipeline.formats.loader import load_forms
from govinfo_pipeline.formats.model import Cell, Form, Row

WIDE_TABLES = ("applications", "disputes", "proactive_disclosure")


class Universe:
    """The union of the cells of ``forms``, table by table, row by row.

    Attributes:
        cells: every cell, newest form's wording, in a fixed order.
        index: cell id -> position in ``cells``.
        tables: statutory table id -> range of positions (a slice).
        wide: warehouse table -> positions, in order.
    """

    def __init__(self, forms: tuple[Form, ...]) -> None:
        self.forms = forms
        self.cells = _union(forms)
        self.ids = tuple(cell.id for cell in self.cells)
        self.index = {cell_id: i for i, cell_id in enumerate(self.ids)}
        table_ids = list(dict.fromkeys(cell.table for cell in self.cells))
        self.tables = {t: [i for i, c in enumerate(self.cells) if c.table == t] for t in table_ids}
        self.wide = {
            "applications": self.tables["applications"],
            "disputes": self.tables["disputes"],
            "proactive_disclosure": [i for t, p in self.tables.items() if t.startswith("art20_") for i in p],
        }

    def __len__(self) -> int:
        return len(self.cells)

    def column_name(self, position: int) -> str:
        """Return the warehouse column of a cell, ``row_id__column_id``."""
        cell = self.cells[position]
        return f"{cell.row.id}__{cell.column.id}"

    def wide_table_of(self, table: str) -> str:
        """Return the warehouse table that holds a statutory table."""
        return "proactive_disclosure" if table.startswith("art20_") else table


@lru_cache(maxsize=1)
def universe() -> Universe:
    """Return the universe of all forms that ship with the package."""
    return Universe(load_forms())


def _union(forms: tuple[Form, ...]) -> tuple[Cell, ...]:
    """Merge newest form first; a row that only an older form has follows its predecessor there."""
    by_table: dict[str, list[tuple[Row, list[Cell]]]] = {}
    for form in sorted(forms, key=lambda f: -f.first_year):
        for table in form.tables:
            rows = by_table.setdefault(table.id, [])
            previous = -1
            for row in table.rows:
                cells = [c for c in table.cells if c.row is row]
                at = next((i for i, (known, _) in enumerate(rows) if known.id == row.id), None)
                if at is None:
                    at = previous + 1
                    rows.insert(at, (row, []))
                have = {c.column.id for c in rows[at][1]}
                rows[at][1].extend(c for c in cells if c.column.id not in have)
                previous = at
    return tuple(cell for rows in by_table.values() for _, cells in rows for cell in cells)
