"""The three verdicts, by a truth table written by hand and by brute force over fillings."""

import itertools
from decimal import Decimal

import numpy as np
import pytest

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify import identities
from govinfo_pipeline.verify.identities import (
    FAIL,
    PASS,
    SKIPPED,
    UNKNOWN,
    VERDICT_NAMES,
    columns_of,
    evaluate,
    implied,
    missing,
)
from govinfo_pipeline.verify.rules import compile_form

LIMITS = np.iinfo(np.int64)
WITHOUT_NUMBER = "bduxa"


def instance(instance_id, form_id="2021"):
    return next(i for i in compile_form(load_form(form_id)) if i.id == instance_id)


A1 = instance("A1@total")  # new_received + carried_in = processed_total + carried_forward
P1 = instance("P1@regulations")  # in_force + repealed_this_year >= issued_this_year
P4 = instance("P4@administrative_fees", "2019")  # prev_year_items + items_change >= 0
Y1 = instance("Y1@total")  # carried_in = prior.carried_forward


def judge(rule, values, letters, *, prior_letters=None, dtype=np.int64):
    """The verdict of one report; ``letters`` are of the operands, all else in the table is printed."""
    states = {i: np.full(1, ord("n"), np.uint8) for i in rule.extent}
    columns, prior_columns, prior_states = {}, {}, {}
    for term, value, letter in zip(rule.terms, values, letters, strict=True):
        column = np.array([0 if value is None else value], dtype)
        if term.prior:
            prior_columns[term.position] = column
            prior_states = {i: np.full(1, ord("n"), np.uint8) for i in rule.extent}
            prior_states[term.position][:] = ord(letter)
        else:
            columns[term.position] = column
            states[term.position][:] = ord(letter)
    prior = (prior_columns, prior_states) if prior_columns else None
    verdicts = evaluate([rule], columns, states, prior=prior)
    return int(verdicts.codes[0, 0]), int(verdicts.residuals[0, 0])


# Values of the operands, None where one is missing; then the verdict for each state of the missing
# one: b, d, u, x, a. By hand, from the sentence that each comment says.
TRUTH = [
    # new + carried in = processed + carried forward
    (A1, (58, 3, 57, 4), "pass"),
    (A1, (58, 3, 57, 2), "fail"),
    (A1, (58, 3, 57, 9), "fail"),
    (A1, (0, 0, 0, 0), "pass"),
    (A1, (None, 3, 57, 4), "unknown unknown unknown unknown unknown"),  # 58 mends it
    (A1, (None, 61, 57, 4), "pass pass unknown unknown unknown"),  # holds with 0
    (A1, (None, 70, 57, 4), "fail fail fail fail fail"),  # left is too large already
    (A1, (58, None, 57, 4), "unknown unknown unknown unknown unknown"),
    (A1, (61, None, 57, 4), "pass pass unknown unknown unknown"),
    (A1, (70, None, 57, 4), "fail fail fail fail fail"),
    (A1, (58, 3, None, 4), "unknown unknown unknown unknown unknown"),
    (A1, (1, 3, None, 4), "pass pass unknown unknown unknown"),
    (A1, (0, 3, None, 4), "fail fail fail fail fail"),  # right is too large already
    (A1, (58, 3, 57, None), "unknown unknown unknown unknown unknown"),
    (A1, (54, 3, 57, None), "pass pass unknown unknown unknown"),
    (A1, (50, 3, 57, None), "fail fail fail fail fail"),
    # in force + repealed >= issued
    (P1, (5, 2, 7), "pass"),
    (P1, (5, 2, 3), "pass"),
    (P1, (5, 1, 7), "fail"),
    (P1, (None, 1, 7), "unknown unknown unknown unknown unknown"),
    (P1, (None, 7, 7), "pass pass unknown unknown unknown"),
    (P1, (5, None, 7), "unknown unknown unknown unknown unknown"),
    (P1, (8, None, 7), "pass pass unknown unknown unknown"),
    (P1, (5, 1, None), "pass pass unknown unknown unknown"),
    (P1, (-5, 1, None), "fail fail fail fail fail"),  # a sum below zero is below every count
    # items last year + change >= 0; a change may be negative
    (P4, (3, -3), "pass"),
    (P4, (3, -4), "fail"),
    (P4, (None, -4), "unknown unknown unknown unknown unknown"),
    (P4, (None, 4), "pass pass unknown unknown unknown"),
    (P4, (3, None), "pass pass unknown unknown unknown"),
    (P4, (-3, None), "unknown unknown unknown unknown unknown"),
    # carried in = last year's carried forward
    (Y1, (4, 4), "pass"),
    (Y1, (4, 5), "fail"),
    (Y1, (None, 5), "unknown unknown unknown unknown unknown"),
    (Y1, (None, 0), "pass pass unknown unknown unknown"),
    (Y1, (4, None), "unknown unknown unknown unknown unknown"),
    (Y1, (0, None), "pass pass unknown unknown unknown"),
]


