"""The publish protocol: a judged batch becomes visible whole, or nothing changes.

    stage     the rows go to a place of this attempt alone
    lock      one writer at a time; what a crashed attempt left is cleared
    obey      the gate's record is read again: missing, not ok, or about other rows means no
    compare   the same batch, rows, rules and code as what is visible: nothing to do, and says so
    audit     the invariants of `audit`, and those that the caller brings, over the staged rows
    replace   in one transaction; the invariants again, over the whole warehouse as it would be
    swap      what was committed becomes visible at once, then it is read back

Owns the order of these steps and the SQL of the replacement. Refuses to touch rows: what is published is
what was judged, but for `revision` (kept once given, see `_REVISIONS`) and `since` (when a report first came
into quarantine). An engine brings what `Engine` asks for.
"""

# ruff: noqa: S608 - the SQL here is made of names of this package, and of literals that are quoted
from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from govinfo_pipeline import __version__
from govinfo_pipeline.errors import ConfigError, PublishError
from govinfo_pipeline.formats.universe import WIDE_TABLES
from govinfo_pipeline.tables import SCHEMAS
from govinfo_pipeline.warehouse import audit
from govinfo_pipeline.warehouse.objects import PUBLICATIONS, STAMPED
from govinfo_pipeline.warehouse.record import GateRecord

REPLACES = ("partition", "reports")


@dataclass(frozen=True, slots=True)
class Batch:
    """What is published at once.

    Attributes:
        partition: its key, as `2022`.
        tables: those of `tables.SCHEMAS`: reports and wide tables of the accepted, quarantine, all findings.
        input_hash: `record.hash_tables(tables)`, as the gate computed it.
        rule_set_version: of the rules that judged.
        record: the file that the gate wrote its `GateRecord` to.
        replaces: `partition`: the batch is all there is of its partition, whatever else was published from it
            is withdrawn; `reports`: only the reports that it names are replaced.
        code_version: of the code that read and judged.
    """

    partition: str
    tables: Mapping[str, pa.Table]
    input_hash: str
    rule_set_version: str
    record: Path
    replaces: str = "partition"
    code_version: str = __version__

    def __post_init__(self) -> None:
        if self.replaces not in REPLACES:
            raise ConfigError(f"Batch.replaces must be one of {', '.join(REPLACES)}, was {self.replaces!r}.")


@dataclass(frozen=True, slots=True)
class Publication:
    """One publish: a row of `publications`. ``already``: the batch was there, this call changed nothing.

    ``withdrawn`` counts reports that were published before and no longer are; times are UTC.
    """

    publication_id: str
    batch: str
    input_hash: str
    rule_set_version: str
    code_version: str
    replaces: str
    accepted: int
    quarantined: int
    withdrawn: int
    started_at: datetime
    published_at: datetime
    already: bool = field(default=False, compare=False)

    @property
    def rows(self) -> pa.Table:
        """The publication as a row of `publications`."""
        row = {name: value for name, value in asdict(self).items() if name != "already"}
        return pa.Table.from_pylist([row], schema=PUBLICATIONS)


class Stage(audit.Queryable, Protocol):
    """The rows of one attempt; `query` sees them as `govinfo.…`. Its SQL is DuckDB's, see `dialect`."""

    def put(self, name: str, rows: pa.Table) -> None:
        """Add one more table to the stage."""
        ...


class Target(audit.Queryable, Protocol):
    """The warehouse as it will be; `query` sees it as `govinfo.…`. Its SQL is DuckDB's, see `dialect`."""

    def execute(self, sql: str) -> None:
        """Run one statement; ``{stage}`` and ``{target}`` stand for the two schemas."""
        ...


