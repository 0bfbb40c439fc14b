"""Marts: the views of the warehouse that most users want, as assets, so that lineage ends where they begin."""

# ruff: noqa: S608 - the SQL here is made of names of this package

from typing import Any

import dagster as dg

from govinfo_pipeline.defs import describe
from govinfo_pipeline.defs.resource import GovinfoResource
from govinfo_pipeline.defs.traits import EAGER, SHELF, line_asset, note
from govinfo_pipeline.warehouse.engine import Warehouse


def _mart(name: str, description: str, metadata: dict[str, Any]) -> dg.AssetsDefinition:
    @line_asset(
        {SHELF, "view"},
        "mart",
        name=name,
        description=description,
        deps=["published_reports"],
        automation_condition=EAGER,
        metadata={"dagster/table_name": f"govinfo.{name}", **metadata},
    )
    def mart(context: dg.AssetExecutionContext, govinfo: GovinfoResource) -> dg.MaterializeResult[Any]:
        counts, samples = _of_view(govinfo.warehouse(), name)
        for key in context.partition_keys:
            sample = [list(row.values())[2:] for row in samples if row["batch"] == key]
            heads = list(samples[0])[2:] if samples else []
            metadata = {"sample": describe.markdown(heads, sample)} if sample else {}
            note(context, name, key, {**describe.rows(counts.get(key, 0)), **metadata})
        return dg.MaterializeResult()

    return mart


def _of_view(warehouse: Warehouse, name: str) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Return the rows of a view by partition, and a few of each, after its partition and number."""
    if not warehouse.exists():
        return {}, []
    published = "govinfo.reports AS r JOIN govinfo.publications AS p ON p.publication_id = r.publication_id"
    counted = warehouse.query(
        f"SELECT p.batch, COUNT(*) AS n FROM govinfo.{name} AS v JOIN {published} ON r.report_id = v.report_id "
        "GROUP BY p.batch"
    ).to_pylist()
    # Of a few reports, each of which has a row or more: to number all rows of a year takes ten times its room.
    numbered = "ROW_NUMBER() OVER (PARTITION BY p.batch ORDER BY r.report_id) AS nth"
    few = (
        f"SELECT batch, report_id FROM (SELECT p.batch, r.report_id, {numbered} FROM {published}) AS reports "
        f"WHERE nth <= {describe.SAMPLE}"
    )
    rows = warehouse.query(
        "SELECT * FROM (SELECT few.batch, ROW_NUMBER() OVER (PARTITION BY few.batch) AS nth, v.* "
        f"FROM govinfo.{name} AS v JOIN ({few}) AS few ON few.report_id = v.report_id) AS sample "
        f"WHERE nth <= {describe.SAMPLE}"
    ).to_pylist()
    return {row["batch"]: row["n"] for row in counted}, rows


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