@pytest.mark.parametrize(("rule", "values", "expected"), TRUTH)
def test_the_truth_table(rule, values, expected):
    states = WITHOUT_NUMBER if None in values else "n"
    actual = [
        VERDICT_NAMES[judge(rule, values, [s if v is None else "n" for v in values])[0]] for s in states
    ]
    assert actual == expected.split()


@pytest.mark.parametrize("letters", ["bnnb", "ubbn", "nnda", "bbbb"])
def test_gaps_on_both_sides_or_a_wide_one_never_fail(letters):
    values = [None if letter != "n" else 7 for letter in letters]
    assert judge(A1, values, letters)[0] in (PASS, UNKNOWN)


def test_a_lost_cell_is_unknown_not_zero():
    assert judge(A1, (0, 0, 0, None), "nnnu")[0] == UNKNOWN
    assert judge(A1, (0, 0, 0, None), "nnnb")[0] == PASS


def test_the_residual_is_left_minus_right_with_gaps_as_zero():
    assert judge(A1, (58, 3, 57, 2), "nnnn") == (FAIL, 2)
    assert judge(A1, (58, 3, None, 4), "nnbn") == (UNKNOWN, 57)


@pytest.mark.parametrize("relation", ["=", ">="])
def test_verdicts_agree_with_a_search_over_all_fillings(relation):
    """The definition itself: fail is that no filling from a wide range makes the relation hold."""
    random = np.random.default_rng(7)
    rule = {"=": A1, ">=": P1}[relation]
    for _ in range(300):
        values = [int(v) for v in random.integers(0, 6, len(rule.terms))]
        letters = random.choice(list("nnnnbdux"), len(rule.terms))
        gaps = [k for k, letter in enumerate(letters) if letter != "n"]
        sums = {
            sum(
                t.coefficient * (fill[gaps.index(k)] if k in gaps else values[k])
                for k, t in enumerate(rule.terms)
            )
            for fill in itertools.product(range(13), repeat=len(gaps))
        }
        holds = {0}.__contains__ if relation == "=" else (lambda total: total >= 0)
        at_zero = sum(
            t.coefficient * v
            for t, v, letter in zip(rule.terms, values, letters, strict=True)
            if letter == "n"
        )
        expected = FAIL
        if any(map(holds, sums)):
            lost = set(letters) & set("ux")
            expected = PASS if holds(at_zero) and not lost else UNKNOWN
        known = [v if letter == "n" else None for v, letter in zip(values, letters, strict=True)]
        assert judge(rule, known, letters)[0] == expected, (values, letters)


def table_states(rule, letters_by_row):
    """States of the rule's whole table: one letter for all cells of a report."""
    letters = np.frombuffer(letters_by_row.encode(), np.uint8)
    return {i: letters.copy() for i in rule.extent}


def zeros(rule, size, prior=False):
    return {t.position: np.zeros(size, np.int64) for t in rule.terms if t.prior == prior}


def test_a_table_without_a_printed_cell_is_not_judged():
    states = table_states(A1, "abdux")
    verdicts = evaluate([A1], zeros(A1, 5), states)
    assert verdicts.codes[:, 0].tolist() == [SKIPPED, SKIPPED, SKIPPED, UNKNOWN, UNKNOWN]
    other = next(i for i in A1.extent if i not in {t.position for t in A1.terms})
    states[other][:] = ord("n")
    assert evaluate([A1], zeros(A1, 5), states).codes[:, 0].tolist() == [2, 0, 0, 2, 2]


