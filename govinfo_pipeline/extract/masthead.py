"""Read what a report says it is: its title, its issuer, its year, and every other statement of them.

Owns the statistical period, the opening sentence, the dates around a report, and what is taken from where:
issuer and year come from the title, else the year from the period, else both from the opening sentence.
Refuses a year that damaged digits leave (20241月1日, 〔202130号, 2O22年): a note says so. Whether the statements
agree is for the rules to judge.
"""

from __future__ import annotations

import re

from govinfo_pipeline.extract.heading import DAMAGED, Lines, Title, find_title
from govinfo_pipeline.extract.speaker import other_speaker
from govinfo_pipeline.extract.statements import (
    Opening,
    Page,
    body_start,
    find_body_years,
    find_compiler,
    find_dates,
    find_named,
    find_opening,
    find_period,
)
from govinfo_pipeline.issuers import complete, meanings, resolve
from govinfo_pipeline.report import Issuer, Masthead, Note

_CARD = re.compile(
    r"(?:[发發]文|[发發]布|公[开開])(?:[机機][关關構构]|[单單]位|主[体體])\s*[:：]?\s*([^\s:：|]{2,40})"
)


def read_masthead(lines: Lines, path: str = "") -> Masthead:
    """Return what the prose (line number, printed text) says the report is; ``path`` is where it was found.

    ``Masthead.years`` has every title, period and opening statement; of the body the year that most of its
    sentences begin with, where that is clear; dates of publication and years (2022年) in the path.

    >>> m = read_masthead([(1, "贺兰县2022年政府信息公开工作年度报告"), (2, "一、总体情况")])
    >>> m.year, m.issuer.region_code, m.issuer.scope, m.title_line
    (2022, '640122', 'government', 1)
    """
    masthead = Masthead()
    page = Page(lines, path)
    stop = body_start(lines)
    title = find_title(lines, stop, page.text)
    page.set_title(title)
    if title:
        masthead.title, masthead.title_line = title.text, lines[title.start][0]
        masthead.years = [("title", y, masthead.title_line, title.text) for y in title.heading.years]
    masthead.years += find_period(page)
    opening = find_opening(page)
    if opening:
        masthead.years += [("opening", y, opening.line, opening.quote) for y in opening.heading.years]
    masthead.year = _year(masthead)
    masthead.years += find_body_years(page, masthead.year)
    masthead.years += find_dates(lines, stop, path)
    _settle_issuer(masthead, page, title, opening, stop)
    masthead.notes = [*_year_notes(masthead, page, title), *masthead.notes]
    return masthead


def _year(masthead: Masthead) -> int | None:
    """Return the year of the title, else of the period, else of the opening; never one of two."""
    for place in ("title", "period", "opening"):
        said = {year for where, year, _, _ in masthead.years if where == place}
        if len(said) == 1:
            return said.pop()
    return None


def _year_notes(masthead: Masthead, page: Page, title: Title | None) -> list[Note]:
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
    masthead: Masthead, page: Page, title: Title | None, opening: Opening | None, stop: int
) -> None:
    issuer = title.heading.issuer if title else None
    said = opening.heading.issuer if opening else None
    if issuer is not None and said is not None and opening is not None:
        _compare(masthead, issuer, said, opening)
    issuer = issuer or said or _compiler(masthead, page) or _issuer_on_card(masthead, page, stop)
    issuer = issuer or (_named(masthead, page) if title else None)
    if issuer is None:
        return
    if issuer.region_code is None and issuer.level != "state":
        issuer = _located(masthead, issuer, page)
    masthead.issuer = issuer
    masthead.notes += _issuer_notes(masthead, title)
    body = page.lines[page.index(page.body + 1) :]
    own = meanings(issuer.printed, masthead.year)
    speaker = other_speaker(body, issuer, own, masthead.year)
    if speaker and speaker.name not in {name for _, name, *_ in masthead.other_issuers}:
        masthead.other_issuers.append(("body", *speaker))


def _located(masthead: Masthead, issuer: Issuer, page: Page) -> Issuer:
    """Return the issuer with the region that the text tells, where its name alone does not."""
    if issuer.region:
        return resolve(issuer.printed, masthead.year, f"{page.path}\n{page.text}")
    found = complete(issuer, masthead.year, page.text)
    if found is None:
        return issuer
    masthead.notes.append(
        Note(
            "region_from_text",
            f"机关名称“{issuer.printed}”未写明行政区划, 依正文取{found.region}.",
            f"the name {issuer.name!r} has no region; the text names it with {found.region}.",
            masthead.title_line,
        )
    )
    return found


def _compare(masthead: Masthead, issuer: Issuer, said: Issuer, opening: Opening) -> None:
    """Say where the opening sentence names another publisher than the title does."""
    if issuer.region is None or said.region is None:
        return
    own = meanings(issuer.printed, masthead.year)
    other = meanings(said.printed, masthead.year)
    same = {region.place for region in own} & {region.place for region in other}
    within = any(a.contains(b) or b.contains(a) for a in own for b in other)
    if not same and not within:
        masthead.other_issuers.append(
            ("opening", said.region, said.region_code, opening.line, opening.quote, 1)
        )
    elif not same or said.scope != issuer.scope:
        masthead.notes.append(
            Note(
                "opening_scope",
                f"标题的机关是{issuer.printed}, 开头写作{said.printed}.",
                f"the title's issuer is {issuer.name}, the opening sentence says {said.name}.",
                opening.line,
            )
        )


def _compiler(masthead: Masthead, page: Page) -> Issuer | None:
    """Return who compiled the report, with a note."""
    found = find_compiler(page, masthead.year)
    return _noted(masthead, found, "取自编制单位", "the report says who compiled it")


def _named(masthead: Masthead, page: Page) -> Issuer | None:
    """Return the organ that is named right behind a title without one, with a note."""
    found = find_named(page, masthead.year)
    return _noted(masthead, found, "取自标题之后", "it is named right behind it")


def _noted(masthead: Masthead, found: tuple[Issuer, int] | None, zh: str, en: str) -> Issuer | None:
    if found is None:
        return None
    issuer, line = found
    masthead.notes.append(
        Note(
            "issuer_from_opening",
            f"标题没有写明机关, {zh}: {issuer.printed}.",
            f"the title does not name the issuer, {en}: {issuer.name}.",
            line,
        )
    )
    return issuer


def _issuer_on_card(masthead: Masthead, page: Page, stop: int) -> Issuer | None:
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
