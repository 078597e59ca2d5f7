"""Small graphs of several articles, made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from claimgraphs import claim, entity

from kg.iri import entity_name
from kg.model import Claim, ClaimGraph, Document, Evidence, Span, TimeSpan


def article(name: str, published: str | None = None, **more: Any) -> Document:
    return Document(
        f"https://example.org/doc/{name}", more.pop("text", ""), published=published, **more
    )


def told(subject: str, predicate: str, object_: str, *articles: str, **more: Any) -> Claim:
    """A claim that these articles say, each with a sentence of its own."""
    made = claim(subject, predicate, object_, **more)
    evidence = tuple(
        Evidence(
            f"https://example.org/doc/{name}",
            Span(0, 9),
            more.get("quote", f"{name}說"),
            "test",
            0.9,
        )
        for name in articles
    )
    return replace(made, evidence=evidence)


def graph(documents: Iterable[Document], claims: Iterable[Claim], **more: Any) -> ClaimGraph:
    claims = tuple(claims)
    iris = sorted({end for c in claims for end in (c.subject, str(c.object))})
    entities = more.pop("entities", ()) or tuple(entity(entity_name(iri) or "") for iri in iris)
    return ClaimGraph(documents=tuple(documents), claims=claims, entities=entities, **more)


def time(start: str | None, end: str | None) -> TimeSpan:
    return TimeSpan(start, end, "day")
