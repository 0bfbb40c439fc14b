"""The embedded warehouse: one DuckDB file, always whole, readable while it is being replaced.

Owns the file, its lock and its swap. A second process can open a DuckDB file neither for reading while a
writer has it nor for writing while a reader has it, so nobody ever writes into the visible file: a publish
works on a copy beside it and the swap is one rename. The rename is the commit point: an attempt that dies
before it leaves a copy that the next one clears, and its replay does the work again before anyone says
"already published".
"""

# ruff: noqa: S608 - the SQL here is made of names of this package, and of literals that are quoted
from __future__ import annotations

import contextlib
import glob
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from govinfo_pipeline.errors import ConfigError, GovinfoError, PublishError, WarehouseBusyError
from govinfo_pipeline.warehouse import lock as locks
from govinfo_pipeline.warehouse.audit import Audit
from govinfo_pipeline.warehouse.objects import SCHEMA, cells_table, create_table, tables
from govinfo_pipeline.warehouse.publish import Batch, Publication, publish
from govinfo_pipeline.warehouse.views import create_views

_SCHEMAS_IN_SQL = {"{stage}": f"memory.{SCHEMA}", "{target}": f"target.{SCHEMA}"}


@dataclass(frozen=True, slots=True)
class Status:
    """What there is of a warehouse: ``rows`` by table, ``left_over`` copies of crashed attempts."""

    path: Path
    exists: bool
    size_bytes: int
    rows: dict[str, int]
    last: Publication | None
    left_over: tuple[str, ...]


class DuckDBWarehouse:
    """A warehouse in the file ``path``, which the first publish makes.

    Args:
        path: the DuckDB file, as `warehouse.duckdb`; its lock and its copies stand beside it.
        wait_seconds: how long a publish waits for another writer.

    Raises:
        ConfigError: the file is called `govinfo`, as the schema is.
    """

    def __init__(self, path: Path | str, *, wait_seconds: float = 10.0) -> None:
        self.path = Path(path).absolute()
        if self.path.name.partition(".")[0].lower() == SCHEMA:
            raise ConfigError(
                f"数据仓库文件不能叫 {SCHEMA} / the file must not be called {SCHEMA}, was {self.path.name}: "
                "DuckDB names a catalog after its file, and the schema could not be told from it. Say warehouse.duckdb."
            )
        self.wait_seconds = wait_seconds

    def publish(self, batch: Batch, audits: Iterable[Audit] = ()) -> Publication:
        """Publish a batch, or find it published; see `publish.publish`."""
        return publish(batch, warehouse=self, audits=audits)

    def query(self, sql: str) -> pa.Table:
        """Return the rows of one SELECT over the visible warehouse, which stays read-only.

        Raises:
            GovinfoError: nothing was published yet, or the SQL is wrong.
            WarehouseBusyError: another program has the file open for writing.
        """
        if not self.path.exists():
            raise GovinfoError(
                f"数据仓库尚不存在 / there is no warehouse at {self.path} yet. Publish a batch first."
            )
        # Attached to a database of its own: a plain connection would find an older file that this process
        # still has open under the same name.
        with _connection() as connection:
            try:
                connection.execute(f"ATTACH {_literal(self.path)} AS warehouse (READ_ONLY)")
            except duckdb.IOException as error:
                raise WarehouseBusyError(
                    "open",
                    f"另一程序正以写方式打开数据仓库 / cannot open {self.path}: {error}. "
                    "Close the program that writes to it.",
                ) from error
            connection.execute("USE warehouse")
            return _fetch(connection, sql)

    def publications(self) -> list[Publication]:
        """Return every publish, oldest first; none where there is no warehouse yet."""
        return self._publications("")

    def last_publication(self, partition: str) -> Publication | None:
        """Return a partition's last publish, None where there was none."""
        found = self._publications(f"WHERE batch = {_literal(partition)}")
        return found[-1] if found else None

    def status(self) -> Status:
        """Return what there is: size, rows by table, last publish, and what crashed attempts left."""
        exists = self.path.exists()
        published = self.publications()
        return Status(
            path=self.path,
            exists=exists,
            size_bytes=self.path.stat().st_size if exists else 0,
            rows=self._counts() if exists else {},
            last=published[-1] if published else None,
            left_over=tuple(path.name for path in self._copies()),
        )

    # What `publish.Engine` asks for -------------------------------------------------------------------

    @contextlib.contextmanager
    def stage(self, attempt: str, tables: Mapping[str, pa.Table]) -> Iterator[_Stage]:
        """Hold ``tables`` in a database in memory that only this attempt has."""
        with _connection() as connection:
            connection.execute(f"CREATE SCHEMA memory.{SCHEMA}")
            stage = _Stage(connection, attempt)
            for name, rows in tables.items():
                stage.put(name, rows)
            yield stage

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer of the file."""
        with locks.held(self.path.with_name(f"{self.path.name}.lock"), self.wait_seconds):
            yield

    def recover(self) -> None:
        """Remove the copies that crashed attempts left: none of them was ever visible."""
        if self.path.with_name(f"{self.path.name}.wal").exists():
            raise WarehouseBusyError(
                "open",
                f"另一程序写过数据仓库 / another program wrote to {self.path}: its .wal stands beside it. "
                "Open and close the file with that program once, so that nothing of it is lost.",
            )
        for left in self._copies():
            left.unlink()

    @contextlib.contextmanager
    def transaction(self, stage: _Stage, prepare: Sequence[str]) -> Iterator[_Target]:
        """Work on a copy in one transaction, then make the copy the warehouse."""
        copy = self.path.with_name(f"{self.path.name}.next-{stage.attempt}")
        target = _Target(stage.connection)
        try:
            if self.path.exists():
                shutil.copyfile(self.path, copy)
            target.open(copy)
            for statement in prepare:
                target.execute(statement)
            stage.connection.execute("BEGIN")
            yield target
            stage.connection.execute("COMMIT")
            target.close()
            self._swap(copy)
        except BaseException:
            target.abandon()
            for left in self._copies():
                left.unlink()
            raise

    def _swap(self, copy: Path) -> None:
        """Make the copy visible: durable before the rename, the rename durable before anyone is told."""
        if copy.with_name(f"{copy.name}.wal").exists():
            raise PublishError(
                "visible", f"{copy}: 未写完 / not everything is in the file yet: its .wal is left."
            )
        _sync(copy)
        copy.replace(self.path)
        _sync(self.path.parent)

    def _copies(self) -> list[Path]:
        return sorted(self.path.parent.glob(f"{glob.escape(self.path.name)}.next-*"))

    def _publications(self, where: str) -> list[Publication]:
        if not self.path.exists():
            return []
        rows = self.query(f"SELECT * FROM {SCHEMA}.publications {where} ORDER BY published_at, started_at")
        return [Publication(**row) for row in rows.to_pylist()]

    def _counts(self) -> dict[str, int]:
        counts = ", ".join(f"(SELECT COUNT(*) FROM {SCHEMA}.{name}) AS {name}" for name in tables())
        return {name: int(n) for name, n in self.query(f"SELECT {counts}").to_pylist()[0].items()}


class _Stage:
    """One attempt's rows, in memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, attempt: str) -> None:
        self.connection = connection
        self.attempt = attempt

    def put(self, name: str, rows: pa.Table) -> None:
        _load(
            self.connection,
            create_table(name, rows.schema, f"memory.{SCHEMA}"),
            f"memory.{SCHEMA}.{name}",
            rows,
        )

    def query(self, sql: str) -> pa.Table:
        self.connection.execute("USE memory")
        return _fetch(self.connection, sql)


