"""The real reports that may stand beside the project; where they do not, what needs them is skipped."""

import os
from pathlib import Path

import pytest

SEEDS = Path(os.environ.get("GOVINFO_SEEDS") or Path(__file__).resolve().parents[2] / "shared" / "seeds")
with_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the verbatim reports are not beside the project")


def seed(number: str) -> Path:
    """The file of one report: 000 to 004."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path
