"""Where a warehouse is: a DuckDB file, or a PostgreSQL database at `postgresql://...`.

Owns what an address may look like, and which parts of it are nobody's business: whatever is shown, logged or kept
goes through `without_secrets`. Imports an engine only when one is opened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from govinfo_pipeline.errors import ConfigError

if TYPE_CHECKING:
    from govinfo_pipeline.warehouse.engine import Warehouse

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SERVERS = ("postgresql", "postgres")
_SECRET_OPTIONS = ("password", "sslpassword")
_SHOWN_OPTIONS = ("dbname", "host", "hostaddr", "port", "service", "sslmode", "user")
_HIDDEN = "***"


def open_warehouse(address: str, *, wait_seconds: float = 10.0) -> Warehouse:
    """Return the warehouse at an address; nothing is opened until it is used.

    Raises:
        ConfigError: the address can be none, or its driver is not installed.
    """
    if is_server(address):
        from govinfo_pipeline.warehouse.postgres import PostgresWarehouse

        return PostgresWarehouse(address, wait_seconds=wait_seconds)
    from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse

    return DuckDBWarehouse(address, wait_seconds=wait_seconds)


def is_server(address: str) -> bool:
    """Return whether an address is a server's; otherwise it is the path of a file.

    Raises:
        ConfigError: it is the address of something else, or cannot be read. Never shows it: it may hold a password.

    >>> is_server("postgresql://host/base"), is_server("data/warehouse.duckdb")
    (True, False)
    """
    if not _SCHEME.match(address):
        return False
    _split(address)
    return True


def without_secrets(address: str) -> str:
    """Return an address as it may be shown.

    >>> without_secrets("postgresql://writer:pass@host/base?sslmode=require")
    'postgresql://writer@host/base?sslmode=require'
    """
    if not is_server(address):
        return address
    parts = _split(address)
    user, at, host = parts.netloc.rpartition("@")
    options = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name in _SHOWN_OPTIONS
    ]
    shown = parts._replace(netloc=user.partition(":")[0] + at + host, query=urlencode(options, safe="/"))
    return urlunsplit(shown)


def secrets(address: str) -> tuple[str, ...]:
    """Return the secrets in an address, as they are written and as they are meant.

    >>> secrets("postgresql://writer:p%40ss@host/base")
    ('p%40ss', 'p@ss')
    """
    if not is_server(address):
        return ()
    parts = _split(address)
    written = [parts.netloc.rpartition("@")[0].partition(":")[2]]
    written += [
        value
        for option in parts.query.split("&")
        for name, _, value in [option.partition("=")]
        if name in _SECRET_OPTIONS
    ]
    found = (form for secret in written if secret for form in (secret, unquote(secret)))
    return tuple(dict.fromkeys(found))


def hide_secrets(text: str, address: str) -> str:
    """Return a text, such as a driver's message, without the secrets of an address.

    >>> hide_secrets('bad token "p%zz"', "postgresql://writer:p%zz@host/base")
    'bad token "***"'
    """
    longest_first = sorted((address, *secrets(address)), key=len, reverse=True)
    for secret in longest_first:
        text = text.replace(secret, _HIDDEN)
    return text


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        hosts = parts.netloc.rpartition("@")[2]
        # Several hosts are the driver's to read. An @ behind the host: the password holds a / ? or # as it is.
        readable = "," in hosts or parts.port is None or parts.port > 0
        readable = readable and not any("@" in part for part in (parts.path, parts.query, parts.fragment))
    except ValueError:
        readable = False
    if not readable or parts.scheme not in _SERVERS:
        raise ConfigError(
            "数据仓库地址应为文件路径或 postgresql://用户@主机/库 / a warehouse is the path of a DuckDB file, or "
            f"postgresql://user@host/database; was an address with scheme {_scheme(address)!r} that cannot be "
            "read. Signs such as / @ : # ? in a user, password or option are written %2F %40 %3A %23 %3F."
        )
    return parts


def _scheme(address: str) -> str:
    return address.partition("://")[0]
