"""`govinfo check` and the line say the same of a report, by the same names: a dismissal of one holds in the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from govinfo_pipeline.line.judge import decide
from govinfo_pipeline.line.settings import samples
from govinfo_pipeline.parse import parse_path
from govinfo_pipeline.parsed import Arrival, parsed_reports, parsed_table
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.judge import judge
from tests.batches import FOUND

GOLDEN = Path(__file__).parents[1] / "reports"
FILES = sorted((*Path(samples()).iterdir(), *(file for file in GOLDEN.glob("*/source.*"))))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_report_that_went_through_the_tables_is_judged_as_before(path: Path) -> None:
    report = parse_path(path)
    table = parsed_table([report], [Arrival(1, FOUND)])
    assert [fields(report)] == [fields(again) for again in parsed_reports(table)]
    told = [(f.id, f.rule, f.message.zh, list(f.cells)) for f in judge([report])[0]]
    rows = decide(str(report.year), table).gated.tables["findings"].to_pylist()
    assert told == [(row["finding_id"], row["rule"], row["message_zh"], row["cells"]) for row in rows]


def fields(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__slots__}
