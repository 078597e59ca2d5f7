"""A text of any length as windows that overlap and can be put together again.

Every character is read with at least :data:`MARGIN` characters around it on both sides (fewer at
the text's ends), so no name is cut; a window starts after a line's or a sentence's end where
one is near. Cost is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 126
MARGIN = 16
#: No name holds one of these, while some hold a ! or a ? (Yahoo!奇摩).
_PAUSES = frozenset("。\n")


@dataclass(frozen=True, slots=True)
class Window:
    """The characters [start, end) are read; of them [first, last) are kept."""

    start: int
    end: int
    first: int
    last: int


def iter_windows(text: str) -> Iterator[Window]:
    """Windows whose kept parts are the text, in order, without gap or overlap."""
    first = 0
    while first < len(text):
        start = _start(text, first)
        end = min(start + LONGEST, len(text))
        last = end if end == len(text) else _last(text, first, end)
        yield Window(start, end, first, last)
        first = last


def _start(text: str, first: int) -> int:
    """Where to begin reading: at *first* if a sentence begins there, else a margin before it."""
    return first if first == 0 or text[first - 1] in _PAUSES else max(0, first - MARGIN)


def _last(text: str, first: int, end: int) -> int:
    """Where to stop keeping: after the last pause in the window's second half, else a margin."""
    for at in range(end, first + (end - first) // 2, -1):
        if text[at - 1] in _PAUSES:
            return at
    return end - MARGIN
