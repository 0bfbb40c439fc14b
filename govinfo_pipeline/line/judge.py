"""The gate of a partition, and all that must hold before it may be published, written down in a record.

Owns the reasons that block a whole partition: invariants of the gate, contracts of the tables, failing suites.
Refuses to block for a bad report: that one goes to quarantine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import accumulate, groupby
from typing import NamedTuple

import pyarrow as pa

from govinfo_pipeline.formats import load_forms
from govinfo_pipeline.line.intake import UNDATED
from govinfo_pipeline.parsed import arrivals_of, figures_of, parsed_reports
from govinfo_pipeline.report import Issuer, Report
from govinfo_pipeline.suites import contracts, expectations
from govinfo_pipeline.verify.gate import Gated, Limits, gate_batch, gate_reports
from govinfo_pipeline.verify.judge import judge
from govinfo_pipeline.verify.peers import outliers
from govinfo_pipeline.verify.review import Review
from govinfo_pipeline.verify.rules import rule_set_version
from govinfo_pipeline.verify.series import member_of, years_before
from govinfo_pipeline.warehouse.record import GateRecord

# Reports that are held as objects at once.
_PART = 500


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one partition.

    Attributes:
        partition: its key.
        gated: accepted, quarantined, findings.
        contracts, suites: what of the tables' contracts and of the suites does not hold, a sentence each.
    """

    partition: str
    gated: Gated
    contracts: tuple[str, ...] = ()
    suites: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why nothing of the partition may be published; empty where it may."""
        return (*self.gated.broken, *self.contracts, *self.suites)

    def record(self) -> GateRecord:
        """Return the record that publishing will obey."""
        return GateRecord.of(
            self.partition,
            self.gated.tables,
            rule_set_version=rule_set_version(),
            normalised=self.gated.normalised,
            ok=not self.reasons,
            reasons=self.reasons,
        )


def limits_of(partition: str, limits: Limits) -> Limits:
    """Return the limits that hold in a partition.

    Files without a year, and of years before the first form, are unusable by nature: there it tells nothing
    of the reader.
    """
    first = min(form.first_year for form in load_forms())
    by_nature = partition == UNDATED or int(partition) < first
    return replace(limits, unusable=1.0) if by_nature else limits


def decide(
    partition: str,
    normalised: pa.Table,
    prior: pa.Table | None = None,
    limits: Limits | None = None,
    reviews: Sequence[Review] = (),
) -> Decision:
    """Judge a PARSED table that holds each report once, some hundred at a time.

    ``prior`` is that of the year before, ``reviews`` are what people said of findings.
    """
    held_to, today = limits_of(partition, limits or Limits()), date.today()
    heads = _heads(normalised)
    figures = partial(figures_of, normalised)
    far = outliers([head.issuer for head in heads], [head.year for head in heads], figures)
    before = _Before(normalised, heads, prior)
    parts = []
    for start in range(0, max(normalised.num_rows, 1), _PART):
        stop = start + _PART
        part = normalised.slice(start, _PART)
        reports = parsed_reports(part)
        findings = judge(reports, before.reports(start, stop), far[start:stop])
        parts.append(gate_reports(reports, arrivals_of(part), findings, reviews=reviews, today=today))
    return Decision(partition, gate_batch(parts, held_to))


class _Head(NamedTuple):
    """Whose report a row is, and of which year; both are None where it cannot be used."""

    issuer: Issuer | None
    year: int | None


def _heads(table: pa.Table) -> list[_Head]:
    """Return the head of every row of a PARSED table."""
    rows = zip(*(table[name].to_pylist() for name in ("issuer", "year", "error")), strict=True)
    return [
        _Head(None, None) if error else _Head(Issuer(**who) if who else None, year)
        for who, year, error in rows
    ]


class _Before:
    """The reports of the year before, of the issuers of a PARSED table; made when a part of it is judged.

    They are looked for by issuer and year alone: as objects, reports take ten times the room of their rows.
    """

    def __init__(self, table: pa.Table, heads: Sequence[_Head], prior: pa.Table | None) -> None:
        known = [*([] if prior is None else _heads(prior)), *heads]
        both = table if prior is None else pa.concat_tables([prior, table])
        # Taken from batch by batch: Arrow makes one array of a column to take from it, and one holds 2 GB of text.
        self._batches = both.to_batches()
        self._starts = [0, *accumulate(batch.num_rows for batch in self._batches)]
        self._places = years_before([member_of(*head) for head in known])[len(known) - len(heads) :]

    def reports(self, start: int, stop: int) -> list[Report | None]:
        """Return the report before each of the rows ``start:stop``, None where there is none."""
        places = self._places[start:stop]
        wanted = sorted({place for place in places if place is not None})
        found = dict(zip(wanted, parsed_reports(self._rows(wanted)), strict=True)) if wanted else {}
        return [None if place is None else found[place] for place in places]

    def _rows(self, places: Sequence[int]) -> pa.Table:
        """Return the rows at ``places``, at least one, which are in order."""
        parts = []
        for index, group in groupby(places, key=lambda place: bisect_right(self._starts, place) - 1):
            start = self._starts[index]
            parts.append(self._batches[index].take(pa.array([place - start for place in group])))
        return pa.Table.from_batches(parts)


def with_contracts(decisions: Sequence[Decision]) -> list[Decision]:
    """Hold the tables of all that was decided to their contracts, at once; name partitions only on a breach."""
    if not any(_breaches(_staged(decisions))):
        return list(decisions)
    return [replace(d, contracts=tuple(_breaches(d.gated.tables))) for d in decisions]


def _breaches(tables: Mapping[str, pa.Table]) -> Iterator[str]:
    for name, table in tables.items():
        yield from contracts.breaches(name, table)


def with_suites(decisions: Sequence[Decision]) -> list[Decision]:
    """Run the Great Expectations suites over all that was decided, once, and add what they refuse."""
    tables = _staged(decisions)
    if not any(table.num_rows for table in tables.values()):
        return list(decisions)
    refused = list(_refusals(decisions, expectations.validate(tables)))
    return [
        replace(decision, suites=tuple(said for where, said in refused if where == decision.partition))
        for decision in decisions
    ]


def _staged(decisions: Sequence[Decision]) -> dict[str, pa.Table]:
    names = decisions[0].gated.tables if decisions else {}
    return {name: pa.concat_tables([d.gated.tables[name] for d in decisions]) for name in names}


def _refusals(decisions: Sequence[Decision], result: expectations.SuiteResult) -> Iterator[tuple[str, str]]:
    """Yield (partition, sentence) for every outcome that blocks; without reports it blocks every partition.

    What a person dismissed blocks nothing: the suites know of no reviews.
    """
    owners = {
        key: decision.partition
        for decision in decisions
        for name in ("quarantine", "reports")
        for key in decision.gated.tables[name]["report_id"].to_pylist()
    }
    dismissed = {pair for decision in decisions for pair in decision.gated.dismissed}
    for outcome in filter(blocks, result.outcomes):
        ids = [key for key in outcome.report_ids if (key, outcome.expectation) not in dismissed]
        if outcome.report_ids and not ids:
            continue
        found = {owners[key] for key in ids if key in owners}
        for partition in sorted(found) or [decision.partition for decision in decisions]:
            yield partition, _sentence(outcome, [key for key in ids if owners.get(key) == partition])


def blocks(outcome: expectations.Outcome) -> bool:
    """Say whether an outcome must stop the publishing: an error that failed, or anything that could not run."""
    if outcome.shadow:
        return False
    failed = outcome.status == expectations.FAILED and outcome.severity == "error"
    return failed or outcome.status == expectations.ERRORED


def _sentence(outcome: expectations.Outcome, report_ids: Sequence[str]) -> str:
    what = f"{outcome.suite}: {outcome.expectation}"
    if outcome.status == expectations.ERRORED:
        return f"{what} 无法执行 / {what} could not be run: {outcome.message}"
    shown = ", ".join(report_ids[:3]) + (" ..." if len(report_ids) > 3 else "")
    where = f" ({len(report_ids)}: {shown})" if report_ids else ""
    return f"{what} 不成立{where} / {what} does not hold{where}"
