"""Names of sums of cells, for sentences and for instances of rules: 不予公开各项总计, 行政诉讼总计."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from govinfo_pipeline.extract.narrative.claim import Cells
from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.verify.sentence import cell_name, column_name, row_name

_GROUPS = {
    "granted": ("予以公开", "granted"),
    "denied": ("不予公开", "denied"),
    "unavailable": ("无法提供", "unavailable"),
    "not_processed": ("不予处理", "not processed"),
    "other": ("其他处理", "otherwise processed"),
}
_ROLES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}


class Name(NamedTuple):
    """``key`` is stable and short; ``zh`` and ``en`` stand in sentences."""

    key: str
    zh: str
    en: str


@lru_cache(maxsize=2048)
def name_of(cells: Cells) -> Name:
    """Return the name of a sum of cells.

    >>> name_of(("applications.new_received.total",))
    Name(key='applications.new_received.total', zh='本年新收总计', en='New applications received this year, total')
    """
    if not cells:
        return Name("", "(表格无此项)", "(not in the form)")
    table = cells[0].split(".")[0]
    if table == "applications":
        return _applications(cells)
    if table == "disputes" and len(cells) > 1:
        return _disputes(cells)
    name = cell_name(universe().cells[universe().index[cells[0]]])
    return Name(cells[0], name.zh, name.en)


def _applications(cells: Cells) -> Name:
    index, known = universe().index, universe().cells
    rows = list(dict.fromkeys(cell.split(".")[1] for cell in cells))
    columns = list(dict.fromkeys(cell.split(".")[2] for cell in cells))
    group = _group(rows)
    if group:
        row = Name(group, f"{_GROUPS[group][0]}各项", _GROUPS[group][1])
    else:
        named = [row_name(known[index[f"applications.{r}.total"]]) for r in rows]
        row = Name("+".join(rows), "+".join(n.zh for n in named), " + ".join(n.en for n in named))
    if len(columns) > 1:
        column = Name("legal", "法人或其他组织", "legal persons and other organisations")
    else:
        shown = column_name(known[index[f"applications.{rows[0]}.{columns[0]}"]])
        column = Name(columns[0], shown.zh, shown.en.lower())
    return Name(f"applications.{row.key}.{column.key}", f"{row.zh}{column.zh}", f"{row.en}, {column.en}")


def _group(rows: list[str]) -> str:
    if len(rows) < 2:
        return ""
    outcomes = {row.id: row.outcome for row in load_form("2021").table("applications").rows}
    found = {outcomes.get(row) for row in rows}
    outcome = found.pop() if len(found) == 1 else None
    whole = outcome and {r for r, o in outcomes.items() if o == outcome} == set(rows)
    return outcome if whole and outcome and outcome != "granted" else ""


def _disputes(cells: Cells) -> Name:
    role = cells[0].rsplit("_", 1)[1]
    reviews = any(".review_" in cell for cell in cells)
    zh = "行政复议与行政诉讼" if reviews else "行政诉讼"
    en = "reviews and litigation" if reviews else "litigation"
    key = "review+litigation" if reviews else "litigation"
    return Name(f"disputes.cases.{key}_{role}", f"{zh}{_ROLES[role]}", f"{en}, {role}")
