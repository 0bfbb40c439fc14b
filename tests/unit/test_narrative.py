"""Claims in prose: what is read, what it is judged to be, and what is never alarmed about."""

import doctest
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from govinfo_pipeline.errors import ConfigError
from govinfo_pipeline.extract.narrative import Claim, read_claims
from govinfo_pipeline.extract.narrative.lexicon import lexicon, parse_lexicon
from govinfo_pipeline.extract.narrative.token import tokens_of
from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import Issuer, Report
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.narrative import judge_all, judge_claim, judge_claims
from govinfo_pipeline.verify.narrative.rounding import compare_approximate, compare_printed
from tests.claims import corpus

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
with_seeds = pytest.mark.skipif(not SEEDS.exists(), reason="the verbatim reports are not beside the project")

NEW = "applications.new_received.total"
CARRIED = "applications.carried_in.total"


def claims_in(text: str, year: int | None = 2022, line: int = 7) -> list[Claim]:
    return read_claims([(line, text)], year)


def said(text: str, year: int | None = 2022) -> list[tuple[str, int | Decimal, tuple[str, ...]]]:
    return [(claim.kind, claim.value, claim.about) for claim in claims_in(text, year)]


def findings(text: str, table: str, prior: str | None = None, year: int = 2022) -> list[Finding]:
    report = corpus.make_report(table, year)
    before = corpus.make_report(prior, year - 1) if prior else None
    return judge_claims(report, claims_in(text, year), before)


def verdicts(text: str, report: Report, prior: Report | None = None) -> list[str]:
    return [judged.verdict for judged in judge_all(report, claims_in(text, report.year), prior)]


# -- the corpus -------------------------------------------------------------------------------------------


def test_the_corpus_has_two_hundred_and_forty_sentences_and_its_halves_share_none() -> None:
    seen = {case.text for case in corpus.load("seen")}
    unseen = {case.text for case in corpus.load("unseen")}
    assert set() == seen & unseen
    assert len(seen | unseen) >= 240


@pytest.mark.parametrize("case", corpus.load("seen"), ids=lambda case: case.text[:24])
def test_every_claim_of_a_seen_sentence_is_read_and_judged(case: corpus.Sentence) -> None:
    assert sorted(case.claims, key=str) == sorted(corpus.read(case), key=str)


def test_unseen_sentences_reach_the_promised_precision_and_recall() -> None:
    score = corpus.score(corpus.load("unseen"))
    assert score.precision >= 0.99
    assert score.recall >= 0.90


def test_no_unseen_sentence_raises_a_false_alarm() -> None:
    assert corpus.score(corpus.load("unseen")).false_alarms == 0


# -- figures in running text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound", "places"),
    [
        ("58件", 58, "件", "", 0),
        ("1,268件", 1268, "件", "", 0),
        ("3 259件", 3259, "件", "", 0),
        ("1.2万件", 12000, "件", "", -3),
        ("3万余条", 30000, "条", "over", -4),
        ("300多件", 300, "件", "over", 0),
        ("1.2亿元", Decimal("1.2"), "亿元", "", 1),
        ("9693.7万元", Decimal("9693.7"), "万元", "", 1),
        ("34.88%", Decimal("34.88"), "%", "", 2),
        ("百分之三十五", 35, "%", "", 0),
        ("百分之九十六点六", Decimal("96.6"), "%", "", 1),
        ("三十八件", 38, "件", "", 0),
        ("一千二百零六件", 1206, "件", "", 0),
        ("三十余件", 30, "件", "over", 0),
        ("百余件", 100, "件", "over", 0),
        ("12件(次)", 12, "件次", "", 0),
    ],
)
def test_figures_are_read_as_printed(
    text: str, value: int | Decimal, unit: str, bound: str, places: int
) -> None:
    (token,) = tokens_of(text)
    assert token.number is not None
    read = token.number
    assert (value, unit, bound, places) == (read.value, read.unit, read.bound, read.places)


@pytest.mark.parametrize(
    "text",
    [
        "2022年12月31日",
        "第三十八条",
        "第20条",
        "20个工作日",
        "〔2021〕30号",
        "(一)",
        "(12)",
        "一是",
        "1.",
        "一件事",
        "二〇二二年",
        "《条例(2019年修订)》",
    ],
)
def test_dates_clauses_of_law_titles_and_numbering_are_no_figures(text: str) -> None:
    assert "number" not in {token.kind for token in tokens_of(text)}