def test_a_skipped_residual_is_zero():
    columns = zeros(A1, 1)
    columns[A1.terms[0].position][:] = 9
    verdicts = evaluate([A1], columns, table_states(A1, "a"))
    assert (verdicts.codes.tolist(), verdicts.residuals.tolist()) == ([[SKIPPED]], [[0]])


def test_a_series_needs_last_years_table():
    columns, prior = zeros(Y1, 3), zeros(Y1, 3, prior=True)
    assert evaluate([Y1], columns).codes.tolist() == [[SKIPPED]] * 3
    states = table_states(Y1, "nnn"), table_states(Y1, "anb")
    verdicts = evaluate([Y1], columns, states[0], prior=(prior, states[1]))
    assert verdicts.codes[:, 0].tolist() == [SKIPPED, PASS, SKIPPED]


def test_columns_without_states_are_all_numbers():
    columns = zeros(A1, 2)
    columns[A1.terms[0].position][1] = 1
    assert evaluate([A1], columns).codes[:, 0].tolist() == [PASS, FAIL]
    some = {A1.terms[3].position: np.frombuffer(b"nb", np.uint8)}
    assert evaluate([A1], columns, some).codes[:, 0].tolist() == [PASS, UNKNOWN]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((LIMITS.max, 1, LIMITS.min, 0), (FAIL, LIMITS.max)),  # wraps to a pass in 64 bits
        ((2**62, 2**62, 0, LIMITS.min), (FAIL, LIMITS.max)),  # 2**63 - (-2**63) wraps to 0
        ((2**62, 2**62, 2**62, 2**62), (PASS, 0)),
        ((LIMITS.max, 0, LIMITS.max, 0), (PASS, 0)),
        ((LIMITS.min, 0, LIMITS.max, 1), (FAIL, LIMITS.min)),
        ((2**62, 2**62, 2**62, 2**62 - 1), (FAIL, 1)),
    ],
)
def test_numbers_near_the_limits_do_not_wrap_into_a_pass(values, expected):
    assert judge(A1, values, "nnnn") == expected


def test_one_huge_report_leaves_its_neighbours_alone():
    columns = {t.position: np.array([5, 2**62, 5]) for t in A1.terms}
    columns[A1.terms[0].position][2] = 6
    verdicts = evaluate([A1], columns)
    assert verdicts.codes[:, 0].tolist() == [PASS, PASS, FAIL]
    assert verdicts.residuals[:, 0].tolist() == [0, 0, 1]


def test_small_integer_types_do_not_wrap():
    assert judge(A1, (100, 100, 100, 100), "nnnn", dtype=np.int8) == (PASS, 0)
    assert judge(A1, (2**31 - 1, 1, -(2**31), 0), "nnnn", dtype=np.int32) == (FAIL, 2**32)


def test_the_size_of_a_chunk_changes_nothing(monkeypatch):
    random = np.random.default_rng(3)
    rules = [i for i in compile_form(load_form("2021")) if not i.series]
    positions = sorted({i for rule in rules for i in rule.extent})
    columns = {i: random.integers(0, 3, 50) for i in positions}
    states = {
        i: random.choice(np.frombuffer(b"nnnnnbdua", np.uint8), 50) for i in positions
    }  # fmt: skip
    columns = {i: np.where(states[i] == ord("n"), c, 0) for i, c in columns.items()}
    whole = evaluate(rules, columns, states)
    monkeypatch.setattr(identities, "CHUNK", 7)
    parts = evaluate(rules, columns, states)
    assert np.array_equal(whole.codes, parts.codes)
    assert np.array_equal(whole.residuals, parts.residuals)
    assert whole.codes.shape == (50, len(rules))


