"""Error localisation on a report by hand: which cell, what value, why, and where nobody can tell."""

import numpy as np
import pytest

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.verify.finding import Change
from govinfo_pipeline.verify.identities import FAIL, UNKNOWN, evaluate
from govinfo_pipeline.verify.locate import REASONS, locate, locate_batch, reason
from govinfo_pipeline.verify.locate.case import Case
from govinfo_pipeline.verify.locate.reason import slip
from govinfo_pipeline.verify.locate.signature import signatures
from govinfo_pipeline.verify.rules import compile_form

CELLS = universe()
FORM = load_form("2021")
RULES = [rule for rule in compile_form(FORM) if rule.rule.family == "arithmetic"]
ROWS = [row.id for row in FORM.table("applications").rows]
COLUMNS = [column.id for column in FORM.table("applications").columns]

# new 56 + 2, carried in 3; granted 17 + 1, partly 12, denied 4, not held 24 + 1; carried forward 2.
FIGURES = {
    "applications.new_received": (56, 2, 58),
    "applications.carried_in": (3, 0, 3),
    "applications.granted": (17, 1, 18),
    "applications.partially_granted": (12, 0, 12),
    "applications.denied_process_information": (4, 0, 4),
    "applications.unavailable_not_held": (24, 1, 25),
    "applications.processed_total": (57, 2, 59),
    "applications.carried_forward": (2, 0, 2),
}
DISPUTES = {"review_upheld": 3, "review_corrected": 1, "review_pending": 2, "review_total": 6,
            "post_review_litigation_upheld": 1, "post_review_litigation_total": 1}  # fmt: skip


def truth():
    """Return the right value of every cell of the form: what is not above is zero."""
    right = {cell.id: 0 for cell in FORM.cells}
    for row, (person, enterprise, total) in FIGURES.items():
        right |= {f"{row}.natural_person": person, f"{row}.commercial_enterprise": enterprise}
        right[f"{row}.total"] = total
    return right | {f"disputes.cases.{name}": value for name, value in DISPUTES.items()}


def printed(changes=None, letters=None):
    """Return values, states and what does not pass, where some cells are printed otherwise."""
    figures = truth() | (changes or {})
    states = ["a"] * len(CELLS)
    values = [None] * len(CELLS)
    for cell_id, value in figures.items():
        letter = (letters or {}).get(cell_id, "n")
        states[CELLS.index[cell_id]] = letter
        values[CELLS.index[cell_id]] = value if letter == "n" else None
    return values, "".join(states), judged(values, states)


def judged(values, states):
    """Return instance -> residual of what fails or is unknown, as the kernel judges it."""
    columns = {i: np.array([value or 0]) for i, value in enumerate(values)}
    letters = {i: np.array([ord(letter)], dtype=np.uint8) for i, letter in enumerate(states)}
    verdicts = evaluate(RULES, columns, letters)
    return {
        rule.id: int(verdicts.residuals[0, j])
        for j, rule in enumerate(RULES)
        if verdicts.codes[0, j] in (FAIL, UNKNOWN)
    }


def causes_of(changes=None, letters=None, evidence=None):
    values, states, failed = printed(changes, letters)
    return locate("2021", values, states, failed, evidence)


def only(found):
    assert len(found) == 1
    return found[0]


def suggested(cause, k=0):
    return {change.id: change.new for change in cause.repairs[k].changes}


def test_the_truth_of_these_tests_adds_up():
    assert printed()[2] == {}
    assert causes_of() == []


def test_transposed_digits_are_named_with_cell_value_and_what_they_mend():
    cause = only(causes_of({"applications.granted.natural_person": 71}))
    assert cause.verdict == "fail"
    assert cause.instances == ("A2@natural_person", "A3@granted")
    (repair,) = cause.repairs
    assert repair.changes == (Change("applications.granted.natural_person", 71, 17),)
    assert repair.reason == "digits transposed"
    assert repair.mends == ("A2@natural_person", "A3@granted")
    assert (repair.tied, repair.witnesses) == (False, ())


@pytest.mark.parametrize("row", ROWS)
def test_any_single_wrong_cell_of_applications_is_found_and_its_repair_is_the_only_one(row):
    for column in COLUMNS:
        cell_id = f"applications.{row}.{column}"
        cause = only(causes_of({cell_id: truth()[cell_id] + 54}))
        assert [suggested(cause, k) for k in range(len(cause.repairs))] == [{cell_id: truth()[cell_id]}]
        assert not cause.repairs[0].tied


