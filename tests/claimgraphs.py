"""Small claim graphs made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.iri import content_key, entity_iri
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Measure,
    Span,
)

DOCUMENT = Document("https://example.org/doc/1", "甲公司與乙公司合作。", title="甲乙合作")


def entity(name: str, cls: str = "kg:Company", mentions: int = 1, **more: Any) -> Entity:
    found = tuple(
        EntityMention(DOCUMENT.iri, Span(place, place + len(name)), name)
        for place in range(mentions)
    )
    more.setdefault("labels", {"zh-Hant": name})
    more.setdefault("iri", entity_iri(name))
    return Entity(cls=cls, mentions=found, **more)


def claim(
    subject: str, predicate: str, object_: str | Measure, confidence: float = 0.9, **more: Any
) -> Claim:
    """A claim between entities of these names; its quote is its three parts in a row."""
    quote = more.pop("quote", f"{subject}{predicate}{object_}")
    quotes = (quote,) if isinstance(quote, str) else quote
    target = entity_iri(object_) if isinstance(object_, str) else object_
    key = content_key(subject, predicate, str(object_), sorted(map(str, more.items())))
    return Claim(
        key=key,
        subject=entity_iri(subject),
        predicate=predicate,
        object=target,
        evidence=tuple(
            Evidence(DOCUMENT.iri, Span(place, place + len(text)), text, "test", 0.9)
            for place, text in enumerate(quotes)
        ),
        confidence=confidence,
        **more,
    )


def graph_of(
    claims: Iterable[Claim] = (), entities: Iterable[Entity] = (), **more: Any
) -> ClaimGraph:
    more.setdefault("documents", (DOCUMENT,))
    return ClaimGraph(entities=tuple(entities), claims=tuple(claims), **more)


def linked(*pairs: str, confidence: float = 0.9) -> ClaimGraph:
    """Companies of one-letter names, "ab" for a claim that a is a partner of b."""
    names = sorted({name for pair in pairs for name in pair})
    return graph_of([claim(a, "kg:partnerOf", b, confidence) for a, b in pairs], map(entity, names))
