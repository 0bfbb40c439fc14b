"""Messages: kept until they are sent, sent once, and what they say."""

from __future__ import annotations

import fcntl
import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from govinfo_pipeline.alerts import (
    Delivery,
    FailedCheck,
    Message,
    Outbox,
    Quarantined,
    Reason,
    RunOutcome,
    Unavailable,
    channels,
    compose,
)
from govinfo_pipeline.errors import ConfigError
from tests import disk

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


def test_a_channel_that_has_a_message_does_not_get_it_again_because_the_process_died_at_another(
    tmp_path: Path,
) -> None:
    class Dies(Fake):
        def send(self, message: Message) -> str | None:
            raise KeyboardInterrupt

    outbox, good = Outbox(tmp_path), Fake("good")
    outbox.put(MESSAGE)
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver([good, Dies("bad")])
    assert outbox.deliver([good, Fake("bad")]).sent == ("run-1",)
    assert good.got == ["run-1"]


def test_without_a_channel_a_message_waits(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    assert outbox.deliver([Fake("a")]) == Delivery((), ())
    assert (outbox.waiting(), (tmp_path / "outbox").exists()) == ([], False)
    outbox.put(MESSAGE)
    assert outbox.deliver([]) == Delivery((), ())
    assert outbox.waiting() == ["run-1"]


def test_messages_go_out_in_the_order_in_which_they_came_in(tmp_path: Path) -> None:
    outbox, channel = Outbox(tmp_path), Fake("a")
    for place, name in enumerate(("c", "a", "b")):
        outbox.put(Message(name, "title", "body"), NOW + timedelta(milliseconds=place))
    assert outbox.waiting() == ["c", "a", "b"]
    assert outbox.deliver([channel]).sent == ("c", "a", "b")
    assert channel.got == ["c", "a", "b"]


@pytest.mark.parametrize("name", ["", "a/b", "..\n", "run 1", "x" * 129])
def test_an_id_that_is_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="a message id must be"):
        Outbox(tmp_path).put(Message(name, "title", "body"))
    assert list(tmp_path.rglob("*.json")) == []


def test_what_failed_is_not_tried_before_its_time_and_all_who_failed_are_said(tmp_path: Path) -> None:
    outbox, bad, worse = Outbox(tmp_path), Fake("bad", failures=1), Fake("worse", failures=1)
    outbox.put(MESSAGE)
    assert [": no route" in said for said in outbox.deliver([bad, worse], NOW).problems] == [True, True]
    problem = json.loads((tmp_path / "run-1.json").read_text(encoding="utf-8"))["problem"]
    assert ("bad: no route" in problem, "worse: no route" in problem) == (True, True)
    assert outbox.deliver([bad, worse], NOW + timedelta(seconds=59)) == Delivery((), ())
    assert outbox.deliver([bad, worse], NOW + timedelta(seconds=60)).sent == ("run-1",)


def test_a_death_between_the_two_folders_loses_no_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox, channel = Outbox(tmp_path), Fake("a")
    outbox.put(MESSAGE)
    write = Outbox._write

    def dies(self: Outbox, path: Path, letter: Any) -> None:
        if path.parent.name == "sent":
            raise KeyboardInterrupt
        write(self, path, letter)

    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "_write", dies)
        with pytest.raises(KeyboardInterrupt):
            outbox.deliver([channel])
    assert outbox.waiting() == ["run-1"]
    assert outbox.deliver([channel]).sent == ("run-1",)
    assert channel.got == ["run-1"]


