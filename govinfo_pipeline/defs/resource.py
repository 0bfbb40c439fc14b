"""The one resource of the assets: where the line reads and writes, and its limits.

Alert addresses are not here: Dagster shows the configuration of resources, and they may hold passwords.
"""

import os
from pathlib import Path

import dagster as dg
from pydantic import Field

from govinfo_pipeline.archive import Archive
from govinfo_pipeline.archive.address import shown
from govinfo_pipeline.errors import ConfigError
from govinfo_pipeline.line.intake import Peeks
from govinfo_pipeline.line.publish import Guard
from govinfo_pipeline.line.settings import SOURCE, Settings
from govinfo_pipeline.line.withdrawn import load_withdrawn
from govinfo_pipeline.verify.gate import Limits
from govinfo_pipeline.verify.review import Review
from govinfo_pipeline.verify.review_log import load_reviews
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse

_LIMITS, _GUARD = Limits(), Guard()


class GovinfoResource(dg.ConfigurableResource[None]):
    """Source, data folder and limits of the line."""

    source: str = Field(description="文件夹、文件、清单或网址 / folder, file, file list or address to read")
    data: str = Field(
        description="档案、中间表与数据仓库所在文件夹 / folder of archive, stages and warehouse"
    )
    collect: bool = Field(
        default=True,
        description="先读入来源; 否则只用档案 / read the source first; otherwise only the archive is used",
    )
    failed: float = Field(
        default=_LIMITS.failed,
        description="可信的不合格报告占比上限 / largest share of failing reports that is believed",
    )
    unknown: float = Field(
        default=_LIMITS.unknown,
        description="可信的不可读单元格占比上限 / largest share of unreadable cells that is believed",
    )
    unusable: float = Field(
        default=_LIMITS.unusable,
        description="可信的不可用文件占比上限 / largest share of unusable files that is believed",
    )
    vanished: float = Field(
        default=_GUARD.vanished,
        description="一次可撤下的已发布报告占比上限 / largest share of published reports that may vanish at once",
    )
    least: int = Field(
        default=_LIMITS.least,
        description="少于此数的批次不计占比 / batches with fewer reports are not held to shares",
    )

    @classmethod
    def of(cls, settings: Settings) -> "GovinfoResource":
        """Return the resource of settings, with the limits that the package comes with.

        Dagster shows the configuration of resources: a source with a password is given by the name of its setting.

        Raises:
            ConfigError: it has a password, and is not that of the environment.
        """
        if shown(settings.source) == settings.source:
            return cls(source=settings.source, data=str(settings.data))
        if os.environ.get(SOURCE) == settings.source:
            return cls(source=dg.EnvVar(SOURCE), data=str(settings.data))
        raise ConfigError(
            f"含密码的来源只能由环境变量 {SOURCE} 给出 / a source with a password must come from {SOURCE}, or stand in "
            f"a file list: Dagster would show it. It was {shown(settings.source)}."
        )

    @property
    def settings(self) -> Settings:
        """The names below the data folder."""
        return Settings(self.source, Path(self.data).absolute())

    @property
    def limits(self) -> Limits:
        """The limits of the gate."""
        return Limits(failed=self.failed, unknown=self.unknown, unusable=self.unusable, least=self.least)

    @property
    def guard(self) -> Guard:
        """The limit of publishing."""
        return Guard(vanished=self.vanished, least=self.least)

    def archive(self) -> Archive:
        """Return the archive, as it is now."""
        return Archive(self.settings.archive)

    def peeks(self) -> Peeks:
        """Return what is known of the archive's files, as it is now."""
        return Peeks(self.settings.peeks, withdrawn=load_withdrawn(self.settings.withdrawn))

    def reviews(self) -> tuple[Review, ...]:
        """Return what people said of findings, as it is now."""
        return load_reviews(self.settings.reviews)

    def warehouse(self) -> DuckDBWarehouse:
        """Return the warehouse."""
        return DuckDBWarehouse(self.settings.warehouse)
