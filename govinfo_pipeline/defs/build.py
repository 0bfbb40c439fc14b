"""All definitions of the line, put together; tests and components put in what they need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg

from govinfo_pipeline.defs import assets, gate, marts
from govinfo_pipeline.defs.automation import alerts_sensor, daily, new_files_sensor
from govinfo_pipeline.defs.job import line_job
from govinfo_pipeline.defs.resource import GovinfoResource
from govinfo_pipeline.defs.stages import ParquetStages
from govinfo_pipeline.line.settings import Settings

ASSETS = (
    assets.raw_reports,
    assets.parsed_reports,
    assets.normalized_reports,
    gate.gate,
    assets.published_reports,
    marts.issuer_year,
    marts.applications_long,
)


def build_defs(
    settings: Settings | None = None,
    *,
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, dg.LoggerDefinition] | None = None,
    executor: dg.ExecutorDefinition | None = dg.in_process_executor,
) -> dg.Definitions:
    """Return the definitions of the line.

    Args:
        settings: source, data folder and alert channels; from the environment unless given.
        resources: put in the place of `govinfo` (a `GovinfoResource`) or `stages` (an IO manager).
        loggers: where runs log to; Dagster's own unless given.
        executor: in process unless given; None where the definitions it is merged with bring their own.

    Raises:
        ConfigError: a setting of the environment cannot work.
    """
    settings = settings or Settings.from_env()
    return dg.Definitions(
        assets=ASSETS,
        jobs=[line_job],
        schedules=[daily],
        sensors=[new_files_sensor(settings), alerts_sensor(settings)],
        resources={
            "govinfo": GovinfoResource.of(settings),
            "stages": ParquetStages(folder=str(settings.stages)),
            **(resources or {}),
        },
        loggers=loggers,
        executor=executor,
    )
