"""Clauses without a figure that claim one: none (未收到, 无, 未发生) and all (均为自然人, 均维持).

Owns what a negation reaches: the nouns of its own clause, and only where nothing unknown follows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from govinfo_pipeline.extract.narrative import meaning
from govinfo_pipeline.extract.narrative.claim import Scope
from govinfo_pipeline.extract.narrative.context import Context, Meaning
from govinfo_pipeline.extract.narrative.interpret import interpret
from govinfo_pipeline.extract.narrative.phrase import Phrase, read_phrase, split_items
from govinfo_pipeline.extract.narrative.token import Token

_DENIED_ROWS = frozenset(
    ("newly_received", "received", "accepted", "carried_in", "carried_forward", "carried")
)
_BROUGHT = frozenset(("received", "accepted"))  # 均由自然人提出
_ANSWERED = frozenset(("handled", "finished"))  # 答复结果均为予以公开
_KINDS_OF_CASE = frozenset(("direct_litigation", "post_review_litigation", "litigation", "review"))
_ENDS_OF_DENIAL = frozenset(("情况", "情形", "发生", "案件", "事项"))
_AT_THE_END = frozenset(("问题", "要求", "请求", "需求", "现象", "行为", "纠纷"))  # 未发生行政诉讼问题
_DENIED_ACTS = frozenset(("issued", "repealed"))


def none_of(clause: Sequence[Token], context: Context, *, denied: bool = False) -> list[Meaning]:
    """Return what a clause says there was none of. ``denied``: the clause before denied disputes."""
    while clause and clause[-1].text in _AT_THE_END:
        clause = clause[:-1]
    at = next((i for i, token in enumerate(clause) if _denies(token, i, clause)), None)
    if at is None and denied and clause and clause[-1].text in _ENDS_OF_DENIAL:
        phrase = read_phrase(clause)  # 无行政复议, 行政诉讼情况发生
        return _no_disputes(phrase, context) if set(phrase.words) == {"case"} and not phrase.tail else []
    if (
        at is None
        or _is_with(clause[at + 1 :])
        or any(token.number is not None and token.number.value != 1 for token in clause)
    ):
        return []  # 没有发生一起 is none, 未收到 3 件以上 is not
    items = _denied_items(clause, at)
    if items:
        return [about for item in items for about in none_of(item, context)]
    behind = read_phrase(clause[at + 1 :])
    whole = read_phrase([*clause[:at], *clause[at + 1 :]])
    apart = behind.of("outcome") and not behind.of("case")  # 行政复议零纠错
    if apart:
        said = whole
    elif behind.content:
        said = behind
        before = read_phrase(clause[:at])
        said.marks |= before.marks
        said.scopes = [*(scope for scope in before.scopes if scope.kind == "period"), *said.scopes]
    elif at == len(clause) - 1 or not read_phrase(clause[at + 1 :]).tail:
        said = whole
    else:
        return []
    if said.tail or said.foreign or said.has("adjudicate"):
        return []
    joined = _joined(said)
    if said.of("case") and said.nouns("applications") and not joined:
        joined = _listed(split_items(clause[at + 1 :] if behind.content else clause))
    applications = _no_applications(said, context) if joined or not said.of("case") else []
    disputes = _no_disputes(said, context) if joined or not said.of("row") else []
    return [*applications, *disputes, *_no_others(said, context)]


def _is_with(after: Sequence[Token]) -> bool:
    """Say whether only what goes with a dispute is denied: 未发生与诉讼有关的费用."""
    return len(after) > 1 and after[0].text in ("与", "同") and bool(read_phrase(after[1:2]).of("case"))


def _denied_items(clause: Sequence[Token], at: int) -> list[list[Token]]:
    """Return the clause once for each item of a list with another subject in it: 未发生投诉举报、行政复议."""
    head, rest = list(clause[: at + 1]), clause[at + 1 :]
    if not any(token.concept is not None and token.concept.kind == "foreign" for token in rest):
        return []
    pieces: list[list[Token]] = [[]]
    for token in rest:
        if token.concept is not None and token.concept.id == "and":
            pieces.append([])
        else:
            pieces[-1].append(token)
    disputed = [piece for piece in pieces if read_phrase(piece).of("case")]
    foreign = [piece for piece in pieces if read_phrase(piece).foreign]
    cause = any(_is_cause(piece) for piece in foreign)
    return [head + piece for piece in disputed if piece not in foreign] if foreign and not cause else []


def _is_cause(piece: Sequence[Token]) -> bool:
    """Say whether the other subject is what disputes came of: 因投诉引发, but not 由信息公开引发的投诉."""
    other = next(i for i, t in enumerate(piece) if t.concept is not None and t.concept.kind == "foreign")
    return any(t.concept is not None and t.concept.id == "caused" for t in piece[other:])


def _denies(token: Token, at: int, clause: Sequence[Token]) -> bool:
    if token.concept is None:
        return False
    if token.text == "尚未":  # a lone word of the disputes' heading, where no verb follows
        after = clause[at + 1].concept if at + 1 < len(clause) else None
        return after is not None and after.kind == "row"
    if token.concept.id == "unavailable_not_held" and token.text == "不存在":
        return not read_phrase(clause[:at]).content
    return token.concept.id in ("not", "none")


def _no_applications(denied: Phrase, context: Context) -> list[Meaning]:
    rows = denied.of("row")
    carried = any(row.id.startswith("carried") for row in rows)
    if not carried and any(row.id not in _DENIED_ROWS for row in rows):
        return []
    if denied.of("outcome") or denied.of("act"):
        return []
    nouns = denied.nouns("applications")
    if not carried and (not nouns or (denied.nouns("decisions") and not any(n.strong for n in nouns))):
        return []  # 未收到行政许可申请
    alone = Phrase({k: v for k, v in denied.words.items() if k in ("noun", "row", "column")}, denied.marks)
    alone.scopes, alone.years, alone.compound = denied.scopes, denied.years, denied.compound
    if carried and not context.domain and context.about:
        context.domain = "applications"
    columns = denied.of("column")
    each = [replace(alone, words={**alone.words, "column": [c]}) for c in columns] if columns else [alone]
    read = [interpret(phrase, context, "件", zero=True) for phrase in each]
    return [found._replace(readings=found.readings[:1]) for found in read if found is not None]


def _joined(denied: Phrase) -> bool:
    """Say whether applications and disputes are both denied: 未收到政府信息公开申请及行政复议."""
    return denied.has("and") and not denied.has("caused", "cause") and "row" in denied.words


def _listed(items: Sequence[Phrase]) -> bool:
    """Say whether applications are one item of the list and disputes another: 政府信息公开申请、行政复议均为零."""
    apart = [item for item in items if any(noun.strong for noun in item.nouns("applications"))]
    caused = any(item.has("cause", "caused") for item in items)
    return len(apart) == 1 and not apart[0].of("case") and len(items) > 1 and not caused


def _no_disputes(denied: Phrase, context: Context) -> list[Meaning]:
    if any(scope.kind == "wording" for scope in denied.scopes) and not context.disclosure:
        return []
    roles = denied.of("outcome")[-1].reads[:1] if denied.of("outcome") else ("total",)
    cases = dict.fromkeys(concept.reads for concept in denied.of("case"))
    if not cases and context.case and roles == ("corrected",):
        cases = dict.fromkeys([context.case])  # 行政复议 5 件, 无一被纠正
    return _spread([Meaning("disputes", "case", meaning.disputes(c, roles), context.scopes) for c in cases])


def _spread(found: list[Meaning]) -> list[Meaning]:
    """Return none of 行政复议诉讼 as none of each."""
    spread = []
    for each in found:
        cells = each.readings[0]
        reviews = tuple(cell for cell in cells if ".review_" in cell)
        others = tuple(cell for cell in cells if ".review_" not in cell)
        spread += [each._replace(readings=(part,)) for part in (reviews, others) if part]
    return spread


def _no_others(denied: Phrase, context: Context) -> list[Meaning]:
    found = []
    for noun in denied.of("noun"):
        if noun.domain == "applications":
            continue
        acts = [act.id for act in denied.of("act")]
        if noun.domain == "documents" and (not acts or any(act not in _DENIED_ACTS for act in acts)):
            continue
        unit = "元" if noun.domain in ("fees", "processing_fee") else "件"
        for acted in [[act] for act in denied.of("act")] or [[]]:  # 未制发、废止规范性文件
            words = {"noun": [noun], "verb": denied.of("verb"), "act": acted}
            said = {kind: concepts for kind, concepts in words.items() if concepts}
            phrase = Phrase(said, set(denied.marks), noun=denied.noun)
            about = interpret(phrase, context, unit, zero=True)
            if about is not None and (noun.domain != "decisions" or _decided(denied)):
                found.append(about)
    return found


def _decided(denied: Phrase) -> bool:
    applied = bool(denied.nouns("applications"))  # 未收到行政许可申请
    return not applied and (bool(denied.of("verb")) or denied.noun.endswith("决定"))


def all_of(
    phrase: Phrase,
    context: Context,
    counted: Sequence[tuple[int | Decimal, Meaning]],
    *,
    alone: bool,
    near: int = 0,
) -> list[tuple[int | Decimal, Meaning]]:
    """Return (value, meaning) of what 均为自然人 or 均维持 says of the figures before it.

    ``alone``: a dispute was counted just before, so that 结果维持 needs no 均. ``near``: how many
    figures were counted since the last semicolon, so that 均 speaks of all of them.
    """
    if not counted or phrase.tail or phrase.foreign:
        return []
    every = phrase.has("all")
    if phrase.of("outcome") and not phrase.of("case") and not phrase.of("row"):
        return _all_disputes(phrase, counted, every=every, near=near) if every or alone else []
    if (every or phrase.has("link")) and _names_a_case(phrase):
        return _all_of_a_case(phrase, counted)
    value, last = counted[-1]
    if last.part == "column" and counted[:-1] and counted[-2][0] == value:
        last = counted[-2][1]  # 3 件均由自然人提出, 结果均为予以公开
    if not every or last.domain != "applications":
        return []
    rows = [row for row in phrase.of("row") if row.id not in _ANSWERED] or phrase.of("row")
    if last.part == "result" and len(rows) == 1 and not phrase.of("column"):
        about = interpret(phrase, context, "件")
        return [(value, about)] if about and set(about.readings[0]) < set(last.readings[0]) else []
    if last.part not in ("action", "noun"):
        return []
    if len(phrase.of("column")) == 1 and all(row.id in _BROUGHT for row in rows):
        about = interpret(phrase, context, "件")
        return [(value, about)] if about else []
    if len(rows) == 1 and rows[0].id in ("granted", "denied", "unavailable", "not_processed"):
        about = interpret(phrase, context, "件")
        return [(value, about)] if about else []
    return []


def _names_a_case(phrase: Phrase) -> bool:
    """Say whether one kind of dispute is all that is named: 均为未经复议直接起诉."""
    cases = phrase.of("case")
    return len(cases) == 1 and cases[0].id in _KINDS_OF_CASE and set(phrase.words) <= {"case", "verb"}


def _all_of_a_case(
    phrase: Phrase, counted: Sequence[tuple[int | Decimal, Meaning]]
) -> list[tuple[int | Decimal, Meaning]]:
    (case,) = phrase.of("case")
    wider = [
        value
        for value, about in counted[-1:]
        if about.part == "case" and set(meaning.disputes(case.reads, ("total",))[0]) < set(about.readings[0])
    ]
    return [(value, Meaning("disputes", "case", meaning.disputes(case.reads, ("total",)))) for value in wider]


def _all_disputes(
    phrase: Phrase, counted: Sequence[tuple[int | Decimal, Meaning]], *, every: bool, near: int
) -> list[tuple[int | Decimal, Meaning]]:
    found: list[tuple[int | Decimal, Meaning]] = []
    taken: set[str] = set()
    roles = phrase.of("outcome")[-1].reads
    upheld = phrase.of("outcome")[-1].id == "upheld"  # 驳回诉讼请求 is of courts alone
    for at, (value, about) in enumerate(reversed(counted)):
        cells = about.readings[0] if about.readings else ()
        if about.part == "case" and value == 0:
            continue
        if about.part != "case" or taken & set(cells) or (found and not every):
            break
        groups = "+".join(cell.removeprefix("disputes.cases.").removesuffix("_total") for cell in cells)
        soft = (Scope("wording", "均"),) if found and (at >= near or not upheld) else ()
        found.append(
            (
                value,
                Meaning("disputes", "outcome", meaning.disputes((groups,), roles), (*about.scopes, *soft)),
            )
        )
        taken |= set(cells)
    return found[::-1]
