"""The lock file of a warehouse in a file: who has it, who waits, and what a stranger's file says."""

from __future__ import annotations

import os
import re
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from govinfo_pipeline.errors import WarehouseBusyError
from govinfo_pipeline.warehouse.lock import held, holder

MINE = rf"pid {os.getpid()} since \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"


def test_who_holds_the_lock_is_named_also_the_second_time(tmp_path: Path) -> None:
    path = tmp_path / "new" / "warehouse.lock"
    for _ in range(2):
        with held(path, 0), pytest.raises(WarehouseBusyError, match=MINE), held(path, 0):
            pytest.fail("two hold the lock")


def test_who_waits_gets_the_lock_when_it_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "warehouse.lock"
    with ExitStack() as other:
        other.enter_context(held(path, 0))
        waited: list[float] = []
        monkeypatch.setattr(time, "sleep", lambda seconds: (waited.append(seconds), other.close()))
        with held(path, 60):
            assert len(waited) == 1


def test_a_lock_is_free_after_its_holder_failed(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.lock"
    with pytest.raises(KeyError), held(path, 0):
        raise KeyError
    with held(path, 0):
        assert re.fullmatch(MINE, holder(path))


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b'{"pid": 1}', b"4711", b"\xff"])
def test_a_file_that_names_nobody_is_no_trouble(tmp_path: Path, said: bytes) -> None:
    path = tmp_path / "warehouse.lock"
    path.write_bytes(said)
    assert holder(path) == "pid unknown"
    assert holder(tmp_path / "none.lock") == "pid unknown"
