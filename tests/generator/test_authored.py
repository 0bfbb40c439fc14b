"""What the written reports render to is what is committed, and nothing else stands in those folders."""

from __future__ import annotations

from tests.generator.authored import GOLDEN, SAMPLES, rendered


def test_the_committed_samples_and_golden_folders_are_what_was_written() -> None:
    written = dict(rendered())
    committed = {
        path: path.read_text(encoding="utf-8")
        for folder in (SAMPLES, GOLDEN)
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert {p: text for p, text in written.items() if p.name != "README.md"} == committed, (
        "run: python -m tests.generator.authored"
    )


def test_the_list_of_the_samples_is_what_was_written() -> None:
    readme = SAMPLES.parent / "README.md"
    assert dict(rendered())[readme] == readme.read_text(encoding="utf-8")
