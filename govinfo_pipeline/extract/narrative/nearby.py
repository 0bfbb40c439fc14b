"""What the words beside a figure say of it: another year, a total of so many, words behind that complete it.

Owns the small questions about the tokens around one figure. Knows no ledger and writes no claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from govinfo_pipeline.extract.narrative.context import Context
from govinfo_pipeline.extract.narrative.phrase import CONTENT, Phrase, read_phrase, split_items
from govinfo_pipeline.extract.narrative.token import Token

_HOW = frozenset(
    ("大幅", "大幅度", "明显", "显著", "略", "略有", "小幅", "稍", "稍有", "又", "相应", "整体", "进一步")
)
_HOW_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_SPECIFIC = tuple(kind for kind in CONTENT if kind != "noun")
_TAKEN_IN = frozenset(("received", "accepted", "newly_received"))
_DONE = frozenset(("handled", "finished", "received", "accepted"))
_NOT_OF_FIGURE = frozenset(("and", "all", "not", "none"))


def is_of_last_year(clause: Sequence[Token], year: int | None) -> bool:
    """Say whether a clause ends with the year before this, so that the figure behind it is of that year."""
    said = [token for token in clause if token.text != "的"]
    if not said:
        return False
    last = said[-1]
    named = names(last, "last_year", "than")
    return named or (last.year is not None and year is not None and last.year < year)


def turn_to_year(phrase: Phrase, context: Context) -> None:
    """Note whether the words turn to another year, back to this one, or compare the two."""
    if not phrase.years and not phrase.marks:
        return
    if any(concept.id.startswith("carried") for concept in phrase.of("row")):
        return
    other = phrase.has("last_year") or any(year != context.year for year in phrase.years)
    compared = phrase.has("than", "compare", "of_last") or (
        phrase.has("last_year")
        and (
            phrase.has("up", "down", "level") or (phrase.has("and") and not phrase.content)
        )  # 与上年的 22 件相比
    )
    if compared or (other and phrase.has("from")):
        context.than = True
    elif context.year in phrase.years or phrase.has("this_year"):
        context.elsewhen, context.dated = False, True
    elif phrase.has("many_years"):
        context.elsewhen = True  # 施行以来, 累计受理 620 件
    elif phrase.has("last_year") or (phrase.years and context.year is not None):
        context.elsewhen = True


def with_words_behind(phrase: Phrase, taken: list[Token], behind: list[Token]) -> tuple[Phrase, list[Token]]:
    """Return the phrase with what stands behind the figure: 58 件申请, 56 件为自然人, 收到 58 件申请."""
    after = read_phrase(behind)
    if is_specific(phrase):
        if _completes(phrase, taken, behind, after):
            kept = {kind: said for kind, said in phrase.words.items() if kind in ("noun", "case", "verb")}
            reason = phrase.of("row") if phrase.has("etc") else []
            rows = [*reason, *after.of("row")]
            phrase.words = {**kept, **after.words, **({"row": rows} if rows else {})}
            phrase.tail = after.tail
            return phrase, [*taken, *behind]
        if phrase.of("noun"):
            return phrase, taken
        if not after.of("noun") or behind[0].kind == "junk":
            phrase.tail = after.tail or behind[0].kind == "junk"
            return phrase, taken
        phrase.words["noun"] = after.words["noun"][:1]
        phrase.foreign = phrase.foreign or after.foreign
        return phrase, [*taken, *behind]
    unknown = any(token.kind == "junk" for token in taken)
    if unknown or not after.content or behind[0].kind != "word" or names(behind[0], *_NOT_OF_FIGURE):
        return phrase, taken
    nouns = phrase.words.get("noun", [])
    joined = read_phrase([*taken[:-1], *behind])
    joined.words.setdefault("noun", nouns)
    return joined, [*taken, *behind]


def _completes(phrase: Phrase, taken: Sequence[Token], behind: Sequence[Token], after: Phrase) -> bool:
    """Say whether the words behind a figure tell what it is: 复议结果为 1 件维持, 答复 8 件予以公开."""
    first = behind[0].concept
    linked = names(behind[0], "link") and len(behind) > 1
    second = behind[1].concept if linked else first
    if second is None or after.foreign:
        return False
    rows = {row.id for row in phrase.of("row")}
    if phrase.of("case"):
        return second.kind == "outcome" and not phrase.of("outcome") and (_introduced(taken) or not linked)
    if second.kind == "case":
        return rows <= _DONE and not phrase.of("noun") and not phrase.of("column")  # 处理 3 件行政复议
    if second.kind == "column" and linked:
        return rows <= _TAKEN_IN and not phrase.of("noun")  # 收到 47 件为自然人申请
    group = second.kind == "row" and second.reads[0].startswith("outcome:")
    if group and phrase.has("etc"):
        return bool(rows)  # 因本机关不掌握等原因 34 件无法提供
    return second.kind == "row" and second.strong and bool(rows) and rows <= _DONE  # 答复 8 件予以公开


def is_specific(phrase: Phrase) -> bool:
    """Say whether more is named than the thing counted: a row, an applicant, an outcome."""
    return any(kind in phrase.words for kind in _SPECIFIC)


def is_withdrawn(phrase: Phrase, before: Sequence[Token], context: Context) -> bool:
    """Say whether an item is no result of the form, but one of applications all the same: 撤回 2 件."""
    last = phrase.of("outcome")[-1:]
    plain = not (phrase.of("case") or phrase.foreign or any(token.kind == "junk" for token in before))
    return plain and context.domain == "applications" and [o.id for o in last] == ["other_result"]


def terms_named(phrase: Phrase, taken: Sequence[Token]) -> int:
    """Return how many terms a total says it has: 三项合计; 0 where it does not say."""
    total = next((token.text for token in taken if names(token, "total")), "") if phrase.has("total") else ""
    return next((_HOW_MANY[char] for char in total if char in _HOW_MANY), 0)


def leads_on(token: Token) -> bool:
    """Say whether a word behind a percentage begins what it is a share of: 97%为自然人, 12%的申请予以公开."""
    result = token.concept is not None and token.concept.kind == "row" and token.concept.strong
    return names(token, "link", "from") or token.text == "的" or result


def is_plain(phrase: Phrase) -> bool:
    """Say whether applications for disclosure are named, and nothing of another subject."""
    strong = any(noun.strong for noun in phrase.nouns("applications"))
    return strong and not (phrase.foreign or phrase.tail or phrase.of("act"))


def _introduced(taken: Sequence[Token]) -> bool:
    return len(taken) > 1 and taken[-2].text.endswith(("为", "是", "有"))


def is_of_another(before: Sequence[Token]) -> bool:
    """Say whether unknown text is what has grown: 财政拨款增加 20 万元."""
    first = next((token for token in before if token.kind != "stop"), None)
    return first is not None and first.kind == "junk" and first.text not in _HOW


def is_collected(phrase: Phrase) -> bool:
    """Say whether 应办 is all that is named: what was received and what was carried in, added up."""
    return [concept.id for kind in _SPECIFIC for concept in phrase.of(kind)] == ["collected"]


def all_are(phrase: Phrase, before: Sequence[Token]) -> bool:
    """Say whether a figure is stated of several things at once: 行政复议、行政诉讼均为 0 件."""
    return phrase.has("all") and len(split_items(before)) > 1


def names(token: Token, *ids: str) -> bool:
    """Say whether a token is one of these concepts."""
    return token.concept is not None and token.concept.id in ids
