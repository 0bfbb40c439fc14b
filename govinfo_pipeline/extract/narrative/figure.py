"""One figure with the words around it -> claims: counts, totals, lists, shares and growth.

A figure takes its meaning from the words before it since the last figure or stop, else from the words behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from govinfo_pipeline.extract.narrative import meaning
from govinfo_pipeline.extract.narrative.claim import Scope
from govinfo_pipeline.extract.narrative.interpret import COUNT_UNITS, MONEY_UNITS, Context, Meaning, interpret
from govinfo_pipeline.extract.narrative.ledger import Entry, Ledger
from govinfo_pipeline.extract.narrative.phrase import CONTENT, Phrase, read_phrase, split_items
from govinfo_pipeline.extract.narrative.token import Number, Token

_HOW = frozenset(
    ("大幅", "大幅度", "明显", "显著", "略", "略有", "小幅", "稍", "稍有", "又", "相应", "整体", "进一步")
)
_POINTS = frozenset(("个百分点", "百分点", "‰"))
_RECEIVED = frozenset(("newly_received", "received", "accepted", "carried_in"))
_SPECIFIC = tuple(kind for kind in CONTENT if kind != "noun")
_NOT_OF_FIGURE = frozenset(("and", "all", "not", "none"))


class FigureReader:
    """Reads the figures of one sentence into its ledger.

    Attributes:
        queue: items of 分别 that wait for their figures; ``growing``: what 同比分别增长 still waits for.
        shrinking: these have become fewer.
        of_those: the clause speaks of those just counted: 收到的 39 件申请办结 37 件.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.queue: list[Phrase] = []
        self.growing: list[Meaning] = []
        self.shrinking = self.of_those = False

    @property
    def context(self) -> Context:
        """What earlier words settled."""
        return self.ledger.context

    def read(self, before: list[Token], token: Token, behind: list[Token], ahead: int) -> None:
        """Read one figure: words before and behind it, and how many figures follow before other words do."""
        number = token.number
        if number is None:
            return
        phrase = read_phrase(before)
        if number.unit == "倍" and phrase.has("link") and self._names_last_year(phrase):
            phrase.marks.add("of_last")
        turn_to_year(phrase, self.context)
        taken = [*before, token]
        if number.unit in _POINTS or self.context.elsewhen or self._is_last_years(phrase):
            self.ledger.last = self.ledger.last if self.context.than else None
            if self.context.than and not self.context.elsewhen and _is_plain(phrase):
                self.context.domain = "applications"  # 申请量由去年的 320 件上升到 402 件
        elif self.growing and not phrase.content and phrase.marks <= {"and"}:
            self._read_each_growth(number, taken)
        elif self._is_growth(phrase, number) and phrase.has("each"):
            self._expect_growth(before, phrase, ahead)
            self._read_each_growth(number, taken)
        elif self._is_growth(phrase, number):
            self._read_growth(phrase, number, taken, other=phrase.foreign or _is_of_another(before))
        elif number.unit == "%":
            self._read_share(before, number, taken, behind, ahead)
        elif self.queue or phrase.has("each", "every") or _all_are(phrase, before):
            self._read_list(before, phrase, number, taken, ahead)
        else:
            self._read_count(phrase, number, taken, behind)

    # -- against last year --------------------------------------------------------------------------------

    def _is_last_years(self, phrase: Phrase) -> bool:
        """Say whether the figure is what this year is compared with: 比 2020 年的 60 件."""
        carried = any(concept.id.startswith("carried") for concept in phrase.of("row"))
        named = phrase.has("last_year") or any(year != self.context.year for year in phrase.years)
        if named and not carried and not phrase.has("up", "down", "than", "of_last", "this_year"):
            self.context.than = True
            return self.context.year is not None or phrase.has("last_year")
        return False

    def _names_last_year(self, phrase: Phrase) -> bool:
        return self.context.year is not None and self.context.year - 1 in phrase.years

    def _is_growth(self, phrase: Phrase, number: Number) -> bool:
        if phrase.has("of_last") and number.unit == "倍":
            return True
        if not phrase.has("up", "down"):
            return False
        if any(noun.strong for noun in phrase.nouns("applications")) and number.unit in ("%", "倍"):
            return not phrase.scopes  # 申请量增长 1.5 倍
        based = phrase.has("than") or self.context.than or self.ledger.last is not None
        units = COUNT_UNITS | {"%", "倍"}
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
        self.ledger.amend(claim._replace(measure=measure))

    def _expect_growth(self, before: list[Token], phrase: Phrase, ahead: int) -> None:
        """Wait for the growth of each thing named, or else counted, if there are as many: 分别下降 15% 和 25%."""
        trail = self.ledger.trail
        if phrase.content:
            named = [interpret(item, self.context, "") for item in split_items(before)]
            grown = [about for about in named if about is not None]
        else:
            grown = [entry.about for entry in trail if entry.about.part == trail[-1].about.part]
        self.growing = grown if len(grown) == ahead + 1 else []
        self.shrinking = phrase.has("down")

    def _read_each_growth(self, number: Number, taken: list[Token]) -> None:
        if self.growing:
            signed = number._replace(value=-number.value if self.shrinking else number.value)
            claim = self.ledger.write("growth", signed, self.growing.pop(0), taken)
            self.ledger.amend(
                claim._replace(measure="relative" if number.unit in ("%", "倍") else "difference")
            )

    # -- shares -------------------------------------------------------------------------------------------

    def _read_share(
        self, before: list[Token], number: Number, taken: list[Token], behind: list[Token], ahead: int
    ) -> None:
        at = next((i for i, t in enumerate(before) if _is(t, "share")), None)
        if at is None:
            self._read_bare_share(before, number, taken, behind)
            return
        part, whole = read_phrase(before[:at]), read_phrase(before[at + 1 :])
        about: Meaning | None
        if any(_is(t, "each") for t in before):
            self._expect(split_items(before[:at]), ahead)
            about = self._next_item()
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
        if self.queue and not phrase.content:
            about = self._next_item()
        elif not before and self.ledger.depth:
            about = self._just_counted()
        elif not phrase.content and behind and (_is(behind[0], "link") or _is(behind[0], "from")):
            about = interpret(read_phrase(behind), self.context, "")
            taken = [*taken, *behind]
        if about is not None:
            self._write_share(about, number, taken, None)

    def _just_counted(self) -> Meaning | None:
        return self.ledger.last.about if self.ledger.last else None

    def _write_share(self, about: Meaning, number: Number, taken: list[Token], over: Meaning | None) -> None:
        if about.domain not in ("applications", "disputes"):
            return
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
        elif phrase.has("every") or _all_are(phrase, before):
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

    def _next_item(self) -> Meaning | None:
        return interpret(self.queue.pop(0), self.context, "") if self.queue else None

    def _count_item(self, item: Phrase, number: Number, taken: list[Token]) -> None:
        about = interpret(item, self.context, number.unit, zero=number.value == 0)
        if about is not None:
            self.ledger.count(number, about, taken, item)

    # -- counts -------------------------------------------------------------------------------------------

    def _read_count(self, phrase: Phrase, number: Number, taken: list[Token], behind: list[Token]) -> None:
        if phrase.has("over") and [token.text for token in behind] == ["的"]:
            return  # 超过 10 件的: a condition
        if behind and not phrase.tail:
            phrase, taken = _with_words_behind(phrase, taken, behind)
        done = any(concept.id in ("finished", "handled") for concept in phrase.of("row"))
        if self.of_those and done:
            phrase.scopes.append(Scope("wording", "的"))
        received = any(concept.id in _RECEIVED for concept in phrase.of("row"))
        self.of_those = received and len(taken) > 1 and taken[-2].text == "的"
        adds = phrase.has("total") and (not _is_specific(phrase) or _is_collected(phrase))
        if adds and self._read_sum(phrase, number, taken):
            return
        if number.value == 0 and len(phrase.of("case")) > 1:
            for item in split_items([t for t in taken if t.kind != "number"]):
                self._count_item(item, number, taken)
            return
        about = interpret(phrase, self.context, number.unit, zero=number.value == 0)
        if about is None:
            self.ledger.stray(phrase, number)
        else:
            self.ledger.count(number, about, taken, phrase)

    def _read_sum(self, phrase: Phrase, number: Number, taken: list[Token]) -> bool:
        """Read 共计 61 件 behind the figures that it adds up."""
        addends = self.ledger.addends()
        if not addends or any(scope.kind == "wide" for scope in phrase.scopes):
            return False
        readings = meaning.union(entry.about.readings for entry in addends)
        scopes = tuple(dict.fromkeys(s for entry in addends for s in entry.about.scopes))
        about = Meaning(addends[0].about.domain, "sum", readings, scopes)
        claim = self.ledger.write("sum", number, about, taken, phrase)
        claim = self.ledger.amend(claim._replace(terms=tuple(entry.claim.value for entry in addends)))
        self.ledger.last = Entry(claim, about, self.ledger.depth)
        return True


