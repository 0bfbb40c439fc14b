"""Addresses as they may be kept and shown: without what is nobody's business.

Owns which parts of an address are secret: a user and a password before the host, and the values of parameters
that are named like a key to something (`SECRET_NAMES`). Fetching uses the address as given; everything else is
given what `shown` returns. Refuses to guess at an address that is written wrongly: of that only the end is shown.
"""

from __future__ import annotations

import re

SECRET_NAMES = (
    *(
        "token",
        "secret",
        "signature",
        "sig",
        "password",
        "passwd",
        "pwd",
        "auth",
        "authorization",
        "credential",
    ),
    *("apikey", "api_key", "access_key", "accesskey", "session", "sessionid", "session_id", "jsessionid"),
)
_HIDDEN = "***"

_ADDRESS = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*):(?P<slashes>/+)(?P<authority>[^/?#]*)(?P<rest>.*)", re.I | re.S
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"(?:\[[^\]]*\]|[^:\[\]]*)(?::\d*)?")
_NAMED = rf"(?:[\w.-]*[-_.])?(?:{'|'.join(SECRET_NAMES)})="
_SECRET = re.compile(rf"(?P<name>;{_NAMED})[^&;#?\s]*|(?P<asked>[?&#]{_NAMED})[^&;#\s]*", re.IGNORECASE)


def is_web(source: object) -> bool:
    """Say whether a source is an http(s) address.

    >>> is_web("HTTPS://example.org/a"), is_web("ftp://example.org/a"), is_web("a.txt")
    (True, False, False)
    """
    return isinstance(source, str) and _WEB.match(source) is not None


def shown(origin: str) -> str:
    """Return a path as it is, and an address without its secrets.

    >>> shown("https://desk:pa55@example.org/a.html?id=7&access_token=abc#top"), shown("in/a@b.txt")
    ('https://example.org/a.html?id=7&access_token=***#top', 'in/a@b.txt')
    """
    parts = _ADDRESS.fullmatch(origin)
    if parts is None:
        return origin
    start = f"{parts['scheme']}:{parts['slashes']}"
    host = parts["authority"].rpartition("@")[2]
    rest = parts["rest"]
    if not _HOST.fullmatch(host):  # a password with a / in it, not escaped: user:pa/ss@host
        host, rest = "", rest.rpartition("@")[2]
    return start + host + _SECRET.sub(rf"\g<name>\g<asked>{_HIDDEN}", rest)
