"""Messages: kept until they are sent, sent once, and what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from govinfo_pipeline.alerts import (
    FailedCheck,
    Message,
    Outbox,
    Quarantined,
    Reason,
    RunOutcome,
    channels,
    compose,
)
from govinfo_pipeline.errors import ConfigError

NOW = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)


class Fake:
    """A channel that fails as often as it is told to."""

    def __init__(self, name: str, failures: int = 0) -> None:
        self.id = self.name = name
        self.failures = failures
        self.got: list[str] = []

    def send(self, message: Message) -> str | None:
        if self.failures:
            self.failures -= 1
            return "no route"
        self.got.append(message.id)
        return None


MESSAGE = Message("run-1", "title", "body")


def test_a_message_is_taken_once_an_id_also_after_it_was_sent(tmp_path: Path) -> None:
    outbox, channel = Outbox(tmp_path), Fake("a")
    assert outbox.put(MESSAGE)
    assert not outbox.put(MESSAGE)
    assert outbox.deliver([channel]).sent == ("run-1",)
    assert not outbox.put(MESSAGE)
    assert outbox.deliver([channel]).sent == ()
    assert channel.got == ["run-1"]


def test_a_channel_that_has_a_message_does_not_get_it_again_because_another_failed(tmp_path: Path) -> None:
    outbox, good, bad = Outbox(tmp_path), Fake("good"), Fake("bad", failures=1)
    outbox.put(MESSAGE)
    first = outbox.deliver([good, bad], NOW)
    assert first.sent == ()
    assert "bad: no route" in first.problems[0]
    assert outbox.deliver([good, bad], NOW + timedelta(hours=1)).sent == ("run-1",)
    assert (good.got, bad.got) == (["run-1"], ["run-1"])


def test_failures_are_tried_again_at_growing_intervals(tmp_path: Path) -> None:
    outbox, bad = Outbox(tmp_path), Fake("bad", failures=99)
    outbox.put(MESSAGE)
    tried = []
    for minute in range(200):
        before = bad.failures
        outbox.deliver([bad], NOW + timedelta(minutes=minute))
        if bad.failures < before:
            tried.append(minute)
    assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183]


def test_a_message_survives_a_process_that_dies_while_it_is_sent(tmp_path: Path) -> None:
    class Dies(Fake):
        def send(self, message: Message) -> str | None:
            raise KeyboardInterrupt

    outbox, channel = Outbox(tmp_path), Fake("a")
    outbox.put(MESSAGE)
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver([Dies("a")])
    assert Outbox(tmp_path).deliver([channel]).sent == ("run-1",)
    assert channel.got == ["run-1"]


def test_an_address_that_no_service_has_is_refused_without_showing_it() -> None:
    with pytest.raises(ConfigError) as error:
        channels(["carrierpigeon://user:secret@host"])
    assert "carrierpigeon" in error.value.message
    assert "secret" not in error.value.message


def test_no_address_reaches_the_outbox(tmp_path: Path) -> None:
    (channel,) = channels(["json://user:secret@127.0.0.1:9/"])
    outbox = Outbox(tmp_path)
    outbox.put(MESSAGE)
    (problem,) = outbox.deliver([channel]).problems
    assert "secret" not in problem + "".join(path.read_text() for path in tmp_path.glob("*.json"))


def held(issuer: str | None, year: int, name: str) -> Quarantined:
    return Quarantined(
        issuer, year, f"{issuer}-{year}", name, (Reason("A1", "A1 不平", "A1 does not balance"),)
    )


def test_a_message_is_grouped_by_issuer_in_two_languages() -> None:
    reports = (held("甲县", 2023, "b.txt"), held("乙县", 2022, "c.txt"), held("甲县", 2022, "a.txt"))
    message = compose(RunOutcome("r1", "2022-2023", quarantined=reports))
    assert message is not None
    assert message.title == "govinfo: 隔离 3 份报告 3 in quarantine"
    lines = message.body.splitlines()
    first, second = lines.index("甲县"), lines.index("乙县")
    assert lines[first + 1 : second - 1] == [
        *("  2022  a.txt", "    A1 不平", "    A1 does not balance"),
        *("  2023  b.txt", "    A1 不平", "    A1 does not balance"),
    ]


def test_a_long_message_counts_what_it_leaves_out() -> None:
    reports = tuple(held(f"{k}县", 2023, f"{k}.txt") for k in range(100))
    message = compose(RunOutcome("r1", quarantined=reports, more=900))
    assert message is not None
    assert "隔离 1000 份报告" in message.title
    assert "另有 970 份报告 / and 970 more reports" in message.body
    assert len(message.body) < 4000


def test_warnings_alone_wake_nobody_up() -> None:
    warning, error = FailedCheck("findings.prose", "warning"), FailedCheck("findings.type", "error")
    assert compose(RunOutcome("r1", checks=(warning,))) is None
    message = compose(RunOutcome("r1", checks=(warning, error)))
    assert message is not None
    assert message.body.index("findings.type") < message.body.index("findings.prose")
