"""The door: what is asked of a graph, and that a saved one is the same again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from claimgraphs import claim, entity, graph_of, linked

import kg
from kg.errors import GraphError, QueryError, SourceError, UnknownEntity
from kg.graph import Graph, load, validate
from kg.iri import entity_iri
from kg.model import Drop, Failure
from kg.query import Table

A, B, C = map(entity_iri, "abc")


@pytest.fixture
def graph() -> Graph:
    return Graph(linked("ab", "bc"))


def test_the_records_are_those_of_the_content(graph: Graph) -> None:
    assert graph.claims == graph.content.claims
    assert [found.iri for found in graph.entities] == [A, B, C]
    assert len(graph.documents) == 1
    assert graph.failures == ()


def test_an_entity_is_found_in_any_script() -> None:
    graph = Graph(graph_of(entities=[entity("騰訊", labels={"zh-Hant": "騰訊", "en": "Tencent"})]))
    assert graph.entity("腾讯") == graph.entity("tencent") == graph.entities[0]
    with pytest.raises(UnknownEntity, match="nearest are"):
        graph.entity("騰訊雲")


def test_labels_of_entities_and_of_what_is_none(graph: Graph) -> None:
    assert graph.label(A) == "a"
    assert graph.label("https://example.org/x") == "https://example.org/x"


def test_claims_of_an_entity_are_those_on_either_side(graph: Graph) -> None:
    assert [len(graph.claims_of(iri)) for iri in (A, B, C)] == [1, 2, 1]


def test_a_path_has_the_sentence_of_each_step(graph: Graph) -> None:
    (way,) = graph.path("a", "c")
    assert [(step.source, step.target) for step in way.steps] == [(A, B), (B, C)]
    assert [step.quote for step in way.steps] == ["akg:partnerOfb", "bkg:partnerOfc"]


def test_only_facts_connect() -> None:
    denied = claim("a", "kg:partnerOf", "b", polarity="denied")
    graph = Graph(graph_of([denied], map(entity, "ab")))
    assert graph.path("a", "b") == ()
    assert graph.to_networkx().number_of_edges() == 0


def test_brokers_between_two_and_by_default(graph: Graph) -> None:
    found = graph.brokers("a", "c")
    assert found is not None
    assert [broker.iri for broker in found.brokers] == [B]
    assert graph.brokers() is not None
    assert Graph(graph_of()).brokers() is None


def test_a_named_question_and_sparql(graph: Graph) -> None:
    partners = graph.query("partners", organization="a")
    assert isinstance(partners, Table)
    assert [row[:2] for row in partners.texts()] == [["a", "b"]]
    assert graph.query("ASK { ?s kg:partnerOf ?o }") is True


@pytest.mark.parametrize(
    "text", ["SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "CLEAR ALL", "partner"]
)
def test_what_is_no_question_is_refused(graph: Graph, text: str) -> None:
    with pytest.raises(QueryError):
        graph.query(text)


def test_analysis_json_tells_of_the_pair_that_is_asked(graph: Graph) -> None:
    pair = json.loads(graph.analysis_json(("c", "a")))["pair"]
    assert (pair["left"], pair["right"], pair["distance"]) == (C, A, 2)


def test_a_saved_graph_is_read_again_with_its_drops_and_failures(tmp_path: Path) -> None:
    content = replace(
        linked("ab"),
        counts={"mentions": 3},
        drops=(Drop("doc:1", "ontology", "kg:owns", "no range", "甲"),),
        failures=(Failure("bad.txt", "read", "bad.txt is empty"),),
    )
    Graph(content).save(tmp_path, ["ttl"])
    again = load(tmp_path)
    assert again.claims == content.claims
    assert again.entities == content.entities
    assert (again.content.drops, again.failures) == (content.drops, content.failures)
    assert again.content.counts == {"mentions": 3, "entities": 2, "claims": 1}


def test_a_loaded_graph_saves_the_same_records(tmp_path: Path, graph: Graph) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    graph.save(first)
    load(first).save(second)
    for name in ("claims.jsonl", "entities.jsonl", "documents.jsonl", "graph.ttl", "claims.csv"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_graph_can_be_read_without_its_manifest(tmp_path: Path, graph: Graph) -> None:
    graph.save(tmp_path)
    (tmp_path / "manifest.json").unlink()
    assert load(tmp_path).claims == graph.claims


@pytest.mark.parametrize(
    "manifest", ["{", "[]", '{"versions": []}', '{"versions": {"claimgraph": "1"}}']
)
def test_a_damaged_manifest_is_told(tmp_path: Path, graph: Graph, manifest: str) -> None:
    graph.save(tmp_path, [])
    (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(GraphError, match=r"manifest\.json"):
        load(tmp_path)


def test_no_graph_in_a_folder(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="is not a build folder"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["", "graph.ttl", "graph.trig", "graph.nq", "graph.jsonld"])
def test_what_is_saved_conforms_in_every_form(tmp_path: Path, graph: Graph, name: str) -> None:
    graph.save(tmp_path)
    assert validate(tmp_path / name).conforms


def test_a_saved_graph_that_was_changed_does_not_conform(tmp_path: Path, graph: Graph) -> None:
    graph.save(tmp_path, ["ttl"])
    turtle = (tmp_path / "graph.ttl").read_text("utf-8")
    assert "kg:confidence 0.9" in turtle
    (tmp_path / "graph.ttl").write_text(turtle.replace("kg:confidence 0.9", "kg:confidence 7.0"))
    assert not validate(tmp_path).conforms


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.txt", "", "is no RDF"),
        ("x.ttl", "<a> <b", "is malformed"),
        ("missing.ttl", None, "cannot be read"),
    ],
)
def test_what_is_no_rdf_is_told(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(SourceError, match=message):
        validate(tmp_path / name)


def test_the_public_names_are_these_functions() -> None:
    assert (kg.Graph, kg.load) == (Graph, load)
