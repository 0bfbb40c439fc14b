"""Second thoughts about mismatches, each alone: judgements made by hand, and what becomes of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from govinfo_pipeline.extract.narrative.claim import Claim
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.narrative.doubt import weigh
from govinfo_pipeline.verify.narrative.verdict import Judgement
from tests.claims import corpus

NEW, DONE = "applications.new_received.total", "applications.processed_total.total"
PEOPLE, CARRIED = "applications.new_received.natural_person", "applications.carried_in.total"
GRANTED, OTHER = "applications.granted.total", "applications.other_misc.total"
REVIEWS = "disputes.cases.review_total"
EMPTY = corpus.make_report("new_received.total=900 processed_total.total=900", 2022)


def count(
    value: int,
    about: str,
    verdict: str = "match",
    expected: int | None = None,
    kind: str = "count",
    **more: Any,
) -> Judgement:
    claim = Claim(
        **{"quote": "一句。", "line": 1, "readings": ((about,),)} | more | told(kind, value, "件", about)
    )
    return Judgement(claim, verdict, None if expected is None else Fraction(expected), (about,))


def share(
    value: str,
    verdict: str = "mismatch",
    part: int | None = None,
    whole: int | None = None,
    about: str = GRANTED,
    stated: int | None = None,
    **more: Any,
) -> Judgement:
    exact = Decimal(value)
    places = -int(exact.as_tuple().exponent)
    claim = Claim(
        **{"quote": "一句。", "line": 1, "places": places, "part": stated}
        | more
        | told("share", exact, "%", about)
    )
    halves = [None if figure is None else Fraction(figure) for figure in (part, whole)]
    return Judgement(claim, verdict, Fraction(50), (about,), *halves)


def told(kind: str, value: int | Decimal, unit: str, about: str) -> dict[str, Any]:
    return {"kind": kind, "value": value, "unit": unit, "about": (about,)}


def verdicts(*judged: Judgement, report: Report = EMPTY) -> list[str]:
    return [each.verdict for each in weigh(judged, report)]


# A second count of the same cells -----------------------------------------------------------------------


def test_only_the_wrong_one_of_two_counts_is_doubted() -> None:
    right, wrong = count(20, GRANTED, "match", 20), count(6, GRANTED, "mismatch", 20)
    assert verdicts(right, wrong) == ["match", "different_scope"]


def test_two_wrong_counts_of_a_result_are_doubted_whatever_they_make() -> None:
    first, second = (count(n, GRANTED, "mismatch", 20) for n in (12, 6))
    assert verdicts(first, second) == ["different_scope", "different_scope"]


def test_wrong_parts_of_a_total_are_doubted_if_they_make_it_however_often_they_are_said() -> None:
    whole, part = count(41, NEW, "mismatch", 50), count(9, NEW, "mismatch", 50)
    assert verdicts(whole, part, part) == ["different_scope"] * 3
    assert verdicts(whole, count(8, NEW, "mismatch", 50)) == ["mismatch", "mismatch"]


def test_a_wrong_sum_is_not_doubted() -> None:
    assert verdicts(count(20, GRANTED), count(30, GRANTED, "mismatch", 20, kind="sum"))[1] == "mismatch"


def test_a_count_of_another_paragraph_raises_no_doubt() -> None:
    assert verdicts(count(20, GRANTED, line=2), count(6, GRANTED, "mismatch", 20)) == ["match", "mismatch"]


def test_counts_whose_words_allow_the_same_cells_are_of_the_same_cells() -> None:
    both = ((GRANTED,), (OTHER,))
    wrong = count(6, OTHER, "mismatch", 20, readings=both[::-1])
    assert verdicts(count(20, GRANTED, readings=both), wrong) == ["match", "different_scope"]


# A total that wants a figure of its sentence --------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "lacks", "verdict"),
    [
        ("重复件4件。", 4, "different_scope"),
        ("重复件3件、无效0件、误投5件。", 8, "different_scope"),
        ("重复件3件、无效件2件、误投5件。", 8, "mismatch"),
        ("重复件4件。", 5, "mismatch"),
        ("占4%。", 4, "mismatch"),
        ("增长1.4倍。", 4, "mismatch"),
        ("共4.5万字。", 4, "mismatch"),
        ("2022年。", 2022, "mismatch"),
    ],
)
def test_a_total_is_doubted_if_it_wants_a_figure_that_no_claim_explains(
    quote: str, lacks: int, verdict: str
) -> None:
    wrong = count(40, NEW, "mismatch", 40 + lacks, quote=quote)
    # What another sentence says explains nothing of this one.
    assert verdicts(wrong, count(4, REVIEWS, quote="又一句。"))[0] == verdict


def test_what_was_carried_in_is_wanted_by_what_was_processed_alone_and_in_its_own_sentence() -> None:
    for about, quote, verdict in (
        (DONE, "一句。", "different_scope"),
        (DONE, "又一句。", "mismatch"),
        (NEW, "一句。", "mismatch"),
    ):
        assert verdicts(count(47, about, "mismatch", 50), count(3, CARRIED, quote=quote))[0] == verdict


@pytest.mark.parametrize("about", [PEOPLE, GRANTED, REVIEWS])
def test_what_is_no_total_of_applications_wants_nothing(about: str) -> None:
    assert verdicts(count(36, about, "mismatch", 40, quote="重复件4件。")) == ["mismatch"]


# 其他 ---------------------------------------------------------------------------------------------------

FIFTY = corpus.make_report("new_received.total=50 processed_total.total=50", 2022)


def rest(*beside: Judgement, value: int = 30, report: Report = FIFTY) -> str:
    return verdicts(count(value, OTHER, "mismatch", 5), *beside, report=report)[0]


def test_other_may_be_all_that_its_sentence_does_not_name() -> None:
    assert rest(count(20, GRANTED)) == "different_scope"
    assert rest(count(21, GRANTED)) == "mismatch"
    assert rest(count(20, GRANTED, quote="又一句。")) == "mismatch"


def test_other_that_is_alone_is_not_all_the_rest() -> None:
    assert rest(value=50) == "mismatch"


def test_other_makes_a_total_that_its_own_paragraph_states() -> None:
    for total, verdict in (
        (count(50, NEW, quote="又一句。"), "different_scope"),
        (count(50, NEW, quote="又一句。", line=2), "mismatch"),
        (count(50, PEOPLE, quote="又一句。"), "mismatch"),
        (count(50, GRANTED, quote="又一句。"), "mismatch"),
    ):
        assert rest(count(20, GRANTED), total, report=EMPTY) == verdict


@pytest.mark.parametrize(
    "beside", ["applications.granted.natural_person", "applications.carried_forward.total"]
)
def test_only_results_are_what_other_leaves(beside: str) -> None:
    assert rest(count(20, GRANTED), count(17, beside)) == "different_scope"


# Shares of another whole ----------------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", ["mismatch", "unverifiable"])
@pytest.mark.parametrize(
    "halves", [{"part": 6}, {"stated": 6}, {"part": 7, "stated": 6}, {"part": 6, "stated": 7}]
)
def test_a_share_of_a_total_of_its_paragraph_is_right(verdict: str, halves: dict[str, int]) -> None:
    (_, judged) = weigh([count(20, NEW, quote="又一句。"), share("30", verdict, **halves)], EMPTY)
    assert (judged.verdict, judged.part, judged.whole, judged.expected) == ("match", 6, 20, 30)
    assert not judged.tabled


@pytest.mark.parametrize(
    "whole",
    [
        count(20, NEW, line=2),
        count(20, REVIEWS),
        count(19, NEW),
        count(0, NEW),
        count(6, NEW, kind="growth"),
    ],
)
def test_a_share_is_of_no_other_figure(whole: Judgement) -> None:
    assert verdicts(whole, share("30", part=6))[1] == "mismatch"


def test_a_share_of_a_total_of_disputes_is_right() -> None:
    part = "disputes.cases.review_upheld"
    assert verdicts(count(4, REVIEWS), share("75", "unverifiable", stated=3, about=part))[1] == "match"


@pytest.mark.parametrize("whole", [{}, {"quote": "其中20件为网络申请，0件为信函。"}])
def test_a_share_of_what_is_no_total_is_of_another_set(whole: dict[str, str]) -> None:
    beside = [] if whole else [count(20, PEOPLE, quote="又一句。")]
    assert verdicts(share("30", part=6, **whole), *beside)[0] == "different_scope"
    assert verdicts(share("30", "unverifiable", part=6, **whole), *beside)[0] == "unverifiable"


def test_a_share_that_was_cut_off_is_not_right_by_another_whole() -> None:
    assert verdicts(count(3, NEW), share("66", part=2))[1] == "mismatch"
    assert verdicts(count(3, NEW), share("67", part=2))[1] == "match"


def named(*beside: Judgement) -> Fraction | None:
    """The whole that a wrong share is said to be of, which was thought to be of 90."""
    return weigh([share("51.5", part=40, whole=90), *beside], EMPTY)[0].whole


def test_a_wrong_share_is_said_to_be_of_what_most_right_shares_of_its_sentence_are_of() -> None:
    of_80, of_70 = share("25", "match", 20, 80), share("20", "rounding", 14, 70)
    assert named(of_80) == 80
    assert named(of_70) == 70
    assert named(of_70, of_80, of_80) == named(of_80, of_80, of_70) == 80
    assert named(share("26", "mismatch", 20, 80)) == 90
    for elsewhere in ({"quote": "又一句。"}, {"line": 2}):
        assert named(share("25", "match", 20, 80, **elsewhere)) == 90
    assert weigh([share("51.5", part=40, whole=90), of_80], EMPTY)[0].expected == 50


# Shares of a whole that nobody states ---------------------------------------------------------------------


def test_wrong_shares_that_are_all_of_one_number_are_of_a_set_not_known() -> None:
    assert verdicts(share("30", part=6), share("40", part=8)) == ["unverifiable", "unverifiable"]
    assert verdicts(share("30", part=6)) == ["mismatch"]
    for elsewhere in ({"quote": "又一句。"}, {"line": 2}):
        assert verdicts(share("30", part=6), share("40", part=8, **elsewhere)) == ["mismatch", "mismatch"]


@pytest.mark.parametrize(("value", "part"), [("42", 8), ("38", 8)])
def test_wrong_shares_of_neighbouring_numbers_stay_wrong(value: str, part: int) -> None:
    """6 are 30% of 20 alone; 8 are 42% of 19 alone and 38% of 21 alone."""
    assert verdicts(share("30", part=6), share(value, part=part)) == ["mismatch", "mismatch"]


def test_a_share_that_speaks_for_no_number_keeps_the_others_wrong() -> None:
    third = share("10")
    assert verdicts(share("30", part=6), share("40", part=8), third) == ["mismatch"] * 3


def test_shares_of_nothing_stay_wrong() -> None:
    assert verdicts(share("5", part=0), share("6", part=0)) == ["mismatch", "mismatch"]


def test_a_right_share_beside_is_no_witness_of_a_number_not_known() -> None:
    assert verdicts(share("30", part=6), share("40", "match", 8, 20)) == ["mismatch", "match"]
