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
    from govinfo_pipeline.alerts import Ledger, Outbox, RunOutcome, Unavailable, channels
    from govinfo_pipeline.archive.address import shown

    outbox = Outbox(settings.outbox)
    lost = tuple(Unavailable(*problem) for problem in problems)
    outcome = outcome or RunOutcome(f"files-{uuid.uuid4()}")
    outcome = replace(outcome, source=shown(settings.source), unavailable=lost)
    Ledger(settings.told).tell(outcome, outbox)
    if not outbox.waiting():
        return
    for problem in outbox.deliver(channels(settings.alerts)).problems:
        warn(problem)
