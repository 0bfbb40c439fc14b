"""One line of plain text -> what it is by itself: its kind, and its cells.

Owns what pipes, tabs and blanks between numbers mean in a line, and the kinds of lines with the patterns that find
them side by side. What those mean is for `text` to say, and so are marks that stand for these (commas, ｜).
"""

from __future__ import annotations

import re
from functools import lru_cache

# A kind is a byte, so that patterns find lines side by side. PROSE: one cell; NUMBERS: a row of them; CELL: one cell
# and its pipe; LONE_PIPE; ROW, and OPENED, one that a pipe opens; BLANKS: a row of blank cells; END: pipes that end a
# row; TAB_ROW; TAB, one cell behind a tab, and BLANK_TAB, a blank one; EMPTY. No line by itself is REST: the rest of
# the tab cell above it.
PROSE, NUMBERS, CELL, LONE_PIPE, ROW, OPENED, BLANKS, END, TAB_ROW, TAB, BLANK_TAB, REST, EMPTY = (
    b"pncohHbeTtu+ "
)
# Lines that belong together; every other line that is not empty is a row by itself. END is one without cells: it ends
# the row above it.
RUNS = re.compile(rb"p[p ]*|[co][co ]*|[tu][tu+]*|[nhHbeT]")
BROKEN_TAB_CELL = re.compile(rb"t(?=p)")
SINGLE_TAB_CELL = re.compile(rb"[^tu+]([tu]\+*)(?![tu+])")
LATE_PIPE = re.compile(rb"[pntT][ u]*o")

LONGEST_ROW = 160  # characters of a line that may be a row

_NUMBER = r"[+\-−－]?[0-9０-９][0-9０-９.,．，]*(?:[万萬亿億]?元|件次?|[项項])?"
_CELL = rf"(?:{_NUMBER}|[/／—–―─-]{{1,2}}|[无無])"
_NUMBERS = re.compile(rf"(?:{_CELL}\s+){{2,}}{_CELL}")
_LABEL_NUMBERS = re.compile(rf"(\S.*?[^\s0-9０-９.,+\-−/／—])\s+((?:{_CELL}\s+)*{_CELL})")
_PAGE = re.compile(r"[-—–―─]{1,2}\s+\d{1,3}\s+[-—–―─]{1,2}")
_AROUND = " \t\r\n\xa0\u3000"
_BLANKS_AROUND = " \r\n\xa0\u3000"
_MOST_ENDING_PIPES = 5
_MOST_KNOWN = 20_000


class _Known(dict[str, tuple[int, tuple[str, ...]]]):
    """Line -> its kind and cells; remembered, for a batch prints the same rows of zeros over and over.

    Each pipe ends a cell, so one that opens a row stands behind a blank cell.

    >>> kind, cells = KNOWN["| 规章 | 3 |"]
    >>> kind == OPENED, cells, KNOWN["||"] == (END, ())
    (True, ('', '规章', '3'), True)
    """

    def __missing__(self, line: str) -> tuple[int, tuple[str, ...]]:
        found = _piped(line) if "|" in line else _other(line)
        if len(line) <= LONGEST_ROW:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[line] = found
        return found


KNOWN = _Known()


def _piped(line: str) -> tuple[int, tuple[str, ...]]:
    cells = tuple(map(str.strip, line.strip(_AROUND).split("|")))
    first, last, size = cells[0], cells[-1], len(cells)
    if size == 2 and not last:
        return CELL if first else LONE_PIPE, cells[:1]
    blank = not any(cells)
    if blank and size <= _MOST_ENDING_PIPES + 1:
        return END, ()
    return BLANKS if blank else ROW if first else OPENED, cells if last else cells[:-1]


def _other(line: str) -> tuple[int, tuple[str, ...]]:
    cell = line.strip()
    if "\t" in line:
        if "\t" not in cell:
            return TAB if cell else BLANK_TAB, (cell,)
        return TAB_ROW, tuple([part.strip() for part in line.strip(_BLANKS_AROUND).split("\t")])
    if not cell:
        return EMPTY, ()
    if (" " in cell or "\u3000" in cell or "\xa0" in cell) and (cells := numbers_of(cell)):
        return NUMBERS, cells
    return PROSE, (cell,)


def numbers_of(line: str) -> tuple[str, ...] | None:
    """Split a line of numbers, or of a label and then numbers; None where it is anything else.

    >>> numbers_of("2.重复申请 27  0 -"), numbers_of("— 12 —")
    (('2.重复申请', '27', '0', '-'), None)
    """
    return _split(line) if len(line) <= LONGEST_ROW else None


@lru_cache(maxsize=_MOST_KNOWN)
def _split(line: str) -> tuple[str, ...] | None:
    if _NUMBERS.fullmatch(line) and not _PAGE.fullmatch(line):
        return tuple(line.split())
    if match := _LABEL_NUMBERS.fullmatch(line):
        return (match[1], *match[2].split())
    return None
