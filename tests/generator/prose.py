"""Sentences of reports, with figures that agree with the tables: invented, in the manner of such reports.

A template names figures in braces: `{new_received}` (the total column), `{granted.natural_person}`,
`{normative_documents.in_force}`, a group of results (`{denied}`), a sum
(`{granted+partially_granted}`), a share in percent (`{granted%processed_total}`), `{year}`,
`{prior_year}`, `{issuer}`.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from govinfo_pipeline.formats import load_form
from tests.generator.truth import Truth

_PLACE = re.compile(r"\{([^{}]+)\}")
_TERM = re.compile(r"([+-]?)([a-z0-9_.]+)")


def fill(template: str, truth: Truth) -> str:
    """Return the template with its figures; KeyError if it names a figure that the report does not have."""
    words = {"year": str(truth.year), "prior_year": str(truth.year - 1), "issuer": truth.issuer}

    def one(match: re.Match[str]) -> str:
        name = match[1]
        if name in words:
            return words[name]
        if "%" in name:
            part, whole = name.split("%")
            return share(figure(truth, part), figure(truth, whole))
        return (
            f"{figure(truth, name):f}"
            if isinstance(figure(truth, name), Decimal)
            else str(figure(truth, name))
        )

    return _PLACE.sub(one, template)


def figure(truth: Truth, expression: str) -> int | Decimal:
    """Return the value of a sum of figures; blanks and dashes count as 0."""
    total: int | Decimal = 0
    for sign, name in _TERM.findall(expression):
        value = sum(truth.number(cell_id) for cell_id in _cells(truth, name))
        total += -value if sign == "-" else value
    return total


def share(part: int | Decimal, whole: int | Decimal) -> str:
    """Return a percentage with up to two decimals, rounded half up; of nothing, 0%.

    >>> share(1, 3), share(1, 2), share(0, 0)
    ('33.33%', '50%', '0%')
    """
    if not whole:
        return "0%"
    exact = Decimal(part) * 100 / Decimal(whole)
    text = f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return f"{text.rstrip('0').rstrip('.')}%"


def _cells(truth: Truth, name: str) -> list[str]:
    if name in truth.cells:
        return [name]
    rows = load_form(truth.form).table("applications").rows
    row, _, column = name.partition(".")
    if group := [r.id for r in rows if r.outcome == row and r.outcome != "granted"]:
        return [f"applications.{r}.{column or 'total'}" for r in group]
    block_two = tuple(f"{table.id}.{name}" for table in truth.tables)
    for cell_id in (f"applications.{row}.{column or 'total'}", f"disputes.cases.{name}", *block_two):
        if cell_id in truth.cells:
            return [cell_id]
    raise KeyError(f"no figure {name!r} in a report of form {truth.form}")


OPENINGS = (
    "按照《中华人民共和国政府信息公开条例》第五十条的要求,现将{issuer}{year}年度政府信息公开工作情况向社会公布。报告中的数据统计期间自{year}年1月1日起,至{year}年12月31日止。",
    "本报告由{issuer}依照《中华人民共和国政府信息公开条例》编写,全文分六个部分。所有数据的统计期限为{year}年1月1日至{year}年12月31日。",
    "依据《中华人民共和国政府信息公开条例》和国务院办公厅规定的年度报告格式,编制{issuer}{year}年政府信息公开工作年度报告,数据截至{year}年12月31日。",
)
DISCLOSURE = (
    "(一)主动公开。全年通过门户网站发布各类信息{n}条,其中动态信息{m}条,政策文件和解读材料均在成文后五个工作日内上网。",
    "(一)主动公开方面。{year}年调整公开目录,增设就业服务和供水供暖两个专栏,累计上传信息{n}条,公众来信答复率保持稳定。",
    "(一)主动公开情况。围绕财政资金、征地补偿和学校招生持续更新内容,门户网站全年更新{n}条,公报编印{m}期。",
)
APPLICATIONS = (
    "(二)依申请公开。本年新收政府信息公开申请{new_received}件,上年结转{carried_in}件;办结{processed_total}件,结转下年度继续办理{carried_forward}件。",
    "(二)依申请公开方面。{year}年共收到政府信息公开申请{new_received}件,其中自然人提出{new_received.natural_person}件,占{new_received.natural_person%new_received}。予以公开{granted}件,部分公开{partially_granted}件,无法提供{unavailable}件。",
    "(二)依申请公开情况。全年办理答复申请{processed_total}件,予以公开{granted}件,占{granted%processed_total};不予公开{denied}件,不予处理{not_processed}件。",
)
DISPUTES = (
    "因政府信息公开引起的行政复议{review_total}件,行政诉讼{direct_litigation_total+post_review_litigation_total}件。",
    "当年发生行政复议案件{review_total}件,其中结果维持{review_upheld}件、结果纠正{review_corrected}件。",
    "",
)
MANAGEMENT = (
    "(三)政府信息管理。文件起草时同步确定公开属性,每季度清理一次失效内容,拟上网稿件由经办人、科室负责人和分管领导依次审看。",
    "(三)信息管理方面。完善文件库,逐件标注有效性,方便群众按年份和主题检索。",
    "(三)政府信息管理情况。统一信息发布的署名和格式,对历史栏目作了一次归并。",
)
PLATFORM = (
    "(四)平台建设。门户网站改版后页面打开时间缩短,手机端增加了字号调节功能;便民大厅的查阅点配备了自助终端{m}台。",
    "(四)平台建设方面。整合政务新媒体账号,保留{m}个并全部完成备案,网站检索支持同义词。",
    "(四)公开平台情况。在图书馆、档案馆设立查阅点,安排专人帮助老年读者查找文件。",
)
OVERSIGHT = (
    "(五)监督保障。举办业务培训{m}次,对答复文书逐份点评,年内没有发生责任追究情形。",
    "(五)监督保障方面。把公开工作写进年度考核,分值占4%,按季度通报结果。",
    "(五)监督保障情况。邀请人大代表和企业代表座谈,收集意见{m}条,已逐条回复。",
)
PROBLEMS = (
    "存在的不足:一是个别科室对公开范围的把握还不够准;二是解读材料以文字为主,形式偏单一。下一步将编印案例手册,并为每份重要文件配上图解。",
    "一年来的工作仍有短板,栏目更新不均衡,基层人员流动快。今后将固定联络员,半年开展一次交叉检查,把问题清单公布在网站上。",
    "主要问题是申请答复的文书说理不足、与信访事项的区分不够清楚。改进办法是请法律顾问提前介入,统一常见情形的答复口径。",
)
OTHERS = (
    "本年度没有收取信息处理费。",
    "{year}年未向申请人收取政府信息公开信息处理费,也没有其他需要报告的事项。",
    "无其他需要报告的事项。",
)


def random_prose(truth: Truth, rng: Random) -> tuple[tuple[str, ...], dict[int, tuple[str, ...]]]:
    """Return the opening and the prose sections of a report, figures agreeing with its tables."""

    def take(pool: tuple[str, ...]) -> str:
        counts = {"{n}": str(rng.randint(60, 9000)), "{m}": str(rng.randint(1, 40))}
        text = rng.choice(pool)
        for place, count in counts.items():
            text = text.replace(place, count)
        return fill(text, truth)

    first = (
        take(DISCLOSURE),
        take(APPLICATIONS) + take(DISPUTES),
        take(MANAGEMENT),
        take(PLATFORM),
        take(OVERSIGHT),
    )
    return (take(OPENINGS),), {1: first, 5: (take(PROBLEMS),), 6: (take(OTHERS),)}
