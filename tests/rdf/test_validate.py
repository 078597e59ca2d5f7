"""The shapes pass what we write, and find each thing that could be wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from sample_graph import BEIZHEN, CLAIMS, DUYUN, FIRST, LANHAI, SAMPLE, SIGNING, XINGHE, YUNQIAO

from kg.errors import OntologyError
from kg.iri import compact
from kg.model import ClaimGraph
from kg.rdf import RunInfo, encode, report_text, validate
from kg.rdf.terms import Quad, integer, node, text

QUADS = encode(SAMPLE, run=RunInfo("1"))
CLAIM = f"claim:{CLAIMS[0].key}"
EVIDENCE = f"ev:{CLAIMS[0].key}-1"
GRAPH = node(FIRST.iri)

Change = Callable[[Quad], list[Quad]]


def without(subject: str, predicate: str) -> Change:
    gone = (node(subject), node(predicate))
    return lambda quad: [] if (quad.subject, quad.predicate) == gone else [quad]


def changed(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> Change:
    gone = (node(subject), node(predicate))
    new = Quad(*gone, value, GRAPH)
    return lambda quad: [new] if (quad.subject, quad.predicate) == gone else [quad]


def added(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> list[Quad]:
    return [*QUADS, Quad(node(subject), node(predicate), value, GRAPH)]


def apply(change: Change) -> list[Quad]:
    return [new for quad in QUADS for new in change(quad)]


def test_our_own_output_conforms() -> None:
    report = validate(QUADS)
    assert report.violations == ()
    assert report.conforms
    assert report_text(report) == "The graph obeys every shape.\n"


def test_an_empty_graph_conforms() -> None:
    assert validate(encode(ClaimGraph())).conforms


@pytest.mark.parametrize(
    ("subject", "predicate", "message"),
    [
        (CLAIM, "kg:subject", "exactly one subject"),
        (CLAIM, "kg:predicate", "exactly one predicate"),
        (CLAIM, "kg:object", "exactly one object"),
        (CLAIM, "kg:polarity", "either kg:Asserted or kg:Denied"),
        (CLAIM, "kg:modality", "one of kg:Actual"),
        (CLAIM, "kg:confidence", "exactly one confidence"),
        (CLAIM, "kg:evidence", "No evidence, no claim"),
        (EVIDENCE, "oa:start", "one start"),
        (EVIDENCE, "oa:exact", "at least one character"),
        (EVIDENCE, "prov:wasQuotedFrom", "exactly one document"),
        (XINGHE, "rdfs:label", "has a label"),
        (SIGNING, "rdfs:label", "has a label"),
        (SIGNING, "kg:modality", "one of kg:Actual"),
        ("time:2017-11_month", "kg:precision", "how precise"),
    ],
)
def test_what_is_missing_is_found(subject: str, predicate: str, message: str) -> None:
    report = validate(apply(without(subject, predicate)))
    found = [v for v in report.violations if message in v.message]
    assert [v.focus for v in found] == [compact(node(subject).value)]
    assert found[0].path == predicate
    assert found[0].severity == "sh:Violation"


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "message"),
    [
        (CLAIM, "kg:confidence", ox.Literal("1.5", datatype=node("xsd:decimal")), "from 0 to 1"),
        (CLAIM, "kg:polarity", node("kg:Perhaps"), "either kg:Asserted"),
        (CLAIM, "kg:object", node("ent:nobody"), "entity or a metric"),
        (SIGNING, "kg:modality", node("kg:Planned"), "nobody has taken part"),
        (SIGNING, "kg:polarity", node("kg:Denied"), "nobody has taken part"),
        (CLAIM, "kg:predicate", node("kg:befriends"), "relation of the ontology"),
        (CLAIM, "kg:place", node(YUNQIAO), "is a kg:Place"),
        (EVIDENCE, "oa:end", integer(0), "before its end"),
        (EVIDENCE, "oa:exact", text("", "en"), "at least one character"),
        ("time:2017-11_month", "kg:start", text("last week"), "starts with a year"),
        (
            "time:2017-11_month",
            "kg:start",
            ox.Literal("2017-13", datatype=node("xsd:gYearMonth")),
            "starts with a year",
        ),
    ],
)
def test_what_is_wrong_is_found(
    subject: str, predicate: str, value: ox.NamedNode | ox.Literal, message: str
) -> None:
    messages = [v.message for v in validate(apply(changed(subject, predicate, value))).violations]
    assert any(message in each for each in messages)


@pytest.mark.parametrize(
    ("quads", "message"),
    [
        (added(XINGHE, "rdf:type", node("kg:Person")), "exactly one class"),
        (added(DUYUN, "kg:acquires", node(YUNQIAO)), "no asserted actual claim says this triple"),
        (added(XINGHE, "kg:competesWith", node(DUYUN)), "no asserted actual claim says"),
        (apply(without(XINGHE, "kg:partnerOf")), "its direct triple is missing"),
    ],
)
def test_laws_between_nodes(quads: list[Quad], message: str) -> None:
    report = validate(quads)
    assert [v for v in report.violations if message in v.message]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"subject": YUNQIAO}, "kg:Software is not in the domain of kg:partnerOf"),
        ({"object": BEIZHEN}, "kg:City is not in the range of kg:partnerOf"),
        ({"predicate": "kg:hasMetric"}, "is not in the range of kg:hasMetric"),
    ],
)
def test_domain_and_range(change: dict[str, str], message: str) -> None:
    claim = replace(CLAIMS[0], polarity="denied", **change)  # type: ignore[arg-type]
    report = validate(encode(replace(SAMPLE, claims=(claim,))))
    assert [(v.focus, message in v.message) for v in report.violations] == [(CLAIM, True)]


def test_a_country_may_be_a_partner_as_it_is_an_agent() -> None:
    country = replace(SAMPLE.entity_by_iri()[LANHAI], cls="kg:Country")
    entities = tuple(country if each.iri == LANHAI else each for each in SAMPLE.entities)
    claims = (CLAIMS[0],)
    assert validate(encode(replace(SAMPLE, entities=entities, claims=claims))).conforms


def test_the_report_is_turtle_without_blank_nodes_and_stable() -> None:
    broken = apply(without(CLAIM, "kg:subject"))
    turtle = validate(broken).turtle
    assert turtle == validate(list(reversed(broken))).turtle
    graph = rdflib.Graph().parse(data=turtle)
    assert (None, rdflib.SH.conforms, rdflib.Literal(False)) in graph
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]


def test_the_text_names_each_node_under_what_is_wrong() -> None:
    lines = report_text(validate(apply(without(EVIDENCE, "oa:exact")))).splitlines()
    assert lines == [
        "The graph breaks its shapes in 1 place.",
        "Evidence quotes at least one character, in a language.",
        f"  {EVIDENCE}",
    ]


def test_a_strange_graph_with_blank_nodes_is_reported() -> None:
    blank = [Quad(ox.BlankNode("b"), node("rdf:type"), node("kg:Metric"))]
    assert not validate(blank).conforms


def test_other_shapes_can_be_given(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> ."
        "@prefix kg: <https://w3id.org/claimgraph/ontology#> ."
        "<urn:s> a sh:NodeShape ; sh:targetClass kg:Company ; sh:property <urn:p> ."
        '<urn:p> sh:path kg:raw ; sh:minCount 1 ; sh:message "wants raw" .'
    )
    assert {v.focus for v in validate(QUADS, shapes).violations} == {
        compact(XINGHE),
        compact(DUYUN),
    }


def test_a_law_that_is_no_select_is_named(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> ."
        "<urn:s> a sh:NodeShape ; sh:targetNode <urn:n> ; sh:sparql <urn:law> ."
        '<urn:law> sh:message "m" ; sh:select "ASK { $this ?p ?o }" .'
    )
    with pytest.raises(OntologyError, match="must be a SELECT: 'ASK"):
        validate(QUADS, shapes)


def test_shapes_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl"):
        validate(QUADS, tmp_path / "none.ttl")
    bad = tmp_path / "bad.ttl"
    bad.write_text("not turtle")
    with pytest.raises(OntologyError, match=r"bad\.ttl"):
        validate(QUADS, bad)
