"""The views of a warehouse, generated from the forms: tidy cells, the panel, and all of it in Chinese.

Owns their SQL, in a plain subset that names no engine. A view derives beside what is stored and fills nothing
in: a figure with a missing part is NULL, never zero. No name is longer than 63 bytes, which is all that PostgreSQL
keeps of one: longer labels are shortened (`short_label`), in every engine alike.
"""

# ruff: noqa: S608 - the SQL here is made of names of this package, and of literals that are quoted
from __future__ import annotations

import re
from collections.abc import Iterable

from govinfo_pipeline.formats import Cell, Form, universe
from govinfo_pipeline.formats.universe import WIDE_TABLES
from govinfo_pipeline.report import STATE_NAMES
from govinfo_pipeline.tables import unit_columns
from govinfo_pipeline.warehouse.dialect import SCHEMA
from govinfo_pipeline.warehouse.objects import tables

# Names in Chinese of every column that is not a cell; cells have theirs from the forms.
LABELS = {
    "report_id": "报告编号",
    "revision": "修订次序",
    "issuer": "机关",
    "issuer_printed": "机关(原文)",
    "region": "地区",
    "region_code": "行政区划代码",
    "level": "层级",
    "scope": "范围",
    "year": "年度",
    "form": "格式",
    "title": "标题",
    "source_path": "来源",
    "source_sha256": "文件SHA-256",
    "media_type": "文件类型",
    "found_at": "发现时间",
    "table_states": "各表填报情况",
    "verdict": "结论",
    "errors": "错误数",
    "warnings": "警告数",
    "notices": "提示数",
    "rule_set_version": "规则集版本",
    "finding_id": "发现编号",
    "rule": "规则",
    "instances": "规则实例",
    "severity": "严重程度",
    "cells": "涉及单元格",
    "reported": "填报值",
    "expected": "应为值",
    "message_zh": "说明",
    "message_en": "说明(英文)",
    "evidence": "原文依据",
    "repairs": "修改建议",
    "review": "复核意见",
    "reasons": "隔离原因",
    "since": "隔离起始时间",
    "publication_id": "发布编号",
    "batch": "批次",
    "input_hash": "输入哈希",
    "code_version": "程序版本",
    "replaces": "替换范围",
    "accepted": "入库报告数",
    "quarantined": "隔离报告数",
    "withdrawn": "撤下报告数",
    "started_at": "开始时间",
    "published_at": "发布时间",
    "cell_state": "单元格状态",
    "cell_text": "单元格原文",
    "cell_line": "单元格行号",
    "cell_id": "单元格",
    "zh": "单元格名称",
    "row_id": "行",
    "column_id": "列",
    "value": "数值",
    "state": "状态",
    "text": "原文",
    "line": "行号",
    "received": "本年新收",
    "carried_in": "上年结转",
    "processed": "办理总计",
    "carried_forward": "结转下年",
    "granted": "予以公开",
    "partially_granted": "部分公开",
    "denied": "不予公开",
    "unavailable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
    "disclosure_rate": "公开率",
    "reviews": "行政复议",
    "litigation": "行政诉讼",
    "quality_flag": "质量标志",
}

# What each table and view is, in both languages.
TITLES = {
    "reports": "已发布的报告, 一份一行 / published reports, one a row",
    "applications": "依申请公开, 一份报告一行 / applications, a row a report",
    "disputes": "行政复议与行政诉讼, 一份报告一行 / reviews and litigation, a row a report",
    "proactive_disclosure": "主动公开, 一份报告一行 / proactive disclosure, a row a report",
    "findings": "核对发现, 含隔离报告的 / findings, also of quarantined reports",
    "quarantine": "未发布的报告及原因 / reports that are not published, and why",
    "publications": "每次发布一行 / one row a publish",
    "cells": "数据字典: 宽表各列 / data dictionary: the columns of the wide tables",
    "applications_long": "依申请公开长表, 一格一行 / applications in tidy form, a row a cell",
    "issuer_year": "机关-年度面板 / the issuer-year panel",
}
TITLES |= {
    f"zh_{name}": f"{text}; 中文列名 / Chinese column names"
    for name, text in TITLES.items()
    if name != "cells"
}

LONGEST_NAME = 63  # bytes
_NUMBER = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+\.")

_LONG = (
    *("report_id", "year", "cell_id", "row_id", "column_id"),
    *("value", "state", "text", "line"),
)

