"""Every file that is generated from the forms: written by `render`, compared by `check`.

Owns where they stand:

- ``expectations/govinfo_<table>.json``: suites, and nothing else, since Great Expectations reads
  every JSON below that folder as a suite;
- ``sql/audits/<dialect>/<rule>.sql``: the rules as queries over the warehouse, for whoever has the
  database and not this package. They stand beside `expectations/`, not in the package, because the
  package renders its SQL when it runs;
- ``docs/dictionary.md`` and ``docs/rules.md``: `documents`.

Deletes nothing: a file that is no longer generated is a difference that `check` names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from govinfo_pipeline.formats import Rule, load_forms, universe
from govinfo_pipeline.suites.catalogue import render_suites, suite_name
from govinfo_pipeline.suites.documents import dictionary, rule_reference
from govinfo_pipeline.verify import sql
from govinfo_pipeline.verify.rules import Instance, compile_form

# The databases that a warehouse can be.
DIALECTS = ("duckdb", "postgres")
SCHEMA = "govinfo"

# Folders that hold generated files only, and their suffix.
_FOLDERS = (("expectations", ".json"), ("sql/audits", ".sql"))


def render(root: Path) -> list[Path]:
    """Write every generated file below ``root`` that differs; return those that were written."""
    written = []
    for name, text in _files():
        path = root / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def check(root: Path) -> list[str]:
    """Return how the files below ``root`` differ from what the forms say, a line a file."""
    differences = []
    files = dict(_files())
    for name, text in files.items():
        path = root / name
        if not path.is_file():
            differences.append(f"{name}: missing; run `govinfo suites`")
        elif path.read_text(encoding="utf-8") != text:
            differences.append(f"{name}: differs from the forms; run `govinfo suites`")
    for folder, suffix in _FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and name not in files:
                wanted = f"only generated {suffix} files stand here"
                differences.append(f"{name}: not generated, {wanted}; delete it")
    return differences


def _files() -> Iterator[tuple[str, str]]:
    for table, suite in render_suites().items():
        text = json.dumps(suite, ensure_ascii=False, indent=2)
        yield f"expectations/{suite_name(table)}.json", f"{text}\n"
    for dialect in DIALECTS:
        for rule, text in audits(dialect).items():
            yield f"sql/audits/{dialect}/{rule}.sql", text
    yield "docs/dictionary.md", dictionary()
    yield "docs/rules.md", rule_reference()


def audits(dialect: str, schema: str = SCHEMA) -> dict[str, str]:
    """Return the audit of every rule that SQL can judge, by rule id.

    An audit is a SELECT over the warehouse that returns a row for every failing instance.

    >>> list(audits("duckdb"))[:4]
    ['A1', 'A2', 'A3', 'D1']
    """
    by_rule: dict[str, list[Instance]] = {}
    for form in load_forms():
        for instance in compile_form(form):
            by_rule.setdefault(instance.rule.id, []).append(instance)
    found = {
        rule: sql.failures(instances, dialect, f"{schema}.{sql.wide_table(instances)}", f"{schema}.reports")
        for rule, instances in by_rule.items()
    }
    types = [r for form in load_forms() for r in form.rules if r.check == "value_type"]
    for rule in types:
        if rule.status != "retired":
            parts = [sql.type_failures(t, dialect, f"{schema}.{t}") for t in universe().wide]
            found[rule.id] = "\nUNION ALL ".join(parts)
    return {rule: f"{_header(rule)}{text}\n" for rule, text in found.items()}


def _header(rule_id: str) -> str:
    """Return the comment above an audit: what the rule says, in the words of each form's law."""
    rules: dict[str, Rule] = {
        form.id: rule for form in load_forms() for rule in form.rules if rule.id == rule_id
    }
    newest = list(rules.values())[-1]
    lines = [
        f"{rule_id} ({newest.severity}, {newest.status}): {newest.zh}",
        newest.en,
        *(f"{form}: {rule.law}" for form, rule in rules.items()),
        "A row for every failing instance. Generated from the forms by `govinfo suites`.",
    ]
    return "".join(f"-- {line}\n" for line in lines)
