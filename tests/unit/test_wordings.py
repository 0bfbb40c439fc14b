"""Families of wordings: totals, shares, growth, brackets, cases, in every order."""

import pytest

from govinfo_pipeline.extract.narrative import read_claims
from govinfo_pipeline.verify.narrative import judge_all
from tests.claims import corpus
from tests.wordings import HEADING, read


def test_totals_add_what_stands_before_them_whatever_it_is() -> None:
    applicants = read("自然人申请41件、法人申请7件，合计48件。", HEADING)
    documents = read("制发规章2部、规范性文件9件，两项合计11件。")
    decisions = read("作出行政处罚决定30件、行政强制决定4件，共计34件。")
    channels = read("网络申请41件、信函申请6件、当面申请1件，合计48件。", HEADING)
    assert [found[-1][:2] for found in (applicants, documents, decisions, channels)] == [
        ("sum", 48),
        ("sum", 11),
        ("sum", 34),
        ("sum", 48),
    ]
    assert channels[-1][2] == "new_received.total"
    assert read("制发规章2部、规范性文件9件，三项合计11件。")[2:] == []


def test_a_total_leaves_details_out() -> None:
    received = read("新收政府信息公开申请40件，其中自然人38件、其他组织2件；上年结转3件，两项合计43件。")
    results = read(
        "予以公开9件，不予公开5件，其中国家秘密2件、内部事务3件，无法提供7件，三项合计21件。", HEADING
    )
    assert received[-1] == ("sum", 43, "new_received.total+carried_in.total")
    assert (results[-1][0], results[-1][1]) == ("sum", 21)


@pytest.mark.parametrize("shares", ["分别占80%和20%", "占比分别为80%、20%", "占80%、20%"])
def test_shares_in_a_row_go_to_each(shares: str) -> None:
    found = read(f"自然人申请40件、法人申请10件，{shares}。", HEADING)
    assert [value for kind, value, _ in found if kind == "share"] == [80, 20]
    assert found[2][2] == "new_received.natural_person"


def test_shares_in_brackets_do_not_disturb_a_list() -> None:
    found = read("予以公开、部分公开分别为96件（80%）、24件（20%）。", HEADING)
    assert [(kind, value) for kind, value, _ in found] == [
        ("count", 96),
        ("share", 80),
        ("count", 24),
        ("share", 20),
    ]


@pytest.mark.parametrize("before", ["比上年（50件）", "较上年的50件", "比2021年（50件）"])
def test_last_years_figure_stands_between_a_count_and_its_growth(before: str) -> None:
    found = read(f"收到政府信息公开申请60件，{before}增长20%。")
    assert found[1:] == [("growth", 20, "new_received.total")]


def test_both_years_and_then_the_growth() -> None:
    for text in (
        "2021年收到政府信息公开申请50件，2022年收到60件",
        "2022年收到政府信息公开申请60件，2021年收到50件",
    ):
        found = read(f"{text}，增长20%。")
        assert found == [("count", 60, "new_received.total"), ("growth", 20, "new_received.total")]


def test_what_growth_leads_to_is_a_count() -> None:
    assert read("政府信息公开申请量同比增长20%，达到60件。")[1] == ("count", 60, "new_received.total")


def test_much_is_not_more() -> None:
    assert len(read("收到政府信息公开申请60件，与多个部门会商3次。")) == 1
    assert read("收到政府信息公开申请60件，比上年多3件。")[1] == ("growth", 3, "new_received.total")


def test_a_bracket_before_the_figure_says_what_is_included() -> None:
    assert read("收到政府信息公开申请（含上年结转7件）64件。")[1] == (
        "count",
        64,
        "new_received.total+carried_in.total",
    )
    assert read("收到政府信息公开申请（其中自然人7件）64件。")[1] == ("count", 64, "new_received.total")


def test_what_adds_up_to_a_count_says_what_it_counts() -> None:
    found = read("办理政府信息公开申请64件（本年新收57件、上年结转7件）。")
    assert found[0] == ("count", 64, "new_received.total+carried_in.total")
    assert read("办理政府信息公开申请65件（本年新收57件、上年结转7件）。")[0][2] == "processed_total.total"


def test_carried_in_and_newly_received_need_no_noun_where_the_sentence_has_one() -> None:
    assert read("除上年结转的2件外，收到政府信息公开申请87件。")[0] == ("count", 2, "carried_in.total")
    assert read("除上年结转的2件外，收到信访件87件。") == []


