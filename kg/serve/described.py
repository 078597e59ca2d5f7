"""What the endpoint says of itself: SPARQL 1.1 Service Description, as RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.rdf.terms import Quad, Resource, Triple, node

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def describe_service(endpoint: str, graphs: Iterable[str]) -> tuple[Quad, ...]:
    """The description of the service at the IRI *endpoint* with these named graphs.

    Raises ValueError where *endpoint* is no IRI.
    """
    return tuple(Quad(*triple) for triple in _triples(endpoint, graphs))


def _triples(endpoint: str, graphs: Iterable[str]) -> Iterator[Triple]:
    service, dataset = node(f"{endpoint}#service"), node(f"{endpoint}#dataset")
    default = node(f"{endpoint}#default-graph")
    yield service, node("rdf:type"), _sd("Service")
    yield service, _sd("endpoint"), node(endpoint)
    yield service, _sd("supportedLanguage"), _sd("SPARQL11Query")
    yield service, _sd("feature"), _sd("UnionDefaultGraph")
    for name in (*_RESULTS, *_RDF):
        yield service, _sd("resultFormat"), node(_FORMATS + name)
    yield service, _sd("defaultDataset"), dataset
    yield dataset, node("rdf:type"), _sd("Dataset")
    yield dataset, _sd("defaultGraph"), default
    yield default, node("rdf:type"), _sd("Graph")
    for number, graph in enumerate(graphs, start=1):
        named = node(f"{endpoint}#graph-{number}")
        yield dataset, _sd("namedGraph"), named
        yield named, node("rdf:type"), _sd("NamedGraph")
        yield named, _sd("name"), node(graph)


def _sd(name: str) -> Resource:
    return node(_SD + name)
