"""What the reading of titles, openings, periods and bodies promises. Titles and texts are made up for it."""

from __future__ import annotations

import re

import pytest

from govinfo_pipeline.extract.masthead import read_masthead
from govinfo_pipeline.report import Masthead
from tests.seeds import seed, with_seeds
from tests.unit.pages import BASIS, MENU, codes, page, said


def test_an_issuer_from_the_card_is_said_to_be_from_there() -> None:
    read = read_masthead(page("2022年政府信息公开工作年度报告", *MENU[6:], "一、总体情况"))

    assert read.issuer is not None
    assert ("贺兰县人民政府办公室", "office") == (read.issuer.name, read.issuer.scope)
    assert ["issuer_from_card"] == codes(read)


@pytest.mark.parametrize(
    ("opening", "name", "year"),
    [
        ("现公布汕尾市人民政府2020年政府信息公开工作年度报告。本报告由六部分组成。", "汕尾市人民政府", 2020),
        ("现发布《汕尾市2020年政府信息公开工作年度报告》。", "汕尾市", 2020),
        ("汕尾市2020年度政府信息公开工作年度报告由总体情况等组成。", "汕尾市", 2020),
        ("现将汕尾市教育局2020年政府信息公开年度报告公布如下:", "汕尾市教育局", 2020),
        ("现编制发布将乐县2020年政府信息公开工作年度报告。", "将乐县", 2020),
        ("现公布2020年政府信息公开工作年度报告。", None, 2020),
        ("现公布2020年本级政府信息公开工作年度报告。", None, 2020),
        ("现特向社会公布本镇2020年度政府信息公开工作年度报告。", None, 2020),
        ("兹向社会公布2020年度我旗政府信息公开年度报告。", None, 2020),
        ("现面向社会各界发布汕尾市2020年政府信息公开工作年度报告。", "汕尾市", 2020),
        ("现将汕尾市人民政府（市政府办公室）2020年政府信息公开年度报告公布:", "汕尾市人民政府(市政府办公室)", 2020),
        ("编制本报告。", None, None),
    ],
)  # fmt: skip
def test_without_a_title_the_opening_sentence_tells(opening: str, name: str | None, year: int | None) -> None:
    read = read_masthead(page(BASIS + opening, "一、总体情况"))

    assert (None, name, year) == (read.title, read.issuer and read.issuer.name, read.year)
    assert "title_missing" in codes(read)


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("自2022年1月1日起至12月31日止", [2022]),
        ("从2022年1月1日至2022年12月31日", [2022]),
        ("2022年1月1日—12月31日", [2022]),
        ("2022 年 1 月 1 日至 2022 年 12 月 31 日", [2022]),
        ("2022年01月01日到2022年12月31日", [2022]),
        ("2022年1月1日开始至当年12月31日", [2022]),
        ("2022年1月至12月", [2022]),
        ("２０２２年１月１日至１２月３１日", [2022]),
        ("2022.1.1-2022.12.31", [2022]),
        ("二〇二二年一月一日至十二月三十一日", [2022]),
        ("2021年1月1日至2022年12月31日", [2021, 2022]),
        ("20221年1月1日至12月31日", []),
        ("2022年3月1日至12月31日", []),
    ],
)
def test_the_period_is_read_in_its_wordings(period: str, years: list[int]) -> None:
    text = f"{BASIS}编制本报告。本报告所列数据的统计期限为{period}。"
    read = read_masthead(page("贺兰县政府信息公开工作年度报告", text, "一、总体情况"))

    assert [("period", year, 2) for year in years] == said(read, "period")
    assert (years[0] if len(years) == 1 else None) == read.year


def test_a_span_of_time_in_the_body_is_no_period() -> None:
    text = "2021年1月1日至12月31日全县开展了百日行动。"
    read = read_masthead(page("贺兰县2022年政府信息公开年报", "一、总体情况", text))

    assert [] == said(read, "period")


def test_a_period_behind_the_opening_counts_where_it_says_so() -> None:
    text = "本报告数据统计期限为2022年1月1日至12月31日。"
    read = read_masthead(page("贺兰县2022年政府信息公开年报", "一、总体情况", "坚持公开。", text))

    assert [("period", 2022, 4)] == said(read, "period")


