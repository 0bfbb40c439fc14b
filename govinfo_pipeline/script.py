"""Fold Chinese text for comparison: width, traditional script, numbering, punctuation, blanks.

Owns every normalisation that a comparison needs, and the search for characters in long texts (`positions`: a
pattern takes three times as long). What is stored is always what was printed: no function
here is applied to stored text. Phrase conversion (``tw2sp`` and the like) is refused: it turns 文件 into
文档 and 查询 into 查找; only the phrases of ``_PHRASES`` are mended.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

import opencc

_T2S = opencc.OpenCC("t2s")

# Taiwan wording and character-level conversions that statutory labels and titles were seen with.
_PHRASES = (("规范性档案", "规范性文件"), ("反覆", "反复"), ("入口网站", "门户网站"))

# 務(wù): mirror sites print the pinyin behind the character: with a tone, or a syllable in small letters. No 縣(APP).
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ\u0300\u0301\u0304\u030c"
_SYLLABLE = (
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:a(?:i|o|ng?)?|e(?:i|r|ng?)?|i(?:a(?:o|ng?)?|e|u|ng?|ong)?|o(?:u|ng?)?|u(?:a(?:i|ng?)?|[eion])?|[üv][en]?)"
)
PINYIN = re.compile(
    rf"[(（](?<=[\u3400-\u9fff].)\s{{0,4}}"
    rf"(?:(?=[^)）]{{0,16}}[{_TONED}])[a-zA-Zü{_TONED}\s]{{1,16}}|{_SYLLABLE}(?:\s?{_SYLLABLE}){{0,2}}\s{{0,4}})[)）]"
)

_BEGINS_PINYIN = frozenset(f"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZü{_TONED}")

_NUMBERING = re.compile(
    r"^(?:\(\s*[一二三四五六七八九十]{1,3}\s*\)|[一二三四五六七八九十]{1,3}\s*[、,.]|\(?\d{1,2}\s*[)、,.]?)\s*"
)
_NOT_WORD = re.compile(r"[\W_]+")
_MOST_SPELLINGS = 64
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS = {"万": 10_000, "亿": 100_000_000}


def width(text: str) -> str:
    """Return ``text`` in NFKC: full-width digits, brackets and compatibility radicals made ordinary.

    >>> width("（１２）⼈")
    '(12)人'
    """
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def pinyin_spans(text: str) -> list[tuple[int, int]]:
    """Return where pinyin in brackets begins and ends, in order.

    >>> pinyin_spans("政務(wù)公開(gōng kāi)工作(二)")
    [(2, 6), (8, 18)]
    """
    behind = [text[at + 1 : at + 2] for at in positions(text, "(（")]
    if not any(char in _BEGINS_PINYIN or char.isspace() for char in behind):
        return []
    return [match.span() for match in PINYIN.finditer(text)]


def without_pinyin(text: str) -> str:
    """Return ``text`` without the pinyin in brackets that mirror sites print behind characters.

    >>> without_pinyin("政務(wù)公開(gōng kāi)工作(二)")
    '政務公開工作(二)'
    """
    return PINYIN.sub("", text) if "(" in text or "（" in text else text


@lru_cache(maxsize=50_000)
def simplify(text: str) -> str:
    """Return ``text`` in NFKC and Simplified characters, bracketed pinyin dropped, label phrases mended.

    >>> simplify("行政規範性檔案")
    '行政规范性文件'
    """
    folded = without_pinyin(width(text))
    if folded.isascii():
        return folded
    folded = str(_T2S.convert(folded))
    for wrong, right in _PHRASES:
        folded = folded.replace(wrong, right)
    return folded


def positions(text: str, chars: str) -> list[int]:
    """Return where one of ``chars`` stands, in order.

    >>> positions("我县和我市、本市", "我本")
    [0, 3, 6]
    """
    found = []
    for char in chars:
        at = text.find(char)
        while at >= 0:
            found.append(at)
            at = text.find(char, at + 1)
    return sorted(found)


class _Simple(dict[str, str]):
    """Character -> the one character that `simplify` makes of it, filled as they are met."""

    def __missing__(self, char: str) -> str:
        simple = simplify(char)
        self[char] = simple if len(simple) == 1 else char
        return self[char]


_SIMPLE = _Simple()


def simplify_each(text: str) -> str:
    """Return ``text`` with each character simplified by itself, so as long as it was: for pieces of a long text.

    >>> simplify_each("賀蘭縣")
    '贺兰县'
    """
    return "".join(map(_SIMPLE.__getitem__, text))


@lru_cache(maxsize=1)
def _printed_as() -> dict[str, str]:
    """Return Simplified character -> all characters that it is the simple form of, itself first."""
    chars = [chr(code) for code in range(0x3400, 0xA000)]
    found: dict[str, str] = {}
    for char, simple in zip(chars, str(_T2S.convert("\n".join(chars))).split("\n"), strict=True):
        if char != simple:
            found[simple] = found.get(simple, simple) + char
    return found


@lru_cache(maxsize=5_000)
def spellings(text: str) -> tuple[str, ...]:
    """Return the ways to print a short Simplified ``text``, in Traditional characters too.

    >>> spellings("贺兰")
    ('贺兰', '贺蘭', '賀兰', '賀蘭')
    """
    known = _printed_as()
    return tuple(map("".join, islice(product(*(known.get(char, char) for char in text)), _MOST_SPELLINGS)))


def fold(text: str) -> str:
    """Return what is compared of a label: simplified, without leading numbering, punctuation and blanks.

    >>> fold("（七） 總計"), fold("4.無正當理由大量反覆申請"), fold("本年增/减")
    ('总计', '无正当理由大量反复申请', '本年增减')
    """
    return _NOT_WORD.sub("", _NUMBERING.sub("", simplify(text).strip()))


def han_number(text: str) -> int | None:
    """Return the number that Chinese numerals say, or None where they are not one.

    >>> han_number("二〇二二"), han_number("三十五"), han_number("一万二千"), han_number("十"), han_number("件")
    (2022, 35, 12000, 10, None)
    """
    if not text or any(c not in _HAN_DIGITS and c not in _HAN_UNITS and c not in _HAN_MYRIADS for c in text):
        return None
    if all(c in _HAN_DIGITS for c in text):
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
        elif char in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[char]
            digit = 0
        else:
            total = (total + section + digit) * _HAN_MYRIADS[char]
            section = digit = 0
    return total + section + digit
