"""The gate: every report of a batch is accepted or goes to quarantine with reasons; nothing is lost.

Owns that decision and the invariants of a batch. A finding that a person dismissed stays in `findings`, and counts
for nothing here. A bad report never stops the others. The invariants do: if
reports get lost, or far more fail or cannot be read than governments make mistakes, then the reader broke, and
nothing of the batch may be published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from govinfo_pipeline.parsed import Arrival
from govinfo_pipeline.report import Report
from govinfo_pipeline.tables import report_row, table_of, wide_tables
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.judge import verdict_of
from govinfo_pipeline.verify.review import DISMISSED, Review, apply_to_batch
from govinfo_pipeline.verify.rows import finding_row
from govinfo_pipeline.verify.rules import rule_set_version


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares above which a batch is not believed, and the size from which shares mean anything.

    Attributes:
        failed: largest share of reports that may have an error finding.
        unknown: largest share of cells of accepted reports that may be unreadable.
        unusable: largest share of files that may not be readable at all.
        least: batches with fewer reports are not held to shares.
    """

    failed: float = 0.8
    unknown: float = 0.2
    unusable: float = 0.5
    least: int = 50


@dataclass(frozen=True, slots=True)
class Tally:
    """What the invariants of a batch are about, counted; tallies of its parts add up.

    Attributes:
        reports, accepted, quarantined, unusable: numbers of reports; those that cannot be used are in quarantine.
        cells, unread: cells that accepted reports print, and those of them that could not be read.
        ids: how often each report is there.
    """

    reports: int = 0
    accepted: int = 0
    quarantined: int = 0
    unusable: int = 0
    cells: int = 0
    unread: int = 0
    ids: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.reports + other.reports,
            self.accepted + other.accepted,
            self.quarantined + other.quarantined,
            self.unusable + other.unusable,
            self.cells + other.cells,
            self.unread + other.unread,
            self.ids + other.ids,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """What came out of the gate of some reports of a batch.

    Attributes:
        tables: reports and wide tables of the accepted, `findings` of all, `quarantine`.
        tally: what was counted.
        dismissed: (report_id, rule) of every instance that a person dismissed: a second engine that judges the
            same rows names these too, and they must not stop it.
    """

    tables: dict[str, pa.Table]
    tally: Tally
    dismissed: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Gated(Part):
    """What came out of the gate of a whole batch.

    Attributes:
        broken: the invariants that do not hold, a sentence each; empty where the batch may be published.
    """

    broken: tuple[str, ...] = ()

    @property
    def normalised(self) -> int:
        """Reports that went in."""
        return self.tally.reports


def gate_reports(
    reports: Sequence[Report],
    arrivals: Sequence[Arrival],
    findings: Sequence[Sequence[Finding]],
    *,
    reviews: Sequence[Review] = (),
    today: date | None = None,
) -> Part:
    """Return the decision on reports that are judged already; ``reviews`` hold on ``today`` (default: today here)."""
    version = rule_set_version()
    if reviews:
        findings = apply_to_batch(reports, findings, reviews, today or date.today())
    accepted, rows, quarantine, told = [], [], [], []
    for report, arrival, found in zip(reports, arrivals, findings, strict=True):
        told += [finding_row(report, arrival, finding, version) for finding in found]
        reasons = reasons_of(report, found)
        if reasons:
            quarantine.append(_quarantined(report, arrival, reasons))
            continue
        accepted.append(report)
        counts = Counter(finding.severity for finding in found if finding.review != DISMISSED)
        rows.append(report_row(report, arrival, counts, verdict_of(found), version))
    tables = {
        "reports": table_of("reports", rows),
        **wide_tables(accepted),
        "findings": table_of("findings", told),
        "quarantine": table_of("quarantine", quarantine),
    }
    return Part(tables, _tally(reports, accepted, len(quarantine)), _dismissed(findings))


def gate_batch(parts: Sequence[Part], limits: Limits | None = None) -> Gated:
    """Return the decision on a batch, of the decisions on its parts, at least one."""
    tally = sum((part.tally for part in parts), Tally())
    tables = {name: pa.concat_tables([part.tables[name] for part in parts]) for name in parts[0].tables}
    dismissed = frozenset[tuple[str, str]]().union(*(part.dismissed for part in parts))
    return Gated(tables, tally, dismissed, broken_invariants(tally, limits or Limits()))


def _tally(reports: Sequence[Report], accepted: Sequence[Report], quarantined: int) -> Tally:
    return Tally(
        len(reports),
        len(accepted),
        quarantined,
        unusable=sum(1 for report in reports if report.error),
        cells=sum(len(report.states) - report.states.count("a") for report in accepted),
        unread=sum(report.states.count("u") + report.states.count("x") for report in accepted),
        ids=Counter(report.report_id for report in reports),
    )


def _dismissed(findings: Sequence[Sequence[Finding]]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (finding.report_id, instance.partition("@")[0])
        for found in findings
        for finding in found
        if finding.review == DISMISSED
        for instance in finding.instances
    )


def reasons_of(report: Report, findings: Sequence[Finding]) -> list[str]:
    """Return why a report may not be published, in Chinese, worst first; empty if it may."""
    if report.error is not None:
        code, zh, _en = report.error
        return [f"{code}: {zh}"]
    return [f.message.zh for f in findings if f.counts and f.severity == "error" and f.verdict == "fail"]


def _quarantined(report: Report, arrival: Arrival, reasons: list[str]) -> dict[str, Any]:
    return {
        "report_id": report.report_id,
        "revision": arrival.revision,
        "source_sha256": report.source.sha256,
        "source_path": report.source.path,
        "issuer": report.issuer.name if report.issuer else None,
        "year": report.year,
        "reasons": reasons,
        "since": arrival.found_at,
    }


def broken_invariants(tally: Tally, limits: Limits) -> tuple[str, ...]:
    """Return the invariants of a batch that do not hold, a sentence each."""
    broken = []
    if tally.accepted + tally.quarantined != tally.reports:
        broken.append(
            f"conservation: 通过 {tally.accepted} 份 + 隔离 {tally.quarantined} 份, 不等于 {tally.reports} 份. / "
            f"{tally.accepted} accepted + {tally.quarantined} quarantined is not {tally.reports} reports."
        )
    if twice := [key for key, times in tally.ids.items() if times > 1]:
        broken.append(
            f"unique: 报告 {twice[0]} 在批次中出现 {tally.ids[twice[0]]} 次, 应只保留最后一版. / "
            f"report {twice[0]} is in the batch {tally.ids[twice[0]]} times; keep the last revision."
        )
    if tally.reports >= limits.least:
        broken += _broken_rates(tally, limits)
    return tuple(broken)


def _broken_rates(tally: Tally, limits: Limits) -> list[str]:
    unusable = tally.unusable / tally.reports
    failed = (tally.quarantined - tally.unusable) / tally.reports
    unread = tally.unread / tally.cells if tally.cells else 0.0
    shares = (
        ("无法使用的文件", "unusable files", unusable, limits.unusable),
        ("不通过的报告", "failed reports", failed, limits.failed),
        ("不可读的格", "unreadable cells", unread, limits.unknown),
    )
    return [
        f"rate: {zh}占 {share:.0%}, 超过可信上限 {limit:.0%}, 请先检查读取是否有误. / "
        f"{en} are {share:.0%} of the batch, at most {limit:.0%} are believed; look at the reader first."
        for zh, en, share, limit in shares
        if share > limit
    ]