def test_a_wrong_dispute_is_a_tie_of_five_cells():
    cause = only(causes_of({"disputes.cases.review_total": 7}))
    assert cause.instances == ("D1@review",)
    assert {cell for k in range(5) for cell in suggested(cause, k)} == {
        f"disputes.cases.review_{name}" for name in ("upheld", "corrected", "other", "pending", "total")
    }
    assert [repair.tied for repair in cause.repairs] == [True] * 5
    assert suggested(cause) == {"disputes.cases.review_total": 6}
    assert cause.repairs[0].reason == "total not updated"


def test_a_tie_shrinks_to_the_cells_that_can_pay_for_it():
    cause = only(causes_of({"disputes.cases.post_review_litigation_total": 0}))
    offered = [suggested(cause, k) for k in range(len(cause.repairs))]
    assert {"disputes.cases.post_review_litigation_total": 1} in offered
    assert {"disputes.cases.post_review_litigation_upheld": 0} in offered
    assert not any("disputes.cases.post_review_litigation_pending" in repair for repair in offered)


def test_a_witness_breaks_a_tie_and_is_named():
    evidence = {"disputes.cases.review_upheld": [(3, "prose line 12"), (3, "report of 2021")]}
    cause = only(causes_of({"disputes.cases.review_upheld": 2}, evidence=evidence))
    assert suggested(cause) == {"disputes.cases.review_upheld": 3}
    assert cause.repairs[0].witnesses == ("prose line 12", "report of 2021")
    assert [repair.tied for repair in cause.repairs] == [False] * 5
    assert cause.repairs[1].witnesses == ()


def test_a_witness_for_what_is_printed_takes_a_cell_out_of_the_tie():
    evidence = {"disputes.cases.review_total": [(7, "prose line 12")]}
    cause = only(causes_of({"disputes.cases.review_total": 7}, evidence=evidence))
    assert suggested(cause) != {"disputes.cases.review_total": 6}
    tied = {cell for k, r in enumerate(cause.repairs) if r.tied for cell in suggested(cause, k)}
    assert tied == {f"disputes.cases.review_{n}" for n in ("upheld", "corrected", "other", "pending")}


def test_a_witness_never_overrules_the_figures():
    evidence = {
        "applications.granted.natural_person": [(71, "prose line 9")],
        "applications.partially_granted.natural_person": [(66, "prose line 9")],
    }
    cause = only(causes_of({"applications.granted.natural_person": 71}, evidence=evidence))
    assert [suggested(cause, k) for k in range(len(cause.repairs))] == [
        {"applications.granted.natural_person": 17}
    ]
    assert cause.repairs[0].witnesses == ()


@pytest.mark.parametrize(
    ("value", "why"),
    [(42, "digits transposed"), (2, "dropped digit"), (224, "added digit"), (27, "one digit"),
     (-24, "sign"), (99, "unexplained")],
)  # fmt: skip
def test_the_reason_says_what_happened_to_the_digits(value, why):
    cause = only(causes_of({"applications.unavailable_not_held.natural_person": value}))
    assert cause.repairs[0].reason == why
    assert suggested(cause) == {"applications.unavailable_not_held.natural_person": 24}


def test_a_total_that_was_not_updated_is_called_so():
    cause = only(causes_of({"applications.processed_total.natural_person": 44}))
    assert cause.instances == ("A1@natural_person", "A2@natural_person", "A3@processed_total")
    assert (cause.repairs[0].reason, suggested(cause)) == (
        "total not updated",
        {"applications.processed_total.natural_person": 57},
    )


def test_several_totals_that_all_miss_the_same_are_one_cause():
    stale = {f"applications.{r}.total": truth()[f"applications.{r}.total"] - 5
             for r in ("new_received", "granted", "processed_total")}  # fmt: skip
    cause = only(causes_of(stale))
    assert cause.repairs[0].reason == "total not updated"
    assert suggested(cause) == {cell_id: value + 5 for cell_id, value in stale.items()}


def test_a_value_in_the_neighbour_cell_is_one_cause_of_two_changes():
    cause = only(
        causes_of(
            {
                "applications.denied_process_information.natural_person": 0,
                "applications.denied_process_information.commercial_enterprise": 4,
            }
        )
    )
    assert cause.repairs[0].reason == "moved value"
    assert cause.repairs[0].changes == (
        Change("applications.denied_process_information.natural_person", 0, 4),
        Change("applications.denied_process_information.commercial_enterprise", 4, 0),
    )


