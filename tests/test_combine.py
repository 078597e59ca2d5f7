"""Graphs of single documents put together."""

from __future__ import annotations

import random
from dataclasses import replace

from claimgraphs import claim, entity, graph_of
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import document, plain

from kg.combine import NO_FIT, combine, merge_entities, move_claim, move_entities
from kg.iri import entity_iri
from kg.model import ClaimGraph, EntityMention, Participant, Span
from kg.ontology import load_ontology

TEXTS = [
    "青禾銀行與聯合國合作。該行亦投資白露影業公司。",
    "2019年3月，腾讯与联合国签署合作协议。",
    "青禾银行投资白露影业公司。",
    "",
]
A, B, C = map(entity_iri, "abc")


def alone(*texts: str) -> list[ClaimGraph]:
    return [plain().read(document(text)) for text in texts]


def joined(graphs: list[ClaimGraph]) -> ClaimGraph:
    return combine(graphs, [{}] * len(graphs), load_ontology())


def named(iri: str, cls: str, mentions: int) -> ClaimGraph:
    spans = [Span(n, n + 1) for n in range(mentions)]
    found = tuple(EntityMention(f"doc:{cls}", span, "a") for span in spans)
    return graph_of([], [replace(entity("a"), iri=iri, cls=cls, mentions=found)])


def test_a_graph_alone_stays_as_it_is() -> None:
    for graph in alone(*TEXTS):
        assert joined([graph]) == graph


def test_nothing_is_an_empty_graph() -> None:
    assert joined([]) == ClaimGraph(counts={})


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_does_not_matter_nor_what_is_joined_first(shuffle: random.Random) -> None:
    graphs = alone(*TEXTS)
    expected = joined(graphs)
    shuffle.shuffle(graphs)
    assert joined(graphs) == expected
    halves = [joined(graphs[:2]), joined(graphs[2:])]
    both = joined(sorted(halves, key=lambda graph: graph.documents[0].iri))
    assert (both.entities, both.counts) == (expected.entities, expected.counts)
    assert {(c.key, c.confidence) for c in both.claims} == {
        (c.key, c.confidence) for c in expected.claims
    }


def test_names_of_both_scripts_are_one_and_pool_their_evidence() -> None:
    graph = plain().join(alone(TEXTS[0], TEXTS[2]))
    (held,) = [c for c in graph.claims if c.predicate == "kg:investsIn"]
    assert len({evidence.document for evidence in held.evidence}) == 2
    assert held.subject == entity_iri("青禾銀行")


def test_a_moved_claim_has_the_key_of_what_it_says_now() -> None:
    moved = move_claim(claim("a", "kg:partnerOf", "b"), {B: C})
    assert (moved.subject, moved.object) == (A, C)
    assert moved.key == move_claim(claim("a", "kg:partnerOf", "c"), {}).key


def test_events_follow_those_who_take_part() -> None:
    event = replace(
        entity("e"), participants=(Participant("agent", A), Participant("patient", B)), place=A
    )
    (moved,) = move_entities([event], {A: C, B: C})
    assert moved.participants == (Participant("patient", C),)
    assert moved.place == C


def test_the_class_is_that_of_most_mentions_and_the_most_specific_of_relatives() -> None:
    votes = [("kg:Company", 1), ("kg:Organization", 3), ("kg:Person", 2)]
    entities = [e for cls, count in votes for e in named(A, cls, count).entities]
    (one,) = merge_entities(entities, load_ontology())
    assert one.cls == "kg:Company"
    assert len(one.mentions) == 6


def test_claims_that_lose_an_end_are_told() -> None:
    graph = graph_of([claim("a", "kg:partnerOf", "b")], [entity("a"), entity("b")])
    one = combine([graph], [{B: A}], load_ontology())
    assert one.claims == ()
    assert [drop.reason for drop in one.drops] == [NO_FIT]
