"""What tags mean for text: which end a paragraph, which hold no content; and the paragraphs below a node.

Owns cleaning of printed text: white space of the source is folded, zero-width characters dropped, all else
stays as printed. Style sheets are not applied: only what an element says itself (`hidden`, `style`) hides it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Kinds of node. INLINE must be 0: unknown tags (o:p, st1:date, a site's own) are inline.
INLINE, TEXT, BLOCK, GRID, RAW, DROP, PRE, INPUT = range(8)

_TAGS = {
    BLOCK: """address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt
        fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing
        main menu nav ol p section summary tbody td tfoot th thead ul xmp""",
    GRID: "table tr",
    # One text at most, no elements below.
    RAW: "iframe noembed noframes noscript script style textarea title",
    # Crossed out, pinyin above a character, choices of a form, Word's settings, drawings: not the report's text.
    DROP: "audio datalist del object rp rt s select strike svg video xml",
    PRE: "pre",
    INPUT: "input",
}
_PARSER = LexborHTMLParser("")
_TEXT = LexborHTMLParser("<p>text").css("p")[0]


def tag_id(tag: str) -> int:
    """Return the parser's number of a tag; text nodes are ``-text``.

    >>> tag_id("td") == tag_id("TD"), tag_id("td") == tag_id("th")
    (True, False)
    """
    if tag == "-text":
        return next(node.tag_id for node in _TEXT.iter(include_text=True))
    return _PARSER.create_node(tag.lower()).tag_id


KINDS = {tag_id(tag): kind for kind, tags in _TAGS.items() for tag in tags.split()} | {tag_id("-text"): TEXT}
# In a cell a raised or lowered character stands apart: 12<sup>1</sup> is not 121.
CELL_KINDS = KINDS | {tag_id("sup"): BLOCK, tag_id("sub"): BLOCK}

_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NOTHING = dict.fromkeys(map(ord, _ZERO_WIDTH))
_BREAKS = re.compile(r"[ \t\f\v]*[\r\n][ \t\r\n\f\v]*")
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NOT_VISIBLE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_TYPED = ("", "text", "number", "tel")
_FARTHEST_BLOCK = 100  # inline elements around a text; no editor writes more


def clean(text: str) -> str:
    r"""Return a text as printed: a line end of the source is a blank; blanks at its ends go.

    >>> clean("  第二十条\n    第（一）项 ")
    '第二十条 第（一）项'
    """
    text = text.strip()
    return _BREAKS.sub(" ", text) if "\n" in text or "\r" in text else text


def without_zero_width(text: str) -> str:
    r"""Return a text without the characters that nobody sees.

    >>> without_zero_width("1\u200b2")
    '12'
    """
    if text.isascii() or not any(map(text.__contains__, _ZERO_WIDTH)):
        return text
    return text.translate(_NOTHING)


@lru_cache(maxsize=50_000)
def clean_cell(text: str) -> str:
    """Return the text of a cell that is one piece; labels and small numbers come again and again."""
    return clean(without_zero_width(text))


def remove_hidden(root: LexborNode, *, invisible: bool) -> None:
    """Remove what its own attributes hide; ``invisible``: the page speaks of visibility.

    A cell that is only invisible keeps its place in the row, empty.
    """
    for node in root.css("[hidden]"):
        if (node.attributes["hidden"] or "").lower() != "until-found":
            node.remove()
    for node in root.css('[style*="display" i]'):
        if _NO_DISPLAY.search(node.attributes["style"] or ""):
            node.remove()
    for node in root.css('[style*="visibility" i]') if invisible else ():
        if _NOT_VISIBLE.search(node.attributes["style"] or ""):
            for child in list(node.iter(include_text=True)):
                child.remove()


def paragraphs(
    root: LexborNode, kinds: Mapping[int, int] = KINDS, taken: Mapping[int, int] | None = None
) -> Iterator[str | int]:
    """Yield the paragraphs below ``root`` in reading order: inline markup is joined, blocks and <br> part them.

    ``taken``: tables and rows that were read and emptied, memory id -> the number that is yielded in their place.
    A line of <pre> keeps its tabs and blanks, and may be empty. Zero-width characters are still there.
    """
    paragraph = _Paragraph(root, kinds)
    kind_of = kinds.get
    walk = root.traverse(include_text=True)
    for node in walk:
        kind = kind_of(node.tag_id)
        if not kind:
            continue
        if kind == TEXT:
            ended = paragraph.add(node, node.text_content or "")
        elif kind == BLOCK:
            ended = paragraph.end()
        elif kind == INPUT:
            ended = paragraph.add(node, _typed(node))
        elif kind in (RAW, DROP):
            _pass_over(node, walk)
            continue
        else:
            ended = paragraph.end()
        if ended:
            yield ended
        if kind == GRID and taken and node.mem_id in taken:
            yield taken[node.mem_id]
        elif kind == PRE and node.css_first("table") is None:
            yield from _lines(node)
            _pass_over(node, walk)
    if ended := paragraph.end():
        yield ended


class _Paragraph:
    """The texts of the paragraph that is being read."""

    __slots__ = ("_block", "_first", "_kinds", "_pieces")

    def __init__(self, root: LexborNode, kinds: Mapping[int, int]) -> None:
        self._kinds = kinds
        self._pieces: list[str] = []
        self._first = root  # the node of the first piece
        self._block = 0  # memory id of its block, once that was asked

    def add(self, node: LexborNode, text: str) -> str:
        """Add a text; where it stands in another block, return the paragraph before it, which it ends."""
        if text.isspace() or not text:
            if self._pieces:
                self._pieces.append(text)
            return ""
        if self._pieces:
            self._block = self._block or self._block_of(self._first)
            if self._block_of(node) == self._block:
                self._pieces.append(text)
                return ""
        ended = self.end()
        self._pieces, self._first, self._block = [text], node, 0
        return ended

    def end(self) -> str:
        """Return the paragraph and forget it; "" where there is none."""
        pieces = self._pieces
        if not pieces:
            return ""
        self._pieces = []
        return clean(pieces[0] if len(pieces) == 1 else "".join(pieces))

    def _block_of(self, node: LexborNode) -> int:
        parent = node.parent
        for _ in range(_FARTHEST_BLOCK):
            if parent is None:
                return 0
            if self._kinds.get(parent.tag_id):
                break
            parent = parent.parent
        return parent.mem_id if parent else 0


def _pass_over(node: LexborNode, walk: Iterator[LexborNode]) -> None:
    """Take what stands below ``node`` out of the walk."""
    below = sum(1 for _ in node.traverse(include_text=True)) - 1
    next(islice(walk, below, below), None)


def _typed(node: LexborNode) -> str:
    """Return what an input field shows."""
    attributes = node.attributes
    return (attributes.get("value") or "") if (attributes.get("type") or "").lower() in _TYPED else ""


def _lines(pre: LexborNode) -> Iterator[str]:
    """Yield the lines of preformatted text as they stand."""
    br = tag_id("br")
    parts = (
        "\n" if node.tag_id == br else node.text_content or "" for node in pre.traverse(include_text=True)
    )
    for line in "".join(parts).split("\n"):
        yield line.rstrip("\r")
