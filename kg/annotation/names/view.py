"""What the name rules look at: a text, its Simplified twin, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kg.annotation.names.occurrences import Occurrences
from kg.lexicon import Lexicon
from kg.model import Mention, Span
from kg.ontology import Ontology
from kg.words import Word, WordIndex


@dataclass(frozen=True)
class TextView:
    """A document as the name rules see it; offsets are those of the document."""

    text: str
    simplified: str
    tagged: tuple[tuple[Span, str], ...]
    lexicon: Lexicon
    ontology: Ontology

    @cached_property
    def index(self) -> WordIndex:
        """The words by position."""
        return WordIndex(self.simplified, self.tagged)

    @property
    def words(self) -> tuple[Word, ...]:
        """The words in order."""
        return self.index.words

    def word_index(self, position: int) -> int:
        """The index of the word that holds the character at *position*."""
        return self.index.index_at(position)

    def is_boundary(self, position: int) -> bool:
        """Whether a word starts or the text ends at *position*."""
        return self.index.is_boundary(position)

    def before(self, position: int, length: int) -> str:
        """The *length* Simplified characters before *position* (fewer at the text's start)."""
        return self.simplified[max(0, position - length) : position]

    def after(self, position: int, length: int) -> str:
        """The *length* Simplified characters from *position* on."""
        return self.simplified[position : position + length]

    def mention(
        self, start: int, end: int, cls: str, score: float, rule: str, known: str | None = None
    ) -> Mention:
        """A mention of these characters of the document."""
        return mention_at(self.text, start, end, cls, score, rule, known)

    @cached_property
    def _occurrences(self) -> Occurrences:
        return Occurrences(self.simplified)

    def occurrences(self, form: str) -> list[int]:
        """Where the Simplified *form* starts in the text, in order, none over another."""
        return self._occurrences.places(form)

    def count(self, form: str) -> int:
        """How often the Simplified *form* stands in the text."""
        return self._occurrences.count(form)


def mention_at(
    text: str, start: int, end: int, cls: str, score: float, rule: str, known: str | None = None
) -> Mention:
    """A mention of these characters of *text*; its id is its place."""
    return Mention(f"{start}-{end}", Span(start, end), text[start:end], cls, score, rule, known)


def overlaps_any(span: Span, taken: bytearray) -> bool:
    """Whether a character of *span* is marked in *taken*."""
    return any(taken[span.start : span.end])
