"""Reports and findings as Arrow tables: the only shapes that pass between assets and reach the warehouse.

Owns the schemas. `parsed` holds a whole document a row and turns back into a Report without loss; the wide
tables hold a report a row and a column a cell, with the states of all cells as one string of letters (see
`report`), so that SQL in any dialect can tell a blank from an unreadable cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from govinfo_pipeline.formats import Universe, universe
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import NUMBER, Extra, Issuer, Masthead, Note, Report

MONEY = pa.decimal128(24, 6)
EXACT = pa.decimal128(38, 9)
INSTANT = pa.timestamp("us", tz="UTC")
_INT64 = range(-(2**63), 2**63)

_KEY = [("report_id", pa.string()), ("year", pa.int32()), ("form", pa.string())]

REPORTS = pa.schema(
    [
        ("report_id", pa.string()),
        ("revision", pa.int32()),
        ("issuer", pa.string()),
        ("issuer_printed", pa.string()),
        ("region", pa.string()),
        ("region_code", pa.string()),
        ("level", pa.string()),
        ("scope", pa.string()),
        ("year", pa.int32()),
        ("form", pa.string()),
        ("title", pa.string()),
        ("source_path", pa.string()),
        ("source_sha256", pa.string()),
        ("media_type", pa.string()),
        ("found_at", INSTANT),
        ("table_states", pa.string()),
        ("verdict", pa.string()),
        ("errors", pa.int32()),
        ("warnings", pa.int32()),
        ("notices", pa.int32()),
        ("rule_set_version", pa.string()),
    ]
)

FINDINGS = pa.schema(
    [
        ("report_id", pa.string()),
        ("revision", pa.int32()),
        ("source_sha256", pa.string()),
        ("year", pa.int32()),
        ("finding_id", pa.string()),
        ("rule", pa.string()),
        ("instances", pa.list_(pa.string())),
        ("verdict", pa.string()),
        ("severity", pa.string()),
        ("cells", pa.list_(pa.string())),
        ("reported", EXACT),
        ("expected", EXACT),
        ("message_zh", pa.string()),
        ("message_en", pa.string()),
        ("evidence", pa.list_(pa.struct([("line", pa.int32()), ("text", pa.string())]))),
        ("repairs", pa.string()),
        ("review", pa.string()),
        ("rule_set_version", pa.string()),
    ]
)

QUARANTINE = pa.schema(
    [
        ("report_id", pa.string()),
        ("revision", pa.int32()),
        ("source_sha256", pa.string()),
        ("source_path", pa.string()),
        ("issuer", pa.string()),
        ("year", pa.int32()),
        ("reasons", pa.list_(pa.string())),
        ("since", INSTANT),
    ]
)

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


def wide_schema(table: str, cells: Universe | None = None) -> pa.Schema:
    """Return the schema of one wide table: key, a column a cell, then states, texts and lines of all cells.

    Behind these stand the printed units of amounts to which the form gives none (`unit_columns`).
    """
    cells = cells or universe()
    columns = [
        (cells.column_name(i), MONEY if cells.cells[i].column.kind == "money" else pa.int64())
        for i in cells.wide[table]
    ]
    tail = [
        ("cell_state", pa.string()),
        ("cell_text", pa.list_(pa.string())),
        ("cell_line", pa.list_(pa.int32())),
        *((name, pa.string()) for name in unit_columns(table, cells)),
    ]
    return pa.schema([*_KEY, *columns, *tail])


def unit_columns(table: str, cells: Universe | None = None) -> dict[str, int]:
    """Return the columns of printed units of a wide table, and the positions of their cells.

    >>> unit_columns("applications"), list(unit_columns("proactive_disclosure"))
    ({}, ['central_procurement__procurement_amount__unit'])
    """
    cells = cells or universe()
    return {
        f"{cells.column_name(i)}__unit": i
        for i in cells.wide[table]
        if cells.cells[i].column.kind == "money" and not cells.cells[i].column.unit
    }


def schemas() -> dict[str, pa.Schema]:
    """Return the schema of every table that goes to the warehouse, by name."""
    wide = {table: wide_schema(table) for table in universe().wide}
    return {"reports": REPORTS, **wide, "findings": FINDINGS, "quarantine": QUARANTINE}


SCHEMAS = schemas()


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
    values[~(np.abs(values) < _INT64.stop)] = np.nan
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


def wide_tables(reports: Sequence[Report]) -> dict[str, pa.Table]:
    """Return applications, disputes and proactive_disclosure of ``reports``, a row a report in their order.

    A value is NULL unless its state is number; also where a printed count is not a whole number or does not
    fit 64 bits (its state stays n: rule N1 fails there).
    """
    return {table: _wide(table, reports) for table in universe().wide}


def _wide(table: str, reports: Sequence[Report]) -> pa.Table:
    cells = universe()
    positions = cells.wide[table]
    schema = wide_schema(table, cells)
    data: list[Any] = [
        [r.report_id for r in reports],
        [r.year for r in reports],
        [r.form for r in reports],
    ]
    for i in positions:
        money = cells.cells[i].column.kind == "money"
        data.append([_typed(r, i, money=money) for r in reports])
    data.append(["".join(r.states[i] for i in positions) for r in reports])
    data.append([[r.texts[i] for i in positions] for r in reports])
    data.append([[r.lines[i] or None for i in positions] for r in reports])
    data += [[r.units.get(i) for r in reports] for i in unit_columns(table, cells).values()]
    arrays = [pa.array(values, type=field.type) for values, field in zip(data, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _typed(report: Report, i: int, *, money: bool) -> int | Decimal | None:
    value = report.values[i]
    if value is None or report.states[i] != NUMBER:
        return None
    if money:
        amount = Decimal(value)
        exponent = amount.as_tuple().exponent
        fits = isinstance(exponent, int) and exponent >= -MONEY.scale and abs(amount) < 10**17
        return amount if fits else None
    return value if isinstance(value, int) and value in _INT64 else None


def report_row(
    report: Report,
    arrival: Arrival,
    counts: Mapping[str, int],
    verdict: str,
    rule_set_version: str,
) -> dict[str, Any]:
    """Return one row of `reports`; ``counts`` are its findings by severity."""
    issuer = report.issuer
    return {
        "report_id": report.report_id,
        "revision": arrival.revision,
        "issuer": issuer.name if issuer else None,
        "issuer_printed": issuer.printed if issuer else None,
        "region": issuer.region if issuer else None,
        "region_code": issuer.region_code if issuer else None,
        "level": issuer.level if issuer else None,
        "scope": issuer.scope if issuer else None,
        "year": report.year,
        "form": report.form,
        "title": report.masthead.title,
        "source_path": report.source.path,
        "source_sha256": report.source.sha256,
        "media_type": report.source.media_type,
        "found_at": arrival.found_at,
        "table_states": ";".join(f"{table}={state}" for table, state in report.tables.items()),
        "verdict": verdict,
        "errors": counts.get("error", 0),
        "warnings": counts.get("warning", 0),
        "notices": counts.get("notice", 0),
        "rule_set_version": rule_set_version,
    }


def table_of(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return rows as the warehouse table ``name``; a missing key is NULL."""
    return pa.Table.from_pylist(list(rows), schema=SCHEMAS[name])
