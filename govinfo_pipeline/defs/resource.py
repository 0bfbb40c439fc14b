"""The one resource of the assets: where the line reads and writes, and its limits.

Alert addresses are not here, nor is the password of a warehouse: Dagster shows the configuration of resources.
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
from govinfo_pipeline.line.settings import SOURCE, WAREHOUSE, Settings
from govinfo_pipeline.line.withdrawn import load_withdrawn
from govinfo_pipeline.verify.gate import Limits
from govinfo_pipeline.verify.review import Review
from govinfo_pipeline.verify.review_log import load_reviews
from govinfo_pipeline.warehouse.address import secrets
from govinfo_pipeline.warehouse.engine import Warehouse

_LIMITS, _GUARD = Limits(), Guard()


class GovinfoResource(dg.ConfigurableResource[None]):
    """Source, data folder and limits of the line."""

    source: str = Field(description="文件夹、文件、清单或网址 / folder, file, file list or address to read")
    data: str = Field(
        description="档案、中间表与数据仓库所在文件夹 / folder of archive, stages and warehouse"
    )
    warehouse_address: str = Field(
        default="",
        description="DuckDB 文件或 postgresql:// 地址, 不含密码; 默认见环境变量 GOVINFO_WAREHOUSE / DuckDB file or "
        "postgresql:// address, without a password; unless given, as GOVINFO_WAREHOUSE says",
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
    def of(cls, settings: Settings, *, collect: bool = True) -> "GovinfoResource":
        """Return the resource of settings, with the limits that the package comes with.

        Dagster shows the configuration of resources: a source with a password is given by the name of its setting,
        and the address of a warehouse that has one stays in the environment, where runs look for it again.

        Raises:
            ConfigError: it has a password, and is not that of the environment.
        """
        return cls(
            source=_shown_source(settings),
            data=str(settings.data),
            warehouse_address=_shown_warehouse(settings),
            collect=collect,
        )

    @property
    def settings(self) -> Settings:
        """The names below the data folder."""
        _refuse_secrets(self.warehouse_address)
        address = self.warehouse_address or os.environ.get(WAREHOUSE, "").strip()
        return Settings(self.source, Path(self.data).absolute(), address=address)

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

    def warehouse(self) -> Warehouse:
        """Return the warehouse."""
        return self.settings.open_warehouse()


def _shown_source(settings: Settings) -> str:
    if shown(settings.source) == settings.source:
        return settings.source
    if os.environ.get(SOURCE) == settings.source:
        return dg.EnvVar(SOURCE)
    raise ConfigError(
        f"含密码的来源只能由环境变量 {SOURCE} 给出 / a source with a password must come from {SOURCE}, or stand in "
        f"a file list: Dagster would show it. It was {shown(settings.source)}."
    )


def _shown_warehouse(settings: Settings) -> str:
    if settings.address == os.environ.get(WAREHOUSE, "").strip():
        return ""
    _refuse_secrets(settings.address)
    return settings.address


def _refuse_secrets(address: str) -> None:
    if secrets(address):
        raise ConfigError(
            "资源 govinfo 的配置会显示在界面上, 不能含密码 / the resource `govinfo` is shown in the UI and must not "
            f"hold the password of the warehouse. Put the whole address into {WAREHOUSE}, or the password into "
            "PGPASSWORD or a password file."
        )
