"""What happens by itself: new files are read, every day is looked at, troubles are told.

The schedule and the sensor over the source are off until someone turns them on. The alerts sensor runs, and does
nothing while no channel is configured.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg

from govinfo_pipeline.alerts import Ledger, Outbox, RunOutcome, Unavailable, channels
from govinfo_pipeline.archive import Archive, Problem, scan
from govinfo_pipeline.archive.address import is_web, shown
from govinfo_pipeline.defs.job import JOB, line_job
from govinfo_pipeline.defs.outcome import outcome_of
from govinfo_pipeline.defs.partitions import range_tags
from govinfo_pipeline.defs.resource import GovinfoResource
from govinfo_pipeline.line.changes import groups, with_year_after
from govinfo_pipeline.line.intake import PARTITIONS, collect
from govinfo_pipeline.line.settings import Settings

_FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE]
_RUNS_A_TICK = 20
# A run is in the storage a moment after the time it says: looking back twice costs nothing, outboxes take an id once.
_OVERLAP = timedelta(seconds=30)


@dg.schedule(
    name="govinfo_daily",
    job=line_job,
    cron_schedule="0 6 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="每日重看所有年度 / Every day all years again; what did not change is not published again.",
)
def daily(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Request one run over all partitions."""
    day = context.scheduled_execution_time.date().isoformat()
    return dg.RunRequest(run_key=day, tags=range_tags(PARTITIONS[0], PARTITIONS[-1]))


def new_files_sensor(settings: Settings) -> dg.SensorDefinition:
    """Return the sensor over the source; what it could not have it tells to the channels of ``settings``."""

    @dg.sensor(
        name="govinfo_new_files",
        job=line_job,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.STOPPED,
        description="来源有新文件时处理相应年度 / Runs the years that new files of the source are of.",
    )
    def new_files(context: dg.SensorEvaluationContext, govinfo: GovinfoResource) -> dg.SensorResult:
        cursor = json.loads(context.cursor or "{}")
        listing = fingerprint(govinfo.source)
        if listing == cursor.get("listing"):
            return dg.SensorResult(skip_reason="来源没有变化 / nothing new in the source")
        archive = govinfo.archive()
        problems = collect(govinfo.source, archive).problems
        for problem in problems:
            context.log.warning(f"{problem.where}: {problem.zh} / {problem.en}")
        _tell_sources(settings, govinfo.source, problems)
        requests = _requests(govinfo, archive, cursor.get("order", 0))
        return dg.SensorResult(
            run_requests=requests,
            skip_reason=None if requests else "没有新文件 / no new file",
            cursor=json.dumps({"listing": listing, "order": len(archive)}),
        )

    return new_files


def _requests(govinfo: GovinfoResource, archive: Archive, known: int) -> list[dg.RunRequest]:
    """Return a run for each range of years that files behind the first ``known`` are of."""
    peeks = govinfo.peeks()
    peeks.look(archive)
    held = peeks.by_partition(archive)
    fresh = [key for key, files in held.items() if any(archive.order(e.sha256) > known for e, _ in files)]
    return [
        dg.RunRequest(run_key=f"{first}-{last}-{len(archive)}", tags=range_tags(first, last))
        for first, last in groups(with_year_after(fresh, held))
    ]


def _tell_sources(settings: Settings, source: str, problems: Sequence[Problem]) -> None:
    """Have it told what a source did not give: a run may not follow. The other sensor sends it."""
    if settings.alerts:
        lost = tuple(Unavailable(*problem) for problem in problems)
        outcome = RunOutcome(f"files-{uuid.uuid4()}", source=shown(source), unavailable=lost)
        Ledger(settings.told).tell(outcome, Outbox(settings.outbox))


def fingerprint(source: str) -> str:
    """Return a hash of what a source names: names, sizes and times, not contents. Addresses are not fetched."""
    digest = hashlib.sha256()
    for named in [source] if is_web(source) else scan(source):
        digest.update(f"{_look(named)}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _look(named: Path | str | Problem) -> str:
    if not isinstance(named, Path):
        return str(named)
    try:
        status = named.stat()
    except OSError as error:
        return f"{named} {error}"
    return f"{named} {status.st_size} {status.st_mtime_ns}"


def alerts_sensor(settings: Settings) -> dg.SensorDefinition:
    """Return the sensor that tells the troubles of each finished run to the channels of ``settings``."""

    @dg.sensor(
        name="govinfo_alerts",
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="运行结束后告知新出现的问题 / One message after a run: what is new in quarantine, checks, sources.",
    )
    def alerts(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        if not settings.alerts:
            return dg.SensorResult(skip_reason="未配置告警渠道 / no channel: set GOVINFO_ALERTS")
        now = datetime.now(UTC)
        outbox, ledger = Outbox(settings.outbox), Ledger(settings.told)
        after = datetime.fromisoformat(context.cursor) if context.cursor else _since(context, now)
        latest = after
        for ended, run in _finished(context.instance, after):
            if outcome := outcome_of(context.instance, run, JOB, settings):
                ledger.tell(outcome, outbox, ended)
            latest = max(latest, ended)
        delivery = outbox.deliver(channels(settings.alerts), now)
        for problem in delivery.problems:
            context.log.warning(problem)
        said = f"{len(delivery.sent)} 条已送达 sent, {len(outbox.waiting())} 条待发 waiting"
        return dg.SensorResult(skip_reason=said, cursor=latest.isoformat())

    return alerts


def _since(context: dg.SensorEvaluationContext, now: datetime) -> datetime:
    """Return when the sensor was turned on: runs before that are nobody's news."""
    started: Any = context.last_sensor_start_time
    return datetime.fromtimestamp(started, UTC) if started else now


def _finished(instance: dg.DagsterInstance, after: datetime) -> Iterator[tuple[datetime, dg.DagsterRun]]:
    """Yield when runs ended and the runs, oldest first: those looked at before do not count, or they fill a tick."""
    records = instance.get_run_records(
        filters=dg.RunsFilter(statuses=_FINISHED, updated_after=after - _OVERLAP),
        order_by="update_timestamp",
        ascending=True,
    )
    new = 0
    for record in records:
        ended = record.update_timestamp.astimezone(UTC)
        new += ended > after
        if new > _RUNS_A_TICK:
            return
        yield ended, record.dagster_run
