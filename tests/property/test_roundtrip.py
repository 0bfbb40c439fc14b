"""What is written in any layout is read back exactly; what is lost is unknown; a wrong cell fails its rules.

The oracle is the writer's side (tests/generator): it never reads, and never sees a rule expression.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from govinfo_pipeline.document.read import read_bytes
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify import identities, rules
from tests.generator import (
    HTML_LAYOUTS,
    LAYOUTS,
    UNSURE_LAYOUTS,
    Reading,
    Truth,
    change_digit,
    expected,
    expected_without,
    is_decorated,
    keeps_blanks,
    lose_cell,
    random_report,
    render,
    suffix,
)
from tests.generator.figures import result_rows

ALL_LAYOUTS = (*LAYOUTS, *HTML_LAYOUTS)
FORMS = ("2019", "2021")
ROUNDS = 6


def rng_of(*parts: object) -> Random:
    """Return a generator that depends on nothing but the parts' print."""
    return Random(zlib.crc32(repr(parts).encode()))


def read(text: str, layout: str, encoding: str = "utf-8") -> Report:
    path = f"report{suffix(layout)}"
    return extract(read_bytes(text.encode(encoding), path), path)


def readings(report: Report, cell_ids: Iterable[str]) -> dict[str, Reading]:
    index = universe().index
    return {
        cell_id: Reading(report.states[index[cell_id]], report.values[index[cell_id]]) for cell_id in cell_ids
    }


def wrong(report: Report, allowed: dict[str, frozenset[Reading]]) -> dict[str, tuple[Reading, object]]:
    """Return the cells that were read otherwise than allowed: cell -> (reading, what is allowed)."""
    said = readings(report, allowed)
    return {c: (said[c], set(allowed[c])) for c in allowed if said[c] not in allowed[c]}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_what_was_printed_is_read_back_exactly(layout: str, form: str) -> None:
    for number in range(ROUNDS):
        rng = rng_of("exact", layout, form, number)
        truth = random_report(rng, form, decorated=is_decorated(layout))
        report = read(render(truth, layout, rng), layout)
        assert report.issuer is not None, number
        said = (report.error, report.form, report.year, report.issuer.name)
        assert (None, form, truth.year, truth.issuer) == said, number
        assert wrong(report, expected(truth, layout)) == {}, number
        assert {t.id: "filled" for t in truth.tables} == report.tables, number


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_blanks_and_dashes_keep_their_place_or_are_unreadable(layout: str) -> None:
    for number in range(ROUNDS):
        rng = rng_of("blanks", layout, number)
        truth = random_report(rng, blanks=0.15, dashes=0.15, decorated=is_decorated(layout))
        report = read(render(truth, layout, rng), layout)
        assert wrong(report, expected(truth, layout)) == {}, number


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_the_printed_text_survives(layout: str) -> None:
    rng = rng_of("text", layout)
    truth = random_report(rng, script="simplified", decorated=is_decorated(layout), dashes=0.2)
    report = read(render(truth, layout, rng), layout)
    index = universe().index
    printed = {c: unicodedata.normalize("NFKC", report.texts[index[c]]).strip() for c in truth.cells}
    assert {c: cell.text for c, cell in truth.cells.items()} == {
        c: "—" if text == "一" and truth.cells[c].text == "—" else text for c, text in printed.items()
    }


@pytest.mark.parametrize("layout", ALL_LAYOUTS)
def test_a_lost_cell_is_unknown_and_shifts_nothing(layout: str) -> None:
    for number in range(2 * ROUNDS):
        rng = rng_of("lost", layout, number)
        truth = random_report(rng, decorated=is_decorated(layout))
        text, lost = lose_cell(truth, layout, rng)
        report = read(text, layout)
        assert wrong(report, expected_without(truth, layout, lost)) == {}, (number, lost)


@pytest.mark.parametrize("layout", UNSURE_LAYOUTS)
def test_a_number_that_may_be_none_of_the_rows_makes_no_value_wrong(layout: str) -> None:
    for number in range(2 * ROUNDS):
        rng = rng_of("unsure", layout, number)
        whole, holed = random_report(rng), random_report(rng, blanks=0.15, dashes=0.1)
        text, lost = lose_cell(whole, layout, rng)
        assert wrong(read(render(whole, layout, rng), layout), expected(whole, layout)) == {}, number
        # A page's number in the place of a blank that left no trace is beyond telling where every cell is a line.
        if layout != "numbers-lines":
            assert wrong(read(render(holed, layout, rng), layout), expected(holed, layout)) == {}, number
        assert wrong(read(text, layout), expected_without(whole, layout, lost)) == {}, number


@pytest.mark.parametrize("layout", ["B", "C", "E", "H", "html-clean", "html-word", "html-site"])
def test_an_empty_form_is_not_filled_and_not_zero(layout: str) -> None:
    for form in FORMS:
        rng = rng_of("empty", layout, form)
        truth = random_report(rng, form).emptied()
        report = read(render(truth, layout, rng), layout)
        assert wrong(report, expected(truth, layout)) == {}
        assert {t.id: "not_filled" for t in truth.tables} == report.tables