def test_exchanged_cells_are_one_cause():
    cause = only(
        causes_of(
            {
                "applications.granted.natural_person": 12,
                "applications.partially_granted.natural_person": 17,
            }
        )
    )
    assert cause.repairs[0].reason == "cells exchanged"
    assert suggested(cause) == {
        "applications.granted.natural_person": 17,
        "applications.partially_granted.natural_person": 12,
    }


def test_cells_exchanged_across_two_blocks_of_the_form_are_one_cause():
    swap = {"applications.carried_in.natural_person": 17, "applications.granted.natural_person": 3}
    cause = only(causes_of(swap))
    assert cause.repairs[0].reason == "cells exchanged"
    assert suggested(cause) == {cell_id: truth()[cell_id] for cell_id in swap}


def test_a_column_exchanged_with_the_total_is_one_cause():
    right = truth()
    swap = {}
    for row in ROWS:
        swap[f"applications.{row}.other_org"] = right[f"applications.{row}.total"]
        swap[f"applications.{row}.total"] = right[f"applications.{row}.other_org"]
    cause = only(causes_of(swap))
    assert cause.repairs[0].reason == "columns exchanged"
    assert suggested(cause) == {c: right[c] for c, new in swap.items() if new != right[c]}
    assert not cause.repairs[0].tied


def test_columns_exchanged_in_some_rows_are_tied_with_an_exchange_in_the_others():
    right = truth()
    last = ROWS[ROWS.index("unavailable_not_held") :]
    cause = only(causes_of(exchanged_applicants(last)))
    assert [repair.reason for repair in cause.repairs] == ["columns exchanged"] * 2
    assert [repair.tied for repair in cause.repairs] == [True, True]
    assert {c: right[c] for c, new in exchanged_applicants(last).items() if new != right[c]} in [
        suggested(cause, 0),
        suggested(cause, 1),
    ]


def exchanged_applicants(rows):
    """Return the first two applicant columns, exchanged in some rows."""
    right = truth()
    swap = {}
    for row in rows:
        one, other = (f"applications.{row}.{column}" for column in COLUMNS[:2])
        swap |= {one: right[other], other: right[one]}
    return swap


def test_exchanged_applicant_columns_are_invisible():
    assert causes_of(exchanged_applicants(ROWS)) == []


def test_a_lost_cell_that_shifts_its_row_is_one_cause():
    row = "applications.granted"
    moved = {f"{row}.natural_person": 1, f"{row}.commercial_enterprise": 0, f"{row}.other_org": 18}
    cause = only(causes_of(moved, {f"{row}.total": "b"}))
    assert cause.repairs[0].reason == "shifted row"
    assert cause.repairs[0].changes == (
        Change(f"{row}.natural_person", 1, 17),
        Change(f"{row}.commercial_enterprise", 0, 1),
        Change(f"{row}.other_org", 18, 0),
        Change(f"{row}.total", None, 18),
    )
    assert not cause.repairs[0].tied


def test_an_extra_cell_that_shifts_its_row_is_one_cause():
    row = "applications.granted"
    moved = {f"{row}.natural_person": 0, f"{row}.commercial_enterprise": 17,
             f"{row}.research_institution": 1, f"{row}.total": 0}  # fmt: skip
    cause = only(causes_of(moved))
    assert cause.repairs[0].reason == "shifted row"
    assert suggested(cause) == {cell_id: truth()[cell_id] for cell_id in moved}


def test_independent_errors_are_causes_apart():
    found = causes_of(
        {
            "applications.granted.natural_person": 71,
            "applications.carried_in.commercial_enterprise": 1,
            "disputes.cases.review_total": 5,
        }
    )
    assert [cause.instances for cause in found] == [
        ("A1@commercial_enterprise", "A3@carried_in"),
        ("A2@natural_person", "A3@granted"),
        ("D1@review",),
    ]
    assert [suggested(cause) for cause in found] == [
        {"applications.carried_in.commercial_enterprise": 0},
        {"applications.granted.natural_person": 17},
        {"disputes.cases.review_total": 6},
    ]


