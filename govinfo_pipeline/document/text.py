"""Plain text -> Document, in every way that pages were seen to flatten into text.

Owns what a line's delimiters mean: pipes, tabs, blanks between numbers. It does not know labels: whether a
line of its own is a paragraph or a cell is for `extract` to say, so such lines are PROSE.

    one | row | a line |        HARD row, blank cells kept
    one cell |                  LOOSE cell; a lone | is a blank cell, || ends the row
    <tab>one cell               lines up to the next empty line are one HARD row, a lone tab is a blank cell
    label<tab>1<tab>2           HARD row
    label,1,0,0,2               HARD row, in a file of such lines
    2.label 27  0  0            HARD row: label, then numbers; also numbers alone
    anything else               PROSE
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, count, repeat
from operator import contains

from govinfo_pipeline.document.model import Document, RowKind
from govinfo_pipeline.provenance import Source

_PROSE, _LOOSE, _HARD = int(RowKind.PROSE), int(RowKind.LOOSE), int(RowKind.HARD)

_NUMBER = r"[+\-−－]?[0-9０-９][0-9０-９.,．，]*(?:[万萬亿億]?元|件次?|[项項])?"
_CELL = rf"(?:{_NUMBER}|[/／—–―─-]{{1,2}}|[无無])"
_NUMBERS = re.compile(rf"(?:{_CELL}\s+){{2,}}{_CELL}")
_LABEL_NUMBERS = re.compile(rf"(\S.*?[^\s0-9０-９.,+\-−/／—])\s+((?:{_CELL}\s+)*{_CELL})")
_PAGE = re.compile(r"[-—–―─]{1,2}\s+\d{1,3}\s+[-—–―─]{1,2}")
_MOST_COLUMNS = 64
_COLUMNS = tuple(range(1, _MOST_COLUMNS + 1))
_AROUND = " \t\r\n\xa0\u3000"
_BLANKS_AROUND = " \r\n\xa0\u3000"
_NO_RUN = -1
_BLANKS = (" ", "\u3000", "\xa0")
_MOST_PIPES = 6
_LONGEST_ROW_LINE = 160
# A tab cell printed over two lines (商业, 企业): the second has no tab and is short, and neither is a number.
_LONGEST_CONTINUATION = 12
_OTHER_MARKS = (("｜", "|"), ("│", "|"), ("\u2028", "\n"))
# Seven or fifteen counts in a row hold zeros side by side, which no sentence does.
_COMMAS, _QUOTED = ",0,0,", '","'
_SENTENCE_MARK = re.compile(r"[。;；:：|\t]")
_SECTION = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*、")


def read_text(text: str, source: Source) -> Document:
    """Return the Document of a plain text. Lines count from 1 as an editor shows them.

    >>> document = read_text("規章 | 0 | | 3 |", Source("a.txt", "", "text/plain"))
    >>> document.texts, document.rows
    (['規章', '0', '', '3'], [(2, 0, 0, 4)])
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for other, usual in _OTHER_MARKS:
        if other in text:
            text = text.replace(other, usual)
    lines = text.split("\n")
    # `rfind` takes a fifth of the time that `in` takes where such words are not there.
    commas = text.rfind(_COMMAS) >= 0 or ('"' in text and _QUOTED in text)
    if commas:
        lines = list(map(_piped, lines))
    if not (commas or "|" in text or "\t" in text):
        return _plain(lines, [blank for blank in _BLANKS if blank in text], source)
    return _Reader(source).read(lines)


def _piped(line: str) -> str:
    """Return a line of comma-separated cells with pipes; any other line, and a sentence, as it is."""
    if "," not in line or len(line) > _LONGEST_ROW_LINE or _SENTENCE_MARK.search(line):
        return line
    return " | ".join(next(csv.reader([line]))) + " |"


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
        if cells := rows_at.get(i):
            reader.row([numbers[i]] * len(cells), cells)
        else:
            reader.cell(_PROSE, numbers[i], line)
    return reader.end()


