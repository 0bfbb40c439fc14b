"""Memory of review: a person confirms or dismisses a finding, and later runs remember it.

Owns what a review is about and how long it holds; `review_log` owns the file.

- A review is about a key: report, rule, and a digest of what the finding was judged on (its instances, their
  cells with state and value, the sentences it quotes). The digest is the finding's id. A later run, or a new
  revision of the report, with the same operands has the same id; when an operand changes, the review lapses.
- A review ends on a day (``until``). Until then the last word on a key counts; ``withdraw`` takes it back.

Refuses to hide anything: a dismissed finding stays in every list and says by whom, until when and why; one whose
review lapsed says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.report import ABSENT, BLANK, DASH, NUMBER, Report
from govinfo_pipeline.verify.finding import Finding, Message
from govinfo_pipeline.verify.rules import Instance, compile_form
from govinfo_pipeline.verify.sentence import evidence_of

CONFIRMED, DISMISSED, LAPSED = "confirmed", "dismissed", "lapsed"
CONFIRM, DISMISS, WITHDRAW = "confirm", "dismiss", "withdraw"
_STATUS_OF = {CONFIRM: CONFIRMED, DISMISS: DISMISSED}

# Rules in code that read last year's report too, and those that quote the document.
_AGAINST_PRIOR = ("P6",)
_QUOTING = ("S1", "S2", "S3", "S7", "C1", "C2", "C3", "C4")


@dataclass(frozen=True, slots=True)
class Review:
    """One line of the file: what somebody said of one finding.

    Attributes:
        id: of the finding, eight hex digits.
        report_id, rule, instances: of the finding.
        action: confirm, dismiss or withdraw.
        name: who says so.
        reason: why.
        until: last day on which it holds; None for a withdrawal.
        at: when it was said, UTC.
        finding: the finding's sentence as it was, for whoever reads the file.
    """

    id: str
    report_id: str
    rule: str
    instances: tuple[str, ...]
    action: str
    name: str
    reason: str
    until: date | None
    at: datetime
    finding: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the review is about: report, rule, and the digest of the operands."""
        return self.report_id, self.rule, self.id

    def holds(self, today: date) -> bool:
        """Say whether it is in force on ``today``."""
        return self.until is not None and today <= self.until


# -- what a review is about ----------------------------------------------------------------------------------


def finding_id(finding: Finding, report: Report, prior: Report | None = None) -> str:
    """Return eight hex digits of report, rule, instances and operands of a finding.

    ``prior`` is the same issuer's report of the year before, as it was judged against. Lines, wording, repairs
    and the file's path are no part of it.
    """
    said = [finding.report_id, finding.rule, sorted(finding.instances), *_operands(finding, report, prior)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:8]


def identified(findings: Sequence[Finding], report: Report, prior: Report | None = None) -> list[Finding]:
    """Return findings of one report with their ids."""
    return [replace(finding, id=finding_id(finding, report, prior)) for finding in findings]


def _operands(finding: Finding, report: Report, prior: Report | None) -> Iterator[Any]:
    if finding.rule == "Y4":
        yield from (_whole(each, finding.instances[0]) for each in (report, prior) if each is not None)
        return
    if finding.rule == "S3":
        yield sorted(report.blocks.items())
    if finding.rule == "S7":
        yield finding.message.en
    now, before = _positions(finding, report)
    yield [_cell(report, i) for i in sorted(now)]
    if prior is not None and before:  # else the name would depend on which reports are at hand
        yield [_cell(prior, i) for i in sorted(before)]
    if finding.rule in _QUOTING:
        rows = {evidence.text for evidence in evidence_of(report, sorted(now))}
        quotes = {"".join(e.text.split()) for e in finding.evidence if e.text not in rows}
        yield [sorted(quotes), str(finding.reported), str(finding.expected)]


def _positions(finding: Finding, report: Report) -> tuple[set[int], set[int]]:
    """Return the cells of this year's and of last year's report that a finding was judged on."""
    known = _instances(report.form) if report.form else {}
    terms = [term for name in finding.instances if name in known for term in known[name].terms]
    now = {term.position for term in terms if not term.prior}
    before = {term.position for term in terms if term.prior}
    if not terms:
        now = {universe().index[cell] for cell in finding.cells}
        before = now if finding.rule in _AGAINST_PRIOR else set()
    return now, before


@lru_cache(maxsize=8)
def _instances(form_id: str) -> dict[str, Instance]:
    return {instance.id: instance for instance in compile_form(load_form(form_id))}


