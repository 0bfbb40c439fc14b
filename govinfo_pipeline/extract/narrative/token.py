"""A folded sentence -> tokens: figures with their units, dates, words of the lexicon, stops, unknown text.

Owns what a number looks like in running text. Years, dates, clauses of law and document numbers are not figures.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from govinfo_pipeline.extract.narrative.lexicon import Concept, lexicon
from govinfo_pipeline.regions import register
from govinfo_pipeline.script import han_number

_HAN = "零〇一二三四五六七八九十百千两"
_UNITS = (
    r"个百分点|百分点|%|‰|倍|件\(次\)|件次|人次|批次|件|份|条|宗|起|例|项|个|次|人|名|家次|家|户|元|封|篇|期|册|部(?!门)|张|场|种|处"
    r"|大类|小类|类|台|位|批|轮|字"
)
_MAGNITUDES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_MONEY = {"元": "元", "万元": "万元", "亿元": "亿元", "千元": "千元"}

_FIGURE = (
    rf"(?P<digits>\d{{1,3}}(?:[, ]\d{{3}})+(?!\d)|\d+)(?P<fraction>\.\d+)?\s*(?P<more>余|多)?"
    rf"(?P<magnitude>[十百千]?万|亿|千|百)?(?P<more2>余|多)?\s*(?P<unit>{_UNITS})?(?P<after>左右|以上|上下)?"
)
_SPELT = (
    rf"(?P<han>[{_HAN}]+(?:万[{_HAN}]*)?)(?P<more3>余|多)?\s*(?P<unit2>{_UNITS})(?P<after2>左右|以上|上下)?"
)
_PERCENT = rf"百分之(?P<percent>[{_HAN}]+)(?:点(?P<points>[{_HAN}]+))?"
_YEAR = (
    r"(?P<year>(?:19|20)\d\d)\s*年(?:度|初|底|末)?"
    r"|(?P<hanyear>二[〇零○][〇零○一二三四五六七八九]{2})年(?:度|初|底|末)?"
)
_TIME = (
    r"(?P<time>\d{1,2}月?\s*[-—–~～至到]{1,2}\s*\d{1,2}月(?:份|底|末|\d{1,2}日)?(?!\d)|\d{1,2}月(?:份|底|末|初)?(?:\d{1,2}日)?|\d+\s*个?(?:工作日|自然日|日|天|小时|分钟|月|周|年|季度|秒)"
    r"|第(?:[一二三四五六七八九十百]+|\d+)(?:条|款|项|次|批|届|章|号|部分)?|[〔\[]\d{4}[〕\]]\s*\d*号?|\d+号"
    r"|\d{1,2}[.．](?!\d)|[一二三四五六七八九十]{1,2}是|一件事|一次性|一张网)"
)
_FIRST = re.compile(f"{_YEAR}|{_PERCENT}")
_SECOND = re.compile(f"{_TIME}|{_FIGURE}|{_SPELT}")
_ORDINAL = re.compile(r"\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)")
_STOPS = frozenset(",;:()。!?")
_NUMERIC = frozenset(f"0123456789{_HAN}第〔[")
_BUCKET = 3
_IN_SHORT_NAMES = frozenset("都无未零余多同")
_SPECIAL = _STOPS | frozenset("12二百零《")  # where a stop, a title, a year or a percentage may begin


class Number(NamedTuple):
    """A figure: exact value with its magnitude multiplied in (money keeps 万元), as printed otherwise.

    ``places`` is negative where a magnitude was printed: 1.2万 has -3.
    """

    value: int | Decimal
    unit: str
    places: int
    bound: str
    resolution: int | Decimal


class Token(NamedTuple):
    """A piece of a folded sentence. ``kind``: number, year, time (a date or a title), word, stop or junk."""

    kind: str
    start: int
    end: int
    text: str
    concept: Concept | None = None
    number: Number | None = None
    year: int | None = None


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a folded sentence, in order, unknown text included.

    >>> [(t.kind, t.text) for t in tokens_of("收到申请58件")]
    [('word', '收到'), ('word', '申请'), ('number', '58件')]
    """
    found: list[Token] = []
    at = known = 0
    buckets, words, places, size = _buckets(), lexicon(), _places(), len(text)
    while at < size:
        char = text[at]
        token = _other_token(text, at, char, spelt=char == "零") if char in _SPECIAL else None
        if token is None:
            word = ""
            for longer in buckets.get(text[at : at + _BUCKET], ()):
                if text.startswith(longer, at):
                    word = longer
                    break
            word = word or text[at : at + 2]
            word = word if word in words or word in places else char
            if word in places:
                at += len(word)
                continue
            if word in words:
                token = Token("word", at, at + len(word), word, words[word])
        if token is None and char in _NUMERIC:
            token = _other_token(text, at, char, spelt=True)
        if token is None:
            at += 1
            continue
        if known < at:
            _add_junk(found, text, known, at)
        found.append(token)
        at = known = token.end
    if known < size:
        _add_junk(found, text, known, size)
    return found


