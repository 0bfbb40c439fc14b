"""Plain text -> Document, in every way that pages were seen to flatten into text.

Owns what lines (see `lines`) mean beside each other, and the marks that stand for pipes and line ends. It does not
know labels: whether a line of its own is a paragraph or a cell is for `extract` to say, so such lines are PROSE.

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
from functools import lru_cache
from itertools import chain, compress, repeat
from operator import contains, itemgetter

from govinfo_pipeline.document.lines import (
    BLANK_TAB,
    BLANKS,
    BROKEN_TAB_CELL,
    CELL,
    EMPTY,
    END,
    KNOWN,
    LATE_PIPE,
    LONE_PIPE,
    LONGEST_ROW,
    NUMBERS,
    OPENED,
    PROSE,
    REST,
    ROW,
    RUNS,
    SINGLE_TAB_CELL,
    TAB,
    numbers_of,
)
from govinfo_pipeline.document.model import Document, Layout, RowKind
from govinfo_pipeline.provenance import Source

_Cells = list[tuple[str, ...]]  # of each line

_PROSE = int(RowKind.PROSE)
_KIND_OF_RUN = {PROSE: _PROSE, CELL: int(RowKind.LOOSE), LONE_PIPE: int(RowKind.LOOSE)}
_HARD = int(RowKind.HARD)
_OPENED = bytes([OPENED, BLANKS])
_PROSE_AND_PIPE, _CELL_AND_NOTHING = bytes([PROSE, LONE_PIPE]), bytes([CELL, EMPTY])
_STRAY_SHARE = 0.2  # of the lines that are not empty; where pipes end cells it is half
_TABS = (TAB, BLANK_TAB)
_WITHOUT_LONE_PIPES = bytes.maketrans(bytes([LONE_PIPE]), bytes([EMPTY]))
_NO_CELL = bytes([EMPTY, REST])
_NOTHING = bytes([EMPTY])
_kind_of, _cells_of = itemgetter(0), itemgetter(1)
# A layout of more lines is not kept: no report has so many.
_LONGEST_KEPT = 5_000
_PROSE_KINDS = bytes([PROSE, EMPTY])
_ONE = bytes([PROSE, CELL, LONE_PIPE, *_TABS])  # kinds of lines of one cell; of one or none
_ONE_OR_NONE = bytes([*_ONE, END, REST, EMPTY])
_BLANK_CHARACTERS = (" ", "\u3000", "\xa0")
_OPENING_SHARE = 0.9  # of the lines with pipes
# A tab cell printed over two lines (商业, 企业): the second has no tab and is short, and neither is a number.
_LONGEST_REST = 12
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
    if text.rfind(_COMMAS) >= 0 or ('"' in text and _QUOTED in text):
        return _read_marked(list(map(_with_pipes, text.split("\n"))), source)
    if "|" in text or "\t" in text:
        return _read_marked(text.split("\n"), source)
    return _read_bare(text.split("\n"), [blank for blank in _BLANK_CHARACTERS if blank in text], source)


def _with_pipes(line: str) -> str:
    """Return a line of comma-separated cells with pipes; any other line, and a sentence, as it is."""
    if "," not in line or len(line) > LONGEST_ROW or _SENTENCE_MARK.search(line):
        return line
    return " | ".join(next(csv.reader([line]))) + " |"


# -- lines without pipes and tabs ------------------------------------------------------------------------------


def _read_bare(lines: list[str], blanks: list[str], source: Source) -> Document:
    """Read lines that are one cell each, unless some are of several numbers; ``blanks`` are the kinds that occur."""
    stripped = list(map(str.strip, lines))
    texts = list(filter(None, stripped))
    for blank in blanks:
        if any(map(numbers_of, compress(texts, map(contains, texts, repeat(blank))))):
            return _read_marked(lines, source)
    document = Document(source, texts, list(compress(range(1, len(lines) + 1), stripped)))
    document.columns.extend(repeat(1, len(texts)))
    if texts:
        document.rows.append((_PROSE, 0, 0, len(texts)))
    return document


# -- lines with pipes or tabs ----------------------------------------------------------------------------------


def _read_marked(lines: list[str], source: Source) -> Document:
    """Read lines by what each is by itself, then by what stands beside it."""
    kinds, cells = _known(lines)
    rows, pipes = kinds.count(OPENED), sum(map(kinds.count, (LONE_PIPE, END, BLANKS)))
    others = kinds.count(CELL) + kinds.count(ROW)
    if pipes and not rows and not others:
        if kinds.count(LONE_PIPE) < _STRAY_SHARE * (len(kinds) - kinds.count(EMPTY)):
            kinds, cells = _without_strays(kinds, cells)
        else:
            kinds, cells = _closed_cells(lines, kinds, cells)
    elif rows + pipes and rows + pipes >= _OPENING_SHARE * (rows + pipes + others):
        # Where nearly all rows open with a pipe it opens the row; where some do it closes a blank cell.
        cells = [row[1:] if kind in _OPENED else row for kind, row in zip(kinds, cells, strict=True)]
    if TAB in kinds or BLANK_TAB in kinds:
        kinds, cells = _joined_tab_cells(lines, kinds, cells)
    return _assembled(kinds, cells, source)


def _known(lines: list[str]) -> tuple[bytes, _Cells]:
    """Return the kinds of lines and their cells."""
    found = list(map(KNOWN.__getitem__, lines))
    return bytes(map(_kind_of, found)), list(map(_cells_of, found))


def _without_strays(kinds: bytes, cells: _Cells) -> tuple[bytes, _Cells]:
    """Let pipes on lines of their own mean nothing: they are too few to end the cells, and end no row of tab cells."""
    for tab in _TABS:
        kinds = kinds.replace(bytes([tab, LONE_PIPE]), bytes([tab, REST]))
    kinds = kinds.translate(_WITHOUT_LONE_PIPES)
    return kinds, [() if kind in _NO_CELL else row for kind, row in zip(kinds, cells, strict=True)]


def _closed_cells(lines: list[str], kinds: bytes, cells: _Cells) -> tuple[bytes, _Cells]:
    """Let a pipe on a line of its own end the cell above; one behind a pipe is a blank cell.

    Blank tab cells between them are passed over. A row of numbers stays one.
    """
    closed, known = bytearray(kinds.replace(_PROSE_AND_PIPE, _CELL_AND_NOTHING)), cells.copy()
    for match in LATE_PIPE.finditer(bytes(closed)):
        first, pipe = match.start(), match.end() - 1
        closed[pipe] = EMPTY
        if closed[first] != NUMBERS:
            closed[first], known[first] = CELL, (lines[first].strip(),)
    return bytes(closed), [() if kind == EMPTY else row for kind, row in zip(closed, known, strict=True)]


def _joined_tab_cells(lines: list[str], kinds: bytes, cells: _Cells) -> tuple[bytes, _Cells]:
    """Join tab cells that are printed over several lines; a tab cell without another beside it is a line."""
    joined, known = bytearray(kinds), cells.copy()
    for match in BROKEN_TAB_CELL.finditer(kinds):
        first, text = match.start(), cells[match.start()][0]
        for i in range(first + 1, len(lines)):
            rest = lines[i].strip()
            if joined[i] != PROSE or not _continues(text, rest):
                break
            text += rest
            joined[i], known[i] = REST, ()
        known[first] = (text,)
    for match in SINGLE_TAB_CELL.finditer(b" " + joined):
        first, stop = match.start(1) - 1, match.end(1) - 1
        if joined[first] == BLANK_TAB:
            joined[first], known[first] = EMPTY, ()
        else:
            joined[first] = PROSE
        joined[first + 1 : stop] = _NOTHING * (stop - first - 1)
    return bytes(joined), known


def _continues(last: str, line: str) -> bool:
    """Say whether a line without a tab is the rest of the tab cell ``last`` above it."""
    return bool(
        len(line) <= _LONGEST_REST
        and not last[-1].isdigit()
        and not line[0].isdigit()
        and not _SECTION.match(line)
    )


def _assembled(kinds: bytes, cells: _Cells, source: Source) -> Document:
    """Return the Document of lines of these kinds and cells: prose, the lines that stand in tables, prose."""
    first = len(kinds) - len(kinds.lstrip(_PROSE_KINDS))
    stop = max(len(kinds.rstrip(_PROSE_KINDS)), first)
    marked, inside = kinds[first:stop], cells[first:stop]
    lay_out = _layout if len(marked) <= _LONGEST_KEPT else _layout.__wrapped__
    layout = lay_out(marked, tuple(map(len, inside)) if marked.translate(None, _ONE_OR_NONE) else ())
    before = list(compress(range(1, first + 1), cells))
    behind = compress(range(stop + 1, len(cells) + 1), cells[stop:])
    lines = [*before, *[first + line for line in layout.lines], *behind]
    return Document(source, list(chain.from_iterable(cells)), lines, layout=layout, first=len(before))


@lru_cache(maxsize=2_000)
def _layout(kinds: bytes, sizes: tuple[int, ...]) -> Layout:
    """Return the layout of lines of these kinds and numbers of cells; ``sizes`` may be empty where the kinds tell."""
    each = sizes or tuple(kind in _ONE for kind in kinds)
    lines: list[int] = []
    columns: list[int] = []
    rows: list[tuple[int, int, int]] = []
    start = 0
    for run in RUNS.finditer(kinds):
        first, stop = run.span()
        for line in range(first, stop):
            lines += repeat(line + 1, each[line])
        size = len(lines) - start
        kind = _KIND_OF_RUN.get(kinds[first], _HARD)
        columns += range(1, size + 1) if kind == _HARD else repeat(1, size)
        rows.append((kind, start, start + size))
        start += size
    return Layout(kinds, sizes, tuple(lines), tuple(columns), tuple(rows))
