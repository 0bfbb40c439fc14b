"""A conversation with a server: what becomes of its errors, its settings and its types. Needs no server."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from govinfo_pipeline.errors import PublishError, WarehouseBusyError, WarehouseUnreachableError
from govinfo_pipeline.warehouse import session
from govinfo_pipeline.warehouse.session import Session

ADDRESS = "postgresql://writer:s3cr3t@host/base"
manager: Any = pytest.importorskip("adbc_driver_manager", reason="the extra `postgres` is not installed")


def server(failing: str | None, *, answers: bool = True) -> Session:
    """A session whose server fails with this SQLSTATE, and says something to a question or nothing."""

    def execute(sql: str) -> None:
        if sql != "SELECT 1":
            said = "no: s3cr3t"
            raise manager.OperationalError(said, status_code=manager.AdbcStatusCode.IO, sqlstate=failing)
        if not answers:
            raise manager.OperationalError("gone", status_code=manager.AdbcStatusCode.IO)

    return Session(ADDRESS, SimpleNamespace(cursor=lambda: nullcontext(SimpleNamespace(execute=execute))))


@pytest.mark.parametrize(
    ("state", "kind", "audit"),
    [
        ("55P03", WarehouseBusyError, "lock"),
        ("40001", WarehouseBusyError, "lock"),
        ("40P01", WarehouseBusyError, "lock"),
        ("57P01", WarehouseUnreachableError, "server"),
        ("57P03", WarehouseUnreachableError, "server"),
        ("08006", WarehouseUnreachableError, "server"),
        ("42P01", PublishError, "server"),
        ("57014", PublishError, "server"),
        (None, PublishError, "server"),
    ],
)
def test_what_the_server_says_is_busy_gone_or_refused(
    state: str | None, kind: type[PublishError], audit: str
) -> None:
    with pytest.raises(PublishError) as caught:
        server(state).execute("COMMIT")
    assert (type(caught.value), caught.value.audit) == (kind, audit)
    assert "no: ***" in caught.value.message
    assert "s3cr3t" not in f"{caught.value.message}{caught.value.__cause__}"


def test_who_fails_without_a_word_and_answers_nothing_more_is_gone() -> None:
    with pytest.raises(WarehouseUnreachableError, match="postgresql://writer@host/base broke"):
        server(None, answers=False).execute("COMMIT")


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.0, "1ms"), (0.0001, "1ms"), (0.25, "250ms"), (10.0, "10000ms")]
)
def test_a_lock_is_never_waited_for_without_end(seconds: float, told: str) -> None:
    assert session._settings(seconds, read_only=False)["lock_timeout"] == told


# Types --------------------------------------------------------------------------------------------------


def numeric(texts: list[str | None], modifier: int) -> pa.Table:
    """A column of numerics as the driver gives it: text of an extension type, size and name in metadata."""
    kind = pa.opaque(pa.string(), "numeric", "PostgreSQL")
    told = {"ADBC:postgresql:typname": "numeric", "POSTGRESQL:typmod": str(modifier)}
    storage = pa.array(texts, pa.string())
    column = pa.ExtensionArray.from_storage(kind, storage)
    return pa.Table.from_arrays([column], schema=pa.schema([pa.field("n", kind, metadata=told)]))


@pytest.mark.parametrize(
    ("texts", "modifier", "kind"),
    [
        (["1.500000", None], ((24 << 16) | 6) + 4, pa.decimal128(24, 6)),
        (["7"], ((38 << 16) | 0) + 4, pa.decimal128(38, 0)),
        (["0.25", "-10.5", None], -1, pa.decimal128(38, 2)),
        (["9" * 38], -1, pa.decimal128(38, 0)),
        (["-" + "9" * 38], -1, pa.decimal128(38, 0)),
        (["9" * 39], -1, pa.decimal256(76, 0)),
        (["9" * 37, "0.25"], -1, pa.decimal256(76, 2)),
        ([None], -1, pa.decimal128(38, 0)),
    ],
)
def test_a_numeric_is_as_wide_as_it_is_declared_or_has_to_be(
    texts: list[str | None], modifier: int, kind: Any
) -> None:
    column = session.as_arrow(numeric(texts, modifier))["n"]
    assert column.type == kind
    assert column.to_pylist() == [None if text is None else Decimal(text) for text in texts]


def test_other_types_of_the_server_are_what_they_are_stored_as() -> None:
    kind = pa.opaque(pa.string(), "interval", "PostgreSQL")
    column = pa.ExtensionArray.from_storage(kind, pa.array(["1 day", None]))
    table = pa.Table.from_arrays([column], schema=pa.schema([pa.field("n", kind)]))
    assert session.as_arrow(table)["n"].to_pylist() == ["1 day", None]
    assert session.as_arrow(table)["n"].type == pa.string()


def test_records_go_out_as_json_and_a_missing_list_as_null() -> None:
    records = pa.list_(pa.struct([("line", pa.int64()), ("text", pa.string())]))
    rows = pa.table(
        {"id": ["a", "b", "c"], "evidence": pa.array([[{"line": 1, "text": "七"}], None, []], records)}
    )
    sent = session.for_copy(rows)
    assert sent["evidence"].type == pa.json_()
    assert sent["evidence"].to_pylist() == ['[{"line": 1, "text": "七"}]', None, "[]"]
    assert sent["id"].to_pylist() == ["a", "b", "c"]