def test_two_errors_in_one_row_are_one_cause_that_changes_both():
    wrong = {"applications.granted.natural_person": 71, "applications.granted.commercial_enterprise": 6}
    cause = only(causes_of(wrong))
    assert cause.instances == ("A2@natural_person", "A2@commercial_enterprise", "A3@granted")
    assert suggested(cause) == {cell_id: truth()[cell_id] for cell_id in wrong}


def test_equal_errors_crosswise_are_one_tied_cause():
    wrong = {
        "applications.granted.natural_person": 16,
        "applications.unavailable_not_held.commercial_enterprise": 0,
    }
    cause = only(causes_of(wrong))
    offered = [suggested(cause, k) for k in range(len(cause.repairs))]
    assert {cell_id: truth()[cell_id] for cell_id in wrong} in offered
    assert {
        "applications.granted.commercial_enterprise": 2,
        "applications.unavailable_not_held.natural_person": 25,
    } in offered
    assert [repair.tied for repair in cause.repairs] == [True, True]


def test_a_figure_wrong_together_with_its_total_is_tied_with_the_other_rows():
    wrong = {"applications.granted.natural_person": 18, "applications.granted.total": 19}
    cause = only(causes_of(wrong))
    assert cause.instances == ("A2@natural_person", "A2@total")
    assert cause.repairs[0].tied
    assert all(len(repair.changes) == 2 for repair in cause.repairs)


def test_a_stale_total_does_not_hide_a_moved_value_of_its_column():
    wrong = {
        "applications.processed_total.natural_person": 44,
        "applications.denied_process_information.natural_person": 0,
        "applications.denied_enforcement_file.natural_person": 4,
    }
    found = causes_of(wrong)
    assert [cause.instances for cause in found] == [
        ("A1@natural_person", "A2@natural_person", "A3@processed_total"),
        ("A3@denied_process_information", "A3@denied_enforcement_file"),
    ]
    assert suggested(found[0]) == {"applications.processed_total.natural_person": 57}
    offered = [suggested(found[1], k) for k in range(len(found[1].repairs)) if found[1].repairs[k].tied]
    assert {
        "applications.denied_process_information.natural_person": 4,
        "applications.denied_enforcement_file.natural_person": 0,
    } in offered


def test_of_two_exchanges_the_one_of_neighbours_comes_first():
    wrong = {
        "disputes.cases.direct_litigation_upheld": 7,
        "disputes.cases.direct_litigation_pending": 7,
        "disputes.cases.direct_litigation_total": 0,
    }
    cause = only(causes_of(wrong))
    assert suggested(cause) == {
        "disputes.cases.direct_litigation_pending": 0,
        "disputes.cases.direct_litigation_total": 7,
    }
    assert cause.repairs[0].tied


def test_a_value_moved_across_groups_of_disputes_is_tied_with_two_errors_apart():
    wrong = {"disputes.cases.review_total": 0, "disputes.cases.direct_litigation_upheld": 6}
    cause = only(causes_of(wrong))
    assert cause.instances == ("D1@review", "D1@direct_litigation")
    assert cause.repairs[0].reason == "moved value"
    assert suggested(cause) == {
        "disputes.cases.review_total": 6,
        "disputes.cases.direct_litigation_upheld": 0,
    }
    apart = {"disputes.cases.review_total": 6, "disputes.cases.direct_litigation_total": 6}
    assert apart in [suggested(cause, k) for k, repair in enumerate(cause.repairs) if repair.tied]
    assert cause.repairs[0].tied


def test_what_nothing_small_explains_is_one_cause_without_repairs():
    row = {f"applications.granted.{column}": 100 + k * k for k, column in enumerate(COLUMNS)}
    cause = only(causes_of(row))
    assert cause.repairs == ()
    assert set(cause.instances) == set(printed(row)[2])


def test_a_blank_total_is_unknown_and_what_the_others_imply_is_named():
    cause = only(causes_of(letters={"applications.granted.total": "b"}))
    assert cause.verdict == "unknown"
    (repair,) = cause.repairs
    assert repair.changes == (Change("applications.granted.total", None, 18),)
    assert (repair.reason, repair.tied) == ("missing total", False)
    assert set(repair.mends) == {"A2@total", "A3@granted"} == set(cause.instances)


def test_a_blank_column_of_totals_is_one_cause():
    letters = {f"applications.{row}.total": "b" for row in ROWS}
    cause = only(causes_of(letters=letters))
    changes = {change.id: change.new for change in cause.repairs[0].changes}
    busy = [row for row in FIGURES if row.startswith("applications.")]
    assert changes == {f"{row}.total": FIGURES[row][2] for row in busy}
    assert cause.verdict == "unknown"


