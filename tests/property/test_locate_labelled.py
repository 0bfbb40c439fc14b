"""Error localisation on random reports with labelled errors: what is promised of every answer."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from benchmarks.locate import Batch, batch, score
from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.verify.finding import Repair
from govinfo_pipeline.verify.identities import FAIL, PASS, UNKNOWN, evaluate
from govinfo_pipeline.verify.locate import REASONS, locate
from govinfo_pipeline.verify.rules import compile_form
from tests.generator import KINDS

CELLS = universe()
SIZE = 40
BLANKS = (0.0, 0.4)
# What arithmetic can always see, and what it may miss: exchanged parts of one sum, a lost zero.
VISIBLE = ("one_digit", "transposed_digits", "dropped_digit", "added_digit", "stale_total")
PARTLY = ("moved_value", "exchanged_cells", "lost_cell_shift", "missing_total")


@pytest.fixture(scope="module", params=[(form, blanks) for form in ("2021", "2019") for blanks in BLANKS])
def damaged(request) -> list[Batch]:
    """Reports of one form that carry one error each, kind by kind, and some that carry three."""
    form, blanks = request.param
    rng = Random(f"{form} {blanks}")
    alone = [batch(form, (kind,), SIZE, rng, blanks) for kind in KINDS]
    several = batch(form, ("one_digit", "moved_value", "dropped_digit"), SIZE, rng, blanks)
    return [*alone, several, half_read(batch(form, ("one_digit",), SIZE, rng, blanks), rng)]


def half_read(reports: Batch, rng: Random) -> Batch:
    """Return the reports with a row lost, some cells unreadable and some absent."""
    tables = [i for table in ("applications", "disputes") for i in CELLS.tables[table]]
    for states, values in zip(reports.states, reports.values, strict=True):
        row = CELLS.cells[rng.choice(CELLS.tables["applications"])].row.id
        lost = [i for i in tables if CELLS.cells[i].row.id == row and rng.random() < 0.9]
        for i in lost + rng.sample(tables, 8):
            if states[i] != ord("a"):
                states[i], values[i] = ord("u" if i in lost else rng.choice("xa")), 0
    _, codes = kernel(reports.form, reports.values, reports.states)
    reports.asked = (codes == FAIL) | (codes == UNKNOWN)
    return reports


def kernel(form: str, values: np.ndarray, states: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Return the ids of the equalities, and their verdicts over reports as arrays."""
    rules = [i for i in compile_form(load_form(form)) if i.rule.family == "arithmetic"]
    columns = {i: np.ascontiguousarray(values[:, i]) for i in range(len(CELLS))}
    letters = {i: np.ascontiguousarray(states[:, i]) for i in range(len(CELLS))}
    return [rule.id for rule in rules], evaluate(rules, columns, letters).codes


def repaired(reports: Batch, row: int, repair: Repair) -> tuple[np.ndarray, np.ndarray]:
    values, states = reports.values[row].copy(), reports.states[row].copy()
    for change in repair.changes:
        i = CELLS.index[change.id]
        assert change.old == (int(values[i]) if states[i] == ord("n") else None)
        assert change.new >= 0
        values[i], states[i] = change.new, ord("n")
    return values, states


def test_a_repair_mends_what_it_says_and_breaks_nothing(damaged):
    for reports in damaged:
        offers = [
            (row, repair)
            for row, causes in enumerate(reports.locate())
            for cause in causes
            for repair in cause.repairs
        ]
        if not offers:
            continue
        after = [repaired(reports, row, repair) for row, repair in offers]
        ids, before = kernel(reports.form, reports.values, reports.states)
        _, codes = kernel(reports.form, *(np.array(parts) for parts in zip(*after, strict=True)))
        for k, (row, repair) in enumerate(offers):
            assert repair.mends
            for j, name in enumerate(ids):
                if name in repair.mends:
                    assert before[row, j] in (FAIL, UNKNOWN)
                    assert codes[k, j] == PASS or (before[row, j] == FAIL and codes[k, j] == UNKNOWN)
                elif before[row, j] == PASS:
                    assert codes[k, j] == PASS
                elif before[row, j] == UNKNOWN:
                    assert codes[k, j] != FAIL


