"""What was told and is still open: so that a message says what is new, and nobody is told the same every day.

Owns one small file (`told.json` in the data folder) and its lock; `govinfo run` and the sensor share it. It is
written after a message is in the outbox, which keeps it until every channel has it: what could not be sent is not
lost, and a crash between the two tells something twice rather than never. Refuses to close what a run did not
look at: a report is closed by a run over its year, a check by a run over all years in which it failed, a file or
address by another reading of the same source.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from govinfo_pipeline.alerts.message import Older, Quarantined, RunOutcome, compose
from govinfo_pipeline.alerts.outbox import Outbox
from govinfo_pipeline.durable import replacing
from govinfo_pipeline.report import lineage

# Runs that are remembered: the sensor looks back half a minute, and `govinfo run` tells of its run itself.
_RUNS = 500
_REPORT, _CHECK, _SOURCE, _RUN = "report:", "check:", "source:", "run"


@dataclass
class _Item:
    """One thing that is open: ``scope`` are the partitions (or the source) where it was seen, ``since`` is UTC."""

    digest: str
    since: str
    scope: list[str]
    label: str
    loud: bool = True


@dataclass
class _Told:
    """The file: what is open by its key, and the runs that were looked at."""

    open: dict[str, _Item] = field(default_factory=dict)
    runs: list[str] = field(default_factory=list)


class Ledger:
    """The memory in the file ``path``, which is made when there is something to remember."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def tell(self, outcome: RunOutcome, outbox: Outbox, now: datetime | None = None) -> bool:
        """Put a message into the outbox about what is new in an outcome or no longer open; False where nothing is.

        A run is looked at once; what could not be had is looked at apart, since not every view of a run knows it.
        """
        at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="minutes")
        with self._locked():
            told = self._read()
            fresh = _not_looked_at(outcome, told)
            if fresh is None:
                return False
            seen = _seen(fresh, at)
            for key, item in seen.items():
                if known := told.open.get(key):
                    item.since, item.scope = known.since, sorted({*known.scope, *item.scope})
            closed = _close(told, seen, fresh)
            news = {key for key, item in seen.items() if _is_news(told.open.get(key), item)}
            older = _older({key: item for key, item in {**told.open, **seen}.items() if key not in news})
            older = older._replace(reports=older.reports + _never_listed(told, seen, fresh))
            message = compose(_only(fresh, news, seen, told), closed, older)
            if message:
                digest = hashlib.sha256(message.body.encode()).hexdigest()[:8]
                outbox.put(message._replace(id=f"{message.id}.{digest}"))
            told.open |= _remembered(told, seen, message is not None)
            self._write(told)
            return message is not None

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(f".{self.path.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _read(self) -> _Told:
        """Return what was told; nothing where the file is not there or is broken: rather twice than never."""
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            return _Told({key: _Item(**item) for key, item in data["open"].items()}, list(data["runs"]))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return _Told()

    def _write(self, told: _Told) -> None:
        told.runs = told.runs[-_RUNS:]
        with replacing(self.path) as file:
            file.write_text(json.dumps(asdict(told), ensure_ascii=False, indent=1), encoding="utf-8")


def _not_looked_at(outcome: RunOutcome, told: _Told) -> RunOutcome | None:
    """Return what of an outcome was not looked at before, None where all was; remembers that it was now."""
    run, source = outcome.run_id, f"{outcome.run_id} {outcome.source}"
    knows_run, knows_source = run in told.runs, outcome.source is None or source in told.runs
    if knows_run and knows_source:
        return None
    told.runs += [name for name in (run, *([source] if outcome.source else [])) if name not in told.runs]
    if knows_run:
        return RunOutcome(run, outcome.partitions, source=outcome.source, unavailable=outcome.unavailable)
    return outcome


def _seen(outcome: RunOutcome, at: str) -> dict[str, _Item]:
    """Return what an outcome shows to be wrong, by key."""
    scope = list(outcome.scope)
    seen = {
        _key(report): _Item(_digest(*report.reasons), at, [report.partition], _label(report))
        for report in outcome.quarantined
    }
    for check in outcome.checks:
        said = "" if _is_family(check.name) else check.said
        loud = check.severity == "error"
        seen[_CHECK + check.name] = _Item(_digest(check.severity, said), at, scope, check.name, loud)
    for lost in outcome.unavailable:
        seen[_SOURCE + lost.where] = _Item("", at, [outcome.source or ""], lost.where)
    if outcome.failure:
        seen[_RUN] = _Item(_digest(outcome.failure), at, scope, "运行 run")
    return seen


def _key(report: Quarantined) -> str:
    return _REPORT + lineage(report.report_id, report.path)


def _label(report: Quarantined) -> str:
    return f"{report.issuer or report.path} {report.year or ''}".strip()


def _digest(*said: object) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]