def test_an_unreadable_value_that_the_others_imply_is_named():
    cause = only(causes_of(letters={"applications.granted.natural_person": "x"}))
    assert cause.repairs[0].changes == (Change("applications.granted.natural_person", None, 17),)
    assert cause.repairs[0].reason == "missing value"


def test_a_blank_total_is_not_named_beside_an_unreadable_part():
    rows = ("applications.granted", "applications.partially_granted")
    letters = {f"{row}.total": "b" for row in rows}
    letters |= {f"{row}.research_institution": "x" for row in rows}
    found = causes_of(letters=letters)
    named = {c.id for cause in found for repair in cause.repairs for c in repair.changes}
    assert named == set()


def test_a_blank_total_is_not_named_where_its_column_fails():
    wrong = {"applications.processed_total.total": 30}
    found = causes_of(wrong, {"applications.granted.total": "b"})
    assert [(cause.verdict, cause.instances) for cause in found] == [
        ("fail", ("A1@total", "A2@total", "A3@processed_total")),
        ("unknown", ("A3@granted",)),
    ]
    assert suggested(found[0]) == {"applications.processed_total.total": 59}
    assert found[1].repairs == ()


def test_a_blank_at_the_end_of_a_row_may_be_a_shift_or_a_missing_total():
    wrong = {
        "disputes.cases.post_review_litigation_upheld": 1,
        "disputes.cases.post_review_litigation_pending": 1,
    }
    cause = only(causes_of(wrong, {"disputes.cases.post_review_litigation_total": "b"}))
    assert cause.verdict == "unknown"
    offered = [suggested(cause, k) for k, repair in enumerate(cause.repairs) if repair.tied]
    assert {"disputes.cases.post_review_litigation_total": 2} in offered
    assert {
        "disputes.cases.post_review_litigation_pending": 0,
        "disputes.cases.post_review_litigation_total": 1,
    } in offered


def test_a_lost_row_is_unknown_and_nothing_is_made_up_for_it():
    letters = {f"applications.granted.{column}": "u" for column in COLUMNS}
    cause = only(causes_of(letters=letters))
    assert cause.verdict == "unknown"
    assert cause.repairs[0].changes == tuple(
        Change(f"applications.granted.{c}", None, truth()[f"applications.granted.{c}"]) for c in COLUMNS
    )
    two = letters | {f"applications.partially_granted.{column}": "u" for column in COLUMNS}
    assert [cause.repairs for cause in causes_of(letters=two)] == [()]


def test_a_wrong_cell_beside_a_lost_row_is_placed_as_far_as_the_rest_tells():
    letters = {f"applications.partially_granted.{column}": "u" for column in COLUMNS}
    too_much = failing(causes_of({"applications.granted.natural_person": 71}, letters))
    assert too_much.instances == ("A2@natural_person", "A3@granted")
    assert suggested(too_much) == {"applications.granted.natural_person": 17}
    assert not too_much.repairs[0].tied
    too_little = failing(causes_of({"applications.granted.natural_person": 10}, letters))
    assert too_little.instances == ("A3@granted",)
    assert too_little.repairs[0].tied
    offered = [suggested(too_little, k) for k in range(len(too_little.repairs))]
    assert {"applications.granted.natural_person": 17} in offered
    assert {"applications.granted.total": 11} in offered


def failing(found):
    return only([cause for cause in found if cause.verdict == "fail"])


def test_a_blank_is_kept_when_a_wrong_digit_explains_more():
    letters = {f"applications.granted.{c}": "b" for c in COLUMNS[2:6]}
    letters |= {
        f"applications.{r}.natural_person": "b"
        for r in ROWS
        if truth()[f"applications.{r}.natural_person"] == 0
    }
    cause = only(causes_of({"applications.granted.natural_person": 10}, letters))
    assert cause.verdict == "unknown"
    assert suggested(cause) == {"applications.granted.natural_person": 17}


def test_a_number_that_is_no_whole_number_is_not_calculated_with():
    values, states, _ = printed()
    values[CELLS.index["applications.granted.natural_person"]] = 17.5
    cause = only(locate("2021", values, states, {"A3@granted": 17, "A2@natural_person": 17}))
    assert cause.verdict == "unknown"
    assert suggested(cause) == {"applications.granted.natural_person": 17}


