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
        # spoken for once, otherwise only named
        ("灵武市坚持公开。", "发布于灵武市。", "位于灵武市。"),
        # spoken of in one paragraph
        ("灵武市坚持公开。灵武市政府网站,灵武市全面公开。", "灵武市。"),
        # courts and other organs of justice, reviews and suits
        ("灵武市人民法院审结。灵武市法院判决。", "灵武市政府应诉。灵武市坚持。", "灵武市检察院。灵武市公安局。"),
        ("灵武市人民政府复议机关受理。灵武市人民政府作出复议决定。", "灵武市政府行政复议局维持。"),
        # what others hand over
        ("灵武市政府转来申请2件。", "灵武市转来3件,灵武市政府办公室转办1件。", "灵武市政府来函。"),
        ("灵武市分别移交3件。", "灵武市积极配合。", "灵武市人民政府移送2件。"),
        # the report says "our county", which no city says
        ("我县坚持公开。", *OTHERS_TEXT),
        ("本縣堅持公開。", *OTHERS_TEXT),
        # only "our county"
        ("我县坚持公开。", "全县收到申请3件。", "县政府网站。"),
    ],
)  # fmt: skip
def test_a_body_that_only_mentions_other_places_is_its_own(body: tuple[str, ...]) -> None:
    assert [] == speakers(*HEAD, *body)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("延安市宝塔区", ("解放区认真保护旧址。", "解放区积极开展活动。", "讲好解放区故事。")),
        ("岚山区", ("海港区积极建设。", "海港区全面公开。", "推动海港区发展。港口区全面公开。")),
        ("安吉县", ("平安县区分别达标。", "平安县持续创建。", "平安县积极推进。")),
        ("贺兰县", ("我局会同县政府公开。", "会同县政府办公室。", "会同县政府网站。")),
        ("贺兰县", ("比如县政府网站。", "比如县政府公报。", "比如县政府信箱。")),
        ("银川市", ("响应城市政府公开。", "响应城市全面体检。", "适应城市持续更新。")),
    ],
)
def test_words_that_are_names_too_speak_for_nobody(title: str, words: tuple[str, ...]) -> None:
    assert [] == speakers(f"{title}2022年政府信息公开工作年度报告", "一、总体情况", *words)


def test_a_city_that_says_our_city_under_a_countys_title_is_said() -> None:
    assert [("灵武市", "640181", 3, 3)] == speakers(*HEAD, *OTHERS_TEXT, "我市、本市、全县和我区。")


def test_a_county_that_says_our_county_may_be_another_county() -> None:
    body = (text.replace("灵武市", "永宁县") for text in OTHERS_TEXT)
    assert [("永宁县", "640121", 3, 3)] == speakers(*HEAD, *body, "我县和本市坚持公开。")


PINYIN = {
    "灵": "líng",
    "武": "wǔ",
    "市": "shì",
    "学": "xué",
    "习": "xí",
    "赴": "fù",
    "支": "zhī",
    "援": "yuán",
    "政": "zhèng",
    "府": "fǔ",
    "转": "zhuǎn",
    "来": "lái",
    "坚": "jiān",
}


def with_pinyin(text: str) -> str:
    return "".join(f"{char}({PINYIN[char]})" if char in PINYIN else char for char in text)


@pytest.mark.parametrize(
    ("texts", "times"),
    [
        (OTHERS_TEXT, [3]),
        (("学习灵武市政府经验,赴灵武市政府考察。", "学习灵武市。", "赴灵武市全面考察。"), []),
        (("学习灵武市政府。", "赴灵武市政府交流。", "对口支援灵武市政府。"), []),
        (("灵武市政府转来申请2件。", "灵武市政府转来3件。", "灵武市政府转来函件。"), []),
    ],
)
def test_pinyin_behind_characters_changes_nothing(texts: tuple[str, ...], times: list[int]) -> None:
    assert times == [said[-1] for said in speakers(*HEAD, *texts)]
    assert times == [said[-1] for said in speakers(*HEAD, *map(with_pinyin, texts))]


def test_a_prefecture_may_speak_of_its_counties() -> None:
    head = ("银川市2022年政府信息公开工作年度报告", "一、总体情况")

    assert [] == speakers(*head, *OTHERS_TEXT)


def test_an_abbreviated_own_name_is_the_own_name() -> None:
    head = ("阿拉善左旗2022年政府信息公开工作年度报告", "一、总体情况")
    body = ("阿左旗坚持公开。", "阿左旗政府网站。", "阿拉善右旗政府。阿拉善右旗坚持。阿拉善右旗开展。")

    assert [] == speakers(*head, *body)


@pytest.mark.parametrize(
    ("named", "expected"), [("贺兰县教育局负责此项工作。", []), ("贺兰县负责此项工作。", ["灵武市"])]
)
def test_a_department_that_is_named_once_in_full_speaks_for_itself(named: str, expected: list[str]) -> None:
    title = "贺兰县教育局2022年政府信息公开工作年度报告"
    assert expected == [name for name, *_ in speakers(title, "一、总体情况", named, *OTHERS_TEXT)]


def test_a_renamed_county_is_no_other_county() -> None:
    head = ("郫县2016年政府信息公开工作年度报告", "一、总体情况")

    assert [] == speakers(*head, *["2016年,郫都区坚持公开。郫都区政府网站。"] * 3)


def test_of_an_unknown_title_nothing_is_said() -> None:
    assert [] == speakers("甲乙县2022年政府信息公开年报", "一、总体情况", *OTHERS_TEXT)


def test_the_quote_is_the_sentence_as_printed() -> None:
    read = read_masthead(page(*HEAD, "全年公開。2022年,靈武市堅持公開;成效明顯。", *OTHERS_TEXT))

    assert ("body", "灵武市", "640181", 3, "2022年,靈武市堅持公開", 4) == read.other_issuers[0]
