"""Messages on their way: kept in files until every channel has them, and remembered after that.

Owns `outbox/<id>.json` (on its way), `outbox/sent/<id>.json` (every channel has it) and the lock, so that
several processes may deliver. A message is put once an id. A channel that has a message does not get it again;
one that did not take it gets it with the next delivery, at growing intervals. A process that dies between the
service's yes and the note of it sends that one message to that one channel again: said rather than lost.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from govinfo_pipeline.alerts.message import Message
from govinfo_pipeline.durable import replacing

_ID = re.compile(r"[\w.-]{1,128}")
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)


class Sender(Protocol):
    """What a channel must offer; see `channel.Channel`."""

    id: str
    name: str

    def send(self, message: Message) -> str | None:
        """Send a message; return None, or why it could not be sent."""
        ...


@dataclass
class _Letter:
    """A message with what became of it so far; times are ISO 8601 in UTC."""

    id: str
    title: str
    body: str
    written_at: str
    has_it: list[str] = field(default_factory=list)
    attempts: int = 0
    next_at: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a delivery did: ids that every channel has now, and sentences about what could not be sent."""

    sent: tuple[str, ...]
    problems: tuple[str, ...]


class Outbox:
    """The messages in the folder ``folder``, which is made when the first one comes in."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._sent = self.folder / "sent"

    def put(self, message: Message, now: datetime | None = None) -> bool:
        """Take a message; False where one with its id came in before."""
        if not _ID.fullmatch(message.id):
            raise ValueError(f"a message id must be letters, digits, . _ -, was {message.id!r}")
        with self._locked():
            if self._path(message.id).exists() or (self._sent / f"{message.id}.json").exists():
                return False
            written_at = (now or datetime.now(UTC)).isoformat(timespec="microseconds")
            self._write(self._path(message.id), _Letter(*message, written_at=written_at))
            return True

    def waiting(self) -> list[str]:
        """Return the ids of messages that some channel does not have yet, oldest first."""
        if not self.folder.is_dir():
            return []
        with self._locked():
            letters, damaged = self._letters()
        return [*(letter.id for letter in letters), *(path.stem for path in damaged)]

    def deliver(self, channels: Sequence[Sender], now: datetime | None = None) -> Delivery:
        """Send what is due to the channels that do not have it yet. Without a channel nothing happens."""
        now = now or datetime.now(UTC)
        sent: list[str] = []
        problems: list[str] = []
        if not channels or not self.folder.is_dir():
            return Delivery((), ())
        with self._locked():
            letters, damaged = self._letters()
            problems += [_damaged(path) for path in damaged]
            for letter in letters:
                if letter.next_at and datetime.fromisoformat(letter.next_at) > now:
                    continue
                problems += self._attempt(letter, channels, now)
                if not letter.problem:
                    sent.append(letter.id)
        return Delivery(tuple(sent), tuple(problems))

    def _attempt(self, letter: _Letter, channels: Sequence[Sender], now: datetime) -> list[str]:
        problems = []
        message = Message(letter.id, letter.title, letter.body)
        for channel in channels:
            if channel.id in letter.has_it:
                continue
            if (why := channel.send(message)) is None:
                letter.has_it.append(channel.id)
                self._write(self._path(letter.id), letter)
            else:
                problems.append(
                    f"告警未送达, 稍后重试 / alert {letter.id} not sent, will be tried again: {channel.name}: {why}"
                )
        self._settle(letter, " ".join(problems), now)
        return problems

    def _settle(self, letter: _Letter, problem: str, now: datetime) -> None:
        letter.attempts += 1
        letter.problem = problem
        if problem:
            wait = min(_FIRST_WAIT * 2 ** min(letter.attempts - 1, 10), _LONGEST_WAIT)
            letter.next_at = (now + wait).isoformat(timespec="seconds")
            self._write(self._path(letter.id), letter)
        else:
            self._write(self._sent / f"{letter.id}.json", letter)
            self._path(letter.id).unlink()

    def _path(self, message_id: str) -> Path:
        return self.folder / f"{message_id}.json"

    def _letters(self) -> tuple[list[_Letter], list[Path]]:
        """Return the letters, oldest first, and the files that are none: somebody else has written to them."""
        letters, damaged = [], []
        for path in sorted(self.folder.glob("*.json")):
            try:
                letters.append(_Letter(**json.loads(path.read_text(encoding="utf-8"))))
            except (ValueError, TypeError):
                damaged.append(path)
        return sorted(letters, key=lambda letter: (letter.written_at, letter.id)), damaged

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self._sent.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _write(self, path: Path, letter: _Letter) -> None:
        """Write a letter so that it stays there: what is put counts as told."""
        with replacing(path, self.folder) as file:
            file.write_text(json.dumps(asdict(letter), ensure_ascii=False, indent=1), encoding="utf-8")


def _damaged(path: Path) -> str:
    return f"告警文件已损坏, 未发送 / {path} is damaged and was not sent: read what is left of it, then remove it."
