"""The ontology as quads, for labels and the class tree beside the claims."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg.iri import PREFIXES
from kg.ontology import ontology_dir
from kg.rdf.terms import Quad

ONTOLOGY_IRI = PREFIXES["kg"].rstrip("#")


@cache
def schema_quads() -> tuple[Quad, ...]:
    """``schema.ttl`` in a named graph of its own, :data:`ONTOLOGY_IRI`."""
    graph = ox.NamedNode(ONTOLOGY_IRI)
    parsed = ox.parse(path=str(ontology_dir() / "schema.ttl"), format=ox.RdfFormat.TURTLE)
    return tuple(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)
