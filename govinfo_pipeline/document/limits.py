"""Run one function on one untrusted document in a child process that may not outgrow its limits.

Owns the limits (processor time, memory, wall time, no files written) and what their breach is called. What goes
there and what comes back is JSON and bytes: a process that a hostile document may have taken over is believed no code.
Where the system has no resource limits (Windows) only wall time is limited.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from govinfo_pipeline.errors import DocumentError

Argument = TypeVar("Argument")

_START = 10  # seconds of wall time that a busy machine may take to start Python
_WALL = 3  # wall time is this many times the processor time: the machine does other work too
_MEGABYTE = 1 << 20
_NO_MEMORY = b"fatal: out of memory"  # the last words of compiled code, which raises no MemoryError


def run_limited(
    function: Callable[[Argument], Any], argument: Argument, *, seconds: int, megabytes: int
) -> Any:
    """Return ``function(argument)``, computed in a child process.

    ``function`` stands at the top level of a module; ``argument`` is bytes or JSON, the result JSON (tuples are
    lists on the other side). ``seconds`` is processor time, ``megabytes`` address space.

    Raises DocumentError: ``timeout``, ``too_large`` (memory), ``crashed``, and what ``function`` raises.

    >>> run_limited(sorted, (3, 1, 2), seconds=5, megabytes=500)
    [1, 2, 3]
    """
    raw = isinstance(argument, bytes)
    head = json.dumps([function.__module__, function.__qualname__, seconds, megabytes, raw])
    task = (
        head.encode() + b"\n" + (argument if isinstance(argument, bytes) else json.dumps(argument).encode())
    )
    try:
        child = subprocess.run(
            [sys.executable, "-c", "from govinfo_pipeline.document.limits import serve; serve()"],
            input=task,
            capture_output=True,
            timeout=_START + _WALL * seconds,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _timeout(seconds) from None
    return _result(child, seconds, megabytes)


def _result(child: subprocess.CompletedProcess[bytes], seconds: int, megabytes: int) -> Any:
    match _answer(child):
        case ["result", result]:
            return result
        case ["refused", str(code), str(zh), str(en)]:
            raise DocumentError(code, zh, en)
        case ["memory"]:
            raise _too_large(megabytes)
        case ["crashed", str(what)]:
            raise _crashed(what)
    if sys.platform != "win32" and child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise _timeout(seconds)
    if child.returncode and _NO_MEMORY in child.stderr:
        raise _too_large(megabytes)
    last = child.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    raise _crashed(f"exit {child.returncode} {' '.join(last)}".strip())


def _answer(child: subprocess.CompletedProcess[bytes]) -> Any:
    """Return what the child said, None where it died or said nothing that can be read."""
    if child.returncode:
        return None
    try:
        return json.loads(child.stdout)
    except ValueError:
        return None


def serve() -> None:
    """Do the task on standard input and write the outcome to standard output: the child's side."""
    task = sys.stdin.buffer
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the function prints is not the answer
    module, name, seconds, megabytes, raw = json.loads(task.readline())
    function = getattr(importlib.import_module(module), name)
    argument = task.read() if raw else json.loads(task.read())
    _limit(seconds, megabytes)
    answer.write(json.dumps(_outcome(function, argument)).encode())
    answer.close()


def _outcome(function: Callable[[Any], Any], argument: Any) -> list[Any]:
    try:
        return ["result", function(argument)]
    except DocumentError as error:
        return ["refused", error.code, error.zh, error.en]
    except MemoryError:
        return ["memory"]
    except Exception as error:  # noqa: BLE001 - the parent turns whatever it is into a DocumentError
        return ["crashed", f"{type(error).__name__}: {error}"]


def _limit(seconds: int, megabytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    for kind, soft, hard in (
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, megabytes * _MEGABYTE, megabytes * _MEGABYTE),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


def _timeout(seconds: int) -> DocumentError:
    return DocumentError(
        "timeout",
        f"读取文件超过 {seconds} 秒处理器时间, 已放弃; 年度报告不会如此复杂, 请确认文件.",
        f"reading the file took more than {seconds} s of processor time and was given up; no report is so complex: "
        "check the file.",
    )


def _too_large(megabytes: int) -> DocumentError:
    return DocumentError(
        "too_large",
        f"读取文件需要的内存超过 {megabytes} MB, 已放弃; 请确认文件是一份年度报告.",
        f"reading the file takes more than {megabytes} MB of memory and was given up; make sure that it is one "
        "report.",
    )


def _crashed(what: str) -> DocumentError:
    return DocumentError(
        "crashed",
        f"读取文件的子进程异常退出 ({what}); 文件可能损坏, 请重新下载或另存为纯文本.",
        f"the process that read the file broke down ({what}); the file may be damaged: get it again or save it "
        "as plain text.",
    )
