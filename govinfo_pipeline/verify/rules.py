"""Compile the forms' rules: each `expr` becomes instances, each an integer sum of cells against zero.

Owns the syntax of rule expressions, the life of a rule and the version of the rule set. Expressions
are read by a whitelist of node types; whatever else an expression says is refused, with the file,
the rule and what is known. Judges nothing: `identities` and `sql` do, both from these instances.

The life of a rule (`status` in the form): an active rule is judged; a shadow rule is compiled and
judged too, but its instances are marked, so that it is counted and blocks nothing; a retired rule is
not compiled, and its id is never used again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from govinfo_pipeline.errors import RuleError
from govinfo_pipeline.formats import Cell, Form, Rule, Table, Universe, load_forms, universe

if TYPE_CHECKING:
    from sqlglot import exp

# Raised by hand when the meaning of a check in code changes; the hash follows the forms by itself.
RULE_SET = "2026.1"

# The node types that an expression may have, by what people call them.
_ADMITTED = "=, >=, +, -, names, sum(group), whole numbers, prior.name"
_RELATIONS = {"eq": "=", "gte": ">="}


@dataclass(frozen=True, slots=True)
class Term:
    """One cell of a sum. ``prior``: of the same issuer's report of the year before.

    ``signed`` where the cell may be negative (kind change).
    """

    position: int
    coefficient: int
    prior: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a rule: ``sum(coefficient * cell) + constant`` stands in ``relation`` to zero.

    Attributes:
        id: ``A1@natural_person``.
        rule: the rule of the form.
        form: the form's id.
        relation: ``=`` or ``>=``.
        table: the statutory table of its cells.
        terms: left side minus right side, in the order of the expression; every cell once.
        constant: the whole numbers of the expression, left minus right.
        extent: every position of the table on this form: judged only where one of them is printed.
    """

    id: str
    rule: Rule
    form: str
    relation: str
    table: str
    terms: tuple[Term, ...]
    constant: int = 0
    extent: tuple[int, ...] = ()

    @property
    def shadow(self) -> bool:
        """Whether the rule is on trial: counted, never blocking."""
        return self.rule.status == "shadow"

    @property
    def series(self) -> bool:
        """Whether it needs last year's report."""
        return any(term.prior for term in self.terms)


class _Operand(NamedTuple):
    """A name in an expression, before it is looked up in a table."""

    name: str
    coefficient: int
    prior: bool
    grouped: bool


class _Place(NamedTuple):
    """Where an expression is read once: what its names and groups stand for there."""

    suffix: str
    word: str
    cells: dict[str, Cell]
    groups: dict[str, tuple[Cell, ...]]


@lru_cache(maxsize=16)
def compile_form(form: Form, cells: Universe | None = None) -> tuple[Instance, ...]:
    """Return every instance of the form's rules that have an expression and are not retired.

    Order: rules as in the form, then tables, then columns, rows or groups as in the form.

    Raises:
        RuleError: an expression says what it must not, or names what its table does not have.

    >>> from govinfo_pipeline.formats import load_form
    >>> [i.id for i in compile_form(load_form("2021")) if i.rule.id == "D1"]
    ['D1@review', 'D1@direct_litigation', 'D1@post_review_litigation']
    """
    cells = cells or universe()
    where = f"formats/{form.id}.toml"
    found: list[Instance] = []
    for rule in form.rules:
        if rule.expr is None or rule.status == "retired":
            continue
        made = list(_compile_rule(form, rule, cells, where))
        ids = [instance.id for instance in made]
        if repeated := sorted({item for item in ids if ids.count(item) > 1}):
            raise RuleError(where, rule.id, f"two instances are {repeated[0]!r}.")
        found.extend(made)
    return tuple(found)


def incidence(instances: Sequence[Instance], cells: Universe | None = None) -> np.ndarray:
    """Return the coefficients as an integer matrix, instances x universe; prior terms stay out.

    A cell of last year's report is not a cell of this one: an error in it is located there.
    """
    matrix = np.zeros((len(instances), len(cells or universe())), dtype=np.int64)
    for row, instance in enumerate(instances):
        for term in instance.terms:
            if not term.prior:
                matrix[row, term.position] += term.coefficient
    return matrix


def rule_set_version() -> str:
    """Return the version of all rules: year and number, then a hash of what the forms say.

    Two equal versions judge alike; wording and legal basis are not part of the hash.

    >>> rule_set_version().split("+")[0] == RULE_SET
    True
    """
    return f"{RULE_SET}+{fingerprint(load_forms())}"


