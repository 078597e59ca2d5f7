"""Which time expression governs a word: one in its clause, or one that its sentence sets off."""

from __future__ import annotations

from bisect import bisect_left

from kg.extract.clauses import Clause
from kg.model import AnnotatedDocument, Span, TimeMention, TimeSpan

_OPENING = 2  # a sentence may begin with 在, 就在 or 自


def time_of(annotated: AnnotatedDocument, clause: Clause, cue: Span) -> TimeSpan | None:
    """The time of what *cue* says: in its clause before it, after it, or set off before it.

    Set off is a time that opens the sentence or that a comma follows (2019年12月，…).
    """
    inside = [unit.time for unit in clause.units if unit.time and unit.time.time]
    before = [t for t in inside if t.span.start < cue.start]
    if before:
        return before[-1].time
    if inside:
        return inside[0].time
    sentence = annotated.sentences[clause.sentence]
    times = annotated.times
    low, high = (bisect_left(times, at, key=_start) for at in (sentence.start, cue.start))
    for mention in reversed(times[low:high]):
        if mention.time and _is_set_off(annotated, sentence, mention):
            return mention.time
    return None


def _start(mention: TimeMention) -> int:
    return mention.span.start


def _is_set_off(annotated: AnnotatedDocument, sentence: Span, mention: TimeMention) -> bool:
    opens = mention.span.start <= sentence.start + _OPENING
    following = annotated.document.text[mention.span.end : mention.span.end + 1]
    return opens or following in ("，", ",")
