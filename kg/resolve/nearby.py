"""Names by the sentence in which they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.model import Mention, Span


class Nearby:
    """Some mentions of a document, in text order, as seen from a place in it."""

    def __init__(self, sentences: Sequence[Span], names: Sequence[Mention]) -> None:
        self.sentences, self.names = sentences, names

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that holds *position*, or of the last one before it."""
        return max(0, bisect_right(self.sentences, position, key=lambda s: s.start) - 1)

    def backwards(self, position: int, reach: int) -> Iterator[tuple[int, Mention]]:
        """The names that end before *position*, the nearest first, each with its distance.

        The distance is in sentences, at most *reach*.
        """
        here = self.sentence_at(position)
        for at in range(bisect_right(self.names, position, key=lambda m: m.span.end) - 1, -1, -1):
            distance = here - self.sentence_at(self.names[at].span.start)
            if distance > reach:
                return
            yield distance, self.names[at]