class Engine(Protocol):
    """What a warehouse must offer to be published to."""

    def stage(self, attempt: str, tables: Mapping[str, pa.Table]) -> AbstractContextManager[Stage]:
        """Hold ``tables`` where only this attempt sees them; gone afterwards."""
        ...

    def lock(self, stage: Any) -> AbstractContextManager[None]:
        """Be the only writer; WarehouseBusyError where another is."""
        ...

    def recover(self, stage: Any) -> None:
        """Clear what crashed attempts left. Called under the lock."""
        ...

    def last_publication(self, partition: str) -> Publication | None:
        """Return what is visible of a partition's last publish."""
        ...

    def query(self, sql: str) -> pa.Table:
        """Return rows of what is visible."""
        ...

    def transaction(self, stage: Any, prepare: Sequence[str]) -> AbstractContextManager[Target]:
        """Bring the warehouse to its shape, run ``prepare``, then the body in one transaction; commit, or undo."""
        ...


def publish(batch: Batch, *, warehouse: Engine, audits: Iterable[audit.Audit] = ()) -> Publication:
    """Publish a batch, or find it published; raises before anything changes.

    Raises:
        PublishError: an audit refused the batch (`audit` names it), or the warehouse is another's.
        WarehouseBusyError: another process is writing.
    """
    audit.shape_holds(batch.tables)
    attempt = _attempt(batch)
    with warehouse.stage(attempt.publication_id, batch.tables) as stage, warehouse.lock(stage):
        warehouse.recover(stage)
        record = GateRecord.read(batch.record)
        audit.verdict_holds(record, batch.partition, batch.input_hash, batch.rule_set_version)
        if published := _already(attempt, warehouse):
            return replace(published, already=True)
        audit.enforce((*audit.of_batch(record), *audit.ALWAYS, *audits), stage)
        stage.put("publication", replace(attempt, published_at=datetime.now(UTC)).rows)
        with warehouse.transaction(stage, _PREPARE) as target:
            for statement in statements():
                target.execute(statement)
            audit.enforce((*audit.ALWAYS, _landed(attempt)), target)
        return _read_back(attempt, warehouse)


def _attempt(batch: Batch) -> Publication:
    now = datetime.now(UTC)
    return Publication(
        publication_id=str(uuid.uuid4()),
        batch=batch.partition,
        input_hash=batch.input_hash,
        rule_set_version=batch.rule_set_version,
        code_version=batch.code_version,
        replaces=batch.replaces,
        accepted=batch.tables["reports"].num_rows,
        quarantined=batch.tables["quarantine"].num_rows,
        withdrawn=0,
        started_at=now,
        published_at=now,
    )


_SAME = ("batch", "input_hash", "rule_set_version", "code_version", "replaces")


def _already(attempt: Publication, warehouse: Engine) -> Publication | None:
    """Return the visible publication of the very same batch, if all its rows are still the ones in place."""
    last = warehouse.last_publication(attempt.batch)
    if last is None or any(getattr(last, name) != getattr(attempt, name) for name in _SAME):
        return None
    counts = warehouse.query(_stamped_counts(last.publication_id)).to_pylist()[0]
    in_place = counts == {"accepted": last.accepted, "quarantined": last.quarantined}
    return last if in_place else None


def _landed(attempt: Publication) -> audit.Audit:
    def check(target: audit.Queryable) -> Iterable[str]:
        counts = target.query(_stamped_counts(attempt.publication_id)).to_pylist()[0]
        expected = {"accepted": attempt.accepted, "quarantined": attempt.quarantined}
        if counts != expected:
            yield f"写入行数不符 / the warehouse took {counts}, the batch has {expected}."

    return audit.Audit("landed", check)


def _stamped_counts(publication_id: str) -> str:
    stamped = f"WHERE publication_id = '{publication_id}'"
    return (
        f"SELECT (SELECT COUNT(*) FROM govinfo.reports {stamped}) AS accepted, "
        f"(SELECT COUNT(*) FROM govinfo.quarantine {stamped}) AS quarantined"
    )


def _read_back(attempt: Publication, warehouse: Engine) -> Publication:
    visible = warehouse.last_publication(attempt.batch)
    if visible is None or visible.publication_id != attempt.publication_id:
        raise PublishError(
            "visible", f"已提交但不可见 / committed, but not visible: {attempt.publication_id}."
        )
    return visible


