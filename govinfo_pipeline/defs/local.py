"""One run of the line in this process, for the command line: nothing of Dagster reaches the terminal.

Runs in the Dagster instance that DAGSTER_HOME names, so that its UI shows the run; in a temporary one otherwise.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

import dagster as dg

from govinfo_pipeline.alerts import RunOutcome
from govinfo_pipeline.archive.address import shown
from govinfo_pipeline.defs.build import build_defs
from govinfo_pipeline.defs.job import JOB
from govinfo_pipeline.defs.outcome import outcome_of
from govinfo_pipeline.defs.partitions import range_tags
from govinfo_pipeline.defs.resource import GovinfoResource
from govinfo_pipeline.errors import ConfigError
from govinfo_pipeline.line.settings import WAREHOUSE, Settings

_FORMAT = "%(asctime)s %(levelname)s %(message)s"


class Step(NamedTuple):
    """News of a run: a step that began or ended, or what it said of its progress."""

    name: str
    state: str  # begun, done, failed, said
    text: str = ""


class LocalRun(NamedTuple):
    """How a run ended."""

    success: bool
    outcome: RunOutcome


def run_line(settings: Settings, first: str, last: str, tell: Callable[[Step], None]) -> LocalRun:
    """Run the line over the archive's partitions from ``first`` to ``last``, in one run.

    Raises:
        ConfigError: DAGSTER_HOME cannot be used.
    """
    settings = replace(settings, source=shown(settings.source))  # all is collected: from here on it is a name
    with _in_environment(settings), _instance() as instance:
        govinfo = GovinfoResource.of(settings, collect=False)
        defs = build_defs(
            settings, resources={"govinfo": govinfo}, loggers={"console": _logger(settings, tell)}
        )
        result = defs.resolve_job_def(JOB).execute_in_process(
            instance=instance,
            tags=range_tags(first, last),
            raise_on_error=False,
            run_config={"loggers": {"console": {}}},
        )
        run = instance.get_run_by_id(result.run_id)
        outcome = outcome_of(instance, run, JOB, settings) if run else None
    return LocalRun(result.success, outcome or RunOutcome(result.run_id))


@contextmanager
def _in_environment(settings: Settings) -> Iterator[None]:
    """Let the run find the warehouse where no record of it is kept: its address may hold a password."""
    before = os.environ.get(WAREHOUSE)
    os.environ[WAREHOUSE] = settings.address
    try:
        yield
    finally:
        if before is None:
            del os.environ[WAREHOUSE]
        else:
            os.environ[WAREHOUSE] = before


def _instance() -> dg.DagsterInstance:
    if not os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.ephemeral()
    try:
        return dg.DagsterInstance.get()
    except dg.DagsterError as error:
        raise ConfigError(f"DAGSTER_HOME 无法使用 / DAGSTER_HOME cannot be used: {error}") from error


def _logger(settings: Settings, tell: Callable[[Step], None]) -> dg.LoggerDefinition:
    """Return the logger of a run: all into the log file, news of steps to ``tell``."""

    @dg.logger
    def to_file(_context: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.Logger("govinfo.run", logging.DEBUG)
        settings.log.parent.mkdir(parents=True, exist_ok=True)
        file = logging.FileHandler(settings.log, encoding="utf-8", delay=True)
        file.setFormatter(logging.Formatter(_FORMAT))
        file.setLevel(logging.INFO)
        logger.addHandler(file)
        logger.addHandler(_Teller(tell))
        return logger

    return to_file


_STATES = {
    dg.DagsterEventType.STEP_START: "begun",
    dg.DagsterEventType.STEP_SUCCESS: "done",
    dg.DagsterEventType.STEP_FAILURE: "failed",
}


class _Teller(logging.Handler):
    """Turns log records of a run into news of its steps."""

    def __init__(self, tell: Callable[[Step], None]) -> None:
        super().__init__(logging.DEBUG)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        event = getattr(record, "dagster_event", None)
        meta = getattr(record, "dagster_meta", None) or {}
        if event is not None:
            if (state := _STATES.get(event.event_type)) and event.step_key:
                self._tell(Step(event.step_key, state))
        elif step := meta.get("step_key"):
            self._tell(Step(str(step), "said", str(meta.get("orig_message", record.getMessage()))))
