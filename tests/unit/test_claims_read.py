"""What is read in prose: figures as printed, and what they are about."""

from decimal import Decimal

import pytest

from govinfo_pipeline.extract.narrative import read_claims
from govinfo_pipeline.extract.narrative.token import tokens_of
from tests.claims import corpus
from tests.claims_said import NEW, claims_in

CARRIED = "applications.carried_in.total"


def said(text: str, year: int | None = 2022) -> list[tuple[str, int | Decimal, tuple[str, ...]]]:
    return [(claim.kind, claim.value, claim.about) for claim in claims_in(text, year)]


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
