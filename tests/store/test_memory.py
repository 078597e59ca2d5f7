"""The memory store: what the tests of all stores do not say."""

from __future__ import annotations

import pytest
from sample_graph import SAMPLE, XINGHE

from kg.errors import QueryError
from kg.rdf import encode
from kg.rdf.schema import ONTOLOGY_IRI, schema_quads
from kg.store import MemoryStore, Rows, open_memory

QUADS = encode(SAMPLE)


def test_a_binding_that_is_not_selected_is_an_error() -> None:
    with pytest.raises(QueryError, match=r"\?s"):
        MemoryStore(QUADS).query("SELECT ?o { ?s kg:develops ?o }", {"s": XINGHE})


def test_a_closed_store_is_empty() -> None:
    store = MemoryStore(QUADS)
    store.close()
    assert list(store.quads()) == []


def test_the_ontology_stands_in_a_graph_of_its_own() -> None:
    store = open_memory(QUADS)
    graphs = {str(quad.graph_name) for quad in set(store.quads()) - set(MemoryStore(QUADS).quads())}
    assert graphs == {f"<{ONTOLOGY_IRI}>"}
    answer = store.query("SELECT DISTINCT ?x { ?x a/rdfs:subClassOf* kg:Organization }")
    assert isinstance(answer, Rows)
    assert XINGHE in {value.text for row in answer.rows for value in row if value}
    assert len(schema_quads()) > 300
