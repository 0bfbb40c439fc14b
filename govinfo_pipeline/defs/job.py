"""The main job: all assets of the line over one partition or a range of them."""

import dagster as dg

from govinfo_pipeline.defs.traits import GROUP

JOB = "govinfo_line"

# In process: a step of its own process costs seconds, a step of a year milliseconds.
line_job = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.groups(GROUP),
    executor_def=dg.in_process_executor,
    description="从文件到数据仓库 / From files to the warehouse, for one year or a range of years.",
)
