"""Get what an http(s) address serves, within limits. Refuses other schemes, also in redirects.

A user and a password in the address are sent to its own host, and to nobody else (HTTP Basic); no error shows them.
"""

from __future__ import annotations

import base64
import http.client
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from govinfo_pipeline.archive.address import shown
from govinfo_pipeline.errors import SourceError

MAX_BYTES = 64 * 2**20
TIMEOUT_SECONDS = 60.0
_CHUNK = 2**16


def fetch(url: str, *, max_bytes: int = MAX_BYTES, timeout_seconds: float = TIMEOUT_SECONDS) -> bytes:
    """Return what an http(s) address serves, whole, within ``max_bytes`` and ``timeout_seconds``.

    Raises:
        SourceError: another scheme, an error status, too large, too slow, or cut off.
    """
    deadline = time.monotonic() + timeout_seconds
    request = _request(url)
    try:
        with _OPENER.open(request, timeout=timeout_seconds) as response:
            return _body(response, url, max_bytes, deadline)
    except urllib.error.HTTPError as error:
        raise _refusal(
            url, f"服务器返回 {error.code}", f"the server answered {error.code} {error.reason}"
        ) from error
    except TimeoutError as error:
        raise _refusal(url, "超时", f"took longer than {timeout_seconds:g} s") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(getattr(error, "reason", None), TimeoutError):
            raise _refusal(url, "超时", f"took longer than {timeout_seconds:g} s") from error
        raise _refusal(url, "无法取得", str(getattr(error, "reason", error))) from error


def _request(url: str) -> urllib.request.Request:
    try:
        parts = urlsplit(url)
        request = urllib.request.Request(_ascii(parts), headers={"User-Agent": "govinfo-pipeline"})  # noqa: S310 - the opener speaks http(s) only
    except ValueError:  # it quotes what it found wrong: that may be half of a password
        en = "must be an http or https URL with a host; / ? # @ in a password are written %2F %3F %23 %40"
        raise _refusal(url, "不是可用的网址", en) from None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        said = base64.b64encode(pair.encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {said}")
    return request


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects; a password goes along only where scheme, host and port stay the same."""

    def redirect_request(self, req: urllib.request.Request, *args: Any) -> urllib.request.Request | None:
        following = super().redirect_request(req, *args)
        password = req.unredirected_hdrs.get("Authorization")
        if following and password and (following.type, following.host) == (req.type, req.host):
            following.add_unredirected_header("Authorization", password)
        return following


def _body(response: http.client.HTTPResponse, url: str, max_bytes: int, deadline: float) -> bytes:
    if coding := response.headers.get("Content-Encoding"):
        raise _refusal(url, f"未知压缩 {coding}", f"sent in the coding {coding}, which was not asked for")
    length = response.headers.get("Content-Length")
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise _refusal(url, f"超过 {max_bytes} 字节", f"is larger than {max_bytes} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError
    if length is not None and len(body) != int(length):
        raise _refusal(url, "传输中断", f"was cut off after {len(body)} of {length} bytes")
    return bytes(body)


def _opener() -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPDefaultErrorHandler,
        _Redirects,
        urllib.request.UnknownHandler,  # refuses all schemes but the two
    ):
        opener.add_handler(handler())
    return opener


_OPENER = _opener()


def _ascii(parts: SplitResult) -> str:
    """Return a URL as it goes over the wire: host in IDNA, the rest percent-encoded."""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an http or https URL with a host")
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    host = host.encode("idna").decode() if not host.isascii() else host
    where = host if parts.port is None else f"{host}:{parts.port}"
    return urlunsplit((parts.scheme, where, *(quote(p, safe="/%?&=:;,@+$!*'()~[]") for p in parts[2:4]), ""))


def _refusal(url: str, zh: str, en: str) -> SourceError:
    return SourceError(f"{shown(url)}: {zh} / {en}. Check the address, or fetch the file by hand.")