def _split_numbers(line: str) -> list[str] | None:
    """Split a line of numbers, or of a label and then numbers; None where it is anything else."""
    if len(line) > _LONGEST_ROW_LINE:
        return None
    if _NUMBERS.fullmatch(line) and not _PAGE.fullmatch(line):
        return line.split()
    if match := _LABEL_NUMBERS.fullmatch(line):
        return [match[1], *match[2].split()]
    return None


def _split_pipes(line: str) -> tuple[str, ...]:
    return tuple(map(str.strip, line.strip(_AROUND).split("|")))


# Remembered, for a batch prints the same rows of zeros over and over.
_split_row = lru_cache(maxsize=20_000)(_split_pipes)


class _Reader:
    """Collects rows; holds the run of single cells, and the tab cells of the row, that are not yet ended."""

    def __init__(self, source: Source) -> None:
        self.document = Document(source)
        self._run = _NO_RUN
        self._run_start = 0
        self._cells: list[str] = []
        self._lines: list[int] = []

    def read(self, lines: list[str]) -> Document:
        # Where every row opens with a pipe it opens the row; where some do it closes an empty cell.
        piped = [line.lstrip() for line in lines if "|" in line]
        opening = bool(piped) and all(line[0] == "|" for line in piped)
        tabs, at = self._cells, self._lines
        for number, line in enumerate(lines, 1):
            if not line:
                if tabs:
                    self._end_tab_row()
            elif "|" in line:
                if tabs:
                    self._end_tab_row()
                cells = _split_row(line) if len(line) <= _LONGEST_ROW_LINE else _split_pipes(line)
                if len(cells) == 2 and not cells[1]:
                    self.cell(_LOOSE, number, cells[0])
                else:
                    self._pipes(number, cells, opening)
            elif "\t" in line:
                cell = line.strip()
                if "\t" in cell:
                    self._tabbed_row(number, line)
                else:
                    tabs.append(cell)
                    at.append(number)
            else:
                self._other(number, line.strip())
        return self.end()

    def cell(self, kind: int, line: int, text: str) -> None:
        """Append a cell whose row has no end of its own; cells of one kind are one run."""
        if kind != self._run:
            self._end_run(kind)
        document = self.document
        document.texts.append(text)
        document.lines.append(line)
        document.columns.append(1)

    def row(self, lines: list[int], cells: Sequence[str]) -> None:
        """Append a whole row."""
        if self._run != _NO_RUN:
            self._end_run(_NO_RUN)
        document, size = self.document, len(cells)
        start = len(document.texts)
        document.texts += cells
        document.lines += lines
        document.columns += _COLUMNS[:size] if size <= _MOST_COLUMNS else range(1, size + 1)
        document.rows.append((_HARD, 0, start, start + size))

    def end(self) -> Document:
        """Return the document, all runs ended."""
        self._end_tab_row()
        self._end_run(_NO_RUN)
        return self.document

    def _end_run(self, following: int) -> None:
        stop = len(self.document.texts)
        if self._run != _NO_RUN:
            self.document.rows.append((self._run, 0, self._run_start, stop))
        self._run, self._run_start = following, stop

    def _pipes(self, number: int, cells: tuple[str, ...], opening: bool) -> None:
        if len(cells) <= _MOST_PIPES and not any(cells):
            self.row([], ())  # a few pipes and nothing else end the row
            return
        if opening or not cells[-1]:
            cells = cells[opening : len(cells) - (not cells[-1])]
        self.row([number] * len(cells), cells)

    def _tabbed_row(self, number: int, line: str) -> None:
        self._end_tab_row()
        cells = [part.strip() for part in line.strip(_BLANKS_AROUND).split("\t")]
        self.row([number] * len(cells), cells)

    def _other(self, number: int, line: str) -> None:
        if self._cells:
            if line and self._continues(line):
                self._cells[-1] += line
                return
            self._end_tab_row()
        if not line:
            return
        cells = _split_numbers(line) if " " in line or "\u3000" in line or "\xa0" in line else None
        if cells:
            self.row([number] * len(cells), cells)
        else:
            self.cell(_PROSE, number, line)

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
            self.row(lines, cells)
        elif cells and cells[0]:
            self.cell(_PROSE, lines[0], cells[0])
        cells.clear()
        lines.clear()
