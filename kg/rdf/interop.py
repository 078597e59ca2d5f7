"""Our quads as rdflib's graphs, for tools that want those."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode

from kg.iri import PREFIXES
from kg.ontology import language_tag
from kg.rdf.terms import Quads


def to_rdflib(quads: Quads) -> Dataset:
    """A dataset with the same named graphs; its default graph is their union."""
    dataset = Dataset(default_union=True)
    _bind(dataset)
    for quad in quads:
        graph = dataset if isinstance(quad.graph_name, ox.DefaultGraph) else None
        target = graph if graph is not None else dataset.graph(_resource(quad.graph_name))
        target.add((_resource(quad.subject), _resource(quad.predicate), _term(quad.object)))
    return dataset


def merge(quads: Quads) -> Graph:
    """One graph of all triples, without prefixes (binding them takes longer than adding)."""
    graph = Graph(bind_namespaces="none")
    for quad in quads:
        graph.add((_resource(quad.subject), _resource(quad.predicate), _term(quad.object)))
    return graph


def _bind(graph: Graph) -> None:
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)


def _resource(term: object) -> IdentifiedNode:
    return BNode(term.value) if isinstance(term, ox.BlankNode) else URIRef(str(term)[1:-1])


def _term(term: object) -> IdentifiedNode | Literal:
    """With the lexical form as it is: rdflib would write some values anew."""
    if not isinstance(term, ox.Literal):
        return _resource(term)
    if term.language:
        return Literal(term.value, lang=language_tag(term.language))
    datatype = URIRef(term.datatype.value)
    plain = datatype == _STRING
    return Literal(term.value, datatype=None if plain else datatype, normalize=False)


_STRING = URIRef(PREFIXES["xsd"] + "string")
