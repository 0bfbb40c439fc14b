"""Batches to publish, made by hand: reports whose figures are known, judged as a test wants them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.parsed import Arrival
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import ABSENT, NUMBER, Issuer, Report
from govinfo_pipeline.tables import report_row, table_of, wide_tables
from govinfo_pipeline.warehouse.publish import Batch
from govinfo_pipeline.warehouse.record import GateRecord, hash_tables

FOUND = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
RULES = "2026.1+test"


def report(name: str, year: int = 2022, *, granted: int = 0, form: str = "2021", text: str = "") -> Report:
    """Return a consistent report: every cell 0, but ``granted`` new applications, all granted, by persons.

    ``text`` stands for the content of its file: another text is another file of the same report.
    """
    source = Source(f"in/{name}-{year}.txt", sha256(f"{name} {year} {granted} {text}"), "text/plain")
    made = Report.empty(source)
    made.masthead.issuer = Issuer(name, name, name, "330400", "county", "government")
    made.masthead.year = year
    made.masthead.title = f"{name}{year}年政府信息公开工作年度报告"
    made.form = form
    made.tables = {table.id: "filled" for table in load_form(form).tables}
    cells = {cell.id: 0 for cell in load_form(form).cells}
    for row in ("new_received", "granted", "processed_total"):
        cells |= {f"applications.{row}.natural_person": granted, f"applications.{row}.total": granted}
    put(made, cells)
    return made


def put(made: Report, cells: Mapping[str, int | Decimal | str | None]) -> Report:
    """Set cells: a number, a state letter, or None for absent; returns the report."""
    states = list(made.states)
    for cell_id, value in cells.items():
        i = universe().index[cell_id]
        letter = ABSENT if value is None else value if isinstance(value, str) else NUMBER
        states[i] = letter
        made.values[i] = None if isinstance(value, str) else value
        made.texts[i] = str(value) if letter == NUMBER else {"d": "/", "x": "若干"}.get(letter, "")
        made.lines[i] = 0 if letter == ABSENT else 10 + i
    made.states = "".join(states)
    return made


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Judged:
    """What a gate would hand on; every part can be spoilt before `batch` is called.

    ``revision`` is that of every report, but for those whose file's hash is in ``revisions``.
    """

    accepted: list[Report] = field(default_factory=list)
    quarantined: list[Report] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    revision: int = 1
    revisions: dict[str, int] = field(default_factory=dict)
    rules: str = RULES

    def tables(self) -> dict[str, pa.Table]:
        rows = [
            report_row(r, Arrival(self._revision(r), FOUND), self._counts(r), self._verdict(r), self.rules)
            for r in self.accepted
        ]
        return {
            "reports": table_of("reports", rows),
            **wide_tables(self.accepted),
            "findings": table_of("findings", self._findings()),
            "quarantine": table_of("quarantine", [self._quarantined(r) for r in self.quarantined]),
        }

    def batch(self, folder: Path, partition: str = "2022", **changes: Any) -> Batch:
        tables = self.tables()
        normalised = len(self.accepted) + len(self.quarantined)
        record = GateRecord.of(partition, tables, rule_set_version=self.rules, normalised=normalised)
        path = record.write(folder / f"{partition}.json")
        return Batch(partition, tables, record.input_hash, self.rules, path, **changes)

    def _findings(self) -> Iterable[dict[str, Any]]:
        by_id = {r.report_id: r for r in [*self.accepted, *self.quarantined]}
        for finding in self.findings:
            about = by_id.get(finding["report_id"])
            head = {"revision": self.revision, "rule_set_version": self.rules, "verdict": "fail"}
            known = {"source_sha256": about.source.sha256, "year": about.year} if about else {}
            yield {**head, **known, **finding}

    def _counts(self, about: Report) -> dict[str, int]:
        found = [f["severity"] for f in self.findings if f["report_id"] == about.report_id]
        return {severity: found.count(severity) for severity in set(found)}

    def _revision(self, about: Report) -> int:
        return self.revisions.get(about.source.sha256, self.revision)

    def _verdict(self, about: Report) -> str:
        return "warning" if self._counts(about) else "pass"

    def _quarantined(self, about: Report) -> dict[str, Any]:
        return {
            "report_id": about.report_id,
            "revision": self._revision(about),
            "source_sha256": about.source.sha256,
            "source_path": about.source.path,
            "issuer": about.issuer.name if about.issuer else None,
            "year": about.year,
            "reasons": ["A1"],
            "since": FOUND,
        }


def finding(about: Report, rule: str, severity: str = "warning", **more: Any) -> dict[str, Any]:
    """Return a row of `findings` about a report."""
    return {
        "report_id": about.report_id,
        "rule": rule,
        "severity": severity,
        "instances": [f"{rule}@total"],
        "cells": ["applications.granted.total"],
        "message_zh": f"{rule} 不平",
        "message_en": f"{rule} does not hold",
        "evidence": [{"line": 41, "text": "予以公开 | 7"}],
        "repairs": "[]",
        **more,
    }


__all__ = ["FOUND", "RULES", "Judged", "finding", "hash_tables", "put", "report", "sha256"]
