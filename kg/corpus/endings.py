"""What articles tell to be over: a contract terminated, an office given up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.lexicon import load_lexicon
from kg.model import Claim, ClaimGraph, Entity, EntityMention, Evidence, TimeSpan
from kg.ontology import Ontology
from kg.script import simplify

_NOTHING = 0.0


@dataclass(frozen=True, slots=True)
class Ending:
    """That a claim is over.

    ``by`` is the denial or the event that says so, ``told`` where. ``on`` is since when, as precise
    as it is told; where it is not, the date of the article; "" if neither is known.
    """

    claim: Claim
    by: Claim | Entity
    told: Evidence
    on: str

    @property
    def documents(self) -> frozenset[str]:
        """The articles that say so."""
        places = self.by.evidence if isinstance(self.by, Claim) else self.by.mentions
        return frozenset(place.document for place in places)


def find_endings(graph: ClaimGraph, ontology: Ontology) -> tuple[Ending, ...]:
    """The ends of the asserted claims of *graph*, by claim.

    A claim is ended by a denial whose sentence says that something is over (終止, 不再), and by an
    event of a kind that ends its relation (a departure, of an office): one of both its ends, or of
    its subject alone in a sentence that makes the claim (行政總裁林小明辭職).
    """
    dates = {d.iri: d.published or "" for d in graph.documents}
    asserted: dict[object, list[Claim]] = defaultdict(list)
    for claim in graph.claims:
        if is_stated(claim) and claim.polarity == "asserted":
            asserted[about(claim, ontology)].append(claim)
    found = [*_denied(graph, ontology, asserted, dates), *_left(graph, ontology, asserted, dates)]
    first: dict[tuple[str, str], Ending] = {}
    for one in sorted(found, key=lambda one: (one.on or "~", one.told.document)):
        first.setdefault((one.claim.key, name_of(one.by)), one)
    return tuple(first[names] for names in sorted(first))


def name_of(told: Claim | Entity) -> str:
    """The key of a claim, the IRI of an event."""
    return told.key if isinstance(told, Claim) else told.iri


def is_stated(claim: Claim) -> bool:
    """Whether it says that two things are, or are not, in a relation; no reader rejected it."""
    stated = claim.modality in ("actual", "reported") and isinstance(claim.object, str)
    return stated and not claim.is_rejected


def about(claim: Claim, ontology: Ontology) -> object:
    """What a claim is about: its ends, in either order if the relation has none, and relation."""
    ends: object = (claim.subject, claim.object)
    if ontology.relations[claim.predicate].symmetric:
        ends = frozenset((claim.subject, claim.object))
    return ends, claim.predicate


def is_end(denial: Claim) -> bool:
    """Whether a denial tells that something is over, rather than that it never was."""
    words = load_lexicon().words
    over = words("lex:Ending") | words("lex:Leaving") | words("lex:NoLonger")
    quote = simplify(best(denial).quote)
    return any(word in quote for word in over)


def best(claim: Claim) -> Evidence:
    """The sentence that says it best."""
    return min(claim.evidence, key=lambda e: (-e.score, e.document, e.span))


Asserted = Mapping[object, list[Claim]]
Dates = Mapping[str, str]


def _denied(
    graph: ClaimGraph, ontology: Ontology, asserted: Asserted, dates: Dates
) -> Iterator[Ending]:
    for denial in graph.claims:
        if is_stated(denial) and denial.polarity == "denied" and is_end(denial):
            told = best(denial)
            for claim in asserted.get(about(denial, ontology), ()):
                if claim.role == denial.role:
                    yield Ending(claim, denial, told, _since(denial.time, told.document, dates))


def _left(
    graph: ClaimGraph, ontology: Ontology, asserted: Asserted, dates: Dates
) -> Iterator[Ending]:
    said = _by_document(graph.claims)
    words = load_lexicon().words("lex:Leaving")
    for event in graph.entities:
        relations = ontology.classes[event.cls].ends if event.cls in ontology.classes else ()
        if relations and event.is_fact and simplify(event.trigger or "") in words:
            for mention in event.mentions:
                around = [(c, e) for c, e in said[mention.document] if _covers(e, mention)]
                quote = next((e.quote for _, e in around), mention.surface)
                told = Evidence(mention.document, mention.span, quote, "", _NOTHING)
                on = _since(event.time, mention.document, dates)
                for claim in _ended(event, relations, asserted, around):
                    yield Ending(claim, event, told, on)


def _ended(
    event: Entity,
    relations: tuple[str, ...],
    asserted: Asserted,
    around: Iterable[tuple[Claim, Evidence]],
) -> Iterator[Claim]:
    """The claims that the departure of somebody ends; *around* are those of its sentence."""
    parties = [part.iri for part in event.participants]
    if len(parties) == 1:
        pairs = {(c.subject, c.object) for c, _ in around if c.subject in parties}
    else:
        pairs = {(one, other) for one in parties for other in parties if one != other}
    for pair in sorted(pairs, key=str):
        for relation in relations:
            yield from asserted.get((pair, relation), ())


def _by_document(claims: Iterable[Claim]) -> Mapping[str, list[tuple[Claim, Evidence]]]:
    found: dict[str, list[tuple[Claim, Evidence]]] = defaultdict(list)
    for claim in claims:
        for evidence in claim.evidence:
            found[evidence.document].append((claim, evidence))
    return found


def _covers(evidence: Evidence, mention: EntityMention) -> bool:
    span, inner = evidence.span, mention.span
    return span.start <= inner.start and inner.end <= span.end


def _since(time: TimeSpan | None, document: str, dates: Dates) -> str:
    told = (time.end or time.start) if time else None
    return told or dates.get(document, "")
