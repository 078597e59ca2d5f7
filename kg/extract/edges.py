"""Where words must end: at names and numbers, and where the tagger runs a measure into a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Lexicon, choice
from kg.model import AnnotatedDocument

_REACH = 14


def word_edges(annotated: AnnotatedDocument, lexicon: Lexicon) -> frozenset[int]:
    """Positions inside a tagger's word at which another word begins."""
    return frozenset((*_of_spans(annotated), *_of_measures(annotated, lexicon)))


def _of_spans(annotated: AnnotatedDocument) -> Iterator[int]:
    """Where a name, a time or a quantity begins or ends."""
    for records in (annotated.mentions, annotated.times, annotated.quantities):
        for record in records:
            yield from (record.span.start, record.span.end)


def _of_measures(annotated: AnnotatedDocument, lexicon: Lexicon) -> Iterator[int]:
    """Where a measure ends before the verb that leads to its number (營收|達 Q)."""
    measure, reaching = (choice(lexicon.words(name)) for name in ("lex:Measured", "lex:Reaching"))
    pattern = re.compile(f"(?:{measure})(?=(?:{reaching})$)")
    for quantity in annotated.quantities:
        end = quantity.span.start
        found = pattern.search(annotated.simplified, max(0, end - _REACH), end)
        if found:
            yield found.end()
