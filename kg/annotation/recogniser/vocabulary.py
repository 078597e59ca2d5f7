"""Characters to the rows of the encoder's table.

The rows are those of one-character pieces of XLM-R's vocabulary (Conneau et al. 2020,
arXiv:1911.02116), which folds by NFKC: a full-width comma is the ASCII one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

UNKNOWN, START, END, PAD = range(4)
SPECIALS = ("unknown", "start", "end", "pad")


@lru_cache(maxsize=1 << 16)
def fold(character: str) -> str:
    """*character* by NFKC, of several the first (… is a full stop); any space is U+0020."""
    folded = unicodedata.normalize("NFKC", character)[0]
    return " " if folded.isspace() else folded


class Vocabulary:
    """The *characters* that have a row; the special tokens have the rows before them."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        self._rows = {c: row for row, c in enumerate(characters, start=len(SPECIALS))}

    def __len__(self) -> int:
        return len(SPECIALS) + len(self.characters)

    def encode(self, text: Iterable[str]) -> list[int]:
        """One row a character of *text*, UNKNOWN for those without one."""
        return [self._rows.get(fold(character), UNKNOWN) for character in text]
