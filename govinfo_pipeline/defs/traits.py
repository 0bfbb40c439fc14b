"""What all assets of the line have in common, said once: group, owners, tags, versions, partitions, storage."""

import os
from collections.abc import Callable, Mapping
from typing import Any

import dagster as dg

from govinfo_pipeline.defs.partitions import ONE_RUN, YEARS
from govinfo_pipeline.line.settings import WAREHOUSE
from govinfo_pipeline.line.version import code_version
from govinfo_pipeline.verify.rules import rule_set_version
from govinfo_pipeline.warehouse.address import is_server

GROUP = "govinfo"
OWNERS = ["team:govinfo"]
STORE = "stages"
# The kind of what stands in the warehouse, as the environment names it.
SHELF = "postgresql" if is_server(os.environ.get(WAREHOUSE, "").strip()) else "duckdb"

# Where parents change, children follow; never past a blocking check that failed.
EAGER = dg.AutomationCondition.eager() & dg.AutomationCondition.all_deps_blocking_checks_passed()


def version() -> str:
    """Return the version of assets that depend on the code that reads and on the rules."""
    return f"{code_version()}/{rule_set_version()}"


def traits(kinds: set[str], stage: str) -> dict[str, Any]:
    """Return what an asset and an output of the gate have."""
    return {
        "group_name": GROUP,
        "kinds": {"python", *kinds},
        "owners": OWNERS,
        "tags": {"domain": "open_government", "stage": stage},
        "code_version": version(),
    }


def line_asset(
    kinds: set[str], stage: str, **more: Any
) -> Callable[[Callable[..., Any]], dg.AssetsDefinition]:
    """Return the decorator of an asset of the line; ``more`` are arguments of `dagster.asset`."""
    decorate: Callable[[Callable[..., Any]], dg.AssetsDefinition] = dg.asset(
        **traits(kinds, stage), partitions_def=YEARS, backfill_policy=ONE_RUN, **more
    )
    return decorate


def note(context: dg.AssetExecutionContext, asset: str, partition: str, metadata: Mapping[str, Any]) -> None:
    """Put metadata on the materialisation of one partition."""
    context.add_asset_metadata(dict(metadata), asset_key=asset, partition_key=partition)