def _other_token(text: str, at: int, char: str, *, spelt: bool) -> Token | None:
    """Return the stop, title, year or percentage at ``at``; with ``spelt`` the figure or date, where no word stands."""
    if char == "《":
        end = text.find("》", at)
        return Token("time", at, end + 1, text[at : end + 1]) if end > 0 else None
    if char in _STOPS:
        match = _ORDINAL.match(text, at) if char == "(" else None
        return Token("time", at, match.end(), match[0]) if match else Token("stop", at, at + 1, char)
    numeric = (_SECOND if spelt else _FIRST).match(text, at)
    return _numeric(numeric) if numeric else None


@lru_cache(maxsize=1)
def _buckets() -> dict[str, list[str]]:
    """Return first three characters -> words of three characters or more, longest first."""
    buckets: dict[str, list[str]] = {}
    for word in sorted((*lexicon(), *_places()), key=lambda w: (-len(w), w)):
        if len(word) >= _BUCKET:
            buckets.setdefault(word[:_BUCKET], []).append(word)
    return buckets


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Return the names of regions that hold a mark of one character: the 无 of 无锡 denies nothing."""
    words, known = lexicon(), register()
    marks = {word for word, concept in words.items() if len(word) == 1 and concept.kind == "mark"}
    names = [name for name in known.names if not marks.isdisjoint(name)]
    names += [name for name in known.shorts if not _IN_SHORT_NAMES.isdisjoint(name)]
    return frozenset(name for name in names if len(name) > 1 and name not in words) - {"和县", "共和"}


def _add_junk(found: list[Token], text: str, start: int, end: int) -> None:
    piece = text[start:end].strip(" \t\xa0\u3000“”\"'《》<>*·")
    if piece:
        found.append(Token("junk", start, end, piece))


def _numeric(match: re.Match[str]) -> Token:
    groups = match.groupdict()
    start, end = match.span()
    year = groups.get("year") or _digits(groups.get("hanyear") or "")
    if year:
        return Token("year", start, end, match[0], year=int(year))
    if groups.get("time"):
        return Token("time", start, end, match[0])
    return Token("number", start, end, match[0], number=_number(groups))


def _digits(text: str) -> str:
    return "".join(str(han_number(char)) for char in text)


def _number(match: dict[str, str | None]) -> Number:
    if match.get("percent"):
        points = _digits(match["points"] or "")
        whole = han_number(match["percent"] or "") or 0
        return Number(Decimal(f"{whole}.{points}") if points else whole, "%", len(points), "", 1)
    if match.get("han"):
        spelt = han_number(match["han"] or "") or 0
        over = "over" if match["more3"] or match["after2"] == "以上" else "about" if match["after2"] else ""
        return Number(spelt, _unit(match["unit2"]), 0, over, _round_place(spelt))
    return _printed_number(match)


def _printed_number(match: dict[str, str | None]) -> Number:
    fraction = match["fraction"] or ""
    digits = (match["digits"] or "").replace(",", "").replace(" ", "") + fraction
    value: int | Decimal = Decimal(digits) if fraction else int(digits)
    unit, magnitude = _unit(match["unit"]), match["magnitude"] or ""
    more = bool(match["more"] or match["more2"] or match["after"] == "以上")
    bound = "over" if more else "about" if match["after"] else ""
    places = max(len(fraction) - 1, 0)
    if magnitude + unit in _MONEY:
        return Number(value, magnitude + unit, places, bound, Decimal(1).scaleb(-places))
    scale = _MAGNITUDES[magnitude]
    if scale == 1:
        place = Decimal(1).scaleb(-places) if places else _round_place(int(value))
        return Number(value, unit, places, bound, place)
    scaled = value * scale
    exact = int(scaled) if scaled == int(scaled) else scaled
    return Number(exact, unit, places - len(str(scale)) + 1, bound, scale // 10**places or 1)


def _unit(printed: str | None) -> str:
    return (printed or "").replace("件(次)", "件次")


def _round_place(value: int) -> int:
    """Return the value of the last digit that is not zero: 300 -> 100, 312 -> 1."""
    place = 1
    while value and value % (place * 10) == 0:
        place *= 10
    return place
