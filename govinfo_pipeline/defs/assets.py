"""The assets of the line, but for the gate: files, reports as read, reports once each, published, marts."""

import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import dagster as dg
import pyarrow as pa

from govinfo_pipeline.archive import Problem
from govinfo_pipeline.archive.address import shown as shown_address
from govinfo_pipeline.defs import checks, describe
from govinfo_pipeline.defs.resource import GovinfoResource
from govinfo_pipeline.defs.stages import Stage, needed
from govinfo_pipeline.defs.traits import EAGER, SHELF, STORE, line_asset, note
from govinfo_pipeline.errors import PublishError, WarehouseBusyError, WarehouseUnreachableError
from govinfo_pipeline.line.changes import Shown, shown
from govinfo_pipeline.line.intake import collect
from govinfo_pipeline.line.publish import release
from govinfo_pipeline.line.read import LISTING, Kept, keep_last, lineages, list_files, read_files
from govinfo_pipeline.line.wide import ACCEPTED, judged_by, split
from govinfo_pipeline.parsed import PARSED
from govinfo_pipeline.suites.contracts import breaches
from govinfo_pipeline.warehouse.publish import Publication

# A year without a publish means that a year of reports was missed.
YEARLY = dg.FreshnessPolicy.time_window(fail_window=timedelta(days=400), warn_window=timedelta(days=370))

BUSY_WAIT_SECONDS = 15
_TOLD_EVERY = 1000
_UNAVAILABLE_TOLD = 1000


@line_asset(
    {"file"},
    "raw",
    io_manager_key=STORE,
    metadata={"dagster/column_schema": describe.columns(LISTING)},
    check_specs=[
        checks.invariant(
            "conservation",
            "raw_reports",
            "档案中每个文件都列入某一年度, 或已撤下",
            "every file of the archive is listed in one partition, or was withdrawn",
        ),
        dg.AssetCheckSpec(
            "source",
            asset="raw_reports",
            description="来源中的文件都能取得 / all that the source names could be had. 不阻断 / never blocks.",
        ),
    ],
)
def raw_reports(context: dg.AssetExecutionContext, govinfo: GovinfoResource) -> Iterator[Any]:
    """原始文件, 按其报告年度 / The files as published, by the report year that they state.

    Archives what is new in the source, reads each new file once to learn its year, and lists the files of each
    year: hash, origin, time found, order of first found. Files that do not say their year are in `undated`.
    """
    started = time.perf_counter()
    archive = govinfo.archive()
    problems = collect(govinfo.source, archive).problems if govinfo.collect else ()
    peeks = govinfo.peeks()
    peeks.look(archive)
    held = peeks.by_partition(archive)
    listings = {key: list_files(held.get(key, ()), archive) for key in context.partition_keys}
    for key, listing in listings.items():
        note(context, "raw_reports", key, _of_listing(listing) | {"seconds": time.perf_counter() - started})
    yield dg.Output(listings)
    listed = sum(len(files) for files in held.values())
    listed += sum(entry.sha256 in peeks.withdrawn for entry in archive.entries())
    yield checks.conserved(
        "raw_reports", {"archive": (len(archive), listed)}, "archived, listed or withdrawn"
    )
    yield _of_source(shown_address(govinfo.source) if govinfo.collect else None, problems)


def _of_listing(listing: pa.Table) -> dict[str, Any]:
    heads = ("来源 origin", "发现时间 found", "字节 bytes", "sha256")
    latest = listing.slice(max(listing.num_rows - describe.SAMPLE, 0)).to_pylist()[::-1]
    lines = [(row["origin"], row["found_at"], row["size"], row["sha256"][:12]) for row in latest]
    return {**describe.rows(listing.num_rows), "latest": describe.markdown(heads, lines)}


def _of_source(source: str | None, problems: tuple[Problem, ...]) -> dg.AssetCheckResult:
    """Return the result of the check; its metadata is what alerts tell. ``source`` is None where it was not read."""
    lines = [(problem.where, problem.zh, problem.en) for problem in problems]
    return dg.AssetCheckResult(
        asset_key="raw_reports",
        check_name="source",
        passed=not problems,
        severity=checks.WARN,
        description=f"{len(problems)} 个文件未能取得 / files could not be had" if problems else None,
        metadata={
            **({"source": source} if source else {}),
            **({"problems": describe.markdown(("来源 where", "问题", "problem"), lines)} if lines else {}),
            **({"unavailable": dg.MetadataValue.json(lines[:_UNAVAILABLE_TOLD])} if lines else {}),
        },
    )


