"""One conversation with a PostgreSQL server: SQL in, Arrow in and out, errors without secrets.

Owns the driver (ADBC, an optional extra), which is imported when the first conversation begins, and the types that
Arrow and PostgreSQL have for each other. Knows nothing of what is in a warehouse.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pyarrow as pa

from govinfo_pipeline.errors import (
    ConfigError,
    GovinfoError,
    PublishError,
    WarehouseBusyError,
    WarehouseUnreachableError,
)
from govinfo_pipeline.warehouse.address import hide_secrets, without_secrets
from govinfo_pipeline.warehouse.dialect import literal
from govinfo_pipeline.warehouse.objects import is_nested

_DRIVER = "adbc_driver_postgresql"
# SQLSTATE: a lock was not to be had, another program changed the same rows, or the two waited for each other.
_BUSY = ("55P03", "40001", "40P01")
# The server ended the conversation, or does not take any.
_GONE = ("08", "57P")


class Session:
    """A connection to a server in autocommit: transactions are begun and ended in SQL."""

    def __init__(self, address: str, connection: Any) -> None:
        self._address = address
        self._connection = connection

    def execute(self, sql: str) -> None:
        """Run one statement.

        Raises:
            PublishError: the server refused it; a subclass where it was busy or gone.
        """
        with self._errors(), self._connection.cursor() as cursor:
            cursor.execute(sql)

    def fetch(self, sql: str) -> pa.Table:
        """Return the rows of one SELECT.

        Raises:
            GovinfoError: it is none.
            PublishError: the server refused it; a subclass where it was busy or gone.
        """
        with self._errors(), self._connection.cursor() as cursor:
            cursor.execute(sql)
            if not cursor.description:
                raise GovinfoError("查询没有结果 / not a query: one SELECT is needed.")
            return as_arrow(cursor.fetch_arrow_table())

    def value(self, sql: str) -> Any:
        """Return the first column of the first row."""
        return self.fetch(sql).column(0)[0].as_py()

    def put(self, schema: str, name: str, rows: pa.Table) -> None:
        """Add rows to a table that is there, in one COPY."""
        with self._errors(), self._connection.cursor() as cursor:
            cursor.adbc_ingest(name, for_copy(rows), mode="append", db_schema_name=schema)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn what the driver raises into errors of ours; its own text may quote an address."""
        import adbc_driver_manager

        try:
            yield
        except adbc_driver_manager.Error as error:
            text = hide_secrets(str(error), self._address).strip()
            raise self._failure(error.sqlstate or "", text) from None

    def _answers(self) -> bool:
        import adbc_driver_manager

        try:
            with self._connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except adbc_driver_manager.Error as error:
            return bool(
                error.sqlstate
            )  # it says that the transaction is over, so there is somebody to say it
        return True

    def _failure(self, state: str, text: str) -> PublishError:
        where = without_secrets(self._address)
        if state in _BUSY:
            return WarehouseBusyError(
                "lock", f"数据仓库正被另一程序占用 / another program keeps {where} busy: {text}"
            )
        if state.startswith(_GONE) or not (state or self._answers()):
            return WarehouseUnreachableError(
                "server",
                f"与数据仓库服务器的连接中断 / the connection to {where} broke: {text}. What had not been committed "
                "is undone; run it again.",
            )
        return PublishError("server", f"数据仓库服务器拒绝 / {where} refused: {text}")


@contextlib.contextmanager
def conversation(address: str, *, wait_seconds: float, read_only: bool = False) -> Iterator[Session]:
    """Hold a session at ``address``, which ends with the block.

    Raises:
        ConfigError: the driver is not installed.
        WarehouseUnreachableError: the server does not answer, or does not let us in.
    """
    connection = _connect(address)
    try:
        session = Session(address, connection)
        settings = _settings(wait_seconds, read_only).items()
        calls = (
            f"set_config({literal(name)}, {literal(value)}, false) AS {name}" for name, value in settings
        )
        session.fetch(f"SELECT {', '.join(calls)}")
        yield session
    finally:
        with contextlib.suppress(Exception):  # broken or not, nothing of it is needed any more
            connection.close()


def _settings(wait_seconds: float, read_only: bool) -> dict[str, str]:
    return {
        "application_name": f"govinfo pid {os.getpid()} on {socket.gethostname()}"[:63],
        "timezone": "UTC",
        "lock_timeout": f"{max(int(wait_seconds * 1000), 1)}ms",
        "default_transaction_read_only": "on" if read_only else "off",
    }


def _connect(address: str) -> Any:
    driver = load_driver()
    import adbc_driver_manager

    try:
        return driver.connect(address, autocommit=True)
    except adbc_driver_manager.Error as error:
        said = " ".join(hide_secrets(str(error), address).split()).rstrip(".?")
    raise WarehouseUnreachableError(
        "server",
        f"无法连接数据仓库服务器 / cannot connect to {without_secrets(address)}: {said}. Check the address, the "
        "rights of its user, and that the server runs.",
    )


def load_driver() -> Any:
    """Return the DB-API module of the driver.

    Raises:
        ConfigError: it is not installed.
    """
    try:
        return import_module(f"{_DRIVER}.dbapi")
    except ImportError as error:
        raise ConfigError(
            "缺少 PostgreSQL 驱动 / the driver for PostgreSQL is not installed "
            f"({error.name or error}). 请安装 / install it with: pip install 'govinfo-pipeline[postgres]'"
        ) from error


# Types ------------------------------------------------------------------------------------------------


def for_copy(rows: pa.Table) -> pa.Table:
    """Return rows as COPY takes them: lists of records are JSON."""
    import simplejson

    for place, field in enumerate(rows.schema):
        if is_nested(field.type):
            values = rows.column(place).to_pylist()
            texts = [None if v is None else simplejson.dumps(v, ensure_ascii=False) for v in values]
            rows = rows.set_column(place, field.name, pa.array(texts, pa.json_()))
    return rows


def as_arrow(rows: pa.Table) -> pa.Table:
    """Return rows in plain Arrow types: numerics are exact decimals, JSON is text.

    A numeric without a declared size is as wide as it has to be.
    """
    columns = [_plain(rows.column(place), field) for place, field in enumerate(rows.schema)]
    return pa.Table.from_arrays(columns, names=rows.schema.names)


def _plain(column: Any, field: pa.Field) -> Any:
    if not isinstance(field.type, pa.BaseExtensionType):
        return column
    stored = pa.chunked_array([chunk.storage for chunk in column.chunks], field.type.storage_type)
    metadata = field.metadata or {}
    if metadata.get(b"ADBC:postgresql:typname") != b"numeric":
        return stored
    return stored.cast(_decimal(int(metadata.get(b"POSTGRESQL:typmod", -1)), stored))


def _decimal(modifier: int, stored: Any) -> Any:
    """Return the type of a numeric; its modifier packs precision and scale, and is -1 where it has none."""
    if modifier >= 0:
        precision, scale = (modifier - 4) >> 16, (modifier - 4) & 0x7FF
        return pa.decimal128(precision, scale)
    texts = [text for text in stored.to_pylist() if text is not None]
    scale = max((len(text.partition(".")[2]) for text in texts), default=0)
    digits = max((len(text.strip("-").partition(".")[0]) for text in texts), default=1) + scale
    return pa.decimal128(38, scale) if digits <= 38 else pa.decimal256(76, scale)