def test_every_instance_asked_is_in_exactly_one_cause(damaged):
    for reports in damaged:
        for row, causes in enumerate(reports.locate()):
            asked = Counter(np.array(reports.instances)[reports.asked[row]].tolist())
            assert Counter(name for cause in causes for name in cause.instances) == asked


def test_repairs_are_few_ranked_and_speak_known_words(damaged):
    for reports in damaged:
        for cause in (cause for causes in reports.locate() for cause in causes):
            assert len(cause.repairs) <= 5
            assert {repair.reason for repair in cause.repairs} <= set(REASONS)
            tied = [repair.tied for repair in cause.repairs]
            assert tied[:1] == [True] or not any(tied)
            changes = [repair.changes for repair in cause.repairs]
            assert len(set(changes)) == len(changes)


def test_one_report_is_answered_like_a_batch(damaged):
    for reports in damaged:
        answers = reports.locate()
        _, codes = kernel(reports.form, reports.values, reports.states)
        for row in range(0, SIZE, 8):
            states = reports.states[row].tobytes().decode("ascii")
            values = [int(v) if s == "n" else None for v, s in zip(reports.values[row], states, strict=True)]
            failed = {
                name: residual(reports.form, name, values)
                for j, name in enumerate(reports.instances)
                if codes[row, j] in (FAIL, UNKNOWN)
            }
            assert locate(reports.form, values, states, failed) == answers[row]


def residual(form: str, name: str, values: list[int | None]) -> int:
    instance = next(i for i in compile_form(load_form(form)) if i.id == name)
    return sum(term.coefficient * (values[term.position] or 0) for term in instance.terms)


def test_one_wrong_cell_is_always_found_and_placed_or_said_to_be_tied():
    for kind in VISIBLE:
        counts = scores(kind, 0.0)
        assert counts["unseen"] == counts["unexplained"] == 0
        share = good(counts) / counts.total()
        assert share >= (0.95 if kind in ("one_digit", "added_digit") else 0.99)
        assert counts["wrong"] / counts.total() < 0.02


def test_errors_of_two_cells_and_rows_are_placed_or_said_to_be_tied():
    for kind in PARTLY:
        counts = scores(kind, 0.0)
        seen = counts.total() - counts["unseen"]
        assert good(counts) / seen >= 0.95
        assert counts["wrong"] / seen < 0.02


def test_blanks_make_no_repair_wrong_that_says_it_is_certain():
    for kind in VISIBLE + PARTLY:
        counts = scores(kind, 0.4)
        seen = counts.total() - counts["unseen"]
        assert good(counts) / seen >= 0.95
        assert counts["wrong"] / seen < 0.02


def test_exchanged_applicant_columns_cannot_be_seen():
    assert set(scores("exchanged_adjacent_columns", 0.0)) == {"unseen"}


def test_two_errors_in_different_places_are_both_named():
    rng = Random(5)
    reports = batch("2021", ("stale_total", "transposed_digits"), 3 * SIZE, rng)
    counts = Counter(map(score, reports.labels, reports.locate()))
    assert good(counts) / counts.total() >= 0.95
    assert counts["wrong"] / counts.total() < 0.03


def scores(kind: str, blanks: float) -> Counter[str]:
    counts: Counter[str] = Counter()
    for form in ("2021", "2019"):
        rng = Random(f"{form} {kind}")
        reports = batch(form, (kind,), 2 * SIZE, rng, blanks)
        counts.update(map(score, reports.labels, reports.locate()))
    return counts


def good(counts: Counter[str]) -> int:
    return counts["right"] + counts["right-tied"] + counts["tied"]
