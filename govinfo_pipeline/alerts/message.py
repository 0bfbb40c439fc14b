"""One run's troubles as one message, grouped by issuer, in Chinese and English. Shapes and words only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# A message is read on a telephone: so many issuers, reports of one issuer, and sentences about one report.
_ISSUERS, _REPORTS, _REASONS, _CHECKS, _SOURCES, _CLOSED = 30, 5, 3, 30, 20, 10
_UNKNOWN = "机关不明 / issuer unknown"


class Reason(NamedTuple):
    """Why: a rule (or the code of an error), and the sentence in Chinese and English."""

    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A report in quarantine, and the sentences that put it there, worst first.

    ``changed``: it was told before, with other reasons.
    """

    issuer: str | None
    year: int | None
    report_id: str
    path: str
    reasons: tuple[Reason, ...] = ()
    partition: str = ""
    changed: bool = False


class Unavailable(NamedTuple):
    """A file or address that could not be had: its name without secrets, why, and since when (UTC) if known."""

    where: str
    zh: str
    en: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check that did not pass: ``name`` as `findings.arithmetic`, severity error or warning."""

    name: str
    severity: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a finished run leaves to be told.

    Attributes:
        run_id: of the run; the id of its message begins with it.
        partitions: those that the run did, as they are to be read (`2019-2024`).
        quarantined: reports in quarantine; ``more`` counts those that are not listed.
        checks: checks that did not pass.
        failure: why the run itself failed; None where it did not.
        source: what was collected, without secrets; None where nothing was.
        unavailable: what of it could not be had.
        scope: the partitions, one by one.
        judged: those of which it is known what is in quarantine.
        passed: names of the checks that passed.
    """

    run_id: str
    partitions: str = ""
    quarantined: tuple[Quarantined, ...] = ()
    more: int = 0
    checks: tuple[FailedCheck, ...] = ()
    failure: str | None = None
    source: str | None = None
    unavailable: tuple[Unavailable, ...] = ()
    scope: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()

    @property
    def is_trouble(self) -> bool:
        """Whether anybody has to be told: a failed run or check (of severity error), a quarantine, a lost source."""
        errors = any(check.severity == "error" for check in self.checks)
        return bool(self.failure or self.quarantined or self.unavailable or errors)


class Older(NamedTuple):
    """How much of what was told before is still open."""

    reports: int = 0
    sources: int = 0
    checks: int = 0


class Message(NamedTuple):
    """A message: ``id`` is stable, so that sending it again is seen as a repetition."""

    id: str
    title: str
    body: str


def compose(outcome: RunOutcome, closed: Sequence[str] = (), older: Older | None = None) -> Message | None:
    """Return the message about a run; None where there is nothing that anybody has to know.

    ``closed`` are names of what was told before and is no longer open, ``older`` counts what still is.

    >>> compose(RunOutcome("4711")) is None
    True
    """
    if not outcome.is_trouble and not closed:
        return None
    parts = [
        *_failure(outcome),
        *_sources(outcome.unavailable),
        *_issuers(outcome),
        *_checks(outcome.checks),
        *_older(older or Older()),
        *_closed(closed),
    ]
    where = f"{outcome.partitions}, " if outcome.partitions else ""
    tail = f"{where}运行 run {outcome.run_id}"
    return Message(outcome.run_id, _title(outcome, closed), "\n".join([*parts, tail]))


def _title(outcome: RunOutcome, closed: Sequence[str]) -> str:
    count = len(outcome.quarantined) + outcome.more
    errors = sum(check.severity == "error" for check in outcome.checks)
    said = ["运行失败 run failed"] if outcome.failure else []
    lost = len(outcome.unavailable)
    said += [f"{lost} 个来源未能取得 {lost} could not be had"] if lost else []
    said += [f"隔离 {count} 份报告 {count} in quarantine"] if count else []
    said += [f"{errors} 项检查未通过 {errors} checks failed"] if errors else []
    said = said or [f"{len(closed)} 项已解除 {len(closed)} no longer open"]
    return f"govinfo: {'; '.join(said)}"


def _failure(outcome: RunOutcome) -> Iterator[str]:
    if outcome.failure:
        yield "运行失败 / The run failed:"
        yield f"  {outcome.failure}"
        yield ""


def _sources(unavailable: Sequence[Unavailable]) -> Iterator[str]:
    if not unavailable:
        return
    yield "未能取得 / Could not be had:"
    for lost in unavailable[:_SOURCES]:
        yield f"  {lost.where}" + (f"  (自 since {lost.since})" if lost.since else "")
        yield f"    {lost.zh}"
        yield f"    {lost.en}"
    yield from _rest(len(unavailable) - _SOURCES, "个", "more", "  ")
    yield ""


def _issuers(outcome: RunOutcome) -> Iterator[str]:
    if not outcome.quarantined:
        return
    yield "已隔离, 未入库 / In quarantine, not published:"
    grouped: dict[str, list[Quarantined]] = {}
    for report in outcome.quarantined:
        grouped.setdefault(report.issuer or _UNKNOWN, []).append(report)
    for issuer, reports in list(grouped.items())[:_ISSUERS]:
        yield ""
        yield issuer
        for report in _sorted(reports)[:_REPORTS]:
            yield from _report(report)
        yield from _rest(len(reports) - _REPORTS, "份", "more reports of this issuer", "  ")
    hidden = sum(len(reports) for reports in list(grouped.values())[_ISSUERS:]) + outcome.more
    yield from _rest(hidden, "份报告", "more reports", "")
    yield ""


def _sorted(reports: Iterable[Quarantined]) -> list[Quarantined]:
    return sorted(reports, key=lambda report: (report.year is None, report.year, report.path))


def _report(report: Quarantined) -> Iterator[str]:
    changed = "  (原因有变 reasons changed)" if report.changed else ""
    yield f"  {report.year or '年度不明 year unknown'}  {report.path}{changed}"
    for reason in report.reasons[:_REASONS]:
        yield f"    {reason.zh}"
        yield f"    {reason.en}"
    yield from _rest(len(report.reasons) - _REASONS, "条", "more", "    ")


def _checks(checks: Sequence[FailedCheck]) -> Iterator[str]:
    if not checks:
        return
    yield "未通过的检查 / Checks that failed:"
    worst_first = sorted(checks, key=lambda check: (check.severity != "error", check.name))
    for check in worst_first[:_CHECKS]:
        yield f"  {check.name} ({check.severity}){': ' if check.said else ''}{check.said}"
    yield from _rest(len(checks) - _CHECKS, "项", "more", "  ")
    yield ""


def _closed(names: Sequence[str]) -> Iterator[str]:
    if names:
        rest = len(names) - _CLOSED
        more = f"; 另有 {rest} 项 / and {rest} more" if rest > 0 else ""
        yield f"已解除 / No longer open: {'; '.join(names[:_CLOSED])}{more}"


def _older(older: Older) -> Iterator[str]:
    kinds = zip(older, ("份报告 reports", "个来源 sources", "项检查或运行 checks or runs"), strict=True)
    counts = [f"{count} {words}" for count, words in kinds if count]
    if counts:
        yield f"此前已告知, 仍未解决 / Told before, still open: {', '.join(counts)}"


def _rest(count: int, zh: str, en: str, indent: str) -> Iterator[str]:
    if count > 0:
        yield f"{indent}另有 {count} {zh} / and {count} {en}"
