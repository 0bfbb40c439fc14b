"""Sentences written apart from the grammar: what is reached on them after mending, and what was mended."""

from decimal import Decimal
from pathlib import Path

import pytest

from govinfo_pipeline.extract.narrative import read_claims
from govinfo_pipeline.verify.narrative import judge_all
from tests.claims import corpus

DOCS = Path(__file__).parents[2] / "docs" / "claims.md"
HEADING = "（二）依申请公开情况"
MENDED = ("held_out", "held_out_2", "held_out_3", "seen_2")


def read(text: str, heading: str = "") -> list[tuple[str, int | Decimal, str]]:
    prose = [(1, heading)] if heading else []
    claims = read_claims([*prose, (2, text)], 2022)
    return [(c.kind, c.value, "+".join(cell.split(".", 1)[1] for cell in c.about)) for c in claims]


@pytest.mark.parametrize(
    ("name", "precision", "recall", "alarms"),
    [
        ("held_out", 0.98, 0.95, 0),
        ("held_out_2", 0.99, 0.95, 0),
        ("held_out_3", 0.99, 0.95, 0),
        ("seen_2", 0.99, 0.98, 0),
    ],
)
def test_sentences_keep_what_they_reach_after_mending(
    name: str, precision: float, recall: float, alarms: int
) -> None:
    score = corpus.score(corpus.load(name))
    assert score.precision >= precision
    assert score.recall >= recall
    assert score.false_alarms == alarms


def test_held_out_sentences_stand_in_no_other_set() -> None:
    names = ("seen", "seen_2", "unseen", "held_out", "held_out_2", "held_out_3")
    texts = {name: [case.text for case in corpus.load(name)] for name in names}
    assert [len(texts[name]) for name in names[3:]] == [159, 142, 200]
    held_out = [text for name in names[3:] for text in texts[name]]
    assert len(set(held_out)) == len(held_out)
    assert set(texts["seen"] + texts["seen_2"] + texts["unseen"]).isdisjoint(held_out)


def test_the_documentation_says_what_is_reached_after_mending() -> None:
    scores = [corpus.score(corpus.load(name)) for name in MENDED]
    _, _, text = DOCS.read_text(encoding="utf-8").partition("### After mending")
    rows = {
        "claims expected, found, right": [f"{s.expected}, {s.found}, {s.right}" for s in scores],
        "precision": [f"{s.precision:.1%}".replace("%", " %") for s in scores],
        "recall": [f"{s.recall:.1%}".replace("%", " %") for s in scores],
        "false alarms": [f"{s.false_alarms}" for s in scores],
    }
    for name, cells in rows.items():
        assert f"| {name} | {' | '.join(cells)} |" in text


def test_figures_before_their_words_keep_them() -> None:
    assert read("政府信息公开行政复议2件，复议结果为1件维持、1件撤销。") == [
        ("count", 2, "cases.review_total"),
        ("count", 1, "cases.review_upheld"),
        ("count", 1, "cases.review_corrected"),
    ]


def test_figures_behind_their_words_keep_them() -> None:
    text = "政府信息公开行政复议2件，结果维持1件、结果纠正1件。"
    assert [about for _, _, about in read(text)] == [
        "cases.review_total",
        "cases.review_upheld",
        "cases.review_corrected",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "涉及土地征收类的政府信息公开申请52件。",
        "关于征地的政府信息公开申请30件，关于拆迁的28件。",
        "办理的申请里，网站公开14件，微信公开3件。",
        "政府信息公开申请答复满意率增长5%。",
    ],
)
def test_subjects_and_rates_are_no_claims(text: str) -> None:
    assert read(text, HEADING) == []


def test_a_subject_behind_a_verb_is_another_scope() -> None:
    (claim,) = read_claims([(1, "收到涉及房屋征收的政府信息公开申请21件。")], 2022)
    assert [scope.kind for scope in claim.scope] == ["wording"]


@pytest.mark.parametrize("grown", ["财政拨款增加20%", "网站访问量增长20%", "财政拨款增加20万元"])
def test_what_else_has_grown_is_no_growth_of_applications(grown: str) -> None:
    assert [kind for kind, _, _ in read(f"收到政府信息公开申请58件，{grown}。")] == ["count"]


