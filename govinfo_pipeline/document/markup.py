"""What tags mean for text: which end a paragraph, which hold no content; and the paragraphs below a node.

Owns cleaning of printed text: white space of the source is folded, zero-width characters dropped, all else
stays as printed. Style sheets are not applied: only what an element says itself (`hidden`, `style`) hides it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Kinds of node, in the order in which `paragraphs` tells them apart. Unknown tags (o:p, a site's own) are inline.
INLINE: Final = 0
TEXT: Final = 1
INPUT: Final = 2
BLOCK: Final = 3
GRID: Final = 4
PRE: Final = 5
RAW: Final = 6
DROP: Final = 7

_TAGS = {
    BLOCK: """address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt
        fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing
        main menu nav ol p section summary tbody td tfoot th thead ul xmp""",
    GRID: "table tr",
    # One text at most, no elements below.
    RAW: "iframe noembed noframes noscript script style textarea title",
    # Crossed out, pinyin above a character, choices of a form, drawings: not the report's text.
    DROP: "audio datalist del object rp rt s select strike svg video",
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


KINDS: Final = {tag_id(tag): kind for kind, tags in _TAGS.items() for tag in tags.split()} | {
    tag_id("-text"): TEXT
}
# In a cell a raised or lowered character stands apart: 12<sup>1</sup> is not 121.
CELL_KINDS: Final = KINDS | {tag_id("sup"): BLOCK, tag_id("sub"): BLOCK}

_ZERO_WIDTH: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NOTHING = dict.fromkeys(map(ord, _ZERO_WIDTH))
_BREAKS: Final = re.compile(r"[ \t\f\v]*[\r\n][ \t\r\n\f\v]*")
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NOT_VISIBLE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_TYPED = ("", "text", "number", "tel")
_FARTHEST_BLOCK: Final = 100  # inline elements around a text; no editor writes more


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


def remove_hidden(root: LexborNode, *, visible: bool) -> None:
    """Remove what its own attributes hide, and Word's settings (<xml>, a tag that the parser has no number for).

    ``visible``: no style of the page speaks of visibility.
    A cell that is only invisible keeps its place in the row, empty. The body itself stays: pages that hide it show
    it by a script.
    """
    for node in _below(root, '[hidden],xml,[style*="display" i]'):
        attributes = node.attributes
        hidden = "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found"
        if hidden or node.tag == "xml" or _NO_DISPLAY.search(attributes.get("style") or ""):
            node.remove()
    for node in [] if visible else _below(root, '[style*="visibility" i]'):
        if _NOT_VISIBLE.search(node.attributes["style"] or ""):
            for child in list(node.iter(include_text=True)):
                child.remove()


def _below(root: LexborNode, selector: str) -> list[LexborNode]:
    found = root.css(selector)
    return found[1:] if found and found[0].mem_id == root.mem_id else found


def paragraphs(
    root: LexborNode, kinds: dict[int, int] = KINDS, taken: dict[int, int] | None = None
) -> Iterator[str | int]:
    """Yield the paragraphs below ``root`` in reading order: inline markup is joined, blocks and <br> part them.

    ``taken``: tables and rows that were read and emptied, memory id -> the number that is yielded in their place.
    A line of <pre> keeps its tabs and blanks, and may be empty. Zero-width characters are still there.
    """
    pieces: list[str] = []  # the texts of the paragraph that is being read
    first = root  # the node of its first text
    walk = root.traverse(include_text=True)
    for node in walk:
        kind = kinds.get(node.tag_id)
        if not kind:
            continue
        if kind <= INPUT:
            text = node.text_content if kind == TEXT else _typed(node)
            if not text or text.isspace():
                if pieces and text:
                    pieces.append(text)
                continue
            if not pieces:
                pieces.append(text)
                first = node
                continue
            if _block_of(first, kinds) == _block_of(node, kinds):
                pieces.append(text)
                continue
            yield clean("".join(pieces))
            pieces, first = [text], node
        elif kind >= RAW:
            _pass_over(node, walk)
        else:
            if pieces:
                yield clean("".join(pieces))
                pieces = []
            if kind != BLOCK:
                yield from _instead(node, kind, walk, taken or {})
    if pieces:
        yield clean("".join(pieces))


def _block_of(node: LexborNode, kinds: dict[int, int]) -> int:
    """Return the memory id of the block that a text stands in."""
    parent = node.parent
    for _ in range(_FARTHEST_BLOCK):
        if parent is None:
            return 0
        if kinds.get(parent.tag_id):
            break
        parent = parent.parent
    return parent.mem_id if parent else 0


def _instead(
    node: LexborNode, kind: int, walk: Iterator[LexborNode], taken: dict[int, int]
) -> Iterator[str | int]:
    """Yield what stands for a table or row that was read, and the lines of preformatted text."""
    if kind == GRID and node.mem_id in taken:
        yield taken[node.mem_id]
    elif kind == PRE and node.css_first("table") is None:
        yield from _lines(node)
        _pass_over(node, walk)


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
