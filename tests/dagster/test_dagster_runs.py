"""The line in Dagster: what is published, what is in quarantine, and what blocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from govinfo_pipeline.defs import assets
from govinfo_pipeline.defs.describe import SAMPLE
from govinfo_pipeline.errors import ConfigError
from govinfo_pipeline.line import judge
from govinfo_pipeline.line.settings import samples
from govinfo_pipeline.parse import parse_path
from govinfo_pipeline.suites import expectations
from govinfo_pipeline.suites.expectations import ERRORED, FAILED, Outcome, SuiteResult
from govinfo_pipeline.verify.judge import judge as judge_reports
from govinfo_pipeline.verify.review_log import append_review
from tests.dagster.judged import PINGYAO
from tests.reviews import said

NINGHAI = "330226-宁海县-government-2022"


def test_a_bad_report_goes_to_quarantine_and_the_others_are_published(line: Any, failed: Any) -> None:
    line.add("pingyao-2023.txt", "wuyuan-2023.txt", "anji-2023.txt")
    result = line.run("2023")
    assert result.success
    assert line.ids("reports") == {f"{PINGYAO}-2023", "361130-婺源县-government-2023"}
    assert line.ids("quarantine") == {"330523-安吉县-government-2023"}
    assert failed(result) == {"identity"}


def test_one_run_does_many_years(line: Any) -> None:
    line.add("pingyao-2022.txt", "pingyao-2023.txt", "pingyao-2024.txt", "anji-2023.txt")
    result = line.run("2021", "undated")
    assert result.success
    assert line.ids("reports") == {f"{PINGYAO}-{year}" for year in (2022, 2023, 2024)}
    batches = {publication.batch for publication in line.warehouse.publications()}
    assert batches == {"2022", "2023", "2024"}
    counts = {
        event.partition: event.step_materialization_data.materialization.metadata["dagster/row_count"].value
        for event in result.get_asset_materialization_events()
        if event.asset_key == dg.AssetKey("published_reports")
    }
    expected = {"2021": 0, "2022": 1, "2023": 1, "2024": 1, "2025": 0, "undated": 0}
    assert expected.items() <= counts.items()


def test_years_that_are_materialised_one_by_one_are_judged_against_the_year_before(line: Any) -> None:
    line.add("pingyao-2023.txt", "pingyao-2024.txt")
    for year in ("2023", "2024"):
        assert line.run(year).success
    findings = line.warehouse.query("SELECT report_id, rule FROM govinfo.findings").to_pylist()
    assert {"report_id": f"{PINGYAO}-2024", "rule": "Y1"} in findings


def test_assets_materialised_one_at_a_time_give_the_same_warehouse(line: Any) -> None:
    line.add("pingyao-2023.txt", "anji-2023.txt")
    for step in (
        ["raw_reports"],
        ["parsed_reports"],
        ["normalized_reports"],
        ["accepted_reports", "quarantined_reports", "findings"],
        ["published_reports"],
        ["issuer_year"],
    ):
        assert line.run("2023", only=step).success, step
    assert line.ids("reports") == {f"{PINGYAO}-2023"}
    assert line.ids("quarantine") == {"330523-安吉县-government-2023"}


def test_a_second_run_over_the_same_files_publishes_nothing_new(line: Any) -> None:
    line.add("pingyao-2022.txt", "pingyao-2023.txt")
    assert line.run("2022", "2023").success
    before = line.warehouse.publications()
    assert line.run("2022", "2023").success
    assert line.warehouse.publications() == before


def test_a_corrected_file_takes_the_place_of_the_first_and_both_are_named(line: Any) -> None:
    line.add("ninghai-2022.txt")
    assert line.run("2022").success
    assert (line.ids("reports"), line.ids("quarantine")) == (set(), {NINGHAI})
    line.add("ninghai-2022_revised.txt")
    result = line.run("2022")
    assert (line.ids("reports"), line.ids("quarantine")) == ({NINGHAI}, set())
    (event,) = result.asset_materializations_for_node("normalized_reports")
    assert event.metadata["superseded"].value == 1
    named = event.metadata["superseded_files"].value
    assert "ninghai-2022.txt" in named
    assert "ninghai-2022_revised.txt" in named
    revision = line.warehouse.query("SELECT revision FROM govinfo.reports")["revision"].to_pylist()
    assert revision == [2]


def test_a_report_of_an_older_form_is_seen_in_its_year(line: Any) -> None:
    line.add("huangshan-2016.txt")
    assert line.run("2014", "2018").success
    rows = line.warehouse.query("SELECT year, reasons FROM govinfo.quarantine").to_pylist()
    assert [row["year"] for row in rows] == [2016]
    assert rows[0]["reasons"][0].startswith("other_form")


def test_a_file_that_says_no_year_is_not_lost(line: Any) -> None:
    line.add("pingyao-2023.txt")
    (Path(line.settings.source) / "noise.txt").write_bytes(bytes(range(256)) * 4)
    (Path(line.settings.source) / "empty.txt").write_bytes(b"")
    result = line.run("2023", "undated")
    assert result.success
    reasons = [
        row["reasons"][0] for row in line.warehouse.query("SELECT * FROM govinfo.quarantine").to_pylist()
    ]
    assert sorted(reason.split(":")[0] for reason in reasons) == ["binary", "empty"]


def test_a_file_that_cannot_be_had_is_said_and_the_rest_goes_on(line: Any, failed: Any) -> None:
    line.add("pingyao-2023.txt")
    (Path(line.settings.source) / "gone.txt").symlink_to("/nowhere/at/all")
    result = line.run("2023")
    assert result.success
    assert failed(result) == {"source"}
    assert line.ids("reports") == {f"{PINGYAO}-2023"}


def test_a_source_with_a_password_is_fetched_and_shown_nowhere(
    line: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.source = site.page("pingyao-2023.txt")
    with pytest.raises(ConfigError) as refused:
        line.defs()
    monkeypatch.setenv("GOVINFO_SOURCE", line.source)
    result = line.run("2023")
    assert result.success
    assert line.ids("reports") == {f"{PINGYAO}-2023"}
    events = [str(entry) for entry in line.instance.all_logs(result.run_id)]
    kept = b"".join(path.read_bytes() for path in line.settings.data.rglob("*.*"))
    shown = "".join(events) + refused.value.message + str(line.defs().resources["govinfo"])
    assert events
    assert "pa55" not in shown
    assert b"pa55" not in kept


def test_quarantine_reasons_and_findings_are_metadata(line: Any) -> None:
    line.add("pingyao-2023.txt", "anji-2023.txt")
    result = line.run("2023")
    events = {
        event.asset_key.to_user_string(): event.step_materialization_data.materialization.metadata
        for event in result.get_asset_materialization_events()
    }
    assert "安吉县人民政府" in events["quarantined_reports"]["reasons"].value
    assert "德清县" in events["findings"]["sample"].value
    assert events["findings"]["rules"].value == {"S1": 1}
    assert events["accepted_reports"]["accepted_share"].value == 0.5
    assert events["issuer_year"]["dagster/row_count"].value == 1
    assert events["applications_long"]["dagster/row_count"].value == 7 * 25
    shown = {mart: events[mart]["sample"].value for mart in ("issuer_year", "applications_long")}
    lines = {
        mart: [line for line in sample.splitlines() if PINGYAO in line] for mart, sample in shown.items()
    }
    assert {"issuer_year": 1, "applications_long": SAMPLE} == {mart: len(of) for mart, of in lines.items()}
    checks = {e.check_name: e for e in result.get_asset_check_evaluations()}
    assert checks["identity"].severity == dg.AssetCheckSeverity.ERROR
    assert checks["identity"].metadata["error"].value == 1
    assert "德清县" in checks["identity"].metadata["sample"].value


def test_a_warning_fails_its_check_as_a_warning_and_travels_with_the_report(line: Any, failed: Any) -> None:
    line.add("jixi-2024.txt")
    result = line.run("2024")
    assert result.success
    assert failed(result) == {"prose"}
    check = next(e for e in result.get_asset_check_evaluations() if e.check_name == "prose")
    assert check.severity == dg.AssetCheckSeverity.WARN
    rows = line.warehouse.query("SELECT verdict, errors, warnings FROM govinfo.reports").to_pylist()
    assert [(row["verdict"], row["errors"]) for row in rows] == [("warning", 0)]
    assert rows[0]["warnings"] > 0


def test_a_rate_that_only_a_broken_reader_makes_publishes_nothing(line: Any, failed: Any) -> None:
    line.add("pingyao-2023.txt", "anji-2023.txt")
    line.limit(failed=0.1, least=1)
    result = line.run("2023")
    assert not result.success
    assert "invariants" in failed(result)
    assert not line.settings.warehouse.exists()
    assert "published_reports" not in {event.step_key for event in result.all_events}


def test_a_broken_year_does_not_hold_back_the_others_and_the_run_says_so(line: Any, failed: Any) -> None:
    line.add("pingyao-2022.txt", "pingyao-2023.txt", "anji-2023.txt")
    line.limit(failed=0.1, least=1)
    result = line.run("2022", "2023")
    assert not result.success
    assert "invariants" in failed(result)
    assert line.ids("reports") == {f"{PINGYAO}-2022"}
    (failure,) = result.get_step_failure_events()
    assert failure.step_key == "published_reports"
    assert "2023" in failure.step_failure_data.user_failure_data.description


def _refusing(status: str, *, severity: str = "error", shadow: bool = False) -> Any:
    outcome = Outcome(
        "govinfo_reports", "A1", severity, status, shadow, (f"{PINGYAO}-2023",), "no such table"
    )
    return lambda _tables: SuiteResult((outcome,))


@pytest.mark.parametrize("status", [FAILED, ERRORED])
def test_a_failing_suite_publishes_nothing(
    line: Any, failed: Any, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    line.add("pingyao-2023.txt")
    monkeypatch.setattr(expectations, "validate", _refusing(status))
    result = line.run("2023")
    assert not result.success
    assert failed(result) >= {"suites"}
    assert not line.settings.warehouse.exists()


@pytest.mark.parametrize(("severity", "shadow"), [("warning", False), ("error", True)])
def test_a_warning_of_a_suite_or_a_rule_on_trial_does_not_block(
    line: Any, monkeypatch: pytest.MonkeyPatch, severity: str, shadow: bool
) -> None:
    line.add("pingyao-2023.txt")
    monkeypatch.setattr(expectations, "validate", _refusing(FAILED, severity=severity, shadow=shadow))
    assert line.run("2023").success
    assert line.ids("reports") == {f"{PINGYAO}-2023"}


def test_the_suites_see_what_is_about_to_be_published_once_a_run(line: Any, suites: Any) -> None:
    line.add("pingyao-2022.txt", "pingyao-2023.txt", "anji-2023.txt")
    assert line.run("2020", "2024").success
    (tables,) = suites
    assert set(tables["reports"]["report_id"].to_pylist()) == {f"{PINGYAO}-2022", f"{PINGYAO}-2023"}
    assert tables["applications"].num_rows == 2


def dismiss(line: Any, name: str) -> None:
    """Dismiss every error finding of a sample report, as `govinfo review` does."""
    report = parse_path(samples() / name)
    (findings,) = judge_reports([report])
    for finding in findings:
        append_review(
            line.settings.reviews,
            said(finding, until=date.today() + timedelta(days=30), at=datetime.now(UTC)),
        )


def test_a_report_whose_errors_a_person_dismissed_is_published(line: Any, failed: Any) -> None:
    line.add("anji-2023.txt")
    assert line.run("2023").success
    assert line.ids("quarantine") == {"330523-安吉县-government-2023"}
    dismiss(line, "anji-2023.txt")
    result = line.run("2023")
    assert result.success
    assert failed(result) == set()
    assert line.ids("reports") == {"330523-安吉县-government-2023"}
    findings = line.warehouse.query("SELECT rule, review FROM govinfo.findings").to_pylist()
    assert findings == [{"rule": "S1", "review": "dismissed"}]


@pytest.mark.usefixtures("real_suites")
def test_the_suites_do_not_stop_what_a_person_dismissed(line: Any) -> None:
    line.add("tengchong-2023.txt")
    dismiss(line, "tengchong-2023.txt")
    assert line.run("2023").success
    assert line.ids("reports") == {"530581-腾冲市-government-2023"}


@pytest.mark.usefixtures("real_suites")
def test_great_expectations_passes_what_the_kernel_accepts(line: Any, failed: Any) -> None:
    line.add("pingyao-2022.txt", "pingyao-2023.txt", "jixi-2024.txt", "anji-2023.txt", "luoping-2023.txt")
    result = line.run("2022", "2024")
    assert result.success
    assert "suites" not in failed(result)


def test_a_lost_row_stops_the_line(line: Any, failed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    line.add("pingyao-2023.txt", "wuyuan-2023.txt")
    keep = assets.keep_last
    monkeypatch.setattr(
        assets, "keep_last", lambda table: keep(table)._replace(last=keep(table).last.slice(1))
    )
    result = line.run("2023")
    assert not result.success
    assert failed(result) == {"conservation"}
    assert not line.settings.warehouse.exists()


def test_a_table_of_another_shape_stops_the_line(
    line: Any, failed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.add("pingyao-2023.txt")
    real = judge.gate_reports

    def spoilt(*args: Any, **more: Any) -> Any:
        gated = real(*args, **more)
        gated.tables["reports"] = gated.tables["reports"].set_column(
            gated.tables["reports"].schema.get_field_index("verdict"),
            "verdict",
            [["excellent"] * gated.tables["reports"].num_rows],
        )
        return gated

    monkeypatch.setattr(judge, "gate_reports", spoilt)
    result = line.run("2023")
    assert not result.success
    assert "contracts" in failed(result)
    assert not line.settings.warehouse.exists()