@line_asset(
    {"parquet"},
    "parsed",
    io_manager_key=STORE,
    automation_condition=EAGER,
    metadata={"dagster/column_schema": describe.columns(PARSED)},
    check_specs=[
        checks.invariant(
            "conservation", "parsed_reports", "每个文件读出一行", "every listed file is one row"
        ),
        checks.invariant("contract", "parsed_reports", "表符合约定", "the table is as agreed (pandera)"),
    ],
)
def parsed_reports(
    context: dg.AssetExecutionContext, govinfo: GovinfoResource, raw_reports: Stage
) -> Iterator[Any]:
    """每个文件读出的内容, 一文件一行 / What each file says, a row a file: issuer, year, every cell with its place.

    A file that cannot be used is a row with its error. All revisions of a report are here.
    """
    archive = govinfo.archive()
    counts: dict[str, tuple[int, int]] = {}
    broken: dict[str, list[str]] = {}

    def read(partition: str) -> pa.Table:
        started = time.perf_counter()
        listing = needed(raw_reports, "raw_reports", partition)
        table = read_files(listing, archive, _teller(context, partition, listing.num_rows))
        counts[partition] = (listing.num_rows, table.num_rows)
        broken[partition] = breaches("parsed", table) if table.num_rows else []
        note(context, "parsed_reports", partition, _of_parsed(table, time.perf_counter() - started))
        return table

    yield dg.Output(Stage(context.partition_keys, read))
    yield checks.conserved("parsed_reports", counts, "listed, read")
    yield checks.contract("parsed_reports", broken)


def _teller(context: dg.AssetExecutionContext, partition: str, total: int) -> Any:
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if done % _TOLD_EVERY == 0:
            context.log.info(f"{partition}: 已读 {done} / {total} files read")

    return tell


def _of_parsed(table: pa.Table, seconds: float) -> dict[str, Any]:
    rows = table.select(["source", "error", "form"]).to_pylist()
    failed = [
        (row["source"]["path"], row["error"]["code"], row["error"]["zh"]) for row in rows if row["error"]
    ]
    return {
        **describe.rows(table.num_rows),
        "forms": dg.MetadataValue.json(describe.counted(row["form"] for row in rows)),
        "unusable": len(failed),
        "unusable_share": len(failed) / len(rows) if rows else 0.0,
        "unusable_sample": describe.markdown(("文件 file", "代码 code", "原因 reason"), failed),
        "seconds": seconds,
        "milliseconds_per_file": 1000 * seconds / len(rows) if rows else 0.0,
    }


@line_asset(
    {"parquet"},
    "normalized",
    io_manager_key=STORE,
    automation_condition=EAGER,
    metadata={"dagster/column_schema": describe.columns(PARSED)},
    check_specs=[
        checks.invariant(
            "conservation", "normalized_reports", "读出数 = 保留数 + 被替代数", "parsed = kept + superseded"
        ),
    ],
)
def normalized_reports(context: dg.AssetExecutionContext, parsed_reports: Stage) -> Iterator[Any]:
    """每份报告的最新一版 / The last revision of each report, once. Files that it supersedes are named below."""
    counts: dict[str, tuple[int, int]] = {}

    def keep(partition: str) -> pa.Table:
        parsed = needed(parsed_reports, "parsed_reports", partition)
        kept = keep_last(parsed)
        counts[partition] = (parsed.num_rows, kept.last.num_rows + kept.superseded.num_rows)
        note(context, "normalized_reports", partition, _of_kept(kept))
        return kept.last

    yield dg.Output(Stage(context.partition_keys, keep))
    yield checks.conserved("normalized_reports", counts, "parsed, kept or superseded")


def _of_kept(kept: Kept) -> dict[str, Any]:
    names = ["report_id", "revision", "source"]
    last = kept.last.select(names).to_pylist()
    by = {key: row["source"]["path"] for key, row in zip(lineages(kept.last), last, strict=True)}
    old = kept.superseded.select(names).to_pylist()
    lines = [
        (row["report_id"], row["revision"], row["source"]["path"], by[key])
        for key, row in zip(lineages(kept.superseded), old, strict=True)
    ]
    heads = ("报告 report", "次 revision", "被替代 superseded", "以此为准 by")
    return {
        **describe.rows(kept.last.num_rows),
        "superseded": len(lines),
        "superseded_files": describe.markdown(heads, lines),
    }


