"""The gate's record of a batch: what was judged, by which rules, and whether it may be published.

The gate writes the record beside its output; publishing reads it again and obeys it. A check in an
orchestrator can be skipped by running one asset alone, a missing record cannot. Owns the record's file and
the hash that ties it to rows; refuses to judge.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from govinfo_pipeline.durable import replacing
from govinfo_pipeline.errors import PublishError

# Rows are hashed in the order of these columns, as far as a table has them.
_ORDER = ("report_id", "source_sha256", "rule", "message_zh", "message_en")
# When a report first came into quarantine is the warehouse's to remember: it is no part of what was judged.
_UNHASHED = {("quarantine", "since")}


@dataclass(frozen=True, slots=True)
class GateRecord:
    """What the gate says of one batch.

    Attributes:
        partition: the batch's key, as `2022`.
        ok: whether it may be published at all (the invariants hold; bad reports are in quarantine).
        input_hash: `hash_tables` of the rows that were judged.
        rule_set_version: of the rules that judged them.
        normalised: reports that went into the gate.
        accepted, quarantined: reports that came out, by verdict.
        reasons: why it is not ok, a sentence each.
        judged_at: UTC.
    """

    partition: str
    ok: bool
    input_hash: str
    rule_set_version: str
    normalised: int
    accepted: int
    quarantined: int
    reasons: tuple[str, ...]
    judged_at: datetime

    @classmethod
    def of(
        cls,
        partition: str,
        tables: Mapping[str, pa.Table],
        *,
        rule_set_version: str,
        normalised: int,
        ok: bool = True,
        reasons: Sequence[str] = (),
    ) -> GateRecord:
        """Return the record of ``tables`` (named as in `tables.SCHEMAS`), judged now."""
        return cls(
            partition=partition,
            ok=ok,
            input_hash=hash_tables(tables),
            rule_set_version=rule_set_version,
            normalised=normalised,
            accepted=tables["reports"].num_rows,
            quarantined=tables["quarantine"].num_rows,
            reasons=tuple(reasons),
            judged_at=datetime.now(UTC),
        )

    def write(self, path: Path | str) -> Path:
        """Write the record as JSON, whole or not at all; returns the path."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, default=datetime.isoformat)
        with replacing(path) as file:
            file.write_text(text, encoding="utf-8")
        return path

    @classmethod
    def read(cls, path: Path | str) -> GateRecord:
        """Return the record that was written to ``path``.

        Raises:
            PublishError: audit `verdict`: there is none, or it is not a record.
        """
        try:
            data = json.loads(Path(path).read_text(encoding="utf-8"))
            if set(data) != {field.name for field in fields(cls)} or data["ok"] not in (True, False):
                raise ValueError(f"its keys are {sorted(data)}")
            judged_at = datetime.fromisoformat(data["judged_at"])
            return cls(**{**data, "reasons": tuple(data["reasons"]), "judged_at": judged_at})
        except FileNotFoundError:
            raise PublishError(
                "verdict", f"没有把关记录, 不予入库 / no gate record at {path}: judge the batch first."
            ) from None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise PublishError(
                "verdict", f"把关记录无法读取 / the gate record {path} cannot be read ({error}): judge again."
            ) from error


def hash_tables(tables: Mapping[str, pa.Table]) -> str:
    """Return the SHA-256 of what tables say, hex; the same whatever the order of rows.

    Covers names and values of all columns but `quarantine.since`. Rows that are equal in report, file,
    rule and message keep the order they are given in.

    >>> one = pa.table({"report_id": ["b", "a"]})
    >>> hash_tables({"reports": one}) == hash_tables({"reports": one.take([1, 0])})
    True
    """
    digest = hashlib.sha256()
    for name in sorted(tables):
        table = tables[name]
        keys = [(key, "ascending") for key in _ORDER if key in table.schema.names]
        table = table.sort_by(keys) if keys else table
        digest.update(f"{name}:{table.num_rows}\n".encode())
        for field in table.schema:
            if (name, field.name) not in _UNHASHED:
                digest.update(f"{field.name}\n".encode())
                for part in _canonical(table[field.name].combine_chunks()):
                    digest.update(part)
    return digest.hexdigest()


def _canonical(array: Any) -> Iterable[Any]:
    """Yield the buffers that say what an array says: which are null, how long, which values."""
    yield pc.is_valid(array).cast(pa.uint8()).to_numpy(zero_copy_only=False).tobytes()
    kind = array.type
    if pa.types.is_list(kind):
        yield pc.list_value_length(array).fill_null(0).to_numpy(zero_copy_only=False).tobytes()
        yield from _canonical(array.flatten())
    elif pa.types.is_struct(kind):
        for part in array.flatten():
            yield from _canonical(part)
    elif pa.types.is_integer(kind):
        yield array.fill_null(0).to_numpy(zero_copy_only=False).tobytes()
    else:
        text = pa.concat_arrays([array.cast(pa.string()).fill_null("")])
        yield pc.binary_length(text).to_numpy(zero_copy_only=False).tobytes()
        if text.nbytes and (buffer := text.buffers()[2]):
            start, end = (np.frombuffer(text.buffers()[1], np.int32)[text.offset + k] for k in (0, len(text)))
            yield buffer[start:end]
