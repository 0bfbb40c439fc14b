"""A web page -> Document: paragraphs as a text file has lines, tables as rows of cells, in the order of the page.

    <table> of data      one HARD row a table row: blank cells kept, spanned cells once, at their origin
    anything else        paragraphs, each read as a line of a text file is (see `document.text`)

A line is the running number of the paragraph or table row. Layout tables are prose; the tables inside them are
read for themselves. The page's <title> often carries the site's name, so it is a note (`html_title`), no row.
Refuses to follow style sheets and scripts: what they would hide or write is not known here.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode, SelectolaxError

from govinfo_pipeline.document.grid import Grid, GridReader, GridRow
from govinfo_pipeline.document.markup import clean, paragraphs, remove_hidden, without_zero_width
from govinfo_pipeline.document.model import Document, RowKind
from govinfo_pipeline.document.text import read_text
from govinfo_pipeline.errors import DocumentError
from govinfo_pipeline.provenance import Source

_HARD = int(RowKind.HARD)
_CLOSED_RAW = re.compile(rb"<(script|style|title|textarea|iframe|noscript)\b([^<>]*)/>", re.IGNORECASE)


def read_html(markup: str | bytes, source: Source) -> Document:
    """Return the Document of a web page; bytes must be UTF-8 (what is not becomes U+FFFD).

    Raises DocumentError: ``too_complex`` (cells), ``too_large`` (memory).

    >>> page = "<title>年报</title><p>一、总体情况</p><table><tr><td>规章<td>0</table>"
    >>> document = read_html(page, Source("a.html", "", "text/html"))
    >>> document.texts, document.rows
    (['一、总体情况', '规章', '0'], [(0, 0, 0, 1), (2, 1, 1, 3)])
    """
    page_bytes = _html_of(markup if isinstance(markup, bytes) else markup.encode("utf-8", "replace"))
    parser = _parse(page_bytes)
    body = parser.body or parser.root
    page = _Page(source)
    if body is not None:
        # `rfind` takes a third of the time that `in` takes where the word is not there.
        speaks = page_bytes.rfind(b"isibility") >= 0 or page_bytes.rfind(b"ISIBILITY") >= 0
        remove_hidden(body, visible=not speaks)
        page.read(body)
    title = parser.css_first("title")
    if title is not None and (text := clean(without_zero_width(title.text()))):
        page.document.notes.append(("html_title", f"网页标题: {text}", f"the page's title: {text}", 1))
    return page.document


class _Page:
    """Collects the rows of one page."""

    def __init__(self, source: Source) -> None:
        self.document = Document(source)
        self._line = 0
        self._tables = 0
        self._run: list[str] = []  # paragraphs since the last table row
        self._read: list[tuple[int, list[str], list[GridRow]]] = []  # table, captions, rows
        self._taken: dict[int, int] = {}  # memory id of a table or row -> its place in `_read`

    def read(self, body: LexborNode) -> None:
        self._read_tables(body)
        for paragraph in paragraphs(body, taken=self._taken):
            if isinstance(paragraph, str):
                self._run.append(paragraph)
            else:
                self._add(*self._read[paragraph])
        self._end_run()

    def _read_tables(self, body: LexborNode) -> None:
        tables = body.css("table")
        if not tables:
            return
        reader = GridReader(body)
        for table in tables:
            if grid := reader.read(table):
                self._tables += 1
                self._take(grid)

    def _take(self, grid: Grid) -> None:
        """Let the rows of a table stand in its place, or each in its own where other rows are prose."""
        if grid.whole:
            self._empty(grid.node)
            self._read.append((self._tables, grid.captions, grid.rows))
            return
        for row in grid.rows:
            self._empty(row.node)
            self._read.append((self._tables, [], [row]))

    def _empty(self, node: LexborNode) -> None:
        self._taken[node.mem_id] = len(self._read)
        for child in list(node.iter()):
            child.remove()

    def _add(self, table: int, captions: list[str], rows: list[GridRow]) -> None:
        self._run += captions
        self._end_run()
        document = self.document
        texts, lines, columns, marks = document.texts, document.lines, document.columns, document.rows
        stop = len(texts)
        for _, row_texts, row_columns, images in rows:
            self._line += 1
            start, stop = stop, stop + len(row_texts)
            texts += row_texts
            columns += row_columns
            lines += [self._line] * len(row_texts)
            marks.append((_HARD, table, start, stop))
            if images:
                self._note_images(images)

    def _end_run(self) -> None:
        """Read the paragraphs since the last table row as lines of text."""
        if not self._run:
            return
        document, line = self.document, self._line
        text = read_text(without_zero_width("\n".join(self._run)), document.source)
        start = len(document.texts)
        document.texts += text.texts
        document.columns.extend(text.columns)
        document.lines += [line + number for number in text.lines]
        document.rows.extend((kind, table, start + a, start + b) for kind, table, a, b in text.rows)
        self._line += len(self._run)
        self._run = []

    def _note_images(self, count: int) -> None:
        self.document.notes.append(
            (
                "image_cell",
                f"第 {self._line} 行有 {count} 个单元格是图片, 图片中的数不能读取.",
                f"line {self._line}: {count} cells are pictures, whose figures cannot be read.",
                self._line,
            )
        )


def _parse(markup: bytes) -> LexborHTMLParser:
    """Return the page's tree; the parser takes any markup and gives up only where memory runs out."""
    try:
        return LexborHTMLParser(markup, options=LexborDocumentOptions.WO_EVENTS, scripting=True)
    except SelectolaxError as error:
        raise DocumentError(
            "too_large",
            f"网页 ({len(markup)} 字节) 的标签太多, 内存不足以解析; 请确认它是一份年度报告.",
            f"the page ({len(markup)} bytes) has so many tags that memory does not suffice: make sure that it is one "
            "report.",
        ) from error


def _html_of(markup: bytes) -> bytes:
    """Return XHTML so that HTML's rules read it: <script/> would swallow all that follows it."""
    return _CLOSED_RAW.sub(rb"<\1\2></\1>", markup) if markup.startswith(b"<?xml") else markup
