"""Sentences of Chinese and mixed text, by punctuation, quotes and brackets."""

from __future__ import annotations

import re

from kg.model import Span

_CLOSERS = "”’」』）)】》〉\"'"
_END = re.compile(rf"(?:[。！？!?]+|…{{2,}}|\.(?=\s|$))[{_CLOSERS}]*|\n+")
_OPEN, _CLOSE = "（(【", "）)】"


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of *text*, in order, without surrounding white space.

    A sentence ends at 。！？ (with the closing quotes and brackets that follow), at a Latin full
    stop before white space, or at a line's end; never inside brackets of the same line.
    """
    spans, start = [], 0
    for match in _END.finditer(text):
        if "\n" not in match[0] and _inside_brackets(text, start, match.start()):
            continue
        spans.append(_strip(text, start, match.end()))
        start = match.end()
    spans.append(_strip(text, start, len(text)))
    return tuple(span for span in spans if span.start < span.end)


def _inside_brackets(text: str, start: int, end: int) -> bool:
    depth = sum(text.count(char, start, end) for char in _OPEN)
    return depth > sum(text.count(char, start, end) for char in _CLOSE)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
