"""What became of each file, for people: what the warehouse shows of it, and why, from the tables between assets.

Owns the words for a file's fate. Every file that was archived has one: published, in quarantine, superseded by
a later file of the same report, the same as another, or held: judged, and not in the warehouse. Where the warehouse
shows another judgement than the last (publishing failed, or another process is at work), it is what counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from govinfo_pipeline.alerts.message import Quarantined, Reason
from govinfo_pipeline.errors import PublishError
from govinfo_pipeline.line.changes import Shown
from govinfo_pipeline.line.settings import Settings
from govinfo_pipeline.report import cells_found, lineage
from govinfo_pipeline.tables import SCHEMAS
from govinfo_pipeline.verify.review import DISMISSED
from govinfo_pipeline.warehouse.record import GateRecord

PUBLISHED, QUARANTINED, SUPERSEDED, COPY, HELD, WITHDRAWN = (
    *("published", "quarantined"),
    *("superseded", "copy", "held", "withdrawn"),
)

_WEIGHT = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one file.

    Attributes:
        status: published, quarantined, superseded, copy (of the same content as another), held (not in the
            warehouse) or withdrawn (by a person).
        found, cells: cells whose place and content are certain (a number, blank or dash), of the form's cells.
        verdict: of the judged report; None where it was not judged.
        reasons: worst first; for a published report its warnings and notices.
        by: path of the file that superseded it, or has the same content.
    """

    sha256: str
    path: str
    report_id: str
    revision: int
    issuer: str | None
    year: int | None
    form: str | None
    found: int
    cells: int
    status: str
    verdict: str | None = None
    reasons: tuple[Reason, ...] = ()
    by: str | None = None
    media_type: str = ""


def read_stage(settings: Settings, asset: str, partition: str, columns: list[str]) -> pa.Table | None:
    """Return columns of a table between assets; None where it was never made."""
    path = settings.stage(asset, partition)
    return pq.read_table(path, columns=columns, partitioning=None) if path.exists() else None


def can_be_told(settings: Settings, partition: str) -> bool:
    """Say whether the tables that `fates` reads are all there and are tables."""
    try:
        for asset in ("parsed_reports", "accepted_reports", "findings"):
            pq.read_schema(settings.stage(asset, partition))
    except (OSError, pa.ArrowInvalid):
        return False
    return True


_PARSED = ["report_id", "revision", "source", "issuer", "year", "form", "states", "error"]
_FINDINGS = ["source_sha256", "rule", "verdict", "severity", "review", "message_zh", "message_en"]


def fates(settings: Settings, partition: str, shown: Shown | None) -> Iterator[Fate]:
    """Yield what became of every file of a partition, in order of first found.

    ``shown`` is what the warehouse shows of the partition, None where nothing was ever published.
    """
    parsed = read_stage(settings, "parsed_reports", partition, _PARSED)
    if parsed is None:
        return
    rows = parsed.to_pylist()
    findings = read_stage(settings, "findings", partition, _FINDINGS)
    judged = _Judged(
        reasons_by_file(findings.to_pylist() if findings else ()),
        _verdicts(settings, partition),
        _held(settings, partition),
        shown,
        is_last=shown is not None and shown.input_hash == _judged_hash(settings, partition),
    )
    newest = {_lineage(row): row for row in sorted(rows, key=lambda row: int(row["revision"]))}
    for row in rows:
        last = newest[_lineage(row)]
        if shown is not None and not judged.is_last and row["source"]["sha256"] in shown.files:
            yield _earlier(row, judged, shown)
        elif last is row:
            yield _fate(row, judged)
        else:
            yield _plain(row, SUPERSEDED, by=last["source"]["path"])


@dataclass(frozen=True, slots=True)
class _Judged:
    """The last judgement of a partition, and whether it is what the warehouse shows (``is_last``)."""

    reasons: Mapping[str, tuple[Reason, ...]]
    verdicts: Mapping[str, str]
    held: tuple[Reason, ...]
    shown: Shown | None
    is_last: bool


def _lineage(row: Mapping[str, Any]) -> str:
    return lineage(row["report_id"], row["source"]["path"])


def _fate(row: Mapping[str, Any], judged: _Judged) -> Fate:
    sha256 = row["source"]["sha256"]
    visible = judged.is_last and judged.shown is not None and sha256 in judged.shown.files
    status = HELD if not visible else PUBLISHED if sha256 in judged.verdicts else QUARANTINED
    why = (Reason(**_renamed(row["error"])),) if row["error"] else judged.reasons.get(sha256, ())
    reasons = (*(judged.held if status == HELD else ()), *why)
    return _plain(row, status, verdict=judged.verdicts.get(sha256, "fail"), reasons=reasons)


