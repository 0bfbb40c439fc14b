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
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
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
_COLUMNS = [tuple(range(1, size + 1)) for size in range(_MOST_COLUMNS + 1)]
_AROUND = " \t\r\n\xa0\u3000"
_BLANKS_AROUND = " \r\n\xa0\u3000"
_NO_RUN = -1
# What a line may be beside a cell or a row: a row of numbers, a cell of the row up to the next empty line, nothing.
_NUMBER_LINE, _TAB, _EMPTY = 3, 4, 5
_BLANKS = (" ", "\u3000", "\xa0")
_MOST_PIPES = 6
_OPENING = 0.9  # share of the lines with pipes
_LONGEST_ROW_LINE, _LONGEST_BLOCK = 160, 240
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
    # `rfind` takes a fifth of the time that `in` takes where such words are not there.
    commas = text.rfind(_COMMAS) >= 0 or ('"' in text and _QUOTED in text)
    if commas:
        text = "\n".join(map(_piped, text.split("\n")))
    elif "|" not in text and "\t" not in text:
        return _plain(text.split("\n"), [blank for blank in _BLANKS if blank in text], source)
    return _Reader(source).read(text)


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
    reader, done = _Reader(source), 0
    for i in sorted(several):
        if cells := _numbers_of(texts[i]):
            reader.lines(numbers[done:i], texts[done:i])
            reader.row(repeat(numbers[i], len(cells)), cells)
            done = i + 1
    reader.lines(numbers[done:], texts[done:])
    return reader.end()


def _split_numbers(line: str) -> tuple[str, ...] | None:
    """Split a line of numbers, or of a label and then numbers; None where it is anything else."""
    if _NUMBERS.fullmatch(line) and not _PAGE.fullmatch(line):
        return tuple(line.split())
    if match := _LABEL_NUMBERS.fullmatch(line):
        return (match[1], *match[2].split())
    return None


_split_numbers_known = lru_cache(maxsize=20_000)(_split_numbers)


def _numbers_of(line: str) -> tuple[str, ...] | None:
    return _split_numbers_known(line) if len(line) <= _LONGEST_ROW_LINE else None


def _closing_pipes(text: str) -> str:
    r"""Put pipes that stand on lines of their own behind the cell above; one behind a pipe is a blank cell.

    >>> _closing_pipes("规章\n|\n0\n|\n|")
    '规章 |\n\n0 |\n\n|'
    """
    lines = text.split("\n")
    last = -1  # the line above that is not empty
    for i, line in enumerate(lines):
        if line.strip() == "|" and last >= 0 and "|" not in lines[last]:
            lines[last], lines[i] = f"{lines[last]} |", ""
        elif line.strip():
            last = i
    return "\n".join(lines)


def _parse(line: str, opening: bool) -> tuple[int, tuple[str, ...], int]:
    """Return what a line is by itself, its cells and their number; ``opening``: a pipe opens, never ends, a row."""
    kind, cells = _parse_pipes(line, opening) if "|" in line else _parse_other(line)
    return kind, cells, len(cells)


def _parse_pipes(line: str, opening: bool) -> tuple[int, tuple[str, ...]]:
    opening = opening and line.lstrip().startswith("|")
    cells = tuple(map(str.strip, line.strip(_AROUND).split("|")))
    if len(cells) == 2 and not cells[1]:
        return _LOOSE, cells[:1]
    if len(cells) <= _MOST_PIPES and not any(cells):
        return _HARD, ()  # a few pipes and nothing else end the row
    return _HARD, cells[opening : len(cells) - (not cells[-1])] if opening or not cells[-1] else cells


def _parse_other(line: str) -> tuple[int, tuple[str, ...]]:
    cell = line.strip()
    if "\t" in cell:
        return _HARD, tuple([part.strip() for part in line.strip(_BLANKS_AROUND).split("\t")])
    if "\t" in line:
        return _TAB, (cell,)
    if not cell:
        return _EMPTY, ()
    if (" " in cell or "\u3000" in cell or "\xa0" in cell) and (cells := _numbers_of(cell)):
        return _NUMBER_LINE, cells
    return _PROSE, (cell,)


def _parse_tab_row(block: str) -> tuple[list[str], list[int]] | None:
    """Return the cells of lines that are one row of tab cells and nothing else; None of others.

    With the offsets of the cells' lines where a cell has more than one.
    """
    cells: list[str] = []
    offsets = []
    for offset, line in enumerate(block.split("\n")):
        cell = line.strip()
        if "|" in line or "\t" in cell:
            return None
        if "\t" in line:
            cells.append(cell)
            offsets.append(offset)
        elif cells and cell and _continues(cells[-1], cell):
            cells[-1] += cell
        else:
            return None
    if len(cells) < 2:
        return None
    return cells, offsets if len(cells) <= offset else []


