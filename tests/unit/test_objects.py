"""The JSON objects of `govinfo read` and `check`: what the contract promises to those who parse them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from govinfo_pipeline import parse
from govinfo_pipeline.cli.check import check
from govinfo_pipeline.cli.read import read
from govinfo_pipeline.document.model import Document
from govinfo_pipeline.line.settings import samples
from govinfo_pipeline.report import Report


def called(command: Any, *arguments: object) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments), "--format", "jsonl"])


def objects(command: Any, *arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in called(command, *arguments).stdout.splitlines()]


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("scan.pdf", b"%PDF-1.7 x", "application/pdf"),
        ("empty.txt", b"", "text/plain"),
        ("noise", bytes(range(256)) * 8, "application/octet-stream"),
        ("page.html", b"%PDF-1.7 x", "application/octet-stream"),
    ],
)
@pytest.mark.parametrize("command", [read, check])
def test_a_file_that_cannot_be_used_is_named_by_its_bytes(
    command: Any, tmp_path: Path, name: str, data: bytes, media_type: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (found,) = objects(command, tmp_path / name)
    sha256 = hashlib.sha256(data).hexdigest()
    assert {"path": str(tmp_path / name), "sha256": sha256, "media_type": media_type} == found["source"]
    assert f"unidentified-{sha256[:12]}" == found["report_id"]
    assert {"code", "message", "zh", "en"} == set(found["error"])
    assert f"{found['error']['zh']} / {found['error']['en']}" == found["error"]["message"]
    assert 2 == called(command, tmp_path / name).exit_code


def test_files_that_are_not_there_are_told_apart(tmp_path: Path) -> None:
    first, second = objects(read, tmp_path / "a.txt", tmp_path / "b.txt")
    assert {"path": str(tmp_path / "a.txt"), "sha256": None, "media_type": None} == first["source"]
    assert "vanished" == first["error"]["code"]
    assert first["report_id"] != second["report_id"]


@pytest.mark.parametrize("command", [read, check])
def test_a_folder_without_files_is_said_and_stops_no_other(command: Any, tmp_path: Path) -> None:
    empty, report = tmp_path / "empty", samples() / "ninghai-2022.txt"
    empty.mkdir()
    first, *others = objects(command, empty, report)
    assert (str(empty), "folder") == (first["source"]["path"], first["error"]["code"])
    assert {str(report)} == {found["source"]["path"] for found in others}
    assert 2 == called(command, empty, report).exit_code


@pytest.mark.parametrize("command", [read, check])
def test_a_fault_of_the_reader_is_said_and_stops_no_other(
    command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, report = tmp_path / "broken.txt", samples() / "ninghai-2022.txt"
    broken.write_bytes(report.read_bytes())
    real = parse.extract

    def extract(document: Document, path: str) -> Report:
        if path == str(broken):
            raise IndexError("out of range")
        return real(document, path)

    monkeypatch.setattr(parse, "extract", extract)
    first, *others = objects(command, broken, report)
    assert (str(broken), "reader_fault") == (first["source"]["path"], first["error"]["code"])
    assert "IndexError: out of range" in first["error"]["en"]
    assert {str(report)} == {found["source"]["path"] for found in others}
    assert 2 == called(command, broken, report).exit_code


def test_a_note_is_a_text_in_both_languages() -> None:
    notes = [note for found in objects(read, samples()) for note in found.get("notes", [])]
    assert notes
    for note in notes:
        assert {"code", "message", "zh", "en", "line"} == set(note)
        assert f"{note['zh']} / {note['en']}" == note["message"]


def test_a_finding_names_the_file_that_it_is_about(tmp_path: Path) -> None:
    text = (Path(samples()) / "tengchong-2023.txt").read_text(encoding="utf-8")
    paths = [tmp_path / "first.txt", tmp_path / "second.txt"]
    paths[0].write_text(text, encoding="utf-8")
    paths[1].write_text(f"{text}\n", encoding="utf-8")
    found = objects(check, *paths)
    assert {finding["report_id"] for finding in found} == {found[0]["report_id"]}
    assert {str(path) for path in paths} == {finding["source"]["path"] for finding in found}
    assert 2 == len({finding["source"]["sha256"] for finding in found})
