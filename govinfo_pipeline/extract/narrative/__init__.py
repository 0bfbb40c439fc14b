"""Prose -> claims: every figure about the forms that a report states in words, with the cells it speaks of.

Owns which sentences are read at all. Reads, never judges: `verify.narrative` does. Precision comes first: what
could be about something else makes no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govinfo_pipeline.extract.narrative.claim import Claim, Scope
from govinfo_pipeline.extract.narrative.context import Context
from govinfo_pipeline.extract.narrative.grammar import SentenceReader
from govinfo_pipeline.extract.narrative.heading import APPLICATION, nothing_of, section_below
from govinfo_pipeline.extract.narrative.token import Token, tokens_of
from govinfo_pipeline.script import simplify

__all__ = ["Claim", "Scope", "read_claims"]

_CLAIMING = frozenset(("not", "none", "all", "level"))  # marks that make claims without a figure
_SENTENCE = re.compile(r"[^。!?！？\n]+[。!?！？]*")

# Words without which a sentence cannot make a claim, in every script that they were seen in.
_TRIGGERS = (
    *(
        "申[请請]",
        "[复復複覆][议議]",
        "[诉訴][讼訟]",
        "[爭争][议議]",
        "受理",
        "收到",
        "收[办辦]",
        "收件",
        "新收",
        "接收",
        "接到",
        "其他[处處]理",
        "逾期[不未]",
        "[办辦][结結]",
        "答[复復覆]",
    ),
    *(
        "[结結][转轉]",
        "予公[开開]",
        "予以公[开開]",
        "部分公[开開]",
        "[无無]法提供",
        "不予",
        "自然人",
        "法人",
        "公民",
    ),
    *(
        "商[业業]企",
        "科研[机機]",
        "法律服",
        "[维維]持",
        "[纠糾]正",
        "[规規][范範]性",
        "[规規]章",
        "行政[许許]可",
    ),
    *("行政[处處][罚罰]", "行政[强強]制", "事[业業]性收[费費]", "[处處]理[费費]", "集中[采採][购購]"),
    *("同比", "[较較比]上年", "[较較比]去年"),
)


def _any_of(triggers: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of all, with their first characters in front: the search then skips what cannot begin one."""
    firsts = [
        trigger[: trigger.index("]") + 1] if trigger[0] == "[" else f"[{trigger[0]}]" for trigger in triggers
    ]
    starts = "".join(sorted({char for first in firsts for char in first[1:-1]}))
    rests = [
        trigger[len(first) if trigger[0] == "[" else 1 :]
        for trigger, first in zip(triggers, firsts, strict=True)
    ]
    return re.compile(f"[{starts}](?:{'|'.join(f'(?<={f}){r}' for f, r in zip(firsts, rests, strict=True))})")


_TRIGGER = _any_of(_TRIGGERS)
_REASON = re.compile(  # what triggers only where applications are spoken of: 属于行政查询事项 6 件
    "行政查[询詢]|禁止公[开開]|[内內]部事[务務]|[过過]程性|[执執]法案卷|[国國]家秘密|第三方|不掌握|信息不存在|[现現]成信息|不明[确確]"
)
_QUANTITY = re.compile(
    "[0-9０-９零〇未没沒无無均]|不存在|[全][部為为]|百分之|[一二三四五六七八九十百千两兩余餘万萬][件份宗起条條例个個部元]|[结結]果|[维維]持"
)
_PART = re.compile("(?:[这這])?其中")
_RUN_TOGETHER = re.compile(r"[0-9０-９](?:20|２０)[0-9０-９]{2}年")  # 不予处理32024年
_COMMAS = ",，;；"
_DISCLOSURE = re.compile("信息公[开開]|申[请請]公[开開]|公[开開]申[请請]|政[务務]公[开開]")
# 公文主动公开 98 件、依申请公开 12 件、不予公开 50 件: documents sorted by how they may be disclosed.
_ATTRIBUTES = re.compile(
    r"公文|属性|主[动動]公[开開]类|属[于於]?(?:主[动動]|依申[请請]|不予)公[开開]"
    r"|主[动動]公[开開](?:政府)?(?:文件|信息)?(?:[数數]量?)?\s*\d+\s*[条條件份][,，、;；](?:其中|作[为為])?"
    r"依申[请請]公[开開](?:政府)?(?:文件|信息)?(?:[数數]量?)?\s*\d"
    r"|作[为為]依申[请請]公[开開](?:政府)?(?:信息|文件)"
)
# No sentence is as long: a table on one line, whose figures nothing parts. It is not read.
_LONGEST_SENTENCE = 3_000
_OTHER_FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十百千]\s*[余多餘]?[万萬]?[余多餘]?\s*[件条條份宗]")


