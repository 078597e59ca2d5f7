"""A store that is only read: datasets, limits, and books that stay closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_graph import FIRST, SAMPLE, SECOND

from kg.errors import QueryError, StoreError
from kg.rdf import encode
from kg.rdf.terms import Quad, node, text
from kg.store import BOOKS, Rows, load_disk
from kg.store.readonly import Dataset, ReadOnlyStore

ALL = "SELECT ?s ?o { ?s kg:develops ?o }"
IN_GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ReadOnlyStore:
    folder = tmp_path_factory.mktemp("readonly") / "store"
    record = Quad(node("urn:a"), node("urn:b"), text("closed"), node(BOOKS))
    load_disk(folder, [*encode(SAMPLE), record])
    return ReadOnlyStore(folder)


def graphs(found: object) -> set[str]:
    assert isinstance(found, Rows)
    return {value.text for (value,) in found.rows if value}


def test_the_graphs_are_the_documents(store: ReadOnlyStore) -> None:
    assert {FIRST.iri, SECOND.iri} <= store.graphs
    assert BOOKS not in store.graphs


def test_books_are_in_no_graph_of_a_query(store: ReadOnlyStore) -> None:
    assert BOOKS not in graphs(store.ask(IN_GRAPHS, limit=100))
    assert store.ask("ASK { <urn:a> ?p ?o }", limit=1) is False
    assert store.ask("ASK { GRAPH ?g { <urn:a> ?p ?o } }", limit=1) is False


def test_a_request_may_name_its_graphs(store: ReadOnlyStore) -> None:
    named = store.ask(IN_GRAPHS, Dataset(named=(FIRST.iri,)), limit=9)
    assert graphs(named) == {FIRST.iri}
    empty = store.ask("ASK { ?s ?p ?o }", Dataset(named=(FIRST.iri,)), limit=9)
    assert empty is False
    assert store.ask("ASK { ?s ?p ?o }", Dataset(default=(FIRST.iri,)), limit=9) is True


def test_a_text_may_name_its_graphs_and_the_request_stands_before_it(store: ReadOnlyStore) -> None:
    query = f"SELECT DISTINCT ?g FROM NAMED <{FIRST.iri}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert graphs(store.ask(query, limit=9, names_graphs=True)) == {FIRST.iri}
    other = Dataset(named=(SECOND.iri,))
    assert graphs(store.ask(query, other, limit=9, names_graphs=True)) == {SECOND.iri}


@pytest.mark.parametrize("query", [ALL, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"])
def test_an_answer_is_whole_or_an_error(store: ReadOnlyStore, query: str) -> None:
    found = store.ask(query, limit=100_000)
    size = len(found.rows) if isinstance(found, Rows) else len(found)  # type: ignore[arg-type]
    assert store.ask(query, limit=size) == found
    with pytest.raises(QueryError, match=f"more than {size - 1} "):
        store.ask(query, limit=size - 1)


@pytest.mark.parametrize("query", ["SELECT", "SELECT ?x { BIND(<http://x.example/%> AS ?x) }"])
def test_what_does_not_parse(store: ReadOnlyStore, query: str) -> None:
    with pytest.raises(QueryError, match="does not parse"):
        store.ask(query, limit=1)


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store can be opened"):
        ReadOnlyStore(tmp_path)
