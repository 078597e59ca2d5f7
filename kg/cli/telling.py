"""How claims are told in words, wherever one is printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Claim, TimeSpan


def qualifiers(graph: Graph, claim: Claim) -> Iterator[tuple[str, str]]:
    """What a claim says beside its three parts, by name."""
    yield "stance", f"{claim.polarity}, {claim.modality}"
    if claim.review:
        yield "judged", f"{claim.review.ruling}, by {claim.review.by}"
    if claim.time:
        yield "time", when(claim.time)
    for field in ("place", "speaker", "event"):
        if iri := getattr(claim, field):
            yield field, graph.label(iri)
    if claim.role:
        yield "role", claim.role


def when(time: TimeSpan) -> str:
    """A date, or both ends of a period; an open end is left out."""
    ends = [time.start] if time.start == time.end else [time.start, time.end]
    return "/".join(end or "" for end in ends)


def sentence(graph: Graph, claim: Claim) -> str:
    """A claim as subject, relation and object, as the articles' language names them."""
    from kg.lookup import main_language
    from kg.ontology import load_ontology

    relation = load_ontology().label(claim.predicate, main_language(graph.content))
    subject = graph.label(claim.subject)
    return f"{subject} {arrow(claim.predicate, relation)} {_object(graph, claim)}"


def arrow(predicate: str, label: str, forward: bool = True) -> str:
    """A relation's label as an arrow to its object; a line where it has no direction."""
    from kg.ontology import load_ontology

    relation = load_ontology().relations.get(predicate)
    if relation and relation.symmetric:
        return f"—{label}—"
    return f"—{label}→" if forward else f"←{label}—"


def _object(graph: Graph, claim: Claim) -> str:
    if isinstance(claim.object, str):
        return graph.label(claim.object)
    return f"{claim.object.name} {claim.object.quantity.raw}"


def title(graph: Graph, iri: str) -> str:
    """A document's title, else where it came from."""
    for document in graph.documents:
        if document.iri == iri:
            return document.title or document.source or iri
    return iri