def test_the_title_goes_before_the_period_and_the_period_before_the_opening() -> None:
    opening = f"{BASIS}现公布贺兰县2020年政府信息公开工作年度报告,期限为2021年1月1日至12月31日。"

    with_title = read_masthead(page("贺兰县2022年政府信息公开年报", opening, "一、总体情况"))
    without = read_masthead(page(opening, "一、总体情况"))

    assert [("title", 2022, 1), ("period", 2021, 2), ("opening", 2020, 2)] == said(
        with_title, "title", "period", "opening"
    )
    assert (2022, 2021) == (with_title.year, without.year)


@pytest.mark.parametrize(
    "damaged",
    [
        "本报告数据自20241月1日至12月31日",
        "(国办公开办函〔202130号)",
        "现公布2O22年报告",
        "自202年1月1日起",
        "自202111日起至20211230日",
    ],
)
def test_damaged_digits_are_a_note_and_no_year(damaged: str) -> None:
    text = f"根据《中华人民共和国政府信息公开条例》及有关文件的规定和要求,{damaged},编制本报告。"
    read = read_masthead(page("贺兰县政府信息公开工作年度报告", text, "一、总体情况"))

    assert (None, []) == (read.year, read.years)
    assert {"year_damaged"} == set(codes(read))


def test_whole_numbers_that_are_no_report_years_are_neither_years_nor_damage() -> None:
    text = (
        "根据《国务院办公厅关于印发格式的通知》(国办公开办函〔2021〕30号)和2019年4月3日修订的《政府信息公开条例》,"
        "于2021年11月26日编制,共20221条,2022件。"
    )
    read = read_masthead(page("贺兰县政府信息公开工作年度报告", text, "一、总体情况"))

    assert (None, [], []) == (read.year, read.years, read.notes)


@pytest.mark.parametrize(
    ("sentences", "year"),
    [
        (["2022年,我县坚持公开。", "全县收到申请3件。"], 2022),
        (["2021年,我县坚持公开。", "2021年共收到申请3件。"], 2021),
        (["2021年,我县收到申请3件。"], None),
        (["2022年收到申请3件。2021年收到申请2件。"], None),
        (["2022年,我县将公开纳入考核。"], 2022),
        (["2023年,我县将继续公开。", "2023年,我县计划培训。"], None),
        (["2021年11月26日发布。2021年10月1日发布。"], None),
        (["收到申请3件(2021年2件),2021年以来公开。"], None),
    ],
)
def test_the_body_states_a_year_only_where_it_is_clear(sentences: list[str], year: int | None) -> None:
    read = read_masthead(page("贺兰县2022年政府信息公开年报", "一、总体情况", *sentences))

    assert [("body", year, 3)] * (year is not None) == said(read, "body")


def test_section_five_may_speak_of_other_years() -> None:
    five = ("五、存在的主要问题及改进情况", "2021年,我县人员不足。", "2021年,我县培训不足。")
    read = read_masthead(page("贺兰县2022年政府信息公开年报", "一、总体情况", "坚持公开。", *five))

    assert [] == said(read, "body")


def test_a_path_states_a_year_only_in_words() -> None:
    lines = page("贺兰县2022年政府信息公开工作年度报告")

    assert [("path", 2021, None)] == said(read_masthead(lines, "年报/贺兰县2021年.html"), "path")
    assert [] == said(read_masthead(lines, "/art/2023/1/30/t20230130_2022.html"), "path")


def test_the_date_of_a_signature_is_a_date() -> None:
    lines = page("贺兰县2022年政府信息公开年报", "一、总体情况", "贺兰县人民政府", "2023年1月28日")

    assert [("date", 2023, 4)] == said(read_masthead(lines), "date")


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 公开 > 贺兰县2022年政府信息公开工作年度报告",
        "贺兰县2022年政府信息公开工作年度报告_贺兰县人民政府",
        "标题：贺兰县2022年政府信息公开工作年度报告 发布日期：2023-01-30",
        "　贺兰县2022年政府信息公开工作年度报告 ",
    ],
)
def test_the_title_is_the_title_alone(line: str) -> None:
    assert "贺兰县2022年政府信息公开工作年度报告" == read_masthead(page(line)).title


@pytest.mark.parametrize(
    "line", ["政府信息公开年报", "首页 > 政府信息公开年度报告", "无障碍浏览 政府信息公开年报"]
)
def test_an_entry_of_a_menu_is_no_title(line: str) -> None:
    assert read_masthead(page(line)).title is None


def test_a_folder_of_a_breadcrumb_is_no_year() -> None:
    crumbs = "首页/ 政府信息公开 / 政府信息公开年报 / 镇街 / 2021年 / 正文"

    assert [] == read_masthead(page(crumbs, "一、总体情况")).years


