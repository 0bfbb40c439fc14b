"""What every warehouse is to its users, whatever engine holds it; and the half of it that all engines share.

Owns publishing through the protocol, and reading back publications and counts. An engine brings the rest: where
rows are staged, who may write, and how a transaction becomes visible.
"""

# ruff: noqa: S608 - the SQL here is made of names of this package, and of literals that are quoted
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from govinfo_pipeline.errors import NoWarehouseError
from govinfo_pipeline.warehouse.audit import Audit
from govinfo_pipeline.warehouse.dialect import SCHEMA, literal
from govinfo_pipeline.warehouse.objects import tables
from govinfo_pipeline.warehouse.publish import Batch, Publication, Stage, Target, publish


@dataclass(frozen=True, slots=True)
class Status:
    """What there is of a warehouse.

    Attributes:
        place: its file or its address, without secrets.
        exists: whether anything was ever published.
        size_bytes: of its tables on disk.
        rows: by table.
        last: the last publish of all.
        left_over: what crashed attempts left; the next publish clears it.
    """

    place: str
    exists: bool
    size_bytes: int
    rows: dict[str, int]
    last: Publication | None
    left_over: tuple[str, ...]


class Warehouse(ABC):
    """A warehouse, which the first publish makes.

    Attributes:
        place: its file or its address, as it may be shown.
        wait_seconds: how long a publish waits for another writer.
    """

    place: str
    wait_seconds: float

    def publish(self, batch: Batch, audits: Iterable[Audit] = ()) -> Publication:
        """Publish a batch, or find it published; see `publish.publish`."""
        return publish(batch, warehouse=self, audits=audits)

    def publications(self) -> list[Publication]:
        """Return every publish, oldest first; none where there is no warehouse yet."""
        return self._publications("")

    def last_publication(self, partition: str) -> Publication | None:
        """Return a partition's last publish, None where there was none."""
        found = self._publications(f"WHERE batch = {literal(partition)}")
        return found[-1] if found else None

    def status(self) -> Status:
        """Return what there is: size, rows by table, last publish, and what crashed attempts left."""
        exists = self.exists()
        published = self.publications()
        return Status(
            place=self.place,
            exists=exists,
            size_bytes=self.size_bytes() if exists else 0,
            rows=self._counts() if exists else {},
            last=published[-1] if published else None,
            left_over=self.left_over(),
        )

    def _publications(self, where: str) -> list[Publication]:
        sql = f"SELECT * FROM {SCHEMA}.publications {where} ORDER BY published_at, started_at"
        try:
            return [Publication(**row) for row in self.query(sql).to_pylist()]
        except NoWarehouseError:
            return []

    def _counts(self) -> dict[str, int]:
        counts = ", ".join(f"(SELECT COUNT(*) FROM {SCHEMA}.{name}) AS {name}" for name in tables())
        return {name: int(n) for name, n in self.query(f"SELECT {counts}").to_pylist()[0].items()}

    # What an engine brings --------------------------------------------------------------------------------

    @abstractmethod
    def exists(self) -> bool:
        """Return whether anything was ever published."""

    @abstractmethod
    def query(self, sql: str) -> pa.Table:
        """Return the rows of one SELECT, in the engine's dialect, over what is visible, which stays read-only.

        Raises:
            NoWarehouseError: nothing was published yet.
            GovinfoError: the SQL is wrong.
            WarehouseBusyError: another program keeps the warehouse to itself.
        """

    @abstractmethod
    def size_bytes(self) -> int:
        """Return the size on disk."""

    @abstractmethod
    def left_over(self) -> tuple[str, ...]:
        """Return the names of what crashed attempts left."""

    @abstractmethod
    def stage(self, attempt: str, tables: Mapping[str, pa.Table]) -> AbstractContextManager[Stage]:
        """See `publish.Engine`."""

    @abstractmethod
    def lock(self, stage: Any) -> AbstractContextManager[None]:
        """See `publish.Engine`."""

    @abstractmethod
    def recover(self, stage: Any) -> None:
        """See `publish.Engine`."""

    @abstractmethod
    def transaction(self, stage: Any, prepare: Sequence[str]) -> AbstractContextManager[Target]:
        """See `publish.Engine`."""
