"""The words of a text by position: what the name rules and the extractor look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word in Simplified characters with its jieba tag (``n``, ``nr``, ``ns``, ``v``, …)."""

    start: int
    end: int
    text: str
    tag: str


class WordIndex:
    """Words that tile a text, found by position in logarithmic time.

    A word that runs over one of *cuts* is two, with its tag: in 海岳大學校長 the tagger finds
    大學校長, but the name 海岳大學 ends inside it.
    """

    def __init__(
        self, simplified: str, tagged: Iterable[tuple[Span, str]], cuts: Iterable[int] = ()
    ) -> None:
        self.simplified = simplified
        self.words = tuple(
            Word(start, end, simplified[start:end], tag)
            for start, end, tag in _cut(tagged, frozenset(cuts))
        )
        self._starts = [word.start for word in self.words]
        self._boundaries = frozenset(self._starts) | {len(simplified)}

    def index_at(self, position: int) -> int:
        """The index of the word that holds the character at *position*."""
        return bisect_right(self._starts, position) - 1

    def word_at(self, position: int) -> Word:
        """The word that holds the character at *position*."""
        return self.words[self.index_at(position)]

    def words_from(self, position: int) -> Iterator[Word]:
        """The word that holds the character at *position*, and those after it, one by one."""
        return map(self.words.__getitem__, range(self.index_at(position), len(self.words)))

    def is_boundary(self, position: int) -> bool:
        """Whether a word starts or the text ends at *position*."""
        return position in self._boundaries

    def within(self, span: Span) -> tuple[Word, ...]:
        """The words that start in *span*, in order."""
        left, right = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return self.words[left:right]


def _cut(
    tagged: Iterable[tuple[Span, str]], cuts: frozenset[int]
) -> Iterator[tuple[int, int, str]]:
    for span, tag in tagged:
        start = span.start
        for position in range(span.start + 1, span.end):
            if position in cuts:
                yield start, position, tag
                start = position
        yield start, span.end, tag