# What there is before anything changes. A file keeps the revision that it was first published with; a file
# that is new to a known report comes after all that were there, whatever number it was given.
_REVISIONS = """
CREATE TABLE {stage}.revision AS
WITH given AS (
  SELECT report_id, source_sha256, MIN(revision) AS revision FROM (
    SELECT report_id, source_sha256, revision FROM {stage}.reports
    UNION ALL SELECT report_id, source_sha256, revision FROM {stage}.quarantine
  ) AS named GROUP BY report_id, source_sha256
), known AS (
  SELECT report_id, source_sha256, MAX(revision) AS revision FROM (
    SELECT report_id, source_sha256, revision FROM {target}.reports
    UNION ALL SELECT report_id, source_sha256, revision FROM {target}.quarantine
  ) AS there GROUP BY report_id, source_sha256
), latest AS (
  SELECT report_id, MAX(revision) AS revision FROM known GROUP BY report_id
), lowest AS (
  SELECT g.report_id, MIN(g.revision) AS revision FROM given AS g
  LEFT JOIN known AS k ON k.report_id = g.report_id AND k.source_sha256 = g.source_sha256
  WHERE k.report_id IS NULL GROUP BY g.report_id
)
SELECT g.report_id, g.source_sha256,
  CASE WHEN k.revision IS NOT NULL THEN k.revision
    WHEN n.revision <= l.revision THEN l.revision + 1 + g.revision - n.revision
    ELSE g.revision END AS revision
FROM given AS g
LEFT JOIN known AS k ON k.report_id = g.report_id AND k.source_sha256 = g.source_sha256
LEFT JOIN latest AS l ON l.report_id = g.report_id
LEFT JOIN lowest AS n ON n.report_id = g.report_id
"""

_DOOMED = """
report_id IN (SELECT report_id FROM {stage}.revision)
OR publication_id IN (SELECT publication_id FROM {target}.publications WHERE batch IN
  (SELECT batch FROM {stage}.publication WHERE replaces = 'partition'))
"""

_PREPARE = (
    _REVISIONS,
    "CREATE TABLE {stage}.since AS "
    "SELECT report_id, MIN(since) AS since FROM {target}.quarantine GROUP BY report_id",
    "CREATE TABLE {stage}.gone AS SELECT report_id FROM {target}.reports WHERE " + _DOOMED,
)


def statements() -> list[str]:
    """Return the statements that put the staged rows in the place of those that they replace, in order."""
    wide = [
        f"DELETE FROM {{target}}.{t} WHERE report_id IN (SELECT report_id FROM {{stage}}.gone)"
        for t in WIDE_TABLES
    ]
    stamped = [f"DELETE FROM {{target}}.{table} WHERE {_DOOMED}" for table in STAMPED]
    return [*wide, *stamped, *(_insert(table) for table in SCHEMAS), _insert_publication()]


def _insert(table: str) -> str:
    names = list(SCHEMAS[table].names)
    if table not in STAMPED:
        columns = ", ".join(names)
        return f"INSERT INTO {{target}}.{table} ({columns}) SELECT {columns} FROM {{stage}}.{table}"
    kept = {
        "revision": "COALESCE(v.revision, s.revision)",
        "since": "COALESCE(LEAST(s.since, q.since), p.started_at)",
    }
    values = ", ".join(kept.get(name, f"s.{name}") for name in names)
    joins = (
        "LEFT JOIN {stage}.revision AS v ON v.report_id = s.report_id AND v.source_sha256 = s.source_sha256"
    )
    if table == "quarantine":
        joins += " LEFT JOIN {stage}.since AS q ON q.report_id = s.report_id"
    return (
        f"INSERT INTO {{target}}.{table} ({', '.join(names)}, publication_id) "
        f"SELECT {values}, p.publication_id FROM {{stage}}.{table} AS s "
        f"CROSS JOIN {{stage}}.publication AS p {joins}"
    )


def _insert_publication() -> str:
    withdrawn = (
        "(SELECT COUNT(*) FROM {stage}.gone WHERE report_id NOT IN (SELECT report_id FROM {stage}.reports))"
    )
    names = list(PUBLICATIONS.names)
    values = ", ".join(withdrawn if name == "withdrawn" else name for name in names)
    return (
        f"INSERT INTO {{target}}.publications ({', '.join(names)}) SELECT {values} FROM {{stage}}.publication"
    )
