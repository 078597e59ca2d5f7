"""The memory store answers in plain values, over the union of all graphs."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from sample_graph import FIRST, LANHAI, SAMPLE, XINGHE, YUNQIAO

from kg.errors import QueryError
from kg.iri import expand
from kg.rdf import encode
from kg.rdf.schema import ONTOLOGY_IRI, schema_quads
from kg.rdf.terms import decimal, node, text
from kg.store import MemoryStore, Rows, Store, Value, open_memory

QUADS = encode(SAMPLE)


@pytest.fixture
def store() -> Store:
    return MemoryStore(QUADS)


def texts(answer: object) -> list[str]:
    assert isinstance(answer, Rows)
    return sorted(value.text for row in answer.rows for value in row if value)


def test_the_default_graph_is_the_union(store: Store) -> None:
    answer = store.query("SELECT DISTINCT ?o { ?s kg:uses ?o }")
    assert texts(answer) == [YUNQIAO]


def test_a_triple_of_two_graphs_counts_once(store: Store) -> None:
    answer = store.query("SELECT (COUNT(*) AS ?n) { ?s kg:develops ?o }")
    assert texts(answer) == ["1"]
    assert sum(quad.predicate == node("kg:develops") for quad in store.quads()) == 2


def test_quads_without_a_graph_come_back_once() -> None:
    quads = [
        ox.Quad(node(XINGHE), node("kg:value"), decimal(1)),
        ox.Quad(node(XINGHE), node("kg:raw"), text("x")),
        ox.Quad(node(XINGHE), node("kg:raw"), text("x"), node(FIRST.iri)),
    ]
    assert sorted(str(quad.graph_name) for quad in MemoryStore(quads).quads()) == [
        f"<{FIRST.iri}>",
        "DEFAULT",
        "DEFAULT",
    ]


def test_a_graph_is_one_document(store: Store) -> None:
    answer = store.query(f"SELECT DISTINCT ?s {{ GRAPH <{FIRST.iri}> {{ ?s kg:uses ?o }} }}")
    assert texts(answer) == [LANHAI]


def test_values_keep_language_and_datatype(store: Store) -> None:
    answer = store.query(
        "SELECT DISTINCT ?label ?value ?name ?none { ?s rdfs:label ?label ; schema:name ?name ;"
        " kg:hasMetric/kg:value ?value FILTER(?value = 2000 && lang(?label) = 'zh-hant') }"
    )
    assert isinstance(answer, Rows)
    assert answer.columns == ("label", "value", "name", "none")
    assert answer.rows == (
        (
            Value("literal", "星河科技", "zh-Hant"),
            Value("literal", "2000", None, expand("xsd:decimal")),
            Value("literal", "星河科技"),
            None,
        ),
    )


def test_bindings_are_terms(store: Store) -> None:
    question = "SELECT DISTINCT ?s ?o { ?s kg:develops ?o }"
    assert texts(store.query(question, {"s": XINGHE})) == sorted([XINGHE, YUNQIAO])
    assert texts(store.query(question, {"s": LANHAI})) == []


def test_a_binding_that_is_not_selected_is_an_error(store: Store) -> None:
    with pytest.raises(QueryError, match=r"\?s"):
        store.query("SELECT ?o { ?s kg:develops ?o }", {"s": XINGHE})


def test_ask_and_construct(store: Store) -> None:
    assert store.query("ASK { ?s kg:develops ?o }", {"s": XINGHE}) is True
    assert store.query("ASK { ?s kg:develops ?o }", {"s": LANHAI}) is False
    quads = store.query("CONSTRUCT { ?o kg:raw ?s } WHERE { ?s kg:develops ?o }")
    assert isinstance(quads, tuple)
    assert {quad.object.value for quad in quads} == {XINGHE}


def test_what_does_not_parse_is_a_query_error(store: Store) -> None:
    with pytest.raises(QueryError, match="does not parse"):
        store.query("SELECT nothing")


def test_adding_twice_changes_nothing(store: Store) -> None:
    before = set(store.quads())
    store.add(QUADS)
    assert set(store.quads()) == before
    assert len(before) == len(QUADS)


def test_a_closed_store_is_empty(store: Store) -> None:
    store.close()
    assert list(store.quads()) == []


def test_the_ontology_stands_in_a_graph_of_its_own() -> None:
    store = open_memory(QUADS)
    graphs = {str(quad.graph_name) for quad in set(store.quads()) - set(MemoryStore(QUADS).quads())}
    assert graphs == {f"<{ONTOLOGY_IRI}>"}
    answer = store.query("SELECT DISTINCT ?x { ?x a/rdfs:subClassOf* kg:Organization }")
    assert XINGHE in texts(answer)
    assert len(schema_quads()) > 300
