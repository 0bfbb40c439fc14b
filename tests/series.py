"""Reports of one issuer over years, as tests make them."""

from __future__ import annotations

from typing import Any

from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.series import check_series
from tests.batches import put, report

LICENCES = "art20_5.administrative_licensing"


def pair(
    cells: dict[str, Any], prior: dict[str, Any], form: str = "2021", year: int = 2022
) -> tuple[Report, Report]:
    """Two years of one issuer, all cells 0 but those given."""
    return put(report("甲县", year, form=form), cells), put(report("甲县", year - 1, form=form), prior)


def found(now: Report, before: Report) -> list[Finding]:
    return check_series([now], [before])[0]
