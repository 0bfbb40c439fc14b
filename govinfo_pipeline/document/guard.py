"""Say before parsing whether a page is one that the parser takes long over, without building anything.

Owns what is known to be slow: the parser is quadratic in the attributes of one tag (100,000 hold it 40 s) and in
the elements that are open at once (100,000 hold it 20 s). Parses nothing; a page that hides these from a look at
its tags is stopped by the limits of `document.limits`.
"""

from __future__ import annotations

import re
from collections import Counter

from govinfo_pipeline.errors import DocumentError

MOST_ATTRIBUTES = 10_000  # on one tag: 0.1 s
DEEPEST = 10_000  # open elements: 0.05 s

_STRIDES = ((b">", 32 * 1024), (b"</", 64 * 1024))
_TOKEN = re.compile(
    rb"""<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/>]*)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)""", re.DOTALL
)
_QUOTED = re.compile(rb"""=\s*(?:"[^"]*"|'[^']*')""")
_RAW = frozenset(
    (b"script", b"style", b"textarea", b"title", b"iframe", b"noscript", b"noembed", b"noframes", b"xmp")
)
_NEVER_OPEN = frozenset(
    b"area base br col embed hr img input link meta param source track wbr "
    b"p li td th tr tbody thead tfoot colgroup option optgroup dt dd rt rp html head body".split()
)


def is_ordinary(page: bytes) -> bool:
    """Say whether a tag ends in every 32 KB and an element in every 64 KB, as in nearly all pages people write.

    >>> is_ordinary(b"<p>1</p>" * 10_000), is_ordinary(b"<p>" * 30_000), is_ordinary(b"<p " + b"a " * 30_000)
    (True, False, False)
    """
    return all(
        page.find(mark, start, start + stride) >= 0
        for mark, stride in _STRIDES
        for start in range(0, len(page) - stride + 1, stride)
    )


def refuse_complex(page: bytes) -> None:
    """Raise DocumentError ``too_complex`` for a page with more attributes on a tag, or elements open, than any has."""
    is_open: Counter[bytes] = Counter()
    depth = position = 0
    while token := _TOKEN.search(page, position):
        position = token.end()
        name = (token[2] or b"").lower()
        if not name:
            continue
        if len(token[3]) > 2 * MOST_ATTRIBUTES and _attributes(token[3]) > MOST_ATTRIBUTES:
            line = page.count(b"\n", 0, token.start()) + 1
            raise _too_complex(
                f"第 {line} 行的一个标签有超过 {MOST_ATTRIBUTES} 个属性",
                f"a tag in line {line} has more than {MOST_ATTRIBUTES} attributes",
            )
        if token[1]:
            if is_open[name]:
                is_open[name] -= 1
                depth -= 1
        elif name in _RAW:
            close = re.compile(rb"</" + name, re.IGNORECASE).search(page, position)
            position = close.start() if close else len(page)
            is_open[name] += 1
            depth += 1
        elif name not in _NEVER_OPEN and not token[3].endswith(b"/"):
            is_open[name] += 1
            depth += 1
            if depth > DEEPEST:
                raise _too_complex(
                    f"标签嵌套超过 {DEEPEST} 层", f"its elements are nested more than {DEEPEST} levels deep"
                )


def _attributes(text: bytes) -> int:
    return len(_QUOTED.sub(b" ", text).replace(b"/", b" ").split())


def _too_complex(zh: str, en: str) -> DocumentError:
    return DocumentError(
        "too_complex",
        f"网页{zh}, 年度报告不会如此; 请确认文件, 或另存为纯文本.",
        f"{en}, which no annual report has: check the page, or save it as plain text.",
    )
