"""Fixtures that several kinds of tests share. Keep it small: a fixture that one file needs belongs there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The socket's folder of a PostgreSQL server that this process of tests has for itself."""
    with server.running() as folder:
        yield folder


@pytest.fixture
def database(postgres: Path) -> Iterator[str]:
    """The address of an empty database, whose user may do all."""
    made = server.new_database(postgres)
    yield made
    server.drop_database(postgres, made)
