"""One writer at a time: a lock file that the kernel frees when its holder dies."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from govinfo_pipeline.errors import WarehouseBusyError

_RETRY_SECONDS = 0.05


@contextlib.contextmanager
def held(path: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the lock file ``path``; wait for another holder at most ``wait_seconds``.

    Raises:
        WarehouseBusyError: another process or thread holds it; names the process and since when.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        _take(file.fileno(), path, time.monotonic() + wait_seconds)
        file.truncate(0)
        json.dump({"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}, file)
        file.flush()
        yield


def _take(descriptor: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WarehouseBusyError(
                    "lock",
                    f"数据仓库正被另一进程写入 ({holder(path)}), 请稍后再试 / another process is writing "
                    f"({holder(path)}, lock {path}): try again when it is done.",
                ) from None
            time.sleep(_RETRY_SECONDS)
        else:
            return


def holder(path: Path) -> str:
    """Return who took the lock last, as `pid 4711 since …`; whoever that is need not hold it any more."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return f"pid {data['pid']} since {data['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "pid unknown"
