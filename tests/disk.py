"""What is made durable, and in which order: files get their names after their contents are synced, then folders are."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock


class Written(NamedTuple):
    """A file that got its name, ``whole`` if all that it holds was synced before; or a folder that was synced."""

    path: Path
    whole: bool


@contextmanager
def written() -> Iterator[list[Written]]:
    """Collect what is named and synced in the block, in order."""
    sync, rename, open_ = os.fsync, os.replace, os.open
    synced: dict[int, int] = {}
    opened: dict[int, Path] = {}
    seen: list[Written] = []

    def remember(path: Any, *how: Any, **more: Any) -> int:
        descriptor = open_(path, *how, **more)
        opened[descriptor] = Path(path)
        return descriptor

    def fsync(descriptor: int) -> None:
        sync(descriptor)
        status = os.fstat(descriptor)
        synced[status.st_ino] = status.st_size
        if stat.S_ISDIR(status.st_mode):
            seen.append(Written(opened[descriptor], whole=True))

    def replace(source: Path, target: Path) -> None:
        status = Path(source).stat()
        seen.append(Written(Path(target), synced.get(status.st_ino) == status.st_size > 0))
        rename(source, target)

    with mock.patch.multiple(os, fsync=fsync, replace=replace, open=remember):
        yield seen
