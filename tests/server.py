"""A PostgreSQL server of the tests' own, on a socket in a temporary folder, gone when they are done."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# PostgreSQL refuses to run as root; whoever of these there is runs it then.
_USERS = ("postgres", "nobody")
_START_SECONDS = 30


@contextmanager
def running() -> Iterator[Path]:
    """Run a server; gives the folder of its socket. Skips the test where there is no server to run."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server here: neither initdb nor postgres is found")
    pytest.importorskip("adbc_driver_postgresql", reason="the extra `postgres` is not installed")
    folder = Path(tempfile.mkdtemp(prefix="govinfo-pg-", dir="/tmp"))
    user = _user() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    options = ["-A", "trust", "-U", "writer", "-E", "UTF8", "--locale=C", "--no-sync"]
    try:
        _as(user, [binaries / "initdb", "-D", folder / "data", *options]).communicate(timeout=60)
        command = [binaries / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses="]
        server = _as(user, [*command, "-c", "fsync=off", "-c", "max_connections=50"])
        try:
            _wait_for(folder, server)
            yield folder
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def address(folder: Path, user: str = "writer", database: str = "postgres") -> str:
    return f"postgresql://{user}@/{database}?host={folder}"


def new_database(folder: Path) -> str:
    """Make an empty database; returns its address."""
    name = f"d{uuid.uuid4().hex[:12]}"
    with client(address(folder)) as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return address(folder, database=name)


def drop_database(folder: Path, made: str) -> None:
    """Drop a database, whoever is still in it."""
    name = name_of(made)
    with client(address(folder)) as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def name_of(made: str) -> str:
    """The name of the database at an address."""
    return made.partition("?")[0].rpartition("/")[2]


@contextmanager
def client(place: str) -> Iterator[Any]:
    """A cursor of another program, in autocommit."""
    import adbc_driver_postgresql.dbapi as driver

    with driver.connect(place, autocommit=True) as connection, connection.cursor() as cursor:
        yield cursor


def rows(cursor: Any, sql: str) -> list[Any]:
    cursor.execute(sql)
    return list(cursor.fetchall())


def _binaries() -> Path | None:
    places = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((p for p in places if (p / "initdb").exists() and (p / "postgres").exists()), None)


def _user() -> str:
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    found = next((name for name in _USERS if name in known), None)
    if found is None:
        pytest.skip(f"PostgreSQL does not run as root, and there is no user {' or '.join(_USERS)}")
    return found


def _as(user: str | None, command: list[object]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(part) for part in command],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=user,
        group=_group(user) if user else None,
        extra_groups=[] if user else None,
    )


def _group(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def _wait_for(folder: Path, server: subprocess.Popen[bytes]) -> None:
    import adbc_driver_manager
    import adbc_driver_postgresql.dbapi as driver

    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            driver.connect(address(folder)).close()
        except adbc_driver_manager.Error as error:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the PostgreSQL server did not start: {error}")
            time.sleep(0.05)
        else:
            return