def _earlier(row: Mapping[str, Any], judged: _Judged, shown: Shown) -> Fate:
    """Return the fate of a file that the warehouse shows as an earlier judgement left it."""
    verdict = shown.published.get(row["source"]["sha256"])
    status = QUARANTINED if verdict is None else PUBLISHED
    return _plain(row, status, verdict=verdict or "fail", reasons=(_EARLIER, *judged.held))


_EARLIER = Reason(
    "earlier",
    "最近一次核对的结果未入库, 仓库中仍是此前发布的内容.",
    "what was judged last is not published; the warehouse still shows what was published before.",
)


def withdrawn(sha256: str, path: str, report_id: str, year: int | None, why: str) -> Fate:
    """Return the fate of a file that a person withdrew."""
    reason = Reason("withdrawn", f"已由人撤下: {why}", f"withdrawn by a person: {why}")
    return Fate(sha256, path, report_id, 0, None, year, None, 0, 0, WITHDRAWN, None, (reason,))


def _renamed(error: Mapping[str, str]) -> dict[str, str]:
    return {"rule": error["code"], "zh": error["zh"], "en": error["en"]}


def _plain(row: Mapping[str, Any], status: str, **more: Any) -> Fate:
    found, cells = cells_found(row["states"], row["form"])
    return Fate(
        sha256=row["source"]["sha256"],
        path=row["source"]["path"],
        media_type=row["source"]["media_type"],
        report_id=row["report_id"],
        revision=row["revision"],
        issuer=row["issuer"]["name"] if row["issuer"] else None,
        year=row["year"],
        form=row["form"],
        found=found,
        cells=cells,
        status=status,
        **more,
    )


def reasons_by_file(findings: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Reason, ...]]:
    """Return the sentences of findings by the hash of their file: failed errors, then as they weigh.

    What a person dismissed comes last.
    """
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in findings:
        found.setdefault(row["source_sha256"], []).append(row)
    return {
        sha256: tuple(
            Reason(row["rule"], row["message_zh"], row["message_en"]) for row in sorted(rows, key=_weight)
        )
        for sha256, rows in found.items()
    }


def _weight(row: Mapping[str, Any]) -> tuple[bool, bool, int]:
    return row["review"] == DISMISSED, row["verdict"] != "fail", _WEIGHT[row["severity"]]


def _verdicts(settings: Settings, partition: str) -> dict[str, str]:
    accepted = read_stage(settings, "accepted_reports", partition, ["source_sha256", "verdict"])
    if accepted is None:
        return {}
    return dict(zip(accepted["source_sha256"].to_pylist(), accepted["verdict"].to_pylist(), strict=True))


def _held(settings: Settings, partition: str) -> tuple[Reason, ...]:
    """Return why nothing of a partition may be published."""
    try:
        record = GateRecord.read(settings.record(partition))
    except PublishError as error:
        return (Reason(error.audit, *_halves(error.message)),)
    return tuple(Reason("invariant", *_halves(reason)) for reason in record.reasons)


def _judged_hash(settings: Settings, partition: str) -> str | None:
    """Return the hash of the rows that were judged last."""
    try:
        return GateRecord.read(settings.record(partition)).input_hash
    except PublishError:
        return None


def _halves(message: str) -> tuple[str, str]:
    zh, _, en = message.partition(" / ")
    return zh, en or zh


def in_quarantine(settings: Settings, partition: str) -> list[Quarantined] | None:
    """Return the reports of a partition that are in quarantine by the tables between assets, None without them."""
    try:
        normalised = read_stage(settings, "normalized_reports", partition, ["source", "error"])
        quarantine = read_stage(settings, "quarantined_reports", partition, SCHEMAS["quarantine"].names)
        findings = read_stage(settings, "findings", partition, _FINDINGS)
    except (OSError, pa.ArrowInvalid):
        return None
    if normalised is None or quarantine is None or findings is None:
        return None
    return quarantined(normalised, quarantine, findings)


def quarantined(normalised: pa.Table, quarantine: pa.Table, findings: pa.Table) -> list[Quarantined]:
    """Return the reports of a `quarantine` table with the sentences that put them there."""
    failed = [
        row
        for row in findings.select(_FINDINGS).to_pylist()
        if row["severity"] == "error" and row["verdict"] == "fail" and row["review"] != DISMISSED
    ]
    reasons = reasons_by_file(failed)
    for row in normalised.select(["source", "error"]).to_pylist():
        if row["error"]:
            reasons[row["source"]["sha256"]] = (Reason(**_renamed(row["error"])),)
    return [
        Quarantined(
            row["issuer"],
            row["year"],
            row["report_id"],
            row["source_path"],
            reasons.get(row["source_sha256"], ()),
        )
        for row in quarantine.to_pylist()
    ]
