"""Which line is the title of a report, and who and which year it says. Titles are made up for it."""

from __future__ import annotations

import pytest

from govinfo_pipeline.extract.masthead import read_masthead
from tests.unit.pages import AFTER, MENU, page, said

# title | issuer | code | level | scope | year; a dash where there is none.
TITLES = """
贺兰县2022年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
2022年贺兰县政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
2022年度贺兰县政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县政府信息公开工作年度报告(2022年) | 贺兰县 | 640122 | county | government | 2022
贺兰县政府信息公开工作年度报告（2022年度） | 贺兰县 | 640122 | county | government | 2022
贺兰县政府信息公开2022年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县政府信息公开工作2022年年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年政府信息公开年报 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年政府信息公开工作报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年度政府信息公开工作情况报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年政府信息公开情况年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年信息公开年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年度政务公开工作总结 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年政府信息与政务公开年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022政府信息公开年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县２０２２年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
贺 兰 县 2 0 2 2 年 政 府 信 息 公 开 工 作 年 度 报 告 | 贺兰县 | 640122 | county | government | 2022
贺兰县二〇二二年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
二○二一年贺兰县政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2021
二零二零年度贺兰县政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2020
二O一九年贺兰县政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2019
关于贺兰县2022年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县人民政府信息公开工作年度报告(2022年) | 贺兰县人民政府 | 640122 | county | government | 2022
贺兰县人民政府2022年政府信息公开工作年度报告 | 贺兰县人民政府 | 640122 | county | government | 2022
贺兰县人民政府关于2022年政府信息公开工作的年度报告 | 贺兰县人民政府 | 640122 | county | government | 2022
贺兰县人民政府关于公布《2022年政府信息公开工作年度报告》的公告 | 贺兰县人民政府 | 640122 | county | government | 2022
关于公布《贺兰县2022年政府信息公开工作年度报告》的通知 | 贺兰县 | 640122 | county | government | 2022
《贺兰县2022年政府信息公开工作年度报告》 | 贺兰县 | 640122 | county | government | 2022
賀蘭縣2022年政府信息公開工作年度報告 | 贺兰县 | 640122 | county | government | 2022
2021年度賀蘭縣人民政府辦公室政府資訊公開年度報告 | 贺兰县人民政府办公室 | 640122 | county | office | 2021
宁夏回族自治区贺兰县2020年政府信息公开工作年度报告 | 宁夏回族自治区贺兰县 | 640122 | county | government | 2020
广东省人民政府2023年政府信息公开工作年度报告 | 广东省人民政府 | 440000 | province | government | 2023
广东省人民政府办公厅2023年政府信息公开工作年度报告 | 广东省人民政府办公厅 | 440000 | province | office | 2023
内蒙古自治区2019年政府信息公开工作年度报告 | 内蒙古自治区 | 150000 | province | government | 2019
北京市2018年政府信息公开工作年度报告 | 北京市 | 110000 | province | government | 2018
东莞市2017年政府信息公开年度报告 | 东莞市 | 441900 | prefecture | government | 2017
恩施州2022年政府信息公开工作年度报告 | 恩施州 | 422800 | prefecture | government | 2022
延边朝鲜族自治州2016年政府信息公开工作年度报告 | 延边朝鲜族自治州 | 222400 | prefecture | government | 2016
喀什地区行署2022年政府信息公开工作年度报告 | 喀什地区行署 | 653100 | prefecture | government | 2022
阿拉善盟行政公署办公室2021年政府信息公开工作年度报告 | 阿拉善盟行政公署办公室 | 152900 | prefecture | office | 2021
郑州市人民政府办公厅2022年度政府信息公开工作年度报告 | 郑州市人民政府办公厅 | 410100 | prefecture | office | 2022
互助土族自治县人民政府2021年政府信息公开工作年度报告 | 互助土族自治县人民政府 | 630223 | county | government | 2021
长阳县2014年政府信息公开工作年度报告 | 长阳县 | 420528 | county | government | 2014
正蓝旗人民政府2022年政府信息公开年度报告 | 正蓝旗人民政府 | 152530 | county | government | 2022
阿左旗2022年政府信息公开工作年度报告 | 阿左旗 | 152921 | county | government | 2022
乾安县2022年政府信息公开工作年度报告 | 乾安县 | 220723 | county | government | 2022
乾安縣2022年政府信息公開工作年度報告 | 乾安县 | 220723 | county | government | 2022
上海市浦东新区2022年政府信息公开工作年度报告 | 上海市浦东新区 | 310115 | county | government | 2022
北京市朝阳区人民政府2022年政府信息公开工作年度报告 | 北京市朝阳区人民政府 | 110105 | county | government | 2022
朝阳区2022年政府信息公开工作年度报告 | 朝阳区 | - | county | government | 2022
安徽省教育厅2022年政府信息公开工作年度报告 | 安徽省教育厅 | 340000 | province | department | 2022
合肥市财政局2022年度政府信息公开工作年度报告 | 合肥市财政局 | 340100 | prefecture | department | 2022
2022年合肥市公安局政府信息公开工作年度报告 | 合肥市公安局 | 340100 | prefecture | department | 2022
合肥市2022年财政局政府信息公开工作年度报告 | 合肥市财政局 | 340100 | prefecture | department | 2022
国家税务总局合肥市税务局2022年政府信息公开年报 | 国家税务总局合肥市税务局 | 340100 | prefecture | department | 2022
教育部2022年政府信息公开工作年度报告 | 教育部 | - | state | department | 2022
昆山市周市镇2022年政府信息公开工作年度报告 | 昆山市周市镇 | 320583 | township | township | 2022
灵武市白土岗乡人民政府2022年政府信息公开工作年度报告 | 灵武市白土岗乡人民政府 | 640181 | township | township | 2022
天河区五山街道办事处2022年政府信息公开年度报告 | 天河区五山街道办事处 | 440106 | township | township | 2022
白土岗乡2022年政府信息公开工作年度报告 | 白土岗乡 | - | township | township | 2022
苏州工业园区管委会2022年政府信息公开工作年度报告 | 苏州工业园区管委会 | 320500 | prefecture | other | 2022
雄安新区2022年政府信息公开工作年度报告 | 雄安新区 | - | unknown | other | 2022
贺兰县第一中学2022年信息公开年度报告 | 贺兰县第一中学 | 640122 | county | other | 2022
澳门新葡京贺兰县2022年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年威尼斯人官网政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年政府信息公开工作年度报告-太阳城娱乐 | 贺兰县 | 640122 | county | government | 2022
贺兰县2022年政府信息公开工作年度报告_贺兰县人民政府 | 贺兰县 | 640122 | county | government | 2022
【官网】贺兰县2022年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
當前位置:首頁 > 政府信息公開年報 > 賀蘭縣2022年政府信息公開工作年度報告 | 贺兰县 | 640122 | county | government | 2022
首页»信息公开»2022年»贺兰县2022年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
标题：贺兰县2022年政府信息公开工作年度报告 发布机构：贺兰县人民政府办公室 | 贺兰县 | 640122 | county | government | 2022
名 称: 贺兰县2022年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | 2022
2022年政府信息公开工作年度报告 | - | - | - | - | 2022
贺兰县政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | -
贺兰县政府信息公开工作年度报告(2023年1月发布) | 贺兰县 | 640122 | county | government | -
贺兰县政府信息公开工作年度报告编于2023年 | 贺兰县 | 640122 | county | government | -
贺兰县2021-2022年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | -
贺兰县2O22年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | -
贺兰县202年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | -
贺兰县20222年政府信息公开工作年度报告 | 贺兰县 | 640122 | county | government | -
"""


