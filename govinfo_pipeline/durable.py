"""Files that are there whole or not at all, and stay there after a power cut. Knows nothing of what they hold."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path, folder: Path | None = None) -> Iterator[Path]:
    """Give the place to write a file to: behind the block it stands at ``path``; where that raises, nothing changed.

    What a crash leaves is in ``folder`` (default: that of ``path``; it must be on the same disk), its name begins
    with a dot.
    """
    temporary = (folder or path.parent) / f".{path.name}.{uuid.uuid4().hex}"
    try:
        yield temporary
        put(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def put(written: Path, path: Path) -> None:
    """Let a file that is written stand at ``path``: durable before the rename, the rename durable before the return."""
    sync(written)
    written.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file, or what a folder names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
