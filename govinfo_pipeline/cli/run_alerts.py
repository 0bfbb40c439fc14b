"""The alerts of `govinfo run`: what is to be told of the run, of its sources, and what waits of earlier runs.

Loads nothing where nobody is to be told.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from govinfo_pipeline.line.settings import Settings

if TYPE_CHECKING:
    from govinfo_pipeline.alerts import RunOutcome
    from govinfo_pipeline.archive import Problem
    from govinfo_pipeline.errors import PublishError


# The check that a run could open the warehouse, and the scope in which it counts: no partition's.
_USABLE, _WAREHOUSE = "warehouse.usable", "warehouse"


def check_channels(settings: Settings) -> None:
    """Refuse addresses of channels that cannot be used, before there is anything to tell.

    Raises:
        ConfigError: apprise does not know one of them.
    """
    if settings.alerts:
        from govinfo_pipeline.alerts import channels

        channels(settings.alerts)


def tell(
    settings: Settings,
    outcome: RunOutcome | None,
    problems: Sequence[Problem],
    warn: Callable[[str], None],
) -> None:
    """Send what has to be told of a run, and what waits of earlier ones: this run may have had nothing to do.

    ``outcome`` is None where nothing had to be done; ``problems`` are files and addresses that could not be had.
    """
    if not settings.alerts:
        return
    from govinfo_pipeline.alerts import RunOutcome, Unavailable
    from govinfo_pipeline.archive.address import shown

    lost = tuple(Unavailable(*problem) for problem in problems)
    outcome = outcome or RunOutcome(f"files-{uuid.uuid4()}")
    outcome = replace(
        outcome,
        source=shown(settings.source),
        unavailable=lost,
        passed=(*outcome.passed, _USABLE),
        scope=(*outcome.scope, _WAREHOUSE),
    )
    _send(settings, outcome, warn)


def tell_unusable(settings: Settings, error: PublishError, warn: Callable[[str], None]) -> None:
    """Have it told that a run could not use the warehouse: it does not answer, or is made otherwise."""
    if not settings.alerts:
        return
    from govinfo_pipeline.alerts import FailedCheck, RunOutcome

    check = FailedCheck(_USABLE, "error", error.message)
    try:
        _send(settings, RunOutcome(f"warehouse-{uuid.uuid4()}", checks=(check,), scope=(_WAREHOUSE,)), warn)
    except OSError as trouble:
        warn(f"告警未记下 / the alert could not be kept: {trouble}")


def _send(settings: Settings, outcome: RunOutcome, warn: Callable[[str], None]) -> None:
    from govinfo_pipeline.alerts import Ledger, Outbox, channels

    outbox = Outbox(settings.outbox)
    Ledger(settings.told).tell(outcome, outbox)
    if not outbox.waiting():
        return
    for problem in outbox.deliver(channels(settings.alerts)).problems:
        warn(problem)