@pytest.mark.parametrize("layout", ["A", "B", "C", "html-clean", "html-nested", "html-site"])
def test_a_table_that_is_not_there_is_missing_and_not_zero(layout: str) -> None:
    for gone in (("applications",), ("disputes",), ("applications", "disputes")):
        rng = rng_of("missing", layout, gone)
        truth = random_report(rng).without_tables(*gone)
        report = read(render(truth, layout, rng), layout)
        assert wrong(report, expected(truth, layout)) == {}, gone
        assert dict.fromkeys(gone, "missing") == {t: report.tables[t] for t in gone}


@pytest.mark.parametrize("layout", ["A", "html-site"])
def test_a_report_without_any_table_has_no_figure(layout: str) -> None:
    rng = rng_of("no tables", layout)
    truth = random_report(rng).without_tables()
    report = read(render(truth, layout, rng), layout)
    assert "a" * len(universe()) == report.states
    assert {"missing"} == set(report.tables.values())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("layout", ["A", "B", "html-clean", "html-word"])
def test_the_encoding_of_the_file_does_not_matter(layout: str, encoding: str) -> None:
    rng = rng_of("encoding", layout)
    truth = random_report(rng, script="simplified")
    text = render(truth, layout, rng)
    if encoding == "gb18030":
        text = text.replace("charset=utf-8", "charset=gb2312").replace('charset="utf-8"', 'charset="gb2312"')
    report = read(text, layout, encoding)
    assert wrong(report, expected(truth, layout)) == {}


def test_a_block_of_the_other_generation_is_read_by_its_own_labels() -> None:
    for layout in ("A", "B", "C", "html-clean"):
        rng = rng_of("hybrid", layout)
        truth = hybrid(rng)
        report = read(render(truth, layout, rng), layout)
        assert report.form == "2021"
        assert wrong(report, expected(truth, layout)) == {}, layout
        assert report.blocks["art20_1"] == "2019"


def hybrid(rng: Random) -> Truth:
    """Return a 2021 report whose block two is that of the 2019 form."""
    new, old = random_report(rng, "2021"), random_report(rng, "2019")
    block = {c: cell for c, cell in old.cells.items() if c.startswith("art20_")}
    rest = {c: cell for c, cell in new.cells.items() if not c.startswith("art20_")}
    return replace(new, cells={**block, **rest}, block_form="2019")


def rules_with(cell_id: str, form: str) -> set[str]:
    """Return the arithmetic rule instances that contain a cell, from what the form says they mean."""
    table, row, column = cell_id.split(".")
    if table == "disputes":
        return {f"D1@{column.rpartition('_')[0]}"}
    found = {f"A3@{row}"}
    if row == "processed_total" or row in result_rows(form):
        found.add(f"A2@{column}")
    if row in ("new_received", "carried_in", "processed_total", "carried_forward"):
        found.add(f"A1@{column}")
    return found


def failing(reports: list[Report], form: str) -> list[set[str]]:
    """Return, for each report, the arithmetic rule instances that fail."""
    instances = [i for i in rules.compile_form(load_form(form)) if i.rule.family == "arithmetic"]
    positions = {term.position for instance in instances for term in instance.terms}
    columns = {p: np.array([r.values[p] or 0 for r in reports], dtype=np.int64) for p in positions}
    states = {p: np.array([ord(r.states[p]) for r in reports], dtype=np.uint8) for p in positions}
    codes = identities.evaluate(instances, columns, states).codes
    return [{i.id for i, c in zip(instances, row, strict=True) if c == identities.FAIL} for row in codes]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", ["A", "B", "html-clean"])
def test_a_changed_digit_fails_exactly_the_rules_that_contain_it(layout: str, form: str) -> None:
    wanted, reports = [], []
    for number in range(4 * ROUNDS):
        rng = rng_of("digit", layout, form, number)
        mistaken, label = change_digit(random_report(rng, form), rng)
        wanted.append(rules_with(label.cells[0], form))
        reports.append(read(render(mistaken, layout, rng), layout))
    assert wanted == failing(reports, form)


@pytest.mark.parametrize("form", FORMS)
def test_a_consistent_report_fails_nothing(form: str) -> None:
    reports = []
    for layout in ALL_LAYOUTS:
        rng = rng_of("consistent", layout, form)
        share = 0.2 if keeps_blanks(layout) else 0.0
        truth = random_report(rng, form, blanks=share, decorated=is_decorated(layout))
        reports.append(read(render(truth, layout, rng), layout))
    assert [set() for _ in reports] == failing(reports, form)


def test_a_lost_cell_fails_nothing() -> None:
    for form in FORMS:
        reports = []
        for layout in ALL_LAYOUTS:
            rng = rng_of("lost fails nothing", layout, form)
            truth = random_report(rng, form, decorated=is_decorated(layout))
            reports.append(read(lose_cell(truth, layout, rng)[0], layout))
        assert [set() for _ in reports] == failing(reports, form)
