"""Sources: folders, lists of paths and addresses, and what is neither."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from govinfo_pipeline.archive import Problem, scan
from govinfo_pipeline.errors import SourceError
from tests.seeds import SEEDS, with_seeds


# scan -------------------------------------------------------------------------------------------------
def test_a_folder_is_listed_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden", ".git/x", "c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    listed = [str(Path(str(p)).relative_to(tmp_path)) for p in scan(tmp_path)]
    assert listed == ["a/1.txt", "a/2.txt", "b.txt", "c.html"]


def test_a_loop_of_links_ends_and_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "r.txt").write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    found = list(scan(tmp_path))
    assert [p for p in found if isinstance(p, Path)] == [tmp_path / "a" / "r.txt"]
    said = {p.where for p in found if isinstance(p, Problem)}
    assert said == {str(tmp_path / name) for name in ("a/up", "self", "gone.txt")}


def test_what_is_no_file_is_said_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert [(p.where, p.en) for p in scan(tmp_path)] == [(str(tmp_path / "pipe"), "is not a regular file")]


def test_a_list_names_paths_and_addresses(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "报告 一.txt").write_text("x")
    absolute = (tmp_path / "in" / "报告 一.txt").as_uri()
    lines = [
        "# reports",
        "",
        "in/报告 一.txt",
        absolute,
        "https://example.com/2022",
        "in/none.txt",
        "ftp://x/y",
        "a\0b",
    ]
    (tmp_path / "reports.lst").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    found = list(scan(tmp_path / "reports.lst"))
    path = tmp_path / "in" / "报告 一.txt"
    assert found[:3] == [path, path, "https://example.com/2022"]
    assert [p.where for p in found[3:]] == [
        str(tmp_path / "in/none.txt"),
        "ftp://x/y",
        str(tmp_path / "a\0b"),
    ]
    assert all(isinstance(p, Problem) for p in found[3:])


def test_a_text_of_paths_is_a_list_and_a_report_is_not(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("某县2022年政府信息公开工作年度报告\n一、总体情况\n", encoding="utf-8")
    (tmp_path / "list.txt").write_text("r.txt\nmissing.txt\n")
    (tmp_path / "saved.txt").write_text("https://example.com/a.html\n某县2022年报告\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    assert list(scan(tmp_path / "r.txt")) == [tmp_path / "r.txt"]
    assert list(scan(tmp_path / "saved.txt")) == [tmp_path / "saved.txt"]
    assert list(scan(tmp_path / "empty.txt")) == [tmp_path / "empty.txt"]
    assert next(scan(tmp_path / "list.txt")) == tmp_path / "r.txt"
    assert [p.where for p in scan(tmp_path / "list.txt") if isinstance(p, Problem)] == [
        str(tmp_path / "missing.txt")
    ]


@with_seeds
def test_the_real_reports_are_no_lists() -> None:
    seeds = sorted(SEEDS.glob("*.txt"))
    assert [next(scan(seed)) for seed in seeds] == seeds


def test_no_source_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        list(scan(tmp_path / "none"))
