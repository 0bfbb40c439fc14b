"""The files of one partition: listed, read, numbered, and the last revision of each report kept.

Owns the listing and the choice of the last revision. Every file that goes in comes out: as a row of the parsed
table, and from there as a last revision or as one that is superseded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pyarrow as pa

from govinfo_pipeline.archive import Archive, Entry
from govinfo_pipeline.line.intake import Peek, Tell, read_entry
from govinfo_pipeline.parse import revisions
from govinfo_pipeline.parsed import INSTANT, PARSED, Arrival, parsed_table
from govinfo_pipeline.report import lineage

LISTING = pa.schema(
    [
        ("sha256", pa.string()),
        ("origin", pa.string()),
        ("found_at", INSTANT),
        ("order", pa.int64()),
        ("size", pa.int64()),
        ("media_type", pa.string()),
        ("year", pa.int32()),
        ("report_id", pa.string()),
    ]
)

_CHUNK = 500
_MOST_RUNS = 200


def list_files(found: Sequence[tuple[Entry, Peek]], archive: Archive) -> pa.Table:
    """Return the files of one partition as a LISTING table, in order of first found."""
    rows = [
        {
            **entry._asdict(),
            "order": archive.order(entry.sha256),
            "year": peek.year,
            "report_id": peek.report_id,
        }
        for entry, peek in found
    ]
    return pa.Table.from_pylist(rows, schema=LISTING)


def read_files(listing: pa.Table, archive: Archive, tell: Tell | None = None) -> pa.Table:
    """Return the reports of a LISTING as a PARSED table, a row a file, in its order, with their revisions."""
    parts = list(_read_chunks(listing, archive, tell))
    table = pa.concat_tables([PARSED.empty_table(), *parts])
    numbers = revisions(lineages(table), listing["order"].to_pylist())
    place = table.schema.get_field_index("revision")
    return table.set_column(place, PARSED.field(place), pa.array(numbers, pa.int32()))


def _read_chunks(listing: pa.Table, archive: Archive, tell: Tell | None) -> Iterator[pa.Table]:
    """Yield tables of some hundred rows: a report as objects is ten times its row."""
    for start in range(0, listing.num_rows, _CHUNK):
        entries = [_entry(row) for row in listing.slice(start, _CHUNK).to_pylist()]
        reports = [read_entry(entry, archive) for entry in entries]
        yield parsed_table(reports, [Arrival(0, entry.found_at) for entry in entries])
        if tell:
            tell(len(entries))


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(**{name: row[name] for name in Entry._fields if name != "new"})


def lineages(parsed: pa.Table) -> list[str]:
    """Return what the files of one report have in common, a row of a PARSED table each; see `report.lineage`."""
    sources = parsed["source"].to_pylist()
    return [
        lineage(key, source["path"])
        for key, source in zip(parsed["report_id"].to_pylist(), sources, strict=True)
    ]


class Kept(NamedTuple):
    """PARSED tables: the last revision of each report, and the files that came before it."""

    last: pa.Table
    superseded: pa.Table


def keep_last(parsed: pa.Table) -> Kept:
    """Return the last revision of each report, and apart the superseded ones; each row is in one of them.

    >>> parsed = PARSED.empty_table()
    >>> [table.num_rows for table in keep_last(parsed)]
    [0, 0]
    """
    newest: dict[str, int] = {}
    pairs = list(zip(lineages(parsed), parsed["revision"].to_pylist(), strict=True))
    for key, revision in pairs:
        newest[key] = max(revision, newest.get(key, revision))
    last = [newest[key] == revision for key, revision in pairs]
    return Kept(_rows(parsed, last), _rows(parsed, [not kept for kept in last]))


def _rows(table: pa.Table, wanted: Sequence[bool]) -> pa.Table:
    """Return the wanted rows; without a copy, which is as large as the year, where they stand in few runs."""
    starts = [k for k in range(len(wanted)) if k == 0 or wanted[k] != wanted[k - 1]]
    if len(starts) > _MOST_RUNS:
        return table.filter(pa.array(wanted, pa.bool_()))
    runs = [table.slice(a, b - a) for a, b in pairwise([*starts, len(wanted)]) if wanted[a]]
    return pa.concat_tables([table.slice(0, 0), *runs])
