"""The words of claims, from `lexicon.toml`: strict loading, and the longest-match order of words.

Owns what a word is called and what kind it is. What a combination of words means is `meaning` and `grammar`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from typing import Any

from govinfo_pipeline.errors import ConfigError

KINDS = ("noun", "row", "column", "case", "outcome", "act", "verb", "scope", "mark", "filler", "foreign")


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of the lexicon. See the head of `lexicon.toml` for the fields."""

    id: str
    kind: str
    words: tuple[str, ...]
    reads: tuple[str, ...] = ()
    reads_2019: tuple[str, ...] | None = None
    domain: str = ""
    type: str = ""
    strong: bool = False
    loose: bool = False
    listed: bool = False


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Concept]:
    """Return word -> concept, for every word of the package's lexicon."""
    text = resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
    return parse_lexicon(text)


def parse_lexicon(text: str) -> dict[str, Concept]:
    """Return word -> concept of a lexicon.

    Raises:
        ConfigError: a key or kind is unknown, or two concepts claim one word.
    """
    words: dict[str, Concept] = {}
    for entry in tomllib.loads(text)["concepts"]:
        concept = _concept(entry)
        for word in concept.words:
            if word in words:
                both = f"{words[word].id!r} and {concept.id!r}"
                raise ConfigError(f"lexicon.toml: word {word!r} stands twice, in {both}: keep one.")
            words[word] = concept
    return words


def _concept(entry: dict[str, Any]) -> Concept:
    known = {f.name for f in fields(Concept)}
    unknown = sorted(set(entry) - known)
    if unknown or entry.get("kind") not in KINDS:
        wrong = f"unknown key {unknown[0]!r}" if unknown else f"unknown kind {entry.get('kind')!r}"
        raise ConfigError(f"lexicon.toml: concept {entry.get('id')!r}: {wrong}. Kinds: {', '.join(KINDS)}.")
    values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
    return Concept(**values)
