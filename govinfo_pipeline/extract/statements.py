"""Find every statement of a report's year: period, opening sentence, body, dates around it, path.

Owns the joined text of a report's prose and the way back from it to lines. What the statements are worth is
for `masthead` and the rules to say. A date (2021年11月26日), a document number (〔2021〕30号) and damaged digits
are no statements.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from govinfo_pipeline.extract.heading import CORE, Heading, Lines, Title, find_years, read_heading
from govinfo_pipeline.issuers import resolve
from govinfo_pipeline.report import Issuer
from govinfo_pipeline.script import width

SEPARATOR = "\x1e"  # stands between joined lines, and nowhere else: blank to a pattern

_HEAD_LINES = 400
_LONGEST_QUOTE = 160
_OPENING = 800  # characters behind the title that are taken for the opening where no section one follows
_FIRST_SECTION = re.compile(rf"{SEPARATOR}\s*一\s*[、.．]")
_FIFTH = f"{SEPARATOR}五、"
_FIFTH_SECTION = re.compile(rf"{SEPARATOR}\s*五\s*[、.．]")
_SECTION = re.compile(r"\s*一\s*[、.．]\s*\S")

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
    r"^.*(?:公[布佈]|[发發]布|[编編][制製写寫]|形成|制[作定]|[现現][将將就]?|向社[会會](?:公[开開])?|面向|[汇彙匯][总總])"
)

_BODY_YEAR = re.compile(r"20\d\d年(?!\s?\d)")
_BLANKS = frozenset(" \t\u3000\xa0")
_SENTENCE_BREAKS = "。;；:：" + SEPARATOR
_NOT_YET = re.compile(r"[将將]|下一步|[计計][划劃]")

_CARD_DATE = re.compile(r"(?:日期|[时時][间間])\s*[:：]?\s*(20\d\d)\s*[年./-]\s*\d{1,2}(?!\d)")
_SIGNED = re.compile(r"(20\d\d)\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_PATH_YEAR = re.compile(r"(?<!\d)(20\d\d)年")


Statement = tuple[str, int, int | None, str]


class Opening(NamedTuple):
    """What the opening sentence calls the report, and the sentence."""

    heading: Heading
    line: int
    quote: str


class Page:
    """The lines as one text, with the way back from a position to its line."""

    def __init__(self, lines: Lines, path: str) -> None:
        self.lines = lines
        self.path = path
        self.text = SEPARATOR.join([text for _, text in lines])
        if self.text.count(SEPARATOR) >= max(len(lines), 1):  # a line has one of its own
            self.text = SEPARATOR.join([text.replace(SEPARATOR, " ") for _, text in lines])
        self.behind_title = self.opening_end = self.body = 0

    def set_title(self, title: Title | None) -> None:
        """Mark where the title ends, and then the opening: at section one, where there is one."""
        if title:
            self.behind_title = len(SEPARATOR.join([text for _, text in self.lines[: title.stop]])) + 1
        section = _FIRST_SECTION.search(self.text, max(self.behind_title - 1, 0))
        limit = self.behind_title + _OPENING
        self.body = max(section.start(), self.behind_title) if section else self.behind_title
        self.opening_end = min(self.body, limit) if section else limit

    def index(self, position: int) -> int:
        """Return the index of the line that a position is on."""
        return self.text.count(SEPARATOR, 0, position)

    def line(self, position: int) -> int:
        """Return the number of the line that a position is on."""
        return self.lines[self.index(position)][0]

    def sentence(self, position: int) -> str:
        """Return the sentence around a position, no longer than a quote should be."""
        start = max(self.text.rfind("。", 0, position), self.text.rfind(SEPARATOR, 0, position)) + 1
        limit = position + _LONGEST_QUOTE
        ends = [at for char in "。" + SEPARATOR if (at := self.text.find(char, position, limit)) >= 0]
        return self.text[start : min(ends, default=limit)].strip()[:_LONGEST_QUOTE]


def body_start(lines: Lines) -> int:
    """Return the index of the first line of the report's own text: its opening sentence or first heading."""
    for index, (_, text) in enumerate(lines[:_HEAD_LINES]):
        if len(text) > 40:
            if "公" in text and ("," in text or "，" in text or "。" in text):
                return index
        elif "一" in text and _SECTION.match(text):
            return index
    return min(len(lines), _HEAD_LINES)


