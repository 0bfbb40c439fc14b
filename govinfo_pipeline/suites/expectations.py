"""Run suites of Great Expectations over Arrow tables and say which reports fail which rule.

Owns every use of Great Expectations, which is imported inside functions because that takes seconds.
What the suites say is `catalogue`'s.

Three things that the library leaves open are closed here: an expectation that it drops from a suite
is an error, one that could not be run is told apart from one that failed, and all failing reports
are named where it keeps the first two hundred rows.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govinfo_pipeline.errors import GovinfoError
from govinfo_pipeline.suites.catalogue import LEVELS_OF_SEVERITY, render_suites

if TYPE_CHECKING:
    import pyarrow as pa

PASSED, FAILED, ERRORED = "passed", "failed", "errored"

# SQLite adds beyond 64 bits in floating point; sums of all cells of a table below this stay exact.
_EXACT = 2**57
_DETAIL = {"result_format": "COMPLETE", "unexpected_index_column_names": ["report_id"]}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one expectation said. ``status`` is passed, failed or errored (it could not be run).

    Attributes:
        suite: name of the suite.
        expectation: rule id (``A1``), or what the expectation guards (``report_id is unique``).
        severity: error, warning or notice.
        shadow: the rule is on trial: counted, never blocking.
        report_ids: the reports that fail, in order; empty where no single report does.
        message: what went wrong, where it could not be run.
    """

    suite: str
    expectation: str
    severity: str
    status: str
    shadow: bool = False
    report_ids: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What all suites said, expectation by expectation, in the order of the suites."""

    outcomes: tuple[Outcome, ...]

    @property
    def success(self) -> bool:
        """Whether every expectation was run and passed."""
        return all(outcome.status == PASSED for outcome in self.outcomes)

    def by_suite(self) -> dict[str, tuple[Outcome, ...]]:
        """Return the outcomes of each suite, by its name."""
        names = dict.fromkeys(outcome.suite for outcome in self.outcomes)
        return {name: tuple(o for o in self.outcomes if o.suite == name) for name in names}

    def having(self, status: str) -> tuple[Outcome, ...]:
        """Return the outcomes that are passed, failed or errored."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == status)


def validate(tables: Mapping[str, pa.Table], suites: Mapping[str, Any] | None = None) -> SuiteResult:
    """Run the suites over Arrow tables, by name; once a batch, since each suite has a fixed cost.

    Args:
        tables: table name (see `TABLES`) -> rows. Tables that have no suite are not judged.
        suites: table name -> suite; `render_suites` unless given.

    Raises:
        GovinfoError: Great Expectations dropped an expectation of a suite instead of running it.

    The tables are loaded into a SQLite file in a temporary folder, which is what Great Expectations
    can query without a server. Lists and structs stay behind: no expectation reads them.
    """
    suites = render_suites() if suites is None else suites
    wanted = [table for table in suites if table in tables]
    with tempfile.TemporaryDirectory(prefix="govinfo-suites-") as folder:
        path = Path(folder) / "batch.sqlite"
        connection = sqlite3.connect(path)
        try:
            for table in wanted:
                _load(connection, table, tables[table])
            connection.commit()
            context, source = _open(path)
            try:
                outcomes = [
                    outcome
                    for table in wanted
                    for outcome in _run(context, source, connection, table, suites[table])
                ]
            finally:
                source.get_engine().dispose()
        finally:
            connection.close()
    return SuiteResult(tuple(outcomes))


def _open(path: Path) -> tuple[Any, Any]:
    # The library reports its use to its makers unless told otherwise before it is imported.
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context, context.data_sources.add_sqlite("govinfo", connection_string=f"sqlite:///{path}")


