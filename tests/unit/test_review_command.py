"""`govinfo review`, as a person uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from govinfo_pipeline.cli.main import cli
from govinfo_pipeline.errors import GovinfoError
from govinfo_pipeline.verify.review import last_words
from govinfo_pipeline.verify.review_log import append_review, load_reviews
from tests.reviews import LINE, first, said, wrong

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in a folder of its own, over one report that fails A2@total and A3@granted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOVINFO_DATA", raising=False)
    monkeypatch.delenv("GOVINFO_REVIEWER", raising=False)
    monkeypatch.setattr("govinfo_pipeline.cli.inputs.read_reports", lambda _paths: iter([wrong()]))
    monkeypatch.setattr("govinfo_pipeline.cli.check.read_reports", lambda _paths: iter([wrong()]))
    return lambda *args: CliRunner().invoke(cli, args, catch_exceptions=False)


WHO = ("--name", "信息公开科", "--reason", "原件如此")


def checked(run: Run) -> dict[str, Any]:
    result = run("check", "a.txt", "--format", "jsonl")
    assert 1 == result.exit_code
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_finding_is_dismissed_by_the_name_that_check_prints(run: Run, tmp_path: Path) -> None:
    name = checked(run)["id"]
    assert name in run("check", "a.txt").stdout
    assert name in run("check", "a.txt", "--format", "html").stdout
    assert 0 == run("review", "dismiss", name, "a.txt", *WHO, "--until", "2099-12-31").exit_code
    (review,) = load_reviews(tmp_path / "data" / "reviews.jsonl")
    assert (name, "dismiss", "信息公开科", date(2099, 12, 31)) == (
        *(review.id, review.action, review.name),
        review.until,
    )
    for style in ("text", "html", "jsonl"):
        result = run("check", "a.txt", "--reviews", "data/reviews.jsonl", "--format", style)
        assert 0 == result.exit_code, style
        assert "dismissed" in result.stdout, style
        assert "信息公开科" in result.stdout, style
    text = run("check", "a.txt", "--reviews", "data/reviews.jsonl").stdout
    assert "0 错误 error" in text
    assert "1 已驳回 dismissed" in text
    assert 1 == run("check", "a.txt").exit_code


def test_a_confirmed_finding_is_still_an_error_for_check(run: Run) -> None:
    assert 0 == run("review", "confirm", checked(run)["id"], "a.txt", *WHO).exit_code
    result = run("check", "a.txt", "--reviews", "data/reviews.jsonl", "--format", "jsonl")
    assert (1, "confirmed") == (result.exit_code, json.loads(result.stdout)["review"])


def test_a_review_ends_after_a_year_unless_it_is_said_otherwise(run: Run, tmp_path: Path) -> None:
    run("review", "dismiss", checked(run)["id"], "a.txt", *WHO, "--file", str(tmp_path / "r.jsonl"))
    assert date.today() + timedelta(days=365) == load_reviews(tmp_path / "r.jsonl")[0].until


def test_a_review_that_is_over_before_it_begins_is_refused(run: Run) -> None:
    with pytest.raises(GovinfoError, match="must be today or later, was 2020-01-01"):
        run("review", "dismiss", checked(run)["id"], "a.txt", *WHO, "--until", "2020-01-01")


def test_a_review_can_be_for_today_alone(run: Run) -> None:
    today = str(date.today())
    assert 0 == run("review", "dismiss", checked(run)["id"], "a.txt", *WHO, "--until", today).exit_code
    assert 0 == run("check", "a.txt", "--reviews", "data/reviews.jsonl").exit_code
    assert today in run("review", "list").stdout


def test_a_name_may_be_written_in_capitals(run: Run) -> None:
    name = checked(run)["id"].upper()
    assert 0 == run("review", "dismiss", name, "a.txt", *WHO).exit_code
    assert 0 == run("review", "withdraw", name, *WHO).exit_code


def test_files_are_needed_to_review_a_finding(run: Run) -> None:
    result = run("review", "dismiss", "00000000", *WHO)
    assert 2 == result.exit_code
    assert "PATH" in result.output


def test_a_name_that_two_reports_have_is_told_apart(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = replace(first(wrong()), report_id="330400-乙县-government-2022")
    monkeypatch.setattr(
        "govinfo_pipeline.verify.judge.judge_together", lambda _reports: [[first(wrong()), twin]]
    )
    with pytest.raises(GovinfoError, match=r"330400-乙县-government-2022, 330400-甲县-government-2022"):
        run("review", "dismiss", twin.id, "a.txt", *WHO)


def test_a_withdrawal_says_of_which_report_where_two_have_the_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "data" / "reviews.jsonl"
    names = ["330400-乙县-government-2022", "330400-甲县-government-2022"]
    for report_id in reversed(names):
        append_review(path, said(first(wrong()), report_id=report_id))
    append_review(path, said(first(wrong()), id="00000000", report_id=names[1]))
    name = first(wrong()).id
    with pytest.raises(GovinfoError, match=f"must name one review, found: {', '.join(names)}"):
        run("review", "withdraw", name, *WHO)
    assert 0 == run("review", "withdraw", name, *WHO, "--report", names[1]).exit_code
    left = last_words(load_reviews(path))
    assert {(names[0], "A3", name), (names[1], "A3", "00000000")} == set(left)


def test_what_is_not_found_is_not_reviewed(run: Run, tmp_path: Path) -> None:
    with pytest.raises(GovinfoError, match="no finding 00000000 in these files"):
        run("review", "dismiss", "00000000", "a.txt", *WHO)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("missing", ["--name", "--reason"])
def test_nobody_dismisses_without_name_and_reason(run: Run, missing: str) -> None:
    at = WHO.index(missing)
    result = run("review", "dismiss", "00000000", "a.txt", *WHO[:at], *WHO[at + 2 :])
    assert 2 == result.exit_code
    assert f"Missing option '{missing}'" in result.output


def test_withdrawing_ends_a_review_and_keeps_both_lines(run: Run, tmp_path: Path) -> None:
    name = checked(run)["id"]
    run("review", "dismiss", name, "a.txt", *WHO)
    assert 0 == run("review", "withdraw", name, *WHO).exit_code
    assert ["dismiss", "withdraw"] == [r.action for r in load_reviews(tmp_path / "data" / "reviews.jsonl")]
    assert 1 == run("check", "a.txt", "--reviews", "data/reviews.jsonl").exit_code
    with pytest.raises(GovinfoError, match="must name one review, found: none"):
        run("review", "withdraw", name, *WHO)


def test_the_list_shows_what_holds_and_with_all_what_does_not(run: Run) -> None:
    name = checked(run)["id"]
    run("review", "dismiss", name, "a.txt", *WHO)
    listed = json.loads(run("review", "list", "--format", "jsonl").stdout)
    assert (name, "dismiss", "原件如此") == (listed["id"], listed["action"], listed["reason"])
    assert name in run("review", "list").stdout
    run("review", "withdraw", name, *WHO)
    result = run("review", "list")
    assert ("", 0) == (result.stdout, result.exit_code)
    assert "no review holds today" in result.stderr
    everything = run("review", "list", "--all").stdout
    assert "撤回" in everything
    assert "失效 over" in everything


def test_the_folder_of_the_data_is_where_reviews_are(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVINFO_DATA", str(tmp_path / "elsewhere"))
    run("review", "dismiss", checked(run)["id"], "a.txt", *WHO)
    assert (tmp_path / "elsewhere" / "reviews.jsonl").exists()


def test_a_file_of_reviews_that_is_not_there_is_no_empty_one(run: Run) -> None:
    result = run("check", "a.txt", "--reviews", "nowhere.jsonl")
    assert 2 == result.exit_code
    assert "does not exist" in result.output


def test_reviewing_loads_neither_arrow_nor_a_database() -> None:
    code = (
        "import sys, govinfo_pipeline.cli.check, govinfo_pipeline.cli.review\n"
        "print([name for name in ('pyarrow', 'duckdb', 'dagster', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stdout


def test_the_page_on_reviews_names_every_field_of_the_file() -> None:
    page = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
    assert set() == {field for field in LINE if f"`{field}`" not in page}