# The panel: its column, and whether it is one row of `applications`, all rows of an outcome, or disputes.
_ROWS = {
    "received": "new_received",
    "carried_in": "carried_in",
    "processed": "processed_total",
    "carried_forward": "carried_forward",
    "granted": "granted",
    "partially_granted": "partially_granted",
}
_OUTCOMES = ("denied", "unavailable", "not_processed", "other")
_DISPUTES = {
    "reviews": ("review_total",),
    "litigation": ("direct_litigation_total", "post_review_litigation_total"),
}
_WHO = ("report_id", "issuer", "region_code", "level", "scope", "year")


def views() -> dict[str, str]:
    """Return the SELECT of every view by name, a view after those that it reads."""
    named = {"applications_long": applications_long(), "issuer_year": issuer_year()}
    named |= {f"zh_{name}": _zh_plain(name, columns) for name, columns in _zh_sources().items()}
    named["zh_applications_long"] = _zh_long()
    return named | {f"zh_{name}": _zh_wide(name) for name in WIDE_TABLES}


def create_views() -> list[str]:
    """Return the statements that make every view, or make it anew."""
    return [f"CREATE OR REPLACE VIEW {SCHEMA}.{name} AS {select}" for name, select in views().items()]


def applications_long() -> str:
    """Return the tidy view: a row a cell that the report's form has or that is in the document."""
    space = universe()
    positions = space.wide["applications"]
    cells = [space.cells[i] for i in positions]
    lists = {
        "k": ", ".join(str(k) for k in range(1, len(cells) + 1)),
        "cell_id": _texts(cell.id for cell in cells),
        "row_id": _texts(cell.row.id for cell in cells),
        "column_id": _texts(cell.column.id for cell in cells),
        "value": ", ".join(space.column_name(i) for i in positions),
        "forms": _texts(_forms_with(cell.id) for cell in cells),
    }
    unnested = ", ".join(f"UNNEST(ARRAY[{items}]) AS {name}" for name, items in lists.items())
    states = " ".join(f"WHEN '{letter}' THEN '{name}'" for letter, name in STATE_NAMES.items())
    return (
        "SELECT report_id, year, cell_id, row_id, column_id, value, "
        f"CASE SUBSTRING(cell_state, k, 1) {states} END AS state, text, line "
        f"FROM (SELECT report_id, year, form, cell_state, {unnested}, "
        f"UNNEST(cell_text) AS text, UNNEST(cell_line) AS line FROM {SCHEMA}.applications) AS cell "
        "WHERE SUBSTRING(cell_state, k, 1) <> 'a' OR form IS NULL OR POSITION(form IN forms) > 0"
    )


def _forms_with(cell_id: str) -> str:
    return " ".join(form.id for form in universe().forms if any(c.id == cell_id for c in form.cells))


def _texts(items: Iterable[str]) -> str:
    return ", ".join(f"'{item}'" for item in items)


def panel_columns() -> dict[str, str]:
    """Return the columns of `issuer_year` and the SQL of each, over reports r, applications a, disputes d."""
    figures = {name: f"a.{row}__total" for name, row in _ROWS.items()}
    figures |= {outcome: _outcome(outcome) for outcome in _OUTCOMES}
    answered = "CAST(a.granted__total + a.partially_granted__total AS DOUBLE PRECISION)"
    rate = f"{answered} / NULLIF(a.processed_total__total, 0)"
    disputes = {name: " + ".join(f"d.cases__{c}" for c in parts) for name, parts in _DISPUTES.items()}
    missing = " OR ".join(f"({sql}) IS NULL" for sql in [*figures.values(), *disputes.values()])
    flag = f"CASE WHEN {missing} THEN 'incomplete' ELSE r.verdict END"
    who = {name: f"r.{name}" for name in _WHO}
    return who | figures | {"disclosure_rate": rate} | disputes | {"quality_flag": flag}


def issuer_year() -> str:
    """Return the panel: a row a published report, the totals of its applications and disputes."""
    columns = ", ".join(f"{sql} AS {name}" for name, sql in panel_columns().items())
    return (
        f"SELECT {columns} FROM {SCHEMA}.reports AS r "
        f"LEFT JOIN {SCHEMA}.applications AS a ON a.report_id = r.report_id "
        f"LEFT JOIN {SCHEMA}.disputes AS d ON d.report_id = r.report_id"
    )


