"""`published_reports` materialised alone: it obeys the verdict that is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from govinfo_pipeline.defs import assets
from govinfo_pipeline.errors import WarehouseBusyError
from tests.dagster.judged import PINGYAO


@pytest.fixture
def judged(line: Any) -> Any:
    """A line that was run up to the gate."""
    line.add("pingyao-2023.txt", "anji-2023.txt")
    steps = assets_before_publishing()
    assert line.run("2023", only=steps).success
    return line


def assets_before_publishing() -> tuple[str, ...]:
    return (
        *("raw_reports", "parsed_reports", "normalized_reports"),
        *("accepted_reports", "quarantined_reports", "findings"),
    )


def refusal(line: Any) -> str:
    result = line.run("2023", only=["published_reports"])
    assert not result.success
    assert not line.settings.warehouse.exists()
    (failure,) = result.get_step_failure_events()
    return str(failure.step_failure_data.user_failure_data.description)


def test_publishing_alone_publishes_what_was_judged(judged: Any) -> None:
    assert judged.run("2023", only=["published_reports"]).success
    assert judged.ids("reports") == {f"{PINGYAO}-2023"}


def test_publishing_alone_obeys_a_verdict_that_says_no(judged: Any) -> None:
    path = judged.settings.record("2023")
    path.write_text(json.dumps({**json.loads(path.read_text()), "ok": False, "reasons": ["rate: too many"]}))
    assert "rate: too many" in refusal(judged)


def test_a_verdict_that_says_no_is_obeyed_also_where_there_is_nothing_to_publish(line: Any) -> None:
    line.add("pingyao-2022.txt")
    assert line.run("2023", only=assets_before_publishing()).success
    path = line.settings.record("2023")
    path.write_text(json.dumps({**json.loads(path.read_text()), "ok": False, "reasons": ["rate: too many"]}))
    assert "rate: too many" in refusal(line)


def test_publishing_alone_refuses_without_a_verdict(judged: Any) -> None:
    judged.settings.record("2023").unlink()
    assert "no gate record" in refusal(judged)


def test_publishing_alone_refuses_rows_that_were_not_judged(judged: Any) -> None:
    path = judged.settings.stages / "accepted_reports" / "2023.parquet"
    table = pq.read_table(path, partitioning=None)
    place = table.schema.get_field_index("applications.granted__total")
    changed = table.set_column(place, table.schema.field(place), [[4711] * table.num_rows])
    pq.write_table(changed, path)
    assert "input_hash" in refusal(judged)


def test_publishing_alone_refuses_what_other_rules_judged(
    judged: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govinfo_pipeline.line.publish.rule_set_version", lambda: "2099.1+ffffffff")
    assert "rule_set_version" in refusal(judged)


def test_a_gate_that_broke_after_a_good_one_is_obeyed(judged: Any) -> None:
    judged.limit(failed=0.1, least=1)
    gate = ["accepted_reports", "quarantined_reports", "findings"]
    assert not judged.run("2023", only=gate).success
    assert "rate" in refusal(judged)


@pytest.mark.parametrize("broken", [True, False])
def test_a_year_whose_stage_is_lost_does_not_hold_back_the_years_after_it(line: Any, broken: bool) -> None:
    line.add("pingyao-2022.txt", "pingyao-2023.txt")
    assert line.run("2022", "2023", only=assets_before_publishing()).success
    path = line.settings.stage("findings", "2022")
    path.write_text("torn") if broken else path.unlink()
    result = line.run("2022", "2023", only=["published_reports"])
    assert not result.success
    (failure,) = result.get_step_failure_events()
    said = failure.step_failure_data.user_failure_data.description
    assert "2022: findings" in said or "findings/2022.parquet" in said
    assert "2023: " not in said
    assert line.ids("reports") == {f"{PINGYAO}-2023"}


def test_what_vanishes_from_the_archive_is_not_withdrawn_at_once(line: Any) -> None:
    line.add("pingyao-2023.txt", "wuyuan-2023.txt")
    line.limit(least=2)
    assert line.run("2023").success
    archive = line.settings.archive
    archive.rename(archive.with_name("moved"))
    for path in Path(line.settings.source).iterdir():
        path.unlink()
    line.add("kaifeng-2023.txt")
    result = line.run("2023")
    assert not result.success
    (failure,) = result.get_step_failure_events()
    assert "vanish" in failure.step_failure_data.user_failure_data.description
    assert line.ids("reports") == {f"{PINGYAO}-2023", "361130-婺源县-government-2023"}


def test_a_busy_warehouse_is_tried_again(line: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    line.add("pingyao-2023.txt")
    real, calls = assets.release, []

    def busy_once(*args: Any, **more: Any) -> Any:
        calls.append(args[0])
        if len(calls) == 1:
            raise WarehouseBusyError("lock", "held by another")
        return real(*args, **more)

    monkeypatch.setattr(assets, "release", busy_once)
    monkeypatch.setattr(assets, "BUSY_WAIT_SECONDS", 0)
    result = line.run("2023")
    assert result.success
    assert calls == ["2023", "2023"]
    assert line.ids("reports") == {f"{PINGYAO}-2023"}


def test_an_asset_without_its_parent_says_which_to_materialise(line: Any) -> None:
    line.add("pingyao-2023.txt")
    result = line.run("2023", only=["parsed_reports"])
    assert not result.success
    (failure,) = result.get_step_failure_events()
    error = failure.step_failure_data.error
    assert "raw_reports" in error.to_string()
    assert "materialise it first" in error.to_string()
