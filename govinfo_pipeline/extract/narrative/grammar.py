"""Sentences -> claims: walks the tokens clause by clause and keeps what earlier clauses settled.

Owns clauses: brackets, topics without a figure, statements of none (未收到) and of all (均). `figure` reads the
figures. What cannot be read for certain makes no claim and ends the context.
"""

from __future__ import annotations

from collections.abc import Sequence

from govinfo_pipeline.extract.narrative.claim import Claim
from govinfo_pipeline.extract.narrative.context import Context
from govinfo_pipeline.extract.narrative.figure import FigureReader
from govinfo_pipeline.extract.narrative.ledger import Entry, Ledger
from govinfo_pipeline.extract.narrative.lexicon import lexicon
from govinfo_pipeline.extract.narrative.nearby import is_of_last_year, names, turn_to_year
from govinfo_pipeline.extract.narrative.phrase import CONTENT, Phrase, read_phrase
from govinfo_pipeline.extract.narrative.statement import all_of, none_of
from govinfo_pipeline.extract.narrative.token import Number, Token

_ORGANISATIONS = frozenset(("research_institution", "public_welfare_org", "legal_service_org", "other_org"))
_RESULTS = frozenset(
    concept.id
    for concept in lexicon().values()
    if concept.kind == "row"
    and not concept.listed
    and concept.reads[0].split("+")[0]
    not in ("new_received", "carried_in", "carried_forward", "processed_total")
)
_PAIR = 5  # tokens of two disputes with their figures
_SEVERAL = 3  # results that make a sentence one about applications
_NAMING = frozenset((*CONTENT, "foreign"))
_ANEW = frozenset(("each", "share", "than", "last_year", "total"))  # another list of figures begins
_BETWEEN_ITEMS = frozenset(("、", "和", "及"))


