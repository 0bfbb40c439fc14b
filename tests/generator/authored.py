"""The sample reports and the golden folders, written by hand as figures and prose in authored/*.toml.

`python -m tests.generator.authored` renders them to govinfo_pipeline/samples/reports/ and tests/reports/;
a test holds the committed files against this. The expected figures come from the writer's side.
"""

from __future__ import annotations

import fnmatch
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from govinfo_pipeline.formats import load_form
from govinfo_pipeline.formats.model import Table
from tests.generator.expect import Reading, expected
from tests.generator.figures import APPLICANTS, DASHES, DISPUTE_GROUPS, DISPUTE_OUTCOMES, result_rows
from tests.generator.prose import fill
from tests.generator.report import render, suffix
from tests.generator.truth import BLANK, ExtraRow, Printed, Truth, dash, in_script, printed, tables_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLES = ROOT / "govinfo_pipeline" / "samples" / "reports"
GOLDEN = ROOT / "tests" / "reports"
NOTICE = "(软件样例:机关名称仅作示例,文字与数字均为虚构,与任何机关无关。)"
STATES = {"n": "number", "b": "blank", "d": "dash", "u": "unreadable", "a": "absent"}
README = """# Sample reports

Invented reports for trying the pipeline: `govinfo run` without a source runs over `reports/`.

**Every sentence and every figure is invented.** The names are of real places, only so that region codes
resolve; the reports say nothing about those places or their governments, and each file says so in its last
line. The samples show the layouts that reports are found in, and the mistakes that are made in them.

**所有文字与数字均为虚构。** 使用真实地名仅为演示区划代码的识别, 与当地及其机关无关。

| File | Issuer | Year | Shows |
|---|---|---|---|
{rows}
"""


@dataclass(frozen=True)
class Authored:
    """One written report: ``data`` is its file; ``truth`` is None where its form is not parsed."""

    slug: str
    data: dict[str, Any]
    truth: Truth | None
    source: str

    @property
    def file_name(self) -> str:
        """The name of the rendered file."""
        return f"{self.slug}{suffix(self.data['layout']) if 'layout' in self.data else '.txt'}"


