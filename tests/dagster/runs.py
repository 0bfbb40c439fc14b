"""What `govinfo run` prints, and what the warehouse then shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import Result

from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def in_warehouse(tmp_path: Path) -> dict[str, str]:
    """Return the names of the files that the warehouse shows, and whether they are published or in quarantine."""
    rows = DuckDBWarehouse(tmp_path / "data" / "warehouse.duckdb").query(
        "SELECT source_path, 'published' AS status FROM govinfo.reports "
        "UNION ALL SELECT source_path, 'quarantined' FROM govinfo.quarantine"
    )
    return {Path(row["source_path"]).name: row["status"] for row in rows.to_pylist()}