def _run(
    context: Any, source: Any, connection: sqlite3.Connection, table: str, config: Mapping[str, Any]
) -> Iterator[Outcome]:
    import great_expectations

    suite = great_expectations.ExpectationSuite(**deepcopy(dict(config)))
    _refuse_loss(config, len(suite.expectations))
    asset = source.add_table_asset(table, table_name=table)
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    result = batch.validate(suite, result_format=_DETAIL)
    _refuse_loss(config, len(result.results))
    found = {item.expectation_config.id: item.to_json_dict() for item in result.results}
    for expectation in config["expectations"]:
        yield _outcome(connection, table, config["name"], expectation, found[expectation["id"]])


def _refuse_loss(config: Mapping[str, Any], count: int) -> None:
    expected = len(config["expectations"])
    if count != expected:
        raise GovinfoError(
            f"suite {config['name']}: {expected} expectations, of which Great Expectations ran {count}; "
            "see its log for the one it refused"
        )


def _outcome(
    connection: sqlite3.Connection,
    table: str,
    suite: str,
    expectation: Mapping[str, Any],
    found: Mapping[str, Any],
) -> Outcome:
    meta = expectation["meta"]
    severity = next(name for name, level in LEVELS_OF_SEVERITY.items() if level == expectation["severity"])
    shadow = meta.get("status") == "shadow"
    if message := _exception(found["exception_info"]):
        return Outcome(suite, meta["guards"], severity, ERRORED, shadow, (), message)
    if found["success"]:
        return Outcome(suite, meta["guards"], severity, PASSED, shadow)
    ids = _failing(connection, table, expectation["kwargs"], found["result"])
    return Outcome(suite, meta["guards"], severity, FAILED, shadow, ids)


def _failing(
    connection: sqlite3.Connection,
    table: str,
    kwargs: Mapping[str, Any],
    result: Mapping[str, Any],
) -> tuple[str, ...]:
    """Return all failing reports by the expectation's own query: the library lists but the first."""
    query = kwargs.get("unexpected_rows_query", "").format(batch=table)
    query = query or str(result.get("unexpected_index_query") or "").strip().rstrip(";")
    if not query:
        return ()
    text = f"SELECT DISTINCT report_id FROM ({query}) AS failing ORDER BY 1"  # noqa: S608 - the expectation's own query
    return tuple(str(row[0]) for row in connection.execute(text) if row[0] is not None)


def _exception(info: Mapping[str, Any]) -> str:
    """Return the message of an expectation that could not be run; empty where it was.

    The library gives one record, or one a metric.
    """
    records = [info] if "raised_exception" in info else list(info.values())
    return "; ".join(str(r["exception_message"]) for r in records if r["raised_exception"])


def _load(connection: sqlite3.Connection, name: str, table: pa.Table) -> None:
    """Load an Arrow table; a list or struct becomes NULL."""
    kinds = [str(field.type) for field in table.schema]
    columns = ", ".join(
        f'"{column}" {_sqlite_type(kind)}' for column, kind in zip(table.column_names, kinds, strict=True)
    )
    connection.execute(f'CREATE TABLE "{name}" ({columns})')
    marks = ", ".join("?" * len(kinds))
    values = [_sqlite_values(column, kind) for column, kind in zip(table.columns, kinds, strict=True)]
    insert = f'INSERT INTO "{name}" VALUES ({marks})'  # noqa: S608 - a name of our own, values as parameters
    connection.executemany(insert, zip(*values, strict=True))


def _sqlite_type(kind: str) -> str:
    return "INTEGER" if kind.startswith("int") else "NUMERIC" if kind.startswith("decimal") else "VARCHAR"


def _sqlite_values(column: pa.ChunkedArray, kind: str) -> Sequence[Any]:
    if kind.startswith(("list", "struct")):
        return [None] * len(column)
    values: list[Any] = column.to_pylist()
    if kind.startswith("int"):
        # Too large to be summed exactly: NULL with the letter n, so that N1 names it and no sum lies.
        return [v if v is None or -_EXACT < v < _EXACT else None for v in values]
    if kind.startswith("string"):
        return values
    return [None if v is None else str(v) for v in values]
