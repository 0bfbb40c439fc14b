"""A judged partition -> the warehouse, if its record allows it, and not if most of it would vanish.

Owns two refusals beyond the warehouse's own: a batch that would lose most of the files that are published (the
reader broke, not the governments), and an empty batch where nothing was ever published (there is nothing to do).
"""

# ruff: noqa: S608 - the only value in the SQL here is a partition key, one of `intake.PARTITIONS`
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from govinfo_pipeline.errors import PublishError
from govinfo_pipeline.verify.rules import rule_set_version
from govinfo_pipeline.warehouse.audit import rule_audits, verdict_holds
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from govinfo_pipeline.warehouse.publish import Batch, Publication
from govinfo_pipeline.warehouse.record import GateRecord, hash_tables


@dataclass(frozen=True, slots=True)
class Guard:
    """How much of what is published may vanish at once.

    Attributes:
        vanished: largest share of a partition's published files that may be missing from its next batch.
        least: partitions with fewer published reports are not held to it.
    """

    vanished: float = 0.5
    least: int = 50


def release(
    partition: str,
    tables: Mapping[str, pa.Table],
    record: Path,
    warehouse: DuckDBWarehouse,
    *,
    code_version: str,
    guard: Guard | None = None,
) -> Publication | None:
    """Publish the tables of a partition as they were judged; None where there is nothing, and never was.

    Raises:
        PublishError: the record says no, or is about other rows, or an audit or the guard refused.
        WarehouseBusyError: another process is writing.
    """
    rules, digest = rule_set_version(), hash_tables(tables)
    verdict_holds(GateRecord.read(record), partition, digest, rules)
    if warehouse.last_publication(partition) is None:
        if not any(table.num_rows for table in tables.values()):
            return None
    else:
        _refuse_loss(partition, tables, warehouse, guard or Guard())
    batch = Batch(partition, tables, digest, rules, record, code_version=code_version)
    return warehouse.publish(batch, audits=rule_audits())


def _refuse_loss(
    partition: str, tables: Mapping[str, pa.Table], warehouse: DuckDBWarehouse, guard: Guard
) -> None:
    published = warehouse.query(
        "SELECT r.source_sha256 FROM govinfo.reports AS r JOIN govinfo.publications AS p "
        f"ON p.publication_id = r.publication_id WHERE p.batch = '{partition}'"
    )["source_sha256"].to_pylist()
    given = {key for name in ("reports", "quarantine") for key in tables[name]["source_sha256"].to_pylist()}
    lost = [key for key in published if key not in given]
    if len(published) >= guard.least and len(lost) > guard.vanished * len(published):
        raise PublishError(
            "vanished",
            f"{partition}: 已发布的 {len(published)} 份报告中有 {len(lost)} 份不在本批次 / {len(lost)} of "
            f"{len(published)} published reports are not in this batch; at most {guard.vanished:.0%} may vanish "
            "at once. Look at the archive and the reader first; if they are right, allow it in the resource "
            "`govinfo` (vanished).",
        )
