"""Names of publishers -> region, GB/T 2260 code, level and scope.

Owns the reading of an issuer's printed name. Refuses to guess: a name that several places bear has no code
unless its parent is printed with it or the report names the parent; a place that the register does not have
gives no region at all, not even the region around it.

How scopes are drawn: a place as a whole, or its 人民政府, is ``government``; 人民政府办公室 and 办公厅 are
``office``; the bodies of a government (局, 委员会, 厅, 部, 税务局...) are ``department``; 乡, 镇, 街道, 苏木 are
``township``. 管理委员会 and the zones they run (开发区, 园区, 新区), hospitals, schools, companies, courts and
party bodies are ``other``: they are no people's government, and a zone's own area has no code. What belongs to
a region bears that region's code and level; a township has the level ``township``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from govinfo_pipeline.regions import Region, find_regions, folded_prose, held, register
from govinfo_pipeline.report import Issuer
from govinfo_pipeline.script import simplify, width

__all__ = ["Region", "complete", "find_regions", "meanings", "resolve"]

# What hangs before and behind names in titles and openings.
_BLANK = re.compile(r"\s+")
_LATIN_BRACKET = re.compile(r"\([^()\u3400-\u9fff]{1,12}\)")
_LEADING = re.compile(
    r"^(?:[关關][于於]|[现現](?:[将將就]|[发發公][布佈開开])|[发發公][布佈]|印[发發]|附件\d*|[标標][题題]|"
    r"[现現]?特?[向面]+社[会會](?:各界|公[众眾])?(?:公[布佈开開]|[发發][布佈])?|[了的由对對]|[^\w(]|_)+"
)
_TRAILING = re.compile(
    r"(?:[关關][于於].*|\((?:[^()]*本[级級]|[汇彙匯][总總]|全文|公[开開]版?|机关|機關)\)|[的之]|[^\w)]|_)+$"
)

# What follows the region in a name, in Simplified characters: the first row that matches whole says the scope.
_SCOPES = tuple(
    (scope, re.compile(pattern))
    for scope, pattern in (
        ("government", r"(?:(?:人民)?政府|行政公署|行署)?(?:[市县区旗]?本级)?"),
        ("office", r"(?:(?:人民)?政府|行政公署|行署)(?:办公[室厅]|办)"),
        ("other", r".*(?:[区园城岛山湖港洲滩谷地片]|枢纽)管理委员会|.*管委会"),
        (
            "other",
            r".*(?:开发|高新|高新技术产业|产业|工业|科技|园|新|示范|度假|名胜|景|保税|合作|[试实]验|管理)区",
        ),
        ("other", r".*(?:法院|检察院|纪委|监委|纪律检查委员会|监察委员会|[省市县区州旗党团工]委)"),
        ("other", r"(?:[省市县区州旗]委|人大|政协|人民代表大会).*"),
        ("township", r"(?!.*驻).{1,20}(?:[乡镇]|街道|苏木)(?:(?:人民)?政府|办事处|办)?"),
        ("township", r"(?!.*(?:驻|联络)).{1,12}办事处"),
        ("department", r".{2,}(?:局|厅|委员会|委|部|署|办公室|办公厅|办)"),
    )
)
_ZONE = re.compile(r".*区(?:管理委员会|管委会)?")
_SECOND_NAME = re.compile(r"\([^()]*\)$")
_IN_TOWNSHIP = re.compile(r".{1,12}(?:[乡镇]人民政府|街道办事处|苏木人民政府).")
# A place that the register does not have. 市 and 区 occur inside names of departments (城市管理局).
_UNKNOWN_PLACE = re.compile(
    r".*(?P<kind>[省市县区旗州盟])(?:(?:人民)?政府|行政公署|行署)?(?P<office>办公[室厅]|办)?"
    r"|[^局委]{2,10}(?:县|旗|自治州|盟)(?![域级]).*"
)
_LEVELS = {"省": "province", "州": "prefecture", "盟": "prefecture", "县": "county", "旗": "county"}

_STATE = re.compile(
    r"国务院|中华人民共和国|国家(?!级)|中国(?!共)|海关总署|审计署|"
    r"(?:外交|国防|教育|科学技术|工业和信息化|公安|民政|司法|财政|人力资源和社会保障|自然资源|生态环境|住房和城乡建设|"
    r"交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理)部$"
)
_STATE_OF_REGION = re.compile(
    r"国家税务总局|国家统计局|国家金融监督管理总局|国家矿山安全监察局|中国证券监督管理委员会|中国银行保险监督管理委员会|中国人民银行"
)
# A short name says where these sit, not whom they serve.
_BEYOND_REGION = re.compile(r"铁路|铁道|海关|海事|流域|民航|航道|证监局|银保监局|监管局")
_WITH_SHORT_NAME = re.compile(r"(?:(?:人民)?政府.*|[^省市县区旗州盟]+(?:厅|局|委员会))?")
# Words that only hijacked pages have, and endings that show a real name behind them.
_ADVERTISING = re.compile(
    r"澳门|葡京|浦京|威尼斯人|娱乐[城场]|博彩|百家乐|棋牌|赌场|太阳城|官网|手机版|下载|开户|[a-z]{3,}",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"[局行会院司团署部委师关厅室盟省市县区旗州]|中国|国家|学校|中心|[学馆站所处园场台社店路街村库队厂]$"
)
# What may stand before a name without being a part of it; other words may be: 嘉|兴县.
_BEFORE_NAME = re.compile(r"(?:.*[^\w]|.*_|无|首页|主页|正文|.*(?:位置|官网))$")


class _Walk(NamedTuple):
    """The regions that a name begins with, outermost first; the last stands at ``start:end``."""

    chain: tuple[tuple[Region, ...], ...] = ()
    start: int = 0
    end: int = 0
    short: bool = False


class _Reading(NamedTuple):
    issuer: Issuer
    meanings: tuple[Region, ...]


def resolve(printed: str, year: int | None, context: str = "") -> Issuer:
    """Return who a printed name is. ``context`` is the report's text, read only where the name is ambiguous.

    What hangs on titles (关于, 现公布, brackets, quotes, pinyin, advertising words) is no part of the name;
    ``Issuer.printed`` is what remains of ``printed``, without blanks and in ordinary width.

    >>> resolve("嘉興市人民政府辦公室", 2022)[:3]
    ('嘉兴市人民政府办公室', '嘉興市人民政府辦公室', '嘉兴市')
    >>> resolve("北京市朝阳区", 2022).region_code, resolve("朝阳区", 2022).region_code
    ('110105', None)
    """
    issuer, regions = _read(printed, year)
    if len(regions) > 1 and context:
        chosen = _named_parent(regions, context)
        if chosen is not None:
            return issuer._replace(region_code=chosen.code)
    return issuer


def complete(issuer: Issuer, year: int | None, context: str) -> Issuer | None:
    """Return an issuer that its name gives no region, with the one region that the text puts before that name.

    A report titled 周市镇 that writes 昆山市周市镇, or 县政府办 and 府谷县人民政府办公室; None where the text does not,
    or names several.

    >>> town = resolve("周市镇人民政府", 2022)
    >>> complete(town, 2022, "请与昆山市周市镇联系。学习太仓市经验。").region_code
    '320583'
    """
    kind, local = _local_name(issuer)
    if issuer.region is not None or len(local) < 2:
        return None
    text = folded_prose(context)
    found = {
        (mention.name, mention.code, mention.level)
        for mention in find_regions(text, year)
        if text.startswith(local, mention.stop) and mention.name.endswith(kind)
    }
    if len(found) != 1:
        return None
    name, code, level = found.pop()
    level = "township" if issuer.level == "township" else level
    return issuer._replace(region=name, region_code=code, level=level)


def _local_name(issuer: Issuer) -> tuple[str, str]:
    """Return the kind of region that a name begins with (县 of 县政府办, or "") and what must follow the region."""
    kind = issuer.name[:1] if issuer.name[:1] in "省市县区旗州盟" else ""
    local = issuer.name[len(kind) :]
    if issuer.scope == "township":
        return "", re.sub(r"(?:人民政府|政府|(?<=街道)办事处)$", "", local)
    if issuer.scope in ("government", "office"):
        return kind, "人民政府" if kind and issuer.scope == "government" else "人民政府办公" if kind else ""
    return kind, local if issuer.scope == "department" else ""


def meanings(printed: str, year: int | None) -> tuple[Region, ...]:
    """Return the regions that a printed name may mean: one where it is certain, none where it is unknown.

    >>> [region.parents[0] for region in meanings("朝阳区人民政府", 2022)]
    ['北京市', '长春市']
    """
    return _read(printed, year).meanings


@lru_cache(maxsize=20_000)
def _read(printed: str, year: int | None) -> _Reading:
    text = _LATIN_BRACKET.sub("", _BLANK.sub("", width(printed)))
    text = _TRAILING.sub("", _LEADING.sub("", text))
    reading = _judge(text, year)
    if reading.issuer.region is None:
        return _without_words_before(text, year) or reading
    return reading


def _judge(text: str, year: int | None) -> _Reading:
    folded = simplify(text)
    walk = _walk(text, year)
    if folded != text and len(folded) == len(text):
        other = _walk(folded, year)
        walk = other if other.end > walk.end else walk
    elif folded != text:
        text, walk = folded, _walk(folded, year)
    rest = folded[walk.end :]
    if walk.short:
        walk = walk._replace(chain=_meant_by_short_name(walk.chain[0], rest))
        rest = rest if walk.chain else folded
    if not walk.chain:
        return _Reading(_without_region(text, folded, year), ())
    scope = _scope(rest)
    if scope is None:
        rest, scope = _before_advertising(rest)
        text = text[: walk.end + len(rest)]
    regions = walk.chain[-1]
    if scope == "unknown":
        return _Reading(_without_region(text, folded, year), ())
    name = _simplified_name(text, walk) + rest
    level = regions[0].level if len({r.level for r in regions}) == 1 else "unknown"
    if scope == "township" or _IN_TOWNSHIP.match(rest):
        level = "township"
    code = regions[0].code if len(regions) == 1 else None
    return _Reading(Issuer(name, text, regions[0].name, code, level, scope), regions)


def _walk(text: str, year: int | None) -> _Walk:
    """Read regions from the left, each inside the one before: 浙江省, 嘉兴市; a first one may be short: 宁夏."""
    chain: list[tuple[Region, ...]] = []
    start = end = 0
    short = False
    while True:
        found = _name_at(register().names, text, end)
        if found is None and not chain:
            found = _name_at(register().shorts, text, 0)
            short = found is not None
        elif found is not None and chain:
            inside = tuple(r for r in found[1] if any(p.contains(r) for p in chain[-1]))
            found = (found[0], inside) if inside else None
            short = short and found is None
        if found is None:
            break
        start, (end, regions) = end, found
        chain.append(regions)
    if chain:
        chain[-1] = held(chain[-1], year)
    return _Walk(tuple(chain), start, end, short)


def _name_at(
    index: dict[str, tuple[Region, ...]], text: str, start: int
) -> tuple[int, tuple[Region, ...]] | None:
    """Return where the longest name of ``index`` that begins at ``start`` ends, and its regions."""
    for stop in range(min(len(text), start + 16), start + 1, -1):
        regions = index.get(text[start:stop])
        if regions is not None:
            return stop, regions
    return None


def _meant_by_short_name(regions: tuple[Region, ...], rest: str) -> tuple[tuple[Region, ...], ...]:
    """Return the chain of a short name in front (宁夏教育厅), empty where it may mean something else.

    Of a city and the county of the same name in it the city is meant. A zone is named for its city
    (苏州工业园区): a county may be only a namesake (东湖 in 武汉 and in 南昌), a province is not told apart
    from the city that follows (安徽合肥高新区).
    """
    if _BEYOND_REGION.search(rest):
        return ()
    if rest.endswith("厅"):
        regions = tuple(region for region in regions if region.level == "province")
    around = tuple(r for r in regions if all(r.contains(o) or r.place == o.place for o in regions))
    zone = _scope(rest) == "other" and bool(_ZONE.fullmatch(rest))
    if not around or not (zone or _WITH_SHORT_NAME.fullmatch(rest)):
        return ()
    city = around[0].level != "county" and not around[0].name.endswith(("省", "自治区"))
    if (zone and not city) or (not rest and len(regions) > 1):
        return ()
    return (around,)


def _scope(rest: str) -> str | None:
    """Return the scope of what follows a region; "unknown" if it names a further place, None if nothing fits."""
    rest = _SECOND_NAME.sub("", rest)
    for scope, pattern in _SCOPES:
        if scope == "department" and _UNKNOWN_PLACE.fullmatch(rest):
            return "unknown"
        if pattern.fullmatch(rest):
            return scope
    return None


def _before_advertising(rest: str) -> tuple[str, str]:
    """Cut advertising words off what follows a region, where what stands before them can be judged."""
    words = _ADVERTISING.search(rest)
    if words and not _ORGANISATION.search(rest, words.start()):
        scope = _scope(rest[: words.start()])
        if scope not in (None, "unknown"):
            return rest[: words.start()], str(scope)
    return rest, "other"


def _simplified_name(text: str, walk: _Walk) -> str:
    """Return the regions of a name in Simplified characters: what the register has stays (乾安县)."""
    last = text[walk.start : walk.end]
    region = walk.chain[-1][0]
    if last != region.name and simplify(last) == simplify(region.name):
        last = region.name
    elif last not in register().names:
        last = simplify(last)
    return simplify(text[: walk.start]) + last


def _without_region(text: str, folded: str, year: int | None) -> Issuer:
    """Return what the words alone say: bodies of the state, townships, places that are not in the register."""
    state = _STATE.match(folded)
    body = _STATE_OF_REGION.match(folded)
    if body and body.end() < len(folded):
        inside = _judge(text[body.end() :], year).issuer
        if inside.region:
            return inside._replace(name=folded, printed=text, scope="department")
    scope = _scope(folded) if folded else None
    if state and scope != "unknown":
        office = scope == "department" and "办公厅" in folded
        return Issuer(folded, text, None, None, "state", "office" if office else scope or "other")
    if scope == "unknown":
        place = _UNKNOWN_PLACE.fullmatch(folded)
        kind = place["kind"] if place else None
        scope = "department" if kind is None else "office" if place and place["office"] else "government"
        return Issuer(folded, text, None, None, _LEVELS.get(kind or "县", "unknown"), scope)
    level = "township" if scope == "township" or _IN_TOWNSHIP.match(folded) else "unknown"
    return Issuer(folded, text, None, None, level, scope or "other")


def _without_words_before(text: str, year: int | None) -> _Reading | None:
    """Return the reading that begins at the first full name of a region, where the words before are no name."""
    folded = simplify(text)
    if len(folded) != len(text) or _STATE.match(folded):
        return None
    names = register().names
    for start in range(1, len(text) - 1):
        found = _name_at(names, text, start) or _name_at(names, folded, start)
        if found is None:
            continue
        before, long = folded[:start], found[0] - start > 2
        if not (_BEFORE_NAME.fullmatch(before) or (long and _ADVERTISING.search(before))):
            return None
        reading = _judge(text[start:], year)
        return reading if reading.issuer.region and reading.issuer.scope != "other" else None
    return None


def _named_parent(regions: tuple[Region, ...], context: str) -> Region | None:
    """Return the one region whose parent the text names: right before it, or twice where no rival's is named."""
    text = folded_prose(context)
    adjacent = [r for r in regions if any(parent + r.name in text for parent in r.parents)]
    if len(adjacent) == 1:
        return adjacent[0]
    counts = [sum(text.count(parent) for parent in region.parents) for region in regions]
    best = max(counts)
    alone = best >= 2 and sum(counts) == best
    return regions[counts.index(best)] if alone and not adjacent else None
