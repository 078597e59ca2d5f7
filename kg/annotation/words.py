"""Words and parts of speech, by rjieba (jieba's dictionary and tag set) on Simplified text."""

from __future__ import annotations

from kg.model import Span

Words = tuple[tuple[Span, str], ...]

# A longer stretch without a break would make the segmenter's lattice quadratic.
_CHUNK = 10_000


def tag_words(simplified: str) -> Words:
    """Words with their jieba tags (``n``, ``nr``, ``ns``, ``v``, …); they tile the text."""
    import rjieba

    words: list[tuple[Span, str]] = []
    position = 0
    for start in range(0, len(simplified), _CHUNK):
        for word, tag in rjieba.tag(simplified[start : start + _CHUNK]):
            words.append((Span(position, position + len(word)), tag))
            position += len(word)
    return tuple(words)