@line_asset(
    {SHELF},
    "published",
    automation_condition=EAGER,
    freshness_policy=YEARLY,
    metadata={
        "dagster/column_schema": describe.columns(ACCEPTED),
        "dagster/table_name": "govinfo.reports",
    },
    check_specs=[
        dg.AssetCheckSpec(
            "visible",
            asset="published_reports",
            description="仓库可见行数与把关结果一致 / the warehouse shows what was judged.",
        ),
    ],
)
def published_reports(
    context: dg.AssetExecutionContext,
    govinfo: GovinfoResource,
    accepted_reports: Stage,
    quarantined_reports: Stage,
    findings: Stage,
) -> Iterator[Any]:
    """已入库的报告 / The warehouse: reports, wide tables, findings and quarantine, replaced year by year.

    Reads the gate's record again and obeys it, whatever ran before: without a record, or with one about other
    rows or other rules, or one that says no, nothing of that year is published.
    """
    done: dict[str, dict[str, Any]] = {}
    refused: dict[str, str] = {}
    try:
        visible = shown(govinfo.warehouse())
        for key in context.partition_keys:
            try:
                accepted = needed(accepted_reports, "accepted_reports", key)
                tables = split(accepted) | {
                    "quarantine": needed(quarantined_reports, "quarantined_reports", key),
                    "findings": needed(findings, "findings", key),
                }
                done[key] = _of_publication(_release(govinfo, key, tables, accepted, visible.get(key)))
            except (WarehouseBusyError, WarehouseUnreachableError):
                raise
            except (PublishError, dg.Failure) as error:
                refused[key] = error.message if isinstance(error, PublishError) else str(error.description)
                context.log.error(f"{key}: {refused[key]}")
    except (WarehouseBusyError, WarehouseUnreachableError) as error:
        raise dg.RetryRequested(max_retries=5, seconds_to_wait=BUSY_WAIT_SECONDS) from error
    if refused:
        raise _refusal(context, done, refused)
    for key, metadata in done.items():
        note(context, "published_reports", key, metadata)
    yield dg.MaterializeResult(check_results=[_visible(govinfo, done)])


def _release(
    govinfo: GovinfoResource,
    partition: str,
    tables: Mapping[str, pa.Table],
    accepted: pa.Table,
    shown_now: Shown | None,
) -> Publication | None:
    return release(
        partition,
        tables,
        govinfo.settings.record(partition),
        govinfo.warehouse(),
        shown=shown_now,
        code_version=judged_by(accepted),
        guard=govinfo.guard,
    )


def _refusal(
    context: dg.AssetExecutionContext,
    done: Mapping[str, Mapping[str, Any]],
    refused: Mapping[str, str],
) -> dg.Failure:
    """Return the failure of a step that had to refuse; what it did publish is on record."""
    for key, metadata in done.items():
        context.log_event(dg.AssetMaterialization("published_reports", partition=key, metadata=metadata))
    lines = [f"{key}: {why}" for key, why in refused.items()]
    return dg.Failure(
        "未发布 / not published: " + " ".join(lines),
        metadata={"refused": describe.markdown(("分区 partition", "原因 reason"), list(refused.items()))},
        allow_retries=False,
    )


def _of_publication(publication: Publication | None) -> dict[str, Any]:
    if publication is None:
        return {**describe.rows(0), "state": "没有可发布的内容 / nothing to publish"}
    return {
        **describe.rows(publication.accepted),
        "quarantined": publication.quarantined,
        "withdrawn": publication.withdrawn,
        "publication_id": publication.publication_id,
        "rule_set_version": publication.rule_set_version,
        "published_at": publication.published_at.isoformat(),
        "state": "此前已发布 / published before" if publication.already else "已发布 / published",
    }


def _visible(govinfo: GovinfoResource, done: Mapping[str, Mapping[str, Any]]) -> dg.AssetCheckResult:
    """Compare the rows that anyone can see with what was published."""
    expected = {key: metadata["dagster/row_count"] for key, metadata in done.items()}
    warehouse = govinfo.warehouse()
    counts: dict[str, int] = {}
    if warehouse.exists():
        rows = warehouse.query(
            "SELECT p.batch, COUNT(*) AS n FROM govinfo.reports AS r JOIN govinfo.publications AS p "
            "ON p.publication_id = r.publication_id GROUP BY p.batch"
        )
        counts = dict(zip(rows["batch"].to_pylist(), rows["n"].to_pylist(), strict=True))
    other = {key: n for key, n in expected.items() if counts.get(key, 0) != n}
    return dg.AssetCheckResult(
        passed=not other,
        check_name="visible",
        metadata={
            "published": dg.MetadataValue.json(expected),
            "visible": dg.MetadataValue.json({key: counts.get(key, 0) for key in expected}),
        },
    )
