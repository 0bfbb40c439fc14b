"""What CONTRIBUTING says of the code's own shape, where no linter says it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 400


@pytest.mark.parametrize("folder", ["govinfo_pipeline", "tests", "benchmarks", "scripts"])
def test_no_module_is_longer_than_one_cares_to_live_in(folder: str) -> None:
    lines = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")
    }
    assert lines
    assert {} == {str(path): size for path, size in lines.items() if size > LONGEST}