def test_no_reports_have_no_verdicts():
    assert evaluate([A1], zeros(A1, 0)).codes.shape == (0, 1)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda c: c.pop(A1.terms[1].position), "A1@total needs column applications.carried_in"),
        (
            lambda c: c.update({A1.terms[1].position: np.zeros(2)}),
            "carried_in.total must be of signed whole numbers, was float64",
        ),
        (
            lambda c: c.update({A1.terms[1].position: np.zeros(2, np.uint64)}),
            "carried_in.total must be of signed whole numbers, was uint64",
        ),
        (
            lambda c: c.update({A1.terms[1].position: np.zeros(3, np.int64)}),
            "carried_in.total must have 2 rows, had 3",
        ),
    ],
)
def test_columns_that_cannot_be_judged_are_refused_by_name(change, problem):
    columns = zeros(A1, 2)
    change(columns)
    with pytest.raises(ValueError, match=problem):
        evaluate([A1], columns)


def test_states_that_are_no_letters_are_refused_by_name():
    states = {A1.terms[0].position: np.array(["n", "n"])}
    with pytest.raises(ValueError, match=r"states of column applications.new_received.total must"):
        evaluate([A1], zeros(A1, 2), states)
    short = {A1.terms[0].position: np.zeros(1, np.uint8)}
    with pytest.raises(ValueError, match=r"states of column .* must have 2 rows, had 1"):
        evaluate([A1], zeros(A1, 2), short)


def report_with(**figures):
    """A report with some cells of the total column of applications."""
    report = Report.empty(Source("a.txt", "0" * 64, "text/plain"))
    states = list(report.states)
    for row, (state, value) in figures.items():
        i = universe().index[f"applications.{row}.total"]
        states[i], report.values[i] = state, value
    report.states = "".join(states)
    return report


def test_reports_become_columns_with_their_states():
    whole = report_with(new_received=("n", 58), carried_in=("b", None))
    columns, states = columns_of([whole, None])
    i, k = A1.terms[0].position, A1.terms[1].position
    assert (columns[i].tolist(), bytes(states[i])) == ([58, 0], b"na")
    assert (columns[k].tolist(), bytes(states[k])) == ([0, 0], b"ba")
    assert set(columns) == set(states) == set(range(len(universe())))


@pytest.mark.parametrize("value", [Decimal("2.5"), Decimal("58.0"), 2**63, -(2**63) - 1])
def test_a_number_that_is_no_whole_number_of_64_bits_is_not_summed(value):
    columns, states = columns_of([report_with(new_received=("n", value))])
    i = A1.terms[0].position
    assert (columns[i].tolist(), bytes(states[i])) == ([0], b"x")


IMPLIED = [
    ((58, 3, 57, None), "nnnb", 4),
    ((58, 3, 57, None), "nnnu", 4),
    ((None, 3, 57, 4), "annn", 58),
    ((58, None, 57, 4), "nxnn", 3),
    ((58, 3, None, 4), "nndn", 57),
    ((50, 3, 57, None), "nnnb", None),  # a count cannot be -4
    ((58, 3, None, None), "nnbb", None),  # two are missing
    ((58, 3, 57, 4), "nnnn", None),  # none is
    ((58, Decimal("2.5"), 57, None), "nnnb", None),  # not whole
]


@pytest.mark.parametrize(("values", "letters", "expected"), IMPLIED)
def test_the_others_imply_the_one_missing_value(values, letters, expected):
    vector, states = [None] * len(universe()), ["a"] * len(universe())
    for term, value, letter in zip(A1.terms, values, letters, strict=True):
        vector[term.position], states[term.position] = value, letter
    assert implied(A1, vector, "".join(states)) == expected
    gaps = [t for t, letter in zip(A1.terms, letters, strict=True) if letter != "n"]
    assert missing(A1, "".join(states)) == tuple(gaps)


def test_last_years_report_implies_too_and_its_absence_implies_nothing():
    now, then = report_with(carried_in=("b", None)), report_with(carried_forward=("n", 6))
    assert implied(Y1, now.values, now.states, then.values, then.states) == 6
    assert implied(Y1, now.values, now.states) is None


def test_an_inequality_implies_no_value():
    states = ["n"] * len(universe())
    states[P1.terms[0].position] = "b"
    assert implied(P1, [1] * len(universe()), "".join(states)) is None
