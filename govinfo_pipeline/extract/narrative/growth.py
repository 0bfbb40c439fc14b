"""Growth against last year -> claims, and the figures of other years, which are passed over.

Owns what a figure is compared with: the words of comparison, last year's figure beside this year's, growth in a row.
"""

from __future__ import annotations

from govinfo_pipeline.extract.narrative.context import Context, Meaning
from govinfo_pipeline.extract.narrative.interpret import COUNT_UNITS, MONEY_UNITS, interpret
from govinfo_pipeline.extract.narrative.ledger import Entry, Ledger
from govinfo_pipeline.extract.narrative.nearby import (
    is_of_last_year,
    is_plain,
    names,
    turn_to_year,
)
from govinfo_pipeline.extract.narrative.phrase import Phrase, read_phrase, split_items
from govinfo_pipeline.extract.narrative.token import Number, Token

_POINTS = frozenset(("个百分点", "百分点", "‰"))
_COMPARED = COUNT_UNITS | {"%", "倍"}
_NEW = ("applications.new_received.total",)
_RECEIVED = frozenset(("newly_received", "received", "accepted", "carried_in"))


class GrowthReader:
    """Reads growth of one sentence into its ledger.

    Attributes:
        growing: what 同比分别增长 still waits for; ``shrinking``: these have become fewer.
        contrasted: what was received before the sentence turned to last year.
        changing: what 由 50 件 counted before it changed.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.growing: list[Meaning] = []
        self.shrinking = False
        self.contrasted: Entry | None = None
        self.changing: Meaning | None = None

    @property
    def context(self) -> Context:
        """What earlier words settled."""
        return self.ledger.context

    def _phrase_of(self, before: list[Token], number: Number) -> Phrase:
        phrase = read_phrase(before)
        if before and names(before[-1], "more", "fewer"):
            phrase.marks.add("up" if names(before[-1], "more") else "down")
        before_this = self.context.year is not None and self.context.year - 1 in phrase.years
        if number.unit == "倍" and phrase.has("link") and before_this:
            phrase.marks.add("of_last")
        turn_to_year(phrase, self.context)
        return phrase

    def _is_beside_last_years(
        self, phrase: Phrase, number: Number, before: list[Token], behind: list[Token]
    ) -> bool:
        """Read the growth behind a figure of last year, and pass over the figures of other years."""
        grows = phrase.has("up", "down") and number.unit in _COMPARED and not phrase.content
        if self.context.elsewhen and self.contrasted and grows:
            self.context.elsewhen, self.ledger.last = False, self.contrasted
            return False
        if number.unit in _POINTS or self.context.elsewhen or self._is_last_years(phrase):
            self._pass_over(phrase, read_phrase(behind))
        elif before and names(before[-1], "from") and number.unit in COUNT_UNITS:
            self.changing = interpret(phrase, self.context, number.unit) if phrase.of("row") else None
            self.ledger.last = None  # 办结数由 50 件增加到 58 件
        elif phrase.has("than") and number.unit != "%" and is_of_last_year(before, self.context.year):
            self.context.than = True  # 较上年的 50 件增长 16%
        else:
            return False
        return True

    def _pass_over(self, phrase: Phrase, behind: Phrase) -> None:
        """Pass over a figure of another year: what it counts may be what this year's figures count."""
        last = self.ledger.last
        received = any(concept.id in _RECEIVED for concept in phrase.of("row")) and not phrase.foreign
        alike = received and last is not None and last.about.readings[0] == _NEW
        self.contrasted = last if self.context.elsewhen and alike else None
        self.ledger.last = last if self.context.than else None
        if (is_plain(phrase) or (received and is_plain(behind))) and (self.context.than or received):
            self.context.domain = "applications"  # 申请量由去年的 320 件上升到 402 件

    def _is_last_years(self, phrase: Phrase) -> bool:
        """Say whether the figure is what this year is compared with: 比 2020 年的 60 件."""
        carried = any(concept.id.startswith("carried") for concept in phrase.of("row"))
        named = phrase.has("last_year") or any(year != self.context.year for year in phrase.years)
        if named and not carried and not phrase.has("up", "down", "than", "of_last", "this_year"):
            self.context.than = True
            return self.context.year is not None or phrase.has("last_year")
        return False

    def _is_growth(self, phrase: Phrase, number: Number) -> bool:
        if phrase.has("of_last") and number.unit == "倍":
            return True
        if not phrase.has("up", "down"):
            return False
        own = any(noun.strong for noun in phrase.nouns("applications")) or (
            self.context.domain == "applications" and phrase.of("column") and not phrase.lead
        )
        if own and number.unit in ("%", "倍"):
            return not phrase.scopes  # 申请量增长 1.5 倍
        based = phrase.has("than") or self.context.than or self.ledger.last is not None
        units = _COMPARED
        if self.ledger.last is not None and self.ledger.last.claim.kind == "amount" and not phrase.content:
            units |= MONEY_UNITS
        return based and number.unit in units

    def _read_growth(self, phrase: Phrase, number: Number, taken: list[Token], *, other: bool) -> None:
        own = interpret(phrase, self.context, "") if phrase.content else None
        about = own or (None if phrase.content or other else self._just_counted())
        self.context.than = True
        if about is None or not about.readings:
            return
        ratio = phrase.has("of_last")
        measure = "ratio" if ratio else "relative" if number.unit in ("%", "倍") else "difference"
        sign = -1 if phrase.has("down") and not phrase.has("up") else 1
        signed = number._replace(value=sign * number.value)
        claim = self.ledger.write("growth", signed, about, taken, phrase)
        claim = self.ledger.amend(claim._replace(measure=measure))
        if self.ledger.last is None:
            self.ledger.last = Entry(claim, about, self.ledger.depth)

    def _expect_growth(self, before: list[Token], phrase: Phrase, ahead: int) -> None:
        """Wait for the growth of each thing named, or else counted, if there are as many: 分别下降 15% 和 25%."""
        if phrase.content:
            named = [interpret(item, self.context, "") for item in split_items(before)]
            grown = [about for about in named if about is not None]
        else:
            grown = self._counted_last()
        self.growing = grown if len(grown) == ahead + 1 else []
        self.shrinking = phrase.has("down")

    def _read_each_growth(self, number: Number, taken: list[Token]) -> None:
        if self.growing:
            signed = number._replace(value=-number.value if self.shrinking else number.value)
            claim = self.ledger.write("growth", signed, self.growing.pop(0), taken)
            self.ledger.amend(
                claim._replace(measure="relative" if number.unit in ("%", "倍") else "difference")
            )

    def _grown_to(self, phrase: Phrase, number: Number) -> Meaning | None:
        """Return what 达 58 件 counts behind a growth of applications: 申请量同比增长 16%, 达 58 件."""
        claims = self.ledger.claims
        bare = not (phrase.content or phrase.foreign or phrase.scopes or phrase.subject or phrase.lead)
        if not (bare and claims and self.ledger.last and claims[-1].kind == "growth"):
            return None
        grown = self.ledger.last.about
        known = grown.domain == "applications" and self.ledger.last.claim is claims[-1]
        return grown if known and number.unit in COUNT_UNITS else None

    def _changed_to(self, phrase: Phrase) -> Meaning | None:
        """Return what 增加到 58 件 counts behind what was there before: 办结数由 50 件增加到 58 件."""
        changing, self.changing = self.changing, None
        return changing if set(phrase.words) == {"row"} and phrase.of("row")[-1].id == "accepted" else None

    def _just_counted(self) -> Meaning | None:
        return self.ledger.last.about if self.ledger.last else None

    def _counted_last(self) -> list[Meaning]:
        """Return what was counted last and is of one kind: 自然人 40 件、法人 10 件, 分别占."""
        found: list[Meaning] = []
        for entry in reversed(self.ledger.trail):
            if found and entry.about.part != found[0].part:
                break
            found.append(entry.about)
        return found[::-1]
