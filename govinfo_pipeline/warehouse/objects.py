"""The tables of a warehouse, derived from the Arrow schemas that flow down the line: one truth for all engines.

Owns names, columns and SQL types of what stands in the schema `govinfo`, and the table `cells`, which says in
the warehouse itself what every column of the wide tables is. Views are in `views`. No primary keys:
uniqueness is audited in SQL (a key on a wide fact costs five times the load time).
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from govinfo_pipeline.formats import universe
from govinfo_pipeline.formats.universe import WIDE_TABLES
from govinfo_pipeline.parsed import INSTANT
from govinfo_pipeline.tables import SCHEMAS
from govinfo_pipeline.warehouse.dialect import SCHEMA

# Rows of these tables say which publish brought them; rows of wide tables belong to a report's row.
STAMPED = ("reports", "findings", "quarantine")

PUBLICATIONS = pa.schema(
    [
        ("publication_id", pa.string()),
        ("batch", pa.string()),
        ("input_hash", pa.string()),
        ("rule_set_version", pa.string()),
        ("code_version", pa.string()),
        ("replaces", pa.string()),
        ("accepted", pa.int64()),
        ("quarantined", pa.int64()),
        ("withdrawn", pa.int64()),
        ("started_at", INSTANT),
        ("published_at", INSTANT),
    ]
)

CELLS = pa.schema(
    [
        ("wide_table", pa.string()),
        ("position", pa.int32()),
        ("cell_id", pa.string()),
        ("column_name", pa.string()),
        ("zh", pa.string()),
        ("en", pa.string()),
        ("kind", pa.string()),
        ("unit", pa.string()),
    ]
)


def tables() -> dict[str, pa.Schema]:
    """Return every table of the warehouse with its columns, in the order they are written."""
    stamp = pa.field("publication_id", pa.string())
    data = {name: schema.append(stamp) if name in STAMPED else schema for name, schema in SCHEMAS.items()}
    return {**data, "publications": PUBLICATIONS, "cells": CELLS}


def cells_table() -> pa.Table:
    """Return the rows of `cells`; ``position`` counts from 1 in cell_state, cell_text and cell_line."""
    space = universe()
    rows = [
        {
            "wide_table": table,
            "position": place,
            "cell_id": cell.id,
            "column_name": space.column_name(i),
            "zh": cell.zh,
            "en": cell.en,
            "kind": cell.column.kind,
            "unit": cell.column.unit,
        }
        for table in WIDE_TABLES
        for place, i in enumerate(space.wide[table], start=1)
        for cell in [space.cells[i]]
    ]
    return pa.Table.from_pylist(rows, schema=CELLS)


def create_table(
    name: str, schema: pa.Schema, prefix: str = SCHEMA, dialect: str = "duckdb", kind: str = "TABLE"
) -> str:
    """Return the CREATE TABLE IF NOT EXISTS of an Arrow schema.

    >>> create_table("t", pa.schema([("n", pa.int32()), ("words", pa.list_(pa.string()))]))
    'CREATE TABLE IF NOT EXISTS govinfo.t (n INTEGER, words VARCHAR[])'
    """
    columns = ", ".join(f"{field.name} {sql_type(field.type, dialect)}" for field in schema)
    return f"CREATE {kind} IF NOT EXISTS {prefix}.{name} ({columns})"


_SCALARS = {
    "duckdb": {pa.string(): "VARCHAR", pa.int32(): "INTEGER", pa.int64(): "BIGINT", INSTANT: "TIMESTAMPTZ"},
    "postgres": {pa.string(): "TEXT", pa.int32(): "INTEGER", pa.int64(): "BIGINT", INSTANT: "TIMESTAMPTZ"},
}


def sql_type(kind: Any, dialect: str = "duckdb") -> str:
    """Return the SQL type of an Arrow type; KeyError for one that no table of ours has.

    >>> [sql_type(pa.list_(pa.struct([("line", pa.int32())])), dialect) for dialect in ("duckdb", "postgres")]
    ['STRUCT(line INTEGER)[]', 'JSONB']
    """
    if dialect == "postgres" and is_nested(kind):
        return "JSONB"
    if pa.types.is_list(kind):
        return f"{sql_type(kind.value_type, dialect)}[]"
    if pa.types.is_struct(kind):
        return "STRUCT(" + ", ".join(f"{field.name} {sql_type(field.type, dialect)}" for field in kind) + ")"
    if pa.types.is_decimal(kind):
        return f"{'NUMERIC' if dialect == 'postgres' else 'DECIMAL'}({kind.precision}, {kind.scale})"
    return _SCALARS[dialect][kind]


def is_nested(kind: Any) -> bool:
    """Return whether a type is a list of records: one that an engine without records keeps as JSON."""
    return bool(pa.types.is_list(kind) and pa.types.is_struct(kind.value_type))


def from_json(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return rows with what an engine gave as JSON in the types of ``schema``, which has the same columns."""
    for place, field in enumerate(schema):
        if is_nested(field.type) and not is_nested(rows.schema.field(place).type):
            values = [text and json.loads(text) for text in rows.column(place).to_pylist()]
            rows = rows.set_column(place, field.name, pa.array(values, field.type))
    return rows