def test_what_is_left_waits_for_where_it_goes() -> None:
    found = read("办结57件，另有3件需征求第三方意见，结转下年度继续办理。", HEADING)
    assert found[1:] == [("count", 3, "carried_forward.total")]
    assert read("办结57件，另有3件需征求第三方意见，正在协商。", HEADING)[1:] == []


def test_a_remainder_is_no_total() -> None:
    assert read("收到申请16件，剩余14件为同一申请人。", HEADING) == [("count", 16, "new_received.total")]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("行政诉讼8件（直接起诉5件，复议后起诉3件），维持6件", ["direct", "post_review"]),
        ("行政诉讼8件，其中直接起诉5件，复议后起诉3件，维持6件", ["direct", "post_review"]),
        ("行政诉讼8件，其中直接起诉5件，复议后起诉3件（维持2件）", ["post_review"]),
        ("直接起诉5件：维持4件；复议后起诉3件：维持3件", ["post_review"]),
    ],
)
def test_outcomes_are_of_the_cases_that_they_stand_with(text: str, groups: list[str]) -> None:
    found = read(f"政府信息公开{text}。")
    assert found[-1][2] == "+".join(f"cases.{group}_litigation_upheld" for group in groups)


def test_all_of_them_of_one_kind() -> None:
    assert read("被提起政府信息公开行政诉讼2件，均为未经复议直接起诉。")[1] == (
        "count",
        2,
        "cases.direct_litigation_total",
    )
    assert len(read("政府信息公开行政复议2件，均为未经复议直接起诉。")) == 1


def test_cases_brought_against_the_issuer_need_no_more_words_but_trials_are_another_matter() -> None:
    assert len(read("被申请行政复议两件，其中维持一件、纠正一件。")) == 3
    assert read("被申请行政复议86件，负责人出庭应诉率100%。") == []


def test_none_of_a_list_with_another_subject_in_it() -> None:
    assert len(read("未发生因政府信息公开引起的投诉举报、行政复议、行政诉讼。")) == 2
    assert read("未发生因投诉举报引起的信息公开行政复议、行政诉讼。") == []
    assert len(read("本年度政府信息公开未发生投诉举报、行政复议、行政诉讼。")) == 2
    assert len(read("政府信息公开申请、行政复议、行政诉讼均为零。")) == 3
    assert len(read("未制定、废止规范性文件。")) == 2


def test_the_form_of_2019_has_items_and_other_services() -> None:
    text = "行政许可上一年项目数量86项，本年处理决定数量1420件；其他对外管理服务事项处理决定5件。"
    found = [(c.value, "+".join(c.about)) for c in read_claims([(1, text)], 2020)]
    assert found == [
        (86, "art20_5.administrative_licensing.prev_year_items"),
        (1420, "art20_5.administrative_licensing.decisions_this_year"),
        (5, "art20_5.other_external_services.decisions_this_year"),
    ]
    assert [c.value for c in read_claims([(1, text)], 2022)] == [1420]


@pytest.mark.parametrize("place", ["无锡市", "盐都区", "余姚市", "大同市", "未央区", "和田地区", "共青城市"])
def test_a_mark_in_the_name_of_a_place_is_none(place: str) -> None:
    found = read(f"{place}收到政府信息公开申请58件，办结57件。")
    assert found == [("count", 58, "new_received.total"), ("count", 57, "processed_total.total")]


def test_other_is_other_applicants_among_applicants() -> None:
    found = read("自然人提出41件，企业提出5件，其他提出2件。", HEADING)
    assert found[2] == ("count", 2, "new_received.other_org")


def test_the_rest_of_the_results_may_hold_groups_that_are_not_named() -> None:
    table = "granted.total=50 denied_state_secret.total=20 unavailable_not_held.total=20 processed_total.total=100"
    report = corpus.make_report(f"{table} not_processed_repeated.total=6 other_misc.total=4", 2022)
    claims = read_claims(
        [(1, HEADING), (2, "予以公开占50%，不予公开占20%，无法提供占20%，其他情况占10%。")], 2022
    )
    assert [j.verdict for j in judge_all(report, claims)] == ["match"] * 4


def test_fees_of_applicants_and_other_fees() -> None:
    assert read("依申请公开未收取任何费用。") == [("amount", 0, "")]
    assert read("不动产登记窗口未收取任何费用。") == []


