"""Prose as reports have it: what raises no alarm against a right report, and what still does."""

import random

import pytest

from govinfo_pipeline.extract.narrative import read_claims
from govinfo_pipeline.formats import universe
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.narrative import judge_all, judge_claims
from tests.claims import corpus

HEADING = "（二）依申请公开情况"
NEW = "applications.new_received.total"
TABLE = (
    "new_received.total=50 new_received.natural_person=40 new_received.commercial_enterprise=10 carried_in.total=3 "
    "granted.total=20 partially_granted.total=4 denied_third_party_rights.total=2 unavailable_not_held.total=15 "
    "not_processed_repeated.total=4 other_misc.total=5 processed_total.total=50 carried_forward.total=3 "
    "review_total=4 review_upheld=3 review_pending=1 direct_litigation_total=2 direct_litigation_upheld=1 "
    "direct_litigation_pending=1 normative_documents.issued_this_year=6 normative_documents.in_force=41 "
    "regulations.in_force=2 administrative_licensing.decisions_this_year=900"
)


def findings(text: str, table: str = TABLE, heading: str = HEADING) -> list[Finding]:
    prose = [(1, heading), (2, text)] if heading else [(2, text)]
    return judge_claims(corpus.make_report(table, 2022), read_claims(prose, 2022))


def read(text: str, heading: str = HEADING) -> list[tuple[str, int, str]]:
    claims = read_claims([(1, heading), (2, text)], 2022)
    return [(c.kind, int(c.value), "+".join(cell.split(".", 1)[1] for cell in c.about)) for c in claims]


# -- right reports ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请50件，申请人撤回5件，实际办理45件。",
        "共收到政府信息公开申请53件（含上年结转3件），撤件8件，受理45件。",
        "收到政府信息公开申请50件，其中涉及本机关的48件，不属于本机关公开的2件。",
        "不属于本机关公开9件，信息不存在6件。",
        "予以公开20件，占40%；其他30件，占60%。",
        "不予公开2件，不予处理4件，无法提供15件，其他类型29件。",
        "上年结转3件，新收政府信息公开申请50件，历年累计620件。",
        "累计收到政府信息公开申请620件。",
        "自条例施行以来，累计受理申请620件，今年受理50件。",
        "第四季度未收到政府信息公开申请。",
        "未收到行政许可申请。",
        "收到政府信息公开申请50件，均在法定期限内予以公开答复。",
        "未发生与诉讼（行政复议、行政诉讼）有关的费用。",
        "没有因政府信息公开产生的行政诉讼费用。",
        "收到政府信息公开申请50件，其中3件转接到2023年答复。",
        "收到政府信息公开申请50件，其中6件转至上级机关办理。",
        "截至年底，集中公开有效规范性文件41件，规章2件。",
        "指导乡镇处理政府信息公开申请26件。",
        "督促各部门办结依申请公开31件。",
        "配合上级机关答复依申请公开7件。",
        "政府信息公开行政复议4件、行政诉讼2件，其中：3件行政复议、1件行政诉讼获维持。",
        "政府信息公开行政复议4件，已审结3件，均维持。",
        "本年公开政府信息31条，作为依申请公开信息24条，不予公开信息6条。",
        "核准办理政府信息公开申请8件。",
        "上年结转3件均已办结，本年新收政府信息公开申请50件，办结47件。",
        "受理政府信息公开申请50件，其中重复件4件、无效件6件，实际答复40件。",
        "因政府信息公开引发行政诉讼3件，其中一审2件、二审1件。",
        "截至6月底，收到政府信息公开申请22件。",
        "答复的申请中，主动公开范围12件、予以公开8件、不属于公开范围5件。",
        "政府信息公开申请涉及商业秘密的3件，经征求意见后公开1件。",
        "本局因违章建筑处置被提起行政诉讼7件，其中5件胜诉。",
        "因城市规划调整引发行政复议9件、行政诉讼6件；因政府信息公开引发行政复议4件。",
        "收到政府信息公开申请50件，不予受理2件。",
        "收到政府信息公开申请50分别为予以公开20件；不予处理42022年收到行政复议9件",
    ],
)
def test_a_right_report_raises_no_alarm(text: str) -> None:
    assert findings(text) == []


def test_a_bracket_behind_a_group_names_the_row_that_is_counted() -> None:
    assert read("不予公开（属于过程性信息）2件，无法提供（本机关不掌握）15件。") == [
        ("count", 2, "denied_process_information.total"),
        ("count", 15, "unavailable_not_held.total"),
    ]
    (group,) = read("无法提供（本机关不掌握等）15件。")
    assert group[2].count("+") == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("制发规范性文件6件；发布14大类130项办事指南。", [(6, "normative_documents.issued_this_year")]),
        ("受理公开权利人公开政府信息申请50件。", [(50, "new_received.total")]),
        ("受理申请53件，结转上年后新收到政府信息公开申请50件。", [(53, "new_received.total")]),
        ("收到和处理政府信息公开申请办理事项0件。", [(0, "new_received.total")]),
        (
            "收到申请50件，予以公开20；不予处理42022年收到行政复议9件。",
            [(50, "new_received.total"), (20, "granted.total")],
        ),
    ],
)
def test_words_that_look_like_others_are_not_read_as_these(
    text: str, expected: list[tuple[int, str]]
) -> None:
    assert [claim[1:] for claim in read(text)] == expected


