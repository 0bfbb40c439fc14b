"""Marts: the views of the warehouse that most users want, as assets, so that lineage ends where they begin."""

from typing import Any

import dagster as dg

from govinfo_pipeline.defs import describe
from govinfo_pipeline.defs.assets import EAGER, common, note
from govinfo_pipeline.defs.resource import GovinfoResource
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse


def _mart(name: str, description: str, metadata: dict[str, Any]) -> dg.AssetsDefinition:
    @dg.asset(
        name=name,
        description=description,
        deps=["published_reports"],
        automation_condition=EAGER,
        metadata={"dagster/table_name": f"govinfo.{name}", **metadata},
        **common({"duckdb", "view"}, "mart"),
    )
    def mart(context: dg.AssetExecutionContext, govinfo: GovinfoResource) -> dg.MaterializeResult[Any]:
        warehouse = govinfo.warehouse()
        for key in context.partition_keys:
            note(context, name, key, _of_view(warehouse, name, key))
        return dg.MaterializeResult()

    return mart


def _of_view(warehouse: DuckDBWarehouse, name: str, partition: str) -> dict[str, Any]:
    """Return rows and a few of them, of the reports of one partition."""
    if not warehouse.path.exists():
        return describe.rows(0)
    mine = (
        "report_id IN (SELECT r.report_id FROM govinfo.reports AS r JOIN govinfo.publications AS p "  # noqa: S608 - names of this package and one of PARTITIONS
        f"ON p.publication_id = r.publication_id WHERE p.batch = '{partition}')"
    )
    count = warehouse.query(f"SELECT COUNT(*) AS n FROM govinfo.{name} WHERE {mine}")["n"][0].as_py()  # noqa: S608 - as above
    rows = warehouse.query(f"SELECT * FROM govinfo.{name} WHERE {mine} LIMIT {describe.SAMPLE}")  # noqa: S608 - as above
    lines = [list(row.values()) for row in rows.to_pylist()]
    return {**describe.rows(count), "sample": describe.markdown(rows.column_names, lines)}


issuer_year = _mart(
    "issuer_year",
    "机关-年度面板 / The issuer-year panel: received, granted, disclosure rate, reviews, litigation, quality flag.",
    {"dagster/column_lineage": describe.panel_lineage()},
)
applications_long = _mart(
    "applications_long",
    "申请办理情况长表, 一格一行 / Applications in tidy form: a row a cell, with state, printed text and line.",
    {},
)
