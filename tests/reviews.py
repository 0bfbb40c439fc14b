"""Reports and reviews that the tests of the memory of review share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.judge import judge
from govinfo_pipeline.verify.review import Review
from tests.batches import put, report

LAST_DAY = date(2026, 12, 31)
GRANTED = "applications.granted.total"
REVIEWS = "disputes.cases.review_total"


def wrong(**cells: Any) -> Report:
    """A report of 7 applications whose total of 予以公开 says 9: A2@total and A3@granted fail."""
    return put(report("甲县", granted=7), {GRANTED: 9, **cells})


def first(about: Report) -> Finding:
    return judge([about])[0][0]


def said(of: Finding, action: str = "dismiss", **changes: Any) -> Review:
    made = Review(
        id=of.id,
        report_id=of.report_id,
        rule=of.rule,
        instances=of.instances,
        action=action,
        name="信息公开科",
        reason="原件如此",
        until=None if action == "withdraw" else LAST_DAY,
        at=datetime(2026, 3, 1, 8, tzinfo=UTC),
        finding=of.message.zh,
    )
    return replace(made, **changes)


LINE: dict[str, Any] = {
    "at": "2026-03-01T08:00:00+00:00",
    "action": "dismiss",
    "id": "3f2a91c0",
    "report_id": "330400-甲县-government-2022",
    "rule": "A3",
    "instances": ["A3@granted"],
    "name": "信息公开科",
    "reason": "原件如此",
    "until": "2026-12-31",
    "finding": "",
}