# -- what is read -----------------------------------------------------------------------------------------


def test_a_claim_carries_its_sentence_line_and_words_as_printed() -> None:
    text = "概况。2022年，共受理答覆政府信息公開申請12件，其中行政複議2件。"
    first, second = claims_in(text, line=9)
    assert first.quote == "2022年，共受理答覆政府信息公開申請12件，其中行政複議2件。"
    assert (first.line, first.text, first.unit) == (9, "共受理答覆政府信息公開申請12件", "件")
    assert second.text == "其中行政複議2件"


def test_a_group_word_is_about_every_row_of_the_group() -> None:
    (claim,) = claims_in("政府信息公开申请中，不予公开4件。")
    assert claim.about == tuple(f"applications.{row}.total" for row in corpus.ROW_GROUPS["denied"])


def test_other_processing_is_one_row_in_2019_and_three_rows_since_2021() -> None:
    text = "政府信息公开申请中，其他处理4件。"
    assert said(text, 2020) == [("count", 4, ("applications.other_processing.total",))]
    assert said(text, 2021)[0][2] == tuple(
        f"applications.{row}.total" for row in ("other_overdue_correction", "other_overdue_fee", "other_misc")
    )


def test_an_unknown_year_reads_by_the_form_in_force_and_drops_no_year() -> None:
    assert said("2020年收到政府信息公开申请9件。", None) == [("count", 9, (NEW,))]


def test_a_stated_total_knows_the_figures_that_it_adds_up() -> None:
    *_, total = claims_in("收到政府信息公开申请58件，上年结转3件，共计61件。")
    assert (total.kind, total.about, total.terms) == ("sum", (NEW, CARRIED), (58, 3))


def test_a_share_knows_the_count_that_it_follows() -> None:
    *_, share = claims_in("受理政府信息公开申请3721件，予以公开1298件，占34.88%。")
    assert (share.kind, share.value, share.part) == ("share", Decimal("34.88"), 1298)


def test_a_fall_is_negative_and_says_what_it_measures() -> None:
    _, difference, relative = claims_in("收到政府信息公开申请58件，较上年减少4件，下降6.5%。")
    assert (difference.value, difference.measure) == (-4, "difference")
    assert (relative.value, relative.measure) == (Decimal("-6.5"), "relative")


def test_last_years_figure_is_no_claim_about_this_year() -> None:
    text = "2021年收到政府信息公开申请41件，2022年收到政府信息公开申请58件。"
    assert said(text) == [("count", 58, (NEW,))]


def test_the_fee_for_processing_information_is_not_the_administrative_fee() -> None:
    assert said("收取信息处理费1280元。") == [("amount", 1280, ())]


def test_a_heading_says_what_bare_words_below_it_count() -> None:
    below = (2, "收到58件，办结57件。")
    assert read_claims([(1, "（二）依申请公开情况"), below], 2022)[0].about == (NEW,)
    assert read_claims([(1, "（四）12345热线办理情况"), below], 2022) == []


def test_a_heading_holds_only_until_the_next() -> None:
    prose = [(1, "（二）依申请公开情况"), (2, "（三）热线办理情况"), (3, "收到58件，办结57件。")]
    assert read_claims(prose, 2022) == []


def test_a_heading_at_the_head_of_its_paragraph_holds_for_the_next_ones() -> None:
    heading = (1, "（二）依申请公开情况。本年新收政府信息公开申请43件。")
    disputes = (2, "全市发生行政复议16件，其中结果维持12件；行政诉讼6件。")
    item = (2, "1.受理情况。收到58件。")
    assert [c.value for c in read_claims([heading, disputes], 2022)] == [43, 16, 12, 6]
    assert [c.value for c in read_claims([heading, item], 2022)] == [43, 58]
    assert read_claims([(1, "（一）法治政府建设情况。"), disputes], 2022) == []


def test_a_figure_of_another_subject_ends_the_context() -> None:
    text = "收到政府信息公开申请58件。接听热线电话300件，办结280件。"
    assert said(text) == [("count", 58, (NEW,))]