def test_words_that_name_nobody_are_no_issuer() -> None:
    read = read_masthead(page("欢迎访问2022年政府信息公开年报", "一、总体情况"))

    assert (None, 2022) == (read.issuer, read.year)


def test_last_years_report_is_not_this_one() -> None:
    text = "针对2021年政府信息公开工作年度报告指出的问题,全县各部门认真整改,取得了明显的成效,现报告如下。"

    assert [] == said(read_masthead(page("贺兰县政府信息公开工作年度报告", text)), "opening")


def test_who_compiled_the_report_is_its_issuer_where_nothing_else_tells() -> None:
    text = "本报告根据《中华人民共和国政府信息公开条例》的要求,由贺兰县教育局负责编制,期限为2022年1月至12月。"
    read = read_masthead(page("2022年政府信息公开工作年度报告", text, "一、总体情况"))

    assert read.issuer is not None
    assert ("贺兰县教育局", "640122", "department") == (
        read.issuer.name,
        read.issuer.region_code,
        read.issuer.scope,
    )
    assert ["issuer_from_opening"] == codes(read)


@pytest.mark.parametrize(
    ("title", "text", "region", "code", "level"),
    [
        ("周市镇人民政府", "请与昆山市周市镇政府联系。", "昆山市", "320583", "township"),
        ("五山街道办事处", "廣州市天河區五山街道堅持公開。", "天河区", "440106", "township"),
        ("县政府办", "2022年,府谷县人民政府办公室坚持公开。", "府谷县", "610822", "county"),
        ("区教育局", "请与天河区教育局联系。", "天河区", "440106", "county"),
        ("县人民政府", "府谷县人民政府坚持公开。", "府谷县", "610822", "county"),
        ("周市镇人民政府", "昆山市周市镇和太仓市周市镇。", None, None, "township"),
        ("周市镇人民政府", "学习昆山市花桥镇经验。", None, None, "township"),
        ("区教育局", "请与昆山市教育局联系。", None, None, "unknown"),
        ("甲乙县人民政府", "府谷县人民政府坚持公开。", None, None, "county"),
    ],
)
def test_a_name_without_a_region_gets_the_one_that_the_text_puts_before_it(
    title: str, text: str, region: str | None, code: str | None, level: str
) -> None:
    read = read_masthead(page(f"{title}2022年政府信息公开工作年度报告", "一、总体情况", text))

    assert read.issuer is not None
    assert (region, code, level) == (read.issuer.region, read.issuer.region_code, read.issuer.level)
    assert ["region_from_text" if region else "region_unknown"] == codes(read)


def test_words_of_a_hijacked_title_are_said() -> None:
    read = read_masthead(page("贺兰县2022年澳门新葡京政府信息公开工作年度报告"))

    assert ["title_words"] == codes(read)
    assert "澳门新葡京" in read.notes[0].zh


def test_an_ambiguous_region_is_said_and_settled_by_the_text() -> None:
    title = "朝阳区2022年政府信息公开工作年度报告"
    alone = read_masthead(page(title, "一、总体情况"))
    told = read_masthead(page(title, "一、总体情况", "2022年,长春市朝阳区坚持公开。"))

    assert ["region_ambiguous"] == codes(alone)
    assert told.issuer is not None
    assert ("220104", []) == (told.issuer.region_code, told.notes)


def test_an_unknown_region_is_said() -> None:
    assert ["region_unknown"] == codes(read_masthead(page("甲乙县2022年政府信息公开年报")))


def test_nothing_is_read_from_nothing() -> None:
    read = read_masthead([])

    assert (None, None, None, []) == (read.title, read.issuer, read.year, read.years)


@pytest.mark.parametrize(
    ("title", "opening", "others", "notes"),
    [
        ("贺兰县", "灵武市", ["灵武市"], []),
        ("贺兰县人民政府办公室", "灵武市", ["灵武市"], []),
        ("贺兰县", "贺兰县人民政府", [], []),
        ("贺兰县人民政府办公室", "贺兰县人民政府", [], ["opening_scope"]),
        ("贺兰县教育局", "贺兰县", [], ["opening_scope"]),
        ("贺兰县", "银川市", [], ["opening_scope"]),
        ("贺兰县", "宁夏回族自治区银川市贺兰县", [], []),
        ("贺兰县", "", [], []),
    ],
)
def test_an_opening_that_names_another_place_is_said_and_another_scope_noted(
    title: str, opening: str, others: list[str], notes: list[str]
) -> None:
    text = f"{BASIS}现公布{opening}2022年政府信息公开工作年度报告。"
    lines = page(f"{title}2022年政府信息公开工作年度报告", text, "一、总体情况", "坚持公开。")
    read = read_masthead(lines)

    assert (others, notes) == ([name for _, name, *_ in read.other_issuers], codes(read))


