"""A channel: an address that apprise can speak to (mailto://, json://, wecom://, feishu://, slack:// and many more).

Owns every use of apprise, which is imported when a channel is made: it costs a tenth of a second. Refuses to
show an address: it may hold a password.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from govinfo_pipeline.alerts.message import Message
from govinfo_pipeline.errors import ConfigError

_APPRISE_LOG = "apprise"


class Channel:
    """One address. ``name`` is safe to show and to keep, ``id`` tells channels apart."""

    def __init__(self, address: str) -> None:
        import apprise

        plugin = apprise.Apprise.instantiate(address, suppress_exceptions=True)
        if not isinstance(plugin, apprise.NotifyBase):
            raise ConfigError(
                f"告警地址无法识别 / GOVINFO_ALERTS: apprise does not know the address "
                f"{address.partition('://')[0]}://... See the apprise documentation for the form of each service."
            )
        self.id = hashlib.sha256(address.encode()).hexdigest()[:12]
        self.name = f"{address.partition('://')[0]}://... ({self.id})"
        self._plugin: Any = plugin

    def send(self, message: Message) -> str | None:
        """Send a message; return None, or why it could not be sent."""
        with _overheard() as said:
            try:
                sent = self._plugin.notify(title=message.title, body=message.body)
            except Exception as error:  # noqa: BLE001 - a plug-in of any service: whatever it raises, the run goes on
                return f"{type(error).__name__}: {error}"
        return None if sent else " ".join(said) or "the service did not take it"


def channels(addresses: Iterable[str]) -> list[Channel]:
    """Return a channel an address.

    Raises:
        ConfigError: apprise does not know one of them.
    """
    return [Channel(address) for address in addresses]


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """Collect what apprise says of a failure: it says it in its log alone."""
    ear, logger = _Ear(), logging.getLogger(_APPRISE_LOG)
    logger.addHandler(ear)
    try:
        yield ear.said
    finally:
        logger.removeHandler(ear)
