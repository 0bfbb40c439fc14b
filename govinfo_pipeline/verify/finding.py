"""A finding: one sentence that a clerk can act on, with its arithmetic and its place. Shapes only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple


class Message(NamedTuple):
    """The sentence, in Chinese and English."""

    zh: str
    en: str


class Evidence(NamedTuple):
    """A line of the document, as printed."""

    line: int | None
    text: str


class Change(NamedTuple):
    """A suggested change of one cell. Never applied."""

    id: str
    old: int | Decimal | None
    new: int | Decimal


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that mend rule instances; ``tied`` where another repair is as plausible."""

    changes: tuple[Change, ...]
    reason: str
    mends: tuple[str, ...]
    tied: bool = False
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One root cause. ``verdict`` is fail or unknown; ``severity`` error, warning or notice.

    Attributes:
        id: eight hex digits by which a person names it; `judge` fills it in (see `review`).
        shadow: its rule is on trial: it is counted, and neither blocks nor alerts.
        review: None, confirmed, dismissed or lapsed; a dismissed finding neither blocks nor alerts.
    """

    report_id: str
    rule: str
    instances: tuple[str, ...]
    verdict: str
    severity: str
    message: Message
    cells: tuple[str, ...] = ()
    reported: int | Decimal | None = None
    expected: int | Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    repairs: tuple[Repair, ...] = ()
    id: str = ""
    shadow: bool = False
    review: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts for the verdict on its report: not dismissed, and its rule not on trial."""
        return not self.shadow and self.review != "dismissed"

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as the JSON object of docs/contract.md; numbers are exact."""
        return {
            "report_id": self.report_id,
            "id": self.id,
            "rule": self.rule,
            "instances": list(self.instances),
            "verdict": self.verdict,
            "severity": self.severity,
            "cells": list(self.cells),
            "reported": self.reported,
            "expected": self.expected,
            "message": {"zh": self.message.zh, "en": self.message.en},
            "evidence": [{"line": e.line, "text": e.text} for e in self.evidence],
            "repairs": [
                {
                    "changes": [{"id": c.id, "from": c.old, "to": c.new} for c in repair.changes],
                    "reason": repair.reason,
                    "mends": list(repair.mends),
                    "tied": repair.tied,
                    **({"witnesses": list(repair.witnesses)} if repair.witnesses else {}),
                }
                for repair in self.repairs
            ],
            **({"shadow": True} if self.shadow else {}),
            **({"review": self.review} if self.review else {}),
        }
