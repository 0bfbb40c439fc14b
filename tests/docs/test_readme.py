"""What the documents promise: commands that print what they show, links that lead somewhere, every rule named."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from govinfo_pipeline.formats import load_forms

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
CONSOLE = re.compile(r"```console\n\$ (govinfo [^\n]*)\n(.*?)```", re.S)
LINK = re.compile(r"\]\((?!https?://)([^)#\s]+)")


def shown(page: str) -> list[tuple[str, str]]:
    return CONSOLE.findall((ROOT / page).read_text(encoding="utf-8"))


def run(command: str) -> str:
    arguments = [sys.executable, "-m", "govinfo_pipeline.cli", *shlex.split(command)[1:]]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert result.returncode in (0, 1), result.stderr.decode()
    return result.stdout.decode()


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_first_command_prints_what_the_readme_shows(page: str) -> None:
    command, output = shown(page)[0]
    assert output == run(command)


def test_every_other_command_of_the_readme_runs() -> None:
    for command, output in [*shown("README.md")[1:], *shown("README.zh.md")[1:]]:
        assert run(command)
        assert not output.strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    missing = [
        link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()
    ]
    assert [] == missing


def test_every_rule_is_documented() -> None:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert [] == sorted(
        {r.id for form in load_forms() for r in form.rules if not re.search(rf"\b{r.id}\b", text)}
    )


def test_every_target_of_the_readme_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in ("README.md", "README.zh.md"):
        for target in re.findall(r"^make (\w+)", (ROOT / page).read_text(encoding="utf-8"), re.M):
            assert re.search(rf"^{target}:", makefile, re.M), target


def test_read_and_check_load_neither_dagster_nor_great_expectations() -> None:
    code = (
        "import sys; from govinfo_pipeline.cli.main import cli\n"
        "for command in ('check', 'read'):\n"
        "    cli([command, 'govinfo_pipeline/samples/reports/dali-2020.txt'], standalone_mode=False)\n"
    )
    code = code.replace("    cli(", "    try:\n        cli(") + "    except SystemExit:\n        pass\n"
    code += "heavy = {'dagster', 'great_expectations', 'pandas', 'pandera', 'duckdb'} & set(sys.modules)\n"
    code += "sys.stderr.write(repr(sorted(heavy)))\n"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert "[]" == result.stderr.decode()