@pytest.mark.parametrize(
    "text",
    [
        "严格落实依申请公开制度。",
        "未发生因信息公开引起的投诉举报。",
        "未因政府信息公开被追究责任。",
        "无行政复议应诉压力。",
        "未收到上级关于依申请公开工作的通报，办理建议36件。",
        "结果 结果 其他 尚未 总计 未经复议直接起诉 复议后起诉",
    ],
)
def test_a_negation_only_denies_what_it_names(text: str) -> None:
    assert said(text) == []


def test_not_yet_received_is_none_received() -> None:
    assert said("2022年尚未收到政府信息公开申请。") == [("count", 0, (NEW,))]


def test_lists_with_more_items_than_figures_make_no_claim() -> None:
    assert said("收到的政府信息公开申请中，自然人、商业企业和科研机构分别为5件和2件。") == []


# -- how it is judged -------------------------------------------------------------------------------------


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


# -- prose against itself ---------------------------------------------------------------------------------

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


# -- rounding ---------------------------------------------------------------------------------------------


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


# -- the lexicon ------------------------------------------------------------------------------------------


def test_a_word_of_two_concepts_is_refused_by_name() -> None:
    text = """concepts = [
      { id = "one", kind = "mark", words = ["共"] },
      { id = "two", kind = "mark", words = ["共"] },
    ]"""
    with pytest.raises(ConfigError, match=r"lexicon\.toml: word '共' stands twice, in 'one' and 'two'"):
        parse_lexicon(text)


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ('{ id = "one", kind = "verbs", words = ["共"] }', "unknown kind 'verbs'"),
        ('{ id = "one", kind = "mark", word = ["共"] }', "unknown key 'word'"),
    ],
)
def test_an_unknown_key_or_kind_is_refused_by_name(entry: str, wrong: str) -> None:
    with pytest.raises(ConfigError, match=wrong):
        parse_lexicon(f"concepts = [{entry}]")


def test_every_reading_of_the_lexicon_names_cells_that_exist() -> None:
    ids = set(universe().ids)
    cells = [cell for c in set(lexicon().values()) for cell in _cells_of(c.kind, c.reads, c.reads_2019 or ())]
    assert set() == {cell for cell in cells if cell not in ids}
    assert len(cells) > 60


def _cells_of(kind: str, reads: tuple[str, ...], older: tuple[str, ...]) -> list[str]:
    terms = [term for read in (*reads, *older) for term in read.split("+")]
    if kind == "row":
        return [f"applications.{term}.total" for term in terms if not term.startswith("outcome:")]
    if kind == "column":
        return [f"applications.new_received.{term}" for term in terms if term != "legal"]
    if kind == "case":
        return [f"disputes.cases.{term}_total" for term in terms]
    if kind == "outcome":
        return [f"disputes.cases.review_{term}" for term in terms]
    return [f"art20_1.normative_documents.{term}" for term in terms] if kind == "act" else []


# -- any consistent report --------------------------------------------------------------------------------

SENTENCES = (
    "2022年，共收到政府信息公开申请{new}件，上年结转{carried}件，共计{all}件。其中自然人{natural}件，"
    "法人或其他组织{legal}件。目前已办结{done}件，其中予以公开{granted}件，部分公开{partial}件，不予公开{denied}件，"
    "无法提供{missing}件，结转下年度继续办理{forward}件。因政府信息公开引起行政复议{reviews}件，行政诉讼{suits}件。"
)
CELLS = {
    "new": "new_received.total",
    "carried": "carried_in.total",
    "natural": "new_received.natural_person",
    "legal": "new_received.other_org",
    "done": "processed_total.total",
    "granted": "granted.total",
    "partial": "partially_granted.total",
    "denied": "denied_third_party_rights.total",
    "missing": "unavailable_not_held.total",
    "forward": "carried_forward.total",
    "reviews": "review_total",
    "suits": "direct_litigation_total",
}


def consistent(chance: random.Random) -> dict[str, int]:
    parts = {key: chance.randrange(300) for key in ("granted", "partial", "denied", "missing", "forward")}
    whole = sum(parts.values())
    done = whole - parts["forward"]
    carried = chance.randrange(whole + 1)
    new = whole - carried
    natural = chance.randrange(new + 1)
    rest = {"reviews": chance.randrange(30), "suits": chance.randrange(30), "legal": new - natural}
    return parts | rest | {"new": new, "carried": carried, "all": whole, "natural": natural, "done": done}


