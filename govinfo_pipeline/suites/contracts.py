"""Contracts of the tables that pass between assets, as pandera schemas derived from `tables`.

Owns what must hold of a table whatever the reports say: its columns and types, keys, and columns
with a closed list of values. A breach is a fault of this package, not of a report. What reports get
wrong is not judged here, and no check reads the wide value columns: `verify` does that, a million
reports a second, where a row-wise check would write a failure a cell.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from govinfo_pipeline.formats import load_forms, universe
from govinfo_pipeline.formats.model import SEVERITIES
from govinfo_pipeline.parsed import PARSED
from govinfo_pipeline.report import LEVELS, SCOPES, STATE_NAMES
from govinfo_pipeline.tables import SCHEMAS

if TYPE_CHECKING:
    from pandera.pyarrow import DataFrameSchema

NAMES = ("parsed", *SCHEMAS)
VERDICTS = ("pass", "warning", "unknown", "fail")
REVIEWS = ("confirmed", "dismissed")
# How many values of a breach are quoted.
_QUOTED = 5

_LETTERS = "".join(STATE_NAMES)
_COUNTS = ("errors", "warnings", "notices")


def schema_of(name: str) -> pa.Schema:
    """Return the Arrow schema of a table by name (see `NAMES`); KeyError if there is none."""
    return PARSED if name == "parsed" else SCHEMAS[name]


@lru_cache(maxsize=16)
def contract(name: str) -> DataFrameSchema:
    """Return the pandera schema of a table by name (see `NAMES`); KeyError if there is none.

    Types that pandera's Arrow backend has no name for (decimals, lists, structs) are left to
    `breaches`, which compares Arrow schemas first.

    >>> contract("reports").columns["report_id"].unique
    True
    """
    import pandera.pyarrow as pandera  # here: half a second, and only runs of assets need it

    checks = _checks(name)
    keys = _KEYS.get(name, ("report_id",))
    columns = {}
    for field in schema_of(name):
        columns[field.name] = pandera.Column(
            None if _unnamed(field.type) else field.type,
            checks=[getattr(pandera.Check, check)(**kwargs) for check, kwargs in checks.get(field.name, ())],
            nullable=field.name not in keys,
            unique=field.name == "report_id" and name in _ONE_ROW_A_REPORT,
        )
    return pandera.DataFrameSchema(columns, strict=True, ordered=True, name=name)


def breaches(name: str, table: pa.Table) -> list[str]:
    """Return every breach of a table's contract as a line that names column, check and values.

    >>> breaches("findings", schema_of("findings").empty_table())
    []
    """
    expected = schema_of(name)
    if found := _schema_breaches(name, expected, table.schema):
        return found
    import pandera.pyarrow as pandera  # see `contract`

    try:
        contract(name).validate(table, lazy=True)
    except pandera.errors.SchemaErrors as error:
        return _lines(name, error.failure_cases)
    return []


# Columns without NULL, where it is not `report_id` alone.
_KEYS = {
    "parsed": ("report_id", "revision", "found_at", "source", "states"),
    "reports": ("report_id", "revision", "source_sha256", "verdict", *_COUNTS, "rule_set_version"),
    "findings": ("report_id", "rule", "verdict", "severity", "message_zh", "message_en"),
    "quarantine": ("report_id", "source_sha256", "reasons"),
    **dict.fromkeys(universe().wide, ("report_id", "cell_state")),
}
_ONE_ROW_A_REPORT = ("reports", *universe().wide)


def _checks(name: str) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Return the checks of a table: column -> (name of a pandera check, its arguments)."""
    if name in universe().wide:
        pattern = f"^[{_LETTERS}]{{{len(universe().wide[name])}}}$"
        return {"form": [_forms()], "cell_state": [("str_matches", {"pattern": pattern})]}
    if name == "reports":
        return {
            "form": [_forms()],
            "level": [_in(LEVELS)],
            "scope": [_in(SCOPES)],
            "verdict": [_in(VERDICTS)],
            "source_sha256": [_SHA256],
            **{column: [("ge", {"min_value": 0})] for column in _COUNTS},
        }
    if name == "findings":
        return {
            "rule": [_in(_rule_ids())],
            "verdict": [_in(("fail", "unknown"))],
            "severity": [_in(SEVERITIES)],
            "review": [_in(REVIEWS)],
        }
    if name == "parsed":
        return {"form": [_forms()], "states": [("str_matches", {"pattern": f"^[{_LETTERS}]*$"})]}
    return {"source_sha256": [_SHA256]}


_SHA256 = ("str_matches", {"pattern": "^[0-9a-f]{64}$"})


def _in(values: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    return "isin", {"allowed_values": list(values)}


def _forms() -> tuple[str, dict[str, Any]]:
    return _in(tuple(form.id for form in load_forms()))


def _rule_ids() -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.id for form in load_forms() for rule in form.rules))


def _unnamed(kind: pa.DataType) -> bool:
    return bool(pa.types.is_decimal(kind) or pa.types.is_nested(kind))


def _schema_breaches(name: str, expected: pa.Schema, actual: pa.Schema) -> list[str]:
    if actual.equals(expected):
        return []
    lines = [f"{name}: column {column} is missing" for column in expected.names if column not in actual.names]
    lines += [
        f"{name}: column {column} is not known" for column in actual.names if column not in expected.names
    ]
    for field in expected:
        at = actual.get_field_index(field.name)
        if at >= 0 and actual.field(at).type != field.type:
            lines.append(f"{name}: column {field.name} must be {field.type}, was {actual.field(at).type}")
    return lines or [f"{name}: columns must be in the order of the schema, were {actual.names}"]


def _lines(name: str, cases: pa.Table) -> list[str]:
    """Return a line a broken check, with the first few values that broke it."""
    values: dict[tuple[str, str], list[str]] = {}
    for case in cases.to_pylist():
        values.setdefault((str(case["column"]), case["check"]), []).append(str(case["failure_case"]))
    return [
        f"{name}: column {column}: {check}: {len(broken)} rows, such as {', '.join(broken[:_QUOTED])}"
        for (column, check), broken in values.items()
    ]
