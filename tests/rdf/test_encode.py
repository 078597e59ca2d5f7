"""The RDF form: what stands in which graph."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from claimgraphs import claim
from sample_graph import (
    CLAIMS,
    DUYUN,
    FIRST,
    LANHAI,
    LAUNCH,
    SAMPLE,
    SECOND,
    SIGNING,
    STAFF,
    XINGHE,
    YUNQIAO,
)
from work import steps

from kg.iri import PREFIXES, expand
from kg.model import ClaimGraph, Document, Entity, Evidence, Span, TimeSpan
from kg.rdf import RunInfo, encode
from kg.rdf.terms import decimal, minted, moment, node, text, time_node

QUADS = encode(SAMPLE, run=RunInfo("1"))
DEVELOPS = next(claim for claim in CLAIMS if claim.predicate == "kg:develops")


def objects(subject: str, predicate: str, graph: str | None = None) -> set[str]:
    return {
        quad.object.value
        for quad in QUADS
        if quad.subject == node(subject)
        and quad.predicate == node(predicate)
        and graph in (None, getattr(quad.graph_name, "value", None))
    }


def test_no_blank_nodes_and_no_repeats() -> None:
    assert all(isinstance(quad.subject, ox.NamedNode) for quad in QUADS)
    assert not any(isinstance(quad.object, ox.BlankNode) for quad in QUADS)
    assert len(set(QUADS)) == len(QUADS)


def test_a_named_graph_for_each_document() -> None:
    assert {quad.graph_name for quad in QUADS} == {node(FIRST.iri), node(SECOND.iri)}


def test_a_claim_of_two_documents_has_in_each_the_evidence_of_that_document() -> None:
    claim, key = f"claim:{DEVELOPS.key}", PREFIXES["ev"] + DEVELOPS.key
    assert objects(claim, "kg:evidence", FIRST.iri) == {f"{key}-1"}
    assert objects(claim, "kg:evidence", SECOND.iri) == {f"{key}-2"}
    assert objects(claim, "kg:subject", SECOND.iri) == {XINGHE}


@pytest.mark.parametrize(
    ("subject", "predicate", "expected"),
    [
        (XINGHE, "kg:develops", {YUNQIAO}),
        (XINGHE, "kg:partnerOf", {LANHAI}),
        (LANHAI, "kg:partnerOf", {XINGHE}),
        (DUYUN, "kg:acquires", set()),
        (XINGHE, "kg:investsIn", set()),
        (DUYUN, "kg:competesWith", set()),
        (XINGHE, "kg:competesWith", set()),
    ],
)
def test_only_facts_are_direct_triples(subject: str, predicate: str, expected: set[str]) -> None:
    assert objects(subject, predicate) == expected


def test_a_measure_is_a_node_with_value_and_raw_text() -> None:
    (metric,) = objects(XINGHE, "kg:hasMetric")
    assert metric.startswith(PREFIXES["metric"])
    assert objects(metric, "kg:value") == {"2000.0"}
    assert objects(metric, "kg:comparator") == {">"}
    assert objects(metric, "kg:raw") == {STAFF.quantity.raw}
    assert objects(metric, "kg:maxValue") == set()


def test_names_have_languages() -> None:
    labels = {
        (quad.object.value, quad.object.language)
        for quad in QUADS
        if quad.subject == node(XINGHE)
        and quad.predicate in (node("rdfs:label"), node("skos:altLabel"))
        and isinstance(quad.object, ox.Literal)
    }
    assert labels == {
        ("星河科技", "zh-hant"),
        ("星河科技", "zh-hans"),
        ("Xinghe", "en"),
        ("星河", "zh-hant"),
        ("Xinghe Tech", "en"),
    }
    assert objects(XINGHE, "schema:name") == {"星河科技"}


def test_an_event_has_trigger_time_and_participants() -> None:
    assert objects(SIGNING, "kg:trigger") == {"簽署"}
    assert objects(SIGNING, "kg:time") == {expand("time:2017-11_month")}
    assert objects(SIGNING, "kg:participant") == {XINGHE, LANHAI}
    parts = objects(LAUNCH, "kg:participation")
    roles = {(min(objects(p, "kg:role")), min(objects(p, "kg:participant"))) for p in parts}
    assert roles == {("agent", XINGHE), ("patient", YUNQIAO)}


def test_an_event_that_is_no_fact_says_so_and_nobody_plainly_takes_part() -> None:
    planned = replace(
        next(e for e in SAMPLE.entities if e.iri == SIGNING), modality="planned", speaker=LANHAI
    )
    quads = encode(ClaimGraph(entities=(planned,)))
    found = {quad.predicate: quad.object for quad in quads if quad.subject == node(SIGNING)}
    assert found[node("kg:modality")] == node("kg:Planned")
    assert found[node("kg:polarity")] == node("kg:Asserted")
    assert found[node("kg:speaker")] == node(LANHAI)
    assert node("kg:participant") not in found
    assert node("kg:participation") in found


def test_evidence_names_run_and_extractor() -> None:
    evidence, run = f"ev:{DEVELOPS.key}-1", RunInfo("1")
    assert objects(evidence, "prov:wasGeneratedBy") == {run.iri}
    (extractor,) = objects(evidence, "prov:wasAttributedTo")
    assert objects(extractor, "rdfs:label") == {"frames 1"}
    assert objects(run.iri, "prov:wasAssociatedWith") == {extractor}


def test_runs_are_told_apart_by_content_alone() -> None:
    assert RunInfo("1").iri == RunInfo("1").iri
    others = {RunInfo("2"), RunInfo("1", ontology_digest="a"), RunInfo("1", config="b")}
    assert len({run.iri for run in others} | {RunInfo("1").iri}) == 4


def test_a_run_says_what_it_read_and_when_it_ended_if_told() -> None:
    run = RunInfo("1", ontology_digest="abc", ended="2020-04-01T09:30")
    found = {(quad.predicate, quad.object) for quad in encode(SAMPLE, run=run)}
    assert (node("kg:ontologyDigest"), text("abc")) in found
    assert (node("prov:endedAtTime"), moment("2020-04-01T09:30")) in found
    assert node("prov:endedAtTime") not in {quad.predicate for quad in QUADS}


def test_an_entity_of_no_document_stands_in_the_default_graph() -> None:
    lonely = Entity("https://e.example/x", "kg:Company", {"en": "X"})
    quads = encode(ClaimGraph(entities=(lonely,)))
    assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}
    assert node("kg:Company") in {quad.object for quad in quads}


def test_evidence_of_an_unknown_document_keeps_its_claims() -> None:
    quads = encode(replace(SAMPLE, documents=()))
    assert {quad.graph_name for quad in quads} == {node(FIRST.iri), node(SECOND.iri)}


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        ("2017", "2017", "xsd:gYear"),
        ("2017-11", "2017-11", "xsd:gYearMonth"),
        ("2017-11-05", "2017-11-05", "xsd:date"),
        ("2020-02-03T18:00", "2020-02-03T18:00:00", "xsd:dateTime"),
        ("last week", "last week", "xsd:string"),
    ],
)
def test_dates_keep_their_precision(value: str, lexical: str, datatype: str) -> None:
    assert moment(value) == ox.Literal(lexical, datatype=node(datatype))


@pytest.mark.parametrize(
    ("value", "lexical"),
    [(0.87, "0.87"), (1, "1.0"), (2000.0, "2000.0"), (1e-7, "0.0000001"), (1e21, "1" + "0" * 21)],
)
def test_decimals_have_no_exponent(value: float, lexical: str) -> None:
    assert decimal(value).value in (lexical, f"{lexical}.0")
    assert float(decimal(value).value) == value


@pytest.mark.parametrize(
    ("time", "curie"),
    [
        (TimeSpan("2017", "2017", "year"), "time:2017_year"),
        (TimeSpan("2017", "2019", "year"), "time:2017_2019_year"),
        (TimeSpan(None, "2019", "year"), "time:_2019_year"),
        (TimeSpan("2019", None, "year"), "time:2019__year"),
    ],
)
def test_times_are_named_by_what_they_say(time: TimeSpan, curie: str) -> None:
    assert time_node(time) == node(curie)


def test_a_lone_surrogate_becomes_one_replacement_character() -> None:
    assert text("a\ud800b").value == "a\ufffdb"


def test_names_do_not_collapse() -> None:
    assert minted("extractor", "a b") != minted("extractor", "a_b")
    assert minted("extractor", "a", "b") != minted("extractor", "a_b")


def test_the_work_grows_with_the_evidence_of_a_claim_and_not_with_its_square() -> None:
    """A claim that each of many documents says once."""

    def work(count: int) -> int:
        documents = [Document(f"urn:d{n}", "") for n in range(count)]
        evidence = [Evidence(one.iri, Span(0, 1), "甲", "test", 0.8) for one in documents]
        said = replace(claim("甲", "kg:partnerOf", "乙"), evidence=tuple(evidence))
        graph = ClaimGraph(tuple(documents), claims=(said,))
        return steps(lambda: encode(graph)).total()

    encode(ClaimGraph())
    assert work(200) < 5 * work(50)