class SentenceReader:
    """Reads one sentence. ``context`` lives on to the next sentence of the paragraph."""

    def __init__(self, context: Context, quote: str, folded: str, line: int) -> None:
        self.context = context
        self.ledger = Ledger(context, quote, folded, line)
        self.figures = FigureReader(self.ledger)
        self.figures.withdraws = "撤" in folded
        self._clause: list[Token] = []
        self._has_figure = self._turned = False
        self._outer: list[tuple[list[Token], Entry | None, tuple[str, ...]]] = []
        self._denied = False
        self._parted = 0  # claims before the last semicolon

    def read(self, tokens: Sequence[Token]) -> list[Claim]:
        """Return the claims of the sentence, in order."""
        tokens = _with_outcomes(_with_stops(tokens))
        named = {token.concept.id for token in tokens if token.concept is not None}
        organisations = not _ORGANISATIONS.isdisjoint(named)
        self.context.kinds = organisations or ("other" in named and _has_other_kind(tokens))
        self.context.adjudicates = "adjudicate" in named
        self.context.instances = "instance" in named
        self.context.jargon = len(named & _RESULTS) + ("granted_both" in named) >= _SEVERAL
        self.context.late = "stage" in named and any(token.text.startswith("延期") for token in tokens)
        for at, token in enumerate(tokens):
            if token.kind == "stop":
                self._stop(token.text, tokens[at + 1 : at + 2])
            elif token.kind != "number" or _is_denied(self._clause):
                self._clause.append(token)
            else:
                self._read_figure(tokens, at)
        self._close()
        return self.ledger.claims

    def _read_figure(self, tokens: Sequence[Token], at: int) -> None:
        if self.ledger.depth and self._outer and is_of_last_year(self._outer[-1][0], self.context.year):
            self.context.than = True  # 比上年（48 件）下降 25%
            return
        if (
            self._has_figure
            and self._clause
            and names(self._clause[0], "link")
            and read_phrase(self._clause).content
        ):
            self._clause = []  # 2 件为上年结转共 20 件: the words are those of the figure before
        self.figures.read(self._clause, tokens[at], _behind(tokens, at), _figures_ahead(tokens, at))
        self._clause, self._has_figure = [], True

    def _stop(self, text: str, following: Sequence[Token]) -> None:
        if text == ";":
            self._close()
            self._parted = len(self.ledger.trail)
        if text == "(":
            before = [] if self._has_figure else list(self._clause)
            self.ledger.turn_to_last_case()
            self._outer.append((before, self.ledger.last, self.context.case))
            self._close()
            last = self.ledger.last
            self.context.inner = not before and last is not None and last.about.part == "result"
            results = [c for c in read_phrase(before).of("row") if c.id in _RESULTS]
            if results:  # 予以公开（自然人 18 件、企业 2 件）20 件
                self.context.inner, self.context.result = True, results[-1].reads[:1]
            self._turned = self.context.elsewhen
            self.ledger.depth += 1
        elif text == ")":
            before, last, case = self._outer.pop() if self._outer else ([], None, ())
            had_figure = self._has_figure
            if not had_figure and _tells_which(self._clause, before):
                before = [*before, *self._clause]  # 不予公开（属于过程性信息）2 件
            self._close()
            of_share = any(token.concept is not None and token.concept.id == "share" for token in before)
            waits = of_share or any(token.kind == "number" for token in following)
            self._clause = before if waits or not had_figure else []  # 收到申请（含上年结转 7 件）464 件
            aside = self.context.elsewhen and not self._turned  # 58 件（上年 50 件），增长 16%
            self.context.elsewhen, self.context.inner = self._turned, False
            self.ledger.last = last or (None if of_share or aside else self.ledger.last)
            self.ledger.depth = max(self.ledger.depth - 1, 0)
            self.context.case = case or self.context.case
            self.ledger.settle_case()
        elif text != ":" or (self._has_figure and not any(token.kind == "number" for token in following)):
            if text == ":":
                self.ledger.turn_to_last_case()
            self._close()

    def _close(self) -> None:
        """Read a clause, or the rest of one, that has no figure."""
        clause, self._clause = self._clause, []
        self.figures.of_those = False
        figures, self._has_figure = self._has_figure, False
        if not clause:
            return
        phrase = read_phrase(clause)
        turn_to_year(phrase, self.context)
        if self._read_none(clause) or self._read_all(clause, phrase) or figures:
            return
        last = self.ledger.last
        before = self.context.year is not None and self.context.year - 1 in phrase.years
        if last and phrase.has("level") and (before or phrase.has("than", "last_year") or self.context.than):
            claim = self.ledger.write("growth", Number(0, "%", 0, "", 1), last.about, clause)
            self.ledger.amend(claim._replace(measure="relative"))
        self.figures.read_left(phrase, clause)
        self._set_topic(phrase, unknown=any(token.kind == "junk" for token in clause))

    def _read_none(self, clause: list[Token]) -> bool:
        found = none_of(clause, self.context, denied=self._denied)
        self._denied = any(each.domain == "disputes" for each in found)
        for each in found:
            if not self.context.elsewhen:
                unit = "元" if each.part == "amount" else "件"
                self.ledger.state(Number(0, unit, 0, "", 1), each, clause)
        return bool(found)

    def _read_all(self, clause: list[Token], phrase: Phrase) -> bool:
        depth = self.ledger.depth
        trail = self.ledger.trail
        if 0 < self.ledger.parted == len(trail):
            return False  # 行政复议 4 件, 已审结 3 件, 均维持
        counted = [(entry.claim.value, entry.about) for entry in trail if entry.depth <= depth]
        near = len(trail) - max(self._parted, self.ledger.parted)
        alone = self.ledger.last is not None and self.ledger.last.about.part == "case"
        found = all_of(phrase, self.context, counted, alone=alone, near=near)
        for value, each in found:
            self.ledger.state(Number(value, "件", 0, "", 1), each, clause)
        return bool(found)

    def _set_topic(self, phrase: Phrase, *, unknown: bool) -> None:
        context = self.context
        context.than = context.than or phrase.has("than", "of_last")
        if unknown and not (phrase.content or phrase.subject or context.listed):
            context.strange = True
        context.scopes = tuple(s for s in phrase.scopes if s.kind == "period") or context.scopes
        if phrase.nouns("applications"):
            context.about = True
            if not phrase.tail and not phrase.compound:
                context.domain = "applications"
                context.topic = not phrase.foreign
        elif phrase.foreign:
            context.domain = ""
        if context.disclosure and _is_of_disputes(phrase):
            context.case = phrase.of("case")[0].reads
        if phrase.nouns("documents") and not phrase.foreign:
            context.document = phrase.nouns("documents")[-1].id
        elif phrase.foreign:
            context.document = ""


