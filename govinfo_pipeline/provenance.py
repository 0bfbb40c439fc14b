"""Where a thing was printed: the file it came from and the place in it. Knows nothing of content."""

from __future__ import annotations

import hashlib
from typing import NamedTuple


class Source(NamedTuple):
    """One file as it was found. ``path`` is as given, ``sha256`` is of its bytes, hex; "" of one that is not there."""

    path: str
    sha256: str
    media_type: str

    @property
    def digest(self) -> str:
        """What tells this file from others: the hash of its bytes, else of its path."""
        return self.sha256 or hashlib.sha256(self.path.encode("utf-8", "surrogatepass")).hexdigest()


class Span(NamedTuple):
    """A place in a document: ``line`` counts from 1, ``column`` is the cell's place in its row, from 1.

    In plain text a line is a line of the file. In a web page it is a line of the page's text: a
    paragraph or a table row, in the order of the page.
    """

    line: int
    column: int = 1
