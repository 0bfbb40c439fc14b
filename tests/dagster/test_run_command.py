"""`govinfo run`: what it prints, does again or not, takes back and keeps apart."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govinfo_pipeline.cli.main import cli
from govinfo_pipeline.line.settings import samples
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from tests.dagster.runs import in_warehouse, objects


def test_every_file_of_the_source_is_an_object_in_its_order(run: Any, source: Path) -> None:
    result = run(source, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    found = [(Path(o["source"]["path"]).name, o["status"], o["cells"]) for o in objects(result)]
    whole = {"found": 200, "total": 200}
    assert found == [
        ("anji-2023.txt", "quarantined", whole),
        ("ninghai-2022.txt", "superseded", whole),
        ("ninghai-2022_revised.txt", "published", whole),
        ("pingyao-2023.txt", "published", whole),
        ("pingyao-again.txt", "copy", whole),
    ]
    anji, old, new, clean, copy = objects(result)
    assert (anji["issuer"], anji["year"], anji["format"]) == ("安吉县人民政府", 2023, "2021")
    assert anji["reasons"][0]["rule"] == "S1"
    assert set(anji["reasons"][0]["message"]) == {"zh", "en"}
    assert (old["revision"], new["revision"]) == (1, 2)
    assert old["superseded_by"] == new["source"]["path"]
    assert clean["verdict"] == "pass"
    assert copy["copy_of"] == clean["source"]["path"]


def test_the_summary_tells_each_report_the_totals_and_what_to_try_next(run: Any, source: Path) -> None:
    result = run(source)
    assert result.exit_code == 0, result.output
    text = result.stdout
    for words in (
        "安吉县人民政府",
        "德清县",
        "200/200",
        "5 个文件 files, 2 份已入库 published, 1 份隔离 in quarantine, 1 份被替代 superseded",
        "warehouse.duckdb",
        "what to try next",
        "anji-2023.txt",
        "make ui",
    ):
        assert words in text.replace("\n", " "), words
    assert "publishing" in result.stderr
    assert "Dagster" not in result.stderr.replace("starting Dagster", "")
    assert all(len(line) == len(line.rstrip()) for line in text.splitlines())


def test_a_second_run_says_that_nothing_changed_and_tells_the_same(run: Any, source: Path) -> None:
    first = objects(run(source, "--format", "jsonl"))
    again = run(source)
    assert "没有变化" in again.stdout
    assert "publishing" not in again.stderr
    assert objects(run(source, "--format", "jsonl")) == first


def test_a_second_run_loads_neither_dagster_nor_great_expectations(
    run: Any, source: Path, tmp_path: Path
) -> None:
    assert run(source).exit_code == 0
    code = f"""
import sys
from govinfo_pipeline.cli.main import cli
try:
    cli(['run', {str(source)!r}, '--data', {str(tmp_path / "data")!r}])
