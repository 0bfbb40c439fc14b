"""One cause at a time: which cell is wrong, what it should be, and what is tied."""

import pytest

from govinfo_pipeline.verify.finding import Change
from tests.located import COLUMNS, ROWS, causes_of, only, printed, suggested, truth


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
