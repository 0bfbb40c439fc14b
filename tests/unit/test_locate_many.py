"""Several causes, blanks and lost rows, and the limits of what is calculated."""

import numpy as np
import pytest

from govinfo_pipeline.verify.finding import Change
from govinfo_pipeline.verify.locate import REASONS, locate, locate_batch, reason
from govinfo_pipeline.verify.locate.case import Case
from govinfo_pipeline.verify.locate.reason import slip
from govinfo_pipeline.verify.locate.signature import signatures
from tests.located import CELLS, COLUMNS, FIGURES, ROWS, causes_of, only, printed, suggested, truth


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