def _cell(report: Report, i: int) -> list[str]:
    """Return a cell as it counts: 16.50 is 16.5, a dash is a dash however it is printed; else what is printed."""
    state, value = report.states[i], report.values[i]
    shown = report.texts[i]
    if state == NUMBER and value is not None:
        shown = f"{Decimal(value).normalize():f}"
    elif state in (BLANK, DASH, ABSENT):
        shown = ""
    return [universe().ids[i], state, shown, report.units.get(i, "")]


def _whole(report: Report, instance: str) -> str:
    """Return a digest of what Y4 compares: all figures of a report, those of one table, or its prose."""
    what = instance.partition("@")[2]
    content: Any = [text for _, text in report.prose]
    if what != "prose":
        content = [_cell(report, i) for i in universe().tables.get(what, range(len(universe())))]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


# -- how it holds --------------------------------------------------------------------------------------------


def last_words(reviews: Iterable[Review]) -> dict[tuple[str, str, str], Review]:
    """Return the last review of every key, but for those that were withdrawn; ``reviews`` in order of the file."""
    last = {review.key: review for review in reviews}
    return {key: review for key, review in last.items() if review.action != WITHDRAW}


def apply_reviews(
    report: Report, findings: Sequence[Finding], reviews: Iterable[Review], today: date
) -> list[tuple[Finding, str | None]]:
    """Return every finding of a report with what reviews say of it: None, confirmed, dismissed or lapsed.

    The finding comes back with that as its ``review`` and with a sentence that says by whom, until when and
    why; nothing is left out. A review lapses after its last day, and when an operand changes: then it shows at
    the finding that shares an instance with it.
    """
    words = {key: review for key, review in last_words(reviews).items() if key[0] == report.report_id}
    if not words:
        return [(finding, None) for finding in findings]
    named = [
        finding if finding.id else replace(finding, id=finding_id(finding, report)) for finding in findings
    ]
    present = {(f.report_id, f.rule, f.id) for f in named}
    orphans = [r for key, r in words.items() if key not in present and r.holds(today)]
    return [_applied(f, words.get((f.report_id, f.rule, f.id)), orphans, today) for f in named]


def _applied(
    finding: Finding, word: Review | None, orphans: Sequence[Review], today: date
) -> tuple[Finding, str | None]:
    status: str | None = None
    if word is None:
        word = next((r for r in orphans if set(r.instances) & set(finding.instances)), None)
        if word is None:
            return finding, None
        status, remark = LAPSED, _changed(word)
    elif word.holds(today):
        status, remark = _STATUS_OF[word.action], _in_force(word)
    else:
        status, remark = LAPSED, _expired(word)
    message = Message(f"{finding.message.zh} {remark.zh}", f"{finding.message.en} {remark.en}")
    return replace(finding, review=status, message=message), status


_VERBS = {CONFIRM: ("确认", "confirmed"), DISMISS: ("驳回", "dismissed")}


def _in_force(review: Review) -> Message:
    zh, en = _VERBS[review.action]
    return Message(
        f"[已由{review.name}{zh}, 有效至 {review.until}: {review.reason}]",
        f"[{en} by {review.name} until {review.until}: {review.reason}]",
    )


def _changed(review: Review) -> Message:
    zh, en = _VERBS[review.action]
    return Message(
        f"[此前由{review.name}{zh}, 因所依据的数字或文字已变, 该复核失效]",
        f"[{en} before by {review.name}: what it was judged on has changed, the review has lapsed]",
    )


def _expired(review: Review) -> Message:
    zh, en = _VERBS[review.action]
    return Message(
        f"[此前由{review.name}{zh}, 已于 {review.until} 到期]",
        f"[{en} before by {review.name}: the review ended on {review.until}]",
    )


def by_report(reviews: Iterable[Review]) -> Mapping[str, list[Review]]:
    """Return reviews by report, each in order of the file."""
    found: dict[str, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.report_id, []).append(review)
    return found


def apply_to_batch(
    reports: Sequence[Report],
    findings: Sequence[Sequence[Finding]],
    reviews: Iterable[Review],
    today: date,
) -> list[list[Finding]]:
    """Return the findings of every report, in order, as `apply_reviews` returns them."""
    of_report = by_report(reviews)
    return [
        [finding for finding, _ in apply_reviews(report, found, of_report.get(report.report_id, ()), today)]
        for report, found in zip(reports, findings, strict=True)
    ]
