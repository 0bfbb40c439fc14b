"""Notice that the body of a report speaks for another place than its title (贺兰县 above, 灵武市 below).

A finding of this kind keeps a report back, so precision comes first: the own place must be all but missing
from the body, and one other place of the same level must speak there: named three times or more, and in two
lines or more as the one who acts or as the owner of a government. Parents and children, lists of places,
partners (学习灵武市经验, 东西部协作), courts, those who hand over or review a case and titles in 《》 do not count.
Where the own place is unknown, or the body says 我县 and the other is a city, nothing is said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from govinfo_pipeline.regions import Region, find_regions, regions_named
from govinfo_pipeline.report import Issuer
from govinfo_pipeline.script import positions, simplify, simplify_each, spellings, without_pinyin

_FEWEST = 3  # times that another place must be named
_FEWEST_ACTING = 2  # lines where it acts: one paragraph may be about a neighbour
_OWN_ENOUGH = 2  # times that the own place must be named for the body to be its own
_AFTER = 16  # characters behind a name that tell what it does there
_PINYIN_BEHIND = 6  # as many times as long is a text with pinyin behind its characters
_SHARE = 0.6  # of all names of other places of that level
_PARTNER_BEFORE = re.compile(
    r"(?:学习|借鉴|赴|前往|参照|对口|协作|帮扶|结对|支援|援助|与|同|和|向|跟|较|比|来自|考察|调研|对标|诉|、|到)$"
)
_PARTNER_AFTER = re.compile(r"(?:[^,，。;；]{0,6}(?:经验|做法|模式|协作|对口|考察|等地)|籍|、)")
_CASE_AFTER = re.compile(
    r"(?:中级|基层)?(?:人民)?(?:法院|检察院)|中院|公安|司法|仲裁|监狱|看守所|海关|税务|纪委|监委"
    r"|[^,，。;；、]{0,8}(?:转[来办交送至]|移[送交转]|[来发致]函|来文|商请|配合|协查|代为|复议|应诉|诉讼|判决|裁定)"
)
_SPEAKS = re.compile(
    r"(?:人民)?政府|坚持|认真|严格|深入|积极|高度重视|始终|紧紧|持续|全面|以习近平|政务公开|分别|未(?:出现|发生|收到)"
)
_OUR = "我本"


class Speaker(NamedTuple):
    """Another place that the body speaks for: the line and the sentence where it first acts, times named."""

    name: str
    code: str | None
    line: int
    quote: str
    times: int


class _Named(NamedTuple):
    """Another place where the body names it: the line, its text, the position in it, and the words behind."""

    line: int
    printed: str
    position: int
    after: str
    code: str | None


def other_speaker(
    lines: Sequence[tuple[int, str]], issuer: Issuer, own: Sequence[Region], year: int | None
) -> Speaker | None:
    """Return the place that the body's lines speak for instead of ``own``, or None.

    >>> own = regions_named("贺兰县")
    >>> title = Issuer("贺兰县", "贺兰县", "贺兰县", "640122", "county", "government")
    >>> body = [(3, "2022年,灵武市坚持公开。"), (4, "灵武市政府网站、灵武市微博。"), (5, "灵武市共收到申请9件。")]
    >>> other_speaker(body, title, own, 2022)
    Speaker(name='灵武市', code='640181', line=3, quote='2022年,灵武市坚持公开', times=3)
    """
    if not own or own[0].level not in ("prefecture", "county"):
        return None
    text = "\n".join([printed for _, printed in lines])
    forms = own_forms(issuer, own)
    named = _counts(text, forms)
    if named < _OWN_ENOUGH:
        named += _counts(text, {way for form in forms for way in spellings(simplify(form))} - forms)
    if named >= _OWN_ENOUGH:
        return None
    return _speaker(lines, text, own, year)


def own_forms(issuer: Issuer, own: Sequence[Region]) -> set[str]:
    """Return what a text may call the issuer: the place's short name and aliases, in the title's script too.

    The whole name of a department is one more, so that a text that has it once has named its own twice: enough.
    """
    names = set()
    for region in own:
        short = region.short or region.name
        names |= {short, *(alias for alias in region.aliases if short not in alias)}
    if len(issuer.name) == len(issuer.printed):
        names |= {
            issuer.printed[at : at + len(name)] for name in names if (at := issuer.name.find(name)) >= 0
        }
    if issuer.scope not in ("government", "office"):
        names.add(issuer.printed)
    return names


def _counts(text: str, forms: Iterable[str]) -> int:
    """Return how often the forms occur, as far as that matters."""
    total = 0
    for form in forms:
        at = text.rfind(form)  # a third of the time that `find` takes
        while at >= 0 and total < _OWN_ENOUGH:
            total += 1
            at = text.rfind(form, 0, at)
    return total


def _speaker(
    lines: Sequence[tuple[int, str]], text: str, own: Sequence[Region], year: int | None
) -> Speaker | None:
    """Search ``text``, which is the lines joined."""
    named: dict[str, list[_Named]] = {}
    places = {region.place for region in own}
    starts = [0, *accumulate(len(printed) + 1 for _, printed in lines)]
    others: dict[str, bool] = {}
    for mention in find_regions(text, year):
        name = mention.name
        if name not in others:
            others[name] = mention.level == own[0].level and not _same_place(name, places)
        if others[name]:
            index = bisect_right(starts, mention.position) - 1
            line, printed = lines[index]
            position, stop = mention.position - starts[index], mention.stop - starts[index]
            after = _after(printed, stop)
            if _counts_as_named(printed, position, after):
                named.setdefault(name, []).append(_Named(line, printed, position, after, mention.code))
    if not named:
        return None
    name, most = max(named.items(), key=lambda item: len(item[1]))
    acting = [found for found in most if _SPEAKS.match(found.after)]
    everything = sum(map(len, named.values()))
    if len({found.line for found in acting}) < _FEWEST_ACTING or len(most) < max(
        _FEWEST, _SHARE * everything
    ):
        return None
    said = simplify_each("".join([text[at + 1 : at + 2] for at in positions(text, _OUR)]))
    ours = {region.name[-1] for region in own}.intersection(said)
    if ours and name[-1] not in ours:
        return None  # no city says 我县
    first = acting[0]
    return Speaker(name, first.code, first.line, _quote(first.printed, first.position), len(most))


def _same_place(name: str, places: set[str]) -> bool:
    return any(region.place in places for region in regions_named(name))


def _counts_as_named(text: str, start: int, after: str) -> bool:
    if text.rfind("《", 0, start) > text.rfind("》", 0, start):
        return False
    before = simplify_each(without_pinyin(text[max(start - 4 * _PINYIN_BEHIND, 0) : start])[-4:])
    return not (_PARTNER_BEFORE.search(before) or _PARTNER_AFTER.match(after) or _CASE_AFTER.match(after))


def _after(text: str, stop: int) -> str:
    """Return the characters behind a name that ends at ``stop``, simplified and without their pinyin."""
    behind = without_pinyin(text[stop - 1 : stop + _AFTER * _PINYIN_BEHIND])
    return simplify_each(behind[1 : _AFTER + 1])


def _quote(text: str, position: int) -> str:
    """Return the sentence around a position as printed."""
    start = max(text.rfind(stop, 0, position) for stop in "。;；") + 1
    ends = [at for stop in "。;；" if (at := text.find(stop, position)) >= 0]
    return text[start : min(ends, default=len(text))].strip()[:160]