@pytest.mark.parametrize("seed", range(40))
def test_true_prose_raises_nothing_and_one_wrong_count_is_found(seed: int) -> None:
    chance = random.Random(seed)
    figures = consistent(chance)
    table = " ".join(f"{cell}={figures[key]}" for key, cell in CELLS.items())
    assert findings(SENTENCES.format(**figures), table) == []
    key = chance.choice([k for k in CELLS if k not in ("new", "carried", "done")])
    wrong = figures | {key: figures[key] + 1000}
    (finding,) = findings(SENTENCES.format(**wrong), table)
    assert (finding.rule, finding.reported, finding.expected) == ("C1", wrong[key], figures[key])


# -- the verbatim reports ---------------------------------------------------------------------------------


def judged_seed(number: str) -> tuple[Report, list[Claim], list[Finding]]:
    from govinfo_pipeline.parse import parse_path

    report = parse_path(next(SEEDS.glob(f"{number}_*.txt")))
    claims = read_claims(report.prose, report.year)
    return report, claims, judge_claims(report, claims)


@with_seeds
def test_seed_000_twelve_applications_against_thirty_and_two_reviews_against_four() -> None:
    report, claims, found = judged_seed("000")
    assert [(f.rule, f.reported, f.expected, f.severity) for f in found] == [
        ("C1", 12, 30, "warning"),
        ("C1", 2, 4, "warning"),
    ]
    by_text = {j.claim.text: j.verdict for j in judge_all(report, claims)}
    assert by_text["行政訴訟1件"] == "match"
    assert sorted(by_text.values()).count("match") == 3


@with_seeds
def test_seed_001_makes_no_claim_and_no_finding() -> None:
    _, claims, found = judged_seed("001")
    assert (claims, found) == ([], [])


@with_seeds
def test_seed_002_contradicts_itself_twice_while_its_percentages_hold() -> None:
    report, claims, found = judged_seed("002")
    assert [(f.rule, f.reported, f.expected) for f in found] == [("C3", 3721, 3717), ("C3", 3736, 3719)]
    shares = [j.verdict for j in judge_all(report, claims) if j.claim.kind == "share"]
    assert "mismatch" not in shares
    assert "unverifiable" not in shares
    assert len(shares) == 2


@with_seeds
@pytest.mark.parametrize(("number", "claimed"), [("003", 17), ("004", 17)])
def test_seeds_003_and_004_hold_in_every_claim(number: str, claimed: int) -> None:
    report, claims, found = judged_seed(number)
    judged = judge_all(report, claims)
    forms = [j for j in judged if j.claim.about and j.claim.about[0].startswith(("applications", "disputes"))]
    assert found == []
    assert len(claims) == claimed
    assert {j.verdict for j in forms} == {"match"}


@with_seeds
def test_seed_004_documents_of_the_county_government_alone_are_another_scope() -> None:
    report, claims, _ = judged_seed("004")
    judged = {
        (j.claim.value, j.verdict) for j in judge_all(report, claims) if "art20_1" in str(j.claim.about)
    }
    assert {(9, "match"), (6, "match"), (51, "different_scope")} == judged


# -- the documentation ------------------------------------------------------------------------------------

DOCS = Path(__file__).parents[2] / "docs" / "claims.md"


def test_the_example_of_the_documentation_runs() -> None:
    assert doctest.testfile(str(DOCS), module_relative=False).failed == 0


def test_the_documentation_says_what_is_measured() -> None:
    cases = corpus.load("unseen")
    score = corpus.score(cases)
    text = DOCS.read_text(encoding="utf-8")
    empty = sum(not case.claims for case in cases)
    assert f"| sentences, of which make no claim | {len(cases)}, {empty} |" in text
    assert f"| claims expected, found, right | {score.expected}, {score.found}, {score.right} |" in text
    assert f"| precision | {score.precision:.1%} |".replace("%", " %") in text
    assert f"| recall | {score.recall:.1%} |".replace("%", " %") in text
    assert f"| false alarms (wrong mismatch or rounding) | {score.false_alarms} |" in text
