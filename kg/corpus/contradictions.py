"""What one article asserts and another denies or tells to be over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from kg.lexicon import load_lexicon
from kg.model import Claim, ClaimGraph, Evidence, TimeSpan
from kg.ontology import Ontology
from kg.script import simplify


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A claim and one to the contrary, each with the sentence that says it best.

    ``kind`` is ``denied``; ``ended`` where the other says that it is over, or when it ended, so
    that both may be right in turn; ``retold`` where one article says both.
    """

    asserted: Claim
    contrary: Claim
    kind: str
    said: Evidence
    against: Evidence


def find_contradictions(graph: ClaimGraph, ontology: Ontology) -> tuple[Contradiction, ...]:
    """The pairs of claims that cannot both hold, those of different articles first.

    Both are of the same two things (in either order, if the relation has none), relation and
    office, and of times that can meet. What is planned or possible contradicts nothing; what a
    reader rejected neither.
    """
    groups: dict[object, list[Claim]] = defaultdict(list)
    for claim in graph.claims:
        if isinstance(claim.object, str) and not claim.is_rejected:
            groups[_about(claim, ontology)].append(claim)
    found = [one for group in groups.values() for one in _between(group)]
    return tuple(sorted(found, key=_rank))


def _about(claim: Claim, ontology: Ontology) -> object:
    ends: object = (claim.subject, claim.object)
    if ontology.relations[claim.predicate].symmetric:
        ends = frozenset((claim.subject, claim.object))
    return ends, claim.predicate, claim.role


def _between(group: list[Claim]) -> Iterator[Contradiction]:
    stated = [c for c in group if c.modality in ("actual", "reported")]
    asserted = [c for c in stated if c.polarity == "asserted"]
    denied = [c for c in stated if c.polarity == "denied"]
    for one, other in product(asserted, denied):
        if _can_meet(one.time, other.time):
            yield _contradiction(one, other)


def _contradiction(one: Claim, other: Claim) -> Contradiction:
    said, against = _best(one), _best(other)
    quote, endings = simplify(against.quote), load_lexicon().words("lex:Ending")
    ended = any(word in quote for word in endings)
    shared = {e.document for e in one.evidence} & {e.document for e in other.evidence}
    kind = "retold" if shared else "ended" if ended else "denied"
    return Contradiction(one, other, kind, said, against)


def _best(claim: Claim) -> Evidence:
    return min(claim.evidence, key=lambda e: (-e.score, e.document, e.span))


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
    sure = min(one.asserted.confidence, one.contrary.confidence)
    return one.kind == "retold", -sure, one.asserted.key, one.contrary.key
