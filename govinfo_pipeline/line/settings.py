"""Where the line reads from and writes to, and whom it tells: from the environment, checked once.

    GOVINFO_SOURCE     folder, file, file list or address to read; default: the sample reports of the package
    GOVINFO_DATA       folder for archive, stages and warehouse; default: ./data
    GOVINFO_WAREHOUSE  the warehouse, if it is elsewhere: a DuckDB file, or postgresql://user@host/database
    GOVINFO_ALERTS     addresses to send alerts to, as apprise writes them, apart by blanks; default: none

Owns the names below the data folder. Refuses settings that cannot work, by name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from govinfo_pipeline.errors import ConfigError
from govinfo_pipeline.line.withdrawn import FILE_NAME as WITHDRAWN
from govinfo_pipeline.verify.review_log import FILE_NAME
from govinfo_pipeline.warehouse.address import is_server, open_warehouse

SOURCE, DATA, ALERTS = "GOVINFO_SOURCE", "GOVINFO_DATA", "GOVINFO_ALERTS"
WAREHOUSE = "GOVINFO_WAREHOUSE"

if TYPE_CHECKING:
    from govinfo_pipeline.warehouse.engine import Warehouse

_CHANNEL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Settings:
    """The settings of one line. ``source`` is a path or an http(s) address; ``data`` is absolute.

    ``address`` is the warehouse's, which may hold a password; empty for the file in the data folder.
    """

    source: str
    data: Path
    alerts: tuple[str, ...] = ()
    address: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise ConfigError(
                f"{SOURCE} 不能为空 / {SOURCE} must name a folder, a file or an address, was empty. "
                "Unset it to run over the sample reports."
            )
        if self.data.exists() and not self.data.is_dir():
            raise ConfigError(
                f"{DATA} 必须是文件夹 / {DATA} must be a folder, was the file {self.data}. Name another place."
            )
        is_server(self.address)  # refuses one that can be none
        for place, channel in enumerate(self.alerts, start=1):
            if not _CHANNEL.fullmatch(channel):  # never shown: it may be the second half of a password
                raise ConfigError(
                    f"{ALERTS} 应为 scheme://... 形式的地址, 第 {place} 个不是 / {ALERTS} must be addresses such "
                    f"as mailto://host or json://host/path, apart by blanks; number {place} of "
                    f"{len(self.alerts)} is none. A blank inside an address is written %20."
                )

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings that the environment names (default: the process's).

        Raises:
            ConfigError: a setting cannot work.
        """
        env = os.environ if environment is None else environment
        return cls(
            source=env.get(SOURCE, str(samples())),
            data=Path(env.get(DATA) or "data").absolute(),
            alerts=tuple(env.get(ALERTS, "").split()),
            address=env.get(WAREHOUSE, "").strip(),
        )

    @cached_property
    def archive(self) -> Path:
        """The folder of the archive."""
        return self.data / "archive"

    @cached_property
    def peeks(self) -> Path:
        """The folder of the index that says which year an archived file is of."""
        return self.data / "peeks"

    @cached_property
    def stages(self) -> Path:
        """The folder of the tables between assets: `<asset>/<partition>.parquet`."""
        return self.data / "stages"

    @cached_property
    def warehouse(self) -> Path:
        """The DuckDB file, where no other warehouse is named."""
        return self.data / "warehouse.duckdb"

    def open_warehouse(self) -> Warehouse:
        """Return the warehouse.

        Raises:
            ConfigError: it cannot be one, or its driver is not installed.
        """
        return open_warehouse(self.address or str(self.warehouse))

    @cached_property
    def reviews(self) -> Path:
        """The file of reviews that `govinfo review` writes."""
        return self.data / FILE_NAME

    @cached_property
    def withdrawn(self) -> Path:
        """The list of files that a person withdrew."""
        return self.data / WITHDRAWN

    @cached_property
    def outbox(self) -> Path:
        """The folder of alerts that are to be sent, and of those that were."""
        return self.data / "outbox"

    @cached_property
    def told(self) -> Path:
        """The file that remembers what was told and is still open."""
        return self.data / "told.json"

    @cached_property
    def log(self) -> Path:
        """The file that `govinfo run` logs to."""
        return self.data / "govinfo.log"

    def stage(self, asset: str, partition: str) -> Path:
        """Return the file of a table between assets."""
        return self.stages / asset / f"{partition}.parquet"

    def record(self, partition: str) -> Path:
        """Return the file of the gate's record of a partition."""
        return self.stages / "gate" / f"{partition}.json"


def samples() -> Path:
    """Return the folder of the sample reports that ship with the package."""
    return Path(str(resources.files("govinfo_pipeline.samples"))) / "reports"