def read_claims(prose: Sequence[tuple[int, str]], year: int | None) -> list[Claim]:
    """Return the claims of a report's prose, in order.

    Args:
        prose: (line, paragraph as printed) of everything outside the tables.
        year: the report year, or None; decides which form's cells are meant, and which years are other years.

    >>> claim, = read_claims([(7, "2022年，共收到政府信息公开申请58件。")], 2022)
    >>> claim.value, claim.unit, claim.about
    (58, '件', ('applications.new_received.total',))
    """
    claims: list[Claim] = []
    section, above = Context(year), ""
    for line, paragraph in prose:
        section = section_below(paragraph, section)
        nothing = nothing_of(paragraph, above, section, line)
        if nothing:
            claims += nothing
        elif _may_claim(paragraph, section):
            context = Context(year, section.domain, about=section.about, disclosure=section.disclosure)
            claims += _read_paragraph(context, paragraph, line)
        above = paragraph
    return claims


def _may_claim(text: str, context: Context) -> bool:
    return bool(_TRIGGER.search(text)) or (context.about and bool(_REASON.search(text)))


def _read_paragraph(context: Context, paragraph: str, line: int) -> Iterator[Claim]:
    in_section = context.disclosure
    told: bool | None = None  # whether the sentence before made claims; None: there is none
    for match in _SENTENCE.finditer(paragraph):
        if match.end() - match.start() > _LONGEST_SENTENCE:
            context.domain, told = "", False
            continue
        sentence = _before_run_together(match[0].strip().rstrip(".．"))
        part = _PART.match(sentence) is not None
        if part and told is False:
            continue  # 审核信息 1268 条。其中予以公开 1250 条
        applications = APPLICATION.search(sentence) is not None
        if applications:
            context.about = True
        context.named = applications
        context.disclosure = (
            in_section or context.domain in ("applications", "disputes") or bool(_DISCLOSURE.search(sentence))
        )
        told = told and part
        if not (part or _may_claim(sentence, context)) or _QUANTITY.search(sentence) is None:
            if _OTHER_FIGURE.search(sentence):
                context.domain, told = "", False
            elif applications:
                context.domain = "applications"
            continue
        _begin_sentence(context, goes_on=bool(told))
        context.attributes = _ATTRIBUTES.search(sentence) is not None
        folded = simplify(sentence)
        tokens = tokens_of(folded)
        if any(token.kind == "number" or _claims(token) for token in tokens):
            claims = SentenceReader(context, sentence, folded, line).read(tokens)
            told = bool(claims)
            yield from claims
        elif applications:
            context.domain = "applications"


def _before_run_together(sentence: str) -> str:
    """Return the clauses before a year that runs together with another figure: behind it stops are lost."""
    match = _RUN_TOGETHER.search(sentence)
    if match is None:
        return sentence
    return sentence[: max(sentence.rfind(comma, 0, match.start()) for comma in _COMMAS) + 1]


def _claims(token: Token) -> bool:
    return token.text == "不存在" or (token.concept is not None and token.concept.id in _CLAIMING)


def _begin_sentence(context: Context, *, goes_on: bool) -> None:
    if context.vague or (context.elsewhen and not context.listed):
        context.domain = ""
    context.elsewhen = context.than = context.strayed = context.dated = False
    context.vague = context.strange = context.withdrawn = False
    context.topic = context.domain == "applications" and context.part == "column"  # 自然人 40 件。企业 5 件。
    context.scopes = ()
    if goes_on:
        return  # 被申请行政复议 5 件。其中维持 3 件
    context.listed, context.other_cause = 0, False
    context.results, context.decision = set(), []
    context.part = context.document = ""
    context.act = None
    context.case = ()
