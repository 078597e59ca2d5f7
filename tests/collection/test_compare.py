"""What came, went and changed between two graphs."""

from __future__ import annotations

from dataclasses import replace

from document_graphs import Told, document_graph
from hypothesis import given
from hypothesis import strategies as st

from kg.collection.compare import compare
from kg.model import ClaimGraph

PARTNERS = Told("星河科技", "kg:partnerOf", "藍峰")
names = st.sampled_from(["星河科技", "藍峰", "雲橋"])
graphs = st.builds(
    document_graph,
    st.just(1),
    st.lists(
        st.builds(Told, names, st.sampled_from(["kg:owns", "kg:supports"]), names, st.booleans()),
        max_size=4,
    ),
)


def test_a_claim_told_otherwise_is_changed_not_lost_and_gained() -> None:
    before = document_graph(1, [PARTNERS])
    after = document_graph(1, [replace(PARTNERS, modality="planned", dated=True)])
    found = compare(before, after)
    assert (found.gained, found.lost) == ((), ())
    (changed,) = found.changed
    assert sorted(changed.fields) == ["modality", "time"]
    assert changed.fields["modality"] == ("actual", "planned")


def test_more_evidence_is_a_change() -> None:
    graph = document_graph(1, [PARTNERS])
    (claim,) = graph.claims
    more = replace(claim, evidence=(*claim.evidence, replace(claim.evidence[0], document="urn:x")))
    (changed,) = compare(graph, replace(graph, claims=(more,))).changed
    assert list(changed.fields) == ["evidence"]


@given(graphs)
def test_a_graph_does_not_differ_from_itself(graph: ClaimGraph) -> None:
    assert not compare(graph, graph)


@given(graphs, graphs)
def test_the_other_way_round_what_came_went(left: ClaimGraph, right: ClaimGraph) -> None:
    there, back = compare(left, right), compare(right, left)
    assert set(there.gained) == set(back.lost)
    assert set(there.lost) == set(back.gained)
    assert len(there.changed) == len(back.changed)
