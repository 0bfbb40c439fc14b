"""Reports and findings as the JSON objects of docs/contract.md. Numbers stay exact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import simplejson

from govinfo_pipeline.extract.narrative import Claim
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Finding


def dump(data: dict[str, Any]) -> str:
    """Return one line of JSON; decimals are written as they were printed, Chinese as itself."""
    return str(simplejson.dumps(data, use_decimal=True, ensure_ascii=False))


def report_object(report: Report, claims: Sequence[Claim]) -> dict[str, Any]:
    """Return what a document says, or why it cannot be used."""
    head = {"report_id": report.report_id, "source": source_object(report.source)}
    if report.error is not None:
        code, zh, en = report.error
        return {**head, "error": error_object(code, zh, en)}
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
            {**error_object(note.code, note.zh, note.en), "line": note.line}
            for note in (*report.masthead.notes, *report.notes)
        ],
    }


def finding_object(report: Report, finding: Finding) -> dict[str, Any]:
    """Return a finding, with the file that it is about: a call may hold two files of one report."""
    return {**finding.to_dict(), "source": source_object(report.source)}


def source_object(source: Source) -> dict[str, Any]:
    """Return a file; what is not known of it is null."""
    return {"path": source.path, "sha256": source.sha256 or None, "media_type": source.media_type or None}


def error_object(code: str, zh: str, en: str) -> dict[str, str]:
    """Return what is said of a document: ``message`` in both languages, and each by itself."""
    return {"code": code, "message": f"{zh} / {en}", "zh": zh, "en": en}


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