@pytest.mark.parametrize("how", ["", "大幅", "整体较去年"])
def test_how_much_applications_have_grown_is(how: str) -> None:
    assert read(f"收到政府信息公开申请58件，{how}增长16%。")[1:] == [("growth", 16, "new_received.total")]


def test_growth_of_fees_is_money() -> None:
    report = corpus.make_report("administrative_fees.amount_this_year=9.5", 2022)
    prior = corpus.make_report("administrative_fees.amount_this_year=12.0", 2021)
    for text, verdict in (("2.5万元", "match"), ("25000元", "match"), ("3.5万元", "mismatch")):
        claims = read_claims([(1, f"行政事业性收费9.5万元，比上年减少{text}。")], 2022)
        assert [j.verdict for j in judge_all(report, claims, prior)] == ["match", verdict]


def test_answers_in_time_beside_answers_put_off_are_not_all_answers() -> None:
    report = corpus.make_report("new_received.total=59 processed_total.total=59", 2022)
    claims = read_claims([(1, HEADING), (2, "延期答复4件，按期答复54件。")], 2022)
    assert [j.verdict for j in judge_all(report, claims)] == ["different_scope"] * 2
    alone = read_claims([(1, HEADING), (2, "按期答复54件。")], 2022)
    assert [j.verdict for j in judge_all(report, alone)] == ["mismatch"]


def test_the_other_cases_beside_overdue_corrections_are_the_rest_of_their_group() -> None:
    assert read("逾期不补正的政府信息公开申请6件，其他情形1件。") == [
        ("count", 6, "other_overdue_correction.total"),
        ("count", 1, "other_misc.total"),
    ]


def test_a_bracket_says_what_is_included() -> None:
    assert read("办理政府信息公开申请75件（含上年结转4件）。") == [
        ("count", 75, "new_received.total+carried_in.total"),
        ("count", 4, "carried_in.total"),
    ]
    assert read("办理政府信息公开申请75件（其中自然人4件）。")[0] == ("count", 75, "processed_total.total")


def test_a_bracket_does_not_part_a_share_from_its_count() -> None:
    assert ("share", Decimal("37.5"), "granted.total") in read(
        "予以公开45件，占答复总数（120件）的37.5%。", HEADING
    )


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("余下2件转入2023年办理", ["carried_forward.total"]),
        ("余下2件转入市级平台办理", []),
        ("尚有2件正在办理中", ["carried_forward.total"]),
    ],
)
def test_what_goes_over_to_the_next_year_is_carried_forward(text: str, cells: list[str]) -> None:
    assert [about for _, _, about in read(f"收到申请46件，{text}。", HEADING)[1:]] == cells


def test_all_of_a_group_may_be_one_row_of_it() -> None:
    assert read("不予处理的7件均为重复申请。", HEADING)[1:] == [("count", 7, "not_processed_repeated.total")]
    assert [kind for kind, _, _ in read("不予处理的7件均为国家秘密。", HEADING)] == ["count"]


def test_all_brought_by_natural_persons_or_all_granted() -> None:
    assert read("收到政府信息公开申请9件，全数由自然人提出。")[1:] == [
        ("count", 9, "new_received.natural_person")
    ]
    assert read("收到政府信息公开申请3件，均予以公开。")[1:] == [("count", 3, "granted.total")]


def test_none_of_them_corrected() -> None:
    assert read("政府信息公开行政复议5件，无一被纠正。")[1:] == [("count", 0, "cases.review_corrected")]
    assert read("行政处罚40件，无纠正。")[1:] == []


def test_none_of_several_kinds_is_none_of_each() -> None:
    assert read("未收到科研机构和社会公益组织的政府信息公开申请。") == [
        ("count", 0, "new_received.research_institution"),
        ("count", 0, "new_received.public_welfare_org"),
    ]


def test_enterprises_beside_other_organisations_are_the_enterprises_alone() -> None:
    alone = read("政府信息公开申请中，自然人5件，企业2件。")[1][2]
    beside = read("政府信息公开申请中，自然人5件，企业2件，科研机构1件。")[1][2]
    assert "other_org" in alone
    assert beside == "new_received.commercial_enterprise"


def test_a_short_line_about_applications_is_a_heading_without_a_number() -> None:
    text = "收到58件，办结57件。"
    assert len(read(text, "依申请公开办理情况")) == 2
    assert read(text, "依申请公开") == []  # may be a menu
    assert read_claims([(1, "依申请公开办理情况"), (2, "热线办理情况"), (3, text)], 2022) == []


