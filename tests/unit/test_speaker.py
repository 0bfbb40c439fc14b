"""When a body is said to speak for another place than the title, and when it only mentions others."""

from __future__ import annotations

import pytest

from govinfo_pipeline.extract.masthead import read_masthead
from tests.unit.pages import page

HEAD = ("贺兰县2022年政府信息公开工作年度报告", "一、总体情况")
OTHERS_TEXT = (
    "2022年,灵武市坚持以公开为常态。",
    "(一)主动公开情况。灵武市政府网站发布信息30条。",
    "(二)监督保障情况。灵武市开展了培训,落实银川市要求。",
)


def speakers(*texts: str) -> list[tuple[str, str | None, int, int]]:
    found = read_masthead(page(*texts)).other_issuers
    return [(name, code, line, times) for _, name, code, line, _, times in found]


def test_a_body_that_speaks_for_another_county_is_said() -> None:
    assert [("灵武市", "640181", 3, 3)] == speakers(*HEAD, *OTHERS_TEXT)


def test_a_traditional_body_under_a_simplified_title_is_said_too() -> None:
    body = ("2022年,靈武市堅持公開。", "靈武市政府網站。", "靈武市開展培訓。")

    assert [("灵武市", "640181", 3, 3)] == speakers(*HEAD, *body)


def test_an_own_name_in_the_other_script_is_the_own_name() -> None:
    body = ("2022年,賀蘭縣堅持公開。", "賀蘭微博。", *OTHERS_TEXT)

    assert [] == speakers(*HEAD, *body)


def test_a_copied_text_is_said_in_any_level() -> None:
    head = ("嘉兴市人民政府办公室2022年政府信息公开年报", "一、总体情况")
    body = (
        "2022年,湖州市人民政府办公室坚持公开。",
        "《湖州市公报》12期。湖州市政府发布。",
        "湖州市收到3件。",
    )

    assert [("湖州市", "330500", 3, 3)] == speakers(*head, *body)


@pytest.mark.parametrize(
    "body",
    [
        # the own place speaks, in full, in short, or by its common abbreviation
        (*OTHERS_TEXT, "贺兰县收到申请3件。贺兰县办结。"),
        (*OTHERS_TEXT, "“贺兰发布”发布3条,“贺兰微博”发布4条。"),
        # parents and children
        ("银川市政府要求公开。", "银川市坚持公开。", "银川市、宁夏回族自治区政府培训。银川市认真部署。"),
        ("习岗镇政府公开。", "习岗镇坚持公开。", "习岗镇、洪广镇政府公开。"),
        # partners and lists
        ("学习灵武市经验。", "赴灵武市考察,与灵武市政府签约。", "借鉴灵武市做法。"),
        ("灵武市、永宁县、金凤区政府。", "灵武市、西夏区。", "与灵武市协作。"),
        ("赴灵武市政府交流。", "与灵武市政府签约。", "对口支援灵武市政府。", "来自灵武市政府。"),
        # titles of papers
        ("印发《灵武市政府办法》。", "印发《灵武市政府规定》。", "《灵武市政府公报》。"),
        # named, but never acting
        ("来源于灵武市。", "位于灵武市内。", "邻近灵武市界。"),
        # too seldom
        ("2022年,灵武市坚持公开。", "灵武市政府网站。"),
        # several places, none of them the speaker
        (
            "灵武市政府公开。永宁县政府公开。金凤区政府公开。",
            "灵武市政府公开。永宁县政府公开。金凤区政府公开。",
            "灵武市政府公开。永宁县政府公开。金凤区政府公开。",
        ),
        # only "our county"
        ("我县坚持公开。", "全县收到申请3件。", "县政府网站。"),
    ],
)  # fmt: skip
def test_a_body_that_only_mentions_other_places_is_its_own(body: tuple[str, ...]) -> None:
    assert [] == speakers(*HEAD, *body)


def test_a_prefecture_may_speak_of_its_counties() -> None:
    head = ("银川市2022年政府信息公开工作年度报告", "一、总体情况")

    assert [] == speakers(*head, *OTHERS_TEXT)


def test_an_abbreviated_own_name_is_the_own_name() -> None:
    head = ("阿拉善左旗2022年政府信息公开工作年度报告", "一、总体情况")
    body = ("阿左旗坚持公开。", "阿左旗政府网站。", "阿拉善右旗政府。阿拉善右旗坚持。阿拉善右旗开展。")

    assert [] == speakers(*head, *body)


def test_a_renamed_county_is_no_other_county() -> None:
    head = ("郫县2016年政府信息公开工作年度报告", "一、总体情况")

    assert [] == speakers(*head, *["2016年,郫都区坚持公开。郫都区政府网站。"] * 3)


def test_of_an_unknown_title_nothing_is_said() -> None:
    assert [] == speakers("甲乙县2022年政府信息公开年报", "一、总体情况", *OTHERS_TEXT)


def test_the_quote_is_the_sentence_as_printed() -> None:
    read = read_masthead(page(*HEAD, "全年公開。2022年,靈武市堅持公開;成效明顯。", *OTHERS_TEXT))

    assert ("body", "灵武市", "640181", 3, "2022年,靈武市堅持公開", 4) == read.other_issuers[0]
