"""Find the title of a report and read its wording: who, and which year.

Owns the many forms of "…年政府信息公开工作年度报告": the year before, behind or inside, Simplified or
Traditional, on one line or on three, in a breadcrumb, among advertising words. Refuses a year that is not
four whole digits (or four Chinese numerals) and a title that says two years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govinfo_pipeline.issuers import resolve
from govinfo_pipeline.report import Issuer
from govinfo_pipeline.script import han_number, width

Lines = Sequence[tuple[int, str]]

_LONGEST = 90  # characters of a title, without blanks
_BLANK = re.compile(r"\s+")
_HAN_YEAR = "[二贰][〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{2}"
YEAR = re.compile(
    rf"(?<![\d〔\[第])(?P<digits>20\d\d)(?!\d|[年.-]?\d{{1,2}}月)(?:年度|年)?|(?P<han>{_HAN_YEAR})(?:年度|年)"
)
# A run of digits where a year would stand, one of them lost, doubled or a letter.
DAMAGED = re.compile(
    r"2(?<![\dA-Za-z]2)(?:(?:\d{4,5}|\d\d|[\dOoIl]{0,2}[OoIl][\dOoIl]{0,2})年|0\d{3,}号|0\d{3,4}(?=月|政府|信息|$)|0\d{3,6}日)"
)
# How every title ends. 公开 is the one word that all of them have; the rest may stand in any order.
CORE = re.compile(
    rf"公[开開](?:工作|情[况況]|[()]|(?:20\d\d|{_HAN_YEAR})(?:年|$)?|年度|年|的)*"
    r"(?:[报報]告[书書]?|年[报報]|[总總][结結])"
    r"(?!格式|模[板版]|制度|[编編][制製]|的|有[关關]|目[录錄]|[专專][栏欄]|[栏欄]目|工作|事[项項]|[统統][计計]|填[报報]|[说說]明)"
)
# What stands before 公开, read from the right, one of each row at most; without any it is another publication.
_SUBJECTS = (
    ("主动", "主動", "依申请", "依申請"),
    ("政务", "政務"),
    ("与", "和", "及", "、", "與"),
    ("信息", "资讯", "資訊", "訊息"),
    ("政府", "政务", "政務", "行政机关", "行政機關"),
)
_NO_TITLE = re.compile(
    r"[,，。;；]|根[据據]|按照|依照|做好|[报報]送|要求|[办辦]法|[条條]例|[上下]一?[篇条條]|相[关關]|"
    r"[针針][对對]|[对對]照|[上去往历歷]一?年"
)
_NO_TITLE_BEGINS = frozenset(",，。;；根按依做报報要办辦法条條上下一相针針对對照去往历歷")
_LABEL = re.compile(r"^.*(?:[标標]\s*[题題]|名\s*[称稱]|[题題]\s*名)\s*[:：]\s*")
_NEXT_LABEL = re.compile(r"\s+[\u3400-\u9fff]{2,6}\s*[:：].*", re.DOTALL)
_CRUMB = re.compile(r"[>»›→|_＞/]|\s[-—–]+\s|(?<!\d)[-—–]+(?!\d)")
_PART = re.compile(r"[^,，。;；:：>＞»|]{2,40}")
_ENDING = re.compile("[告报報结結]")


class Heading(NamedTuple):
    """What a title or an opening phrase says; ``unread`` are words of it that name nothing."""

    issuer: Issuer | None
    years: tuple[int, ...]
    unread: str = ""
    damaged: str = ""

    @property
    def year(self) -> int | None:
        """The year, if it is one."""
        return self.years[0] if len(self.years) == 1 else None

    @property
    def score(self) -> int:
        """How much is told: 4 for an issuer whose kind is known, 2 for a year."""
        known = 0
        if self.issuer is not None:
            known = 4 if self.issuer.scope != "other" else 3 if self.issuer.region else 0
        return known + 2 * (len(self.years) == 1)


class Title(NamedTuple):
    """A title and the lines ``start:stop`` that it takes."""

    text: str
    start: int
    stop: int
    heading: Heading


def find_title(lines: Lines, stop: int, context: str = "") -> Title | None:
    """Return the fullest title on lines ``0:stop``; of equals the last, for menus stand above it.

    A title that says neither who nor when is none: menus have it too.

    >>> find_title([(1, "首页 > 公开年报"), (2, "贺兰县"), (3, "2022年政府信息公开工作"), (4, "年度报告")], 4)[:3]
    ('贺兰县2022年政府信息公开工作年度报告', 1, 4)
    """
    best: Title | None = None
    for index in range(stop):
        text = lines[index][1]
        if not _ENDING.search(text):
            continue
        for title in _titles_at(lines, index, stop, context):
            told = title.heading.score or title.heading.damaged
            if told and (best is None or _rank(title) >= _rank(best)):
                best = title
    return best


def _rank(title: Title) -> tuple[int, bool, bool]:
    return title.heading.score, not title.heading.unread, title.start + 1 == title.stop


def _titles_at(lines: Lines, index: int, stop: int, context: str) -> Iterator[Title]:
    printed = lines[index][1]
    if ":" in printed or "：" in printed:
        printed = _NEXT_LABEL.sub("", _LABEL.sub("", printed))
    printed = printed.strip()
    crumbs = [printed] if printed.isalnum() else [crumb.strip() for crumb in _CRUMB.split(printed)]
    headings = [(crumb, read_heading(crumb, context)) for crumb in crumbs]
    for crumb, heading in headings:
        if heading is not None:
            yield Title(crumb, index, index + 1, heading)
    alone = headings[0][1] if len(crumbs) == 1 else None
    if len(crumbs) == 1 and _PART.fullmatch(printed) and (alone is None or alone.score < 6):
        yield from _joined(lines, index, stop, alone, context)


def _joined(lines: Lines, index: int, stop: int, alone: Heading | None, context: str) -> Iterator[Title]:
    """Yield titles on several lines: issuer / 2022年政府信息公开工作 / 年度报告 / (2022年度), where it tells more."""
    before = _neighbours(lines, range(index - 1, -1, -1))
    behind = _neighbours(lines, range(index + 1, min(stop + 1, len(lines))))[:1]
    behind = [(at, text) for at, text in behind if YEAR.fullmatch(width(text).strip("() "))]
    told = alone.score if alone else 0
    for count in range(len(before) + 1):
        for tail in ([], behind) if behind else ([],):
            parts = [*reversed(before[:count]), (index, lines[index][1].strip()), *tail]
            text = "".join(part for _, part in parts)
            heading = read_heading(text, context) if len(parts) > 1 else None
            if heading is not None and heading.score > told:
                told = heading.score
                yield Title(text, parts[0][0], parts[-1][0] + 1, heading)


def _neighbours(lines: Lines, indices: range) -> list[tuple[int, str]]:
    """Return up to two lines, nearest first, that may be parts of a title; blank lines are passed over."""
    found: list[tuple[int, str]] = []
    for at in indices[:6]:
        text = lines[at][1].strip()
        if text and (len(found) == 2 or not _PART.fullmatch(text)):
            break
        if text:
            found.append((at, text))
    return found


def read_heading(printed: str, context: str = "") -> Heading | None:
    """Return what a title says, or None where the text is no title of such a report.

    >>> read_heading("二〇二二年度嘉兴市人民政府办公室政府信息公开工作年度报告").years
    (2022,)
    >>> read_heading("政府信息公开指南") is None
    True
    """
    text = _BLANK.sub("", width(printed))
    cores = list(CORE.finditer(text)) if len(text) <= _LONGEST else []
    if not cores:
        return None
    core = cores[-1]
    head = _head(text[: core.start()])
    if head is None or (not _NO_TITLE_BEGINS.isdisjoint(head) and _NO_TITLE.search(head)):
        return None
    spans = find_years(head)
    years = {span[0]: None for span in (*spans, *find_years(core[0]))}
    if not years:
        years = {span[0]: None for span in find_years(text[core.end() :][:12]) if span[1] <= 1}
    damaged = DAMAGED.search(text[: core.end() + 12]) if not years else None
    if damaged:
        head = DAMAGED.sub("", head)
    issuer, unread = _issuer(head, spans, next(iter(years)) if len(years) == 1 else None, context)
    return Heading(issuer, tuple(years), unread, damaged[0] if damaged else "")


def _head(text: str) -> str | None:
    """Return what stands before 政府信息公开, or None where it is not about that."""
    head = text
    for words in _SUBJECTS:
        if head.endswith(words):
            head = head[: -next(len(word) for word in words if head.endswith(word))]
    if head == text:
        return None
    # 贺兰县人民政府信息公开: one 政府 stands for two
    return head + "政府" if head.endswith("人民") else head


def find_years(text: str) -> list[tuple[int, int, int]]:
    """Return every whole year in a text without blanks, with its start and end.

    >>> find_years("2022年度"), find_years("二○二二年"), find_years("〔2021〕30号2021年11月20223年")
    ([(2022, 0, 6)], [(2022, 0, 5)], [])
    """
    found = []
    for match in YEAR.finditer(text) if "2" in text or "二" in text or "贰" in text else ():
        digits = match["digits"]
        year = int(digits) if digits else han_number(match["han"].translate(_HAN_ZERO))
        if year is not None:
            found.append((year, match.start(), match.end()))
    return found


_HAN_ZERO = str.maketrans(dict.fromkeys("OＯ0○", "〇") | {"贰": "二"})


def _issuer(
    head: str, spans: list[tuple[int, int, int]], year: int | None, context: str
) -> tuple[Issuer | None, str]:
    """Return the issuer that the words before the core name, and the words that name nothing."""
    outer, quote, inner = head.rpartition("《")
    if not quote:
        return _issuer_in(head, spans, year, context)
    for words in (inner, outer):
        issuer, unread = _issuer_in(words, find_years(words), year, context)
        if issuer is not None:
            return issuer, unread
    return None, ""


def _issuer_in(
    words: str, spans: list[tuple[int, int, int]], year: int | None, context: str
) -> tuple[Issuer | None, str]:
    """Try the words without the years as one name, then what stands on either side of the years."""
    pieces, last = [], 0
    for _, start, stop in spans:
        pieces.append(words[last:start])
        last = stop
    pieces.append(words[last:])
    whole = "".join(pieces)
    best: Issuer | None = None
    for piece in dict.fromkeys((whole, *pieces)):
        issuer = resolve(piece, year, context) if piece else None
        if issuer and _is_name(issuer) and (best is None or _certainty(issuer) > _certainty(best)):
            best = issuer
            if best.region and best.scope != "other":
                break
    if best is None or best.printed == whole:
        return best, ""
    return best, _UNREAD.sub("", _BLANK.sub("", whole).replace(best.printed, "", 1))


_UNREAD = re.compile(r"[^\w]|_|[关關][于於]|印[发發]|[发發公][布佈]|[现現][将將]?|[无無]|本[级級]|年度|年")


# A publisher of no known place or kind is believed where its name ends like an organisation's.
_NAMED = re.compile(
    r".{2,}(?:[区院校学馆站所处队会社园场室办局厅部委署府师兵团岛行]|中心|公司|集团|基地|医院)"
)


# What a publisher calls itself names nobody: 本级, 我旗, 本镇人民政府.
_SELF = re.compile(
    r"(?:本|我|该)(?:级|地区|街道|单位|部门|机关|[省市县区旗州盟镇乡局办厅委院])"
    r"(?:(?:人民)?政府|办事处)?(?:办公[室厅]|办|机关)?"
)


def _is_name(issuer: Issuer) -> bool:
    if issuer.region is None and _SELF.fullmatch(issuer.name):
        return False
    known = issuer.region is not None or issuer.scope != "other"
    return bool(issuer.name) and (known or _NAMED.fullmatch(issuer.name) is not None)


def _certainty(issuer: Issuer) -> tuple[bool, bool, int]:
    return issuer.region is not None, issuer.scope != "other", len(issuer.printed)
