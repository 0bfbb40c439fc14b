"""P6 and P7: jumps against last year and outliers against peers, by examples worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pytest

from govinfo_pipeline.formats import load_forms
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Finding, Message
from govinfo_pipeline.verify.judge import _unexplained, judge, judge_together, verdict_of
from govinfo_pipeline.verify.peers import (
    FAR,
    LEAST_PEERS,
    MEASURES,
    WATCHED,
    check_jumps,
    check_peers,
    column,
    jumps,
    measured,
    spread,
)
from tests.batches import put, report

RECEIVED = "applications.new_received.total"
DOCUMENTS = "art20_1.normative_documents.in_force"
LICENCES = "art20_5.administrative_licensing.decisions_this_year"
FEES = "art20_8.administrative_fees.amount_this_year"


# -- against last year ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before", "far"),
    [
        (580, 58, True),  # ten times, 522 apart
        (579, 58, False),  # not quite ten times
        (58, 580, True),  # the other way round
        (58, 579, False),
        (110, 10, True),  # exactly 100 apart
        (109, 10, False),
        (0, 100, True),  # zero counts as one
        (0, 99, False),
        (100, 0, True),
        (0, 0, False),
        (5000, 5000, False),
        (float("nan"), 5000, False),
        (5000, float("nan"), False),
    ],
)
def test_a_jump_is_ten_times_as_much_or_as_little_and_a_hundred_apart(
    now: float, before: float, far: bool
) -> None:
    assert [far] == jumps(np.array([now]), np.array([before]), 10, 100).tolist()


def years(now: dict[str, Any], before: dict[str, Any]) -> tuple[Report, Report]:
    return put(report("甲县", 2022), now), put(report("甲县", 2021), before)


def jumped(now: dict[str, Any], before: dict[str, Any]) -> list[Finding]:
    report_now, report_before = years(now, before)
    return check_jumps([report_now], [report_before])[0]


def test_a_jump_is_a_notice_with_both_figures() -> None:
    (finding,) = jumped({RECEIVED: 5800}, {RECEIVED: 58})
    assert ("P6", (f"P6@{RECEIVED}",), "notice") == (finding.rule, finding.instances, finding.severity)
    assert ((RECEIVED,), 5800, None) == (finding.cells, finding.reported, finding.expected)
    assert "与 2021 年度报告相差悬殊: “本年新收”总计 58 → 5800" in finding.message.zh
    assert "far from the 2021 report" in finding.message.en
    assert "58 → 5800" in finding.message.en
    assert "pass" == verdict_of([finding])


def test_figures_of_one_table_are_one_notice_and_of_two_tables_are_two() -> None:
    processed = "applications.processed_total.total"
    both = jumped(
        {RECEIVED: 5800, processed: 5800, DOCUMENTS: 0}, {RECEIVED: 58, processed: 58, DOCUMENTS: 300}
    )
    assert [(f"P6@{DOCUMENTS}",), (f"P6@{RECEIVED}", f"P6@{processed}")] == [f.instances for f in both]
    assert [0, None] == [f.reported for f in both]


@pytest.mark.parametrize("letter", ["b", "d", "u", "x", None])
def test_a_figure_that_is_missing_in_either_year_has_not_jumped(letter: str | None) -> None:
    assert [] == jumped({RECEIVED: letter}, {RECEIVED: 5800})
    assert [] == jumped({RECEIVED: 5800}, {RECEIVED: letter})


def test_money_must_be_a_hundred_times_as_much() -> None:
    assert [] == jumped({FEES: Decimal("50000.5")}, {FEES: Decimal("600.5")})
    (finding,) = jumped({FEES: Decimal("96937000")}, {FEES: Decimal("9693.7")})
    assert "9693.7 → 96937000" in finding.message.zh


def test_licences_must_be_ten_thousand_apart() -> None:
    assert [] == jumped({LICENCES: 10_999}, {LICENCES: 1_000})
    assert 1 == len(jumped({LICENCES: 11_000}, {LICENCES: 1_000}))


def test_without_last_year_nothing_has_jumped() -> None:
    now, before = years({RECEIVED: 5800}, {RECEIVED: 58})
    assert [[], []] == check_jumps([now, before], [None, None])
    assert [[], ["P6"]] == [[f.rule for f in found] for found in check_jumps([before, now], [None, before])]


def test_a_number_beyond_every_size_is_left_to_the_rule_of_types() -> None:
    assert [] == jumped({RECEIVED: 10**400}, {RECEIVED: 58})


def test_every_watched_figure_is_one_that_some_form_has_under_one_meaning() -> None:
    cells = {cell.id for form in load_forms() for cell in form.cells}
    assert {watch.cell for watch in WATCHED} <= cells
    assert {cell for measure in MEASURES for cell in measure.part} <= cells


def test_one_cause_is_one_finding_where_a_rule_has_the_figure_as_its_suspect_already() -> None:
    before = report("甲县", 2021, granted=58)
    after = put(report("甲县", 2022, granted=58), {RECEIVED: 5800})
    rules = [f.rule for f in judge_together([before, after])[1]]
    assert "P6" not in rules
    assert {"A3"} == {f.rule for f in judge_together([before, after])[1] if f.severity == "error"}


def test_a_rule_on_trial_explains_nothing_away() -> None:
    far = Finding("r", "P6", (f"P6@{RECEIVED}",), "fail", "notice", Message("", ""), (RECEIVED,))
    error = replace(far, rule="A3", severity="error")
    assert [] == _unexplained([far], [error])
    assert [far] == _unexplained([far], [replace(error, shadow=True)])
    assert [far] == _unexplained([far], [replace(error, verdict="unknown")])
    assert [far] == _unexplained([far], [replace(error, cells=(DOCUMENTS,))])


def test_an_amount_in_the_wrong_unit_is_one_finding() -> None:
    now, before = years({FEES: Decimal("390000000")}, {FEES: Decimal("3900.5")})
    assert ["P5"] == [f.rule for f in judge([now], [before])[0]]
    assert ["P6"] == [f.rule for f in check_jumps([now], [before])[0]]


def test_a_consistent_report_can_jump() -> None:
    reports = [report("甲县", 2021, granted=58), report("甲县", 2022, granted=5800)]
    found = judge_together(reports)
    assert [[], [("P6", "notice")]] == [[(f.rule, f.severity) for f in each] for each in found]
    assert [] == judge([reports[1]])[0]


# -- against peers -------------------------------------------------------------------------------------------


def one_group(values: list[float]) -> np.ndarray:
    return np.zeros(len(values), dtype=np.int64)


def test_distance_is_measured_in_median_absolute_deviations() -> None:
    """1 2 3 4 50: the median is 3, the deviations are 2 1 0 1 47, their median is 1, times 1.4826."""
    values = [1.0, 2.0, 3.0, 4.0, 50.0]
    result = spread(np.array(values), one_group(values), 0.1, least=5)
    assert np.allclose(np.array([2, 1, 0, 1, 47]) / 1.4826, result.score)
    assert [[2.0] * 5, [3.0] * 5, [4.0] * 5] == result.quartiles.tolist()
    assert [5] * 5 == result.size.tolist()


def test_a_spread_is_not_believed_below_the_narrowest() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 50.0]
    result = spread(np.array(values), one_group(values), 4.0, least=5)
    assert np.allclose(np.array([2, 1, 0, 1, 47]) / 4, result.score)


def test_what_is_just_far_enough_is_not_far(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [*(sharing(n, n, 100) for n in range(LEAST_PEERS)), sharing(99, 100, 100)]
    share = next(measure for measure in MEASURES if measure.id == "granted_share")
    scores = spread(
        measured(partial(column, reports), share), np.zeros(len(reports), dtype=np.int64), share.narrowest
    ).score
    for limit, rules_ in ((scores[-1], []), (np.nextafter(scores[-1], 0), ["P7"])):
        monkeypatch.setattr("govinfo_pipeline.verify.peers.FAR", limit)
        assert rules_ == [f.rule for f in check_peers(reports)[-1] if f.instances == ("P7@granted_share",)]


def test_a_group_that_is_too_small_is_not_judged() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 50.0]
    assert np.isnan(spread(np.array(values), one_group(values), 0.1, least=6).score).all()


def test_where_most_have_one_value_there_is_nothing_to_measure_by() -> None:
    values = [0.0, 0.0, 0.0, 4.0, 50.0]
    assert np.isnan(spread(np.array(values), one_group(values), 0.1, least=5).score).all()


def test_missing_figures_are_no_members() -> None:
    values = [1.0, 2.0, float("nan"), 3.0, 4.0, 50.0]
    result = spread(np.array(values), one_group(values), 0.1, least=5)
    assert [False, False, True, False, False, False] == np.isnan(result.score).tolist()
    assert [5, 5, 0, 5, 5, 5] == result.size.tolist()
    assert np.isnan(spread(np.array(values), one_group(values), 0.1, least=6).score).all()


def test_groups_are_judged_apart_and_a_negative_one_not_at_all() -> None:
    values = np.array([1.0, 2.0, 3.0, 10.0, 20.0, 30.0, 99.0])
    groups = np.array([0, 0, 0, 1, 1, 1, -1])
    result = spread(values, groups, 0.1, least=3)
    assert np.allclose(np.array([1, 0, 1, 1, 0, 1]) / 1.4826, result.score[:6])
    assert np.isnan(result.score[6])


def county(n: int, received: int, **more: Any) -> Report:
    return put(report(f"甲{n}县"), {RECEIVED: received, **more})


def ordinary(many: int = LEAST_PEERS) -> list[Report]:
    """Counties with 10, 20, 30 ... applications."""
    return [county(n, 10 * (n + 1)) for n in range(many)]


def rules(found: list[list[Finding]]) -> list[list[str]]:
    return [[finding.rule for finding in each] for each in found]


def test_ordinary_peers_are_not_far_from_each_other() -> None:
    assert [[]] * LEAST_PEERS == rules(check_peers(ordinary()))


def test_a_figure_far_from_its_peers_is_a_notice_that_says_where_they_are() -> None:
    """Beside 10, 20 ... 190 and 11398889 the median is between 100 and 110."""
    reports = [*ordinary(LEAST_PEERS - 1), county(99, 11398889)]
    found = check_peers(reports)
    assert [[]] * (LEAST_PEERS - 1) == rules(found[:-1])
    (finding,) = found[-1]
    assert ("P7", (f"P7@{RECEIVED}",), "notice") == (finding.rule, finding.instances, finding.severity)
    assert ((RECEIVED,), 11398889, None) == (finding.cells, finding.reported, finding.expected)
    assert "2022 年度 县级政府 20 家" in finding.message.zh
    assert "中位数 105" in finding.message.zh
    assert "20 at county level, scope government, 2022; median 105" in finding.message.en


def test_too_few_peers_are_none() -> None:
    assert [[]] * (LEAST_PEERS - 1) == rules(check_peers([*ordinary(LEAST_PEERS - 2), county(99, 11398889)]))


def test_a_report_by_itself_has_no_peers() -> None:
    assert [[]] == check_peers([county(99, 11398889)])


@pytest.mark.parametrize(
    "issuer", [{"level": "prefecture"}, {"scope": "office"}, {"level": "unknown"}, {"scope": "department"}]
)
def test_peers_are_of_one_level_and_scope(issuer: dict[str, Any]) -> None:
    other = county(99, 11398889)
    assert other.masthead.issuer is not None
    other.masthead.issuer = other.masthead.issuer._replace(**issuer)
    assert [[]] * (LEAST_PEERS + 1) == rules(check_peers([*ordinary(), other]))


def test_peers_are_of_one_year() -> None:
    other = put(report("乙县", 2023), {RECEIVED: 11398889})
    assert [[]] * (LEAST_PEERS + 1) == rules(check_peers([*ordinary(), other]))


@pytest.mark.parametrize("issuer", [{"scope": "department"}, {"level": "unknown"}])
def test_departments_and_places_of_no_known_level_are_no_peers_of_each_other(issuer: dict[str, Any]) -> None:
    reports = [*ordinary(), county(99, 11398889)]
    for made in reports:
        assert made.masthead.issuer is not None
        made.masthead.issuer = made.masthead.issuer._replace(**issuer)
    assert [[]] * len(reports) == rules(check_peers(reports))


def test_who_is_not_known_is_nobodys_peer() -> None:
    nobody, undated = county(98, 11398889), county(99, 11398889)
    nobody.masthead.issuer = None
    undated.masthead.year = None
    assert [[]] * (LEAST_PEERS + 2) == rules(check_peers([*ordinary(), nobody, undated]))


def test_a_zero_among_large_figures_is_far() -> None:
    reports = [county(n, 50_000 + 1_000 * n) for n in range(LEAST_PEERS)]
    assert ["P7"] == rules(check_peers([*reports, county(99, 0)]))[-1]


def test_a_factor_below_twenty_is_never_far() -> None:
    """Six times the narrowest spread on the logarithmic scale, exp(3), is 20."""
    reports = [county(n, 1000 + n) for n in range(LEAST_PEERS)]
    near, far = county(98, 19_000), county(99, 22_000)
    assert [[], ["P7"]] == rules(check_peers([*reports, near, far]))[-2:]


SHARE = ("applications.granted.total", "applications.partially_granted.total")
PROCESSED = "applications.processed_total.total"


def sharing(n: int, granted: int, processed: int, partly: int = 0) -> Report:
    return put(report(f"甲{n}县"), dict(zip(SHARE, (granted, partly), strict=True)) | {PROCESSED: processed})


def test_a_share_far_from_those_of_peers_is_found_and_said_in_per_cent() -> None:
    """Peers grant 80 to 99 in 100, the median of all is 89 %, so 2 % is 87 points away: more than 6 x 10."""
    reports = [sharing(n, 70 + n, 100, partly=10) for n in range(LEAST_PEERS)]
    found = check_peers([*reports, sharing(99, 1, 100, partly=1)])
    assert [[]] * LEAST_PEERS == rules(found[:-1])
    (finding,) = found[-1]
    assert ("P7@granted_share",) == finding.instances
    assert (*SHARE, PROCESSED) == finding.cells
    assert "2.0%" in finding.message.zh
    assert "中位数 89.0%" in finding.message.zh
    assert finding.reported is None


def test_a_share_of_few_applications_says_nothing() -> None:
    reports = [sharing(n, 70 + n, 100) for n in range(LEAST_PEERS)]
    assert [[], ["P7"]] == rules(check_peers([*reports, sharing(98, 0, 49), sharing(99, 0, 50)]))[-2:]


@pytest.mark.parametrize("letter", ["b", "d", "u", "x", None])
def test_a_share_with_a_missing_part_is_missing(letter: str | None) -> None:
    share = next(measure for measure in MEASURES if measure.id == "granted_share")
    whole = sharing(1, 30, 100, partly=20)
    assert [0.5] == measured(partial(column, [whole]), share).tolist()
    for cell in (*SHARE, PROCESSED):
        part = put(sharing(1, 30, 100, partly=20), {cell: letter})
        assert np.isnan(measured(partial(column, [part]), share)).all()


def test_a_column_has_numbers_and_gaps() -> None:
    reports = [county(1, 5), None, put(county(2, 5), {RECEIVED: "b"}), put(county(3, 5), {RECEIVED: 2**63})]
    values = column(reports, RECEIVED)
    assert [5.0, True, True, True] == [values[0], *np.isnan(values[1:])]


def test_a_report_that_was_never_read_has_no_figures() -> None:
    assert np.isnan(column([Report(Source("a.txt", "0" * 64, "text/plain"))], RECEIVED)).all()


def test_a_negative_figure_is_left_to_the_rule_of_types() -> None:
    assert [[]] * (LEAST_PEERS + 1) == rules(check_peers([*ordinary(), county(99, -5)]))


def test_outliers_come_with_a_batch_and_not_with_a_single_report() -> None:
    reports = [report(f"甲{n}县", granted=10 * (n + 1)) for n in range(LEAST_PEERS)]
    giant = report("乙县", granted=11398889)
    assert [] == judge([giant])[0]
    found = judge([*reports, giant])
    assert [[]] * LEAST_PEERS == [[f.rule for f in each] for each in found[:-1]]
    (finding,) = found[-1]
    assert ("P7", "notice", "pass") == (finding.rule, finding.severity, verdict_of([finding]))
    more = judge([*reports, report("丙县", granted=7), giant])[-1]
    assert [finding.id] == [f.id for f in more]  # other peers, the same operands


def test_far_is_far_and_precision_comes_first() -> None:
    """Of 3,000 log-normal figures none is called far: that is what the threshold promises."""
    rng = np.random.default_rng(20220331)
    values = np.log1p(rng.poisson(np.exp(rng.normal(4, 1.5, size=3000))))
    result = spread(values, np.zeros(3000, dtype=np.int64), 0.5)
    assert 0 == int((result.score > FAR).sum())
