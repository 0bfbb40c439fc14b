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
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from govinfo_pipeline.durable import put
from govinfo_pipeline.errors import (
    ConfigError,
    GovinfoError,
    NoWarehouseError,
    PublishError,
    WarehouseBusyError,
)
from govinfo_pipeline.warehouse import lock as locks
from govinfo_pipeline.warehouse.dialect import SCHEMA, literal
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.objects import create_table
from govinfo_pipeline.warehouse.shape import bring_to_shape

_SCHEMAS_IN_SQL = {"{stage}": f"memory.{SCHEMA}", "{target}": f"target.{SCHEMA}"}


class DuckDBWarehouse(Warehouse):
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
        self.place = str(self.path)
        self.wait_seconds = wait_seconds

    def exists(self) -> bool:
        """Return whether there is a file."""
        return self.path.exists()

    def query(self, sql: str) -> pa.Table:
        """Return the rows of one SELECT over the visible warehouse, which stays read-only.

        Raises:
            NoWarehouseError: nothing was published yet.
            GovinfoError: the SQL is wrong.
            WarehouseBusyError: another program has the file open for writing.
        """
        if not self.path.exists():
            raise NoWarehouseError(self.place)
        # Attached to a database of its own: a plain connection would find an older file that this process
        # still has open under the same name.
        with _connection() as connection:
            try:
                connection.execute(f"ATTACH {literal(self.path)} AS warehouse (READ_ONLY)")
            except duckdb.IOException as error:
                raise WarehouseBusyError(
                    "open",
                    f"另一程序正以写方式打开数据仓库 / cannot open {self.path}: {error}. "
                    "Close the program that writes to it.",
                ) from error
            connection.execute("USE warehouse")
            return _fetch(connection, sql)

    def size_bytes(self) -> int:
        """Return the size of the file."""
        return self.path.stat().st_size

    def left_over(self) -> tuple[str, ...]:
        """Return the names of the copies that crashed attempts left."""
        return tuple(path.name for path in self._copies())

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
    def lock(self, stage: _Stage) -> Iterator[None]:
        """Be the only writer of the file."""
        with locks.held(self.path.with_name(f"{self.path.name}.lock"), self.wait_seconds):
            yield

    def recover(self, stage: _Stage) -> None:
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
        """Make the copy visible."""
        if copy.with_name(f"{copy.name}.wal").exists():
            raise PublishError(
                "visible", f"{copy}: 未写完 / not everything is in the file yet: its .wal is left."
            )
        put(copy, self.path)

    def _copies(self) -> list[Path]:
        return sorted(self.path.parent.glob(f"{glob.escape(self.path.name)}.next-*"))


class _Stage:
    """One attempt's rows, in memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, attempt: str) -> None:
        self.connection = connection
        self.attempt = attempt

    def put(self, name: str, rows: pa.Table) -> None:
        self.connection.execute(create_table(name, rows.schema, f"memory.{SCHEMA}"))
        _load(self.connection, f"memory.{SCHEMA}.{name}", rows)

    def query(self, sql: str) -> pa.Table:
        self.connection.execute("USE memory")
        return _fetch(self.connection, sql)


class _Target:
    """The copy that is being made, attached beside the stage."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def open(self, copy: Path) -> None:
        """Attach the copy and bring it to what this code expects; refuse one that is made otherwise."""
        self._connection.execute(f"ATTACH {literal(copy)} AS target")
        self._connection.execute("USE target")
        bring_to_shape(self, "duckdb")

    def execute(self, sql: str) -> None:
        for placeholder, schema in _SCHEMAS_IN_SQL.items():
            sql = sql.replace(placeholder, schema)
        self._connection.execute(sql)

    def query(self, sql: str) -> pa.Table:
        self._connection.execute("USE target")
        return _fetch(self._connection, sql)

    def put(self, name: str, rows: pa.Table) -> None:
        _load(self._connection, f"target.{SCHEMA}.{name}", rows)

    def close(self) -> None:
        self._connection.execute("CHECKPOINT target")
        self._connection.execute("USE memory")
        self._connection.execute("DETACH target")

    def abandon(self) -> None:
        """Let go of the copy, whatever state it is in."""
        for statement in ("ROLLBACK", "USE memory", "DETACH target"):
            with contextlib.suppress(duckdb.Error):
                self._connection.execute(statement)


@contextlib.contextmanager
def _connection() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def _load(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
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