def _older(items: Mapping[str, _Item]) -> Older:
    loud = [key for key, item in items.items() if item.loud]
    reports, sources = (sum(key.startswith(kind) for key in loud) for kind in (_REPORT, _SOURCE))
    others = sum(
        key == _RUN or (key.startswith(_CHECK) and not _is_family(key.removeprefix(_CHECK))) for key in loud
    )
    return Older(reports, sources, others)


def _is_family(check: str) -> bool:
    """Say whether a check is that of a rule family: what it counts is told report by report."""
    return check.startswith("findings.")


def _is_news(known: _Item | None, item: _Item) -> bool:
    return known is None or known.digest != item.digest


def _remembered(told: _Told, seen: Mapping[str, _Item], is_told: bool) -> dict[str, _Item]:
    """Return what is open now as it was told: a warning was, only if there was a message to stand in."""
    known = {key: replace(told.open[key], scope=item.scope) for key, item in seen.items() if key in told.open}
    return known | {key: item for key, item in seen.items() if item.loud or is_told}


def _never_listed(told: _Told, seen: Mapping[str, _Item], outcome: RunOutcome) -> int:
    """Return what has to be added to the open reports of the judged years to make those that an outcome counts."""
    judged = set(outcome.judged)
    open_too = [
        key
        for key, item in told.open.items()
        if key.startswith(_REPORT) and key not in seen and judged.issuperset(item.scope)
    ]
    return outcome.more - len(open_too)


def _close(told: _Told, seen: dict[str, _Item], outcome: RunOutcome) -> tuple[str, ...]:
    """Forget what is no longer wrong, and return its names."""
    closed = []
    for key, item in list(told.open.items()):
        if key in seen:
            continue
        looked_at = _looked_at(key, outcome)
        left = [place for place in item.scope if place not in looked_at]
        if left:
            item.scope = left
        elif looked_at:
            del told.open[key]
            closed += [item.label] if item.loud else []
    return tuple(closed)


def _looked_at(key: str, outcome: RunOutcome) -> set[str]:
    """Return the partitions (or the source) of which an outcome knows whether the thing is wrong there."""
    if key.startswith(_REPORT):
        return set() if outcome.more else set(outcome.judged)
    if key.startswith(_SOURCE):
        return {outcome.source} if outcome.source is not None else set()
    if key.startswith(_CHECK):
        return set(outcome.scope) if key.removeprefix(_CHECK) in outcome.passed else set()
    return set(outcome.scope)


def _only(outcome: RunOutcome, news: set[str], seen: dict[str, _Item], told: _Told) -> RunOutcome:
    """Return an outcome with its news alone; of what is told again it says so, and of files since when."""
    return replace(
        outcome,
        quarantined=tuple(
            replace(report, changed=_key(report) in told.open)
            for report in outcome.quarantined
            if _key(report) in news
        ),
        more=0,
        checks=tuple(check for check in outcome.checks if _CHECK + check.name in news),
        failure=outcome.failure if _RUN in news else None,
        unavailable=tuple(
            lost._replace(since=seen[_SOURCE + lost.where].since)
            for lost in outcome.unavailable
            if _SOURCE + lost.where in news
        ),
    )
