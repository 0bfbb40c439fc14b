"""A judged partition -> the warehouse, if its record allows it, and not if most of it would vanish.

Owns two refusals beyond the warehouse's own: a batch that would lose most of the files that are published (the
reader broke, not the governments), and an empty batch where nothing was ever published (there is nothing to do).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from govinfo_pipeline.errors import PublishError
from govinfo_pipeline.line.changes import Shown
from govinfo_pipeline.verify.rules import rule_set_version
from govinfo_pipeline.warehouse.audit import rule_audits, verdict_holds
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.publish import Batch, Publication
from govinfo_pipeline.warehouse.record import GateRecord, hash_tables


@dataclass(frozen=True, slots=True)
class Guard:
    """How much of what is published may vanish at once.

    Attributes:
        vanished: largest share of the files that the warehouse shows of a partition that its next batch may lack.
        least: partitions that show fewer files are not held to it.
    """

    vanished: float = 0.5
    least: int = 50


def release(
    partition: str,
    tables: Mapping[str, pa.Table],
    record: Path,
    warehouse: Warehouse,
    *,
    shown: Shown | None,
    code_version: str,
    guard: Guard | None = None,
) -> Publication | None:
    """Publish the tables of a partition as they were judged; None where there is nothing, and never was.

    Args:
        partition: its key.
        tables: those of `tables.SCHEMAS`.
        record: the file of the gate's record.
        warehouse: where to.
        shown: what the warehouse shows of the partition now; None where nothing was ever published.
        code_version: of the code that read and judged.
        guard: how much may vanish at once.

    Raises:
        PublishError: the record says no, or is about other rows, or an audit or the guard refused.
        WarehouseBusyError: another process is writing.
    """
    rules, digest = rule_set_version(), hash_tables(tables)
    verdict_holds(GateRecord.read(record), partition, digest, rules)
    if shown is None and not any(table.num_rows for table in tables.values()):
        return None
    _refuse_loss(partition, tables, shown, guard or Guard())
    batch = Batch(partition, tables, digest, rules, record, code_version=code_version)
    return warehouse.publish(batch, audits=rule_audits())


def _refuse_loss(partition: str, tables: Mapping[str, pa.Table], shown: Shown | None, guard: Guard) -> None:
    there = shown.files if shown else frozenset()
    given = {key for name in ("reports", "quarantine") for key in tables[name]["source_sha256"].to_pylist()}
    lost = len(there - given)
    if len(there) >= guard.least and lost > guard.vanished * len(there):
        raise PublishError(
            "vanished",
            f"{partition}: 仓库中的 {len(there)} 个文件有 {lost} 个不在本批次 / {lost} of the {len(there)} "
            f"files that the warehouse shows are not in this batch; at most {guard.vanished:.0%} may vanish at "
            "once. Look at the archive and the reader first; if they are right, raise `vanished` of the "
            "resource `govinfo`.",
        )