def title_rows() -> list[list[str | None]]:
    lines = [line.rsplit(" | ", 5) for line in TITLES.strip().splitlines()]
    return [[None if part.strip() == "-" else part for part in parts] for parts in lines]


@pytest.mark.parametrize(
    ("title", "name", "code", "level", "scope", "year"), title_rows(), ids=lambda value: value
)
def test_a_title_says_who_and_which_year(
    title: str, name: str, code: str, level: str, scope: str, year: str
) -> None:
    read = read_masthead(page(title, "", "一、总体情况", "我县坚持公开为常态。"))
    issuer = read.issuer

    assert (1, int(year) if year else None) == (read.title_line, read.year)
    assert (name, code, level, scope) == (
        (issuer.name, issuer.region_code, issuer.level, issuer.scope) if issuer else (None,) * 4
    )


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开指南",
        "中华人民共和国政府信息公开工作年度报告格式",
        "政府信息公开工作年度报告编制说明",
        "贺兰县2022年部门预算公开报告",
        "关于做好2022年政府信息公开工作年度报告编制工作的通知",
        "上一篇:贺兰县2021年政府信息公开工作年度报告",
        "根据条例规定,贺兰县2022年政府信息公开工作年度报告",
    ],
)
def test_what_only_speaks_of_reports_is_no_title(text: str) -> None:
    assert read_masthead(page(text)).title is None


