"""The shared warehouse: the schema `govinfo` of a PostgreSQL database, written by one publisher at a time.

Owns who may write and what an attempt leaves. An attempt stages into a schema of its own, holds the writer's
advisory lock from the audits to the end, and replaces in one transaction: readers see a whole publication or the one
before it, and COMMIT is the commit point. Locks are the session's, so the kernel and the server free them when a
publisher dies; its stage is cleared by the next, which sees by a lock of the stage's own that nobody lives there.
"""

# ruff: noqa: S608 - the SQL here is made of names of this package, and of literals that are quoted
from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from govinfo_pipeline.errors import GovinfoError, NoWarehouseError, PublishError, WarehouseBusyError
from govinfo_pipeline.warehouse.address import without_secrets
from govinfo_pipeline.warehouse.dialect import SCHEMA, literal, render
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.objects import create_table
from govinfo_pipeline.warehouse.session import Session, conversation, load_driver
from govinfo_pipeline.warehouse.shape import bring_to_shape, check_shape, comments, fingerprint

_DIALECT = "postgres"
_STAGE = f"{SCHEMA}_stage_"
# Advisory locks: a number of ours ("govi"), then 0 for the writer, or the stage's.
_OURS, _WRITER = 0x676F7669, 0
# The server shows the locks of all its databases: ours are those of this one.
_HELD = (
    f"l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted AND CAST(l.classid AS BIGINT) = {_OURS} "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_RETRY_SECONDS = 0.1
_OBJECTS = "年度报告数据仓库 / annual reports on open government information; objects "


class PostgresWarehouse(Warehouse):
    """A warehouse in the schema `govinfo` of the database at ``address``, which the first publish makes.

    Args:
        address: `postgresql://user@host/database`, as libpq reads it; its environment variables and its password
            file are honoured.
        wait_seconds: how long a publish waits for another writer.

    Raises:
        ConfigError: the address cannot be read, or the driver is not installed.
    """

    def __init__(self, address: str, *, wait_seconds: float = 10.0) -> None:
        self.place = without_secrets(address)
        self.wait_seconds = wait_seconds
        self._address = address
        load_driver()

    def __repr__(self) -> str:
        return f"PostgresWarehouse({self.place!r})"

    def exists(self) -> bool:
        """Return whether anything was ever published there."""
        with self._session(read_only=True) as session:
            return _exists(session)

    def query(self, sql: str) -> pa.Table:
        """Return the rows of one SELECT in PostgreSQL's dialect, in a transaction that cannot write.

        Raises:
            NoWarehouseError: nothing was published yet.
            GovinfoError: the SQL is wrong.
            WarehouseUnreachableError: the server does not answer.
        """
        with self._session(read_only=True) as session:
            if not _exists(session):
                raise NoWarehouseError(self.place)
            try:
                return session.fetch(sql)
            except PublishError as error:
                if type(error) is not PublishError:  # the server is busy or gone: not the query's fault
                    raise
                raise GovinfoError(f"查询有误 / the query failed: {error}") from error

    def size_bytes(self) -> int:
        """Return the size of the tables on the server's disk."""
        with self._session(read_only=True) as session:
            return int(
                session.value(
                    "SELECT CAST(COALESCE(SUM(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM pg_class AS c "
                    f"JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = '{SCHEMA}' "
                    "WHERE c.relkind = 'r'"
                )
            )

    def left_over(self) -> tuple[str, ...]:
        """Return the names of the stages that nobody lives in."""
        with self._session(read_only=True) as session:
            held = session.fetch(f"SELECT CAST(objid AS BIGINT) AS k FROM pg_locks AS l WHERE {_HELD}")
            living = {int(k) for k in held["k"].to_pylist()}
            return tuple(name for name in _stages(session) if _key(name) not in living)

    # What `publish.Engine` asks for -------------------------------------------------------------------

    @contextlib.contextmanager
    def stage(self, attempt: str, tables: Mapping[str, pa.Table]) -> Iterator[_Stage]:
        """Hold ``tables`` in a schema that only this attempt uses."""
        with self._session() as session:
            stage = _Stage(session, f"{_STAGE}{attempt.replace('-', '')}")
            session.fetch(f"SELECT pg_advisory_lock({_OURS}, {_key(stage.schema)})")
            session.execute(f"CREATE SCHEMA {stage.schema}")
            try:
                for name, rows in tables.items():
                    stage.put(name, rows)
                yield stage
            finally:
                with contextlib.suppress(
                    PublishError
                ):  # if this cannot be done now, the next attempt does it
                    session.execute(f"DROP SCHEMA IF EXISTS {stage.schema} CASCADE")

    @contextlib.contextmanager
    def lock(self, stage: _Stage) -> Iterator[None]:
        """Be the only writer of the database's schema `govinfo`, in the session that will write."""
        deadline = time.monotonic() + self.wait_seconds
        while not stage.session.value(f"SELECT pg_try_advisory_lock({_OURS}, {_WRITER})"):
            if time.monotonic() >= deadline:
                holder = _holder(stage.session)
                raise WarehouseBusyError(
                    "lock",
                    f"数据仓库正被另一进程写入 ({holder}), 请稍后再试 / another process is writing to {self.place} "
                    f"({holder}): try again when it is done.",
                )
            time.sleep(_RETRY_SECONDS)
        try:
            yield
        finally:
            with contextlib.suppress(PublishError):  # a session that broke has let go
                stage.session.fetch(f"SELECT pg_advisory_unlock({_OURS}, {_WRITER})")

    def recover(self, stage: _Stage) -> None:
        """Drop the stages of dead attempts: none of them was ever visible."""
        for name in _stages(stage.session):
            if name == stage.schema or not stage.session.value(
                f"SELECT pg_try_advisory_lock({_OURS}, {_key(name)})"
            ):
                continue
            stage.session.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
            stage.session.fetch(f"SELECT pg_advisory_unlock({_OURS}, {_key(name)})")

    @contextlib.contextmanager
    def transaction(self, stage: _Stage, prepare: Sequence[str]) -> Iterator[_Target]:
        """Do all in one transaction; COMMIT makes it visible."""
        target = _Target(stage)
        stage.session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        try:
            target.open()
            for statement in prepare:
                target.execute(statement)
            yield target
            self._commit(stage.session)
        except BaseException:
            with contextlib.suppress(PublishError):  # a session that broke has rolled back
                stage.session.execute("ROLLBACK")
            raise

    def _commit(self, session: Session) -> None:
        session.execute("COMMIT")

    def _session(self, *, read_only: bool = False) -> contextlib.AbstractContextManager[Session]:
        return conversation(self._address, wait_seconds=self.wait_seconds, read_only=read_only)


class _Stage:
    """One attempt's rows, in a schema of their own."""

    def __init__(self, session: Session, schema: str) -> None:
        self.session = session
        self.schema = schema

    def put(self, name: str, rows: pa.Table) -> None:
        self.session.execute(create_table(name, rows.schema, self.schema, _DIALECT, "UNLOGGED TABLE"))
        self.session.put(self.schema, name, rows)

    def query(self, sql: str) -> pa.Table:
        return self.session.fetch(render(sql, _DIALECT, self.schema))


class _Target:
    """The warehouse inside the transaction."""

    def __init__(self, stage: _Stage) -> None:
        self._session = stage.session
        self._schemas = {"{stage}": stage.schema, "{target}": SCHEMA}

    def open(self) -> None:
        """Bring the warehouse to what this code expects.

        Views are made anew only where they would be others: that takes a lock which waits for every reader.
        """
        objects = f"{_OBJECTS}{fingerprint(_DIALECT)}"
        if self._said() == objects:
            check_shape(self)
            return
        bring_to_shape(self, _DIALECT)
        for statement in (*comments(), f"COMMENT ON SCHEMA {SCHEMA} IS {literal(objects)}"):
            self.execute(statement)

    def _said(self) -> str | None:
        sql = f"SELECT obj_description(oid, 'pg_namespace') AS said FROM pg_namespace WHERE nspname = '{SCHEMA}'"
        found: list[str | None] = self._session.fetch(sql)["said"].to_pylist()
        return found[0] if found else None

    def execute(self, sql: str) -> None:
        for placeholder, schema in self._schemas.items():
            sql = sql.replace(placeholder, schema)
        self._session.execute(sql)

    def query(self, sql: str) -> pa.Table:
        return self._session.fetch(render(sql, _DIALECT))

    def put(self, name: str, rows: pa.Table) -> None:
        self._session.put(SCHEMA, name, rows)


def _exists(session: Session) -> bool:
    return bool(session.value(f"SELECT to_regclass('{SCHEMA}.publications') IS NOT NULL"))


def _stages(session: Session) -> list[str]:
    """Return the names of all stages that are ours to drop."""
    rows = session.fetch(
        f"SELECT nspname AS name FROM pg_namespace WHERE starts_with(nspname, '{_STAGE}') "
        "AND pg_has_role(nspowner, 'USAGE') ORDER BY nspname"
    )
    return list(rows["name"].to_pylist())


def _key(stage: str) -> int:
    """Return the number of a stage's lock: 31 bits of its name, never the writer's."""
    return (int(stage.removeprefix(_STAGE)[:8], 16) & 0x7FFFFFFF) or 1


def _holder(session: Session) -> str:
    """Return who holds the writer's lock, as `govinfo pid 4711 on host since ...`."""
    rows = session.fetch(
        "SELECT COALESCE(a.application_name, 'server pid ' || l.pid) || ' since ' || "
        "COALESCE(to_char(a.backend_start, 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"'), '?') AS holder "
        "FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid "
        f"WHERE {_HELD} AND CAST(l.objid AS BIGINT) = {_WRITER}"
    )
    return (rows["holder"].to_pylist() or ["?"])[0] or "?"