def turn_to_year(phrase: Phrase, context: Context) -> None:
    """Note whether the words turn to another year, back to this one, or compare the two."""
    if not phrase.years and not phrase.marks:
        return
    if any(concept.id.startswith("carried") for concept in phrase.of("row")):
        return
    other = phrase.has("last_year") or any(year != context.year for year in phrase.years)
    compared = phrase.has("than", "compare", "of_last") or (
        phrase.has("last_year") and phrase.has("up", "down", "level")
    )
    if compared or (other and phrase.has("from")):
        context.than = True
    elif context.year in phrase.years or phrase.has("this_year"):
        context.elsewhen = False
    elif phrase.has("last_year") or (phrase.years and context.year is not None):
        context.elsewhen = True


def _with_words_behind(phrase: Phrase, taken: list[Token], behind: list[Token]) -> tuple[Phrase, list[Token]]:
    """Return the phrase with what stands behind the figure: 58 件申请, 56 件为自然人, 收到 58 件申请."""
    after = read_phrase(behind)
    if _is_specific(phrase):
        if phrase.of("noun"):
            return phrase, taken
        if phrase.of("case") and _introduced(taken) and behind[0].concept in after.of("outcome"):
            phrase.words["outcome"] = after.of("outcome")
            return phrase, [*taken, *behind]  # 复议结果为 1 件维持
        if not after.of("noun") or behind[0].kind == "junk":
            phrase.tail = after.tail or behind[0].kind == "junk"
            return phrase, taken
        phrase.words["noun"] = after.words["noun"][:1]
        return phrase, [*taken, *behind]
    unknown = any(token.kind == "junk" for token in taken)
    if unknown or not after.content or behind[0].kind != "word" or _is(behind[0], *_NOT_OF_FIGURE):
        return phrase, taken
    nouns = phrase.words.get("noun", [])
    joined = read_phrase([*taken[:-1], *behind])
    joined.words.setdefault("noun", nouns)
    return joined, [*taken, *behind]


