"""What every store does, whatever keeps its quads."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox
import pytest
from sample_graph import FIRST, LANHAI, SAMPLE, SECOND, XINGHE, YUNQIAO

from kg.errors import QueryError
from kg.iri import expand
from kg.query import load_questions, run_query
from kg.rdf import encode, serialise
from kg.rdf.schema import schema_quads
from kg.rdf.terms import Quad, decimal, node, text
from kg.store import BOOKS, Rows, Store, Value, replace_graphs
from kg.store.update import given, stored

QUADS = encode(SAMPLE)
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o }"


def of(document: str) -> list[Quad]:
    return [quad for quad in QUADS if quad.graph_name == node(document)]


def nquads(quads: Iterable[Quad]) -> bytes:
    """Sorted, with the numbers as Oxigraph writes them."""
    return serialise(given(stored(quads)), "nq")


def rows(store: Store, text: str) -> list[tuple[Value | None, ...]]:
    answer = store.query(text)
    assert isinstance(answer, Rows)
    return sorted(answer.rows, key=repr)


def texts(answer: object) -> list[str]:
    assert isinstance(answer, Rows)
    return sorted(value.text for row in answer.rows for value in row if value)


def test_what_is_added_comes_back(store: Store) -> None:
    store.add(QUADS)
    assert nquads(store.quads()) == nquads(QUADS)
    assert nquads(store.quads(FIRST.iri)) == nquads(of(FIRST.iri))
    assert list(store.quads("https://example.org/nothing")) == []


def test_adding_twice_changes_nothing(store: Store) -> None:
    store.add(QUADS)
    before = rows(store, EVERYTHING)
    store.add(QUADS)
    assert rows(store, EVERYTHING) == before
    assert nquads(store.quads()) == nquads(QUADS)


def test_the_default_graph_holds_each_triple_once(store: Store) -> None:
    store.add(QUADS)
    assert texts(store.query("SELECT (COUNT(*) AS ?n) { ?s kg:develops ?o }")) == ["1"]
    assert sum(quad.predicate == node("kg:develops") for quad in store.quads()) == 2
    assert len(rows(store, EVERYTHING)) == len({quad.triple for quad in QUADS})


def test_a_triple_stays_while_one_graph_says_it(store: Store) -> None:
    store.add(QUADS)
    replace_graphs(store, {FIRST.iri: ()})
    assert nquads(store.quads()) == nquads(q for q in QUADS if q not in of(FIRST.iri))
    assert texts(store.query("SELECT ?o { ?s kg:develops ?o }")) == [YUNQIAO]
    left = {quad.triple for quad in QUADS if quad not in of(FIRST.iri)}
    assert len(rows(store, EVERYTHING)) == len(left)


def test_graphs_are_replaced_in_one_step(store: Store) -> None:
    store.add(QUADS)
    other = ox.Quad(node(XINGHE), node("kg:raw"), text("neu"), node(FIRST.iri))
    replace_graphs(store, {FIRST.iri: [other], SECOND.iri: ()})
    unnamed = [quad for quad in QUADS if isinstance(quad.graph_name, ox.DefaultGraph)]
    assert nquads(store.quads()) == nquads([other, *unnamed])


def test_what_is_removed_and_added_stays(store: Store) -> None:
    store.add(QUADS)
    store.change(QUADS, QUADS)
    assert nquads(store.quads()) == nquads(QUADS)


def test_removing_what_is_not_there_changes_nothing(store: Store) -> None:
    store.add(of(SECOND.iri))
    store.change(of(FIRST.iri), ())
    assert nquads(store.quads()) == nquads(of(SECOND.iri))


def test_the_books_are_not_shown(store: Store) -> None:
    entry = ox.Quad(node(FIRST.iri), node("kg:raw"), text("a record"), node(BOOKS))
    store.add([entry])
    assert rows(store, EVERYTHING) == []
    assert list(store.quads()) == []
    assert entry in list(store.quads(BOOKS))
    store.change([entry], ())
    assert entry not in list(store.quads(BOOKS))


def test_a_triple_that_only_the_books_still_have_is_not_shown(store: Store) -> None:
    triple = (node(XINGHE), node("kg:raw"), text("x"))
    store.add([ox.Quad(*triple, node(FIRST.iri)), ox.Quad(*triple, node(BOOKS))])
    replace_graphs(store, {FIRST.iri: ()})
    assert rows(store, EVERYTHING) == []


def test_quads_without_a_graph_come_back_without_one(store: Store) -> None:
    quads = [
        ox.Quad(node(XINGHE), node("kg:value"), decimal(1)),
        ox.Quad(node(XINGHE), node("kg:raw"), text("x")),
        ox.Quad(node(XINGHE), node("kg:raw"), text("x"), node(FIRST.iri)),
    ]
    store.add(quads)
    assert sorted(str(quad.graph_name) for quad in store.quads()) == [
        f"<{FIRST.iri}>",
        "DEFAULT",
        "DEFAULT",
    ]
    store.change(quads[:2], ())
    assert len(rows(store, EVERYTHING)) == 1


HARD = ['a"b\\c\n\r\t{}<>?x ;.', "𠮷野家 😀", "\x01\x7f\u2028", "'''\"\"\"", ""]


@pytest.mark.parametrize("value", HARD)
def test_any_text_comes_back(store: Store, value: str) -> None:
    quad = ox.Quad(node(XINGHE), node("kg:raw"), text(value, "zh-Hant"), node(FIRST.iri))
    store.add([quad])
    assert [found.object.value for found in store.quads()] == [value]
    store.change([quad], [ox.Quad(quad.subject, quad.predicate, text("x"), quad.graph_name)])
    assert [found.object.value for found in store.quads()] == ["x"]


def test_a_graph_is_one_document(store: Store) -> None:
    store.add(QUADS)
    answer = store.query(f"SELECT DISTINCT ?s {{ GRAPH <{FIRST.iri}> {{ ?s kg:uses ?o }} }}")
    assert texts(answer) == [LANHAI]


def test_values_keep_language_and_datatype(store: Store) -> None:
    store.add(QUADS)
    answer = store.query(
        "SELECT DISTINCT ?label ?value ?name ?none { ?s rdfs:label ?label ; schema:name ?name ;"
        " kg:hasMetric/kg:value ?value FILTER(?value = 2000 && langMatches(lang(?label), 'zh-hant')) }"
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
    store.add(QUADS)
    question = "SELECT DISTINCT ?s ?o { ?s kg:develops ?o } ORDER BY ?s LIMIT 5"
    assert texts(store.query(question, {"s": XINGHE})) == sorted([XINGHE, YUNQIAO])
    assert texts(store.query(question, {"s": LANHAI})) == []


def test_ask_and_construct(store: Store) -> None:
    store.add(QUADS)
    assert store.query("ASK { ?s kg:develops ?o }", {"s": XINGHE}) is True
    assert store.query("ASK { ?s kg:develops ?o }", {"s": LANHAI}) is False
    quads = store.query("CONSTRUCT { ?o kg:raw ?s } WHERE { ?s kg:develops ?o }")
    assert isinstance(quads, tuple)
    assert {quad.object.value for quad in quads} == {XINGHE}


def test_what_does_not_parse_is_a_query_error(store: Store) -> None:
    with pytest.raises(QueryError):
        store.query("SELECT nothing")


def test_all_stores_give_equal_rows_to_every_question(make_store: Callable[[str], Store]) -> None:
    answers = {}
    for kind in ("memory", "disk", "remote"):
        store = make_store(kind)
        store.add(QUADS)
        store.add(schema_quads())
        answers[kind] = {name: run_query(store, name) for name in load_questions()}
    assert answers["memory"] == answers["disk"] == answers["remote"]
    assert len(answers["disk"]["partners"].rows) > 0  # type: ignore[union-attr]
