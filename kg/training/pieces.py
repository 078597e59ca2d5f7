"""Sentences cut to the lengths that the network is trained on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotation.recogniser.windows import LONGEST
from kg.training.corpora import Sentence

_PAUSE = re.compile("[。！？；，、,;!? ]")


def cut(sentence: Sentence, longest: int = LONGEST) -> Iterator[Sentence]:
    """Parts of at most *longest* characters, cut after punctuation and never in a name.

    A name that is itself longer is left out together with its text.
    """
    text, start = sentence.text, 0
    while len(text) - start > longest:
        end = _cut_at(sentence, start, start + longest)
        if end > start:
            yield _part(sentence, start, end)
        else:
            end = next(e for s, e, _ in sentence.spans if s <= start < e)
        start = end
    if start < len(text):
        yield _part(sentence, start, len(text))


def _cut_at(sentence: Sentence, start: int, limit: int) -> int:
    """The last pause before *limit*, else the last place outside a name."""
    pauses: list[int] = [m.end() for m in _PAUSE.finditer(sentence.text, start, limit)]
    places: list[int] = [*reversed(pauses), *range(limit, start, -1)]
    for at in places:
        if not any(s < at < e for s, e, _ in sentence.spans):
            return at
    return start


def _part(sentence: Sentence, start: int, end: int) -> Sentence:
    spans = ((s - start, e - start, label) for s, e, label in sentence.spans if start <= s < end)
    return Sentence(sentence.text[start:end], tuple(s for s in spans if s[1] <= end - start))