def _outcome(outcome: str) -> str:
    """Return the sum of all rows of an outcome; NULL where one is missing, by whichever form has them all.

    The rows differ by form ((六)其他处理 is one row in 2019 and three in 2021), so each form has its sum.
    """
    newest_first = sorted(universe().forms, key=lambda form: -form.first_year)
    sums = list(dict.fromkeys(_sum_of_rows(form, outcome) for form in newest_first))
    return sums[0] if len(sums) == 1 else f"COALESCE({', '.join(sums)})"


def _sum_of_rows(form: Form, outcome: str) -> str:
    rows = [row.id for row in form.table("applications").rows if row.outcome == outcome]
    return " + ".join(f"a.{row}__total" for row in rows)


def _zh_sources() -> dict[str, list[str]]:
    plain = ("reports", "findings", "quarantine", "publications")
    columns = {name: list(tables()[name].names) for name in plain}
    return columns | {"applications_long": list(_LONG), "issuer_year": list(panel_columns())}


def _zh_plain(name: str, columns: Iterable[str]) -> str:
    labelled = ", ".join(f'{column} AS "{LABELS[column]}"' for column in columns)
    return f"SELECT {labelled} FROM {SCHEMA}.{name}"


def _zh_long() -> str:
    """Return the tidy view with the label of each cell beside its id."""
    columns = [f'l.{column} AS "{LABELS[column]}"' for column in _LONG]
    columns.insert(_LONG.index("cell_id") + 1, f'c.zh AS "{LABELS["zh"]}"')
    return (
        f"SELECT {', '.join(columns)} FROM {SCHEMA}.applications_long AS l "
        f"LEFT JOIN {SCHEMA}.cells AS c ON c.wide_table = 'applications' AND c.cell_id = l.cell_id"
    )


def _zh_wide(name: str) -> str:
    """Return a wide table with the issuer beside it and the labels of the form over its columns."""
    space = universe()
    head = [f'w.report_id AS "{LABELS["report_id"]}"', f'r.issuer AS "{LABELS["issuer"]}"']
    head += [f'w.{column} AS "{LABELS[column]}"' for column in ("year", "form")]
    cells = [f'w.{space.column_name(i)} AS "{short_label(space.cells[i])}"' for i in space.wide[name]]
    units = unit_columns(name).items()
    cells += [f'w.{column} AS "{short_label(space.cells[i], "(单位)")}"' for column, i in units]
    cells += [f'w.{column} AS "{LABELS[column]}"' for column in ("cell_state", "cell_text", "cell_line")]
    return (
        f"SELECT {', '.join(head + cells)} FROM {SCHEMA}.{name} AS w "
        f"LEFT JOIN {SCHEMA}.reports AS r ON r.report_id = w.report_id"
    )


def unit_labels(table: str) -> dict[str, str]:
    """Return what the columns of printed units of a wide table are, in both languages, by the column's name."""
    cells = universe().cells
    return {name: f"{cells[i].zh}: 印出的单位 / printed unit" for name, i in unit_columns(table).items()}


def full_labels(table: str) -> dict[str, str]:
    """Return the whole labels of the columns of `zh_` and a wide table, by the column's name."""
    cells = [universe().cells[i] for i in universe().wide[table]]
    return {short_label(cell): cell.zh for cell in cells}


def short_label(cell: Cell, end: str = "") -> str:
    """Return a cell's label and ``end``, in at most 63 bytes of UTF-8; the whole label stands in `cells` and comments.

    First the column's group goes, then all of the rows above but their numbers, then the end of the row's own text.

    >>> short_label(universe().cells[universe().index["applications.denied_state_secret.legal_service_org"]])
    '三、(三)1.属于国家秘密-法律服务机构'
    """
    column = cell.zh.rpartition("-")[2] + end
    *above, own = cell.row.zh.split("-")
    numbers = "".join(found[0] for part in above if (found := _NUMBER.match(part)))
    for label in (cell.zh + end, f"{cell.row.zh}-{column}", f"{numbers}{own}-{column}"):
        if _fits(label):
            return label
    return next(
        label for stop in range(len(own), -1, -1) if _fits(label := f"{numbers}{own[:stop]}…-{column}")
    )


def _fits(label: str) -> bool:
    return len(label.encode()) <= LONGEST_NAME
