"""Plain text -> Document, in every way that pages were seen to flatten into text.

Owns what a line's delimiters mean: pipes, tabs, blanks between numbers. It does not know labels: whether a
line of its own is a paragraph or a cell is for `extract` to say, so such lines are PROSE.

    one | row | a line |        HARD row, blank cells kept
    one cell |                  LOOSE cell; a lone | is a blank cell, || ends the row
    <tab>one cell               lines up to the next empty line are one HARD row, a lone tab is a blank cell
    label<tab>1<tab>2           HARD row
    2.label 27  0  0            HARD row: label, then numbers; also numbers alone
    anything else               PROSE
"""

from __future__ import annotations

import re
from itertools import compress, count, repeat
from operator import contains

from govinfo_pipeline.document.model import Document, RowKind
from govinfo_pipeline.provenance import Source

_PROSE, _LOOSE, _HARD = int(RowKind.PROSE), int(RowKind.LOOSE), int(RowKind.HARD)

_NUMBER = r"[+\-−－]?[0-9０-９][0-9０-９.,．，]*(?:[万萬亿億]?元|件次?|[项項])?"
_CELL = rf"(?:{_NUMBER}|[/／—–―─-]{{1,2}}|[无無])"
_NUMBERS = re.compile(rf"(?:{_CELL}\s+){{2,}}{_CELL}")
_LABEL_NUMBERS = re.compile(rf"(\S.*?[^\s0-9０-９.,+\-−/／—])\s+((?:{_CELL}\s+)*{_CELL})")
_MOST_COLUMNS = 64
_COLUMNS = tuple(range(1, _MOST_COLUMNS + 1))
_AROUND = " \t\r\n\xa0\u3000"
_BLANKS = (" ", "\u3000", "\xa0")
_MOST_PIPES = 6
_LONGEST_ROW_LINE = 160
# A tab cell printed over two lines (商业, 企业): the second has no tab and is short, and neither is a number.
_LONGEST_CONTINUATION = 12
_SECTION = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*、")


def read_text(text: str, source: Source) -> Document:
    """Return the Document of a plain text. Lines count from 1 as an editor shows them.

    >>> document = read_text("規章 | 0 | | 3 |", Source("a.txt", "", "text/plain"))
    >>> document.texts, document.rows
    (['規章', '0', '', '3'], [(2, 0, 0, 4)])
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not ("|" in text or "｜" in text or "\t" in text):
        return _plain(lines, [blank for blank in _BLANKS if blank in text], source)
    return _Reader(source).read(lines)


def _plain(lines: list[str], blanks: list[str], source: Source) -> Document:
    """Read lines without pipes and tabs: the cells are the lines, but for lines of several numbers.

    ``blanks`` are the kinds of blank that occur at all.
    """
    stripped = list(map(str.strip, lines))
    texts = list(filter(None, stripped))
    numbers = list(compress(range(1, len(lines) + 1), stripped))
    several = {i for blank in blanks for i in compress(count(), map(contains, texts, repeat(blank)))}
    rows_at = {i: cells for i in several if (cells := _split_numbers(texts[i]))}
    document = Document(source)
    if not rows_at:
        document.texts, document.lines = texts, numbers
        document.columns = [1] * len(texts)
        document.rows = [(_PROSE, 0, 0, len(texts))]
        return document
    reader = _Reader(source)
    for i, line in enumerate(texts):
        if i in rows_at:
            reader.add(_HARD, numbers[i], rows_at[i])
        else:
            reader.add(_PROSE, numbers[i], [line])
    return reader.document


def _split_numbers(line: str) -> list[str] | None:
    """Split a line of numbers, or of a label and then numbers; None where it is anything else."""
    if len(line) > _LONGEST_ROW_LINE:
        return None
    if _NUMBERS.fullmatch(line):
        return line.split()
    if match := _LABEL_NUMBERS.fullmatch(line):
        return [match[1], *match[2].split()]
    return None


class _Reader:
    """Collects rows; holds the tab cells of the row that is not yet ended."""

    def __init__(self, source: Source) -> None:
        self.document = Document(source)
        self._cells: list[str] = []
        self._lines: list[int] = []
        self._opening = False

    def read(self, lines: list[str]) -> Document:
        # Where every row opens with a pipe it opens the row; where some do it closes an empty cell.
        piped = [line.lstrip() for line in lines if "|" in line]
        self._opening = bool(piped) and all(line[0] == "|" for line in piped)
        cells, at = self._cells, self._lines
        for number, line in enumerate(lines, 1):
            if not line:
                if cells:
                    self._end_tab_row()
            elif "\t" in line and "|" not in line:
                cell = line.strip()
                if "\t" in cell:
                    self._end_tab_row()
                    self.add(_HARD, number, _tabbed(line))
                else:
                    cells.append(cell)
                    at.append(number)
            elif "|" in line or "｜" in line:
                self._end_tab_row()
                self._pipes(number, line.replace("｜", "|").strip(_AROUND))
            else:
                self._other(number, line.strip())
        self._end_tab_row()
        return self.document

    def add(self, kind: int, line: int | list[int], cells: list[str]) -> None:
        """Append one row; a PROSE row joins the run of PROSE rows before it."""
        document = self.document
        start = len(document.texts)
        document.texts += cells
        document.lines += line if isinstance(line, list) else [line] * len(cells)
        document.columns += (
            _COLUMNS[: len(cells)] if len(cells) <= _MOST_COLUMNS else range(1, len(cells) + 1)
        )
        stop = start + len(cells)
        if kind == _PROSE and document.rows and document.rows[-1][0] == _PROSE:
            document.rows[-1] = (_PROSE, 0, document.rows[-1][2], stop)
        else:
            document.rows.append((kind, 0, start, stop))

    def _pipes(self, number: int, line: str) -> None:
        cells = list(map(str.strip, line.split("|")))
        closed = not cells[-1]
        if not any(cells) and len(cells) <= _MOST_PIPES:
            # A lone pipe is a blank cell, a few end the row; many are a row of blank cells.
            self.add(_LOOSE, number, [""]) if len(cells) == 2 else self.add(_HARD, number, [])
        elif closed and len(cells) == 2:
            self.add(_LOOSE, number, cells[:1])
        else:
            self.add(_HARD, number, cells[self._opening : len(cells) - closed])

    def _other(self, number: int, line: str) -> None:
        if not self._cells:
            if line:
                cells = _split_numbers(line) if any(blank in line for blank in _BLANKS) else None
                self.add(_HARD if cells else _PROSE, number, cells or [line])
        elif line and self._continues(line):
            self._cells[-1] += line
        else:
            self._end_tab_row()
            if line:
                self.add(_PROSE, number, [line])

    def _continues(self, line: str) -> bool:
        last = self._cells[-1]
        return bool(
            last
            and len(line) <= _LONGEST_CONTINUATION
            and not last[-1].isdigit()
            and not line[0].isdigit()
            and not _SECTION.match(line)
        )

    def _end_tab_row(self) -> None:
        cells, lines = self._cells, self._lines
        if len(cells) > 1:
            self.add(_HARD, lines, cells)
        elif cells and cells[0]:
            self.add(_PROSE, lines, cells)
        cells.clear()
        lines.clear()


def _tabbed(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip(_AROUND.replace("\t", "")).split("\t")]
