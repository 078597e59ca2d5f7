"""Quads back to claims: the inverse of :mod:`kg.rdf.encode` on what RDF carries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.errors import GraphError
from kg.iri import PREFIXES, compact, expand
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    Evidence,
    Measure,
    Participant,
    Quantity,
    Review,
    Script,
    Span,
    TimeSpan,
)
from kg.ontology import language_tag, load_ontology
from kg.rdf.terms import Quads, read_moment
from kg.script import LANGUAGE_OF_SCRIPT

_SCRIPT_OF_LANGUAGE: dict[str, Script] = {tag: s for s, tag in LANGUAGE_OF_SCRIPT.items()}
_ROOT = "kg:Entity"
_TYPE = expand("rdf:type")


def decode(quads: Quads) -> ClaimGraph:
    """The documents (without text), entities and claims of *quads*, sorted by IRI and key.

    The graphs are read as one. Aliases and ``same_as`` come back sorted, language tags in the
    case of BCP 47. Raises :class:`GraphError` where a node lacks a property it must have.
    """
    nodes = _Nodes(quads)
    return ClaimGraph(
        documents=tuple(_document(nodes, iri) for iri in nodes.typed("schema:NewsArticle")),
        entities=tuple(_entity(nodes, iri) for iri in nodes.entities()),
        claims=tuple(_claim(nodes, iri) for iri in nodes.typed("kg:Claim")),
    )


class _Nodes:
    """The merged graph as subject → predicate → objects, each object once."""

    def __init__(self, quads: Quads) -> None:
        self._table: dict[str, dict[str, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                self._table[quad.subject.value][quad.predicate.value][quad.object] = None

    def types(self, iri: str) -> set[str]:
        return {compact(term.value) for term in self._table[iri].get(_TYPE, ())}

    def typed(self, curie: str) -> list[str]:
        return sorted(iri for iri in self._table if curie in self.types(iri))

    def entities(self) -> list[str]:
        is_a = load_ontology().is_a
        return sorted(i for i in self._table if any(is_a(t, _ROOT) for t in self.types(i)))

    def all(self, iri: str, predicate: str) -> list[Any]:
        found = self._table.get(iri, {}).get(expand(predicate), ())
        return sorted(found, key=lambda term: (term.value, str(term)))

    def find(self, iri: str, predicate: str) -> str | None:
        terms = self.all(iri, predicate)
        return str(terms[0].value) if terms else None

    def get(self, iri: str, predicate: str) -> str:
        value = self.find(iri, predicate)
        if value is None:
            raise GraphError(f"{compact(iri)} has no {predicate}: build the graph again")
        return value


def _document(nodes: _Nodes, iri: str) -> Document:
    language = nodes.get(iri, "dcterms:language")
    published = nodes.find(iri, "dcterms:issued")
    return Document(
        iri=iri,
        text="",
        title=nodes.find(iri, "dcterms:title"),
        published=published and read_moment(published),
        publisher=nodes.find(iri, "schema:publisher"),
        language=language,
        script=_SCRIPT_OF_LANGUAGE.get(language, "Latn"),
        source=nodes.find(iri, "dcterms:source") or "",
        digest=nodes.find(iri, "schema:sha256") or "",
        url=nodes.find(iri, "schema:url"),
    )


def _entity(nodes: _Nodes, iri: str) -> Entity:
    is_a = load_ontology().is_a
    labels = nodes.all(iri, "rdfs:label")
    polarity: Any = _local(nodes.find(iri, "kg:polarity") or "kg:Asserted")
    modality: Any = _local(nodes.find(iri, "kg:modality") or "kg:Actual")
    return Entity(
        iri=iri,
        cls=min(t for t in nodes.types(iri) if is_a(t, _ROOT)),
        labels={language_tag(label.language): label.value for label in labels},
        aliases=tuple(dict.fromkeys(t.value for t in nodes.all(iri, "skos:altLabel"))),
        same_as=tuple(term.value for term in nodes.all(iri, "owl:sameAs")),
        trigger=nodes.find(iri, "kg:trigger"),
        time=_time(nodes, iri),
        participants=tuple(_participants(nodes, iri)),
        place=nodes.find(iri, "kg:place"),
        polarity=polarity,
        modality=modality,
        speaker=nodes.find(iri, "kg:speaker"),
    )


def _number(iri: str) -> int:
    """The number at the end of ``…-12``: the place in the order."""
    found = re.search(r"-(\d+)$", iri)
    return int(found[1]) if found else 0


def _numbered(nodes: _Nodes, iri: str, predicate: str) -> list[str]:
    return sorted((term.value for term in nodes.all(iri, predicate)), key=_number)


def _participants(nodes: _Nodes, iri: str) -> Iterator[Participant]:
    for part in _numbered(nodes, iri, "kg:participation"):
        yield Participant(nodes.get(part, "kg:role"), nodes.get(part, "kg:participant"))


def _time(nodes: _Nodes, iri: str) -> TimeSpan | None:
    span = nodes.find(iri, "kg:time")
    if span is None:
        return None
    start, end = nodes.find(span, "kg:start"), nodes.find(span, "kg:end")
    precision: Any = nodes.get(span, "kg:precision")
    return TimeSpan(start and read_moment(start), end and read_moment(end), precision)


def _claim(nodes: _Nodes, iri: str) -> Claim:
    polarity: Any = _local(nodes.get(iri, "kg:polarity"))
    modality: Any = _local(nodes.get(iri, "kg:modality"))
    return Claim(
        key=iri.removeprefix(PREFIXES["claim"]),
        subject=nodes.get(iri, "kg:subject"),
        predicate=compact(nodes.get(iri, "kg:predicate")),
        object=_object(nodes, nodes.get(iri, "kg:object")),
        evidence=tuple(_evidence(nodes, e) for e in _numbered(nodes, iri, "kg:evidence")),
        time=_time(nodes, iri),
        place=nodes.find(iri, "kg:place"),
        role=nodes.find(iri, "kg:role"),
        polarity=polarity,
        modality=modality,
        speaker=nodes.find(iri, "kg:speaker"),
        event=nodes.find(iri, "kg:event"),
        confidence=float(nodes.get(iri, "kg:confidence")),
        extractor=_extractor(nodes, iri),
        review=_review(nodes, iri),
    )


def _review(nodes: _Nodes, iri: str) -> Review | None:
    review = nodes.find(iri, "kg:review")
    if review is None:
        return None
    ruling: Any = _local(nodes.get(review, "kg:verdict"))
    by = nodes.get(nodes.get(review, "prov:wasAttributedTo"), "rdfs:label")
    return Review(ruling, by, nodes.find(review, "prov:generatedAtTime"))


def _local(iri: str) -> str:
    return compact(iri).partition(":")[2].lower()


def _object(nodes: _Nodes, iri: str) -> str | Measure:
    if "kg:Metric" not in nodes.types(iri):
        return iri
    most, comparator = nodes.find(iri, "kg:maxValue"), nodes.get(iri, "kg:comparator")
    checked: Any = comparator
    quantity = Quantity(
        value=float(nodes.get(iri, "kg:value")),
        max=None if most is None else float(most),
        comparator=checked,
        unit=nodes.get(iri, "kg:unit"),
        raw=nodes.get(iri, "kg:raw"),
    )
    return Measure(nodes.get(iri, "kg:metricName"), quantity)


def _evidence(nodes: _Nodes, iri: str) -> Evidence:
    return Evidence(
        document=nodes.get(iri, "prov:wasQuotedFrom"),
        span=Span(int(nodes.get(iri, "oa:start")), int(nodes.get(iri, "oa:end"))),
        quote=nodes.get(iri, "oa:exact"),
        extractor=_extractor(nodes, iri),
        score=float(nodes.get(iri, "kg:score")),
    )


def _extractor(nodes: _Nodes, iri: str) -> str:
    agent = nodes.find(iri, "prov:wasAttributedTo")
    return nodes.get(agent, "rdfs:label") if agent else ""