def _continues(last: str, line: str) -> bool:
    """Say whether a line without a tab is the rest of the tab cell ``last`` above it."""
    return bool(
        last
        and len(line) <= _LONGEST_CONTINUATION
        and not last[-1].isdigit()
        and not line[0].isdigit()
        and not _SECTION.match(line)
    )


# Remembered, for a batch prints the same rows of zeros over and over.
_parse_closing = lru_cache(maxsize=20_000)(partial(_parse, opening=False))
_parse_opening = lru_cache(maxsize=20_000)(partial(_parse, opening=True))
_parse_tab_block = lru_cache(maxsize=20_000)(_parse_tab_row)


class _Reader:
    """Collects rows; holds the run of single cells, and the tab cells of the row, that are not yet ended."""

    def __init__(self, source: Source) -> None:
        self.document = Document(source)
        self._run = _NO_RUN
        self._run_start = 0
        self._cells: list[str] = []
        self._lines: list[int] = []

    def read(self, text: str) -> Document:
        """Read lines with pipes or tabs; where there are tab cells, by blocks, for many blocks are one row."""
        opening = "\n|" in text or text.startswith("|") or "\n |" in text
        if opening:
            piped = [line.strip() for line in text.split("\n") if "|" in line]
            # Where nearly all rows open with a pipe it opens the row; where some do it closes an empty cell.
            opening = sum(line[0] == "|" for line in piped) >= _OPENING * len(piped)
            if not any(line.strip("|") for line in piped):
                text, opening = _closing_pipes(text), False
        if "\n\t" not in text:
            self._read_lines(1, text.split("\n"), opening)
            return self.end()
        others: list[str] = []
        number = 1
        for block in text.split("\n\n"):
            row = _parse_tab_block(block) if len(block) <= _LONGEST_BLOCK else None
            if row:
                if others:
                    self._read_lines(number - len(others), others, opening)
                    others.clear()
                cells, offsets = row
                size = len(cells)
                if offsets:
                    self.row([number + offset for offset in offsets], cells)
                    number += block.count("\n") + 2
                else:
                    self.row(range(number, number + size), cells)
                    number += size + 1
            else:
                lines = block.split("\n")
                others += lines
                others.append("")
                number += len(lines) + 1
        self._read_lines(number - len(others), others, opening)
        return self.end()

    def _read_lines(self, first: int, lines: list[str], opening: bool) -> None:
        known = _parse_opening if opening else _parse_closing
        document, tabs = self.document, self._cells
        texts, numbers, columns, rows = document.texts, document.lines, document.columns, document.rows
        for number, line in enumerate(lines, first):
            kind, cells, size = known(line) if len(line) <= _LONGEST_ROW_LINE else _parse(line, opening)
            if tabs and kind != _TAB:
                if kind in (_PROSE, _NUMBER_LINE) and _continues(tabs[-1], line.strip()):
                    tabs[-1] += line.strip()
                    continue
                self._end_tab_row()
            if kind == _HARD and size <= _MOST_COLUMNS:  # as `row` does, for most lines are rows
                if self._run != _NO_RUN:
                    self._end_run(_NO_RUN)
                start = len(texts)
                texts += cells
                numbers += [number] * size
                columns += _COLUMNS[size]
                rows.append((_HARD, 0, start, start + size))
            elif kind <= _LOOSE:
                if kind != self._run:
                    self._end_run(kind)
                texts += cells
                numbers.append(number)
                columns.append(1)
            elif kind == _TAB:
                tabs += cells
                self._lines.append(number)
            elif kind != _EMPTY:
                self.row(repeat(number, size), cells)

    def lines(self, numbers: list[int], texts: list[str]) -> None:
        """Append lines that are one cell each."""
        if texts:
            if self._run != _PROSE:
                self._end_run(_PROSE)
            document = self.document
            document.texts += texts
            document.lines += numbers
            document.columns += repeat(1, len(texts))

    def row(self, lines: Iterable[int], cells: Sequence[str]) -> None:
        """Append a whole row."""
        if self._run != _NO_RUN:
            self._end_run(_NO_RUN)
        document, size = self.document, len(cells)
        texts = document.texts
        start = len(texts)
        texts += cells
        document.lines += lines
        document.columns += _COLUMNS[size] if size <= _MOST_COLUMNS else range(1, size + 1)
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

    def _end_tab_row(self) -> None:
        cells, lines = self._cells, self._lines
        if len(cells) > 1:
            self.row(lines, cells)
        elif cells and cells[0]:
            self.lines(lines, cells)
        cells.clear()
        lines.clear()
