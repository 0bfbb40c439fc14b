"""Tables between assets: one Parquet file an asset and partition, whole or not there.

Owns `<folder>/<asset>/<partition>.parquet`. An asset gives a mapping of partition to table and gets `Stage`s,
however many partitions the run has; tables are computed and read one partition at a time, so that a run over
all years holds one of them in memory. Files are all that passes between steps: any executor will do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq

from govinfo_pipeline.durable import replacing
from govinfo_pipeline.line.intake import PARTITIONS
from govinfo_pipeline.line.version import code_version

# Rows that are compressed together: read in one piece, a year takes three times its room in memory.
ROW_GROUP = 1_000
_VERSION = b"govinfo.code_version"


class Stage(Mapping[str, pa.Table]):
    """Tables by partition, in the order of partitions; each is computed or read whenever it is asked for.

    `beyond` looks at what is there of partitions that the run does not do: a year is judged against the year
    before. Dagster is not told of that dependency: with a partition mapping that says it, a backfill of one year
    also wants the next, and is no longer one run.
    """

    def __init__(
        self,
        partitions: Iterable[str],
        table: Callable[[str], pa.Table],
        beyond: Callable[[str], pa.Table | None] = lambda _partition: None,
    ) -> None:
        self._partitions = tuple(sorted(partitions, key=PARTITIONS.index))
        self._table = table
        self.beyond = beyond

    def __getitem__(self, partition: str) -> pa.Table:
        if partition not in self._partitions:
            raise KeyError(partition)
        return self._table(partition)

    def __iter__(self) -> Iterator[str]:
        return iter(self._partitions)

    def __len__(self) -> int:
        return len(self._partitions)

    def __contains__(self, partition: object) -> bool:
        return partition in self._partitions


class ParquetStages(dg.ConfigurableIOManager):
    """Keeps tables in Parquet files under ``folder``."""

    folder: str

    def handle_output(self, context: dg.OutputContext, obj: Mapping[str, pa.Table]) -> None:
        """Write the table of every partition of the run."""
        asset = context.asset_key.path[-1]
        for partition in context.asset_partition_keys:
            write_table(self.path(asset, partition), obj[partition])
            give_back()
        context.add_output_metadata({"path": dg.MetadataValue.path(str(self.path(asset, "*")))})

    def load_input(self, context: dg.InputContext) -> Stage:
        """Return what is there of the partitions that the step asks for."""
        asset = context.asset_key.path[-1]
        there = [key for key in context.asset_partition_keys if self.path(asset, key).exists()]
        return Stage(
            there,
            lambda partition: self.read(asset, partition),
            lambda partition: self.read(asset, partition) if self.path(asset, partition).exists() else None,
        )

    def read(self, asset: str, partition: str) -> pa.Table:
        """Return one table; Failure where its file cannot be read."""
        path = self.path(asset, partition)
        try:
            with pq.ParquetFile(path) as file:
                return pa.Table.from_batches(file.iter_batches(ROW_GROUP), file.schema_arrow)
        except (OSError, pa.ArrowInvalid) as error:
            raise dg.Failure(
                f"{path} 无法读取 / cannot be read: {error}. Materialise {asset} for {partition} again.",
                allow_retries=False,
            ) from error

    def path(self, asset: str, partition: str) -> Path:
        """Return the file of one table."""
        return Path(self.folder) / asset / f"{partition}.parquet"


def write_table(path: Path, table: pa.Table) -> None:
    """Write a table so that it is there whole or not at all; it remembers the code that made it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known = table.schema.metadata or {}
    stamped = table.replace_schema_metadata({**known, _VERSION: code_version().encode()})
    with replacing(path) as file:
        pq.write_table(stamped, file, compression="zstd", row_group_size=ROW_GROUP)


def give_back() -> None:
    """Give the memory of tables that are gone back to the system, of which Arrow keeps as much as it ever had."""
    pa.default_memory_pool().release_unused()


def made_by(table: pa.Table) -> str:
    """Return the version of the code that made a table that was read from a stage."""
    known: dict[bytes, Any] = table.schema.metadata or {}
    return str(known.get(_VERSION, code_version().encode()).decode())


def needed(stage: Stage, asset: str, partition: str) -> pa.Table:
    """Return the table of a partition; Failure where the asset was not materialised for it."""
    if partition not in stage:
        raise dg.Failure(
            f"{asset} 缺少 {partition} / has not been materialised for {partition}: materialise it first.",
            allow_retries=False,
        )
    return stage[partition]
