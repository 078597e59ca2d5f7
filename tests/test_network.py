"""Projecting claims onto a network, and writing it for other programs."""

import io
import random
from dataclasses import replace

import networkx as nx
import pytest
from claimgraphs import DOCUMENT, claim, entity, graph_of, linked

from kg.iri import entity_iri
from kg.model import (
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Measure,
    Participant,
    Quantity,
    Span,
    TimeSpan,
)
from kg.network import PARTICIPANT, best_quote, project, to_gexf, to_graphml, xml_text

A, B, C = (entity_iri(name) for name in "abc")
TEXT = "去年冷清。乙丙簽約！其後無事。"
EVENT = Entity(
    iri="https://example.org/event/1",
    cls="kg:Agreement",
    labels={"zh-Hant": "簽約"},
    mentions=(EntityMention("d1", Span(7, 9), "簽約"),),
    participants=(Participant("agent", B), Participant("patient", C)),
)


def companies(*names: str) -> list[Entity]:
    return [entity(name) for name in names]


def with_event(*claims: object, **more: object) -> ClaimGraph:
    entities = [*companies("a", "b", "c"), EVENT]
    return graph_of(claims, entities, documents=(Document("d1", TEXT),), **more)


def test_a_claim_is_an_edge_with_all_that_it_says() -> None:
    said = claim(
        "a",
        "kg:owns",
        "b",
        0.75,
        role="大股東",
        time=TimeSpan("2019", None, "year"),
        speaker=C,
        quote=("甲擁有乙。", "乙屬於甲。"),
    )
    network = project(graph_of([said], [*companies("b", "c"), entity("a", mentions=3)]))
    assert list(network) == [A, B, C]
    assert network.nodes[A] == {"label": "a", "cls": "kg:Company", "mentions": 3}
    assert list(network.edges(keys=True)) == [(A, B, said.key)]
    assert network.edges[A, B, said.key] == {
        "label": "擁有",
        "predicate": "kg:owns",
        "role": "大股東",
        "polarity": "asserted",
        "modality": "actual",
        "confidence": 0.75,
        "time_start": "2019",
        "time_end": "",
        "quote": "甲擁有乙。",
        "evidence": 2,
        "speaker": "c",
    }


def test_labels_follow_the_language_of_the_documents() -> None:
    both = entity("騰訊", labels={"zh-Hant": "騰訊", "zh-Hans": "腾讯"})
    hans = replace(DOCUMENT, language="zh-Hans")
    network = project(
        graph_of([claim("騰訊", "kg:develops", "b")], [both, entity("b")], documents=(hans,))
    )
    assert network.nodes[both.iri]["label"] == "腾讯"
    assert [label for *_, label in network.edges(data="label")] == ["开发"]


@pytest.mark.parametrize(
    "doubt",
    [
        {"polarity": "denied"},
        {"modality": "planned"},
        {"modality": "possible"},
        {"modality": "reported"},
        {"polarity": "denied", "modality": "reported"},
    ],
)
def test_only_facts_connect_unless_asked(doubt: dict[str, str]) -> None:
    graph = graph_of([claim("a", "kg:owns", "b", **doubt)], companies("a", "b"))
    assert project(graph).number_of_edges() == 0
    assert project(graph).number_of_nodes() == 2
    [(source, target, data)] = project(graph, include="all").edges(data=True)
    assert (source, target) == (A, B)
    assert doubt.items() <= data.items()


def test_a_quantity_is_no_node() -> None:
    users = Measure("用戶", Quantity(5, None, "=", "人", "5人"))
    network = project(graph_of([claim("a", "kg:hasMetric", users)], companies("a")))
    assert (list(network), network.number_of_edges()) == ([A], 0)


def test_parallel_claims_are_parallel_edges() -> None:
    claims = [claim("a", "kg:owns", "b"), claim("a", "kg:supports", "b")]
    network = project(graph_of(claims, companies("a", "b")))
    assert network.number_of_edges(A, B) == 2


def test_participants_are_joined_to_their_event_with_the_sentence() -> None:
    network = project(with_event())
    edges = {(s, t): data for s, t, data in network.edges(data=True)}
    assert set(edges) == {(B, EVENT.iri), (C, EVENT.iri)}
    assert edges[B, EVENT.iri]["predicate"] == PARTICIPANT
    assert edges[B, EVENT.iri]["label"] == edges[B, EVENT.iri]["role"] == "agent"
    assert edges[C, EVENT.iri]["role"] == "patient"
    assert edges[C, EVENT.iri]["quote"] == "乙丙簽約！"


def test_a_participation_takes_the_proof_of_its_claim() -> None:
    signed = claim("b", "kg:partnerOf", "c", 0.7, event=EVENT.iri, quote="乙與丙合作。")
    three = replace(EVENT, participants=(*EVENT.participants, Participant("witness", A)))
    graph = with_event(signed)
    network = project(replace(graph, entities=(*graph.entities[:3], three)))
    for party in (A, B, C):
        [data] = network.get_edge_data(party, EVENT.iri).values()
        assert (data["quote"], data["confidence"]) == ("乙與丙合作。", 0.7)


def test_an_event_that_only_says_a_claim_again_is_no_second_link() -> None:
    signed = claim("b", "kg:partnerOf", "c", event=EVENT.iri)
    network = project(with_event(signed))
    assert list(network.edges(keys=True)) == [(B, C, signed.key)]
    assert EVENT.iri in network


