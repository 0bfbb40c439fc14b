"""What documents say as an Arrow table, a document a row: the shape that passes between assets.

Owns the schema PARSED and the way there and back: a Report comes out of it as it went in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from govinfo_pipeline.formats import universe
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import NUMBER, Extra, Issuer, Masthead, Note, Report

INSTANT = pa.timestamp("us", tz="UTC")
_LARGEST = 2**63

_NOTES = pa.list_(
    pa.struct(
        [
            ("code", pa.string()),
            ("zh", pa.string()),
            ("en", pa.string()),
            ("line", pa.int32()),
            ("quote", pa.string()),
        ]
    )
)

PARSED = pa.schema(
    [
        ("report_id", pa.string()),
        ("revision", pa.int32()),
        ("found_at", INSTANT),
        (
            "source",
            pa.struct([("path", pa.string()), ("sha256", pa.string()), ("media_type", pa.string())]),
        ),
        ("title", pa.string()),
        ("title_line", pa.int32()),
        (
            "issuer",
            pa.struct([(name, pa.string()) for name in Issuer._fields]),
        ),
        ("year", pa.int32()),
        (
            "years",
            pa.list_(
                pa.struct(
                    [
                        ("place", pa.string()),
                        ("year", pa.int32()),
                        ("line", pa.int32()),
                        ("quote", pa.string()),
                    ]
                )
            ),
        ),
        (
            "other_issuers",
            pa.list_(
                pa.struct(
                    [
                        ("place", pa.string()),
                        ("name", pa.string()),
                        ("region_code", pa.string()),
                        ("line", pa.int32()),
                        ("quote", pa.string()),
                        ("times", pa.int32()),
                    ]
                )
            ),
        ),
        ("masthead_notes", _NOTES),
        ("form", pa.string()),
        (
            "tables",
            pa.list_(pa.struct([("table", pa.string()), ("state", pa.string()), ("form", pa.string())])),
        ),
        ("states", pa.string()),
        ("cell_text", pa.list_(pa.string())),
        ("cell_value", pa.list_(pa.string())),
        ("cell_line", pa.list_(pa.int32())),
        ("cell_column", pa.list_(pa.int32())),
        ("units", pa.list_(pa.struct([("position", pa.int32()), ("unit", pa.string())]))),
        ("prose", pa.list_(pa.struct([("line", pa.int32()), ("text", pa.string())]))),
        (
            "extras",
            pa.list_(
                pa.struct(
                    [
                        ("table", pa.string()),
                        ("label", pa.string()),
                        ("texts", pa.list_(pa.string())),
                        ("line", pa.int32()),
                    ]
                )
            ),
        ),
        ("notes", _NOTES),
        ("error", pa.struct([("code", pa.string()), ("zh", pa.string()), ("en", pa.string())])),
    ]
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Which file a report came with: its number among the files of the same report, and when it was found."""

    revision: int
    found_at: datetime


def parsed_table(reports: Sequence[Report], arrivals: Sequence[Arrival]) -> pa.Table:
    """Return reports as a PARSED table, a row a document, without loss."""
    rows = [_parsed_row(report, arrival) for report, arrival in zip(reports, arrivals, strict=True)]
    return pa.Table.from_pylist(rows, schema=PARSED)


def _parsed_row(report: Report, arrival: Arrival) -> dict[str, Any]:
    head = report.masthead
    return {
        "report_id": report.report_id,
        "revision": arrival.revision,
        "found_at": arrival.found_at,
        "source": report.source._asdict(),
        "title": head.title,
        "title_line": head.title_line,
        "issuer": head.issuer._asdict() if head.issuer else None,
        "year": head.year,
        "years": [{"place": p, "year": y, "line": n, "quote": q} for p, y, n, q in head.years],
        "other_issuers": [
            {"place": p, "name": name, "region_code": code, "line": n, "quote": q, "times": t}
            for p, name, code, n, q, t in head.other_issuers
        ],
        "masthead_notes": [note._asdict() for note in head.notes],
        "form": report.form,
        "tables": [
            {"table": table, "state": report.tables.get(table), "form": report.blocks.get(table)}
            for table in dict.fromkeys((*report.tables, *report.blocks))
        ],
        "states": report.states,
        "cell_text": report.texts,
        "cell_value": [None if value is None else str(value) for value in report.values],
        "cell_line": report.lines,
        "cell_column": report.columns,
        "units": [{"position": i, "unit": unit} for i, unit in report.units.items()],
        "prose": [{"line": line, "text": text} for line, text in report.prose],
        "extras": [extra._asdict() for extra in report.extras],
        "notes": [note._asdict() for note in report.notes],
        "error": dict(zip(("code", "zh", "en"), report.error, strict=True)) if report.error else None,
    }


def parsed_reports(table: pa.Table) -> list[Report]:
    """Return the reports of a PARSED table, in its order; the inverse of `parsed_table`."""
    return [_report(row) for row in table.to_pylist()]


def figures_of(table: pa.Table, cell_id: str) -> NDArray[np.float64]:
    """Return one cell of every row of a PARSED table as floats, NaN where it is not a number that fits 64 bits."""
    i = universe().index[cell_id]
    known = pc.fill_null(pc.equal(pc.utf8_slice_codeunits(table["states"], i, i + 1), NUMBER), False)
    filled = pc.greater(pc.fill_null(pc.list_value_length(table["cell_value"]), 0), i)
    rows = pc.indices_nonzero(pc.and_(known, filled))
    values = np.full(table.num_rows, np.nan)
    if len(rows):
        printed = pc.list_element(table["cell_value"].take(rows), i)
        values[rows.to_numpy()] = pc.cast(printed, pa.float64()).to_numpy()
    values[~(np.abs(values) < _LARGEST)] = np.nan
    return values


def arrivals_of(table: pa.Table) -> list[Arrival]:
    """Return revision and time found of every row of a PARSED table."""
    pairs = zip(table["revision"].to_pylist(), table["found_at"].to_pylist(), strict=True)
    return [Arrival(revision, found_at) for revision, found_at in pairs]


def _report(row: dict[str, Any]) -> Report:
    masthead = Masthead(
        title=row["title"],
        title_line=row["title_line"],
        issuer=Issuer(**row["issuer"]) if row["issuer"] else None,
        year=row["year"],
        years=[(y["place"], y["year"], y["line"], y["quote"]) for y in row["years"]],
        other_issuers=[
            (o["place"], o["name"], o["region_code"], o["line"], o["quote"], o["times"])
            for o in row["other_issuers"]
        ],
        notes=[Note(**note) for note in row["masthead_notes"]],
    )
    return Report(
        source=Source(**row["source"]),
        masthead=masthead,
        form=row["form"],
        tables={t["table"]: t["state"] for t in row["tables"] if t["state"]},
        blocks={t["table"]: t["form"] for t in row["tables"] if t["form"]},
        states=row["states"],
        values=[None if v is None else _number(v) for v in row["cell_value"]],
        texts=row["cell_text"],
        lines=row["cell_line"],
        columns=row["cell_column"],
        units={u["position"]: u["unit"] for u in row["units"]},
        prose=[(p["line"], p["text"]) for p in row["prose"]],
        extras=[Extra(e["table"], e["label"], tuple(e["texts"]), e["line"]) for e in row["extras"]],
        notes=[Note(**note) for note in row["notes"]],
        error=(row["error"]["code"], row["error"]["zh"], row["error"]["en"]) if row["error"] else None,
    )


def _number(text: str) -> int | Decimal:
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)
