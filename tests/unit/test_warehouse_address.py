"""Where a warehouse is: what an address may look like, and what of it is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from govinfo_pipeline.errors import ConfigError
from govinfo_pipeline.warehouse.address import (
    hide_secrets,
    is_server,
    open_warehouse,
    secrets,
    without_secrets,
)


@pytest.mark.parametrize(
    "address",
    [
        "postgres://host/base",
        "postgresql:///base",
        "POSTGRESQL://host:5432/base",
        "postgresql://writer:s3cr3t@one:5432,two:5433/base",
        "postgresql://host/base?user=writer%40region",
    ],
)
def test_an_address_of_a_server_is_known(address: str) -> None:
    assert is_server(address)


@pytest.mark.parametrize("path", ["warehouse.duckdb", "data/2022@home.duckdb", "C:/data/warehouse.duckdb"])
def test_anything_without_a_scheme_is_a_file(path: str) -> None:
    assert (is_server(path), without_secrets(path), secrets(path)) == (False, path, ())


@pytest.mark.parametrize(
    "address",
    [
        "MYSQL://u:s3cr3t@host/base",
        "postgresql://u:s3cr3t@host:0/base",
        "postgresql://u:s3cr3t@host:99999/base",
        "postgresql://u:20/s3cr3t@host/base",
        "postgresql://u:20?s3cr3t@host/base",
        "postgresql://u:20?a=s3cr3t@host/base",
        "postgresql://u:20#s3cr3t@host/base",
        "postgresql://u:s3@20/cr3t@host/base",
    ],
)
def test_an_address_whose_password_could_be_taken_for_another_part_is_refused_and_not_shown(
    address: str,
) -> None:
    for shows in (is_server, without_secrets, secrets, open_warehouse):
        with pytest.raises(ConfigError, match="postgresql://user@host/database") as caught:
            shows(address)
        assert not any(part in caught.value.message for part in ("s3", "cr3t"))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://u:a:b%40@host:5432/base", "postgresql://u@host:5432/base"),
        (
            "postgresql://u:s3cr3t@one:5432,two:5433/base?sslmode=&host=/run/pg",
            "postgresql://u@one:5432,two:5433/base?sslmode=&host=/run/pg",
        ),
        ("postgresql://h/b?password=s3cr3t&user=u&sslpassword=s3cr3t", "postgresql://h/b?user=u"),
        ("postgresql://h/b?passfile=/home/u/s3cr3t&options=s3cr3t&port=1", "postgresql://h/b?port=1"),
    ],
)
def test_only_what_is_no_secret_is_shown(address: str, shown: str) -> None:
    assert without_secrets(address) == shown


def test_secrets_are_found_wherever_they_stand() -> None:
    address = "postgresql://u:a:b@host/base?password=p%40ss&user=u&sslpassword=key"
    assert secrets(address) == ("a:b", "p%40ss", "p@ss", "key")
    assert secrets("postgresql://u@host/base?password=") == ()


@pytest.mark.parametrize(
    ("address", "said", "hidden"),
    [
        ("postgresql://u@host/base", "role u is not known", "role u is not known"),
        ("postgresql://u:p%40ss@host/base", "p%40ss or p@ss", "*** or ***"),
        ("postgresql://u:abc@host/base?sslpassword=abcdef", "wrong: abcdef", "wrong: ***"),
        ("postgresql://u@host/base?passfile=/x", "postgresql://u@host/base?passfile=/x: no", "***: no"),
    ],
)
def test_what_a_driver_says_is_shown_without_secrets(address: str, said: str, hidden: str) -> None:
    assert hide_secrets(said, address) == hidden


def test_a_warehouse_waits_for_another_writer_as_long_as_it_is_told(tmp_path: Path) -> None:
    assert open_warehouse(str(tmp_path / "warehouse.duckdb"), wait_seconds=0.5).wait_seconds == 0.5
    pytest.importorskip("adbc_driver_postgresql", reason="the extra `postgres` is not installed")
    assert open_warehouse("postgresql://host/base", wait_seconds=0.5).wait_seconds == 0.5
