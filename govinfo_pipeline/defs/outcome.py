"""A finished run -> what is to be told of it: its failed checks, its quarantine, its failure.

Reads the events of that one run. A failed check that does not block leaves a run green, so run failure sensors
never see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import dagster as dg

from govinfo_pipeline.alerts import FailedCheck, Quarantined, Reason, RunOutcome, Unavailable
from govinfo_pipeline.line.intake import PARTITIONS
from govinfo_pipeline.line.settings import Settings
from govinfo_pipeline.line.story import in_quarantine

ASSETS = (
    *("raw_reports", "parsed_reports", "normalized_reports"),
    *("accepted_reports", "quarantined_reports", "findings"),
    *("published_reports", "issuer_year", "applications_long"),
)

_SOURCE = "raw_reports.source"
_KEYS = frozenset(dg.AssetKey(name) for name in ASSETS)
_EVENTS = {
    dg.DagsterEventType.ASSET_CHECK_EVALUATION,
    dg.DagsterEventType.ASSET_MATERIALIZATION,
    dg.DagsterEventType.STEP_FAILURE,
    dg.DagsterEventType.RUN_FAILURE,
}


def outcome_of(
    instance: dg.DagsterInstance, run: dg.DagsterRun, job: str, settings: Settings
) -> RunOutcome | None:
    """Return what is to be told of a finished run; None where it is not a run of the line.

    What is in quarantine is read from the tables between assets; where another IO manager keeps them, from the
    run's metadata, which name the first of each partition and count the others.
    """
    events = [
        entry.dagster_event
        for entry in instance.all_logs(run.run_id, of_type=_EVENTS)
        if entry.dagster_event is not None
    ]
    if run.job_name != job and not (run.asset_selection or frozenset()) & _KEYS and not _of_line(events):
        return None
    reports: list[Quarantined] = []
    judged, more = [], 0
    for partition, named, count in _named(events):
        known = in_quarantine(settings, partition)
        judged.append(partition)
        reports += [replace(report, partition=partition) for report in (named if known is None else known)]
        more += count - len(named) if known is None else 0
    return RunOutcome(
        run_id=run.run_id,
        partitions=partitions_of(run),
        quarantined=tuple(reports),
        more=more,
        checks=tuple(_failed_checks(events)),
        scope=scope_of(run),
        judged=tuple(judged),
        passed=tuple(_name(data) for data in _evaluations(events) if data.passed),
        failure=_failure(events) if run.status == dg.DagsterRunStatus.FAILURE else None,
        **_sources(events),
    )


def partitions_of(run: dg.DagsterRun) -> str:
    """Return the partitions of a run as they are to be read: `2022`, or `2019-2024`."""
    one = run.tags.get("dagster/partition")
    first = run.tags.get("dagster/asset_partition_range_start")
    last = run.tags.get("dagster/asset_partition_range_end")
    return one or (f"{first}-{last}" if first != last else first or "")


def _of_line(events: Iterable[dg.DagsterEvent]) -> bool:
    return any(event.asset_key in _KEYS for event in events if event.is_step_materialization)


def scope_of(run: dg.DagsterRun) -> tuple[str, ...]:
    """Return the partitions of a run one by one; one without a name where it has none."""
    one = run.tags.get("dagster/partition")
    first = run.tags.get("dagster/asset_partition_range_start")
    last = run.tags.get("dagster/asset_partition_range_end")
    if one is not None or first not in PARTITIONS or last not in PARTITIONS:
        return (one or "",)
    return PARTITIONS[PARTITIONS.index(first) : PARTITIONS.index(last) + 1]


def _named(events: Iterable[dg.DagsterEvent]) -> Iterator[tuple[str, list[Quarantined], int]]:
    """Yield the partitions that were judged, with the reports in quarantine that the run names, and their number."""
    for event in events:
        if event.is_step_materialization and event.asset_key == dg.AssetKey("quarantined_reports"):
            metadata = event.step_materialization_data.materialization.metadata
            if "reports" in metadata:
                named = [_report(data) for data in _value(metadata["reports"])]
                yield event.partition or "", named, int(_value(metadata["dagster/row_count"]))


def _value(metadata: Any) -> Any:
    return metadata.value


def _report(data: dict[str, Any]) -> Quarantined:
    reasons = tuple(Reason(**reason) for reason in data["reasons"])
    return Quarantined(data["issuer"], data["year"], data["report_id"], data["path"], reasons)


def _evaluations(events: Iterable[dg.DagsterEvent]) -> Iterator[dg.AssetCheckEvaluation]:
    for event in events:
        data = event.event_specific_data
        if isinstance(data, dg.AssetCheckEvaluation) and data.asset_key in _KEYS:
            yield data


def _failed_checks(events: Iterable[dg.DagsterEvent]) -> Iterator[FailedCheck]:
    for data in _evaluations(events):
        if not data.passed and _name(data) != _SOURCE:  # of that one the files are told one by one
            severity = "error" if data.severity == dg.AssetCheckSeverity.ERROR else "warning"
            yield FailedCheck(_name(data), severity, data.description or "")


def _sources(events: Iterable[dg.DagsterEvent]) -> dict[str, Any]:
    """Return the source that the run read, and what of it could not be had."""
    for data in _evaluations(events):
        if _name(data) == _SOURCE and "source" in data.metadata:
            lines = _value(data.metadata["unavailable"]) if "unavailable" in data.metadata else ()
            lost = tuple(Unavailable(*line) for line in lines)
            return {"source": _value(data.metadata["source"]), "unavailable": lost}
    return {}


def _name(data: dg.AssetCheckEvaluation) -> str:
    return f"{data.asset_key.to_user_string()}.{data.check_name}"


def _failure(events: Iterable[dg.DagsterEvent]) -> str:
    """Return why a run failed: what its failed steps said, the innermost cause of each."""
    said = [
        f"{event.step_key}: {failure_said(event)}"
        for event in events
        if event.event_type == dg.DagsterEventType.STEP_FAILURE
    ]
    return "\n  ".join(dict.fromkeys(said)) or "the run ended before a step failed; see its log"


def failure_said(event: dg.DagsterEvent) -> str:
    """Return the innermost message of a step's failure."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return str(data.user_failure_data.description)
    error = data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error else "unknown"
