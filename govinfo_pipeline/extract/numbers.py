"""One printed cell -> a state and an exact value. Reads a whole cell or nothing: a part of a text is no number."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from govinfo_pipeline.report import BLANK, DASH, NOT_A_NUMBER, NUMBER

Value = int | Decimal

# Signs and words that issuers print for "none". Not zero: the state says which.
_DASHES = frozenset(
    (
        "/",
        "//",
        "／",
        "\\",
        "-",
        "--",
        "－",
        "—",
        "——",
        "–",
        "―",
        "─",
        "无",
        "無",
        "无此项",
        "無此項",
        "不涉及",
    )
)

# Full-width forms only: NFKC would also turn ① and ² into digits, and a footnote into a figure.
_WIDTH = str.maketrans("０１２３４５６７８９＋－−．，／（）", "0123456789+--.,/()")

_SIGNS = {"+": 1, "-": -1, "增": 1, "减": -1, "減": -1, "增加": 1, "减少": -1, "減少": -1, "": 1}
_UNITS = r"件次|万件|件|项|項|条|條|份|宗|起|个|個|次|亿元|億元|万元|萬元|元"
_CELL = re.compile(
    rf"(?P<sign>\+|-|增加?|减少?|減少?|)\s*"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,18}})(?P<part>\.\d{{1,9}})?\s*(?P<unit>{_UNITS}|)"
)
_SIMPLE_UNIT = {"萬元": "万元", "億元": "亿元", "項": "项", "條": "条", "個": "个"}


_MOST_ZEROS = 2  # a spreadsheet's 12.0 and 12.00; in 1.000 the point may part thousands


def whole(value: Value) -> int | None:
    """Return the int that a Decimal with one zero or two behind the point is, None for any other value.

    >>> whole(Decimal("12.0")), whole(Decimal("12.00")), whole(Decimal("12.5")), whole(Decimal("1.000")), whole(12)
    (12, 12, None, None, None)
    """
    if not isinstance(value, Decimal) or value != value.to_integral_value():
        return None
    exponent = value.as_tuple().exponent
    return int(value) if isinstance(exponent, int) and -_MOST_ZEROS <= exponent < 0 else None


@lru_cache(maxsize=20_000)
def read_number(text: str) -> tuple[str, Value | None, str]:
    """Return (state letter, exact value or None, printed unit or "") of a cell's text.

    The state is b, d, n or x (`report`); the sign of 增72 and 减5 is read, 万件 is refused.

    >>> read_number("16223.34萬元"), read_number("增72"), read_number("—"), read_number("2O")
    (('n', Decimal('16223.34'), '万元'), ('n', 72, ''), ('d', None, ''), ('x', None, ''))
    """
    cell = text.strip(" \t\r\n\xa0\u3000\u200b\ufeff").translate(_WIDTH)
    if not cell:
        return BLANK, None, ""
    if cell.isascii() and cell.isdigit() and len(cell) <= 18:
        return NUMBER, int(cell), ""
    if cell in _DASHES:
        return DASH, None, ""
    match = _CELL.fullmatch(cell)
    if match is None or match["unit"] == "万件":
        return NOT_A_NUMBER, None, ""
    digits = match["digits"].replace(",", "") + (match["part"] or "")
    value: Value = Decimal(digits) if match["part"] else int(digits)
    return NUMBER, value * _SIGNS[match["sign"]], _SIMPLE_UNIT.get(match["unit"], match["unit"])
