"""What is wrong after a run, told to those who asked to be told: one message a run.

`message` writes it, `ledger` knows what was told before, `outbox` keeps it until every channel has it, `channel`
speaks to the outside through apprise. Owns no opinion: what is wrong was decided up the line. A message that cannot
be sent is said and tried again; it never stops a run.
"""

from govinfo_pipeline.alerts.channel import Channel, channels
from govinfo_pipeline.alerts.ledger import Ledger
from govinfo_pipeline.alerts.message import (
    FailedCheck,
    Message,
    Older,
    Quarantined,
    Reason,
    RunOutcome,
    Unavailable,
    compose,
)
from govinfo_pipeline.alerts.outbox import Delivery, Outbox

__all__ = [
    "Channel",
    "Delivery",
    "FailedCheck",
    "Ledger",
    "Message",
    "Older",
    "Outbox",
    "Quarantined",
    "Reason",
    "RunOutcome",
    "Unavailable",
    "channels",
    "compose",
]
