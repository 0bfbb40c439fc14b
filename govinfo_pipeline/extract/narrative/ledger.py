"""What a sentence has claimed so far, and what that settles for the words to come. Writes claims, reads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govinfo_pipeline.extract.narrative import meaning
from govinfo_pipeline.extract.narrative.claim import Claim
from govinfo_pipeline.extract.narrative.context import Context, Meaning
from govinfo_pipeline.extract.narrative.phrase import Phrase, merge_scopes, unknown_words
from govinfo_pipeline.extract.narrative.token import Number, Token
from govinfo_pipeline.script import simplify

_OTHER_UNITS = frozenset(("件", "件次", "份", "宗", "起", "条", "例"))
_CARRIED_IN = ("applications.carried_in.total",)
_AVAILABLE = ("applications.new_received.total", *_CARRIED_IN)
_SUMMABLE = ("action", "case", "result", "column", "regulations", "normative_documents", "decision")
_WHOLE_AND_TWO = 3
_OF_A_WHOLE = ("channel", "period", "narrow")
_BOUNDS = ("about", "under", "over")


class Entry(NamedTuple):
    """A claim, what it is about, and how deep in brackets it stands."""

    claim: Claim
    about: Meaning
    depth: int


class Ledger:
    """The claims of one sentence.

    Attributes:
        claims: in order.
        last: the figure just before, if it is a claim.
        trail: the counts, statements of none and of all among the claims.
        depth: of brackets.
        parted: claims before the last figure of another subject.
    """

    def __init__(self, context: Context, quote: str, folded: str, line: int) -> None:
        self.context = context
        self.claims: list[Claim] = []
        self.last: Entry | None = None
        self.trail: list[Entry] = []
        self.depth = 0
        self.parted = 0
        self._including = False
        self._source = quote if len(quote) == len(folded) else folded
        self._quote, self._line = quote, line

    def write(
        self, kind: str, number: Number, about: Meaning, taken: Sequence[Token], phrase: Phrase | None = None
    ) -> Claim:
        """Append a claim made by the tokens ``taken`` and return it."""
        claim = Claim(
            self._quote,
            self._line,
            kind,
            number.value,
            number.unit,
            about.readings[0] if about.readings else (),
            about.readings,
            text=self._printed(taken),
            bound=_bound(number, phrase),
            places=number.places,
            scope=merge_scopes(about.scopes, unknown_words(taken)),
            resolution=number.resolution,
        )
        self.claims.append(claim)
        return claim

    def amend(self, claim: Claim) -> Claim:
        """Put the completed ``claim`` in the place of the one written last."""
        self.claims[-1] = claim
        return claim

    def withdraw(self, entry: Entry) -> bool:
        """Take the claim written last back, unless its own words speak of disclosure; say whether that was done."""
        if not self.claims or self.claims[-1] is not entry.claim or "公开" in simplify(entry.claim.text):
            return False
        self.claims.pop()
        self.trail.pop()
        return True

    def count(self, number: Number, about: Meaning, taken: Sequence[Token], phrase: Phrase) -> None:
        """Write a count or an amount, and remember what it is about."""
        kind = "amount" if number.unit.endswith("元") else "count"
        included = phrase.has("part") and self._include(about)
        about, self._including = self._with_included(about), not included and self._includes(about, phrase)
        self.last = Entry(self.write(kind, number, about, taken, phrase), about, self.depth)
        self.trail.append(self.last)
        if about.readings[:1] == (_CARRIED_IN,):
            self.context.carried_in = number.value
        self._remember(about, phrase)
        self._name_the_sum()

    def _name_the_sum(self) -> None:
        """Let a count be of what was received and carried in where these, behind it, add up to it."""
        if len(self.trail) < _WHOLE_AND_TWO:
            return
        whole, first, second = self.trail[-_WHOLE_AND_TWO:]
        if _AVAILABLE not in whole.about.readings:
            return
        parts = {tuple(_cells(first)), tuple(_cells(second))}
        if (
            parts == {(_AVAILABLE[0],), _CARRIED_IN}
            and first.claim.value + second.claim.value == whole.claim.value
        ):
            readings = tuple(dict.fromkeys((_AVAILABLE, *whole.about.readings)))
            at = next(i for i, claim in enumerate(self.claims) if claim is whole.claim)
            self.claims[at] = whole.claim._replace(about=_AVAILABLE, readings=readings)

    def _includes(self, about: Meaning, phrase: Phrase) -> bool:
        return bool(self.depth) and phrase.has("part") and about.readings[:1] == (_CARRIED_IN,)

    def _with_included(self, about: Meaning) -> Meaning:
        """Return the meaning of a count behind such a bracket: 收到申请（含上年结转 7 件）464 件."""
        if not self._including or self.depth or _AVAILABLE not in about.readings:
            return about
        return about._replace(readings=tuple(dict.fromkeys((_AVAILABLE, *about.readings))))

    def _include(self, about: Meaning) -> bool:
        """Let the count before a bracket include what the bracket says it does: 办理 75 件（含上年结转 4 件）."""
        before = self.last
        if before is None or before.depth >= self.depth or before.claim is not self.claims[-1]:
            return False
        if about.readings and about.readings[0] == _CARRIED_IN and _AVAILABLE in before.about.readings:
            readings = tuple(dict.fromkeys((_AVAILABLE, *before.about.readings)))
            self.amend(before.claim._replace(about=_AVAILABLE, readings=readings))
            self._remember_row(before.about._replace(readings=readings))
            return True
        return False

    def state(self, number: Number, about: Meaning, taken: Sequence[Token]) -> None:
        """Write what a clause without a figure claims: none of it, or all of it."""
        kind = "amount" if about.part == "amount" else "count"
        self.trail.append(Entry(self.write(kind, number, about, taken), about, self.depth))
        self.context.part, self.context.listed = about.part, self.context.listed + 1
        if about.domain == "documents":
            self.context.document = about.part
        if about.domain == "applications":
            self.context.domain, self.context.about = "applications", True

    def stray(self, phrase: Phrase, number: Number) -> None:
        """Forget the context where a figure of another subject stands; an unknown item of a list does no harm."""
        self.last = None
        self.parted = len(self.trail)
        if phrase.of("act") and not phrase.foreign:
            self.context.act = phrase.of("act")[-1]  # 制发文件 126 件, 其中规范性文件 7 件
        self.context.strange = self.context.strange or not self.context.listed
        if number.unit not in _OTHER_UNITS:
            return
        context = self.context
        context.strayed = True
        elsewhere = phrase.foreign or phrase.compound or bool(phrase.of("row"))
        if not self.depth and (not context.listed or elsewhere):
            context.domain = context.document = ""
            context.case = ()

    def addends(self) -> list[Entry]:
        """Return the figures at the end of the sentence that a total may add: all actions, cases or results."""
        found: list[Entry] = []
        for entry in reversed(self.trail):
            if entry.depth > self.depth or (found and _is_detail(entry, found[0])):
                continue
            cells = _cells(entry)
            parts = [each for each in found if _cells(each) < cells]  # 不予公开 5 件, 其中国家秘密 2 件
            others = [each for each in found if each not in parts]
            overlap = any(_cells(each) & cells for each in others) and not _are_of_a_whole(entry, others)
            if entry.depth < self.depth or overlap or not _goes_with(entry, found):
                break
            found = [*others, entry]
        return found[::-1] if _can_be_added(found) else []

    def _remember(self, about: Meaning, phrase: Phrase) -> None:
        context = self.context
        context.part, context.listed, context.domain = about.part, context.listed + 1, about.domain
        context.than = context.strayed = False
        if about.domain == "applications":
            self._remember_row(about)
        elif about.domain == "disputes" and phrase.of("case"):
            context.case = _groups(about)
            self.settle_case()
        elif about.domain == "documents":
            context.document = about.part
            context.act = phrase.of("act")[-1] if phrase.of("act") else context.act

    def turn_to_last_case(self) -> None:
        """Let bare outcomes be of the kind counted last: what a bracket or a colon introduces is its own."""
        if self.last is not None and self.last.about.part == "case":
            self.context.case = _groups(self.last.about)

    def settle_case(self) -> None:
        """Let bare outcomes be of the whole, where its kinds were counted behind it: 直接 5 件, 复议后 3 件."""
        if len(self.trail) < _WHOLE_AND_TWO or any(
            e.about.part != "case" for e in self.trail[-_WHOLE_AND_TWO:]
        ):
            return
        whole, first, second = self.trail[-_WHOLE_AND_TWO:]
        if _cells(first) | _cells(second) == _cells(whole) and second.depth <= self.depth + 1:
            self.context.case = _groups(whole.about)

    def _remember_row(self, about: Meaning) -> None:
        context = self.context
        context.about = True
        reads = "+".join(dict.fromkeys(cell.split(".")[1] for cell in about.readings[0]))
        if about.part in ("noun", "action") and not any(
            scope.kind in _OF_A_WHOLE[:2] for scope in about.scopes
        ):
            context.counted = (reads,) if reads == "processed_total" else meaning.USUAL_ROWS
        if about.part in ("noun", "action") and "new_received" in reads:
            context.row = tuple(dict.fromkeys((reads, *meaning.USUAL_ROWS)))
            context.scopes = tuple(s for s in about.scopes if s.kind in ("narrow", "wide", "period"))
        if about.part != "column" or not context.inner:
            context.result = (reads,) if about.part == "result" else ()

    def _printed(self, taken: Sequence[Token]) -> str:
        first = next((t for t in taken if t.concept is None or t.concept.id != "and"), taken[0])
        return self._source[first.start : taken[-1].end].strip()


def _groups(about: Meaning) -> tuple[str, ...]:
    cells = (cell.removeprefix("disputes.cases.").rpartition("_")[0] for cell in about.readings[0])
    return ("+".join(cells),)


def _cells(entry: Entry) -> set[str]:
    return set(entry.about.readings[0]) if entry.about.readings else set()


def _is_detail(entry: Entry, last: Entry) -> bool:
    """Say whether a figure tells who brought, or what became of, what ``last`` goes on to count: 上年结转 3 件."""
    return last.about.part == "action" and entry.about.part in ("column", "result")


def _goes_with(entry: Entry, found: Sequence[Entry]) -> bool:
    if not _is_summable(entry):
        return False
    about, last = entry.about, (found[0] if found else entry).about
    if about.domain == "documents":
        return last.domain == "documents" and _columns(entry) == _columns(found[0] if found else entry)
    alike = last.part == about.part or (
        _parts_a_whole(entry) and {last.part, about.part} == {"action", "noun"}
    )
    return alike and last.domain == about.domain


def _is_summable(entry: Entry) -> bool:
    return bool(entry.about.readings) and (entry.about.part in _SUMMABLE or _parts_a_whole(entry))


def _parts_a_whole(entry: Entry) -> bool:
    return bool(entry.about.scopes) and entry.about.scopes[-1].kind in _OF_A_WHOLE


def _are_of_a_whole(entry: Entry, found: Sequence[Entry]) -> bool:
    """Say whether figures are one row's by channel or by part of the year: 网络 41 件、信函 19 件."""
    said = [each.about.scopes[-1] for each in (entry, *found) if _parts_a_whole(each)]
    same = all(_cells(each) == _cells(entry) for each in found)
    return same and len(set(said)) == len(found) + 1 and len({scope.kind for scope in said}) == 1


def _columns(entry: Entry) -> set[str]:
    return {cell.rpartition(".")[2] for cell in _cells(entry)}


def _can_be_added(found: Sequence[Entry]) -> bool:
    """Actions are only added where they are 本年新收 and 上年结转, applicants where they are of one row."""
    if len(found) <= 1 or found[0].about.part not in ("action", "column"):
        return len(found) > 1
    rows = {cell.split(".")[1] for entry in found for cell in entry.about.readings[0]}
    if found[0].about.part == "column":
        return len({tuple(c.split(".")[1] for c in entry.about.readings[0][:1]) for entry in found}) == 1
    return rows == {"new_received", "carried_in"} or _are_of_a_whole(found[0], found[1:])


def _bound(number: Number, phrase: Phrase | None) -> str:
    if number.bound or phrase is None:
        return number.bound
    return next((mark for mark in _BOUNDS if phrase.has(mark)), "")
