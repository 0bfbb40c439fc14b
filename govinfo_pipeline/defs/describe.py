"""Metadata that people see beside an asset: its columns in two languages, small tables, shares and times.

Owns how things look in the Dagster UI. Figures come from the caller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dagster as dg
import pyarrow as pa

from govinfo_pipeline.alerts import Quarantined
from govinfo_pipeline.formats import universe
from govinfo_pipeline.formats.universe import WIDE_TABLES
from govinfo_pipeline.warehouse.views import LABELS, panel_columns, unit_labels

SAMPLE = 10
_LONGEST = 200

# Columns that no warehouse table has.
_LABELS = {
    "sha256": "文件 SHA-256",
    "origin": "来源",
    "order": "首次发现的次序",
    "size": "字节数",
    "source": "来源文件",
    "title_line": "标题行号",
    "years": "各处所称年度",
    "other_issuers": "文中出现的其他机关",
    "masthead_notes": "识别机关与年度时的说明",
    "tables": "各表填报情况",
    "states": "各单元格状态, 一格一字母",
    "cell_value": "各单元格数值",
    "cell_column": "各单元格列号",
    "units": "所印单位",
    "prose": "表外文字",
    "extras": "表中多出的行",
    "notes": "读取说明",
    "error": "不可用的原因",
}


def columns(schema: pa.Schema) -> dg.TableSchema:
    """Return the column schema of an asset: types as Arrow names them, descriptions from the forms."""
    cells = _cell_labels()
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=field.name,
                type=str(field.type),
                description=cells.get(field.name)
                or _LABELS.get(field.name)
                or LABELS.get(field.name.rpartition(".")[2]),
            )
            for field in schema
        ]
    )


def _cell_labels() -> dict[str, str]:
    space = universe()
    labels = {}
    for table in WIDE_TABLES:
        for i in space.wide[table]:
            cell = space.cells[i]
            labels[f"{table}.{space.column_name(i)}"] = f"{cell.zh} / {cell.en}"
        labels |= {f"{table}.{name}": label for name, label in unit_labels(table).items()}
    return labels


def panel_lineage() -> dg.TableColumnLineage:
    """Return where the columns of the panel come from: columns of `published_reports`."""
    places = {"r": "", "a": "applications.", "d": "disputes."}
    found = {}
    for column, sql in panel_columns().items():
        words = (word.strip("()+,") for word in sql.replace("(", " ").replace(")", " ").split())
        named = [word.split(".") for word in words if word[1:2] == "." and word[0] in places]
        found[column] = [
            dg.TableColumnDep("published_reports", f"{places[alias]}{name}")
            for alias, name in dict.fromkeys((alias, name) for alias, name in named)
        ]
    return dg.TableColumnLineage(found)


def rows(count: int) -> dict[str, Any]:
    """Return the row count of one partition."""
    return {"dagster/row_count": count, "dagster/partition_row_count": count}


def markdown(heads: Sequence[str], lines: Iterable[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """Return a table of at most `SAMPLE` lines; what does not fit is counted."""
    lines = list(lines)
    text = [_line(heads), _line(["---"] * len(heads))]
    text += [_line(line) for line in lines[:SAMPLE]]
    if len(lines) > SAMPLE:
        text.append(f"\n另有 {len(lines) - SAMPLE} 行 / and {len(lines) - SAMPLE} more")
    return dg.MetadataValue.md("\n".join(text))


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


def counted(values: Iterable[object]) -> dict[str, int]:
    """Return how often each value occurs, most frequent first; None is `unknown`."""
    found = Counter("unknown" if value is None else str(value) for value in values)
    return dict(found.most_common())


def reasons(quarantined: Sequence[Quarantined]) -> dg.MarkdownMetadataValue:
    """Return why reports are in quarantine."""
    lines = [
        (report.issuer or report.path, report.year, report.reasons[0].rule, report.reasons[0].zh)
        if report.reasons
        else (report.issuer or report.path, report.year, "", "")
        for report in quarantined
    ]
    return markdown(("机关 issuer", "年度 year", "规则 rule", "原因 reason"), lines)


def findings_sample(
    findings: Iterable[Mapping[str, Any]], issuers: Mapping[str, str | None]
) -> dg.MarkdownMetadataValue:
    """Return a few findings as sentences; ``issuers`` by hash of file."""
    lines = [
        (issuers.get(row["source_sha256"]) or row["report_id"], row["year"], row["rule"], row["message_zh"])
        for row in findings
    ]
    return markdown(("机关 issuer", "年度 year", "规则 rule", "说明 message"), lines)
