"""Golden reports: what the writer of each report meant, cell by cell, and the findings that it deserves.

A folder is of the sample report of its name, or of the `source` that stands in it.
"""

import json
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govinfo_pipeline.line.settings import samples
from govinfo_pipeline.parse import parse_path
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.judge import judge

GOLDEN = Path(__file__).parents[1] / "reports"
FOLDERS = sorted(path for path in GOLDEN.iterdir() if path.is_dir())


def read(folder: Path) -> Report:
    (source,) = [*folder.glob("source.*"), *samples().glob(f"{folder.name}.*")]
    return parse_path(source)


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def printed(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_the_writer_meant_is_read(folder: Path) -> None:
    expected, report = load(folder / "expected.json"), read(folder)
    if "error" in expected:
        assert report.error is not None
        assert expected["error"]["code"] == report.error[0]
        return
    assert report.error is None
    issuer = report.issuer._asdict() if report.issuer else None
    assert (expected["report_id"], expected["title"], expected["year"], expected["format"]) == (
        report.report_id,
        report.masthead.title,
        report.year,
        report.form,
    )
    assert expected["issuer"] == {key: (issuer or {}).get(key) for key in expected["issuer"]}
    assert expected["tables"] == report.tables
    figures = {figure.id: figure for figure in report.figures()}
    for cell in expected["figures"]:
        figure = figures[cell["id"]]
        assert (cell["id"], cell["value"], cell["state"]) == (figure.id, figure.value, figure.state)
        assert printed(cell["text"]) == printed(figure.text)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_report_has_the_findings_that_it_deserves_and_no_other(folder: Path) -> None:
    expected = load(folder / "findings.json")
    found = [finding.to_dict() for finding in judge([read(folder)])[0]]
    assert len(expected) == len(found), [finding["message"]["zh"] for finding in found]
    for wanted in expected:
        assert any(all(wanted[key] == finding[key] for key in wanted) for finding in found), (wanted, found)
