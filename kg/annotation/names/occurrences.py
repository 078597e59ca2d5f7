"""Where strings stand in a text, without reading the text again for each of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

import numpy as np

# How many characters the places are sorted by; the rest of a longer string is compared with each.
_DEPTH = 64


class Occurrences:
    """Finds and counts the strings of a text by a sorted list of its places (a suffix array).

    Sorting costs n log n, once; a string then costs log n and its own occurrences, once.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, list[int]] = {}

    def count(self, form: str) -> int:
        """How often *form* stands in the text, none over another, as ``str.count`` has it."""
        return len(self.places(form))

    def places(self, form: str) -> list[int]:
        """Where *form*, which is not empty, starts, in text order, none over another."""
        if form not in self._found:
            self._found[form] = _apart(sorted(self._all_places(form)), len(form))
        return self._found[form]

    def _all_places(self, form: str) -> list[int]:
        head = form[:_DEPTH]

        def start_of(place: int) -> str:
            return self.text[place : place + len(head)]

        low = bisect_left(self._sorted, head, key=start_of)
        high = bisect_right(self._sorted, head, lo=low, key=start_of)
        places = self._sorted[low:high]
        return places if form == head else [p for p in places if self.text.startswith(form, p)]

    @cached_property
    def _sorted(self) -> list[int]:
        """The places by what stands there: by one character, then by two, by four and so on."""
        if not self.text:
            return []
        codes = self.text.encode("utf-32-le", "surrogatepass")
        ranks = np.frombuffer(codes, dtype=np.uint32).astype(np.int64)
        width = 1
        while width < _DEPTH:
            following = np.zeros_like(ranks)  # 0 where the text has ended
            following[:-width] = ranks[width:] + 1
            pairs = ranks * (int(ranks.max()) + 2) + following
            ranks = np.unique(pairs, return_inverse=True)[1]
            width *= 2
        places: list[int] = np.argsort(ranks, kind="stable").tolist()
        return places


def _apart(places: list[int], length: int) -> list[int]:
    """The *places* without those that lie in the *length* characters of one before them."""
    found: list[int] = []
    free = 0
    for place in places:
        if place >= free:
            found.append(place)
            free = place + length
    return found
