"""Sentences -> claims: walks the tokens clause by clause and keeps what earlier clauses settled.

A figure takes its meaning from the words before it since the last figure or stop, else from the words behind it.
Parts (其中, brackets), lists (分别, 各), totals (共计), shares (占), growth (同比), statements of none (未收到) and
of all (均) are read here. What cannot be read for certain makes no claim and ends the context.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from govinfo_pipeline.extract.narrative import meaning
from govinfo_pipeline.extract.narrative.claim import Claim, Scope
from govinfo_pipeline.extract.narrative.interpret import COUNT_UNITS, Context, Meaning, interpret
from govinfo_pipeline.extract.narrative.phrase import Phrase, read_phrase, split_items
from govinfo_pipeline.extract.narrative.statement import all_of, none_of
from govinfo_pipeline.extract.narrative.token import Number, Token

_POINTS = frozenset(("个百分点", "百分点", "‰"))
_OTHER_UNITS = frozenset(("件", "件次", "份", "宗", "起", "条", "例"))
_SUMMABLE = ("action", "case", "result")


class SentenceReader:
    """Reads one sentence. ``context`` lives on to the next sentence of the paragraph."""

    def __init__(self, context: Context, quote: str, folded: str, line: int) -> None:
        self.context = context
        self.quote, self.folded, self.line = quote, folded, line
        self.claims: list[Claim] = []
        self.last: tuple[Claim, Meaning] | None = None  # the figure just before, if it is a claim
        self.trail: list[tuple[Claim, Meaning, int]] = []  # counts, with their depth of brackets
        self.queue: list[Phrase] = []  # the items of 分别 that wait for their figures
        self.depth = 0

    def read(self, tokens: Sequence[Token]) -> list[Claim]:
        """Return the claims of the sentence, in order."""
        clause: list[Token] = []
        figures = False
        outer: list[list[Token]] = []
        for at, token in enumerate(tokens):
            if token.kind == "number" and token.number is not None and _is_denied(clause):
                clause.append(token)  # 没有发生一起
            elif token.kind == "number" and token.number is not None:
                self._figure(clause, token, token.number, _behind(tokens, at))
                clause, figures = [], True
            elif token.kind != "stop":
                clause.append(token)
            elif token.text == "(":
                outer.append([] if figures else list(clause))
                self._close(clause, figures=figures)
                clause, figures, self.depth = [], False, self.depth + 1
            elif token.text == ")":
                self._close(clause, figures=figures)
                before = outer.pop() if outer else []
                clause = [] if figures else before
                figures, self.depth = figures and not before, max(self.depth - 1, 0)
            elif token.text != ":" or figures:
                self._close(clause, figures=figures)
                clause, figures = [], False
        self._close(clause, figures=figures)
        return self.claims

    # -- clauses -----------------------------------------------------------------------------------------

    def _close(self, clause: list[Token], *, figures: bool) -> None:
        """Read a clause, or the rest of one, that has no figure."""
        if not clause:
            return
        phrase = read_phrase(clause)
        self._turn_to_year(phrase)
        if self._read_none(clause) or self._read_all(clause, phrase) or figures:
            return
        if phrase.has("level") and self.last and (phrase.has("than", "last_year") or self.context.than):
            self._add_growth(self.last[1], Number(0, "%", 0, "", 1), "relative", clause)
        self._set_topic(phrase)

    def _read_none(self, clause: list[Token]) -> bool:
        found = none_of(clause, self.context)
        for each in found:
            unit = "元" if each.part == "amount" else "件"
            kind = "amount" if each.part == "amount" else "count"
            if not self.context.elsewhen:
                self._add(kind, Number(0, unit, 0, "", 1), each, clause)
        return bool(found)

    def _read_all(self, clause: list[Token], phrase: Phrase) -> bool:
        counted = [(claim.value, about) for claim, about, _ in self.trail]
        alone = self.last is not None and self.last[1].part == "case"
        found = all_of(phrase, self.context, counted, alone=alone)
        for value, each in found:
            self._add("count", Number(value, "件", 0, "", 1), each, clause)
        return bool(found)

    def _set_topic(self, phrase: Phrase) -> None:
        context = self.context
        context.than = context.than or phrase.has("than", "of_last")
        period = tuple(scope for scope in phrase.scopes if scope.kind == "period")
        if period:
            context.scopes = period
        if phrase.nouns("applications"):
            context.about = True
            if not phrase.tail and not phrase.compound:
                context.domain = "applications"
        elif phrase.foreign:
            context.domain = ""
        if phrase.nouns("documents") and not phrase.foreign:
            context.document = phrase.nouns("documents")[-1].id
        elif phrase.foreign:
            context.document = ""

    def _turn_to_year(self, phrase: Phrase) -> None:
        context = self.context
        carried = any(concept.id.startswith("carried") for concept in phrase.of("row"))
        other = phrase.has("last_year") or any(year != context.year for year in phrase.years)
        if other and phrase.has("from"):
            context.than = True
        elif phrase.has("than", "compare", "last_year") and phrase.has(
            "up", "down", "than", "compare", "level"
        ):
            context.than = True
        elif carried:
            return
        elif context.year in phrase.years or phrase.has("this_year"):
            context.elsewhen = False
        elif phrase.has("of_last"):
            context.than = True
        elif phrase.has("last_year") or (phrase.years and context.year is not None):
            context.elsewhen = True

    # -- figures -----------------------------------------------------------------------------------------

    def _figure(self, before: list[Token], token: Token, number: Number, behind: list[Token]) -> None:
        phrase = read_phrase(before)
        if number.unit == "倍" and phrase.has("link") and self._names_last_year(phrase):
            phrase.marks.add("of_last")
        self._turn_to_year(phrase)
        taken = [*before, token]
        if number.unit in _POINTS or self.context.elsewhen or self._is_last_years(phrase):
            self._skip()
        elif self._is_growth(phrase, number):
            self._read_growth(phrase, number, taken)
        elif number.unit == "%":
            self._read_share(before, number, taken, behind)
        elif phrase.has("each", "every") or self.queue or _all_are(phrase, before):
            self._read_list(before, phrase, number, taken)
        else:
            self._read_count(phrase, number, taken, behind)

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

    def _skip(self) -> None:
        self.last = self.last if self.context.than else None

    def _is_growth(self, phrase: Phrase, number: Number) -> bool:
        if phrase.has("of_last") and number.unit == "倍":
            return True
        if not phrase.has("up", "down"):
            return False
        based = phrase.has("than") or self.context.than or self.last is not None
        return based and number.unit in COUNT_UNITS | {"%", "倍"}

    def _read_growth(self, phrase: Phrase, number: Number, taken: list[Token]) -> None:
        own = interpret(phrase, self.context, "") if phrase.content else None
        about = own or (self.last[1] if self.last and not phrase.content else None)
        self.context.than = True
        if about is None or not about.readings:
            return
        ratio = phrase.has("of_last")
        measure = "ratio" if ratio else "relative" if number.unit in ("%", "倍") else "difference"
        sign = -1 if phrase.has("down") and not phrase.has("up") else 1
        self._add_growth(about, number._replace(value=sign * number.value), measure, taken, phrase)

    def _add_growth(
        self, about: Meaning, number: Number, measure: str, taken: list[Token], phrase: Phrase | None = None
    ) -> None:
        self._emit("growth", number, about, taken, phrase, measure=measure)

    def _read_share(
        self, before: list[Token], number: Number, taken: list[Token], behind: list[Token]
    ) -> None:
        at = next(
            (i for i, t in enumerate(before) if t.concept is not None and t.concept.id == "share"), None
        )
        if at is None:
            self._read_bare_share(before, number, taken, behind)
            return
        whole = read_phrase(before[at + 1 :])
        items = split_items([t for t in before[:at] if t.concept is None or t.concept.id != "each"])
        if any(t.concept is not None and t.concept.id == "each" for t in before):
            self.queue = items
            about = self._next_item(number)
        else:
            about = interpret(read_phrase(before[:at]), self.context, "") if items else self._just_counted()
        over = interpret(whole, self.context, "") if whole.of("row") and not whole.tail else None
        if about is not None and not read_phrase(before[:at]).tail:
            elsewhere = tuple(Scope("wording", s.text) for s in whole.scopes if s.kind in ("wide", "narrow"))
            self._emit_share(about._replace(scopes=(*about.scopes, *elsewhere)), number, taken, over)

    def _read_bare_share(
        self, before: list[Token], number: Number, taken: list[Token], behind: list[Token]
    ) -> None:
        """Read (34.88%) behind a count, 97.4%为自然人申请, and the next of 分别占."""
        phrase = read_phrase(before)
        about: Meaning | None = None
        if self.queue and not phrase.content:
            about = self._next_item(number)
        elif not before and self.depth and self.last:
            about = self.last[1]
        elif not phrase.content and behind and behind[0].concept and behind[0].concept.id in ("link", "from"):
            about = interpret(read_phrase(behind), self.context, "")
        if about is not None:
            self._emit_share(about, number, [*taken, *behind] if not before else taken, None)

    def _just_counted(self) -> Meaning | None:
        return self.last[1] if self.last else None

    def _emit_share(self, about: Meaning, number: Number, taken: list[Token], over: Meaning | None) -> None:
        if about.domain not in ("applications", "disputes"):
            return
        counted = self.last[0].value if self.last and self.last[1].readings == about.readings else None
        self._emit("share", number, about, taken, None, over=over.readings if over else (), part=counted)

    def _read_list(self, before: list[Token], phrase: Phrase, number: Number, taken: list[Token]) -> None:
        """Read 自然人和法人分别为 56 件和 2 件, and 行政复议、行政诉讼各 1 件."""
        every = phrase.has("every") or _all_are(phrase, before)
        if phrase.has("each") or every:
            self.queue = split_items(before)
        if every and not phrase.has("each"):
            items, self.queue = self.queue, []
        elif phrase.content and not phrase.has("each"):
            self.queue = []
            self._read_count(phrase, number, taken, [])
            return
        else:
            items, self.queue = self.queue[:1], self.queue[1:]
        for item in items:
            about = interpret(item, self.context, number.unit)
            if about is not None:
                self._count(about, item, number, taken)

    def _next_item(self, number: Number) -> Meaning | None:
        item, self.queue = self.queue[0] if self.queue else None, self.queue[1:]
        return interpret(item, self.context, "") if item else None

    def _read_count(self, phrase: Phrase, number: Number, taken: list[Token], behind: list[Token]) -> None:
        specific = any(kind in phrase.words for kind in ("row", "column", "case", "outcome", "act"))
        if phrase.has("over") and [token.text for token in behind] == ["的"]:
            return  # 超过 10 件的: a condition
        if behind and not phrase.tail:
            after = read_phrase(behind)
            if (
                not specific
                and not any(token.kind == "junk" for token in taken)
                and after.content
                and not _leads_elsewhere(behind)
            ):
                nouns = phrase.words.get("noun", [])
                phrase, taken = read_phrase([*taken[:-1], *behind]), [*taken, *behind]
                phrase.words.setdefault("noun", nouns)
            elif specific and not phrase.of("noun") and after.of("noun") and not _is_junk(behind):
                phrase.words["noun"] = after.words["noun"][:1]
                taken = [*taken, *behind]
            elif specific and not phrase.of("noun"):
                phrase.tail = after.tail or _is_junk(behind)
        if phrase.has("total") and not specific and self._read_sum(phrase, number, taken):
            return
        cases = phrase.of("case")
        if number.value == 0 and len(cases) > 1:
            for item in split_items([t for t in taken if t.kind != "number"]):
                about = interpret(item, self.context, number.unit, zero=True)
                if about is not None:
                    self._count(about, item, number, taken)
            return
        about = interpret(phrase, self.context, number.unit, zero=number.value == 0)
        if about is None:
            self._taint(phrase, number)
        else:
            self._count(about, phrase, number, taken)

    def _count(self, about: Meaning, phrase: Phrase, number: Number, taken: list[Token]) -> None:
        claim = self._emit("amount" if number.unit.endswith("元") else "count", number, about, taken, phrase)
        self.last = (claim, about)
        self.trail.append((claim, about, self.depth))
        self._remember(about, phrase)

    def _remember(self, about: Meaning, phrase: Phrase) -> None:
        context = self.context
        context.part, context.listed, context.than = about.part, context.listed + 1, False
        context.strayed = False
        context.domain = about.domain
        kept = tuple(s for s in about.scopes if s.kind in ("narrow", "wide", "period"))
        if about.domain == "applications":
            context.about = True
            row = about.readings[0]
            if about.part in ("noun", "action") and any("new_received" in cell for cell in row):
                context.row = tuple(dict.fromkeys((_reads_of(row), *meaning.USUAL_ROWS)))
                context.scopes = kept
            context.result = (_reads_of(row),) if about.part == "result" else ()
        elif about.domain == "disputes" and phrase.of("case"):
            context.case = ("+".join(_group_of(cell) for cell in about.readings[0]),)
        elif about.domain == "documents":
            context.document = about.part
            context.act = phrase.of("act")[-1] if phrase.of("act") else context.act

    def _read_sum(self, phrase: Phrase, number: Number, taken: list[Token]) -> bool:
        """Read 共计 61 件 behind the figures that it adds up."""
        addends = self._addends()
        if len(addends) < 2 or any(scope.kind == "wide" for scope in phrase.scopes):  # noqa: PLR2004
            return False
        readings = meaning.union(about.readings for _, about in addends)
        scopes = tuple(dict.fromkeys(s for _, about in addends for s in about.scopes))
        about = Meaning(addends[0][1].domain, "sum", readings, scopes)
        terms = tuple(claim.value for claim, _ in addends)
        claim = self._emit("sum", number, about, taken, phrase, terms=terms)
        self.last = (claim, about)
        return True

    def _addends(self) -> list[tuple[Claim, Meaning]]:
        """Return the figures at the end of the sentence that may be added: all actions, cases or results."""
        found: list[tuple[Claim, Meaning]] = []
        taken: set[str] = set()
        for claim, about, depth in reversed(self.trail):
            if depth < self.depth:
                break
            cells = set(about.readings[0]) if about.readings else set()
            same = not found or (found[0][1].part == about.part and found[0][1].domain == about.domain)
            if depth == self.depth and (not same or about.part not in _SUMMABLE or cells & taken):
                break
            if depth == self.depth:
                found.append((claim, about))
                taken |= cells
        found.reverse()
        return found if _can_be_added(found) else []

    # -- claims ------------------------------------------------------------------------------------------

    def _add(self, kind: str, number: Number, about: Meaning, taken: list[Token]) -> None:
        claim = self._emit(kind, number, about, taken, None)
        self.trail.append((claim, about, self.depth))
        self.context.part, self.context.listed = about.part, self.context.listed + 1
        if about.domain == "applications":
            self.context.domain, self.context.about = "applications", True

    def _emit(
        self,
        kind: str,
        number: Number,
        about: Meaning,
        taken: list[Token],
        phrase: Phrase | None,
        *,
        measure: str = "",
        over: meaning.Readings = (),
        part: int | Decimal | None = None,
        terms: tuple[int | Decimal, ...] = (),
    ) -> Claim:
        claim = Claim(
            self.quote,
            self.line,
            kind,
            number.value,
            number.unit,
            about.readings[0] if about.readings else (),
            about.readings,
            self._printed(taken),
            _approximation(number, phrase),
            number.places,
            about.scopes,
            measure,
            over,
            part,
            terms,
            number.resolution,
        )
        self.claims.append(claim)
        return claim

    def _taint(self, phrase: Phrase, number: Number) -> None:
        """Forget the context where a figure of another subject stands; an unknown item of a list does no harm."""
        self.last = None
        if number.unit not in _OTHER_UNITS:
            return
        self.context.strayed = True
        if self.depth:
            return
        if not self.context.listed or phrase.foreign or phrase.compound or phrase.of("row"):
            self.context.domain = self.context.document = ""
            self.context.case = ()

    def _printed(self, taken: list[Token]) -> str:
        while len(taken) > 1 and taken[0].concept is not None and taken[0].concept.id == "and":
            taken = taken[1:]
        start, end = taken[0].start, taken[-1].end
        source = self.quote if len(self.quote) == len(self.folded) else self.folded
        return source[start:end].strip()


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


def _is_denied(clause: Sequence[Token]) -> bool:
    """Say whether a figure follows a negation in its clause: it counts nothing."""
    return any(token.concept is not None and token.concept.id in ("not", "none") for token in clause)


def _all_are(phrase: Phrase, before: Sequence[Token]) -> bool:
    """Say whether a figure is stated of several things at once: 行政复议、行政诉讼均为 0 件."""
    return phrase.has("all") and len(split_items(before)) > 1


def _is_junk(behind: Sequence[Token]) -> bool:
    return bool(behind) and behind[0].kind == "junk"


def _leads_elsewhere(behind: Sequence[Token]) -> bool:
    """Say whether the words behind a figure begin with something that is not of the lexicon, or a mark of a list."""
    first = behind[0]
    return first.kind != "word" or (
        first.concept is not None and first.concept.id in ("and", "all", "not", "none")
    )


def _reads_of(cells: Sequence[str]) -> str:
    return "+".join(dict.fromkeys(cell.split(".")[1] for cell in cells))


def _group_of(cell: str) -> str:
    return cell.removeprefix("disputes.cases.").rpartition("_")[0]


def _can_be_added(found: Sequence[tuple[Claim, Meaning]]) -> bool:
    if not found or found[0][1].part != "action":
        return True
    rows = {cell.split(".")[1] for _, about in found for cell in about.readings[0]}
    return rows == {"new_received", "carried_in"}


def _approximation(number: Number, phrase: Phrase | None) -> str:
    if number.approximate or phrase is None:
        return number.approximate
    return next((mark for mark in ("about", "under", "over") if phrase.has(mark)), "")
