"""Where the rows of every form stand in the universe of cells, and how many values they have."""

from __future__ import annotations

from functools import lru_cache

from govinfo_pipeline.extract.rows import RawRow
from govinfo_pipeline.formats import Universe, universe


class Places:
    """Universe positions of every (form, table, row), in the form's column order."""

    def __init__(self, cells: Universe) -> None:
        self.of: dict[tuple[str, str, str], list[int]] = {}
        for form in cells.forms:
            for table in form.tables:
                for cell in table.cells:
                    self.of.setdefault((form.id, table.id, cell.row.id), []).append(cells.index[cell.id])
        self.forms = tuple(form.id for form in cells.forms)
        self.money = {i for i, cell in enumerate(cells.cells) if cell.column.kind == "money"}

    def sizes(self, raw: RawRow) -> set[int]:
        """Return the numbers of values that a row has in the forms that have it."""
        return {len(self.of[form, raw.table, raw.row]) for form in self.forms_of(raw.table, raw.row)}

    def forms_of(self, table: str, row: str) -> list[str]:
        """Return the forms that have a row."""
        return [form for form in self.forms if (form, table, row) in self.of]


@lru_cache(maxsize=1)
def places() -> Places:
    """Return the places of the forms that ship with the package."""
    return Places(universe())
