"""Say whether what `pyproject.toml` says is compiled can be (`--can`), or is, in the package of this folder.

    python scripts/compiled.py --can    a C compiler and Python's headers are there
    python scripts/compiled.py          every module loads, as machine code

`make wheel` asks the one before it compiles, and the other of the wheel.
"""

from __future__ import annotations

import importlib
import shlex
import shutil
import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def modules() -> list[str]:
    """Return the names of the modules that are compiled."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hook = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["mypyc"]
    found = {path for pattern in hook["include"] for path in ROOT.glob(pattern.lstrip("/"))}
    left = {path for pattern in hook["exclude"] for path in found if path.match(pattern.lstrip("/"))}
    return sorted(".".join(path.relative_to(ROOT).with_suffix("").parts) for path in found - left)


def can() -> str:
    """Return what is missing to compile, "" where nothing is."""
    compiler = shlex.split(sysconfig.get_config_var("CC") or "cc")[0]
    if shutil.which(compiler) is None:
        return f"C 编译器 {compiler} / the C compiler {compiler}"
    headers = Path(sysconfig.get_path("include"))
    return "" if (headers / "Python.h").is_file() else f"Python 头文件 / Python's headers in {headers}"


def interpreted() -> list[str]:
    """Return the modules that should be machine code and are not."""
    sys.path.insert(0, str(ROOT))
    return [name for name in modules() if (importlib.import_module(name).__file__ or ".py").endswith(".py")]


if __name__ == "__main__":
    if sys.argv[1:] == ["--can"]:
        if missing := can():
            sys.exit(
                f"编译读取部分缺少 {missing}: 请先安装 (Debian: gcc python3-dev).\n"
                f"To compile what reads, {missing} is needed: install it first. All else works without."
            )
    elif not modules() or (left := interpreted()):
        sys.exit(
            f"没有编译 / not compiled: {', '.join(left) if modules() else 'pyproject.toml names no module'}"
        )
