"""Reports and findings as the Arrow tables that reach the warehouse.

Owns their schemas. The wide tables hold a report a row and a column a cell, with the states of all cells as one string
of letters (see `report`), so that SQL in any dialect can tell a blank from an unreadable cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from govinfo_pipeline.formats import Universe, universe
from govinfo_pipeline.parsed import INSTANT, Arrival
from govinfo_pipeline.report import NUMBER, Report

MONEY = pa.decimal128(24, 6)
EXACT = pa.decimal128(38, 9)
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
