"""The code location: `dagster dev -m govinfo_pipeline.definitions`."""

import dagster as dg

from govinfo_pipeline.defs.build import build_defs


@dg.definitions
def defs() -> dg.Definitions:
    """Return the line over the source and data folder that the environment names (see `line.settings`)."""
    return build_defs()