def fingerprint(forms: Sequence[Form]) -> str:
    """Return eight hex digits of the content of ``forms`` that can change a verdict."""
    text = json.dumps([_meaning(form) for form in forms], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _meaning(form: Form) -> list[Any]:
    tables = [
        [
            table.id,
            [[row.id, row.group, row.outcome] for row in table.rows],
            [[c.id, c.kind, c.unit, c.group, c.role] for c in table.columns],
        ]
        for table in form.tables
    ]
    rules = [
        [r.id, r.tables, r.severity, r.expr, r.each, r.check, r.when, r.blanks, r.status] for r in form.rules
    ]
    return [form.id, form.first_year, form.last_year, tables, rules]


def _compile_rule(form: Form, rule: Rule, cells: Universe, where: str) -> Iterator[Instance]:
    relation, operands, constant = _parse(rule, where)
    if not rule.tables:
        raise RuleError(where, rule.id, "an expression needs a table, was '*'.")
    for table in map(form.table, rule.tables):
        extent = tuple(cells.index[cell.id] for cell in table.cells)
        places = _PLACES[rule.each or ""](table)
        if not places:
            raise RuleError(where, rule.id, f"no {rule.each} with roles in table {table.id!r}.")
        for place in places:
            terms = tuple(_terms(rule, operands, table, place, cells, where))
            name = f"{rule.id}@{place.suffix}"
            yield Instance(name, rule, form.id, relation, table.id, terms, constant, extent)


def _terms(
    rule: Rule,
    operands: Sequence[_Operand],
    table: Table,
    place: _Place,
    cells: Universe,
    where: str,
) -> Iterator[Term]:
    seen: set[tuple[str, bool]] = set()
    for operand in operands:
        for cell in _resolve(rule, operand, table, place, where):
            if cell.column.kind == "money":
                raise RuleError(where, rule.id, f"{cell.id} is money, must be a count or a change.")
            if (cell.id, operand.prior) in seen:
                raise RuleError(where, rule.id, f"{cell.id} stands twice in {rule.expr!r}.")
            seen.add((cell.id, operand.prior))
            signed = cell.column.kind == "change"
            yield Term(cells.index[cell.id], operand.coefficient, operand.prior, signed)


def _resolve(rule: Rule, operand: _Operand, table: Table, place: _Place, where: str) -> tuple[Cell, ...]:
    known: dict[str, tuple[Cell, ...]] = place.groups
    word = f"{place.word} group"
    if not operand.grouped:
        known, word = {name: (cell,) for name, cell in place.cells.items()}, place.word
    if operand.name in known:
        return known[operand.name]
    names = ", ".join(known) or "none"
    problem = f"unknown {word} {operand.name!r} in table {table.id!r}. Known: {names}."
    raise RuleError(where, rule.id, problem)


def _by_column(table: Table) -> list[_Place]:
    return [
        _place(column.id, "row", [(c.row.id, c.row.group, c) for c in table.cells if c.column is column])
        for column in table.columns
    ]


def _by_row(table: Table) -> list[_Place]:
    return [
        _place(row.id, "column", [(c.column.id, c.column.group, c) for c in table.cells if c.row is row])
        for row in table.rows
    ]


def _by_group(table: Table) -> list[_Place]:
    """One place a row and group of columns; the row is named only where there are several."""
    places: dict[str, list[tuple[str, str | None, Cell]]] = {}
    for cell in table.cells:
        if cell.column.group and cell.column.role:
            group = cell.column.group
            suffix = group if len(table.rows) == 1 else f"{cell.row.id}.{group}"
            places.setdefault(suffix, []).append((cell.column.role, None, cell))
    return [_place(suffix, "role", named) for suffix, named in places.items()]


_PLACES = {"column": _by_column, "row": _by_row, "group": _by_group}


def _place(suffix: str, word: str, named: Sequence[tuple[str, str | None, Cell]]) -> _Place:
    groups: dict[str, tuple[Cell, ...]] = {}
    for _, group, cell in named:
        if group:
            groups[group] = (*groups.get(group, ()), cell)
    return _Place(suffix, word, {name: cell for name, _, cell in named}, groups)


def _parse(rule: Rule, where: str) -> tuple[str, list[_Operand], int]:
    """Return relation, operands and constant of an expression, right side brought to the left."""
    import sqlglot  # here, because reading documents needs no rules
    from sqlglot.errors import SqlglotError

    text = rule.expr or ""
    try:
        node = sqlglot.parse_one(text)
    except SqlglotError as error:
        reason = str(error).splitlines()[0]
        raise RuleError(where, rule.id, f"cannot read {text!r}: {reason}") from error
    relation = _RELATIONS.get(node.key)
    if relation is None:
        raise RuleError(where, rule.id, f"must be 'left = right' or 'left >= right', was {text!r}.")
    reader = _Reader(where, rule.id)
    reader.read(node.this, 1)
    reader.read(node.expression, -1)
    if not reader.operands:
        raise RuleError(where, rule.id, f"names no cell: {text!r}.")
    return relation, reader.operands, reader.constant


class _Reader:
    """Walks one side of an expression and collects signed operands; refuses what is not admitted."""

    def __init__(self, where: str, rule: str) -> None:
        self.where = where
        self.rule = rule
        self.operands: list[_Operand] = []
        self.constant = 0

    def read(self, node: exp.Expression, sign: int) -> None:
        match node.key:
            case "add" | "sub":
                self.read(node.this, sign)
                self.read(node.expression, sign if node.key == "add" else -sign)
            case "paren":
                self.read(node.this, sign)
            case "column":
                self._name(node, sign, grouped=False)
            case "sum" if node.this.key == "column":
                self._name(node.this, sign, grouped=True)
            case "literal" if _is_whole(node):
                self.constant += sign * int(node.this)
            case _:
                raise self._refuse(node)

    def _name(self, node: exp.Expression, sign: int, *, grouped: bool) -> None:
        parts = [str(part.name) for part in node.args.values() if part is not None]
        plain = all(part.key == "identifier" and not part.args["quoted"] for part in _present(node))
        qualifier = node.args.get("table")
        if not plain or len(parts) > 2 or (qualifier and qualifier.name != "prior"):
            raise self._refuse(node)
        self.operands.append(_Operand(node.name, sign, qualifier is not None, grouped))

    def _refuse(self, node: exp.Expression) -> RuleError:
        problem = f"{node.sql()!r} is not admitted. Known: {_ADMITTED}."
        return RuleError(self.where, self.rule, problem)


def _is_whole(node: exp.Expression) -> bool:
    """Whether a literal is a whole number small enough to be added to counts."""
    text = str(node.this)
    return not node.args["is_string"] and text.isdecimal() and int(text) < 2**31


def _present(node: exp.Expression) -> list[Any]:
    return [part for part in node.args.values() if part is not None]
