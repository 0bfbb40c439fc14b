"""Read what a report says it is: its title, its issuer, its year, and every other statement of them.

Owns the statistical period, the opening sentence, the dates around a report, and what is taken from where:
issuer and year come from the title, else the year from the period, else both from the opening sentence.
Refuses a year that damaged digits leave (20241月1日, 〔202130号, 2O22年): a note says so. Whether the statements
agree is for the rules to judge.
"""

from __future__ import annotations

import re

from govinfo_pipeline.extract.heading import (
    CORE,
    DAMAGED,
    Heading,
    Lines,
    Title,
    find_title,
    find_years,
    read_heading,
)
from govinfo_pipeline.extract.speaker import other_speaker
from govinfo_pipeline.issuers import meanings, resolve
from govinfo_pipeline.report import Issuer, Masthead, Note
from govinfo_pipeline.script import width

SEPARATOR = "\x1e"  # stands between joined lines: blank to a pattern, and in no document

_HEAD_LINES = 400
_OPENING = 1500  # characters behind the title in which the opening sentence and the period are looked for
_FIRST_SECTION = re.compile(rf"{SEPARATOR}\s*[一1]\s*[、.．]")
_FIFTH_SECTION = re.compile(rf"{SEPARATOR}\s*五\s*[、.．]")
_SECTION = re.compile(r"\s*[一1]\s*[、.．]\s*(?:[总總][体體]|概[述况況]|基本|主[动動]|年度|工作)")

_PERIOD = re.compile(
    r"20(\d\d)\s*年\s*0?1\s*月\s*(?:0?1\s*日)?\s*(?:起|[开開]始)?\s*[至到~～—–―\-－,，]+\s*"
    r"(?:20(\d\d)\s*年|[当當]年|同年|本年)?\s*12\s*月\s*(?:31\s*日)?"
)
_HAN_DIGIT = "[〇○零OＯ一二三四五六七八九]"
_PERIOD_RARE = re.compile(
    r"(20\d\d)[./-]0?1[./-]0?1[至到~—–―-]+(20\d\d)[./-]12[./-]31"
    r"|(20\d\d)年0?1月0?1日起?[至到~—–―,-]+(20\d\d)?年?12月31日"
    rf"|(二{_HAN_DIGIT}{{3}}年)一月一日起?[至到~—–―,-]+(二{_HAN_DIGIT}{{3}}年)?十二月三十一日"
)
_PERIOD_WORDS = re.compile(r"[统統][计計]|期限|[数數][据據]|所列")

_OPENING_BREAKS = frozenset(',，。;；:：〈“"(（、' + SEPARATOR)
_OPENING_VERBS = re.compile(
    r"^.*(?:公[布佈]|[发發]布|[编編][制製写寫]|形成|制[作定]|[现現][将將就]?|向社[会會])"
)

_BODY_YEAR = re.compile(r"20\d\d年(?!\s?\d)")
_BLANKS = frozenset(" \t\u3000\xa0")
_SENTENCE_BREAKS = "。;；:：" + SEPARATOR
_NOT_YET = re.compile(r"[将將]|下一步|[计計][划劃]")

