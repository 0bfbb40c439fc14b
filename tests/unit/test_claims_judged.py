"""How claims are judged: against the tables, against each other, and what rounding allows."""

from decimal import Decimal
from fractions import Fraction

import pytest

from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import Issuer, Report
from govinfo_pipeline.verify.narrative import judge_all, judge_claim, judge_claims
from govinfo_pipeline.verify.narrative.rounding import compare_approximate, compare_printed
from tests.claims import corpus
from tests.claims_said import NEW, claims_in, findings


def verdicts(text: str, report: Report, prior: Report | None = None) -> list[str]:
    return [judged.verdict for judged in judge_all(report, claims_in(text, report.year), prior)]


def test_a_wrong_count_is_one_warning_with_sentence_arithmetic_and_lines() -> None:
    text = "共受理政府信息公开申请12件。"
    report = corpus.make_report("new_received.total=30 processed_total.total=30", 2022)
    report.lines[universe().index[NEW]] = 63
    (finding,) = judge_claims(report, claims_in(text))
    assert finding.message.zh == (
        "C1 正文称“共受理政府信息公开申请12件”, 表格本年新收总计 30 件, 差 18. 见第 63 行."
    )
    assert "12" in finding.message.en
    assert "30" in finding.message.en
    assert (finding.rule, finding.severity, finding.verdict) == ("C1", "warning", "fail")
    assert (finding.cells, finding.reported, finding.expected) == ((NEW,), 12, 30)
    assert (finding.evidence[0].line, finding.evidence[0].text) == (7, text)


def test_a_wrong_figure_stated_twice_is_one_finding_that_quotes_both_sentences() -> None:
    text = "收到政府信息公开申请12件。2022年共收到政府信息公开申请12件，已全部答复。"
    (finding,) = findings(text, "new_received.total=30 processed_total.total=30")
    quotes = [each.text for each in finding.evidence if "申请12件" in each.text]
    assert len(quotes) == 2


def test_two_wrong_figures_are_two_findings() -> None:
    text = "因政府信息公开引起行政复议2件、行政诉讼3件。"
    found = findings(text, "review_total=4 direct_litigation_total=1")
    assert [f.instances[0] for f in found] == [
        "C1@disputes.cases.review_total",
        "C1@disputes.cases.litigation_total",
    ]


def test_several_meanings_are_accepted_where_the_wording_allows_them() -> None:
    table = "new_received.total=58 carried_in.total=3 processed_total.total=59"
    for value in (58, 61, 59):
        assert findings(f"受理政府信息公开申请{value}件。", table) == []
    assert len(findings("受理政府信息公开申请60件。", table)) == 1


def test_a_share_may_be_of_received_of_received_and_carried_in_or_of_processed() -> None:
    table = "new_received.total=50 carried_in.total=10 processed_total.total=40 granted.total=10"
    for share in ("20", "16.7", "16.67", "25"):
        assert findings(f"政府信息公开申请予以公开10件，占{share}%。", table) == []
    (finding,) = findings("政府信息公开申请予以公开10件，占31%。", table)
    assert (finding.rule, finding.severity) == ("C2", "warning")


def test_a_share_cut_off_is_a_notice_and_a_wrong_one_a_warning() -> None:
    table = "new_received.total=805 processed_total.total=805 denied_state_secret.total=35"
    (notice,) = findings("政府信息公开申请不予公开35件，占4.34%。", table)
    assert (notice.rule, notice.severity, notice.expected) == ("C2", "notice", Decimal("4.35"))
    table = "new_received.total=370 processed_total.total=370 denied_state_secret.total=4"
    (warning,) = findings("政府信息公开申请不予公开4件，占1.05%。", table)
    assert (warning.severity, warning.expected) == ("warning", Decimal("1.08"))


def test_a_wrong_count_is_not_reported_again_through_its_share() -> None:
    text = "受理政府信息公开申请100件，予以公开30件，占30%。"
    table = "new_received.total=100 processed_total.total=100 granted.total=40"
    assert [f.instances[0] for f in findings(text, table)] == ["C1@applications.granted.total"]


def test_a_total_that_its_terms_do_not_make_is_c3() -> None:
    text = "收到政府信息公开申请22件，上年结转3件，总计24件。"
    (finding,) = findings(text, "new_received.total=22 carried_in.total=3")
    assert (finding.rule, finding.reported, finding.expected) == ("C3", 24, 25)
    assert "22 + 3 = 25" in finding.message.zh


