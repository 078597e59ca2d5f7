"""Sentences of Chinese and mixed text, by punctuation, quotes and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span

_CLOSERS = "”’」』）)】》〉\"'"
_END = re.compile(rf"(?:[。！？!?]+|…{{2,}}|\.(?=\s|$))[{_CLOSERS}]*|\n+")
_OPEN, _CLOSE = "（(【", "）)】"
_PAUSES = "，,、；;：: \t\u3000"
# No sentence of prose is longer: what looks for something in its sentence has an end.
_LONGEST = 2000


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of *text*, in order, without surrounding white space.

    A sentence ends at 。！？ (with the closing quotes and brackets that follow), at a Latin full
    stop before white space, or at a line's end; never inside brackets of the same line. A run of
    more than 2,000 characters without such an end is cut after a pause.
    """
    spans, start, read, depth = [], 0, 0, 0
    for match in _END.finditer(text):
        depth += _depth(text, read, match.start())
        read = match.start()
        if "\n" in match[0] or depth <= 0:
            spans.append(_strip(text, start, match.end()))
            start, read, depth = match.end(), match.end(), 0
    spans.append(_strip(text, start, len(text)))
    return tuple(piece for span in spans for piece in _pieces(text, span))


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """*span*, cut after the last pause that keeps each piece short, or where it must be."""
    start = span.start
    while start < span.end:
        end = span.end
        if end - start > _LONGEST:
            pause = max(text.rfind(mark, start, start + _LONGEST) for mark in _PAUSES)
            end = pause + 1 if pause >= 0 else start + _LONGEST
        piece = _strip(text, start, end)
        if piece.start < piece.end:
            yield piece
        start = end


def _depth(text: str, start: int, end: int) -> int:
    """How many more brackets open than close between the two positions."""
    opened = sum(text.count(char, start, end) for char in _OPEN)
    return opened - sum(text.count(char, start, end) for char in _CLOSE)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
