"""Graphs put together: what is one thing gets one IRI, and claims that say the same pool.

Each graph is complete by itself, usually that of one document. Moving it to other IRIs is pure, so
that a store, a worker or a whole corpus give the same graph from the same parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.claims import aligned, keyed, pool
from kg.model import Claim, ClaimGraph, Drop, Entity, Participant
from kg.ontology import Ontology
from kg.resolve import judgement_order

STAGE = "combine"
NO_FIT = "no two fitting ends after the names were resolved"

Moves = Mapping[str, str]
"""The IRI of an entity in one graph → the IRI that it gets."""


def combine(graphs: Sequence[ClaimGraph], moves: Sequence[Moves], ontology: Ontology) -> ClaimGraph:
    """One graph of all *graphs*, whose entities move by the mapping of the same index.

    An entity that no mapping names keeps its IRI. The order of the graphs does not matter.
    """
    paired = sorted(zip(graphs, moves, strict=True), key=lambda pair: _place(pair[0]))
    moved = [(graph, tuple(move_entities(graph.entities, to))) for graph, to in paired]
    entities = merge_entities((one for _, found in moved for one in found), ontology)
    known = {entity.iri: entity for entity in entities}
    fitted = [move_claims(graph.claims, to, ontology, known) for graph, to in paired]
    counts: Counter[str] = Counter()
    for graph, _ in paired:
        counts.update(graph.counts)
    return ClaimGraph(
        documents=tuple(d for graph, _ in paired for d in graph.documents),
        entities=entities,
        claims=pooled([claim for kept, _ in fitted for claim in kept], ontology),
        judgements=tuple(sorted({j for g, _ in paired for j in g.judgements}, key=judgement_order)),
        drops=(*(d for g, _ in paired for d in g.drops), *(d for _, lost in fitted for d in lost)),
        failures=tuple(f for graph, _ in paired for f in graph.failures),
        counts=dict(counts),
    )


def _place(graph: ClaimGraph) -> list[str]:
    return [document.iri for document in graph.documents]


def pooled(claims: Sequence[Claim], ontology: Ontology) -> tuple[Claim, ...]:
    """The claims by key, those with one key as one."""
    return tuple(sorted(pool(list(aligned(claims, ontology))), key=lambda claim: claim.key))


def move_claims(
    claims: Iterable[Claim], to: Moves, ontology: Ontology, known: Mapping[str, Entity]
) -> tuple[list[Claim], list[Drop]]:
    """The claims moved to their new ends, and as drops those that have no two fitting ends there.

    What does not move stays.
    """
    kept, lost = [], []
    for claim in claims:
        moved = move_claim(claim, to)
        if moved == claim or fits(moved, ontology, known):
            kept.append(moved)
        else:
            first = claim.evidence[0]
            lost.append(Drop(first.document, STAGE, claim.predicate, NO_FIT, first.quote))
    return kept, lost


def fits(claim: Claim, ontology: Ontology, known: Mapping[str, Entity]) -> bool:
    """Whether the ends of *claim* are two and of classes that its relation may have."""
    target = known[claim.object].cls if isinstance(claim.object, str) else None
    fitting = ontology.fits(claim.predicate, known[claim.subject].cls, target)
    return fitting and claim.subject != claim.object


def move_claim(claim: Claim, to: Moves) -> Claim:
    """*claim* between the entities that its own become, with the key that this gives."""

    def now(iri: str | None) -> str | None:
        return to.get(iri, iri) if iri else iri

    target = claim.object
    moved = replace(
        claim,
        subject=to.get(claim.subject, claim.subject),
        object=to.get(target, target) if isinstance(target, str) else target,
        place=now(claim.place),
        speaker=now(claim.speaker),
        event=now(claim.event),
    )
    return keyed(moved)


def move_entities(entities: Iterable[Entity], to: Moves) -> Iterator[Entity]:
    """The entities under the IRIs that they get, also where events name them."""
    for entity in entities:
        parts = {p.iri: p for p in (_part(p, to) for p in entity.participants)}
        place, speaker = (to.get(end or "", end) for end in (entity.place, entity.speaker))
        yield replace(
            entity,
            iri=to.get(entity.iri, entity.iri),
            participants=tuple(parts.values()),
            place=place,
            speaker=speaker,
        )


def _part(part: Participant, to: Moves) -> Participant:
    return replace(part, iri=to.get(part.iri, part.iri))


def merge_entities(entities: Iterable[Entity], ontology: Ontology) -> tuple[Entity, ...]:
    """One entity an IRI, by IRI: of the class that most of its mentions have."""
    groups: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        groups[entity.iri].append(entity)
    return tuple(
        replace(merged(group), cls=_class(group, ontology)) if len(group) > 1 else group[0]
        for group in (groups[iri] for iri in sorted(groups))
    )


def _class(group: Sequence[Entity], ontology: Ontology) -> str:
    """The class with most mentions of it, those above and below it; of equals the most specific."""

    def support(cls: str) -> tuple[int, int, str]:
        related = (e for e in group if ontology.is_a(e.cls, cls) or ontology.is_a(cls, e.cls))
        return sum(len(e.mentions) for e in related), len(ontology.ancestors(cls)), cls

    return max({entity.cls for entity in group}, key=support)


def merged(group: Sequence[Entity]) -> Entity:
    """The first with what the others are called, and where; other IRIs stay known as its own."""
    first, others = group[0], group[1:]
    labels = {tag: label for one in reversed(group) for tag, label in one.labels.items()}
    names = {name for one in group for name in (*one.labels.values(), *one.aliases)}
    iris = (one.iri for one in others if one.iri != first.iri)
    links = [*(iri for one in group for iri in one.same_as), *iris]
    mentions = {mention for one in group for mention in one.mentions}
    return replace(
        first,
        labels=labels,
        aliases=tuple(sorted(names - set(labels.values()))),
        same_as=tuple(dict.fromkeys(links)),
        mentions=tuple(sorted(mentions, key=lambda m: (m.document, m.span, m.surface))),
        time=first.time or next((one.time for one in others if one.time), None),
        participants=tuple(part for one in group for part in one.participants),
    )