def test_a_wrong_term_explains_the_total_that_adds_it() -> None:
    text = "收到政府信息公开申请28件，上年结转3件，总计31件。"
    found = findings(text, "new_received.total=22 carried_in.total=3")
    assert [f.instances[0] for f in found] == ["C1@applications.new_received.total"]


def test_growth_needs_the_report_of_the_year_before() -> None:
    text = "收到政府信息公开申请58件，同比增长18%。"
    assert findings(text, "new_received.total=58") == []
    (finding,) = findings(text, "new_received.total=58", prior="new_received.total=50")
    assert (finding.rule, finding.expected) == ("C4", Decimal("16"))
    assert "50 → 58" in finding.message.zh


def test_a_report_of_another_year_is_not_last_years() -> None:
    report = corpus.make_report("new_received.total=58", 2022)
    older = corpus.make_report("new_received.total=50", 2020)
    assert verdicts("收到政府信息公开申请58件，同比增长18%。", report, older) == ["match", "unverifiable"]


def test_a_figure_kept_from_last_year_is_named_as_such() -> None:
    text = "收到政府信息公开申请41件。"
    (finding,) = findings(text, "new_received.total=58", prior="new_received.total=41")
    assert "沿用上年" in finding.message.zh


@pytest.mark.parametrize(
    ("state", "expected"), [("a", "unverifiable"), ("u", "unverifiable"), ("x", "unverifiable")]
)
def test_a_lost_cell_is_unknown_not_zero(state: str, expected: str) -> None:
    report = corpus.make_report("new_received.total=58", 2022)
    i = universe().index[NEW]
    report.states = report.states[:i] + state + report.states[i + 1 :]
    assert verdicts("未收到政府信息公开申请。", report) == [expected]


def test_a_blank_component_may_hold_the_rest_but_no_less_than_nothing() -> None:
    report = corpus.make_report("review_total=0 direct_litigation_total=2", 2022)
    i = universe().index["disputes.cases.post_review_litigation_total"]
    report.states = report.states[:i] + "b" + report.states[i + 1 :]
    text = "因政府信息公开引起行政诉讼{}件。"
    assert verdicts(text.format(2), report) == ["match"]
    assert verdicts(text.format(5), report) == ["unverifiable"]
    assert verdicts(text.format(1), report) == ["mismatch"]


def test_a_blank_total_is_derived_from_its_row() -> None:
    report = corpus.make_report("new_received.natural_person=56 new_received.commercial_enterprise=2", 2022)
    i = universe().index[NEW]
    report.states = report.states[:i] + "b" + report.states[i + 1 :]
    assert verdicts("收到政府信息公开申请58件。", report) == ["match"]
    assert verdicts("收到政府信息公开申请57件。", report) == ["mismatch"]


def test_claims_about_a_table_that_is_missing_are_unverifiable() -> None:
    report = corpus.make_report("review_total=1", 2022)
    assert verdicts("收到政府信息公开申请58件。", report) == ["unverifiable"]


def test_a_block_of_the_other_form_is_compared_by_its_own_rows() -> None:
    report = corpus.make_report("other.total=4", 2020)
    report.masthead.year = 2022
    index = universe().index
    gone = [index[f"applications.{row}.total"] for row in corpus.ROW_GROUPS["other"]]
    report.states = "".join("a" if i in gone else s for i, s in enumerate(report.states))
    assert verdicts("政府信息公开申请中，其他处理4件。", report) == ["match"]
    assert verdicts("政府信息公开申请中，其他处理5件。", report) == ["mismatch"]


def test_the_whole_city_is_another_scope_for_a_department_only() -> None:
    text = "全市共收到政府信息公开申请812件。"
    department = corpus.make_report("new_received.total=12", 2022, scope="department")
    assert verdicts(text, department) == ["different_scope"]
    assert verdicts(text, corpus.make_report("new_received.total=12", 2022)) == ["mismatch"]


def test_an_issuer_that_names_itself_is_not_another_scope() -> None:
    report = corpus.make_report("new_received.total=12", 2022)
    name = "某市自然资源局"
    report.masthead.issuer = Issuer(name, name, None, None, "prefecture", "department")
    assert verdicts(f"{name}收到政府信息公开申请13件。", report) == ["mismatch"]
    assert verdicts("某县财政局收到政府信息公开申请13件。", report) == ["different_scope"]


@pytest.mark.parametrize(("unit", "value"), [("万元", "31.2"), ("元", "312000"), ("亿元", "0.00312")])
def test_money_is_compared_in_the_unit_of_the_form(unit: str, value: str) -> None:
    table = "administrative_fees.amount_this_year=31.2"
    assert findings(f"全年收取行政事业性收费{value}{unit}。", table) == []