except SystemExit as end:
    print(end.code, sorted({{'dagster', 'great_expectations', 'pandera'}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr


def test_a_new_file_is_all_that_a_later_run_has_to_do(run: Any, source: Path) -> None:
    run(source)
    shutil.copy(samples() / "pingyao-2024.txt", source / "pingyao-2024.txt")
    result = run(source, "--format", "jsonl")
    (new,) = [o for o in objects(result) if o["year"] == 2024]
    assert new["status"] == "published"
    assert [reason["rule"] for reason in new["reasons"]] == ["Y1"]


def test_a_removed_stage_is_made_again_and_every_file_told(run: Any, source: Path, tmp_path: Path) -> None:
    first = objects(run(source, "--format", "jsonl"))
    shutil.rmtree(tmp_path / "data" / "stages")
    assert objects(run(source, "--format", "jsonl")) == first


@pytest.mark.parametrize("asset", ["parsed_reports", "accepted_reports", "findings"])
@pytest.mark.parametrize("broken", [True, False])
def test_a_stage_that_is_lost_or_broken_loses_no_file_and_tells_nothing_wrong(
    run: Any, source: Path, tmp_path: Path, asset: str, broken: bool
) -> None:
    first = objects(run(source, "--format", "jsonl"))
    path = tmp_path / "data" / "stages" / asset / "2023.parquet"
    path.write_text("torn") if broken else path.unlink()
    assert objects(run(source, "--format", "jsonl")) == first


def test_a_report_that_a_worse_file_takes_out_of_the_warehouse_is_said(run: Any, source: Path) -> None:
    assert "withdrawn" not in run(source).stdout
    clean = source / "pingyao-2023.txt"
    (source / "pingyao-again.txt").unlink()
    text = clean.read_text(encoding="utf-8")
    clean.write_text(text[: len(text) // 3], encoding="utf-8")
    result = run(source)
    assert "published before, withdrawn now: 1" in result.stdout
    assert "withdrawn" not in run(source).stdout


def test_a_report_stays_published_when_its_file_goes_away(run: Any, source: Path, tmp_path: Path) -> None:
    run(source)
    before = in_warehouse(tmp_path)
    for name in ("pingyao-2023.txt", "pingyao-again.txt", "ninghai-2022.txt"):
        (source / name).unlink()
    shutil.copy(samples() / "tengchong-2023.txt", source / "tengchong-2023.txt")
    assert "withdrawn" not in run(source).stdout
    assert in_warehouse(tmp_path) == before | {"tengchong-2023.txt": "quarantined"}


def test_a_withdrawn_file_leaves_the_warehouse_and_the_one_before_counts_again(
    run: Any, source: Path, tmp_path: Path
) -> None:
    files = {Path(o["source"]["path"]).name: o for o in objects(run(source, "--format", "jsonl"))}
    clean, revised = (
        files[name]["source"]["sha256"] for name in ("pingyao-2023.txt", "ninghai-2022_revised.txt")
    )
    names = tmp_path / "data" / "withdrawn.txt"
    names.write_text(f"# by the desk\n{clean} another place of that name\n{revised} sent by mistake\n")
    told = {Path(o["source"]["path"]).name: o for o in objects(run(source, "--format", "jsonl"))}
    assert {name: o["status"] for name, o in told.items()} == {
        "anji-2023.txt": "quarantined",
        "ninghai-2022.txt": "quarantined",
        "ninghai-2022_revised.txt": "withdrawn",
        "pingyao-2023.txt": "withdrawn",
        "pingyao-again.txt": "copy",
    }
    assert "another place of that name" in told["pingyao-2023.txt"]["reasons"][0]["message"]["en"]
    assert in_warehouse(tmp_path) == {"anji-2023.txt": "quarantined", "ninghai-2022.txt": "quarantined"}
    again = run(source)
    assert "没有变化" in again.stdout
    names.write_text("")
    assert objects(run(source, "--format", "jsonl")) == list(files.values())


def test_the_only_report_of_a_year_can_be_withdrawn(run: Any, tmp_path: Path) -> None:
    (first,) = objects(run(samples() / "dali-2020.txt", "--format", "jsonl"))
    (tmp_path / "data" / "withdrawn.txt").write_text(f"{first['source']['sha256']} no report\n")
    result = run(samples() / "dali-2020.txt")
    assert "withdrawn" in result.stdout, result.output
    assert in_warehouse(tmp_path) == {}


@pytest.mark.parametrize("line", ["dali-2020.txt", "0" * 64, "0" * 63 + " why"])
def test_a_line_that_withdraws_nothing_is_refused(run: Any, source: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "withdrawn.txt").write_text(f"\n{line}\n")
    assert "line 2 must be a SHA-256" in str(run(source).exception)


def test_a_review_is_a_change(run: Any, source: Path, tmp_path: Path) -> None:
    assert "没有变化" not in run(source).stdout
    bad = source / "anji-2023.txt"
    checked = CliRunner().invoke(cli, ["check", str(bad), "--format", "jsonl"])
    (finding,) = map(json.loads, checked.stdout.splitlines())
    reviews = tmp_path / "data" / "reviews.jsonl"
    said = ["--name", "desk", "--reason", "the original says so", "--file", str(reviews)]
    CliRunner().invoke(cli, ["review", "dismiss", finding["id"], str(bad), *said], catch_exceptions=False)
    result = run(source, "--format", "jsonl")
    assert next(o["status"] for o in objects(result)) == "published"
    assert "没有变化" in run(source).stdout


def renamed(folder: Path, file: str, issuer: str, **figures: str) -> Path:
    """Put a sample report in the name of another issuer, with words of its prose replaced."""
    text = (samples() / "pingyao-2022.txt").read_text(encoding="utf-8").replace("平遥县人民政府", issuer)
    path = folder / file
    path.write_text(
        text.replace("平遥县", issuer).replace("2846条", figures.get("items", "2846条")), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("issuer", ["鼓楼区人民政府", "城关镇人民政府", "甲乙县人民政府"])
def test_two_places_of_one_name_do_not_replace_each_other(run: Any, tmp_path: Path, issuer: str) -> None:
    source = tmp_path / "twins"
    source.mkdir()
    renamed(source, "one.txt", issuer, items="2846条")
    renamed(source, "two.txt", issuer, items="512条")
    told = objects(run(source, "--format", "jsonl"))
    assert [o["status"] for o in told] == ["published", "published"]
    assert len({o["report_id"] for o in told}) == 2
    rows = DuckDBWarehouse(tmp_path / "data" / "warehouse.duckdb").query(
        "SELECT a.report_id, r.region_code FROM govinfo.applications AS a JOIN govinfo.reports AS r USING (report_id)"
    )
    assert sorted(rows["report_id"].to_pylist()) == sorted(o["report_id"] for o in told)
    assert rows["region_code"].to_pylist() == [None, None]
    assert "没有变化" in run(source).stdout


def test_a_page_of_an_unknown_place_that_changes_at_its_address_is_one_report(
    run: Any, tmp_path: Path
) -> None:
    source = tmp_path / "twins"
    source.mkdir()
    renamed(source, "one.txt", "鼓楼区人民政府", items="2846条")
    renamed(source, "two.txt", "鼓楼区人民政府", items="512条")
    first = objects(run(source, "--format", "jsonl"))
    renamed(source, "one.txt", "鼓楼区人民政府", items="2847条")
    again = objects(run(source, "--format", "jsonl"))
    assert [(o["status"], o["revision"]) for o in again] == [("published", 2), ("published", 1)]
    assert again[1] == first[1]
    rows = DuckDBWarehouse(tmp_path / "data" / "warehouse.duckdb").query(
        "SELECT report_id FROM govinfo.reports"
    )
    assert sorted(rows["report_id"].to_pylist()) == sorted(o["report_id"] for o in again)
    assert "没有变化" in run(source).stdout


def test_a_quarantine_is_no_failure_unless_asked_for(run: Any, source: Path) -> None:
    assert run(source, "--quiet").exit_code == 0
    assert run(source, "--quiet", "--fail-on-quarantine").exit_code == 1
    (source / "anji-2023.txt").unlink()
    assert run(source, "--quiet", "--fail-on-quarantine").exit_code == 0


def test_what_could_not_be_had_is_named_and_the_rest_goes_on(run: Any, source: Path) -> None:
    (source / "gone.txt").symlink_to("/nowhere")
    (source / "empty.txt").write_bytes(b"")
    (source / "noise.bin").write_bytes(bytes(range(256)))
    result = run(source)
    assert result.exit_code == 2, result.output
    assert "gone.txt" in result.stdout
    assert "empty.txt" in result.stdout
    assert "noise.bin" in result.stdout
    assert "2 份已入库 published" in result.stdout


@pytest.mark.parametrize("empty", [True, False])
def test_nothing_to_read_is_an_error(run: Any, tmp_path: Path, empty: bool) -> None:
    source = tmp_path / "nothing"
    if empty:
        source.mkdir()
    result = run(source)
    assert result.exit_code != 0
    assert "nothing" in str(result.exception)
    assert not (tmp_path / "data" / "warehouse.duckdb").exists()


def test_a_list_of_paths_is_a_source(run: Any, source: Path, tmp_path: Path) -> None:
    names = tmp_path / "reports.lst"
    names.write_text("# two of them\nin/pingyao-2023.txt\nin/anji-2023.txt\nin/missing.txt\n")
    result = run(names, "--format", "jsonl")
    statuses = [o.get("status") or o["error"]["code"] for o in objects(result)]
    assert statuses == ["published", "quarantined", "unavailable"]
    error = objects(result)[-1]["error"]
    assert error["message"] == f"{error['zh']} / {error['en']}"
    assert [{"path", "sha256", "media_type"}] * 3 == [set(o["source"]) for o in objects(result)]


def test_a_password_in_an_address_opens_it_and_is_kept_nowhere(
    run: Any, tmp_path: Path, site: Any, dagster_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVINFO_ALERTS", "json://127.0.0.1:9/")
    site.down.add("dali-2020.txt")
    names = tmp_path / "pages.lst"
    pages = ("anji-2023.txt", "pingyao-2023.txt", "dali-2020.txt")
    names.write_text("".join(f"{site.page(name)}\n" for name in pages))
    told = run(names, "--format", "jsonl")
    assert [o.get("status") for o in objects(told)] == ["quarantined", "published", None]
    assert [o["source"]["path"] for o in objects(told)] == [site.page(name, secrets=False) for name in pages]
    one = run(site.page("pingyao-2023.txt"))
    assert "1 份已入库 published" in one.stdout, one.output
    shown = told.output + one.output
    kept = b"".join(
        path.read_bytes() for place in (tmp_path / "data", dagster_home) for path in place.rglob("*.*")
    )
    assert kept
    assert "pa55" not in shown
    assert b"pa55" not in kept
    rows = DuckDBWarehouse(tmp_path / "data" / "warehouse.duckdb").query(
        "SELECT source_path FROM govinfo.reports"
    )
    assert rows["source_path"].to_pylist() == [site.page("pingyao-2023.txt", secrets=False)]
