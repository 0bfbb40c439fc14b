"""Sentences written apart from the grammar: what is reached on them after mending, and what was mended."""

from decimal import Decimal
from pathlib import Path

import pytest

from govinfo_pipeline.extract.narrative import read_claims
from govinfo_pipeline.verify.narrative import judge_all
from tests.claims import corpus
from tests.wordings import HEADING, read

DOCS = Path(__file__).parents[2] / "docs" / "claims.md"
MENDED = ("held_out", "held_out_2", "held_out_3", "seen_2")


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
