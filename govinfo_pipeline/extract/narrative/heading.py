"""What a heading says of the paragraphs below it, and what a bare 无 below it denies. Reads no sentence."""

from __future__ import annotations

import re

from govinfo_pipeline.extract.narrative import meaning
from govinfo_pipeline.extract.narrative.claim import Cells, Claim
from govinfo_pipeline.extract.narrative.context import Context
from govinfo_pipeline.script import simplify

APPLICATION = re.compile("申[请請]公[开開]|公[开開]申[请請]|信息公[开開].{0,8}申[请請]")
_NUMBERED = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+[章节部]|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|(?P<digits>\d{1,2}[.、．]))"
)
_HEADING = re.compile(r"[^。:：,，;；!！\n]{1,45}")
_TITLE = re.compile(r"[^\d,，。:：;；!！|\n]{2,20}(?:情[况況]|工作|[办辦]理)")  # a heading without a number
_DISPUTE = re.compile("[复復複覆][议議]|[诉訴][讼訟]")

# Headings under which 无 says that there was none at all: the whole heading, and nothing but these words.
_NOTHING = re.compile(r"(?:(?P<heading>[^。:：,，;；!！\n]{2,45})[。:：]\s*)?(?:无|没有)[。.]?")
_RECEIVED = re.compile(
    r"(?:收到(?:和|及|、)?(?:处理)?)?(?:政府|政务)?(?:信息)?(?:依申请公开|公开申请|申请公开)(?:政府|政务)?(?:信息)?"
    r"(?:收到|受理|处理|办理|答复|和|及|、|的)*(?:工作)?(?:情况)?"
)
_DISPUTED = re.compile(
    r"(?:因)?(?:政府|政务)?(?:信息)?(?:公开)?(?:工作)?(?:引起的?|引发的?)?"
    r"(?P<review>(?:被)?(?:申请|提起)?(?:行政)?复议)?(?:和|及|、|或|与)?(?P<suit>(?:被)?(?:提起)?(?:行政)?诉讼)?的?(?:情况)?"
)


def section_below(paragraph: str, section: Context) -> Context:
    """Return what a heading, alone or at the head of its paragraph, says of what follows; else the old section."""
    numbered = _NUMBERED.match(paragraph)
    if not (numbered or _TITLE.fullmatch(paragraph.strip())):
        return section
    below = _section(paragraph, section.year)
    return below if below.disclosure or not (numbered and numbered["digits"]) else section


def _section(paragraph: str, year: int | None) -> Context:
    heading = _HEADING.match(paragraph)
    text = heading[0] if heading else ""
    applications = APPLICATION.search(text) is not None
    disputes = _DISPUTE.search(text) is not None
    domain = "applications" if applications and not disputes else ""
    return Context(year, domain, about=applications, disclosure=applications or disputes)


def nothing_of(paragraph: str, above: str, section: Context, line: int) -> list[Claim]:
    """Return the zeros of a paragraph that says 无 and no more, below or behind a heading of one subject."""
    if not section.disclosure or not (match := _NOTHING.fullmatch(paragraph.strip())):
        return []
    heading = simplify(_NUMBERED.sub("", match["heading"] or above, count=1).strip().rstrip("。:："))
    return [_zero(paragraph.strip(), line, cells) for cells in _cells_of(heading)]


def _cells_of(heading: str) -> list[Cells]:
    if _RECEIVED.fullmatch(heading):
        return [("applications.new_received.total",)]
    disputed = _DISPUTED.fullmatch(heading)
    if disputed is None:
        return []
    groups = {"review": "review", "suit": "direct_litigation+post_review_litigation"}
    return [meaning.disputes((reads,), ("total",))[0] for name, reads in groups.items() if disputed[name]]


def _zero(quote: str, line: int, cells: Cells) -> Claim:
    return Claim(quote, line, "count", 0, "件", cells, (cells,), text=quote.rstrip("。."))