def test_yuan_taken_for_ten_thousand_yuan_is_a_mismatch() -> None:
    (finding,) = findings("全年收取行政事业性收费31.2元。", "administrative_fees.amount_this_year=31.2")
    assert finding.rule == "C1"


def test_one_claim_can_be_judged_alone() -> None:
    (claim,) = claims_in("收到政府信息公开申请58件。")
    judged = judge_claim(claim, corpus.make_report("new_received.total=60", 2022))
    assert (judged.verdict, judged.expected, judged.reading) == ("mismatch", 60, (NEW,))


def test_a_round_figure_with_more_behind_it_is_approximate() -> None:
    exact, more = claims_in("收到政府信息公开申请300件，办结300余件。")
    assert (exact.approximate, more.approximate) == (False, True)


def test_no_claims_no_findings() -> None:
    assert judge_claims(corpus.make_report("new_received.total=60", 2022), []) == []


CLOSED = (
    "受理政府信息公开申请{new}件，上年结转{carried}件。予以公开50件，部分公开10件，不予公开5件，无法提供20件，"
    "不予处理8件，其他处理5件，结转下年度继续办理{forward}件。"
)


def inner(text: str) -> list[str]:
    report = corpus.make_report("review_total=0", 2022)
    return [f.instances[0] for f in judge_claims(report, claims_in(text))]


def test_without_tables_received_and_processed_must_balance() -> None:
    assert inner(CLOSED.format(new=98, carried=4, forward=4)) == []
    assert inner(CLOSED.format(new=98, carried=4, forward=5)) == ["C3@balance"]


def test_without_tables_applicants_must_make_a_whole() -> None:
    text = "受理政府信息公开申请100件，上年结转3件，其中自然人{}件，法人或其他组织20件。"
    assert inner(text.format(80)) == []
    assert inner(text.format(83)) == []
    assert inner(text.format(81)) == ["C3@applicants"]


def test_what_prose_does_not_state_is_not_zero() -> None:
    assert inner("受理政府信息公开申请100件，办结98件，结转下年度5件。") == []
    assert inner("答复政府信息公开申请98件，予以公开50件，不予公开5件。") == []


def test_a_figure_stated_in_two_ways_is_no_ground_for_arithmetic() -> None:
    text = CLOSED.format(new=90, carried=4, forward=4)
    assert inner(text) == ["C3@balance"]
    assert inner(text + "全年共受理政府信息公开申请98件。") == []


def test_results_beyond_their_total_contradict_it() -> None:
    assert inner("答复政府信息公开申请98件，予以公开90件，不予公开9件。") == ["C3@results"]


def test_outcomes_beyond_their_total_contradict_it() -> None:
    text = "因政府信息公开引起行政复议3件，其中维持3件、纠正1件。"
    report = corpus.make_report("new_received.total=0", 2022)
    assert [f.instances[0] for f in judge_claims(report, claims_in(text))] == ["C3@outcomes_review_total"]


@pytest.mark.parametrize(
    ("printed", "exact", "place", "expected"),
    [
        ("4.35", "4.3478", "0.01", "match"),
        ("4.34", "4.3478", "0.01", "rounding"),
        ("4.36", "4.3478", "0.01", "mismatch"),
        ("1.05", "1.0812", "0.01", "mismatch"),
        ("2.5", "2.45", "0.1", "match"),
        ("2.4", "2.45", "0.1", "rounding"),
        ("100", "99.6", "1", "match"),
        ("99", "99.6", "1", "rounding"),
        ("-6.5", "-6.4516", "0.1", "match"),
        ("6.5", "-6.4516", "0.1", "mismatch"),
        ("0", "0", "1", "match"),
    ],
)
def test_printed_digits_decide_what_rounding_allows(
    printed: str, exact: str, place: str, expected: str
) -> None:
    assert compare_printed(Decimal(printed), Fraction(exact), Fraction(place)) == expected


@pytest.mark.parametrize(
    ("how", "exact", "expected"),
    [
        ("over", 300, "match"),
        ("over", 399, "match"),
        ("over", 400, "mismatch"),
        ("over", 299, "mismatch"),
        ("under", 294, "match"),
        ("under", 190, "mismatch"),
        ("about", 310, "match"),
        ("about", 351, "mismatch"),
    ],
)
def test_approximate_figures_have_bounds(how: str, exact: int, expected: str) -> None:
    assert compare_approximate(300, Fraction(exact), how, 100) == expected
