"""Year partitions: one a report year, and one for files that do not say their year."""

from __future__ import annotations

import warnings

import dagster as dg

from govinfo_pipeline.line.intake import PARTITIONS, UNDATED

# Backfill policies have been in beta for years; without them a backfill is a run a partition.
warnings.filterwarnings("ignore", message="Parameter `backfill_policy`", category=dg.BetaWarning)

# A backfill of many partitions is one run: each run has a fixed cost, and so have the suites.
ONE_RUN = dg.BackfillPolicy.single_run()

YEARS = dg.StaticPartitionsDefinition(list(PARTITIONS))


def year_before(partition: str) -> str | None:
    """Return the partition of the report year before, None where there is none."""
    before = None if partition == UNDATED else str(int(partition) - 1)
    return before if before in PARTITIONS else None


def range_tags(first: str, last: str) -> dict[str, str]:
    """Return the tags of one run that does all partitions from ``first`` to ``last``."""
    return {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