@pytest.mark.parametrize("months", ["1—6月", "1-6月", "1月至6月底"])
def test_some_months_are_another_scope(months: str) -> None:
    (claim,) = read_claims([(1, f"2022年{months}，收到政府信息公开申请44件。")], 2022)
    assert [scope.kind for scope in claim.scope] == ["period"]


@pytest.mark.parametrize("months", ["1—12月", "1月至12月31日", "1月1日至12月31日"])
def test_all_months_are_the_year(months: str) -> None:
    (claim,) = read_claims([(1, f"2022年{months}，收到政府信息公开申请44件。")], 2022)
    assert claim.scope == ()


def test_those_answered_of_those_just_counted_are_not_all_that_were_answered() -> None:
    of_those = read_claims([(1, HEADING), (2, "本年度收到的39件申请办结37件。")], 2022)[1]
    plain = read_claims([(1, HEADING), (2, "收到的申请39件，办结37件。")], 2022)[1]
    assert (bool(of_those.scope), plain.scope) == (True, ())


def test_growth_of_each_goes_to_each() -> None:
    counted = read("政府信息公开行政复议11件、行政诉讼9件，同比分别下降15.4%和25%。")
    named = read("自然人和法人申请同比分别增长10%和20%。", HEADING)
    litigation = "cases.direct_litigation_total+cases.post_review_litigation_total"
    assert counted[2:] == [
        ("growth", Decimal("-15.4"), "cases.review_total"),
        ("growth", -25, litigation),
    ]
    assert [(value, about.split("+")[0]) for _, value, about in named] == [
        (10, "new_received.natural_person"),
        (20, "new_received.commercial_enterprise"),
    ]


@pytest.mark.parametrize("of", ["与上年相比，申请", "收到申请58件、办结57件、结转3件，同比"])
def test_growth_of_each_that_cannot_be_paired_is_no_claim(of: str) -> None:
    assert "growth" not in [kind for kind, _, _ in read(f"{of}分别增长15%和20%。", HEADING)]


def test_none_is_not_upheld() -> None:
    claims = read("无行政复议案件；行政诉讼案件2件，均胜诉。", "（六）政府信息公开行政复议和行政诉讼情况")
    assert ("count", 0, "cases.review_upheld") not in claims
    assert len(claims) == 3


def test_plain_applications_behind_another_subject_are_no_claim() -> None:
    assert read("发放住房租赁补贴，共收到申请443份。") == []
    assert read("出台助企纾困政策15项，收到企业申请1126份。") == []


def test_amended_documents_are_no_issued_ones_and_part_nothing() -> None:
    assert read("制定、修改规范性文件5件。") == []
    assert [about for _, _, about in read("制定规章4件，修改2件，废止1件。")] == [
        "regulations.issued_this_year",
        "regulations.repealed_this_year",
    ]


def test_what_last_year_had_settles_the_subject_only_in_a_comparison() -> None:
    assert read("政府信息公开申请量由去年的320件上升到今年的402件，增幅25.6%。") == [
        ("count", 402, "new_received.total"),
        ("growth", Decimal("25.6"), "new_received.total"),
    ]
    assert read("2021年收到政府信息公开申请41件。办结40件。") == []


def test_a_pair_of_results_is_parted_where_figures_are_handed_out() -> None:
    assert [about for _, _, about in read("予以公开、部分公开分别为30件和5件。", HEADING)] == [
        "granted.total",
        "partially_granted.total",
    ]
    assert len(read("予以公开、部分公开共35件。", HEADING)) == 1


def test_a_clause_naming_disputes_settles_what_outcomes_are_of() -> None:
    about = [
        about for _, _, about in read("经复议，维持原答复3件，责令重新答复2件。", "（六）信息公开复议情况")
    ]
    assert about == ["cases.review_upheld", "cases.review_corrected"]


def test_reasons_alone_are_read_where_applications_are_spoken_of() -> None:
    text = "属于行政查询事项6件，属于内部事务信息1件。"
    assert [value for _, value, _ in read(text, HEADING)] == [6, 1]
    assert read(text) == []


# -- families of wordings ---------------------------------------------------------------------------------


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
