"""One figure with the words around it -> claims: counts, totals, lists and shares; `growth` reads growth.

A figure takes its meaning from the words before it since the last figure or stop, else from the words behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from govinfo_pipeline.extract.narrative import meaning
from govinfo_pipeline.extract.narrative.claim import Scope
from govinfo_pipeline.extract.narrative.context import Meaning
from govinfo_pipeline.extract.narrative.growth import GrowthReader
from govinfo_pipeline.extract.narrative.interpret import COUNT_UNITS, interpret
from govinfo_pipeline.extract.narrative.ledger import Entry, Ledger
from govinfo_pipeline.extract.narrative.nearby import (
    all_are,
    is_collected,
    is_of_another,
    is_specific,
    is_withdrawn,
    leads_on,
    names,
    terms_named,
    with_words_behind,
)
from govinfo_pipeline.extract.narrative.phrase import Phrase, read_phrase, split_items
from govinfo_pipeline.extract.narrative.token import Number, Token

_NEW = ("applications.new_received.total",)
_RECEIVED = frozenset(("newly_received", "received", "accepted", "carried_in"))


class FigureReader(GrowthReader):
    """Reads the figures of one sentence into its ledger.

    Attributes:
        queue: items of 分别 that wait for their figures; ``shares``: what 分别占 still waits for.
        left: 尚有 6 件 that waits to be told what became of it.
        withdraws: the sentence has a word of withdrawing.
        of_those: the clause speaks of those just counted: 收到的 39 件申请办结 37 件.
    """

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.queue: list[Phrase] = []
        self.shares: list[Meaning] = []
        self.of_those = self.withdraws = False
        self.left: tuple[Number, list[Token]] | None = None

    def read(self, before: list[Token], token: Token, behind: list[Token], ahead: int) -> None:
        """Read one figure: words before and behind it, and how many figures follow before other words do."""
        number = token.number
        if number is None:
            return
        phrase, taken = self._phrase_of(before, number), [*before, token]
        if self._is_beside_last_years(phrase, number, before, behind):
            return
        if self.withdraws and not phrase.of("case"):
            said = any("撤" in each.text for each in (*before, *behind))
            self.context.withdrawn = self.context.withdrawn or said
        if self.growing and not phrase.content and phrase.marks <= {"and"}:
            self._read_each_growth(number, taken)
        elif self._is_growth(phrase, number) and phrase.has("each"):
            self._expect_growth(before, phrase, ahead)
            self._read_each_growth(number, taken)
        elif self._is_growth(phrase, number):
            self._read_growth(phrase, number, taken, other=phrase.foreign or is_of_another(before))
        elif number.unit == "%":
            self._read_share(before, number, taken, behind, ahead)
        elif self.queue or phrase.has("each", "every") or all_are(phrase, before):
            self._read_list(before, phrase, number, taken, ahead)
        else:
            self._read_count(phrase, number, taken, behind)

    # -- shares -------------------------------------------------------------------------------------------

    def _read_share(
        self, before: list[Token], number: Number, taken: list[Token], behind: list[Token], ahead: int
    ) -> None:
        at = next((i for i, t in enumerate(before) if names(t, "share")), None)
        if at is None:
            self._read_bare_share(before, number, taken, behind)
            return
        part, whole = read_phrase(before[:at]), read_phrase(before[at + 1 :])
        about: Meaning | None
        if any(names(t, "each") for t in before) or (ahead and not part.content):
            items = split_items(before[:at])
            named = [interpret(item, self.context, "") for item in items] if items else self._counted_last()
            known = [each for each in named if each is not None]
            self.shares = known if len(known) == len(named) == ahead + 1 else []
            about = self._next_share()
        else:
            about = interpret(part, self.context, "") if part.content else self._just_counted()
        if about is None or part.tail:
            return
        over = interpret(whole, self.context, "") if whole.of("row") and not whole.tail else None
        elsewhere = tuple(Scope("wording", s.text) for s in whole.scopes if s.kind in ("wide", "narrow"))
        self._write_share(about._replace(scopes=(*about.scopes, *elsewhere)), number, taken, over)

    def _read_bare_share(
        self, before: list[Token], number: Number, taken: list[Token], behind: list[Token]
    ) -> None:
        """Read (34.88%) behind a count, 97.4%为自然人申请, and the next of 分别占."""
        phrase = read_phrase(before)
        about: Meaning | None = None
        if self.shares and not phrase.content:
            about = self._next_share()
        elif not before and self.ledger.depth:
            about = self._just_counted()
        elif not phrase.content and behind and leads_on(behind[0]):
            about = interpret(read_phrase(behind), self.context, "")
            taken = [*taken, *behind]
        if about is not None:
            self._write_share(about, number, taken, None)

    def _write_share(self, about: Meaning, number: Number, taken: list[Token], over: Meaning | None) -> None:
        if about.domain not in ("applications", "disputes"):
            return
        self.context.domain, self.context.listed = about.domain, self.context.listed + 1
        last = self.ledger.last
        counted = last.claim.value if last and last.about.readings == about.readings else None
        claim = self.ledger.write("share", number, about, taken)
        self.ledger.amend(claim._replace(over=over.readings if over else (), part=counted))

    # -- lists --------------------------------------------------------------------------------------------

    def _read_list(
        self, before: list[Token], phrase: Phrase, number: Number, taken: list[Token], ahead: int
    ) -> None:
        """Read 自然人和法人分别为 56 件和 2 件, and 行政复议、行政诉讼各 1 件."""
        if phrase.has("each"):
            self._expect(split_items(before), ahead)
        elif phrase.has("every") or all_are(phrase, before):
            for item in split_items(before):
                self._count_item(item, number, taken)
            return
        elif phrase.content:
            self.queue = []
            self._read_count(phrase, number, taken, [])
            return
        if self.queue:
            self._count_item(self.queue.pop(0), number, taken)
        else:
            self.ledger.stray(phrase, number)

    def _expect(self, items: list[Phrase], ahead: int) -> None:
        """Wait for a figure an item; where there are more or fewer of them, none can be told."""
        self.queue = items if len(items) == ahead + 1 else []

    def _next_share(self) -> Meaning | None:
        return self.shares.pop(0) if self.shares else None

    def _count_item(self, item: Phrase, number: Number, taken: list[Token]) -> None:
        about = interpret(item, self.context, number.unit, zero=number.value == 0)
        if about is not None:
            self.ledger.count(number, about, taken, item)

    # -- counts -------------------------------------------------------------------------------------------

    def _with_behind(
        self, phrase: Phrase, taken: list[Token], behind: list[Token]
    ) -> tuple[Phrase, list[Token]]:
        if phrase.tail and behind and len(taken) > 1 and taken[-2].text == "的" and not phrase.foreign:
            phrase.tail = False  # 收到涉及征地的 21 件申请
            phrase.scopes.append(Scope("wording", "的"))
        if behind and not phrase.tail:
            phrase, taken = with_words_behind(phrase, taken, behind)
        if self.of_those and any(concept.id in ("finished", "handled") for concept in phrase.of("row")):
            phrase.scopes.append(Scope("wording", "的"))
        return phrase, taken

    def _is_counted_again(self, phrase: Phrase) -> bool:
        cells = meaning.disputes(phrase.of("case")[0].reads, ("total",))[0]
        return not phrase.of("outcome") and any(e.about.readings[:1] == (cells,) for e in self.ledger.trail)

    def _read_count(self, phrase: Phrase, number: Number, taken: list[Token], behind: list[Token]) -> None:
        before = taken[:-1]
        if phrase.has("over") and [token.text for token in behind] == ["的"]:
            return  # 超过 10 件的: a condition
        phrase, taken = self._with_behind(phrase, taken, behind)
        bare = len(phrase.of("case")) == 1 and not read_phrase(before).content
        if bare and self._is_counted_again(phrase):
            return  # 行政复议 144 件, 120 件作出复议决定
        received = any(concept.id in _RECEIVED for concept in phrase.of("row"))
        self.of_those = received and len(taken) > 1 and taken[-2].text == "的"
        adds = phrase.has("total") and (not is_specific(phrase) or is_collected(phrase))
        if adds and self._read_sum(phrase, number, taken):
            return
        if number.value == 0 and len(phrase.of("case")) > 1:
            for item in split_items([t for t in taken if t.kind != "number"]):
                self._count_item(item, number, taken)
            return
        if self._repeats_carried_in(phrase, number, before) or self._is_the_share_of_disclosure(
            phrase, number, taken
        ):
            return
        about = (
            self._grown_to(phrase, number)
            or self._changed_to(phrase)
            or interpret(phrase, self.context, number.unit, zero=number.value == 0)
        )
        if about is None:
            self._read_unknown(phrase, number, taken, before)
        elif not self._is_some_of_them(about, phrase, number):
            self.ledger.count(number, about, taken, phrase)

    def _is_the_share_of_disclosure(self, phrase: Phrase, number: Number, taken: list[Token]) -> bool:
        """Read 行政复议 86 件, 其中涉及政府信息公开 5 件: the first figure is not the form's, the second is."""
        last = self.ledger.last
        named = any(names(token, "disclosure") for token in taken)
        if last is None or last.about.part != "case" or not named or phrase.content or phrase.unknown:
            return False
        if not self.ledger.withdraw(last):
            return False
        self.ledger.count(number, last.about, taken, phrase)
        return True

    def _read_unknown(
        self, phrase: Phrase, number: Number, taken: list[Token], before: Sequence[Token]
    ) -> None:
        if is_withdrawn(phrase, before, self.context):
            self.ledger.last = None
            return
        if phrase.has("rest") and not (phrase.content or phrase.foreign) and number.unit in COUNT_UNITS:
            self.left = (number, taken)
        self.ledger.stray(phrase, number)

    def _is_some_of_them(self, about: Meaning, phrase: Phrase, number: Number) -> bool:
        """Say whether fewer are counted again, as those that were accepted: 收到 58 件, 受理 56 件."""
        plain = (
            about.readings[:1] == (_NEW,)
            and set(phrase.words) == {"row"}
            and not (about.scopes or phrase.years)
        )
        return plain and any(
            entry.about.readings[:1] == (_NEW,)
            and not entry.about.scopes
            and entry.claim.value > number.value
            for entry in self.ledger.trail
        )

    def _repeats_carried_in(self, phrase: Phrase, number: Number, before: Sequence[Token]) -> bool:
        """Say whether 结转的 21 件 speaks of those that were carried in, as many as counted before."""
        bare = (
            [row.id for row in phrase.of("row")] == ["carried"] and bool(before) and before[-1].text == "的"
        )
        return bare and number.value == self.context.carried_in and not phrase.has("next_year")

    def read_left(self, phrase: Phrase, clause: list[Token]) -> None:
        """Read the clause that tells where those left over went: 尚有 6 件未到期限, 结转下年度办理."""
        rows = [row.id for row in phrase.of("row")]
        if self.left and rows[:1] == ["carried_forward"] and not (phrase.foreign or phrase.tail):
            number, taken = self.left
            about = interpret(phrase, self.context, number.unit)
            if about is not None:
                self.ledger.count(number, about, [*taken, *clause], phrase)
        if phrase.content:
            self.left = None

    def _read_sum(self, phrase: Phrase, number: Number, taken: list[Token]) -> bool:
        """Read 共计 61 件 behind the figures that it adds up."""
        addends = self.ledger.addends()
        named = terms_named(phrase, taken)
        if named and named != len(addends):
            return False
        if not addends or phrase.foreign or phrase.has("many_years"):
            return False
        if any(scope.kind == "wide" for scope in phrase.scopes):
            return False
        readings = meaning.union(entry.about.readings for entry in addends)
        shared = readings[0] == addends[0].about.readings[0]  # 网络 41 件、信函 19 件, 合计
        of_places = any(scope.kind == "narrow" for scope in addends[-1].about.scopes[-1:])
        if shared and sum(entry.claim.value for entry in addends) != number.value:
            return False  # not all channels or places may have been named
        each = () if shared and not of_places else addends
        scopes = tuple(dict.fromkeys(s for entry in each for s in entry.about.scopes))
        about = Meaning(addends[0].about.domain, "sum", readings, scopes)
        claim = self.ledger.write("sum", number, about, taken, phrase)
        claim = self.ledger.amend(claim._replace(terms=tuple(entry.claim.value for entry in addends)))
        self.ledger.last = Entry(claim, about, self.ledger.depth)
        return True
