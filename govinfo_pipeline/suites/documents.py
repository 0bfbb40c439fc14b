"""The data dictionary and the reference of rules, as Markdown rendered from the forms.

Owns the wording around the facts; the facts are the forms'. Writes no file: `render` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from govinfo_pipeline.formats import Form, Rule, load_forms, universe
from govinfo_pipeline.report import STATE_NAMES
from govinfo_pipeline.suites.catalogue import rules_of, suite_name
from govinfo_pipeline.verify.rules import compile_form, rule_set_version

_GENERATED = "<!-- Generated from govinfo_pipeline/formats/*.toml by `govinfo suites`. -->\n\n"

_DICTIONARY = """# Data dictionary / 数据字典

Every cell of every form, in the order of the warehouse. A value column is `BIGINT` for counts and
changes and `DECIMAL(24, 6)` for money, and NULL unless the cell is a number. *n* is the place of the
cell's letter in `cell_state`, and of its printed text and line in `cell_text` and `cell_line`.

| letter | state | meaning |
|---|---|---|
"""

_MEANINGS = {
    "n": "printed, a number / 数值",
    "b": "left blank / 空白",
    "d": "a dash or a word for none / 横线或“无”",
    "u": "printed, but its place in the table is not certain / 位置不确定",
    "x": "printed, but no number / 不是数值",
    "a": "not in the document / 文档中没有",
}

_RULES = """# Rules / 规则

Every rule of the forms. The three verdicts of a relation over cells:

- **pass**: it holds with blank cells as 0, and no cell of it is unreadable or absent;
- **fail**: no filling of the missing cells can make it hold (counts are not negative);
- **unknown**: otherwise. Missing is never zero. 缺失不等于零.

A relation is not judged where nothing of its table is printed: S4 and S5 say that once. An instance
is `RULE@place`. A shadow rule is judged and counted, and blocks nothing; a retired rule is judged no
more, and its id is not used again.

"""


def dictionary() -> str:
    """Return the data dictionary: every cell with its id, column, labels, unit, kind and forms."""
    return _GENERATED + "".join(_dictionary())


def rule_reference() -> str:
    """Return the reference of rules: every rule with its text, severity, law and instances."""
    return _GENERATED + _RULES + "".join(_rules())


def _dictionary() -> Iterator[str]:
    yield _DICTIONARY
    for letter, state in STATE_NAMES.items():
        yield f"| `{letter}` | {state} | {_MEANINGS[letter]} |\n"
    cells = universe()
    owners = {cell.id: [form.id for form in load_forms() if cell.id in _ids(form)] for cell in cells.cells}
    for wide, positions in cells.wide.items():
        yield f"\n## {wide}\n"
        places = {position: place for place, position in enumerate(positions, start=1)}
        for table, group in groupby(positions, key=lambda position: cells.cells[position].table):
            yield f"\n{_title(table)}\n\n"
            yield "| n | column | cell | 中文 | English | unit | kind | forms |\n"
            yield "|---|---|---|---|---|---|---|---|\n"
            for i in group:
                cell = cells.cells[i]
                unit = cell.column.unit or "as printed / 按原文"
                yield (
                    f"| {places[i]} | `{cells.column_name(i)}` | `{cell.id}` | {cell.zh} |"
                    f" {cell.en} | {unit} | {cell.column.kind} | {', '.join(owners[cell.id])} |\n"
                )


def _ids(form: Form) -> frozenset[str]:
    return frozenset(cell.id for cell in form.cells)


def _title(table: str) -> str:
    newest = next(t for form in reversed(load_forms()) for t in form.tables if t.id == table)
    return f"{newest.zh}. {newest.en} (`{table}`). {newest.law}."


def _rules() -> Iterator[str]:
    yield f"Version of the rule set: `{rule_set_version()}`.\n"
    by_id: dict[str, dict[str, Rule]] = {}
    for form in load_forms():
        for rule in form.rules:
            by_id.setdefault(rule.id, {})[form.id] = rule
    suites = {rule.id: suite_name(table) for table in universe().wide for rule, _ in rules_of(table)}
    for rule_id in sorted(by_id, key=_order):
        yield from _rule(rule_id, by_id[rule_id], suites.get(rule_id))


def _order(rule_id: str) -> tuple[int, str]:
    """Families in the order in which they are explained, then by number."""
    return "ADNPYSC".find(rule_id[0]), rule_id


def _rule(rule_id: str, forms: Mapping[str, Rule], suite: str | None) -> Iterator[str]:
    newest = list(forms.values())[-1]
    yield f"\n## {rule_id}\n\n{newest.zh}\n\n{newest.en}\n\n"
    yield f"- Severity {newest.severity}, family {newest.family}, {newest.status}.\n"
    for form, rule in forms.items():
        yield f"- Form {form}: {rule.law}.\n"
    if newest.expr is None:
        yield f"- Judged in process, by the check `{newest.check}`"
        yield ", and by SQL.\n" if newest.check == "value_type" else ".\n"
        return
    yield f"- `{newest.expr}`, once for each {newest.each}"
    yield f", where `{newest.when}`.\n" if newest.when else ".\n"
    yield f"- Judged in process, by SQL, and {f'in the suite `{suite}`' if suite else 'in no suite'}.\n"
    for instances, same in _instances(rule_id, forms):
        yield f"- {len(instances)} instances ({' and '.join(same)}): "
        yield f"{', '.join(f'`{name}`' for name in instances) or 'none'}.\n"


def _instances(rule_id: str, forms: Mapping[str, Rule]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the instance ids and the forms that have just these."""
    found: dict[tuple[str, ...], list[str]] = {}
    for form in load_forms():
        if form.id in forms:
            ids = tuple(i.id for i in compile_form(form) if i.rule.id == rule_id)
            found.setdefault(ids, []).append(form.id)
    yield from found.items()
