"""Fixtures that several kinds of tests share. Keep it small: a fixture that one file needs belongs there."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample reports that ship with the package."""
    return ROOT / "govinfo_pipeline" / "samples"


@pytest.fixture(scope="session")
def golden_reports() -> Path:
    """The folder of the golden reports: a folder a report with its source, expected figures and findings."""
    return ROOT / "tests" / "reports"