def _is_specific(phrase: Phrase) -> bool:
    return any(kind in phrase.words for kind in _SPECIFIC)


def _is_plain(phrase: Phrase) -> bool:
    """Say whether applications for disclosure are named, and nothing of another subject."""
    strong = any(noun.strong for noun in phrase.nouns("applications"))
    return strong and not (phrase.foreign or phrase.tail or phrase.of("act"))


def _introduced(taken: Sequence[Token]) -> bool:
    return len(taken) > 1 and taken[-2].text.endswith(("为", "是", "有"))


def _is_of_another(before: Sequence[Token]) -> bool:
    """Say whether unknown text is what has grown: 财政拨款增加 20 万元."""
    first = next((token for token in before if token.kind != "stop"), None)
    return first is not None and first.kind == "junk" and first.text not in _HOW


def _is_collected(phrase: Phrase) -> bool:
    """Say whether 应办 is all that is named: what was received and what was carried in, added up."""
    return [concept.id for kind in _SPECIFIC for concept in phrase.of(kind)] == ["collected"]


def _all_are(phrase: Phrase, before: Sequence[Token]) -> bool:
    """Say whether a figure is stated of several things at once: 行政复议、行政诉讼均为 0 件."""
    return phrase.has("all") and len(split_items(before)) > 1


def _is(token: Token, *ids: str) -> bool:
    return token.concept is not None and token.concept.id in ids
