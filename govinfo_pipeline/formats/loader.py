"""Read a form from TOML and refuse whatever it should not say, naming the file and the place.

Owns the syntax of form files. Does not read rule expressions: `verify.rules` does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import MISSING, fields
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, TypeVar

from govinfo_pipeline.errors import FormError, RuleError
from govinfo_pipeline.formats.model import (
    EACH,
    FAMILIES,
    KINDS,
    SEVERITIES,
    STATUSES,
    Column,
    Form,
    Row,
    Rule,
    Table,
)

# A form is a file of this folder: its name is the form's id.
FORM_IDS = tuple(
    sorted(
        file.name.removesuffix(".toml")
        for file in resources.files(__package__).iterdir()
        if file.name.endswith(".toml")
    )
)

_TABLE_KEYS: dict[str, type] = {
    "id": str,
    "zh": str,
    "en": str,
    "law": str,
    "labels": list,
    "columns": list,
    "rows": list,
}

_Record = TypeVar("_Record", Row, Column, Rule)


@lru_cache(maxsize=1)
def load_forms() -> tuple[Form, ...]:
    """Return every form that ships with the package, oldest first."""
    forms = tuple(load_form(form_id) for form_id in FORM_IDS)
    refuse_overlap(forms)
    return forms


def refuse_overlap(forms: Sequence[Form]) -> None:
    """Refuse forms of which two are in force in one year: no report would know which it must use.

    Raises:
        FormError: names the two and the year.
    """
    for earlier, later in pairwise(sorted(forms, key=lambda form: form.first_year)):
        if earlier.valid_in(later.first_year):
            raise FormError(
                f"formats/{earlier.id}.toml: form",
                f"last_year must be before {later.first_year}, when form {later.id} begins, was {earlier.last_year}.",
            )


@lru_cache(maxsize=8)
def load_form(form_id: str) -> Form:
    """Return one form by id (``"2019"`` or ``"2021"``).

    Raises:
        FormError: no such form, or its file is wrong.
    """
    name = f"{form_id}.toml"
    file = resources.files(__package__) / name
    if form_id not in FORM_IDS:
        raise FormError(f"formats/{name}", f"no such form. Known: {', '.join(FORM_IDS)}.")
    return parse_form(file.read_text(encoding="utf-8"), where=f"formats/{name}")


def parse_form(text: str, where: str) -> Form:
    """Return the form that a TOML text describes; ``where`` names it in errors.

    Raises:
        FormError: the text is not TOML, or a key is unknown, missing, of the wrong type, or repeated.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormError(where, f"not TOML: {error}") from error
    _only(data, {"form", "table", "rule"}, where)
    head = data.get("form", {})
    _only(head, {"id", "zh", "en", "instrument", "first_year", "last_year"}, f"{where}: form")
    _need(head, {"id": str, "zh": str, "en": str, "instrument": str, "first_year": int}, f"{where}: form")
    tables = tuple(_table(item, where) for item in data.get("table", []))
    _unique([table.id for table in tables], f"{where}: tables")
    rules = tuple(_rule(item, where, tables) for item in data.get("rule", []))
    _unique([rule.id for rule in rules], f"{where}: rules")
    return Form(
        id=head["id"],
        zh=head["zh"],
        en=head["en"],
        instrument=head["instrument"],
        first_year=head["first_year"],
        last_year=head.get("last_year"),
        tables=tables,
        rules=rules,
    )


def _table(data: dict[str, Any], where: str) -> Table:
    place = f"{where}: table {data.get('id', '(without id)')}"
    _only(data, {*_TABLE_KEYS, "headings", "groups", "extras"}, place)
    _need(data, _TABLE_KEYS, place)
    rows = tuple(_record(Row, _labelled(item), f"{place}: row") for item in data["rows"])
    columns = tuple(_record(Column, _labelled(item), f"{place}: column") for item in data["columns"])
    for column in columns:
        _one_of(column.kind, KINDS, f"{place}: column {column.id}: kind")
    _unique([row.id for row in rows], f"{place}: rows")
    _unique([column.id for column in columns], f"{place}: columns")
    printed = {key: tuple(data.get(key, ())) for key in ("labels", "headings", "groups", "extras")}
    return Table(data["id"], data["zh"], data["en"], data["law"], rows=rows, columns=columns, **printed)


def _rule(data: dict[str, Any], where: str, tables: tuple[Table, ...]) -> Rule:
    name = str(data.get("id", "(without id)"))
    place = f"{where}: rule {name}"
    data = dict(data)
    named = data.pop("table", None)
    known = [table.id for table in tables]
    wanted = [] if named == "*" else [named] if isinstance(named, str) else named
    if not isinstance(wanted, list) or not all(item in known for item in wanted):
        raise RuleError(
            where, name, f"unknown table {named!r}. Known: {', '.join(known)}, or '*' for the report."
        )
    rule = _record(Rule, data | {"tables": wanted}, place)
    _one_of(rule.family, FAMILIES, f"{place}: family")
    _one_of(rule.severity, SEVERITIES, f"{place}: severity")
    _one_of(rule.status, STATUSES, f"{place}: status")
    if (rule.expr is None) == (rule.check is None):
        raise RuleError(where, name, "must have either expr or check.")
    if rule.expr is not None:
        _one_of(rule.each, EACH, f"{place}: each")
        _one_of(rule.blanks, ("fillable",), f"{place}: blanks")
    return rule


def _labelled(item: dict[str, Any]) -> dict[str, Any]:
    return {"label": item.get("zh"), **item}


def _record(kind: type[_Record], data: dict[str, Any], place: str) -> _Record:
    place = f"{place} {data.get('id', '(without id)')}"
    specs = {field.name: field for field in fields(kind)}
    _only(data, set(specs), place)
    for name, spec in specs.items():
        if name not in data:
            if spec.default is MISSING:
                raise FormError(place, f"{name} is missing.")
            continue
        expected = list if "tuple" in str(spec.type) else str
        if not isinstance(data[name], expected):
            raise FormError(place, f"{name} must be a {expected.__name__}, was {data[name]!r}.")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return kind(**values)


def _only(data: dict[str, Any], known: set[str], place: str) -> None:
    if unknown := sorted(set(data) - known):
        raise FormError(place, f"unknown key {unknown[0]!r}. Known: {', '.join(sorted(known))}.")


def _need(data: dict[str, Any], types: dict[str, type], place: str) -> None:
    for name, expected in types.items():
        if name not in data:
            raise FormError(place, f"{name} is missing.")
        if not isinstance(data[name], expected):
            raise FormError(place, f"{name} must be a {expected.__name__}, was {data[name]!r}.")


def _one_of(value: str | None, known: tuple[str, ...], place: str) -> None:
    if value not in known:
        raise FormError(place, f"must be one of {', '.join(known)}, was {value!r}.")


def _unique(ids: list[str], place: str) -> None:
    if repeated := sorted({item for item in ids if ids.count(item) > 1}):
        raise FormError(place, f"{repeated[0]!r} stands twice.")
