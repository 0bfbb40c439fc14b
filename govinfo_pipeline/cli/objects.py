"""Reports and findings as the JSON objects of docs/contract.md. Numbers stay exact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import simplejson

from govinfo_pipeline.extract.narrative import Claim
from govinfo_pipeline.report import Report


def dump(data: dict[str, Any]) -> str:
    """Return one line of JSON; decimals are written as they were printed, Chinese as itself."""
    return str(simplejson.dumps(data, use_decimal=True, ensure_ascii=False))


def report_object(report: Report, claims: Sequence[Claim]) -> dict[str, Any]:
    """Return what a document says, or why it cannot be used."""
    head = {"report_id": report.report_id, "source": report.source._asdict()}
    if report.error is not None:
        code, zh, en = report.error
        return {**head, "error": {"code": code, "message": {"zh": zh, "en": en}}}
    issuer = report.issuer
    return {
        **head,
        "title": report.masthead.title,
        "issuer": None if issuer is None else issuer._asdict(),
        "year": report.year,
        "format": report.form,
        "tables": report.tables,
        "figures": [
            {
                "id": figure.id,
                "value": figure.value,
                "state": figure.state,
                "text": figure.text,
                "unit": figure.unit,
                "line": figure.line,
                "column": figure.column,
            }
            for figure in report.figures()
        ],
        "claims": [_claim_object(claim) for claim in claims],
        "extras": [extra._asdict() for extra in report.extras],
        "notes": [
            {"code": note.code, "message": {"zh": note.zh, "en": note.en}, "line": note.line}
            for note in (*report.masthead.notes, *report.notes)
        ],
    }


def _claim_object(claim: Claim) -> dict[str, Any]:
    return {
        "quote": claim.quote,
        "line": claim.line,
        "kind": claim.kind,
        "value": claim.value,
        "unit": claim.unit,
        "approximate": claim.approximate,
        "about": list(claim.about),
    }