_CARD = re.compile(
    r"(?:[发發]文|[发發]布|公[开開])(?:[机機][关關構构]|[单單]位|主[体體])\s*[:：]?\s*([^\s:：|]{2,40})"
)
_CARD_DATE = re.compile(r"(?:日期|[时時][间間])\s*[:：]?\s*(20\d\d)\s*[年./-]\s*\d{1,2}(?!\d)")
_SIGNED = re.compile(r"(20\d\d)\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_PATH_YEAR = re.compile(r"(?<!\d)(20\d\d)年")


class _Page:
    """The lines as one text, with the way back from a position to its line."""

    def __init__(self, lines: Lines, path: str) -> None:
        self.lines = lines
        self.path = path
        self.text = SEPARATOR.join([text for _, text in lines])
        self.behind_title = self.opening_end = self.body = 0

    def set_title(self, title: Title | None) -> None:
        """Mark where the title ends, and then the opening: at section one, where there is one."""
        if title:
            self.behind_title = sum(len(text) + 1 for _, text in self.lines[: title.stop])
        section = _FIRST_SECTION.search(self.text, max(self.behind_title - 1, 0))
        limit = self.behind_title + _OPENING
        self.body = max(section.start(), self.behind_title) if section else self.behind_title
        self.opening_end = min(self.body, limit) if section else limit

    def index(self, position: int) -> int:
        return self.text.count(SEPARATOR, 0, position)

    def line(self, position: int) -> int:
        return self.lines[self.index(position)][0]

    def sentence(self, position: int) -> str:
        start = max(self.text.rfind("。", 0, position), self.text.rfind(SEPARATOR, 0, position)) + 1
        ends = [at for char in "。" + SEPARATOR if (at := self.text.find(char, position)) >= 0]
        return self.text[start : min(ends, default=len(self.text))].strip()[:160]


def read_masthead(lines: Lines, path: str = "") -> Masthead:
    """Return what the prose (line number, printed text) says the report is; ``path`` is where it was found.

    ``Masthead.years`` has every title, period and opening statement; of the body the year that most of its
    sentences begin with, where that is clear; dates of publication and years (2022年) in the path.

    >>> m = read_masthead([(1, "贺兰县2022年政府信息公开工作年度报告"), (2, "一、总体情况")])
    >>> m.year, m.issuer.region_code, m.issuer.scope, m.title_line
    (2022, '640122', 'government', 1)
    """
    masthead = Masthead()
    page = _Page(lines, path)
    stop = _body_start(lines)
    title = find_title(lines, stop, page.text)
    page.set_title(title)
    if title:
        masthead.title, masthead.title_line = title.text, lines[title.start][0]
        masthead.years = [("title", y, masthead.title_line, title.text) for y in title.heading.years]
    masthead.years += _period(page)
    opening = _opening(page)
    if opening:
        masthead.years += [("opening", y, opening[1], opening[2]) for y in opening[0].years]
    masthead.year = _year(masthead)
    masthead.years += _body_years(page, masthead.year)
    masthead.years += _dates(lines, stop, path)
    _settle_issuer(masthead, page, title, opening, stop)
    masthead.notes = [*_year_notes(masthead, page, title), *masthead.notes]
    return masthead


def _body_start(lines: Lines) -> int:
    """Return the index of the first line of the report's own text: its opening sentence or first heading."""
    for index, (_, text) in enumerate(lines[:_HEAD_LINES]):
        if len(text) > 40:
            if "公" in text and ("," in text or "，" in text or "。" in text):
                return index
        elif _SECTION.match(text):
            return index
    return min(len(lines), _HEAD_LINES)


# -- years -------------------------------------------------------------------------------------------------

_Statement = tuple[str, int, int | None, str]


def _period(page: _Page) -> list[_Statement]:
    """Return the years of the statistical period: two where it does not begin and end in the same.

    Behind the opening only a period that calls itself one counts; others are spans of something else.
    """
    for december in ("12月", "12 月"):
        end = page.text.find(december, page.behind_title)
        while end >= 0:
            first = max(end - 32, page.behind_title)
            match = _PERIOD.search(page.text, first, end + 12)
            in_place = end < page.opening_end or _PERIOD_WORDS.search(page.text, first - 40, end)
            if match and in_place:
                found = dict.fromkeys(2000 + int(digits) for digits in match.groups() if digits)
                at = match.start()
                return [("period", year, page.line(at), page.sentence(at)) for year in found]
            end = page.text.find(december, end + 1)
    return _period_rarely_worded(page)


def _period_rarely_worded(page: _Page) -> list[_Statement]:
    """Look for a period in full-width digits, Chinese numerals or 2022.1.1-2022.12.31, in the opening only."""
    for line, text in page.lines[page.index(page.behind_title) : page.index(page.opening_end) + 1]:
        folded = "".join(width(text).split())
        match = _PERIOD_RARE.search(folded)
        if match:
            said = [group if group.endswith("年") else group + "年" for group in match.groups() if group]
            found = dict.fromkeys(year for part in said for year, _, _ in find_years(part))
            return [("period", year, line, text.strip()[:160]) for year in found]
    return []


def _opening(page: _Page) -> tuple[Heading, int, str] | None:
    """Return what the opening sentence calls the report, its line and the sentence."""
    text = page.text
    for match in CORE.finditer(text, page.behind_title, page.opening_end):
        start = match.start()
        while start > page.behind_title and text[start - 1] not in _OPENING_BREAKS:
            start -= 1
        words = text[start : match.end()]
        verb = _OPENING_VERBS.match(words[: match.start() - start])
        heading = read_heading(words[verb.end() :] if verb else words, text)
        if heading is not None and heading.score:
            return heading, page.line(start), page.sentence(start)
    return None


def _body_years(page: _Page, year: int | None) -> list[_Statement]:
    """Return the year that most dated sentences of sections one to four begin with, where it is clear.

    One sentence that names another year than the report's is no statement: it may look back.
    """
    fifth = _FIFTH_SECTION.search(page.text, page.body)
    stop = fifth.start() if fifth else len(page.text)
    found: dict[int, list[int]] = {}
    for match in _BODY_YEAR.finditer(page.text, page.body, stop):
        at, said = match.start(), int(match[0][:4])
        if _begins_sentence(page.text, at) and (said == year or not _NOT_YET.search(page.text, at, at + 60)):
            found.setdefault(said, []).append(at)
    if not found:
        return []
    most = max(found, key=lambda y: len(found[y]))
    times = len(found[most])
    if 2 * times <= sum(map(len, found.values())) or (most != year and times < 2):
        return []
    at = found[most][0]
    return [("body", most, page.line(at), page.sentence(at))]


def _begins_sentence(text: str, at: int) -> bool:
    while at and text[at - 1] in _BLANKS:
        at -= 1
    return not at or text[at - 1] in _SENTENCE_BREAKS


def _dates(lines: Lines, stop: int, path: str) -> list[_Statement]:
    """Return the years of publication that index cards, the signature and the path name."""
    found: list[_Statement] = []
    for line, text in lines[:stop]:
        match = (
            _CARD_DATE.search(text)
            if "20" in text and ("期" in text or "间" in text or "間" in text)
            else None
        )
        if match:
            found.append(("date", int(match[1]), line, text.strip()))
    for line, text in lines[stop:][-2:]:
        match = _SIGNED.fullmatch(text.strip()) if "日" in text[-3:] else None
        if match:
            found.append(("date", int(match[1]), line, text.strip()))
    found += [("path", int(year), None, path) for year in dict.fromkeys(_PATH_YEAR.findall(path))]
    return found


def _year(masthead: Masthead) -> int | None:
    """Return the year of the title, else of the period, else of the opening; never one of two."""
    for place in ("title", "period", "opening"):
        said = {year for where, year, _, _ in masthead.years if where == place}
        if len(said) == 1:
            return said.pop()
    return None


def _year_notes(masthead: Masthead, page: _Page, title: Title | None) -> list[Note]:
    notes = []
    if title is None:
        notes.append(Note("title_missing", "未找到标题行.", "no title line was found."))
    for place, zh, en in (("title", "标题", "the title"), ("period", "统计期限", "the statistical period")):
        said = [(year, line) for where, year, line, _ in masthead.years if where == place]
        if len(said) > 1:
            years = ", ".join(str(year) for year, _ in said)
            notes.append(
                Note(
                    f"{place}_two_years",
                    f"{zh}写有不止一个年度: {years}.",
                    f"{en} names more than one year: {years}.",
                    said[0][1],
                )
            )
    damaged = title.heading.damaged if title else ""
    if damaged:
        notes.append(_damaged_note(damaged, masthead.title_line))
    found = DAMAGED.finditer(page.text, page.behind_title, page.opening_end)
    return notes + [_damaged_note(match[0], page.line(match.start())) for match in found]


def _damaged_note(printed: str, line: int | None) -> Note:
    return Note(
        "year_damaged",
        f"“{printed}”数字残缺或多余, 不作为年度.",
        f"the digits of {printed!r} are damaged; no year is read from them.",
        line,
    )


# -- the issuer --------------------------------------------------------------------------------------------


def _settle_issuer(
    masthead: Masthead,
    page: _Page,
    title: Title | None,
    opening: tuple[Heading, int, str] | None,
    stop: int,
) -> None:
    issuer = title.heading.issuer if title else None
    if issuer is None and opening:
        issuer = opening[0].issuer
    elif issuer is not None and opening and opening[0].issuer is not None:
        _compare(masthead, issuer, opening)
    if issuer is None:
        issuer = _issuer_on_card(masthead, page, stop)
    if issuer is None:
        return
    if issuer.region and issuer.region_code is None and masthead.year is not None:
        issuer = resolve(issuer.printed, masthead.year, f"{page.path}\n{page.text}")
    masthead.issuer = issuer
    masthead.notes += _issuer_notes(masthead, title)
    own = meanings(issuer.printed, masthead.year)
    body = page.lines[page.index(page.body + 1) :]
    speaker = other_speaker(body, issuer, own, masthead.year)
    if speaker and speaker.name not in {name for _, name, *_ in masthead.other_issuers}:
        masthead.other_issuers.append(("body", *speaker))


def _compare(masthead: Masthead, issuer: Issuer, opening: tuple[Heading, int, str]) -> None:
    """Say where the opening sentence names another publisher than the title does."""
    heading, line, quote = opening
    said = heading.issuer
    if said is None or issuer.region is None or said.region is None:
        return
    own = meanings(issuer.printed, masthead.year)
    other = meanings(said.printed, masthead.year)
    same = {region.place for region in own} & {region.place for region in other}
    within = any(a.contains(b) or b.contains(a) for a in own for b in other)
    if not same and not within:
        masthead.other_issuers.append(("opening", said.region, said.region_code, line, quote, 1))
    elif not same or said.scope != issuer.scope:
        masthead.notes.append(
            Note(
                "opening_scope",
                f"标题的机关是{issuer.printed}, 开头写作{said.printed}.",
                f"the title's issuer is {issuer.name}, the opening sentence says {said.name}.",
                line,
            )
        )


def _issuer_on_card(masthead: Masthead, page: _Page, stop: int) -> Issuer | None:
    """Return the publisher that the page's index card names, with a note."""
    for line, text in page.lines[:stop]:
        match = _CARD.search(text)
        issuer = resolve(match[1], masthead.year, page.text) if match else None
        if issuer and (issuer.region or issuer.scope != "other"):
            masthead.notes.append(
                Note(
                    "issuer_from_card",
                    f"标题和开头没有写明机关, 取自信息卡片: {issuer.printed}.",
                    f"neither title nor opening names the issuer; the index card says {issuer.name}.",
                    line,
                )
            )
            return issuer
    return None


def _issuer_notes(masthead: Masthead, title: Title | None) -> list[Note]:
    issuer, line = masthead.issuer, masthead.title_line
    notes = []
    if title and title.heading.unread:
        words = title.heading.unread
        notes.append(
            Note(
                "title_words",
                f"标题中的“{words}”不属于机关名称, 未采用.",
                f"words of the title that name nothing: {words}.",
                line,
            )
        )
    if issuer and issuer.region and issuer.region_code is None:
        places = [" ".join(reversed(r.parents)) for r in meanings(issuer.printed, masthead.year)]
        notes.append(
            Note(
                "region_ambiguous",
                f"{issuer.region}有同名地区({'、'.join(dict.fromkeys(places))}), 文中未写明上级, 不定区划代码.",
                f"several places are called {issuer.region} and the report does not name the parent: no region code.",
                line,
            )
        )
    elif issuer and issuer.region is None and issuer.level != "state":
        notes.append(
            Note(
                "region_unknown",
                f"“{issuer.printed}”中没有可辨认的行政区划全称, 不定区划代码.",
                f"no region of the register in {issuer.name!r}: no region code.",
                line,
            )
        )
    return notes
