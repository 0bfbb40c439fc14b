"""The accepted reports of a partition as one table: `reports` and the wide tables side by side, a row a report.

One table is one file, so it is there whole or not at all. Columns of `reports` keep their names; a wide
table's columns are prefixed with its name: `applications.new_received__total`. Loses nothing: `split` gives
back what `join` took.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from govinfo_pipeline.formats.universe import WIDE_TABLES
from govinfo_pipeline.tables import SCHEMAS

_JUDGED_BY = b"govinfo.judged_by"

_KEYS = ("report_id", "year", "form")


def accepted_schema() -> pa.Schema:
    """Return the schema of the joined table."""
    wide = [
        pa.field(f"{table}.{field.name}", field.type)
        for table in WIDE_TABLES
        for field in SCHEMAS[table]
        if field.name not in _KEYS
    ]
    return pa.schema([*SCHEMAS["reports"], *wide])


ACCEPTED = accepted_schema()


def join(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Return `reports` and the wide tables as one table; their rows must be of the same reports, in order."""
    keys = tables["reports"].select(_KEYS)
    for name in WIDE_TABLES:
        if not tables[name].select(_KEYS).equals(keys):
            raise AssertionError(f"table {name} must have the rows of `reports`, in the same order")
    columns = [column for name in ("reports", *WIDE_TABLES) for column in _columns(name, tables[name])]
    return pa.Table.from_arrays(columns, schema=ACCEPTED)


def _columns(name: str, table: pa.Table) -> list[pa.ChunkedArray]:
    return [table[column] for column in table.column_names if name == "reports" or column not in _KEYS]


def split(joined: pa.Table) -> dict[str, pa.Table]:
    """Return `reports` and the wide tables of a joined table."""
    tables = {"reports": joined.select(SCHEMAS["reports"].names).replace_schema_metadata(None)}
    for name in WIDE_TABLES:
        columns = [
            joined[column if column in _KEYS else f"{name}.{column}"] for column in SCHEMAS[name].names
        ]
        tables[name] = pa.Table.from_arrays(columns, schema=SCHEMAS[name])
    return tables


def stamp(joined: pa.Table, judged_by: str) -> pa.Table:
    """Return a joined table that remembers which version judged it."""
    return joined.replace_schema_metadata({**(joined.schema.metadata or {}), _JUDGED_BY: judged_by.encode()})


def judged_by(joined: pa.Table) -> str:
    """Return the version that judged a joined table; empty where it does not remember."""
    known: dict[bytes, bytes] = joined.schema.metadata or {}
    return known.get(_JUDGED_BY, b"").decode()