def test_figures_of_another_subject_are_no_total_of_documents() -> None:
    text = "出台政府规章2部，制定规范性文件1件；承担建议提案共16件。"
    assert [kind for kind, _, _ in read(text, "")] == ["count", "count"]


@pytest.mark.parametrize(
    "text",
    ["因政府信息公开引发行政复议9件。", "因答复政府信息公开申请引发行政复议9件。", "因此被申请行政复议9件。"],
)
def test_disputes_about_disclosure_are_still_judged(text: str) -> None:
    assert [finding.rule for finding in findings(text)] == ["C1"]


def test_unknown_words_between_figure_and_noun_make_no_mismatch() -> None:
    report = corpus.make_report(TABLE, 2022)
    for text, verdict in (
        ("收到疑难政府信息公开申请8件。", "different_scope"),
        ("收到政府信息公开申请8件。", "mismatch"),
    ):
        assert [j.verdict for j in judge_all(report, read_claims([(1, text)], 2022))] == [verdict]


def test_a_second_total_of_the_same_cells_is_another_set_only_where_the_first_is_right() -> None:
    text = "收到政府信息公开申请{}件。经梳理，实有政府信息公开申请41件。"
    assert findings(text.format(50)) == []
    assert len(findings(text.format(49))) == 2


def test_a_total_that_wants_no_figure_of_its_sentence_is_wrong() -> None:
    assert len(findings("上年结转3件，本年新收政府信息公开申请50件，办结46件。")) == 1


SETS = ("seen", "unseen", "seen_2", "held_out", "held_out_2", "held_out_3")


def test_doubt_does_not_silence_wrong_figures() -> None:
    """Each count of one cell that is right is made wrong by a small change of that cell in the table."""
    chance, changed, reported = random.Random(7), 0, 0
    for case in (case for name in SETS for case in corpus.load(name)):
        claims, values = corpus.claims_of(case), case.report.values
        for kind, value, cells, verdict in case.claims:
            if kind != "count" or verdict != "match" or len(cells) != 1:
                continue
            at = universe().index[next(iter(cells))]
            before, values[at] = values[at], abs(int(value) + chance.choice([1, 2, 3, 5, 8, 10, -1, -2, -4]))
            wrong = [j.claim for j in judge_all(case.report, claims, case.prior) if j.verdict == "mismatch"]
            reported += any(set(c.about) == cells and str(c.value) == value for c in wrong)
            changed, values[at] = changed + 1, before
    assert changed > 1300
    assert reported / changed >= 0.88


# -- shares -----------------------------------------------------------------------------------------------


def test_a_share_may_be_of_a_total_that_only_the_paragraph_has() -> None:
    text = "受理向县政府提出的政府信息公开申请{}件，予以公开6件，占30%；部分公开8件，占40%。"
    table = "new_received.total=50 processed_total.total=50 granted.total=6 partially_granted.total=8"
    assert findings(text.format(20), table) == []
    assert (
        findings("政府信息公开申请中，予以公开6件，占30%；部分公开8件，占40%。", table) == []
    )  # 20, unnamed
    assert [f.rule for f in findings("政府信息公开申请中，予以公开6件，占30%。", table)] == ["C2"]


def test_a_wrong_share_is_said_to_be_of_what_the_shares_beside_it_are_of() -> None:
    table = "new_received.total=90 processed_total.total=80 granted.total=40 unavailable_not_held.total=20"
    table += " other_misc.total=20"
    text = "政府信息公开申请予以公开40件，占51.5%；无法提供20件，占25%；其他处理20件，占25%。"
    (finding,) = findings(text, table)
    assert "40 ÷ 80 = 50" in finding.message.zh


# -- blanks, outcomes, reasons ----------------------------------------------------------------------------


def test_a_blank_total_is_at_least_what_its_row_prints() -> None:
    report = corpus.make_report("granted.natural_person=258 granted.commercial_enterprise=14", 2022)
    index = universe().index
    for column in ("total", "research_institution"):
        i = index[f"applications.granted.{column}"]
        report.states = report.states[:i] + "b" + report.states[i + 1 :]
    text = "政府信息公开申请予以公开{}件。"
    verdicts = {
        value: judge_all(report, read_claims([(1, text.format(value))], 2022))[0].verdict
        for value in (258, 272, 275)
    }
    assert verdicts == {258: "mismatch", 272: "match", 275: "unverifiable"}
    (finding,) = judge_claims(report, read_claims([(1, text.format(258))], 2022))
    assert "至少 272 件" in finding.message.zh
    assert "at least 272" in finding.message.en