@lru_cache(maxsize=1)
def authored() -> tuple[Authored, ...]:
    """Return every written report, by name."""
    files = sorted((HERE / "authored").glob("*.toml"))
    return tuple(_written(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in files)


def rendered() -> Iterator[tuple[Path, str]]:
    """Yield every file that the written reports make, and its text."""
    yield SAMPLES.parent / "README.md", _readme()
    for report in authored():
        if report.data["sample"]:
            yield SAMPLES / report.file_name, report.source
        if report.data["golden"]:
            folder = GOLDEN / report.slug
            if not report.data["sample"]:
                yield folder / f"source{Path(report.file_name).suffix}", report.source
            yield folder / "expected.json", _json(_expected(report))
            yield folder / "findings.json", _json(report.data.get("finding", []))


def _written(slug: str, data: dict[str, Any]) -> Authored:
    prose = {name: tuple(text.strip().splitlines()) for name, text in data["prose"].items()}
    if data.get("raw"):
        lines = [data["title"], "", *prose["opening"], *prose["s1"], NOTICE]
        return Authored(slug, data, None, "\n".join(lines) + "\n")
    right = Truth(
        form=data["form"],
        year=data["year"],
        issuer=data["issuer"],
        title=data["title"],
        cells=_cells(data),
        closing=(NOTICE,),
        script=data.get("script", "simplified"),
        block_form=data.get("block_form"),
        missing=frozenset(data.get("missing", ())),
        extras=tuple(ExtraRow("art20_1", e["label"], tuple(e["texts"])) for e in _listed(data, "extra")),
    )
    texts = {name: tuple(fill(line, right) for line in lines) for name, lines in prose.items()}
    sections = {1: texts["s1"], 5: texts["s5"], 6: texts["s6"]}
    truth = replace(_mistaken(right, data), opening=texts["opening"], sections=sections)
    text = render(truth, data["layout"], Random(slug))
    for whole, broken in data.get("damage", ()):
        if whole not in text:
            raise ValueError(f"{slug}: nothing to damage: {whole!r}")
        text = text.replace(whole, broken)
    return Authored(slug, data, truth, text)


def _listed(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [data[name]] if name in data else []


def _cells(data: dict[str, Any]) -> dict[str, Printed]:
    """Return the cells that the file gives, all others zero, with the totals that follow from them."""
    tables = tables_of(data["form"], data.get("block_form", data["form"]))
    cells = {cell.id: printed(0) for table in tables for cell in table.cells}
    cells |= _applications(data["form"], data["applications"])
    for group in DISPUTE_GROUPS:
        given = data["disputes"].get(group, [])
        parts = dict(zip(DISPUTE_OUTCOMES, [*given, 0, 0, 0, 0], strict=False))
        cells |= {f"disputes.cases.{group}_{name}": printed(n) for name, n in parts.items()}
        cells[f"disputes.cases.{group}_total"] = printed(sum(parts.values()))
    for name, value in data["proactive"].items():
        cells[_proactive_id(tables, name)] = parse(str(value))
    return cells


def _applications(form: str, given: dict[str, list[int]]) -> dict[str, Printed]:
    rows = result_rows(form)
    if unknown := set(given) - {*rows, "carried_in", "carried_forward"}:
        raise ValueError(f"form {form} has no such rows to fill in: {sorted(unknown)}")
    counts = {
        row: [*given.get(row, []), 0, 0, 0, 0, 0, 0][:6] for row in (*rows, "carried_in", "carried_forward")
    }
    counts["processed_total"] = [sum(column) for column in zip(*(counts[row] for row in rows), strict=True)]
    counts["new_received"] = [
        done + forward - before
        for done, forward, before in zip(
            counts["processed_total"], counts["carried_forward"], counts["carried_in"], strict=True
        )
    ]
    if min(counts["new_received"]) < 0:
        raise ValueError(f"more is carried in than goes out: {counts['new_received']}")
    cells = {}
    for row, values in counts.items():
        for column, value in zip((*APPLICANTS, "total"), (*values, sum(values)), strict=True):
            cells[f"applications.{row}.{column}"] = printed(value)
    return cells


def _proactive_id(tables: tuple[Table, ...], name: str) -> str:
    """Return the cell id of ``row.column`` in block two."""
    found = [c.id for table in tables for c in table.cells if c.id.split(".", 1)[1] == name]
    if len(found) != 1:
        raise ValueError(f"no cell {name!r} in block two")
    return found[0]


def _mistaken(truth: Truth, data: dict[str, Any]) -> Truth:
    """Return the report as it is printed, with the mistakes that its file names."""
    if data.get("empty"):
        return truth.emptied()
    changes: dict[str, Printed] = {}
    for section, zeros_only in (("printed", False), ("printed_zeros", True)):
        for pattern, text in data.get(section, {}).items():
            cells = fnmatch.filter(truth.cells, pattern)
            if not cells:
                raise ValueError(f"no cell is named {pattern!r}")
            changes |= {c: parse(text) for c in cells if not (zeros_only and truth.cells[c].value)}
    return truth.with_cells(changes)


def parse(text: str) -> Printed:
    """Return the cell that a printed text is; the writer's own small grammar of numbers.

    >>> parse("减4").value, parse("251000元").unit, parse("").state, parse("/").state
    (-4, '元', 'b', 'd')
    """
    if not text or text in DASHES:
        return dash(text) if text else BLANK
    unit = next((u for u in ("万元", "元") if text.endswith(u)), "")
    digits = text.removesuffix(unit).replace("增", "").replace("减", "-")
    value = Decimal(digits) if "." in digits else int(digits)
    return printed(value, text, unit)


def _expected(report: Authored) -> dict[str, Any]:
    """Return what must be read: the contract's object, as far as it is certain from the writer's side."""
    data, truth = report.data, report.truth
    if truth is None:
        return {"title": data["title"], "error": {"code": data["error"]}}
    identity = data["identity"]
    allowed = expected(truth, data["layout"])
    figures = [
        {
            "id": cell_id,
            "value": (reading := _certain(allowed[cell_id])).value,
            "state": STATES[reading.state],
            "text": in_script(truth.cells[cell_id].text, truth.script) if reading.state in "nd" else "",
        }
        for table in truth.tables
        for cell_id in (cell.id for cell in table.cells)
    ]
    return {
        "report_id": identity["report_id"],
        "title": in_script(data["title"], truth.script),
        "issuer": {key: identity[key] for key in ("name", "region_code", "level", "scope")},
        "year": truth.year,
        "format": truth.form,
        "tables": {
            table.id: _table_state(table, truth)
            for table in truth.tables
            if table.id in {own.id for own in load_form(truth.form).tables}
        },
        "figures": figures,
    }


def _certain(readings: frozenset[Reading]) -> Reading:
    """Return the one reading that is right; of an empty row that lost its blanks, blank."""
    return min(readings) if len(readings) > 1 else next(iter(readings))


def _table_state(table: Table, truth: Truth) -> str:
    """Return filled, partly_filled, not_filled or missing, by what stands in the cells."""
    if table.id in truth.missing:
        return "missing"
    filled = [truth.cells[cell.id].state != "b" for cell in table.cells]
    return "filled" if all(filled) else "partly_filled" if any(filled) else "not_filled"


def _readme() -> str:
    """Return the list of the samples for people."""
    samples = [report for report in authored() if report.data["sample"]]
    rows = [
        f"| `{r.file_name}` | {r.data['issuer']} | {r.data['year']} | {r.data['shows']} |" for r in samples
    ]
    return README.format(rows="\n".join(rows))


def _json(content: Any) -> str:
    """Return JSON with one figure a line; decimals exactly as they are."""
    if isinstance(content, dict) and "figures" in content:
        head = _json({k: v for k, v in content.items() if k != "figures"}).rstrip()[:-2]
        lines = ",\n".join(f"    {_number_exact(figure)}" for figure in content["figures"])
        return f'{head},\n  "figures": [\n{lines}\n  ]\n}}\n'
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _number_exact(figure: dict[str, Any]) -> str:
    text = json.dumps({**figure, "value": None}, ensure_ascii=False)
    return text.replace(
        '"value": null', f'"value": {"null" if figure["value"] is None else figure["value"]}', 1
    )


def main() -> None:
    """Write every rendered file."""
    for path, text in rendered():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
