"""What the register of regions and the reading of issuers' names promise. Codes are GB/T 2260, looked up by hand."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from govinfo_pipeline.issuers import find_regions, meanings, resolve
from govinfo_pipeline.regions import _WORDS, regions_named, register

ROOT = Path(__file__).parents[2]

# printed | name | region | code | level | scope; a dash where there is none.
NAMES = """
贺兰县 | 贺兰县 | 贺兰县 | 640122 | county | government
贺兰县人民政府 | 贺兰县人民政府 | 贺兰县 | 640122 | county | government
賀蘭縣人民政府 | 贺兰县人民政府 | 贺兰县 | 640122 | county | government
宁夏贺兰县 | 宁夏贺兰县 | 贺兰县 | 640122 | county | government
宁夏回族自治区银川市贺兰县人民政府 | 宁夏回族自治区银川市贺兰县人民政府 | 贺兰县 | 640122 | county | government
广东省人民政府 | 广东省人民政府 | 广东省 | 440000 | province | government
西藏自治区人民政府 | 西藏自治区人民政府 | 西藏自治区 | 540000 | province | government
广东省人民政府办公厅 | 广东省人民政府办公厅 | 广东省 | 440000 | province | office
嘉兴市人民政府办公室 | 嘉兴市人民政府办公室 | 嘉兴市 | 330400 | prefecture | office
嘉兴市政府办公室 | 嘉兴市政府办公室 | 嘉兴市 | 330400 | prefecture | office
浙江省嘉兴市政府办 | 浙江省嘉兴市政府办 | 嘉兴市 | 330400 | prefecture | office
东莞市 | 东莞市 | 东莞市 | 441900 | prefecture | government
恩施土家族苗族自治州人民政府 | 恩施土家族苗族自治州人民政府 | 恩施土家族苗族自治州 | 422800 | prefecture | government
恩施州人民政府 | 恩施州人民政府 | 恩施土家族苗族自治州 | 422800 | prefecture | government
凉山州教育和体育局 | 凉山州教育和体育局 | 凉山彝族自治州 | 513400 | prefecture | department
喀什地区行政公署 | 喀什地区行政公署 | 喀什地区 | 653100 | prefecture | government
锡林郭勒盟行政公署办公室 | 锡林郭勒盟行政公署办公室 | 锡林郭勒盟 | 152500 | prefecture | office
互助县人民政府 | 互助县人民政府 | 互助土族自治县 | 630223 | county | government
长阳土家族自治县 | 长阳土家族自治县 | 长阳土家族自治县 | 420528 | county | government
正蓝旗人民政府 | 正蓝旗人民政府 | 正蓝旗 | 152530 | county | government
莫旗 | 莫旗 | 莫力达瓦达斡尔族自治旗 | 150722 | county | government
阿左旗人民政府 | 阿左旗人民政府 | 阿拉善左旗 | 152921 | county | government
六枝特区 | 六枝特区 | 六枝特区 | 520203 | county | government
神农架林区人民政府 | 神农架林区人民政府 | 神农架林区 | 429021 | county | government
仙桃市人民政府 | 仙桃市人民政府 | 仙桃市 | 429004 | county | government
石河子市 | 石河子市 | 石河子市 | 659001 | county | government
上海市浦东新区人民政府 | 上海市浦东新区人民政府 | 浦东新区 | 310115 | county | government
北京市朝阳区 | 北京市朝阳区 | 朝阳区 | 110105 | county | government
吉林省长春市朝阳区 | 吉林省长春市朝阳区 | 朝阳区 | 220104 | county | government
朝阳区 | 朝阳区 | 朝阳区 | - | county | government
福州市鼓楼区教育局 | 福州市鼓楼区教育局 | 鼓楼区 | 350102 | county | department
鼓楼区教育局 | 鼓楼区教育局 | 鼓楼区 | - | county | department
安徽省教育厅 | 安徽省教育厅 | 安徽省 | 340000 | province | department
宁夏教育厅 | 宁夏教育厅 | 宁夏回族自治区 | 640000 | province | department
吉林教育厅 | 吉林教育厅 | 吉林省 | 220000 | province | department
嘉兴市市场监督管理局 | 嘉兴市市场监督管理局 | 嘉兴市 | 330400 | prefecture | department
郑州市城市管理局 | 郑州市城市管理局 | 郑州市 | 410100 | prefecture | department
郑州市城乡建设局 | 郑州市城乡建设局 | 郑州市 | 410100 | prefecture | department
贺兰县乡村振兴局 | 贺兰县乡村振兴局 | 贺兰县 | 640122 | county | department
深圳市发展和改革委员会 | 深圳市发展和改革委员会 | 深圳市 | 440300 | prefecture | department
北京市城市管理委员会 | 北京市城市管理委员会 | 北京市 | 110000 | province | department
北京市人民政府外事办公室 | 北京市人民政府外事办公室 | 北京市 | 110000 | province | department
贺兰县自然资源局(林业和草原局) | 贺兰县自然资源局(林业和草原局) | 贺兰县 | 640122 | county | department
国家税务总局合肥市税务局 | 国家税务总局合肥市税务局 | 合肥市 | 340100 | prefecture | department
教育部 | 教育部 | - | - | state | department
国务院办公厅 | 国务院办公厅 | - | - | state | office
灵武市白土岗乡人民政府 | 灵武市白土岗乡人民政府 | 灵武市 | 640181 | township | township
昆山市周市镇 | 昆山市周市镇 | 昆山市 | 320583 | township | township
正蓝旗那日图苏木 | 正蓝旗那日图苏木 | 正蓝旗 | 152530 | township | township
广州市天河区五山街道办事处 | 广州市天河区五山街道办事处 | 天河区 | 440106 | township | township
西街街道办事处 | 西街街道办事处 | - | - | township | township
昆山市千灯镇人民政府党政办公室 | 昆山市千灯镇人民政府党政办公室 | 昆山市 | 320583 | township | department
苏州工业园区管理委员会 | 苏州工业园区管理委员会 | 苏州市 | 320500 | prefecture | other
合肥市高新技术产业开发区管委会 | 合肥市高新技术产业开发区管委会 | 合肥市 | 340100 | prefecture | other
东湖新技术开发区管委会 | 东湖新技术开发区管委会 | - | - | unknown | other
雄安新区管理委员会 | 雄安新区管理委员会 | - | - | unknown | other
贺兰县人民法院 | 贺兰县人民法院 | 贺兰县 | 640122 | county | other
贺兰县委办公室 | 贺兰县委办公室 | 贺兰县 | 640122 | county | other
贺兰县第一中学 | 贺兰县第一中学 | 贺兰县 | 640122 | county | other
贺兰县福利彩票管理中心 | 贺兰县福利彩票管理中心 | 贺兰县 | 640122 | county | other
北京市人民政府驻上海办事处 | 北京市人民政府驻上海办事处 | 北京市 | 110000 | province | other
合肥海关 | 合肥海关 | - | - | unknown | other
县人民政府 | 县人民政府 | - | - | county | government
市教育局 | 市教育局 | - | - | unknown | department
"""


def rows(table: str) -> list[list[str | None]]:
    lines = [line.split("|") for line in table.strip().splitlines()]
    return [[None if (cell := part.strip()) == "-" else cell for part in parts] for parts in lines]


@pytest.mark.parametrize(
    ("printed", "name", "region", "code", "level", "scope"), rows(NAMES), ids=lambda value: value
)
def test_a_name_gives_region_code_level_and_scope(
    printed: str, name: str, region: str, code: str, level: str, scope: str
) -> None:
    assert (name, printed, region, code, level, scope) == resolve(printed, 2022)


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("关于贺兰县人民政府", "贺兰县人民政府"),
        ("現公佈賀蘭縣人民政府", "賀蘭縣人民政府"),
        ("现发布《贺兰县人民政府", "贺兰县人民政府"),
        ("现将贺兰县人民政府关于", "贺兰县人民政府"),
        ("无贺兰县人民政府", "贺兰县人民政府"),
        (" 贺 兰 县人民政府 ", "贺兰县人民政府"),
        ("“贺兰县人民政府”", "贺兰县人民政府"),
        ("贺兰县人民政府(本级)", "贺兰县人民政府"),
        ("贺(hè)兰县人民政府", "贺兰县人民政府"),
        ("【澳门新葡京】贺兰县人民政府", "贺兰县人民政府"),
        ("贺兰县人民政府威尼斯人官网", "贺兰县人民政府"),
    ],
)
def test_what_hangs_on_a_name_is_no_part_of_it(printed: str, bare: str) -> None:
    issuer = resolve(printed, 2022)

    assert ("贺兰县人民政府", bare, "640122") == (issuer.name, issuer.printed, issuer.region_code)


@pytest.mark.parametrize("name", ["无锡市", "无为市", "无棣县", "现代县"])
def test_the_first_character_of_a_real_name_is_not_cut_off(name: str) -> None:
    assert name == resolve(name, 2022).name


@pytest.mark.parametrize(
    ("printed", "name", "code"),
    [
        ("乾安县人民政府", "乾安县人民政府", "220723"),
        ("乾安縣人民政府", "乾安县人民政府", "220723"),
        ("吉林省乾安縣", "吉林省乾安县", "220723"),
        ("乾縣財政局", "乾县财政局", "610424"),
    ],
)
def test_a_place_keeps_the_name_that_simplifying_would_damage(printed: str, name: str, code: str) -> None:
    issuer = resolve(printed, 2022)

    assert (name, printed, code) == (issuer.name, issuer.printed, issuer.region_code)


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("公主岭市", 2013, "220381"),
        ("公主岭市", 2019, "220381"),
        ("公主岭市", 2020, "220184"),
        ("简阳市", 2015, "512081"),
        ("简阳市", 2021, "510185"),
        ("哈密市", 2014, "652201"),
        ("哈密市", 2023, "650500"),
        ("即墨市", 2016, "370282"),
        ("即墨区", 2018, "370215"),
        # the report of 2015 is published in 2016, under the name that holds by then
        ("郫都区", 2015, "510117"),
        # the name of a place is its name in any year
        ("郫县", 2021, "510124"),
        ("贺兰县", 2030, "640122"),
        ("公主岭市", None, None),
    ],
)
def test_the_report_year_tells_the_code(name: str, year: int | None, code: str | None) -> None:
    assert code == resolve(name, year).region_code


@pytest.mark.parametrize(
    "printed",
    [
        "北京市贺兰县人民政府",
        "重庆市万盛区人民政府",
        "宁夏回族自治区甲乙县教育局",
        "第八师石河子市",
        "嘉兴县人民政府",
    ],
)
def test_a_place_that_is_not_in_the_register_does_not_become_the_place_around_it(
    printed: str,
) -> None:
    issuer = resolve(printed, 2022)

    assert (None, None) == (issuer.region, issuer.region_code)


def test_advertising_never_turns_a_body_into_the_government() -> None:
    assert "other" == resolve("贺兰县澳门路小学", 2022).scope


@pytest.mark.parametrize(
    ("context", "code"),
    [
        ("北京市朝阳区坚持公开。", "110105"),
        ("長春市朝陽區堅持公開。", "220104"),
        ("长春市委要求。我区落实长春市部署。", "220104"),
        ("落实北京市要求。", None),
        ("学习北京市朝阳区经验,落实长春市部署,长春市朝阳区共收到3件。", None),
        ("落实北京市、长春市部署。北京市。", None),
        ("我区坚持公开。", None),
        ("", None),
    ],
)
def test_an_ambiguous_name_is_settled_only_by_a_parent_that_the_report_names(
    context: str, code: str | None
) -> None:
    assert code == resolve("朝阳区人民政府", 2022, context).region_code


def test_a_context_changes_nothing_where_the_name_is_clear() -> None:
    assert "640122" == resolve("贺兰县", 2022, "北京市朝阳区、灵武市").region_code


def test_meanings_of_an_ambiguous_name_are_all_its_places() -> None:
    assert ["320106", "320302", "350102", "410204"] == [r.code for r in meanings("鼓楼区", 2022)]
    assert [] == [r.code for r in meanings("某某区", 2022)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("灵武市和贺兰县。", [("灵武市", "640181", "county", 0, 3), ("贺兰县", "640122", "county", 4, 7)]),
        ("靈武市政府", [("灵武市", "640181", "county", 0, 3)]),
        ("宁夏回族自治区银川市", [("银川市", "640100", "prefecture", 7, 10)]),
        ("在恩施州的", [("恩施土家族苗族自治州", "422800", "prefecture", 1, 4)]),
        ("在乾安县", [("乾安县", "220723", "county", 1, 4)]),
        ("朝阳区", [("朝阳区", None, "county", 0, 3)]),
        ("东方市场和河东区域、全市各县区、社区、旗舰店", []),
        ("形成县域特色,老城区和郊区", []),
        ("会同县政府,新建区政府,比如县,资源县,居民和县,行政和县级", []),
        ("海港区、港口区、解放区、平安县区、平原县、沿海城市、适应城市、各项城市", []),
        ("天津市市级,豫西山区,昆明北市区,湖北市区,网上街区,连续3天全县", []),
        ("武城县区、朝阳区县", []),
        ("长沙县区分别负责", []),  # 沙县区 is elsewhere
        ("長沙縣區分別負責", []),
        ("三明市沙县区分别负责", [("三明市", "350400", "prefecture", 0, 3), ("沙县区", "350405", "county", 3, 6)]),
        ("海东市平安区", [("海东市", "630200", "prefecture", 0, 3), ("平安区", "630203", "county", 3, 6)]),
        ("大同市城区与和县", [("大同市", "140200", "prefecture", 0, 3), ("城区", None, "county", 3, 5)]),
        ("到:寿县", [("寿县", "340422", "county", 2, 4)]),
        ("长寿县", []),
        ("靈(líng)武(wǔ)市(shì)政府", [("灵武市", "640181", "county", 0, 13)]),
        ("全(quán)市(shì):靈(líng)武(wǔ)市(shì)", [("灵武市", "640181", "county", 14, 27)]),
        ("㍿㈱:银川市(shi)政府", [("银川市", "640100", "prefecture", 3, 6)]),
        ("㍿:灵（ líng ）武市（wǔ shì）", [("灵武市", "640181", "county", 2, 13)]),
        ("灵武市(灵武)", [("灵武市", "640181", "county", 0, 3)]),
        ("本县(APP)和灵武市(WeChat)", [("灵武市", "640181", "county", 8, 11)]),
        ("㍿本县(APP)灵武市", [("灵武市", "640181", "county", 8, 11)]),
        ("灵( líng )武市", [("灵武市", "640181", "county", 0, 11)]),
        ("常德市津市市", [("常德市", "430700", "prefecture", 0, 3), ("津市市", "430781", "county", 3, 6)]),
        ("昌吉州区两级", [("昌吉回族自治州", "652300", "prefecture", 0, 3)]),  # 吉州区 is elsewhere
        (
            "大同市城区政府信息公开工作年度报告公布如下",
            [("大同市", "140200", "prefecture", 0, 3), ("城区", None, "county", 3, 5)],
        ),
    ],
)  # fmt: skip
def test_full_names_are_found_in_a_text(text: str, found: list[tuple[object, ...]]) -> None:
    year = 2015 if "大同" in text else 2022

    assert found == [tuple(mention) for mention in find_regions(text, year)]


@pytest.mark.parametrize("piece", ["县(a", "县(", "县( ", "县(shi "])
def test_a_hundred_thousand_brackets_that_never_close_name_nothing(piece: str) -> None:
    assert [] == find_regions(piece * 100_000)


def test_the_names_that_are_words_are_names() -> None:
    assert not _WORDS - set(register().names)


def test_the_register_has_no_rows_that_are_no_places() -> None:
    assert not {"市辖区", "县", "直辖县", "省直辖县级行政区划"} & set(register().names)


def test_the_register_agrees_with_itself() -> None:
    with (ROOT / "govinfo_pipeline" / "regions.csv").open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))

    assert len({(e["code"], e["name"]) for e in entries}) == len(entries)
    assert [] == [e for e in entries if not re.fullmatch(r"[1-8]\d{5}", e["code"])]
    assert {"province", "prefecture", "county"} == {e["level"] for e in entries}
    zeros = {"province": "0000", "prefecture": "00", "county": ""}
    assert [] == [e for e in entries if not e["code"].endswith(zeros[e["level"]])]
    assert 34 == sum(e["level"] == "province" for e in entries)
    assert [] == [e for e in entries if e["last"] and int(e["last"]) < int(e["first"])]


def test_a_renamed_place_is_the_same_place() -> None:
    assert regions_named("郫县")[0].place == regions_named("郫都区")[0].place
