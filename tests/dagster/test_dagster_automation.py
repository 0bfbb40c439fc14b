"""Sensors and schedules: new files, the daily run, alerts of runs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from aiosmtpd.controller import Controller

from govinfo_pipeline.alerts import (
    Outbox,
    channels,
)
from govinfo_pipeline.defs import gate
from govinfo_pipeline.defs.automation import alerts_sensor, daily, new_files_sensor
from govinfo_pipeline.defs.resource import GovinfoResource


def tick(line: Any, cursor: str | None) -> dg.SensorResult:
    context = dg.build_sensor_context(
        instance=line.instance,
        cursor=cursor,
        resources={"govinfo": GovinfoResource.of(line.settings)},
        sensor_name="govinfo_new_files",
    )
    result = new_files_sensor(line.settings)(context)
    assert isinstance(result, dg.SensorResult)
    return result


def ranges(result: dg.SensorResult) -> list[tuple[str, str]]:
    first, last = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"
    return [(request.tags[first], request.tags[last]) for request in result.run_requests or ()]


def test_new_files_request_a_run_for_their_years_once(line: Any) -> None:
    line.add("dali-2020.txt", "pingyao-2022.txt", "pingyao-2023.txt")
    first = tick(line, None)
    assert ranges(first) == [("2020", "2020"), ("2022", "2023")]
    assert ranges(tick(line, first.cursor)) == []


def test_a_new_file_also_requests_the_year_after_which_is_judged_against_it(line: Any) -> None:
    line.add("pingyao-2023.txt")
    first = tick(line, None)
    line.add("pingyao-2022.txt")
    assert ranges(tick(line, first.cursor)) == [("2022", "2023")]


def test_the_run_that_new_files_request_publishes_them(line: Any) -> None:
    line.add("pingyao-2022.txt", "pingyao-2023.txt")
    (found,) = ranges(tick(line, None))
    assert line.run(*found).success
    assert len(line.ids("reports")) == 2


def test_a_copy_of_a_known_file_requests_nothing(line: Any) -> None:
    line.add("pingyao-2022.txt")
    first = tick(line, None)
    folder = Path(line.settings.source)
    (folder / "again.txt").write_bytes((folder / "pingyao-2022.txt").read_bytes())
    assert ranges(tick(line, first.cursor)) == []


def test_the_daily_run_does_all_partitions_in_one(line: Any) -> None:
    context = dg.build_schedule_context(
        instance=line.instance, scheduled_execution_time=datetime(2026, 4, 1, 6, tzinfo=UTC)
    )
    request = daily(context)
    assert isinstance(request, dg.RunRequest)
    assert (request.run_key, *request.tags.values()) == ("2026-04-01", "2014", "undated")


class Mailbox:
    """What a real SMTP server on the loopback received."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the name aiosmtpd calls
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"mailto://127.0.0.1:{port}?from=line@example.org&to=desk@example.org&mode=insecure"
    controller.stop()