def find_period(page: Page) -> list[Statement]:
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


def _period_rarely_worded(page: Page) -> list[Statement]:
    """Look for a period in full-width digits, Chinese numerals or 2022.1.1-2022.12.31, in the opening only."""
    for line, text in page.lines[page.index(page.behind_title) : page.index(page.opening_end) + 1]:
        if not ("31" in text or "１" in text or "一" in text):
            continue  # no last day of December
        match = _PERIOD_RARE.search("".join(width(text).split()))
        if match:
            said = [group if group.endswith("年") else group + "年" for group in match.groups() if group]
            found = dict.fromkeys(year for part in said for year, _, _ in find_years(part))
            return [("period", year, line, text.strip()[:160]) for year in found]
    return []


def find_opening(page: Page) -> Opening | None:
    """Return what the opening sentence calls the report; an issuer of no known place or kind is not one."""
    text = page.text
    for match in CORE.finditer(text, page.behind_title, page.opening_end):
        start = _phrase_start(text, match.start(), page.behind_title)
        words = text[start : match.end()]
        verb = _OPENING_VERBS.match(words[: match.start() - start])
        heading = read_heading(words[verb.end() :] if verb else words, text)
        if heading is not None and heading.score:
            return Opening(heading, page.line(start), page.sentence(start))
    return None


def _phrase_start(text: str, position: int, limit: int) -> int:
    """Return where the phrase that ends at ``position`` begins; a bracket inside it is part of it."""
    inside = 0
    while position > limit:
        char = text[position - 1]
        if char in ")）":
            inside += 1
        elif char in "(（" and inside:
            inside -= 1
        elif char in _OPENING_BREAKS:
            break
        position -= 1
    return position


_COMPILED = re.compile(
    r"由([^,，。;；:：由]{3,30}?)(?:[组組][织織]|[负負][责責]|[牵牽][头頭])*(?:[编編][制製写寫]|[汇彙匯][总總])"
)


_NAMED = re.compile(
    rf"(?:{SEPARATOR}|年[,，])\s*([\u4e00-\u9fff]{{2,24}}?(?:人民政府(?:[办辦]公[厅室廳])?|委[员員][会會]|街道[办辦]事[处處]|局|[厅廳]))"
)


def find_compiler(page: Page, year: int | None) -> tuple[Issuer, int] | None:
    """Return who the opening says compiled the report (由…编制), and the line."""
    match = _COMPILED.search(page.text, page.behind_title, page.opening_end + _OPENING)
    issuer = resolve(match[1], year, page.text) if match else None
    if match is None or issuer is None or (issuer.region is None and issuer.scope == "other"):
        return None
    return issuer, page.line(match.start())


def find_named(page: Page, year: int | None) -> tuple[Issuer, int] | None:
    """Return the first organ of a known region that begins a line or a clause right behind the title, and the line."""
    for match in _NAMED.finditer(page.text, max(page.behind_title - 1, 0), page.opening_end + _OPENING):
        issuer = resolve(match[1], year, page.text)
        if issuer.region is not None and issuer.scope != "other":
            return issuer, page.line(match.start(1))
    return None


def find_body_years(page: Page, year: int | None) -> list[Statement]:
    """Return the year that most dated sentences of sections one to four begin with, where it is clear.

    One sentence that names another year than the report's is no statement: it may look back.
    """
    stop = page.text.find(_FIFTH, page.body)
    if stop < 0:
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


def find_dates(lines: Lines, stop: int, path: str) -> list[Statement]:
    """Return the years of publication that index cards, the signature and the path name."""
    found: list[Statement] = []
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
