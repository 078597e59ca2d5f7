"""What one article asserts and another denies, or asserts although it is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from kg.corpus.endings import Ending, about, best, find_endings, is_end, is_stated, name_of
from kg.lexicon import load_lexicon
from kg.model import Claim, ClaimGraph, Entity, Evidence, TimeSpan
from kg.ontology import Ontology
from kg.script import simplify


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A claim and what is to the contrary, each with the sentence that says it best.

    ``kind`` is ``denied``; ``ended`` where the claim is asserted of a time after its end, which
    ``contrary`` tells, a denial or an event; ``retold`` where one article asserts and denies it.
    """

    asserted: Claim
    contrary: Claim | Entity
    kind: str
    said: Evidence
    against: Evidence

    @property
    def contrary_name(self) -> str:
        """The key of the denial, or the IRI of the event."""
        return name_of(self.contrary)


def find_contradictions(graph: ClaimGraph, ontology: Ontology) -> tuple[Contradiction, ...]:
    """What cannot both hold, that of different articles first.

    A claim and its denial are of the same two things (in either order, if the relation has none),
    relation and office, and of times that can meet. What is planned or possible contradicts
    nothing; what a reader rejected neither; nor a claim its own end, but only what is asserted of
    later.
    """
    groups: dict[object, list[Claim]] = defaultdict(list)
    for claim in filter(is_stated, graph.claims):
        groups[about(claim, ontology), claim.role].append(claim)
    dates = {document.iri: document.published or "" for document in graph.documents}
    found = [one for group in groups.values() for one in _between(group)]
    found += [one for end in find_endings(graph, ontology) for one in _after_all(end, dates)]
    return tuple(sorted(found, key=_rank))


def _between(group: list[Claim]) -> Iterator[Contradiction]:
    asserted = [c for c in group if c.polarity == "asserted"]
    denied = [c for c in group if c.polarity == "denied" and not is_end(c)]
    for one, other in product(asserted, denied):
        if _can_meet(one.time, other.time):
            shared = {e.document for e in one.evidence} & {e.document for e in other.evidence}
            kind = "retold" if shared else "denied"
            yield Contradiction(one, other, kind, best(one), best(other))


def _after_all(end: Ending, dates: Mapping[str, str]) -> Iterator[Contradiction]:
    """The claim, if some other article asserts it of a time after its end."""
    former = load_lexicon().words("lex:Former")
    role = simplify(end.claim.role or "")
    if any(role.startswith(word) for word in former):
        return
    time = end.claim.time
    of = (time.start or time.end) if time else None
    others = (e for e in end.claim.evidence if e.document not in end.documents)
    later = [e for e in others if _is_after(of or dates.get(e.document, ""), end.on)]
    if later:
        said = min(later, key=lambda e: (-e.score, e.document, e.span))
        yield Contradiction(end.claim, end.by, "ended", said, end.told)


def _is_after(date: str, end: str) -> bool:
    """Whether a date is surely after another; a partial date is all of its time."""
    size = min(len(date), len(end))
    return date[:size] > end[:size]


def _can_meet(left: TimeSpan | None, right: TimeSpan | None) -> bool:
    """Whether two times share a moment; what has no time may be of any."""
    if left is None or right is None:
        return True
    return _starts_by(left, right) and _starts_by(right, left)


def _starts_by(left: TimeSpan, right: TimeSpan) -> bool:
    """Whether *left* begins before *right* has ended; a partial date is all of its time."""
    if left.start is None or right.end is None:
        return True
    size = min(len(left.start), len(right.end))
    return left.start[:size] <= right.end[:size]


def _rank(one: Contradiction) -> tuple[bool, float, str, str]:
    sure = one.asserted.confidence
    if isinstance(one.contrary, Claim):
        sure = min(sure, one.contrary.confidence)
    return one.kind == "retold", -sure, one.asserted.key, one.contrary_name
