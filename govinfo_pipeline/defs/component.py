"""The line as a Dagster component, for `defs.yaml` of another project.

::

    type: govinfo_pipeline.defs.component.GovinfoPipeline
    attributes:
      source: reports/
      data: data/govinfo
      warehouse: postgresql://writer@host/database
      alerts: ["{{ env.GOVINFO_ALERTS }}"]
"""

from pathlib import Path

import dagster as dg

from govinfo_pipeline.defs.build import build_defs
from govinfo_pipeline.line.settings import Settings


class GovinfoPipeline(dg.Component, dg.Model, dg.Resolvable):
    """政府信息公开工作年度报告: 读取、核对、入库 / Reads, checks and publishes annual OGI reports.

    Attributes:
        source: folder, file, file list or address; unless given, as `GOVINFO_SOURCE` says.
        data: folder of archive, stages and warehouse; unless given, as `GOVINFO_DATA` says.
        warehouse: DuckDB file or postgresql:// address, without a password; unless given, as `GOVINFO_WAREHOUSE`
            says.
        alerts: addresses of alert channels; unless given, as `GOVINFO_ALERTS` says.
    """

    source: str | None = None
    data: str | None = None
    warehouse: str | None = None
    alerts: list[str] | None = None

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        """Return the definitions of the line."""
        default = Settings.from_env()
        return build_defs(
            Settings(
                source=self.source or default.source,
                data=Path(self.data).absolute() if self.data else default.data,
                address=self.warehouse or default.address,
                alerts=default.alerts if self.alerts is None else tuple(self.alerts),
            )
        )
