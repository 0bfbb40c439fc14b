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
_PARSER = LexborHTMLParser("text")


def tag_id(tag: str) -> int:
    """Return the parser's number of a tag; text nodes are ``-text``.

    >>> tag_id("td") == tag_id("TD"), tag_id("td") == tag_id("th")
    (True, False)
    """
    if tag == "-text":
        return next(node.tag_id for node in _PARSER.root.traverse(include_text=True) if node.is_text_node)
    return _PARSER.create_node(tag.lower()).tag_id


KINDS = {tag_id(tag): kind for kind, tags in _TAGS.items() for tag in tags.split()} | {tag_id("-text"): TEXT}
# In a cell a raised or lowered character stands apart: 12<sup>1</sup> is not 121.
CELL_KINDS = KINDS | {tag_id("sup"): BLOCK, tag_id("sub"): BLOCK}

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_BREAKS = re.compile(r"[ \t\f\v]*[\r\n][ \t\r\n\f\v]*")
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NOT_VISIBLE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_TYPED = ("", "text", "number", "tel")
_FARTHEST_BLOCK = 100  # inline elements around a text; no editor writes more

Taken = Mapping[int, tuple[int, int]]


def clean(text: str) -> str:
    """Return a text as printed: line ends of the source are a blank, its ends and zero-width characters go.

    >>> clean("  第二十条\\n    第（一）项\\u200b ")
    '第二十条 第（一）项'
    """
    if not text.isascii():
        text = text.translate(_ZERO_WIDTH)
    text = text.strip()
    return _BREAKS.sub(" ", text) if "\n" in text or "\r" in text else text


clean_cell = lru_cache(maxsize=50_000)(clean)


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
    root: LexborNode, kinds: Mapping[int, int] = KINDS, taken: Taken | None = None
) -> Iterator[str | int]:
    """Yield the paragraphs below ``root`` in reading order: inline markup is joined, blocks and <br> part them.

    ``taken``: nodes that others have read, memory id -> (number, count of nodes); the number is yielded in their
    place. A line of <pre> keeps its tabs and blanks, and may be empty.
    """
    pieces: list[str] = []
    first = root  # the node of pieces[0]
    owner = 0  # the block it stands in, once that was asked
    walk = root.traverse(include_text=True)
    for node in walk:
        kind = kinds.get(node.tag_id)
        if not kind:
            continue
        text = ""
        if kind == TEXT:
            text = node.text_content or ""
        elif kind == INPUT:
            text = _typed(node)
        elif kind == RAW or kind == DROP:
            _pass_over(walk, _size(node) - 1)
            continue
        if text:
            if not pieces:
                if not text.isspace():
                    pieces, first, owner = [text], node, 0
                continue
            if text.isspace():
                pieces.append(text)
                continue
            owner = owner or _block(first, kinds)
            if _block(node, kinds) == owner:
                pieces.append(text)
                continue
        elif kind == INPUT:
            continue
        if pieces:
            if paragraph := clean("".join(pieces)):
                yield paragraph
            pieces = []
        if text:
            pieces, first, owner = [text], node, 0
        elif kind == GRID and taken and (mark := taken.get(node.mem_id)):
            yield mark[0]
            _pass_over(walk, mark[1] - 1)
        elif kind == PRE and node is not root:
            yield from _lines(node)
            _pass_over(walk, _size(node) - 1)
    if pieces and (paragraph := clean("".join(pieces))):
        yield paragraph


def _pass_over(walk: Iterator[LexborNode], count: int) -> None:
    next(islice(walk, count, count), None)


def _size(node: LexborNode) -> int:
    return sum(1 for _ in node.traverse(include_text=True))


def _block(node: LexborNode, kinds: Mapping[int, int]) -> int:
    """Return the memory id of the block that a text stands in."""
    parent = node.parent
    for _ in range(_FARTHEST_BLOCK):
        if parent is None:
            return 0
        if kinds.get(parent.tag_id):
            break
        parent = parent.parent
    return parent.mem_id if parent else 0


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
    for line in "".join(parts).translate(_ZERO_WIDTH).split("\n"):
        yield line.rstrip("\r")