def test_numbers_near_the_limit_of_64_bits_are_exact():
    huge = 2**62
    wrong = {f"applications.{r}.{c}": truth()[f"applications.{r}.{c}"] + huge
             for r in ("new_received", "processed_total", "granted") for c in ("natural_person", "total")}  # fmt: skip
    assert causes_of(wrong) == []
    wrong["applications.granted.natural_person"] += 1
    assert suggested(only(causes_of(wrong))) == {"applications.granted.natural_person": 17 + huge}


def test_sums_beyond_64_bits_are_exact_in_a_batch_too():
    cells = [f"applications.{row}.natural_person" for row in ROWS[2:6]]
    wrong = {cell_id: truth()[cell_id] + 2**62 for cell_id in cells}
    values, states, failed = printed(wrong)
    single = locate("2021", values, states, failed)
    numbers = np.array([[value or 0 for value in values]])
    letters = np.frombuffer(states.encode(), dtype=np.uint8)[None, :]
    assert locate_batch("2021", numbers, letters, np.ones((1, len(failed)), bool), list(failed)) == [single]
    assert failed["A2@natural_person"] == -(2**63)  # held at the limit


def test_a_blank_takes_only_the_value_that_its_instances_leave():
    signs = signatures("2021")
    values, _, _ = printed(letters={"applications.granted.natural_person": "b"})
    cells = [values[i] or 0 for i in signs.positions]
    blank = signs.ids.index("applications.granted.natural_person")
    residual = [sum(sign * cells[cell] for cell, sign in terms) for terms in signs.terms]
    case = Case(signs, cells, {blank: False}, residual)
    assert case.outcome([(blank, 5)]) is None
    assert case.outcome([(blank, 17)]).settles == signs.masks[blank]


def test_no_repair_makes_a_count_negative():
    for cell_id in ("disputes.cases.review_total", "applications.granted.total"):
        for value in (0, 1, 900):
            for cause in causes_of({cell_id: value}):
                assert all(c.new >= 0 for repair in cause.repairs for c in repair.changes)


def test_every_instance_is_in_one_cause_also_those_that_are_no_equality():
    values, states, failed = printed({"applications.granted.natural_person": 71})
    failed["P1@regulations"] = -3
    found = locate("2021", values, states, failed)
    assert sorted(name for cause in found for name in cause.instances) == sorted(failed)
    assert found[-1].repairs == ()


def test_only_what_was_asked_is_answered():
    values, states, failed = printed(
        {"applications.granted.natural_person": 71, "disputes.cases.review_total": 7}
    )
    asked = {"D1@review": failed["D1@review"]}
    assert [cause.instances for cause in locate("2021", values, states, asked)] == [("D1@review",)]


def test_a_residual_of_other_values_is_refused():
    values, states, _ = printed({"applications.granted.natural_person": 71})
    with pytest.raises(ValueError, match=r"residual of A3@granted: must be -54 for these values, was 3"):
        locate("2021", values, states, {"A3@granted": 3})


def test_a_report_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match=f"has {len(CELLS)} cells"):
        locate("2021", [1, 2, 3], "nnn", {"A3@granted": 3})


def test_the_values_are_left_as_they_were():
    values, states, failed = printed({"applications.granted.natural_person": 71})
    before = list(values)
    locate("2021", values, states, failed)
    assert values == before


@pytest.mark.parametrize(
    ("was", "right", "total", "why"),
    [
        (71, 17, False, "digits transposed"),
        (1, 10, False, "dropped digit"),
        (13, 31, True, "digits transposed"),
        (5, 58, False, "dropped digit"),
        (58, 508, False, "dropped digit"),
        (5508, 558, False, "added digit"),
        (17, 19, False, "one digit"),
        (17, 18, True, "total not updated"),
        (17, 97, True, "one digit"),
        (-40, 40, False, "sign"),
        (3719, 3736, False, "unexplained"),
        (3719, 3736, True, "total not updated"),
    ],
)
def test_the_likeliest_slip_between_two_numbers(was, right, total, why):
    assert slip(was, right, total).reason == why


def test_every_reason_has_words_in_both_languages():
    codes = {value for name, value in vars(reason).items() if name.isupper() and isinstance(value, str)}
    assert codes == set(REASONS)
    assert all(message.zh and message.en for message in REASONS.values())
    assert all(any("\u4e00" <= c <= "\u9fff" for c in message.zh) for message in REASONS.values())
