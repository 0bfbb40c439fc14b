"""The verbatim reports beside the project, where they are there: every figure exact, nothing else found."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from govinfo_pipeline.parse import parse_path
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.judge import judge_together
from tests.seeds import seed, with_seeds

pytestmark = with_seeds

_CELL = re.compile(r"([+-]?)(\d+)(\.\d+)?(萬元)?")


def printed_numbers(path: Path) -> list[int | Decimal]:
    """Every cell that is a number between headings 二 and 五, in the order of the page: read without labels."""
    text = path.read_text(encoding="utf-8")
    start = re.search(r"(?m)^二、", text)
    stop = re.search(r"(?m)^五、", text)
    assert start
    assert stop
    cells = [c.strip() for c in re.split(r"[|\n]", text[start.end() : stop.start()])]
    matches = [m for m in (_CELL.fullmatch(c) for c in cells) if m]
    sign = {"": 1, "+": 1, "-": -1}
    return [sign[m[1]] * (Decimal(m[2] + m[3]) if m[3] else int(m[2])) for m in matches]


@pytest.mark.parametrize(("number", "figures"), [("000", 200), ("001", 198), ("003", 200), ("004", 200)])
def test_every_figure_is_the_printed_one_in_the_order_of_the_form(number: str, figures: int) -> None:
    report = parse_path(seed(number))
    read = list(report.figures())
    assert figures == len(read)
    assert {"number"} == {figure.state for figure in read}
    assert printed_numbers(seed(number)) == [figure.value for figure in read]


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_every_figure_stands_on_the_line_it_names(number: str) -> None:
    path = seed(number)
    lines = path.read_text(encoding="utf-8").split("\n")
    for figure in parse_path(path).figures():
        assert figure.line is not None
        assert figure.text in lines[figure.line - 1]


@pytest.mark.parametrize(
    ("number", "code", "scope", "year", "form"),
    [
        ("000", "640122", "government", 2022, "2021"),
        ("001", "152921", "government", 2019, "2019"),
        ("002", "441500", "government", 2020, "2019"),
        ("003", "330400", "office", 2022, "2021"),
        ("004", "500237", "government", 2022, "2021"),
    ],
)
def test_who_which_year_which_form(number: str, code: str, scope: str, year: int, form: str) -> None:
    report = parse_path(seed(number))
    assert report.issuer is not None
    assert (code, scope, year, form) == (
        report.issuer.region_code,
        report.issuer.scope,
        report.year,
        report.form,
    )


def test_missing_tables_are_missing_and_no_figure_is_made_up() -> None:
    report = parse_path(seed("002"))
    assert {"missing"} == set(report.tables.values())
    assert {"absent"} == {figure.state for figure in report.figures()}
    assert [] == [figure.value for figure in report.figures() if figure.value is not None]


def errors(report: Report) -> set[str]:
    return {f.rule for f in judge_together([report])[0] if f.severity == "error"}


@pytest.mark.parametrize(
    ("number", "rules"), [("000", {"S1"}), ("001", set()), ("002", {"S4"}), ("003", set()), ("004", set())]
)
def test_only_what_is_wrong_is_an_error(number: str, rules: set[str]) -> None:
    assert rules == errors(parse_path(seed(number)))


@pytest.mark.parametrize("number", ["001", "003", "004"])
def test_a_correct_report_has_no_finding_at_all(number: str) -> None:
    assert [] == judge_together([parse_path(seed(number))])[0]


def test_prose_against_the_tables_of_the_first_report() -> None:
    findings = [f for f in judge_together([parse_path(seed("000"))])[0] if f.rule.startswith("C")]
    assert [(12, 30), (2, 4)] == [(f.reported, f.expected) for f in findings]


def test_prose_against_itself_where_the_tables_are_missing() -> None:
    findings = [f for f in judge_together([parse_path(seed("002"))])[0] if f.rule.startswith("C")]
    assert {"C3"} == {f.rule for f in findings}
    said = " ".join(f.message.zh for f in findings)
    assert all(figure in said for figure in ("3721", "15", "3717"))