def test_a_reason_with_more_reasons_is_the_group_or_the_row() -> None:
    table = "unavailable_not_held.total=15 unavailable_needs_creation.total=3"
    for value in (15, 18):
        assert findings(f"因本机关不掌握等原因无法提供{value}件。", table) == []
    assert len(findings("因本机关不掌握等原因无法提供16件。", table)) == 1


@pytest.mark.parametrize("said", ["均维持", "均获维持", "均得到维持"])
def test_all_upheld_is_compared(said: str) -> None:
    for text in ("政府信息公开行政复议4件，{}。", "政府信息公开行政复议4件、行政诉讼2件，{}。"):
        found = [f.instances[0] for f in findings(text.format(said))]
        assert "C1@disputes.cases.review_upheld" in found


def test_all_upheld_behind_a_semicolon_speaks_of_the_last_alone() -> None:
    table = TABLE.replace("direct_litigation_upheld=1", "direct_litigation_upheld=2")
    assert findings("政府信息公开行政复议4件；行政诉讼2件，均获维持。", table) == []


def test_disputes_before_one_outcome_share_it() -> None:
    text = "政府信息公开行政复议9件，行政诉讼5件，其中：6件行政复议、4件行政诉讼获维持，2件行政复议结果纠正。"
    assert read(text)[2:] == [
        ("count", 6, "cases.review_upheld"),
        ("count", 4, "cases.direct_litigation_upheld+cases.post_review_litigation_upheld"),
        ("count", 2, "cases.review_corrected"),
    ]


# -- what was not read ------------------------------------------------------------------------------------

REVIEW, SUITS = "cases.review_total", "cases.direct_litigation_total+cases.post_review_litigation_total"


@pytest.mark.parametrize(
    "text",
    [
        "未发生政府信息公开行政复议、行政诉讼问题。",
        "全年没有因信息公开申请提出的行政复议和诉讼案件。",
        "没有发生由信息公开引发的投诉举报、行政复议及行政诉讼案件。",
    ],
)
def test_none_of_both_kinds_of_dispute(text: str) -> None:
    assert read(text) == [("count", 0, REVIEW), ("count", 0, SUITS)]


@pytest.mark.parametrize("text", ["本年没有接到公开政府信息的要求。", "未直接收受社会民众依申请公开事务。"])
def test_none_received(text: str) -> None:
    assert read(text, "") == [("count", 0, "new_received.total")]


@pytest.mark.parametrize(
    ("heading", "about"),
    [
        ("（二）依申请公开办理情况", ["new_received.total"]),
        ("三、收到和处理政府信息公开申请情况", ["new_received.total"]),
        ("四、政府信息公开行政复议、行政诉讼情况", [REVIEW, SUITS]),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", [REVIEW, SUITS]),
        ("（四）依申请公开收费情况", []),
        ("五、存在的主要问题及改进情况", []),
    ],
)
def test_nothing_below_a_heading_is_none_of_what_the_heading_names(heading: str, about: list[str]) -> None:
    assert [said for _, _, said in read("无。", heading)] == about
    assert [said for _, _, said in read("无", "一、总体情况")] == []
    claims = read_claims([(3, f"{heading}。无。")], 2022)
    assert ["+".join(cell.split(".", 1)[1] for cell in c.about) for c in claims] == about


def test_nothing_holds_for_the_heading_right_above_it_only() -> None:
    assert read_claims([(1, HEADING), (2, "已建立登记台账。"), (3, "无。")], 2022) == []


def test_received_and_dealt_with_is_received() -> None:
    assert read("全年收到处理依申请公开件4件。", "") == [("count", 4, "new_received.total")]


def test_applicants_in_a_bracket_behind_a_result_are_of_the_result() -> None:
    assert read("予以公开20件（自然人17件、商业企业3件），部分公开4件。") == [
        ("count", 20, "granted.total"),
        ("count", 17, "granted.natural_person"),
        ("count", 3, "granted.commercial_enterprise"),
        ("count", 4, "partially_granted.total"),
    ]


def test_applicants_in_a_bracket_before_the_figure_are_of_the_result() -> None:
    assert [about for _, _, about in read("予以公开（自然人18件、商业企业2件）20件。")] == [
        "granted.natural_person",
        "granted.commercial_enterprise",
        "granted.total",
    ]


def test_three_results_of_the_form_need_no_other_word_for_applications() -> None:
    assert len(read("不予处理5件（重复申请3件，信访举报投诉类申请2件），其他处理1件。", "一、总体情况")) == 4
    assert read("不予处理5件，其他处理1件。", "一、总体情况") == []


def test_growth_against_last_years_figure_behind_a_bracket() -> None:
    text = "收到政府信息公开申请26件（自然人23件），与上年的20件相比增长30%。"
    assert read(text)[-1] == ("growth", 30, "new_received.total")


def test_a_table_on_one_line_is_no_sentence() -> None:
    figures = " ".join(str(number) for number in range(2_000))
    assert read_claims([(1, f"收到政府信息公开申请 {figures}")], 2022) == []