def look(line: Any, cursor: str | None = None) -> dg.SensorResult:
    since = cursor or (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    result = alerts_sensor(line.settings)(dg.build_sensor_context(instance=line.instance, cursor=since))
    assert isinstance(result, dg.SensorResult)
    return result


def test_a_run_with_a_quarantined_report_sends_one_message_to_each_channel(
    line: Any, mailbox: tuple[Mailbox, str], hook: Any
) -> None:
    box, address = mailbox
    line.alerts = (address, hook.address)
    line.add("pingyao-2023.txt", "anji-2023.txt", "tengchong-2023.txt")
    run = line.run("2023")
    assert run.success
    cursor = look(line).cursor
    look(line, cursor)
    look(line)
    (mail,) = box.mails
    (post,) = hook.posts
    assert str(make_header(decode_header(mail["Subject"]))) == post["title"]
    assert "隔离 2 份报告" in post["title"]
    for words in (
        "安吉县人民政府",
        "anji-2023.txt",
        "德清县",
        "腾冲市人民政府",
        "findings.arithmetic",
        run.run_id,
    ):
        assert words in post["message"], words
    assert "平遥县" not in post["message"]


def test_what_a_run_could_not_have_is_in_its_message(line: Any, site: Any, hook: Any) -> None:
    line.alerts = (hook.address,)
    line.add("pingyao-2023.txt")
    names = line.root / "pages.lst"
    site.down.add("dali-2020.txt")
    names.write_text(f"in/pingyao-2023.txt\nin/gone.txt\n{site.page('dali-2020.txt')}\n")
    line.source = str(names)
    assert line.run("2023").success
    look(line)
    (post,) = hook.posts
    assert post["title"] == "govinfo: 2 个来源未能取得 2 could not be had"
    for words in (site.page("dali-2020.txt", secrets=False), "服务器返回 503", "answered 503", "in/gone.txt"):
        assert words in post["message"], words
    assert "raw_reports.source" not in post["message"]


def test_every_day_tells_what_is_new_and_what_is_over(line: Any, hook: Any) -> None:
    line.alerts = (hook.address,)
    line.add("pingyao-2023.txt", "anji-2023.txt")
    cursor = None

    def day() -> list[str]:
        nonlocal cursor
        told = len(hook.posts)
        assert line.run("2014", "undated").success
        cursor = look(line, cursor).cursor
        return [post["message"] for post in hook.posts[told:]]

    (first,) = day()
    assert "anji-2023.txt" in first
    assert day() == []
    line.add("tengchong-2023.txt")
    (second,) = day()
    assert "tengchong-2023.txt" in second
    assert "anji-2023.txt" not in second
    assert "Told before, still open: 1 份报告 reports" in second
    anji = Path(line.settings.source) / "anji-2023.txt"
    anji.write_text(anji.read_text(encoding="utf-8").replace("德清县", "安吉县"), encoding="utf-8")
    (third,) = day()
    assert "No longer open: 安吉县人民政府 2023; findings.identity" in third
    assert "tengchong" not in third


def test_more_reports_than_a_run_names_are_all_told(
    line: Any, hook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "TOLD", 1)
    line.alerts = (hook.address,)
    line.add("anji-2023.txt", "tengchong-2023.txt")
    assert line.run("2023").success
    look(line)
    (post,) = hook.posts
    assert "anji-2023.txt" in post["message"]
    assert "tengchong-2023.txt" in post["message"]


def test_new_files_tell_what_they_could_not_have_though_no_run_follows(line: Any, hook: Any) -> None:
    line.alerts = (hook.address,)
    line.source = str(line.root / "pages.lst")
    Path(line.source).write_text("gone.txt\n")
    first = tick(line, None)
    assert ranges(first) == []
    look(line)
    (post,) = hook.posts
    assert "gone.txt" in post["message"]
    Path(line.source).write_text("gone.txt\ngone-too.txt\n")
    tick(line, first.cursor)
    look(line)
    assert "gone-too.txt" in hook.posts[1]["message"]
    assert "gone.txt\n" not in hook.posts[1]["message"]


def test_a_run_without_troubles_sends_nothing(line: Any, hook: Any) -> None:
    line.alerts = (hook.address,)
    line.add("pingyao-2023.txt")
    assert line.run("2023").success
    look(line)
    assert hook.posts == []


def test_a_failed_run_says_why(line: Any, hook: Any) -> None:
    line.alerts = (hook.address,)
    line.add("pingyao-2023.txt", "anji-2023.txt")
    line.limit(failed=0.1, least=1)
    assert not line.run("2023").success
    look(line)
    (post,) = hook.posts
    assert "运行失败" in post["title"]
    assert "failed reports are 50% of the batch" in post["message"]


def test_runs_of_other_jobs_are_not_told(line: Any, hook: Any) -> None:
    @dg.asset(check_specs=[dg.AssetCheckSpec("always", asset="other")])
    def other() -> Any:
        yield dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=False)])

    line.alerts = (hook.address,)
    dg.materialize([other], instance=line.instance)
    look(line)
    assert hook.posts == []


def test_many_runs_that_end_at_once_hide_none_behind_them(line: Any, hook: Any) -> None:
    @dg.asset
    def other() -> None: ...

    line.alerts = (hook.address,)
    for _ in range(21):
        dg.materialize([other], instance=line.instance)
    line.add("anji-2023.txt")
    assert line.run("2023").success
    cursor = look(line).cursor
    assert hook.posts == []
    look(line, cursor)
    assert len(hook.posts) == 1


def test_a_channel_that_fails_is_said_and_tried_again(line: Any, hook: Any) -> None:
    line.alerts = (hook.address,)
    line.add("anji-2023.txt")
    assert line.run("2023").success
    hook.broken = True
    assert "1 条待发 waiting" in str(look(line).skip_reason)
    hook.broken = False
    outbox = Outbox(line.settings.outbox)
    assert len(outbox.waiting()) == 1
    later = datetime.now(UTC) + timedelta(minutes=2)
    assert len(outbox.deliver(channels(line.alerts), later).sent) == 1
    assert len(hook.posts) == 1


def test_without_a_channel_nothing_is_kept_for_later(line: Any) -> None:
    line.add("anji-2023.txt")
    assert line.run("2023").success
    assert "GOVINFO_ALERTS" in str(look(line).skip_reason)
    assert not line.settings.outbox.exists()
