"""Which time expression governs a word: one in its clause, or at its sentence's beginning."""

from __future__ import annotations

from kg.extract.clauses import Clause
from kg.model import AnnotatedDocument, Span, TimeSpan


def time_of(annotated: AnnotatedDocument, clause: Clause, cue: Span) -> TimeSpan | None:
    """The time of what *cue* says: in its clause before it, after it, or opening its sentence."""
    inside = [unit.time for unit in clause.units if unit.time and unit.time.time]
    before = [t for t in inside if t.span.start < cue.start]
    if before:
        return before[-1].time
    if inside:
        return inside[0].time
    sentence = annotated.sentences[clause.sentence]
    opening = Span(sentence.start, min(sentence.start + 2, sentence.end))
    for mention in annotated.times:
        if mention.time and mention.span.overlaps(opening) and mention.span.start < cue.start:
            return mention.time
    return None
