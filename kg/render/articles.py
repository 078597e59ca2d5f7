"""An article's text in runs, cut so that every name, quote and sentence is some whole runs.

No offset has to survive the way into JavaScript, which counts UTF-16 units: a quote is named by
the numbers of its first run and of the one after its last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from kg.model import Span
from kg.render.names import clean

Mark = tuple[int, int, str]
_SENTENCE_END = re.compile("[。！？!?\n]")


class Sentences:
    """Where the sentences of a text lie."""

    def __init__(self, text: str) -> None:
        ends = [found.end() for found in _SENTENCE_END.finditer(text)]
        self._borders = [0, *ends, len(text)]

    def around(self, span: Span) -> Span:
        """The sentence that *span* lies in; several if it crosses a border."""
        start = self._borders[bisect_right(self._borders, span.start) - 1]
        after = bisect_right(self._borders, span.end, hi=len(self._borders) - 1)
        return Span(start, self._borders[after])


class Article:
    """The runs of *text*: ``[text, node id or None, number of the set of claims that it says]``.

    *marks* are (start, end, node id); of two that overlap the one that starts first, and of these
    the longer one, is kept. *quotes* are (claim id, span), *parts* other spans that will be asked
    for. The runs together are the text. The cost is n log n in the spans, besides what is written.
    """

    def __init__(
        self,
        text: str,
        marks: Iterable[Mark] = (),
        quotes: Sequence[tuple[str, Span]] = (),
        parts: Iterable[Span] = (),
    ) -> None:
        kept = list(_apart(marks, len(text)))
        spans = [*parts, *(span for _, span in quotes), *(Span(a, b) for a, b, _ in kept)]
        borders = {min(border, len(text)) for s in spans for border in (s.start, s.end)}
        self._cuts = sorted({0, len(text)} | borders)
        self.sets: list[list[str]] = [[]]
        starts = self._cuts[:-1]
        pieces = zip(pairwise(self._cuts), _nodes(starts, kept), self._said(quotes), strict=True)
        self.runs = [_run(clean(text[a:b]), node, said) for (a, b), node, said in pieces]

    def slice(self, span: Span) -> list[int]:
        """The numbers of the first run of *span* and of the one after its last."""
        return [bisect_left(self._cuts, border) for border in (span.start, span.end)]

    def _said(self, quotes: Sequence[tuple[str, Span]]) -> Iterator[int]:
        """For each cut the number of the set of claims whose quotes cover what comes then."""
        starts, ends = defaultdict(list), defaultdict(list)
        for claim, span in quotes:
            starts[span.start].append(claim)
            ends[span.end].append(claim)
        open_: Counter[str] = Counter()
        numbers: dict[tuple[str, ...], int] = {(): 0}
        number = 0
        for cut in self._cuts[:-1]:
            if cut in starts or cut in ends:
                open_.update(starts.get(cut, ()))
                open_.subtract(ends.get(cut, ()))
                open_ = +open_
                number = self._number(tuple(open_), numbers)
            yield number

    def _number(self, claims: tuple[str, ...], numbers: dict[tuple[str, ...], int]) -> int:
        if claims not in numbers:
            numbers[claims] = len(self.sets)
            self.sets.append(list(claims))
        return numbers[claims]


def _apart(marks: Iterable[Mark], length: int) -> Iterator[Mark]:
    at = 0
    for start, end, node in sorted(marks, key=lambda mark: (mark[0], -mark[1], mark[2])):
        if at <= start < end <= length:
            yield start, end, node
            at = end


def _nodes(cuts: Sequence[int], marks: Sequence[Mark]) -> Iterator[str | None]:
    """For each cut the node whose mark covers what comes then."""
    coming = iter(marks)
    mark = next(coming, None)
    for cut in cuts:
        while mark and mark[1] <= cut:
            mark = next(coming, None)
        yield mark[2] if mark and mark[0] <= cut else None


def _run(text: str, node: str | None, said: int) -> list[Any]:
    """What is empty at the end is left out."""
    return [text, node, said] if said else [text, node] if node else [text]