def test_nobody_else_delivers_while_a_message_is_sent(tmp_path: Path) -> None:
    class Looks(Fake):
        def send(self, message: Message) -> str | None:
            with (tmp_path / ".lock").open() as lock, pytest.raises(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return super().send(message)

    outbox = Outbox(tmp_path)
    outbox.put(MESSAGE)
    assert outbox.deliver([Looks("a")]).sent == ("run-1",)


def test_a_damaged_message_is_said_and_stops_no_other(tmp_path: Path) -> None:
    outbox, channel = Outbox(tmp_path), Fake("a")
    outbox.put(MESSAGE)
    (tmp_path / "other.json").write_text('{"id": "other", "ti')
    (tmp_path / "third.json").write_text('{"other": 1}')
    assert outbox.waiting() == ["run-1", "other", "third"]
    delivery = outbox.deliver([channel])
    assert (delivery.sent, channel.got) == (("run-1",), ["run-1"])
    for name, said in zip(("other.json", "third.json"), delivery.problems, strict=True):
        assert str(tmp_path / name) in said
    assert outbox.waiting() == ["other", "third"]


def test_a_message_is_on_the_disk_before_it_has_its_name_and_again_before_it_moves(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    with disk.written() as written:
        outbox.put(MESSAGE)
        outbox.deliver([Fake("a")])
    files = [tmp_path / "run-1.json", tmp_path / "run-1.json", tmp_path / "sent" / "run-1.json"]
    assert written == [disk.Written(path, whole=True) for file in files for path in (file, file.parent)]


# Channels -----------------------------------------------------------------------------------------------


def test_a_channel_says_why_whatever_its_service_does(monkeypatch: pytest.MonkeyPatch) -> None:
    (channel,) = channels(["json://127.0.0.1:9/"])

    def breaks(**_: str) -> bool:
        raise RuntimeError("no such room")

    monkeypatch.setattr(channel._plugin, "notify", breaks)
    assert channel.send(MESSAGE) == "RuntimeError: no such room"
    monkeypatch.setattr(channel._plugin, "notify", lambda **_: False)
    assert channel.send(MESSAGE) == "the service did not take it"
    monkeypatch.setattr(channel._plugin, "notify", lambda **_: True)
    assert channel.send(MESSAGE) is None


def test_what_the_service_warns_of_is_why_and_nothing_more_is_heard(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (channel,) = channels(["json://127.0.0.1:9/"])
    logger = logging.getLogger("apprise")

    def refuses(**_: str) -> bool:
        logger.debug("token s3cr3t")
        logger.warning("room %s is closed", 7)
        return False

    monkeypatch.setattr(channel._plugin, "notify", refuses)
    before = list(logger.handlers)
    with caplog.at_level(logging.DEBUG, "apprise"):
        assert channel.send(MESSAGE) == "room 7 is closed"
    assert logger.handlers == before


def test_two_addresses_of_one_service_are_two_channels() -> None:
    first, second = channels(["json://127.0.0.1:9/a", "json://127.0.0.1:9/b"])
    assert len({first.id, second.id}) == len({first.name, second.name}) == 2
    assert channels(["json://127.0.0.1:9/a"])[0].id == first.id


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


def test_a_report_of_no_known_year_stands_behind_those_of_its_issuer() -> None:
    reports = (replace(held("甲县", 0, "a.txt"), year=None), held("甲县", 2023, "b.txt"))
    message = compose(RunOutcome("r1", quarantined=reports))
    assert message is not None
    assert message.body.index("2023  b.txt") < message.body.index("年度不明 year unknown  a.txt")


REASON = Reason("A1", "A1 不平", "A1 does not balance")
ENDLESS: dict[str, tuple[int, Any]] = {
    "份 / and {} more reports of this issuer": (
        5,
        lambda n: {"quarantined": (held("甲县", 2023, "a.txt"),) * n},
    ),
    "份报告 / and {} more reports": (
        30,
        lambda n: {"quarantined": tuple(held(f"{k}县", 2023, "a.txt") for k in range(n))},
    ),
    "条 / and {} more": (
        3,
        lambda n: {"quarantined": (replace(held("甲县", 2023, "a.txt"), reasons=(REASON,) * n),)},
    ),
    "个 / and {} more": (20, lambda n: {"unavailable": (Unavailable("http://h/a", "超时", "too long"),) * n}),
    "项 / and {} more": (30, lambda n: {"checks": (FailedCheck("findings.type", "error"),) * n}),
}


@pytest.mark.parametrize("rest", ENDLESS)
def test_a_message_lists_so_many_and_counts_the_others(rest: str) -> None:
    most, made = ENDLESS[rest]
    whole = compose(RunOutcome("r1", **made(most)))
    for more in (1, 3):
        cut = compose(RunOutcome("r1", **made(most + more)))
        assert whole is not None
        assert cut is not None
        assert "另有" not in whole.body
        extra = [line.strip() for line in cut.body.splitlines() if line not in whole.body.splitlines()]
        assert extra == [f"另有 {more} {rest.format(more)}"]
        assert len(cut.body.splitlines()) == len(whole.body.splitlines()) + 1


@pytest.mark.parametrize(
    ("count", "more"), [(10, ""), (11, "; 另有 1 项 / and 1 more"), (13, "; 另有 3 项 / and 3 more")]
)
def test_what_is_over_is_listed_up_to_ten(count: int, more: str) -> None:
    message = compose(RunOutcome("r1"), [f"{k}县 2023" for k in range(count)])
    assert message is not None
    listed = "; ".join(f"{k}县 2023" for k in range(10))
    assert message.body.splitlines()[0] == f"已解除 / No longer open: {listed}{more}"


def test_warnings_alone_wake_nobody_up() -> None:
    warning, error = FailedCheck("findings.prose", "warning"), FailedCheck("findings.type", "error")
    assert compose(RunOutcome("r1", checks=(warning,))) is None
    message = compose(RunOutcome("r1", checks=(warning, error)))
    assert message is not None
    assert message.title == "govinfo: 1 项检查未通过 1 checks failed"
    assert message.body.index("findings.type") < message.body.index("findings.prose")


def test_what_waits_is_read_while_nobody_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outbox, read = Outbox(tmp_path / "alerts"), Outbox._letters
    outbox.put(MESSAGE, NOW)
    held = []

    def letters(box: Outbox) -> Any:
        with (box.folder / ".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.append(True)
        return read(box)

    monkeypatch.setattr(Outbox, "_letters", letters)
    assert [MESSAGE.id] == outbox.waiting()
    assert [True] == held
