"""A finding as a row of the warehouse table `findings`. Decides nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from govinfo_pipeline.parsed import Arrival
from govinfo_pipeline.report import Report
from govinfo_pipeline.tables import EXACT
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.review import CONFIRMED, DISMISSED


def finding_row(report: Report, arrival: Arrival, finding: Finding, rule_set_version: str) -> dict[str, Any]:
    """Return one row of `findings`; a lapsed review is no review, the message alone tells of it."""
    data = finding.to_dict()
    return {
        "report_id": finding.report_id,
        "revision": arrival.revision,
        "source_sha256": report.source.sha256,
        "year": report.year,
        "finding_id": finding.id or None,
        "rule": finding.rule,
        "instances": list(finding.instances),
        "verdict": finding.verdict,
        "severity": finding.severity,
        "cells": list(finding.cells),
        "reported": _exact(finding.reported),
        "expected": _exact(finding.expected),
        "message_zh": finding.message.zh,
        "message_en": finding.message.en,
        "evidence": data["evidence"],
        "repairs": json.dumps(data["repairs"], ensure_ascii=False, default=str),
        "review": finding.review if finding.review in (CONFIRMED, DISMISSED) else None,
        "rule_set_version": rule_set_version,
    }


def _exact(value: int | Decimal | None) -> Decimal | None:
    """Return a value as the warehouse's exact decimal; None where it does not fit (the message has it)."""
    if value is None:
        return None
    number = Decimal(value)
    whole = EXACT.precision - EXACT.scale
    exponent = number.as_tuple().exponent
    fits = isinstance(exponent, int) and exponent >= -EXACT.scale and abs(number) < Decimal(10) ** whole
    return number if fits else None
