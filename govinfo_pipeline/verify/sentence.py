"""Say what a rule instance found: the arithmetic and the lines, in Chinese and English.

Owns the wording of arithmetic findings. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from govinfo_pipeline.formats import Cell, universe
from govinfo_pipeline.report import NUMBER, Report
from govinfo_pipeline.verify.finding import Evidence, Message
from govinfo_pipeline.verify.rules import Instance, Term

_NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d+\.)")
_EXPLANATION = re.compile(r"\(.*\)$")
_MOST_TERMS = 5
_MOST_LINES = 6

_ROLES = {
    "upheld": ("结果维持", "upheld"),
    "corrected": ("结果纠正", "corrected"),
    "other": ("其他结果", "other"),
    "pending": ("尚未审结", "pending"),
    "total": ("总计", "total"),
}
_GROUPS = {
    "review": ("行政复议", "reviews"),
    "direct_litigation": ("未经复议直接起诉", "direct litigation"),
    "post_review_litigation": ("复议后起诉", "litigation after review"),
}


def row_name(cell: Cell) -> Message:
    """Return a row's name without numbering and explanation, for sentences."""
    zh = cell.row.short or _EXPLANATION.sub("", _NUMBERING.sub("", cell.row.label))
    return Message(zh or cell.row.label.strip("()"), cell.row.en)


def column_name(cell: Cell) -> Message:
    """Return a column's name for sentences."""
    if cell.column.role:
        return Message(*_ROLES[cell.column.role])
    return Message(cell.column.label, cell.column.en)


def cell_name(cell: Cell) -> Message:
    """Return a cell's name for sentences: row, then column.

    >>> cell_name(universe().cells[universe().index["disputes.cases.review_upheld"]]).zh
    '行政复议结果维持'
    """
    column = column_name(cell)
    if cell.column.role:
        group = _GROUPS[cell.column.group or ""]
        return Message(f"{group[0]}{column.zh}", f"{group[1]}, {column.en}")
    row = row_name(cell)
    return Message(f"“{row.zh}”{column.zh}", f"'{row.en}', {column.en}")


def place_name(instance: Instance) -> Message:
    """Return where an instance is read: 总计列, “予以公开”行, 行政复议."""
    cell = universe().cells[instance.terms[0].position]
    if instance.rule.each == "column":
        name = column_name(cell)
        return Message(f"{name.zh}列", f"column '{name.en}'")
    if instance.rule.each == "group":
        return Message(*_GROUPS[cell.column.group or ""])
    name = row_name(cell)
    return Message(f"“{name.zh}”行", f"row '{name.en}'")


class Side(NamedTuple):
    """One side of a relation, spelled out, and its sum with missing cells as 0."""

    text: Message
    total: int


def arithmetic(instance: Instance, report: Report, prior: Report | None = None) -> Message:
    """Return the arithmetic of an instance: 本年新收 58 + 上年结转 3 = 61, 办理总计 57 + 结转下年 2 = 59."""
    left = _side(instance, report, prior, 1)
    right = _side(instance, report, prior, -1)
    if len(instance.terms) == 1 and not instance.constant:
        return left.text  # it must be 0
    return Message(f"{left.text.zh}, {right.text.zh}", f"{left.text.en}, {right.text.en}")


def unbalanced(instance: Instance, report: Report, residual: int, prior: Report | None = None) -> Message:
    """Return the sentence of a failed instance."""
    sums, place = arithmetic(instance, report, prior), place_name(instance)
    where = lines_of(report, (t.position for t in instance.terms if not t.prior))
    if instance.relation == ">=" or instance.rule.family == "plausibility":
        return Message(
            f"{instance.rule.id} 不符 {place.zh}: {instance.rule.zh}; {sums.zh}. {where.zh}",
            f"{instance.rule.id} does not hold in {place.en}: {instance.rule.en}; {sums.en}. {where.en}",
        )
    return Message(
        f"{instance.rule.id} 不平 {place.zh}: {sums.zh}, 差 {abs(residual)}. {where.zh}",
        f"{instance.rule.id} does not balance in {place.en}: {sums.en}, off by {abs(residual)}. {where.en}",
    )


def lines_of(report: Report, positions: Iterable[int]) -> Message:
    """Return 见第 34、35 行. for the lines that the cells stand on; empty where none has a line."""
    lines = sorted({report.lines[i] for i in positions if report.lines[i]})
    if not lines:
        return Message("", "")
    if len(lines) > _MOST_LINES:
        return Message(f"见第 {lines[0]}-{lines[-1]} 行.", f"See lines {lines[0]}-{lines[-1]}.")
    word = "line" if len(lines) == 1 else "lines"
    return Message(
        f"见第 {'、'.join(map(str, lines))} 行.",
        f"See {word} {', '.join(map(str, lines))}.",
    )


def evidence_of(report: Report, positions: Sequence[int]) -> tuple[Evidence, ...]:
    """Return the printed rows that the cells stand in: label of the form, then the row's cells as printed."""
    cells = universe()
    shown: dict[tuple[str, str], Evidence] = {}
    for i in positions:
        cell = cells.cells[i]
        key = (cell.table, cell.row.id)
        if key not in shown:
            row = [k for k in cells.tables[cell.table] if cells.cells[k].row.id == cell.row.id]
            printed = [report.texts[k] or "□" for k in row if report.states[k] != "a"]
            label = row_name(cell).zh if cell.row.id != "cases" else "行政复议、行政诉讼"
            shown[key] = Evidence(report.lines[i] or None, f"{label}: {' '.join(printed)}")
    return tuple(shown.values())


def _side(instance: Instance, report: Report, prior: Report | None, sign: int) -> Side:
    terms = [term for term in instance.terms if term.coefficient * sign > 0]
    constant = instance.constant * sign
    total = sum(abs(term.coefficient) * _value(term, report, prior) for term in terms)
    if not terms:
        return Side(Message(str(max(constant, 0)), str(max(constant, 0))), max(constant, 0))
    shown = (
        [term for term in terms if _printed(term, report, prior) != "0"]
        if len(terms) > _MOST_TERMS
        else terms
    )
    if len(shown) > _MOST_TERMS:
        return Side(Message(f"各项之和 {total}", f"the sum of the items {total}"), total)
    zh = " + ".join(f"{_name(term, instance).zh} {_printed(term, report, prior)}" for term in shown)
    en = " + ".join(f"{_name(term, instance).en} {_printed(term, report, prior)}" for term in shown)
    if len(terms) > len(shown):
        zh, en = (f"{zh} + 其余 0", f"{en} + the rest 0") if shown else ("各项均为 0", "all items 0")
    if len(terms) == 1:
        return Side(Message(zh, en), total)
    return Side(Message(f"{zh} = {total}", f"{en} = {total}"), total)


def _name(term: Term, instance: Instance) -> Message:
    cell = universe().cells[term.position]
    name = row_name(cell) if instance.rule.each == "column" else column_name(cell)
    return Message(f"上年报告{name.zh}", f"last year's {name.en}") if term.prior else name


def _value(term: Term, report: Report, prior: Report | None) -> int:
    source = prior if term.prior else report
    value = source.values[term.position] if source else None
    return int(value) if isinstance(value, int | Decimal) and value == int(value) else 0


def _printed(term: Term, report: Report, prior: Report | None) -> str:
    source = prior if term.prior else report
    if source is None or source.states[term.position] != NUMBER:
        return "□"
    return str(source.values[term.position])
