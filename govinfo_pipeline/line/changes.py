"""Which partitions have to be done: what the archive holds against what the warehouse shows.

Owns that comparison, so that a run with nothing to do is quick. Trusts the warehouse alone: a partition is done
when exactly the last revisions of its files are there, judged by this code, these rules and these reviews.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from govinfo_pipeline.archive import Entry
from govinfo_pipeline.line.intake import PARTITIONS, UNDATED, Peek
from govinfo_pipeline.line.version import code_version, judged_by
from govinfo_pipeline.report import lineage
from govinfo_pipeline.verify.review import Review
from govinfo_pipeline.verify.rules import rule_set_version
from govinfo_pipeline.warehouse.engine import Warehouse
from govinfo_pipeline.warehouse.publish import Publication


@dataclass(frozen=True, slots=True)
class Shown:
    """What a warehouse shows of one partition: the files, and the versions that read and judged them.

    ``published`` has the verdicts of those files that are not in quarantine, ``input_hash`` is that of the rows that
    were published last.
    """

    files: frozenset[str]
    code_version: str
    rule_set_version: str
    published: Mapping[str, str] = field(default_factory=dict)
    input_hash: str = ""


def shown(warehouse: Warehouse) -> dict[str, Shown]:
    """Return what a warehouse shows, by partition; nothing where there is no warehouse yet."""
    last = {publication.batch: publication for publication in warehouse.publications()}
    if not last:
        return {}
    rows = warehouse.query(
        "SELECT p.batch, f.source_sha256, f.verdict FROM ("
        "SELECT publication_id, source_sha256, verdict FROM govinfo.reports "
        "UNION ALL SELECT publication_id, source_sha256, NULL FROM govinfo.quarantine) AS f "
        "JOIN govinfo.publications AS p ON p.publication_id = f.publication_id"
    )
    files: dict[str, dict[str, str | None]] = {}
    for row in rows.to_pylist():
        files.setdefault(row["batch"], {})[row["source_sha256"]] = row["verdict"]
    return {batch: _shown(publication, files.get(batch, {})) for batch, publication in last.items()}


def _shown(last: Publication, files: Mapping[str, str | None]) -> Shown:
    published = {sha256: verdict for sha256, verdict in files.items() if verdict is not None}
    return Shown(frozenset(files), last.code_version, last.rule_set_version, published, last.input_hash)


def pending(
    held: Mapping[str, Sequence[tuple[Entry, Peek]]],
    visible: Mapping[str, Shown],
    reviews: Sequence[Review] = (),
) -> tuple[str, ...]:
    """Return the partitions that have to be done, in order.

    A year is also done again when the year before changes: a report is judged against its predecessor.
    """
    changed = [key for key in PARTITIONS if _is_stale(held.get(key, ()), visible.get(key), reviews)]
    return with_year_after(changed, held)


def with_year_after(
    changed: Collection[str], held: Mapping[str, Sequence[tuple[Entry, Peek]]]
) -> tuple[str, ...]:
    """Return partitions that changed and, where it has files, the year after each, in order."""
    after = {str(int(key) + 1) for key in changed if key != UNDATED}
    return tuple(key for key in PARTITIONS if key in changed or (key in after and held.get(key)))


def _is_stale(files: Sequence[tuple[Entry, Peek]], visible: Shown | None, reviews: Sequence[Review]) -> bool:
    if visible is None:
        return bool(files)
    version = judged_by(code_version(), reviews, {peek.report_id for _, peek in files})
    known = (visible.code_version, visible.rule_set_version, visible.files)
    return known != (version, rule_set_version(), last_files(files))


def last_files(files: Sequence[tuple[Entry, Peek]]) -> frozenset[str]:
    """Return the files that are the last of their report; ``files`` are in order of first found."""
    return frozenset({lineage(peek.report_id, entry.origin): entry.sha256 for entry, peek in files}.values())


def groups(partitions: Sequence[str]) -> list[tuple[str, str]]:
    """Return partitions as ranges of neighbours, first and last, in order.

    >>> groups(["2019", "2020", "2022"])
    [('2019', '2020'), ('2022', '2022')]
    """
    found: list[tuple[str, str]] = []
    for key in sorted(set(partitions), key=PARTITIONS.index):
        if found and PARTITIONS.index(key) == PARTITIONS.index(found[-1][1]) + 1:
            found[-1] = (found[-1][0], key)
        else:
            found.append((key, key))
    return found