@pytest.mark.parametrize(
    ("parts", "title", "line"),
    [
        (("贺兰县人民政府", "2022年政府信息公开工作", "年度报告"), "贺兰县人民政府2022年政府信息公开工作年度报告", 1),
        (("贺兰县人民政府", "2022年政府信息公开工作年度报告"), "贺兰县人民政府2022年政府信息公开工作年度报告", 1),
        (("2022年度", "贺兰县政府信息公开工作年度报告"), "2022年度贺兰县政府信息公开工作年度报告", 1),
        (("贺兰县政府信息公开工作年度报告", "(2022年度)"), "贺兰县政府信息公开工作年度报告(2022年度)", 1),
        (("贺兰县政府信息公开", "工作年度报告", "2022年"), "贺兰县政府信息公开工作年度报告2022年", 1),
        (("首页 > 年报", "贺兰县2022年", "", "政府信息公开工作年度报告"), "贺兰县2022年政府信息公开工作年度报告", 2),
    ],
)  # fmt: skip
def test_a_title_on_several_lines_is_one(parts: tuple[str, ...], title: str, line: int) -> None:
    read = read_masthead(page(*parts, "一、总体情况"))

    assert (title, line, 2022) == (read.title, read.title_line, read.year)
    assert read.issuer is not None
    assert "640122" == read.issuer.region_code


def test_what_is_not_part_of_the_title_is_not_joined_to_it() -> None:
    read = read_masthead(page("无障碍浏览", "贺兰县2022年政府信息公开工作年度报告", "打印本页"))

    assert ("贺兰县2022年政府信息公开工作年度报告", 2) == (read.title, read.title_line)


def test_the_title_is_found_among_menus_cards_and_links() -> None:
    read = read_masthead(page(*MENU, "贺兰县2022年政府信息公开工作年度报告", *AFTER))

    assert ("贺兰县2022年政府信息公开工作年度报告", 10, 2022) == (
        read.title,
        read.title_line,
        read.year,
    )
    assert [("date", 2023, 9)] == said(read, "date")


def test_of_titles_that_say_as_much_the_one_nearest_to_the_body_counts() -> None:
    read = read_masthead(page(*MENU[:6], "2022年政府信息公开工作年度报告", *AFTER))

    assert (7, 2022) == (read.title_line, read.year)


def test_a_list_of_key_words_does_not_go_before_the_title() -> None:
    words = "主 题 词 | 贺兰 2022 政府信息公开 信息公开工作 年度报告"
    read = read_masthead(page("贺兰县2022年政府信息公开工作年度报告", words, "一、总体情况"))

    assert "贺兰县2022年政府信息公开工作年度报告" == read.title
