"""`govinfo run` where something fails: publishing, sources, channels, folders; and what it tells of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from click.testing import CliRunner

from govinfo_pipeline.cli.main import cli
from govinfo_pipeline.defs import assets
from govinfo_pipeline.errors import ConfigError, PublishError
from govinfo_pipeline.line.settings import samples
from tests.dagster.runs import in_warehouse, objects


def test_a_partition_that_may_not_be_published_ends_with_two_and_says_why(
    run: Any, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govinfo_pipeline.suites import expectations
    from govinfo_pipeline.suites.expectations import FAILED, Outcome, SuiteResult

    outcome = Outcome("govinfo_reports", "report_id is unique", "error", FAILED)
    monkeypatch.setattr(expectations, "validate", lambda _tables: SuiteResult((outcome,)))
    result = run(source)
    assert result.exit_code == 2
    assert "report_id is unique" in result.stdout
    assert "govinfo.log" in result.stdout
    assert not (source.parent / "data" / "warehouse.duckdb").exists()
    told = objects(run(source, "--format", "jsonl"))
    assert [o["status"] for o in told] == ["held", "superseded", "held", "held", "copy"]
    assert "report_id is unique" in told[2]["reasons"][0]["message"]["en"]


def no_disk(*_args: Any, **_more: Any) -> Any:
    raise PublishError("visible", "没有空间 / no disk")


def test_where_publishing_fails_a_file_is_what_the_warehouse_shows_of_it(
    run: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "pingyao-again.txt").unlink()
    (source / "ninghai-2022_revised.txt").unlink()
    run(source)
    before = in_warehouse(tmp_path)
    expected = {
        "anji-2023.txt": "quarantined",
        "ninghai-2022.txt": "quarantined",
        "pingyao-2023.txt": "published",
    }
    assert before == expected
    anji, pingyao = (source / name for name in ("anji-2023.txt", "pingyao-2023.txt"))
    good, bad = (path.read_text(encoding="utf-8") for path in (pingyao, anji))
    anji.write_text(bad.replace("德清县", "安吉县"), encoding="utf-8")
    pingyao.write_text(good[: len(good) // 3], encoding="utf-8")
    shutil.copy(samples() / "ninghai-2022_revised.txt", source / "ninghai-2022_revised.txt")
    (source / "old.txt").write_text(good, encoding="utf-8")
    monkeypatch.setattr(assets, "release", no_disk)
    result = run(source, "--format", "jsonl")
    assert result.exit_code == 2
    assert in_warehouse(tmp_path) == before
    told = {Path(o["source"]["path"]).name: o["status"] for o in objects(result)}
    assert told == {
        "anji-2023.txt": "held",
        "ninghai-2022.txt": "quarantined",
        "ninghai-2022_revised.txt": "held",
        "old.txt": "published",
        "pingyao-2023.txt": "held",
    }
    (old,) = [o for o in objects(result) if o["source"]["path"].endswith("old.txt")]
    assert (old["verdict"], old["superseded_by"], old["reasons"][0]["rule"]) == ("pass", None, "earlier")


def test_a_judgement_that_was_not_published_is_not_told_as_if_it_were(
    run: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(source)
    bad = source / "anji-2023.txt"
    checked = CliRunner().invoke(cli, ["check", str(bad), "--format", "jsonl"])
    (finding,) = map(json.loads, checked.stdout.splitlines())
    said = [
        "--name",
        "desk",
        "--reason",
        "the original says so",
        "--file",
        str(tmp_path / "data" / "reviews.jsonl"),
    ]
    CliRunner().invoke(cli, ["review", "dismiss", finding["id"], str(bad), *said], catch_exceptions=False)
    with monkeypatch.context() as patch:
        patch.setattr(assets, "release", no_disk)
        result = run(source, "--format", "jsonl")
    assert result.exit_code == 2
    anji = objects(result)[0]
    assert (anji["status"], anji["verdict"]) == ("quarantined", "fail")
    assert in_warehouse(tmp_path)["anji-2023.txt"] == "quarantined"
    assert objects(run(source, "--format", "jsonl"))[0]["status"] == "published"


def test_the_run_is_recorded_where_dagster_home_says(run: Any, source: Path, dagster_home: Path) -> None:
    assert run(source, "--quiet").exit_code == 0
    with dg.DagsterInstance.get() as instance:
        (record,) = instance.get_run_records()
        assert record.dagster_run.status == dg.DagsterRunStatus.SUCCESS
        event = instance.get_latest_materialization_event(dg.AssetKey("published_reports"))
        assert event is not None


def test_alerts_are_sent_and_a_dead_channel_does_not_end_the_run(
    run: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVINFO_ALERTS", "json://127.0.0.1:9/")
    result = run(source, "--quiet")
    assert result.exit_code == 0
    assert "告警未送达" in result.stderr
    assert len(list((tmp_path / "data" / "outbox").glob("*.json"))) == 1


def test_an_address_that_nobody_can_speak_to_is_refused_before_anything_is_done(
    run: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVINFO_ALERTS", "nonsense://desk:secret@host")
    refused = run(source)
    assert refused.exit_code != 0
    assert isinstance(refused.exception, ConfigError)
    assert "nonsense://..." in str(refused.exception)
    assert "secret" not in str(refused.exception)
    assert not (tmp_path / "data" / "archive").exists()


def test_what_could_not_be_had_is_told_also_where_nothing_else_happened(
    run: Any, tmp_path: Path, site: Any, hook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVINFO_ALERTS", hook.address)
    names = tmp_path / "pages.lst"
    names.write_text(f"{site.page('pingyao-2023.txt')}\n{site.page('dali-2020.txt')}\ngone.txt\n")
    site.down.add("dali-2020.txt")
    assert run(names).exit_code == 2
    (post,) = hook.posts
    assert post["title"] == "govinfo: 2 个来源未能取得 2 could not be had"
    for words in (
        site.page("dali-2020.txt", secrets=False),
        "服务器返回 503",
        "answered 503",
        str(tmp_path / "gone.txt"),
    ):
        assert words in post["message"], words
    assert "pa55" not in post["message"]


def test_a_second_run_tells_only_what_is_new_or_over(
    run: Any, tmp_path: Path, site: Any, hook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVINFO_ALERTS", hook.address)
    names = tmp_path / "pages.lst"
    names.write_text("".join(f"{site.page(name)}\n" for name in ("anji-2023.txt", "dali-2020.txt")))
    site.down.add("dali-2020.txt")
    run(names)
    run(names)
    (post,) = hook.posts
    assert "安吉县人民政府" in post["message"]
    site.down.clear()
    assert run(names).exit_code == 0
    (_, post) = hook.posts
    assert post["title"] == "govinfo: 1 项已解除 1 no longer open"
    assert f"No longer open: {site.page('dali-2020.txt', secrets=False)}" in post["message"]
    assert "Told before, still open: 1 份报告 reports" in post["message"]


@pytest.mark.parametrize("source", ["dali-2020.txt", None])
def test_a_source_that_cannot_be_had_at_all_is_told(
    run: Any, tmp_path: Path, site: Any, hook: Any, monkeypatch: pytest.MonkeyPatch, source: str | None
) -> None:
    monkeypatch.setenv("GOVINFO_ALERTS", hook.address)
    site.down.add("dali-2020.txt")
    given = site.page(source) if source else str(tmp_path / "unmounted")
    assert run(given).exit_code != 0
    (post,) = hook.posts
    assert (site.page(source, secrets=False) if source else given) in post["message"]


def test_a_warehouse_that_does_not_answer_is_told_once_and_that_it_does_again(
    run: Any, source: Path, hook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVINFO_ALERTS", hook.address)
    away = ("--warehouse", "postgresql://desk:pa55@127.0.0.1:9/base")
    assert 0 not in [run(source, *away).exit_code for _ in range(2)]
    (post,) = hook.posts
    assert post["title"] == "govinfo: 1 项检查未通过 1 checks failed"
    assert "warehouse.usable (error)" in post["message"]
    assert "127.0.0.1:9" in post["message"]
    assert "pa55" not in post["message"]
    run(source)
    assert "已解除 / No longer open: warehouse.usable" in hook.posts[-1]["message"]


def test_a_waiting_alert_is_sent_by_a_run_that_has_nothing_to_do(
    run: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVINFO_ALERTS", "json://127.0.0.1:9/")
    run(source, "--quiet")
    (waiting,) = (tmp_path / "data" / "outbox").glob("*.json")
    letter = json.loads(waiting.read_text(encoding="utf-8"))
    waiting.write_text(json.dumps(letter | {"next_at": ""}), encoding="utf-8")
    again = run(source, "--quiet")
    assert "没有变化" in again.stdout
    assert json.loads(waiting.read_text(encoding="utf-8"))["attempts"] == 2


def test_a_data_folder_that_cannot_be_written_is_named(source: Path) -> None:
    command = [sys.executable, "-m", "govinfo_pipeline.cli", "run", str(source), "--data", "/dev/full/data"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "/dev/full/data" in done.stderr


def test_a_wrong_setting_is_named(run: Any, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVINFO_ALERTS", "desk@example.org")
    result = run(source)
    assert "GOVINFO_ALERTS" in str(result.exception)
