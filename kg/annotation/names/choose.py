"""Which of all proposals stay: one mention a span, and none that overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.annotation.names.view import overlaps_any
from kg.lexicon import EVENT
from kg.model import Mention, Span
from kg.ontology import Ontology

#: The extractor of what the trained recogniser found.
RECOGNISER = "recogniser"
#: What only the recogniser found must be surer than this: of less sure names half are wrong.
LEAST = 0.75
#: Rules of shape that are hardly ever right where the recogniser has read the text and sees no
#: such name: of 28 names on held-out news that only they proposed, one was right. Of events the
#: recogniser has seen too few to doubt a rule.
DOUBTED = frozenset(("suffix", "place", "latin", "person", "officer", "titled"))


def weigh(proposals: Iterable[Mention], ontology: Ontology) -> Iterator[Mention]:
    """One mention a span: its extractor names all sources, its score grows with each of them.

    A known entity gives the class, else the surest source; the score is that of independent
    witnesses, 1 - Π(1 - score). Left out is what the recogniser alone found and is not sure of,
    and what rules that err easily found without it.
    """
    spans: dict[Span, list[Mention]] = defaultdict(list)
    for mention in proposals:
        spans[mention.span].append(mention)
    read = any(RECOGNISER in mention.sources for group in spans.values() for mention in group)
    for group in spans.values():
        best = max(group, key=lambda m: (not m.is_name, m.known is not None, m.score, m.extractor))
        joined = _joined(best, group) if best.is_name else best
        if not (read and _is_doubtful(joined, ontology)):
            yield joined


def _is_doubtful(mention: Mention, ontology: Ontology) -> bool:
    """Whether it has one kind of witness only, and one that errs when it is alone."""
    sources = set(mention.sources)
    if RECOGNISER in sources:
        return len(sources) == 1 and mention.score <= LEAST
    return sources <= DOUBTED and not ontology.is_a(mention.cls, EVENT)


def _joined(best: Mention, group: list[Mention]) -> Mention:
    by_source = {m.extractor: m.score for m in sorted(group, key=lambda m: m.score)}
    if len(by_source) == 1:
        return best
    doubt = 1.0
    for score in by_source.values():
        doubt *= 1 - score
    return replace(best, extractor="+".join(sorted(by_source)), score=round(1 - doubt, 3))


def choose(mentions: Iterable[Mention], length: int) -> list[Mention]:
    """The mentions that do not overlap, long and sure ones first; in text order.

    Measured against the longest, the surest and the recogniser first: length × score is right
    most often. Cost is linear in the characters covered.
    """
    taken = bytearray(length)
    chosen = []
    for mention in sorted(mentions, key=_preference):
        if not overlaps_any(mention.span, taken):
            taken[mention.span.start : mention.span.end] = b"\1" * len(mention.surface)
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.span)


def _preference(mention: Mention) -> tuple[float, float, Span, str]:
    return -len(mention.surface) * mention.score, -mention.score, mention.span, mention.extractor
