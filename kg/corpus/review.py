"""What resolution was not sure of, for a reader to judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.iri import escape_name, unescape_name
from kg.model import ClaimGraph, Entity, Evidence, Judgement

COLUMNS = (
    "verdict", "left_name", "right_name", "left_class", "right_class", "left_article",
    "right_article", "left_says", "right_says", "score", "reasons", "left", "right",
)  # fmt: skip
_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things: what its article calls it, and the sentences there that tell of it."""

    id: str
    name: str
    cls: str
    document: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two things that may be one, and the judgement that says so."""

    left: Side
    right: Side
    judgement: Judgement


def find_doubts(graph: ClaimGraph) -> tuple[Doubt, ...]:
    """The unsure judgements on what two articles tell of, the likeliest first.

    One that a reader has judged since is none.
    """
    ruled = {(j.left, j.right) for j in graph.judgements if j.verdict != "unsure"}
    entities = {place: entity for entity in graph.entities for place in places_of(entity)}
    quotes = _quotes(graph)
    unsure = [j for j in graph.judgements if j.verdict == "unsure" and "#" in j.left]
    open_ = [j for j in unsure if (j.left, j.right) not in ruled]
    return tuple(
        Doubt(_side(j.left, entities, quotes), _side(j.right, entities, quotes), j)
        for j in sorted(open_, key=lambda j: (-j.score, j.left, j.right))
    )


def places_of(entity: Entity) -> Iterator[str]:
    """What judgements between articles may call the entity; see ``Profile.id``."""
    names = {*entity.labels.values(), *entity.aliases}
    for document in {mention.document for mention in entity.mentions}:
        for name in names:
            yield f"{document}#{escape_name(name)}"


def place_name(place: str) -> str:
    """The name in what :func:`places_of` gives; an IRI of another kind as it stands."""
    return unescape_name(place.partition("#")[2]) or place


def _quotes(graph: ClaimGraph) -> Mapping[tuple[str, str], list[Evidence]]:
    found: dict[tuple[str, str], list[Evidence]] = {}
    for claim in graph.claims:
        for one in claim.evidence:
            for end in (claim.subject, claim.object):
                found.setdefault((str(end), one.document), []).append(one)
    return found


def _side(
    place: str, entities: Mapping[str, Entity], quotes: Mapping[tuple[str, str], list[Evidence]]
) -> Side:
    document = place.partition("#")[0]
    entity = entities.get(place)
    told = quotes.get((entity.iri, document), []) if entity else []
    texts = dict.fromkeys(one.quote for one in sorted(told, key=lambda one: one.span))
    cls = entity.cls if entity else ""
    return Side(place, place_name(place), cls, document, tuple(texts)[:_QUOTES])