# -- the five real reports -------------------------------------------------------------------------------


def masthead_of_seed(number: str) -> Masthead:
    lines = enumerate(seed(number).read_text(encoding="utf-8").split("\n"), 1)
    return read_masthead([(n, t) for n, t in lines if t.strip() and not re.fullmatch(r"[\s\d|]+", t)])


@with_seeds
@pytest.mark.parametrize(
    ("name", "title_line", "printed", "year", "code", "level", "scope", "others"),
    [
        ("000", 1, "賀蘭縣", 2022, "640122", "county", "government", ["灵武市"]),
        ("001", 1, "阿拉善左旗人民政府", 2019, "152921", "county", "government", []),
        ("002", None, "汕尾市人民政府", 2020, "441500", "prefecture", "government", []),
        ("003", 1, "嘉兴市人民政府办公室", 2022, "330400", "prefecture", "office", []),
        ("004", 1, "巫山县", 2022, "500237", "county", "government", []),
    ],
)
def test_the_real_reports_are_who_they_are(
    name: str,
    title_line: int | None,
    printed: str,
    year: int,
    code: str,
    level: str,
    scope: str,
    others: list[str],
) -> None:
    read = masthead_of_seed(name)
    issuer = read.issuer

    assert issuer is not None
    assert (title_line, year) == (read.title_line, read.year)
    assert (printed, code, level, scope) == (
        issuer.printed,
        issuer.region_code,
        issuer.level,
        issuer.scope,
    )
    assert others == [other for _, other, *_ in read.other_issuers]
    assert {year} == {said for where, said, _, _ in read.years if where != "date"}


@pytest.mark.parametrize(
    "lines",
    [
        [
            "2023年政府信息公开工作年度报告",
            "嘉兴市人民政府",
            "本报告所列数据的统计期限自2023年1月1日起至12月31日止。",
        ],
        ["政府信息公开工作年度报告(2023年度)", "2023年,嘉兴市人民政府落实条例要求,现报告如下。"],
    ],
)
def test_an_issuer_right_behind_a_title_without_one_is_taken_and_said(lines: list[str]) -> None:
    masthead = read_masthead(list(enumerate([*lines, "一、总体情况"], 1)))
    assert masthead.issuer is not None
    assert ("嘉兴市人民政府", "330400", 2023) == (
        masthead.issuer.name,
        masthead.issuer.region_code,
        masthead.year,
    )
    assert "issuer_from_opening" in {note.code for note in masthead.notes}


def test_a_sentence_below_the_title_is_no_part_of_it() -> None:
    lines = [
        "嘉兴市人民政府",
        "2023年政府信息公开工作年度报告",
        "本报告所列数据的统计期限自2023年1月1日起至12月31日止。",
    ]
    assert "嘉兴市人民政府2023年政府信息公开工作年度报告" == read_masthead(list(enumerate(lines, 1))).title


def test_an_organ_behind_the_title_whose_region_is_not_known_is_not_taken() -> None:
    lines = ["2023年政府信息公开工作年度报告", "某某科技局", "一、总体情况"]
    assert read_masthead(list(enumerate(lines, 1))).issuer is None


def test_a_control_character_that_parts_records_shifts_no_line() -> None:
    lines = page(
        "贺兰县2022年政府信息公开工作年度报告",
        "本\x1e年\x1e度的\x1e报\x1e告",
        "数据的统计期限为2022年1月1日至2022年12月31日。",
        "一、总体情况",
    )

    assert [2022] == [
        year for place, year, line, _ in read_masthead(lines).years if (place, line) == ("period", 3)
    ]


def test_a_report_that_ends_in_such_characters_is_read() -> None:
    title = "贺兰县2022年政府信息公开工作年度报告"
    report = "本年\x1e度\x1e报\x1e告的统计期限为2022年1月1日至2022年12月31日" + "。" * 200

    assert {("title", 2022, 1), ("period", 2022, 2)} == {
        said[:3] for said in read_masthead(page(title, report)).years
    }
