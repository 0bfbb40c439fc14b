"""The register of regions: GB/T 2260 names and codes of provinces, prefectures and counties, 2014 and later.

Owns regions.csv (built by scripts/build_regions.py) and the search for its names in a text. Knows nothing of
publishers. Refuses to choose: a name that several places bear is returned with all of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from govinfo_pipeline.script import pinyin_spans, positions, simplify, simplify_each

IN_FORCE = 9999


class Region(NamedTuple):
    """One name of one code, from ``first`` to ``last`` (IN_FORCE while it holds).

    ``short`` is the name without the word for its kind ("" where one character would remain), ``aliases`` are
    other forms in use (恩施州), ``place`` is one number for all codes and names that one place had.
    """

    code: str
    name: str
    level: str
    first: int
    last: int
    short: str
    aliases: tuple[str, ...]
    place: str

    @property
    def stem(self) -> str:
        """The part of the code that all regions inside share: two digits, four, or six."""
        if self.code.endswith("0000"):
            return self.code[:2]
        return self.code[:4] if self.code.endswith("00") else self.code

    def contains(self, other: Region) -> bool:
        """Say whether ``other`` lies in this region.

        >>> yinchuan, helan = regions_named("银川市")[0], regions_named("贺兰县")[0]
        >>> yinchuan.contains(helan), helan.contains(yinchuan)
        (True, False)
        """
        return self.code != other.code and other.code.startswith(self.stem)

    @property
    def parents(self) -> tuple[str, ...]:
        """The names of what contains this region, nearest first.

        >>> regions_named("贺兰县")[0].parents
        ('银川市', '宁夏回族自治区')
        """
        codes = dict.fromkeys((self.code[:4] + "00", self.code[:2] + "0000"))
        held = (p for code in codes if code != self.code for p in register().codes.get(code, ()))
        return tuple(dict.fromkeys(p.name for p in held))


class Register(NamedTuple):
    """Every region by full name or alias, by short name, and by code."""

    names: dict[str, tuple[Region, ...]]
    shorts: dict[str, tuple[Region, ...]]
    codes: dict[str, tuple[Region, ...]]


class Mention(NamedTuple):
    """A place where a text names a region; ``code`` is None where several places bear the name.

    ``name`` is the name in force, the text has its own between ``position`` and ``stop``.
    """

    name: str
    code: str | None
    level: str
    position: int
    stop: int


@lru_cache(maxsize=1)
def register() -> Register:
    """Return the register; it is read once, on first use."""
    names: dict[str, tuple[Region, ...]] = {}
    shorts: dict[str, tuple[Region, ...]] = {}
    codes: dict[str, tuple[Region, ...]] = {}
    text = resources.files(__package__).joinpath("regions.csv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        code, name, level, first, last, short, others, place = line.split(",")
        aliases = tuple(others.split())
        until = int(last) if last else IN_FORCE
        region = Region(code, name, level, int(first), until, short, aliases, place or code)
        for key in (name, *aliases):
            names[key] = (*names.get(key, ()), region)
        if short:
            shorts[short] = (*shorts.get(short, ()), region)
        codes[code] = (*codes.get(code, ()), region)
    return Register(names, shorts, codes)


def regions_named(name: str, year: int | None = None) -> tuple[Region, ...]:
    """Return the regions of that full name or alias; see ``held`` for ``year``.

    >>> [region.code for region in regions_named("简阳市", 2015)], len(regions_named("朝阳区", 2022))
    (['512081'], 2)
    """
    return held(register().names.get(name, ()), year)


def held(regions: tuple[Region, ...], year: int | None) -> tuple[Region, ...]:
    """Return those that held in ``year``, else in ``year + 1``, else all of them.

    A report is published, under the names of the day, in the year after; and a name that no longer holds is
    still the name of its place.
    """
    if year is None or len(regions) < 2:
        return regions
    for moment in (year, year + 1):
        found = tuple(region for region in regions if region.first <= moment <= region.last)
        if found:
            return found
    return regions


# -- names in a text -------------------------------------------------------------------------------------

_HAN = re.compile("[\u3400-\u9fff]")
_KINDS = "市县縣区區旗州盟"
# Full names that are ordinary words too, or the end of some (会同|县政府, 行政和县级, 沿海城市, 豫西山区): they count
# only right behind the name of their parent.
_NAMES_LIKE_WORDS = (
    # parts of a town, of a land
    "城区 郊区 矿区 东区 西区 新城区 新市区 老城区 市中区 市南区 市北区 城中区 城东区 城西区 城北区 城关区 城厢区 "
    "南市区 北市区 西市区 沙市区 津市市 南郊区 东城区 西城区 上城区 下城区 古城区 山城区 水城区 平城区 江城区 德城区 "
    "滨城区 海城区 陵城区 源城区 清城区 上街区 站前区 湖滨区 河口区 河口县 港口区 海港区 东港区 港北区 港南区 "
    "桥东区 桥西区 路南区 路北区 铁东区 铁西区 河东区 河西区 河北区 江东区 江南区 江北区 海南区 河南县 西安区 中原区 "
    "东山区 西山区 南山区 中山区 兰山区 北林区 西林区 平原县 滨海县 滨海新区 沿河县 南部县 温泉县 老边区 回民区 "
    # virtues, aims, names of the time
    "红旗区 振兴区 前进区 东风区 解放区 复兴区 新兴区 新兴县 向阳区 工农区 友好区 爱民区 和平区 和平县 光明区 "
    "平安区 平安县 公安县 安居区 安定区 长寿区 富裕县 富民县 惠民县 裕民县 惠农区 乐业县 兴业县 康乐县 友谊县 "
    "共和县 互助县 通道县 资源县 同心县 民权县 合作市 东方市 "
    # other words before 县, 区, 城市
    "新建区 新建县 会同县 比如县 延长县 东至县 政和县 民和县 西和县 南和县 南和区 云和县 兴和县 新和县 天全县 "
    "万全县 万全区 天等县 新县 和县 代县 应县 任县 富县 "
    "海城市 兴城市 应城市 宜城市 运城市 项城市 肥城市"
)
_WORDS = frozenset(_NAMES_LIKE_WORDS.split())
# A name that runs on into one of these is part of another word: 东方市场, 河东区域, 阿左旗舰店.
_RUNS_ON = {
    "市": ("场",),
    "区": ("域", "块", "间", "别", "县"),
    "旗": ("帜", "舰"),
    "县": ("域", "级", "区"),
    "州": ("际",),
}
_LONGEST_NAME = 16


@lru_cache(maxsize=1)
def _tails() -> dict[str, tuple[str, ...]]:
    """Return the last three characters (two of the shortest) -> full names, longest first."""
    tails: dict[str, list[str]] = {}
    for name, regions in register().names.items():
        if any(region.level != "province" for region in regions):
            tails.setdefault(name[-3:], []).append(name)
    return {tail: tuple(sorted(names, key=len, reverse=True)) for tail, names in tails.items()}


def find_regions(text: str, year: int | None = None) -> list[Mention]:
    """Return where ``text`` names prefectures and counties in full, in order.

    ``text`` is searched as printed and in Simplified characters, pinyin in brackets is passed over. Names that
    are ordinary words (城区, 平安县) count only behind their parent's name, two-character names (寿县) only where
    no character runs into them.

    >>> [(m.name, m.code, m.position) for m in find_regions("寧夏銀川市賀蘭縣和灵武市", 2022)]
    [('银川市', '640100', 2), ('贺兰县', '640122', 5), ('灵武市', '640181', 9)]
    """
    pinyin = pinyin_spans(text)
    if not pinyin:
        return _find_regions(text, year)
    starts, stops = [0, *(stop for _, stop in pinyin)], [*(start for start, _ in pinyin), len(text)]
    kept = [at for start, stop in zip(starts, stops, strict=True) for at in range(start, stop)]
    return [
        mention._replace(position=kept[mention.position], stop=kept[mention.stop - 1] + 1)
        for mention in _find_regions("".join(map(text.__getitem__, kept)), year)
    ]


def _find_regions(text: str, year: int | None) -> list[Mention]:
    found, taken, word = [], 0, range(0)
    for at in positions(text, _KINDS):
        stop = at + 1
        names = _names_ending(text[max(stop - 3, 0) : stop])
        name = _full_name(text, stop, taken, names) if names else None
        if name is None or stop - len(name) in word[1:]:
            continue  # 长沙县区分别 does not name 沙县区
        start = stop - len(name)
        if simplify_each(text[stop : stop + 1]) in _RUNS_ON.get(name[-1], ()):
            word = range(start, stop)
        elif _stands_alone(text, name, start):
            found.append(Mention(*_meant(name, year), start, stop))
            taken = stop
    return found


@lru_cache(maxsize=50_000)
def _names_ending(tail: str) -> tuple[str, ...]:
    """Return the full names that end as printed or simplified; remembered, for the same few words end in 市 or 县."""
    forms = dict.fromkeys((tail, simplify_each(tail)))
    names = dict.fromkeys(
        name for form in forms for end in (form, form[-2:]) for name in _tails().get(end, ())
    )
    return tuple(sorted(names, key=len, reverse=True))


def _full_name(text: str, stop: int, taken: int, names: tuple[str, ...]) -> str | None:
    """Return the longest of ``names`` that ends at ``stop`` and begins at ``taken`` or later."""
    for name in names:
        start = stop - len(name)
        if start >= taken and ((printed := text[start:stop]) == name or simplify_each(printed) == name):
            return name
    return None


def _stands_alone(text: str, name: str, start: int) -> bool:
    if name in _WORDS:
        before = simplify_each(text[max(start - _LONGEST_NAME, 0) : start])
        return any(before.endswith(p) for r in register().names[name] for p in r.parents)
    return len(name) > 2 or not _HAN.match(text[start - 1 : start])


@lru_cache(maxsize=5_000)
def _meant(name: str, year: int | None) -> tuple[str, str | None, str]:
    """Return the name in force, the code and the level of what a full name means."""
    regions = regions_named(name, year)
    first = regions[0]
    level = first.level if all(region.level == first.level for region in regions) else "unknown"
    return first.name, first.code if len(regions) == 1 else None, level


# One of these is in any Traditional text of some length about a government.
_TRADITIONAL = re.compile("[縣區開務國關現對應為於與]")
_SOME_LENGTH = 200


def folded_prose(text: str) -> str:
    """Return a text in Simplified characters; a long one that is so already is returned as it is.

    >>> folded_prose("靈武市政務公開")
    '灵武市政务公开'
    """
    if len(text) > _SOME_LENGTH and not _TRADITIONAL.search(text):
        return text
    return simplify.__wrapped__(text)  # past the cache: a paragraph is not seen twice