class _Target:
    """The copy that is being made, attached beside the stage."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def open(self, copy: Path) -> None:
        """Attach the copy and bring it to what this code expects; refuse one that is made otherwise."""
        self._connection.execute(f"ATTACH {_literal(copy)} AS target")
        self._connection.execute("USE target")
        self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        for name, schema in tables().items():
            self._connection.execute(create_table(name, schema))
            self._check_columns(name, list(schema.names))
        self._check_cells()
        for statement in create_views():
            self._connection.execute(statement)

    def execute(self, sql: str) -> None:
        for placeholder, schema in _SCHEMAS_IN_SQL.items():
            sql = sql.replace(placeholder, schema)
        self._connection.execute(sql)

    def query(self, sql: str) -> pa.Table:
        self._connection.execute("USE target")
        return _fetch(self._connection, sql)

    def close(self) -> None:
        self._connection.execute("CHECKPOINT target")
        self._connection.execute("USE memory")
        self._connection.execute("DETACH target")

    def abandon(self) -> None:
        """Let go of the copy, whatever state it is in."""
        for statement in ("ROLLBACK", "USE memory", "DETACH target"):
            with contextlib.suppress(duckdb.Error):
                self._connection.execute(statement)

    def _check_columns(self, name: str, expected: list[str]) -> None:
        rows = self._connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_catalog = 'target' "
            "AND table_schema = ? AND table_name = ? ORDER BY ordinal_position",
            [SCHEMA, name],
        ).fetchall()
        if (actual := [row[0] for row in rows]) != expected:
            odd = sorted(set(actual) ^ set(expected)) or "order"
            raise _other_shape(f"{SCHEMA}.{name}: columns amiss: {odd}")

    def _check_cells(self) -> None:
        """Refuse another order of cells: the letters of cell_state would shift silently."""
        expected = cells_table()
        actual = self.query(f"SELECT * FROM {SCHEMA}.cells")
        if not actual.num_rows:
            _load(self._connection, None, f"target.{SCHEMA}.cells", expected)
        elif actual.to_pylist() != expected.to_pylist():
            odd = sorted(set(actual["cell_id"].to_pylist()) ^ set(expected["cell_id"].to_pylist()))
            raise _other_shape(f"{SCHEMA}.cells: cells amiss: {odd[:5] or 'order or labels'}")


def _other_shape(what: str) -> PublishError:
    return PublishError(
        "objects",
        f"数据仓库的结构与本程序不同 / this warehouse was made for other forms or by another version: "
        f"{what}. Move the file away and publish every partition again from the archive.",
    )


@contextlib.contextmanager
def _connection() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def _load(connection: duckdb.DuckDBPyConnection, create: str | None, name: str, rows: pa.Table) -> None:
    if create:
        connection.execute(create)
    columns = ", ".join(rows.schema.names)
    connection.register("incoming", rows)
    try:
        connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM incoming")
    finally:
        connection.unregister("incoming")


def _fetch(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    try:
        relation = connection.sql(sql)
    except duckdb.Error as error:
        raise GovinfoError(f"查询有误 / the query failed: {error}") from error
    if relation is None:
        raise GovinfoError("查询没有结果 / not a query: one SELECT is needed.")
    return relation.to_arrow_table()


def _literal(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