@pytest.mark.parametrize("polarity", ["asserted", "denied"])
def test_no_participation_beside_a_claim_about_it(polarity: str) -> None:
    said = replace(claim("b", "kg:participatesIn", "x", polarity=polarity), object=EVENT.iri)
    network = project(with_event(said))
    assert network.number_of_edges(B, EVENT.iri) == (1 if polarity == "asserted" else 0)
    assert network.number_of_edges(C, EVENT.iri) == 1


def test_an_event_that_is_only_planned_connects_no_one_unless_asked() -> None:
    planned = claim("b", "kg:acquires", "x", modality="planned", event=EVENT.iri)
    graph = with_event(planned)
    assert project(graph).number_of_edges() == 0
    network = project(graph, include="all")
    assert network.number_of_edges() == 2
    [data] = network.get_edge_data(B, EVENT.iri).values()
    assert data["modality"] == "planned"


def test_an_event_that_no_claim_tells_and_that_is_no_fact_connects_no_one() -> None:
    denied = replace(EVENT, polarity="denied")
    graph = graph_of([], [*companies("a", "b", "c"), denied])
    assert project(graph).number_of_edges() == 0
    edges = project(graph, include="all").edges(data="polarity")
    assert {polarity for *_, polarity in edges} == {"denied"}


def test_without_events() -> None:
    said = replace(claim("a", "kg:participatesIn", "x"), object=EVENT.iri)
    network = project(with_event(said, claim("a", "kg:owns", "b")), events=False)
    assert list(network) == [A, B, C]
    assert [edge[:2] for edge in network.edges] == [(A, B)]


def test_an_event_without_its_document_is_quoted_by_its_trigger() -> None:
    event = replace(EVENT, trigger="簽約了")
    network = project(graph_of([], [*companies("b", "c"), event], documents=()))
    assert {quote for *_, quote in network.edges(data="quote")} == {"簽約了"}


def test_the_sentence_of_a_giant_line_is_cut() -> None:
    line = "字" * 3_000_000
    event = replace(EVENT, mentions=(EntityMention("d", Span(1_000_000, 1_000_002), "字字"),))
    graph = graph_of([], [*companies("b", "c"), event], documents=(Document("d", line),))
    quotes = {quote for *_, quote in project(graph).edges(data="quote")}
    assert [len(quote) for quote in quotes] == [402]


def test_the_best_quote_is_the_highest_score_then_the_first() -> None:
    said = claim("a", "kg:owns", "b")
    low, high = (Evidence("d", Span(n, n + 1), f"{n}", "t", n / 10) for n in (1, 9))
    also = replace(high, span=Span(10, 11), quote="later")
    assert best_quote(replace(said, evidence=(low, also, high))) == "9"


def test_input_order_does_not_matter() -> None:
    graph = linked("ab", "bc", "ca", "cd", "de")
    shuffled = random.Random(7)
    other = replace(
        graph,
        entities=tuple(shuffled.sample(graph.entities, len(graph.entities))),
        claims=tuple(shuffled.sample(graph.claims, len(graph.claims))),
    )
    assert other != graph
    assert to_graphml(project(other)) == to_graphml(project(graph))
    assert to_gexf(project(other)) == to_gexf(project(graph))


HOSTILE = "<b>\x00\x1b]]>&\"'\ud800\ufffe\r\n𠮷 __proto__"


def hostile_network() -> nx.MultiDiGraph:
    bad = entity("a", labels={"zh-Hant": HOSTILE})
    return project(graph_of([claim("a", "kg:owns", "b", quote=HOSTILE)], [bad, entity("b")]))


@pytest.mark.parametrize("fmt", ["graphml", "gexf"])
def test_what_is_written_reads_back(fmt: str) -> None:
    network = hostile_network()
    if fmt == "graphml":
        back = nx.read_graphml(io.BytesIO(to_graphml(network)), force_multigraph=True)
    else:
        back = nx.read_gexf(io.BytesIO(to_gexf(network)))
    shown = "<b>\ufffd\ufffd]]>&\"'\ufffd\ufffd\n𠮷 __proto__"
    assert back.nodes[A]["label"].replace("\n", " ") == shown.replace("\n", " ")
    assert back.nodes[A]["mentions"] == 1
    [(source, target, data)] = back.edges(data=True)
    assert (source, target) == (A, B)
    assert data["quote"] == shown
    assert data["confidence"] == 0.9


def test_writing_leaves_the_network_alone() -> None:
    network = hostile_network()
    before = nx.to_dict_of_dicts(network.copy()), dict(network.nodes(data=True))
    to_graphml(network)
    to_gexf(network)
    assert (nx.to_dict_of_dicts(network), dict(network.nodes(data=True))) == before


def test_gexf_holds_no_date() -> None:
    assert b"lastmodified" not in to_gexf(project(linked("ab")))


def test_a_quote_about_dates_is_kept_in_gexf() -> None:
    quote = 'x lastmodifieddate="1" y'
    said = claim("a", "kg:owns", "b", quote=quote)
    back = nx.read_gexf(io.BytesIO(to_gexf(project(graph_of([said], companies("a", "b"))))))
    assert [data["quote"] for *_, data in back.edges(data=True)] == [quote]


def test_an_empty_graph() -> None:
    network = project(graph_of())
    assert len(network) == 0
    assert nx.read_graphml(io.BytesIO(to_graphml(network))).number_of_nodes() == 0
    assert nx.read_gexf(io.BytesIO(to_gexf(network))).number_of_nodes() == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\t\n", "\t\n"),
        ("a\rb\r\nc", "a\nb\nc"),
        ("\x0b\x7f", "\ufffd\x7f"),
        ("𠮷\uffff", "𠮷\ufffd"),
    ],
)
def test_xml_text(text: str, shown: str) -> None:
    assert xml_text(text) == shown
