"""Warehouses and batches as the tests of publishing use them."""

from __future__ import annotations

from typing import Any

from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.objects import tables

WIDE = ("applications", "disputes", "proactive_disclosure")


def contents(warehouse: Warehouse) -> object:
    """What is stored, down to where: equal only if nothing at all was written."""
    if isinstance(warehouse, DuckDBWarehouse):
        return warehouse.path.read_bytes()
    stored = "SELECT CAST(xmin AS TEXT) AS made, CAST(ctid AS TEXT) AS place, t.* FROM govinfo.{} AS t ORDER BY ctid"
    return {name: warehouse.query(stored.format(name)).to_pylist() for name in tables()}


def issuers(warehouse: Warehouse) -> dict[str, int]:
    """What is visible: issuer and granted applications of every published report, by its wide row."""
    rows = warehouse.query(
        "SELECT r.issuer, r.year, a.granted__total AS granted FROM govinfo.reports AS r "
        "JOIN govinfo.applications AS a ON a.report_id = r.report_id ORDER BY r.report_id"
    )
    return {f"{row['issuer']}{row['year']}": row["granted"] for row in rows.to_pylist()}


def column(warehouse: Warehouse, sql: str) -> list[Any]:
    return warehouse.query(sql).column(0).to_pylist()
