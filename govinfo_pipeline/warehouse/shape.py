"""Bring a warehouse to the objects that this code expects, or refuse it: the same for every engine.

Owns the order: tables, their columns compared, the data dictionary compared, views. A table is never altered: a
warehouse of another shape is made anew from the archive.
"""

# ruff: noqa: S608 - the SQL here is made of names of this package
from __future__ import annotations

import hashlib
from typing import Protocol

import pyarrow as pa

from govinfo_pipeline.errors import PublishError
from govinfo_pipeline.formats import universe
from govinfo_pipeline.formats.universe import WIDE_TABLES
from govinfo_pipeline.warehouse.dialect import SCHEMA, literal, render
from govinfo_pipeline.warehouse.objects import cells_table, create_table, tables
from govinfo_pipeline.warehouse.views import LABELS, TITLES, create_views, full_labels, unit_labels, views

_ORDER = [("wide_table", "ascending"), ("position", "ascending")]


class Shapeable(Protocol):
    """A warehouse in the making; the SQL that it is given is its own dialect's."""

    def execute(self, sql: str) -> None:
        """Run one statement."""
        ...

    def query(self, sql: str) -> pa.Table:
        """Return the rows of one SELECT."""
        ...

    def put(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table of the schema `govinfo`."""
        ...


def bring_to_shape(target: Shapeable, dialect: str) -> None:
    """Make schema and tables where there are none, refuse others than ours, make views anew.

    Raises:
        PublishError: audit `objects`: there are other columns or other cells.
    """
    for statement in _create_tables(dialect):
        target.execute(statement)
    check_shape(target)
    for statement in _create_views(dialect):
        target.execute(statement)


def _create_tables(dialect: str) -> list[str]:
    made = [create_table(name, schema, dialect=dialect) for name, schema in tables().items()]
    return [f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}", *made]


def _create_views(dialect: str) -> list[str]:
    made = create_views()
    return made if dialect == "duckdb" else [render(view, dialect) for view in made]


def comments() -> list[str]:
    """Return the statements that say in the database what each table, view and column is, in both languages."""
    said = [f"COMMENT ON TABLE {SCHEMA}.{name} IS {literal(TITLES[name])}" for name in tables()]
    said += [f"COMMENT ON VIEW {SCHEMA}.{name} IS {literal(TITLES[name])}" for name in views()]
    columns = {f"{name}.{field.name}": LABELS.get(field.name) for name, s in tables().items() for field in s}
    for table in WIDE_TABLES:
        for i in universe().wide[table]:
            cell = universe().cells[i]
            columns[f"{table}.{universe().column_name(i)}"] = f"{cell.zh} / {cell.en} ({cell.column.unit})"
        columns |= {f"{table}.{name}": label for name, label in unit_labels(table).items()}
        columns |= {f'zh_{table}."{name}"': label for name, label in full_labels(table).items()}
    said += [
        f"COMMENT ON COLUMN {SCHEMA}.{name} IS {literal(text)}" for name, text in columns.items() if text
    ]
    return said


def fingerprint(dialect: str) -> str:
    """Return a hash of all that `bring_to_shape` and `comments` make: it changes when they do."""
    text = "\n".join([*_create_tables(dialect), *_create_views(dialect), *comments()])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_shape(target: Shapeable) -> None:
    """Refuse other columns and other cells than ours; fill `cells` where it is empty.

    Raises:
        PublishError: audit `objects`.
    """
    for name, schema in tables().items():
        actual = target.query(f"SELECT * FROM {SCHEMA}.{name} LIMIT 0").schema.names
        if actual != schema.names:
            odd = sorted(set(actual) ^ set(schema.names)) or "order"
            raise other_shape(f"{SCHEMA}.{name}: columns amiss: {odd}")
    _check_cells(target)


def _check_cells(target: Shapeable) -> None:
    """Refuse another order of cells: the letters of cell_state would shift silently."""
    expected = cells_table()
    actual = target.query(f"SELECT * FROM {SCHEMA}.cells")
    if not actual.num_rows:
        target.put("cells", expected)
    elif actual.sort_by(_ORDER).to_pylist() != expected.sort_by(_ORDER).to_pylist():
        odd = sorted(set(actual["cell_id"].to_pylist()) ^ set(expected["cell_id"].to_pylist()))
        raise other_shape(f"{SCHEMA}.cells: cells amiss: {odd[:5] or 'order or labels'}")


def other_shape(what: str) -> PublishError:
    """Return the refusal of a warehouse that is made otherwise than this code expects."""
    return PublishError(
        "objects",
        f"数据仓库的结构与本程序不同 / this warehouse was made for other forms or by another version: "
        f"{what}. Move the file away (on a server rename the schema {SCHEMA}) and publish every partition "
        "again from the archive.",
    )
