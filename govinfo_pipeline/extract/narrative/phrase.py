"""A stretch of tokens -> what its words say together: objects, actions, applicants, scope, syntax.

Owns adjacency: which unknown text is harmless, which narrows what is counted, and which makes the figure be
about something else. Knows no cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govinfo_pipeline.extract.narrative.claim import Scope
from govinfo_pipeline.extract.narrative.lexicon import Concept, lexicon
from govinfo_pipeline.extract.narrative.token import Token

CONTENT = ("noun", "row", "column", "case", "outcome", "act")
_CONTENT = frozenset(CONTENT)
_NAMED = frozenset((*CONTENT, "foreign"))
_DISPUTED = ("case", "outcome")
_ORGAN = re.compile(
    r"(?:局|委|办|厅|部|科|室|镇|乡|街道|中心|院|所|队|公司|政府|机关|县|区|市|省|州|盟|旗|部门|单位)$"
)
_DURATION = re.compile(r"\d+\s*个?(?:工作日|自然日|日|天|小时|分钟|月|周)")
_MONTHS = re.compile(r"(\d{1,2})月?\s*[-—–~～至到]{1,2}\s*(\d{1,2})月(?:份|底|末|\d{1,2}日)?")
_MONTH = re.compile(r"0?[1-9]月|1[01]月")
_UNTIL = ("截至", "截止")
_WHOLE_YEAR = ("1", "12")
_CHANNELS_ENUMERATED = 2
_RECEIVED = frozenset(("newly_received", "received", "accepted"))
_AS_BEFORE = "此该其上同"  # 因此被申请行政复议
_ON_SUBJECT = frozenset(("涉及", "涉", "关于", "有关", "针对"))


@dataclass(slots=True)
class Phrase:
    """What a stretch of tokens says.

    Attributes:
        words: concept kind -> concepts in order, for content and verbs; ``noun`` is the last noun as printed.
        marks: ids of the syntactic marks.
        scopes: words that change the counted set.
        years: years named.
        foreign: a word of another subject stands here; ``tail``: the last thing said is of another subject.
        compound: unknown text stands directly before a plain 申请, so it is another kind of application.
        subject: unknown text that names an organ, before everything else.
        lead: unknown text directly before the first thing named: 注销行政许可.
        unknown: unknown text stands anywhere.
        other_cause: disputes are brought for a cause that is no disclosure.
        topical: unknown text says what the things named are about: 涉及征地的申请.
    """

    words: dict[str, list[Concept]] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    scopes: list[Scope] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    foreign: bool = False
    tail: bool = False
    compound: bool = False
    subject: str = ""
    lead: str = ""
    unknown: bool = False
    topical: bool = False
    other_cause: bool = False
    noun: str = ""

    def of(self, kind: str) -> list[Concept]:
        """Return the concepts of a kind, in order."""
        return self.words.get(kind, [])

    @property
    def content(self) -> bool:
        """Say whether anything that can be counted is named."""
        return not _CONTENT.isdisjoint(self.words)

    def has(self, *marks: str) -> bool:
        """Say whether one of ``marks`` stands here."""
        return bool(self.marks) and not self.marks.isdisjoint(marks)

    def nouns(self, domain: str) -> list[Concept]:
        """Return the nouns of a domain."""
        return [c for c in self.of("noun") if c.domain == domain]


def read_phrase(tokens: Sequence[Token]) -> Phrase:
    """Return what ``tokens`` say together."""
    phrase = Phrase()
    unknown: Token | None = None
    previous: Token | None = None
    caused = _cause_ends(tokens)
    phrase.foreign = phrase.other_cause = _is_of_another_cause(tokens)
    for at, token in enumerate(tokens):
        concept = token.concept
        if concept is not None:
            if concept.kind not in _NAMED:
                _note(phrase, token, concept)
            elif at >= caused or concept.kind == "foreign":
                _take(phrase, token, concept, previous, unknown)
                unknown = None
        elif token.kind == "junk":
            unknown = token
            phrase.unknown = True
            subject = previous is not None and previous.text in _ON_SUBJECT
            phrase.topical = phrase.topical or (subject and not phrase.content)
            if not phrase.content and _ORGAN.search(token.text):
                phrase.subject = token.text
        elif token.year is not None and at >= caused:
            phrase.years.append(token.year)
        elif token.kind == "time" and (
            _is_period(token.text) or _ends_a_part(token, tokens[max(at - 2, 0) : at])
        ):
            phrase.scopes.append(Scope("period", token.text))
        previous = token
    phrase.tail = phrase.tail or (unknown is not None and phrase.content)
    _settle_scopes(phrase)
    return phrase


def _is_period(text: str) -> bool:
    """Say whether a time is a part of the year or a term: 1—6月, 15个工作日."""
    months = _MONTHS.fullmatch(text)
    return months.groups() != _WHOLE_YEAR if months else _DURATION.fullmatch(text) is not None


def _ends_a_part(token: Token, before: Sequence[Token]) -> bool:
    """Say whether a date ends a part of the year: 截至 6 月底, 截至 2022 年 6 月底."""
    return _MONTH.match(token.text) is not None and any(each.text in _UNTIL for each in before)


def split_items(tokens: Sequence[Token]) -> list[Phrase]:
    """Return the phrases of a coordination: A、B和C. Pieces without content join the next."""
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.concept is not None and token.concept.id == "and":
            if read_phrase(pieces[-1]).content:
                pieces.append([])
        elif token.concept is not None and token.concept.id == "everyone" and "法人" in token.text:
            pieces += [_as_word(token, "自然人")], [_as_word(token, "法人")]
        elif token.concept is not None and token.concept.id == "granted_both" and "、" in token.text:
            pieces += [_as_word(token, "予以公开")], [_as_word(token, "部分公开")]
        else:
            pieces[-1].append(token)
    items = [phrase for piece in pieces if (phrase := read_phrase(piece)).content]
    nouns = next((item.of("noun") for item in items if item.nouns("applications")), [])
    for item in items:
        if nouns and set(item.words) <= {"row", "column"}:
            item.words["noun"] = nouns  # 自然人、法人申请
    return items


def _as_word(token: Token, word: str) -> Token:
    """Return ``token`` read as another word: in a list 自然人、法人或其他组织 are two kinds, not everyone."""
    return token._replace(concept=lexicon()[word])


def _cause_ends(tokens: Sequence[Token]) -> int:
    """Return where 因政府信息公开申请引起 ends, if a dispute follows it: what it names is not counted."""
    end, cause = 0, False
    for at, token in enumerate(tokens):
        concept = token.concept
        if concept is None:
            continue
        cause = cause or concept.id == "cause"
        brought = cause and concept.kind == "case" and (concept.strong or _is_filed(tokens[:at]))
        if concept.id == "caused" or brought:
            end, cause = at, False  # 因答复申请被申请行政复议, 因申请提出的行政复议
    if not end:
        return 0
    follows = any(t.concept is not None and t.concept.kind in _DISPUTED for t in tokens[end:])
    return end if follows else 0


def _is_of_another_cause(tokens: Sequence[Token]) -> bool:
    """Say whether disputes are brought for a cause that is no disclosure: 因征地补偿被提起行政诉讼 2 件."""
    at = next((i for i, t in enumerate(tokens) if t.concept is not None and t.concept.id == "cause"), None)
    if at is None or tokens[at].text == "因不服":
        return False
    cause: list[Token] = []
    for token in tokens[at + 1 :]:
        if token.concept is not None and token.concept.kind == "case":
            unknown = [each.text for each in cause if each.kind == "junk"]
            return bool(unknown) and unknown[0][0] not in _AS_BEFORE and not _speaks_of_disclosure(cause)
        cause.append(token)
    return False


def _speaks_of_disclosure(tokens: Sequence[Token]) -> bool:
    return any(
        t.concept is not None and (t.concept.kind in ("noun", "row") or t.concept.id == "disclosure")
        for t in tokens
    )


def _is_filed(before: Sequence[Token]) -> bool:
    return [token.text for token in before[-2:]] == ["提出", "的"]


def _take(
    phrase: Phrase, token: Token, concept: Concept, before: Token | None, unknown: Token | None
) -> None:
    if concept.kind == "foreign":
        phrase.foreign = phrase.tail = True
        return
    phrase.tail = False
    if before is not None and before.kind == "junk" and not phrase.content:
        phrase.lead = before.text
    of_applicant = unknown is not None and "column" in phrase.words  # 企业开办申请
    if concept.id == "application_weak" and (of_applicant or (before is not None and before.kind == "junk")):
        phrase.compound = True
    elif unknown is not None and phrase.content:
        phrase.scopes.append(Scope("wording", unknown.text))
    if concept.kind == "row" and token.text.startswith("涉") and phrase.nouns("applications"):
        phrase.scopes.append(Scope("wording", token.text))  # 申请公开涉及商业秘密的: a subject, no result
    if concept.kind == "noun":
        phrase.noun = token.text
        if concept.id == "application" and not _RECEIVED.isdisjoint(c.id for c in phrase.of("row")):
            rows = [c for c in phrase.of("row") if c.id != "granted_bare"]
            phrase.words["row"] = rows  # 公开渠道收到的申请
    phrase.words.setdefault(concept.kind, []).append(concept)


def _note(phrase: Phrase, token: Token, concept: Concept) -> None:
    if concept.kind == "mark":
        phrase.marks.add(concept.id)
        if token.text == "累计":
            phrase.marks.add("cumulative")
    elif concept.kind == "scope":
        phrase.scopes.append(Scope(concept.type, token.text))
    elif concept.kind == "verb":
        phrase.words.setdefault("verb", []).append(concept)


def _settle_scopes(phrase: Phrase) -> None:
    """Drop scopes that are enumerations of the whole: 通过当面、信函和网络, 全市各部门、各乡镇."""
    if not phrase.scopes:
        return
    kinds = [scope.kind for scope in phrase.scopes]
    if kinds.count("channel") >= _CHANNELS_ENUMERATED:
        phrase.scopes = [scope for scope in phrase.scopes if scope.kind != "channel"]
    if "wide" in kinds:
        phrase.scopes = [scope for scope in phrase.scopes if scope.kind != "narrow"]
        phrase.subject = ""


def unknown_words(tokens: Sequence[Token]) -> tuple[Scope, ...]:
    """Return the unknown text of a claim, but for the organ that its sentence begins with.

    What it says is not known, so it may narrow what is counted: such a claim may match, but it cannot be wrong.
    """
    unknown = [at for at, token in enumerate(tokens) if token.kind == "junk"]
    if not unknown:
        return ()
    first = next(
        (at for at, t in enumerate(tokens) if t.concept is not None and t.concept.kind in _CONTENT), 0
    )
    organ = max((at for at in unknown if at < first and _ORGAN.search(tokens[at].text)), default=-1)
    return tuple(Scope("wording", tokens[at].text) for at in unknown if at > organ)


def merge_scopes(*groups: Iterable[Scope]) -> tuple[Scope, ...]:
    """Return all scopes, each once, in order."""
    return tuple(dict.fromkeys(scope for group in groups for scope in group))
