"""Fixtures of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from govinfo_pipeline.warehouse.address import open_warehouse
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from govinfo_pipeline.warehouse.engine import Warehouse


@pytest.fixture(params=["duckdb", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "duckdb":
        return str(tmp_path / "warehouse.duckdb")
    return str(request.getfixturevalue("database"))


@pytest.fixture
def warehouse(address: str) -> Warehouse:
    return open_warehouse(address, wait_seconds=0.2)


@pytest.fixture
def file(tmp_path: Path) -> DuckDBWarehouse:
    return DuckDBWarehouse(tmp_path / "warehouse.duckdb", wait_seconds=0.2)
