"""The gate as one multi-asset: every report is accepted or in quarantine, with all checks in the same step."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import pyarrow as pa

from govinfo_pipeline.defs import checks, describe
from govinfo_pipeline.defs.partitions import ONE_RUN, YEARS, year_before
from govinfo_pipeline.defs.resource import GovinfoResource
from govinfo_pipeline.defs.stages import Stage, give_back, made_by, needed
from govinfo_pipeline.defs.traits import EAGER, STORE, note, traits
from govinfo_pipeline.line.judge import Decision, decide, with_contracts, with_suites
from govinfo_pipeline.line.story import quarantined
from govinfo_pipeline.line.version import judged_by
from govinfo_pipeline.line.wide import ACCEPTED, join, stamp
from govinfo_pipeline.tables import SCHEMAS
from govinfo_pipeline.verify.review import Review

# Reports in quarantine that a run's record names, a partition; the others are counted.
TOLD = 50
_REASONS = 3


def _out(description: str, schema: pa.Schema, stage: str) -> dg.AssetOut:
    return dg.AssetOut(
        **traits({"parquet"}, stage),
        description=description,
        io_manager_key=STORE,
        automation_condition=EAGER,
        metadata={"dagster/column_schema": describe.columns(schema)},
    )


@dg.multi_asset(
    name="gate",
    outs={
        "accepted_reports": _out(
            "可入库的报告 / Reports without an error finding: what may be published, with their warnings.",
            ACCEPTED,
            "accepted",
        ),
        "quarantined_reports": _out(
            "已隔离的报告及原因 / Reports that may not be published, and why. Nothing of them is changed.",
            SCHEMAS["quarantine"],
            "quarantined",
        ),
        "findings": _out(
            "发现的问题, 一问题一行 / What is wrong or uncertain in all reports, a sentence each, with its place.",
            SCHEMAS["findings"],
            "findings",
        ),
    },
    partitions_def=YEARS,
    backfill_policy=ONE_RUN,
    check_specs=checks.gate_specs(),
)
def gate(
    context: dg.AssetExecutionContext, govinfo: GovinfoResource, normalized_reports: Stage
) -> Iterator[Any]:
    """Judge every report, and write down whether its partition may be published."""
    reviews = govinfo.reviews()
    judged = [_judge(context, govinfo, normalized_reports, key, reviews) for key in context.partition_keys]
    give_back()
    versions = {decision.partition: version for decision, version in judged}
    decisions = with_suites(with_contracts([decision for decision, _ in judged]))
    for decision in decisions:
        decision.record().write(govinfo.settings.record(decision.partition))
    accepted = {d.partition: stamp(join(d.gated.tables), versions[d.partition]) for d in decisions}
    yield dg.Output(accepted, "accepted_reports")
    yield dg.Output({d.partition: d.gated.tables["quarantine"] for d in decisions}, "quarantined_reports")
    yield dg.Output({d.partition: d.gated.tables["findings"] for d in decisions}, "findings")
    yield from checks.of_gate(decisions)


def _judge(
    context: dg.AssetExecutionContext,
    govinfo: GovinfoResource,
    reports: Stage,
    partition: str,
    reviews: Sequence[Review],
) -> tuple[Decision, str]:
    """Return the decision on one partition and by what it was judged; its reports are let go of."""
    started = time.perf_counter()
    normalised = needed(reports, "normalized_reports", partition)
    before = year_before(partition)
    prior = reports.beyond(before) if before else None
    decision = decide(partition, normalised, prior, govinfo.limits, reviews)
    _describe(context, decision, normalised, time.perf_counter() - started)
    return decision, judged_by(made_by(normalised), reviews, normalised["report_id"].to_pylist())


def _describe(
    context: dg.AssetExecutionContext, decision: Decision, normalised: pa.Table, seconds: float
) -> None:
    tables, partition = decision.gated.tables, decision.partition
    held = quarantined(normalised, tables["quarantine"], tables["findings"])
    total = decision.gated.normalised
    context.log.info(
        f"{partition}: {total - len(held)} 份合格, {len(held)} 份隔离 / accepted and in quarantine"
    )
    note(
        context,
        "accepted_reports",
        partition,
        {
            **describe.rows(tables["reports"].num_rows),
            "verdicts": dg.MetadataValue.json(describe.counted(tables["reports"]["verdict"].to_pylist())),
            "accepted_share": tables["reports"].num_rows / total if total else 0.0,
            "seconds": seconds,
        },
    )
    note(
        context,
        "quarantined_reports",
        partition,
        {
            **describe.rows(len(held)),
            "reasons": describe.reasons(held),
            "reports": dg.MetadataValue.json(_told(held)),
        },
    )
    note(context, "findings", partition, _of_findings(decision))


def _told(held: Sequence[Any]) -> list[dict[str, Any]]:
    """Return reports in quarantine as plain data, for the alerts of the run."""
    return [
        {
            "issuer": report.issuer,
            "year": report.year,
            "report_id": report.report_id,
            "path": report.path,
            "reasons": [reason._asdict() for reason in report.reasons[:_REASONS]],
        }
        for report in held[:TOLD]
    ]


def _of_findings(decision: Decision) -> dict[str, Any]:
    table = decision.gated.tables["findings"]
    rows = table.slice(0, describe.SAMPLE).to_pylist()
    issuers = {
        row["source_sha256"]: row["issuer"]
        for name in ("reports", "quarantine")
        for row in decision.gated.tables[name].select(["source_sha256", "issuer"]).to_pylist()
    }
    return {
        **describe.rows(table.num_rows),
        "severities": dg.MetadataValue.json(describe.counted(table["severity"].to_pylist())),
        "rules": dg.MetadataValue.json(describe.counted(table["rule"].to_pylist())),
        "sample": describe.findings_sample(rows, issuers),
    }
