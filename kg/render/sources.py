"""The articles of a graph, and where they say what the page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from kg.model import ClaimGraph, Document, Entity, Evidence, Span
from kg.render.articles import Article, Mark, Sentences
from kg.render.names import clip

_MAX_QUOTE = 1200
_MAX_SAID = 3

Place = tuple[int, Span]


class Sources:
    """The documents of *graph*, by number, cut at all that is shown of them."""

    def __init__(self, graph: ClaimGraph, node_ids: Mapping[str, str]) -> None:
        self.graph, self.node_ids = graph, node_ids
        self.numbers = {document.iri: i for i, document in enumerate(graph.documents)}
        self._sentences: dict[int, Sentences] = {}

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order of their numbers."""
        return self.graph.documents

    def quote(self, evidence: Evidence) -> list[int | str] | str:
        """What the page shows of *evidence*: the number of its article with the runs there.

        Where the text is not at hand, the number with the quote; of an unknown article the quote.
        """
        place = self._find(evidence.document, evidence.span, evidence.quote)
        if place:
            return [*self._runs(place)]
        quote, number = clip(evidence.quote, _MAX_QUOTE), self.numbers.get(evidence.document)
        return quote if number is None else [number, quote]

    def said(self, iri: str) -> list[list[int]]:
        """The sentences that name an entity first."""
        return [self._runs(place) for place in self._first[iri]]

    def _runs(self, place: Place) -> list[int]:
        number, span = place
        return [number, *self.articles[number].slice(_shown(span))]

    @cached_property
    def articles(self) -> list[Article]:
        """The texts in runs."""
        marks: dict[int, list[Mark]] = defaultdict(list)
        quotes: dict[int, list[tuple[str, Span]]] = defaultdict(list)
        parts: dict[int, list[Span]] = defaultdict(list)
        for entity in self.graph.entities:
            for number, span in self._named(entity):
                marks[number].append((span.start, span.end, self.node_ids[entity.iri]))
            for number, span in self._first[entity.iri]:
                parts[number].append(_shown(span))
        for i, claim in enumerate(self.graph.claims):
            for one in claim.evidence:
                if place := self._find(one.document, one.span, one.quote):
                    quotes[place[0]].append((f"c{i}", place[1]))
                    parts[place[0]].append(_shown(place[1]))
        return [
            Article(document.text, marks[i], quotes[i], parts[i])
            for i, document in enumerate(self.documents)
        ]

    @cached_property
    def _first(self) -> dict[str, list[Place]]:
        """Entity IRI → the first sentences that name it."""
        return {
            entity.iri: list(dict.fromkeys(map(self._sentence, self._named(entity))))[:_MAX_SAID]
            for entity in self.graph.entities
        }

    def _named(self, entity: Entity) -> list[Place]:
        found = (self._find(m.document, m.span, m.surface) for m in entity.mentions)
        return [place for place in found if place]

    def _find(self, document: str, span: Span, words: str) -> Place | None:
        """The place of *words*; None if the text at hand does not have them there."""
        number = self.numbers.get(document)
        if number is None or not words or span.of(self.documents[number].text) != words:
            return None
        return number, span

    def _sentence(self, place: Place) -> Place:
        number, span = place
        if number not in self._sentences:
            self._sentences[number] = Sentences(self.documents[number].text)
        return number, self._sentences[number].around(span)


def _shown(span: Span) -> Span:
    return Span(span.start, min(span.end, span.start + _MAX_QUOTE))