@pytest.mark.parametrize(
    "text",
    [
        "予以公开40件、不予公开3件、无法提供6件",
        "40件予以公开、3件不予公开、6件无法提供",
        "40件为予以公开，3件为不予公开，6件为无法提供",
        "予以公开：40件；不予公开：3件；无法提供：6件",
        "予以公开、不予公开、无法提供的分别有40件、3件、6件",
        "答复40件予以公开、3件不予公开、6件无法提供",
    ],
)
def test_results_in_every_order(text: str) -> None:
    found = read(f"{text}。", HEADING)
    assert [(value, about.partition("_")[0].partition(".")[0]) for _, value, about in found] == [
        (40, "granted"),
        (3, "denied"),
        (6, "unavailable"),
    ]


def test_a_reason_and_its_group_around_the_figure() -> None:
    several = read("因本机关不掌握等原因6件无法提供。", HEADING)
    one = read("因本机关不掌握6件无法提供。", HEADING)
    both = read("属于国家秘密、内部事务信息不予公开5件。", HEADING)
    assert len(several[0][2].split("+")) == 3
    assert one[0][2] == "unavailable_not_held.total"
    assert both[0][2] == "denied_state_secret.total+denied_internal_affairs.total"


def test_a_sentence_may_begin_with_parts_of_the_one_before() -> None:
    found = read("因政府信息公开被申请行政复议5件。其中维持3件、纠正2件。")
    assert [about for _, _, about in found[1:]] == ["cases.review_upheld", "cases.review_corrected"]
    assert read("审核拟公开信息1268条。其中予以公开1250条，不予公开18条。") == []


def test_the_case_behind_the_figure_is_what_is_counted() -> None:
    assert read("处理涉及政府信息公开3件行政复议。")[0][2] == "cases.review_total"
    assert read("政府信息公开行政复议3件，复议2件维持、1件纠正。")[1:] == [
        ("count", 2, "cases.review_upheld"),
        ("count", 1, "cases.review_corrected"),
    ]


def test_words_behind_a_figure_are_not_those_of_the_next() -> None:
    assert ("count", 20, "carried_in.total") not in read("新受理申请18件，连同2件为上年结转共20件。", HEADING)
    found = read("自然人49件，6件为商业企业、其他2件。", HEADING)
    assert found[1:] == [
        ("count", 6, "new_received.commercial_enterprise"),
        ("count", 2, "new_received.other_org"),
    ]


def test_a_share_behind_a_bracket_is_of_the_figure_before_it() -> None:
    found = read("自然人80件，法人20件（企业15件、律师事务所5件），占20%。", HEADING)
    assert found[-1] == ("share", 20, found[1][2])


@pytest.mark.parametrize(
    ("text", "value"), [("收到申请58件，受理56件", [58]), ("受理58件，收到58件", [58, 58])]
)
def test_fewer_accepted_than_received_is_no_second_total(text: str, value: list[int]) -> None:
    assert [found for _, found, _ in read(f"{text}。", HEADING)] == value


def test_what_a_figure_changes_from_is_not_this_years() -> None:
    assert read("办结数由50件增加到58件。", HEADING) == [("count", 58, "processed_total.total")]


def test_regulations_that_are_cleared_are_not_those_in_force() -> None:
    assert read("对现行有效的212件规范性文件进行清理。") == []
    assert len(read("现行有效的规范性文件212件。")) == 1


@pytest.mark.parametrize(
    "text", ["全县行政复议案件86件，其中涉及政府信息公开5件", "发生行政复议86起（涉政府信息公开5起）"]
)
def test_of_all_disputes_those_about_disclosure_are_the_forms(text: str) -> None:
    assert [found[1:] for found in read(f"{text}。")] == [(5, "cases.review_total")]


def test_averages_are_no_totals() -> None:
    assert [value for _, value, _ in read("收到政府信息公开申请58件，月均收到5件。")] == [58]
    assert read("平均每月受理政府信息公开申请5件。") == []


def test_one_case_is_of_one_kind() -> None:
    assert read("政府信息公开行政诉讼1件，为复议后起诉。")[1:] == [
        ("count", 1, "cases.post_review_litigation_total")
    ]


def test_parts_of_the_year_or_of_the_issuer_make_a_whole() -> None:
    quarters = read("一季度收到政府信息公开申请12件，二季度15件，全年合计27件。")
    places = read("各区县政府收到政府信息公开申请40件，市级部门收到9件，总计49件。")
    assert [found[-1] for found in (quarters, places)] == [
        ("sum", 27, "new_received.total"),
        ("sum", 49, "new_received.total"),
    ]
    assert len(read("各区县政府收到政府信息公开申请40件，市级部门收到9件，总计50件。")) == 2