def _tells_which(inside: Sequence[Token], before: Sequence[Token]) -> bool:
    """Say whether a bracket behind a group of results names the one row of it that is counted."""
    groups, phrase = read_phrase(before).of("row")[-1:], read_phrase(inside)
    rows = phrase.of("row")
    of_group = groups and rows and rows[0].id.startswith(f"{groups[0].id}_")
    known = not (phrase.unknown or phrase.foreign or phrase.has("etc", "and", "part", "all"))
    return bool(of_group) and known and list(phrase.words) == ["row"] and len(rows) == 1


def _is_of_disputes(phrase: Phrase) -> bool:
    """Say whether a clause names one kind of dispute and nothing else: 经复议, 维持 3 件."""
    known = not (phrase.tail or phrase.foreign or phrase.lead or phrase.has("adjudicate"))
    return known and list(phrase.words) == ["case"] and len(phrase.of("case")) == 1


def _with_stops(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with a stop for what parts items behind their figures: 1 件维持、1 件撤销."""
    found = list(tokens)
    figure = named = linked = False
    for at, token in enumerate(tokens[:-1]):
        if token.kind in ("number", "stop"):
            figure, named = token.kind == "number", False
            linked = figure and names(tokens[at + 1], "link", "from")
        elif linked and named and token.text in _BETWEEN_ITEMS and _figures_ahead_in(tokens, at):
            found[at] = Token("stop", token.start, token.end, ",")  # 6 件为企业、其他 2 件
            linked = False
        elif token.concept is not None and token.concept.kind in CONTENT:
            named = True
        elif figure and named and token.text in _BETWEEN_ITEMS and tokens[at + 1].kind == "number":
            found[at] = Token("stop", token.start, token.end, ",")
    return found


def _with_outcomes(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with an outcome behind each of the disputes that share it: 4 件行政复议、2 件行政诉讼获维持."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        found.append(token)
        if token.concept is None or token.concept.kind != "case" or tokens[at - 1].kind != "number":
            continue
        ahead = tokens[at - 1 : at + 6]
        if len(ahead) > _PAIR:
            joined = ahead[2].text in (",", *_BETWEEN_ITEMS) and _kinds(ahead[3:5]) == ["number", "case"]
            last = ahead[6] if names(ahead[5], "link") and len(ahead) > _PAIR + 1 else ahead[5]
            if joined and _kinds([last]) == ["outcome"]:
                found.append(last)
    return found


def _kinds(tokens: Sequence[Token]) -> list[str]:
    return [token.kind if token.concept is None else token.concept.kind for token in tokens]


def _figures_ahead_in(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a figure follows before the next stop."""
    kinds = [token.kind for token in tokens[at:]]
    return "number" in (kinds[: kinds.index("stop")] if "stop" in kinds else kinds)


def _has_other_kind(tokens: Sequence[Token]) -> bool:
    """Say whether 其他 stands right behind the figure of a kind of applicant: 企业 6 件, 其他 2 件."""
    said = [t for t in tokens if t.kind == "number" or (t.concept is not None and t.concept.id != "accepted")]
    return any(
        first.concept is not None
        and first.concept.kind == "column"
        and [figure.kind, last.kind] == ["number"] * 2
        and other.concept is not None
        and other.concept.id == "other"
        for first, figure, other, last in zip(said, said[1:], said[2:], said[3:], strict=False)
    )


def _behind(tokens: Sequence[Token], at: int) -> list[Token]:
    """Return the words behind a figure, up to a stop; none where another figure follows first."""
    found: list[Token] = []
    for token in tokens[at + 1 :]:
        if token.kind == "number":
            return []
        if token.kind == "stop":
            break
        found.append(token)
    return found


def _figures_ahead(tokens: Sequence[Token], at: int) -> int:
    """Return how many figures of its kind follow before something else is named: 分别为 3 件、5 件和 2 件 has two."""
    figures = 0
    for token in tokens[at + 1 :]:
        concept = token.concept
        named = concept is not None and (concept.kind in _NAMING or concept.id in _ANEW)
        if named or token.kind in ("junk", "year") or token.text == ";":
            break
        figures += _is_percent(token) == _is_percent(tokens[at]) and token.kind == "number"
    return figures


def _is_percent(token: Token) -> bool:
    return token.number is not None and token.number.unit == "%"


def _is_denied(clause: Sequence[Token]) -> bool:
    """Say whether a figure follows a negation in its clause: 没有发生一起 counts nothing."""
    return any(token.concept is not None and token.concept.id in ("not", "none") for token in clause)
