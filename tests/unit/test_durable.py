"""A file is replaced whole and for good, or not at all."""

from pathlib import Path

import pytest

from govinfo_pipeline.durable import replacing
from tests import disk


def test_a_file_is_synced_before_it_has_its_name_and_its_folder_after(tmp_path: Path) -> None:
    with disk.written() as written, replacing(tmp_path / "a") as file:
        file.write_text("new")
    assert written == [disk.Written(tmp_path / "a", whole=True), disk.Written(tmp_path, whole=True)]
    assert (tmp_path / "a").read_text() == "new"


def test_where_writing_fails_nothing_changed_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with pytest.raises(ZeroDivisionError):
        write_half(tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "old"


def write_half(path: Path) -> None:
    with replacing(path) as file:
        file.write_text("half")
        raise ZeroDivisionError
