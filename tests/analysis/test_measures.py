"""Measures against values computed by hand, and laws."""

import random as standard_random
from collections import Counter

import networkx as nx
import pytest
from claimgraphs import claim, entity, graph_of
from hypothesis import given
from hypothesis import strategies as st
from networks import iri, large_network, network_of, networks, reordered

from kg.analysis import analyse
from kg.analysis.measures import articulation_points, betweenness, bridges, components, cores
from kg.analysis.ties import tie
from kg.findings import Analysis, Bridge, NodeRow
from kg.network import project

PATH = ("ab", "bc", "cd")
STAR = ("ma", "mb", "mc", "md")
TRIANGLES = ("ab", "bc", "ca", "cd", "de", "ef", "fd")


def by_name(analysis: Analysis) -> dict[str, NodeRow]:
    return {row.label: row for row in analysis.nodes}


def column(analysis: Analysis, field: str) -> dict[str, object]:
    return {row.label: getattr(row, field) for row in analysis.nodes}


def test_betweenness_of_a_path() -> None:
    # b lies between a-c and a-d, of the three pairs a-c, a-d, c-d.
    found = column(analyse(network_of(*PATH)), "betweenness")
    assert found == {"a": 0, "b": 0.666667, "c": 0.666667, "d": 0}


def test_betweenness_of_a_star() -> None:
    found = column(analyse(network_of(*STAR)), "betweenness")
    assert found == {"m": 1, "a": 0, "b": 0, "c": 0, "d": 0}


def test_betweenness_of_two_triangles() -> None:
    # c lies between {a, b} and {d, e, f}: 6 of the 10 pairs without c.
    found = column(analyse(network_of(*TRIANGLES)), "betweenness")
    assert found == {"a": 0, "b": 0, "c": 0.6, "d": 0.6, "e": 0, "f": 0}


def test_betweenness_of_many_is_estimated() -> None:
    ties = tie(network_of(*TRIANGLES))
    exact = betweenness(ties)
    assert betweenness(ties, exact_up_to=3, sources=6) == exact
    # From four of six sources, in the same way each time; no share is above 1.
    rough = betweenness(ties, exact_up_to=3, sources=4)
    assert rough == betweenness(ties, exact_up_to=3, sources=4)
    assert rough == pytest.approx(exact, abs=0.25)
    star = betweenness(tie(network_of(*STAR)), exact_up_to=3, sources=2)
    assert max(star) == star[4] <= 1


def test_pagerank_of_a_star() -> None:
    # m = 0.03 + 0.85·4·l and l = 0.03 + 0.85·m/4, so m = 0.132 / 0.2775.
    found = column(analyse(network_of(*STAR)), "pagerank")
    assert found.pop("m") == 0.475676
    assert set(found.values()) == {0.131081}


def test_pagerank_follows_confidence() -> None:
    # b sends three quarters to a: b = 0.135 + 0.7225·b, a = 0.05 + 0.6375·b, c = 0.05 + 0.2125·b.
    claims = [claim("a", "kg:owns", "b", 0.9), claim("b", "kg:owns", "c", 0.3)]
    found = column(analyse(project(graph_of(claims, map(entity, "abc")))), "pagerank")
    assert found == {"a": 0.360135, "b": 0.486486, "c": 0.153378}


def test_pagerank_starts_where_the_articles_do() -> None:
    # a = 0.15·3/4 + 0.85·b and b = 0.15/4 + 0.85·a, so a = 0.144375 / 0.2775.
    graph = graph_of([claim("a", "kg:owns", "b")], [entity("a", mentions=3), entity("b")])
    assert column(analyse(project(graph)), "pagerank") == {"a": 0.52027, "b": 0.47973}


def test_a_direction_is_grammar() -> None:
    there = analyse(project(graph_of([claim("a", "kg:owns", "b")], map(entity, "ab"))))
    back = analyse(project(graph_of([claim("b", "kg:owns", "a")], map(entity, "ab"))))
    assert there == back


def test_claims_and_neighbours() -> None:
    claims = [
        claim("a", "kg:owns", "b"),
        claim("b", "kg:supports", "a"),
        claim("a", "kg:owns", "c"),
        claim("a", "kg:criticizes", "a"),
    ]
    rows = by_name(analyse(project(graph_of(claims, map(entity, "abc")))))
    assert (rows["a"].claims, rows["a"].neighbours) == (5, 2)
    assert (rows["b"].claims, rows["b"].neighbours) == (2, 1)
    assert (rows["c"].claims, rows["c"].neighbours) == (1, 1)


def test_cores() -> None:
    found = column(analyse(network_of("ab", "bc", "ca", "cd")), "core")
    assert found == {"a": 2, "b": 2, "c": 2, "d": 1}


def test_communities_of_two_triangles() -> None:
    analysis = analyse(network_of(*TRIANGLES))
    assert analysis.communities == (
        (iri("c"), iri("a"), iri("b")),
        (iri("d"), iri("e"), iri("f")),
    )
    assert column(analysis, "community") == {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 1}
    # Three of seven links in each, where chance would have a quarter of all: 2·(3/7 - 1/4).
    assert analysis.modularity == 0.357143


def test_bridges_tell_what_they_cut_off() -> None:
    a, b, c, d = map(iri, "abcd")
    assert analyse(network_of(*PATH)).bridges == (
        Bridge(b, c, 2),
        Bridge(a, b, 1),
        Bridge(c, d, 1),
    )
    assert analyse(network_of(*TRIANGLES)).bridges == (Bridge(c, d, 3),)
    assert analyse(network_of("ab", "bc", "ca")).bridges == ()


def test_parallel_claims_are_still_one_bridge() -> None:
    claims = [claim("a", "kg:owns", "b"), claim("b", "kg:supports", "a")]
    found = analyse(project(graph_of(claims, map(entity, "ab")))).bridges
    assert found == (Bridge(iri("a"), iri("b"), 1),)


def test_articulation_points() -> None:
    found = column(analyse(network_of(*TRIANGLES, "gh")), "cuts")
    assert {name for name, cuts in found.items() if cuts} == {"c", "d"}


def test_components_and_density() -> None:
    analysis = analyse(network_of("ab", "bc", "ca", "de"))
    assert analysis.components == (3, 2)
    assert column(analysis, "component") == {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1}
    assert analysis.density == 0.4
    assert analysis.claims == 4


def test_most_central_first() -> None:
    analysis = analyse(network_of(*STAR, "ax"))
    assert [row.label for row in analysis.nodes] == ["m", "a", "x", "b", "c", "d"]


@pytest.mark.parametrize("names", ["", "a", "ab"])
def test_networks_without_links(names: str) -> None:
    analysis = analyse(project(graph_of([], map(entity, names))))
    assert len(analysis.nodes) == len(names)
    assert analysis.communities == analysis.bridges == ()
    assert (analysis.density, analysis.modularity) == (0, 0)
    assert all(row.pagerank == round(1 / len(names), 6) for row in analysis.nodes)


@given(networks())
def test_pagerank_is_what_the_random_reader_finds(network: nx.MultiDiGraph) -> None:
    found = {row.iri: row.pagerank for row in analyse(network).nodes}
    assert sum(found.values()) == pytest.approx(1, abs=1e-5)
    assert found == pytest.approx(walk(network), abs=2e-6)


def walk(network: nx.MultiDiGraph) -> dict[str, float]:
    """PageRank by its definition: a reader at an entity without links starts anew."""
    mentions = {node: data["mentions"] for node, data in network.nodes(data=True)}
    if not any(mentions.values()):
        mentions = dict.fromkeys(mentions, 1)
    start = {node: count / sum(mentions.values()) for node, count in mentions.items()}
    weights: dict[str, dict[str, float]] = {node: {} for node in network}
    for source, target, data in network.edges(data=True):
        if source != target:
            for one, other in ((source, target), (target, source)):
                weight = max(0.01, data["confidence"])
                weights[one][other] = weights[one].get(other, 0) + weight
    rank = dict(start)
    for _ in range(150):
        lost = sum(rank[node] for node in network if not weights[node])
        new = {node: (0.15 + 0.85 * lost) * start[node] for node in network}
        for node, row in weights.items():
            for other, weight in row.items():
                new[other] += 0.85 * rank[node] * weight / sum(row.values())
        rank = new
    return rank


@given(networks(), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_the_input_stays(network: nx.MultiDiGraph, random) -> None:
    before = network.copy()
    found = analyse(network)
    assert nx.utils.graphs_equal(network, before)
    assert analyse(reordered(network, random)) == found


@given(networks())
def test_networkx_agrees(network: nx.MultiDiGraph) -> None:
    simple = nx.Graph(network)
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    analysis = analyse(network)
    rows = {row.iri: row for row in analysis.nodes}
    between = nx.betweenness_centrality(simple)
    assert {key: row.betweenness for key, row in rows.items()} == pytest.approx(between, abs=1e-6)
    assert sum(analysis.components) == len(simple)
    for bridge in analysis.bridges:
        cut = simple.copy()
        cut.remove_edge(bridge.left, bridge.right)
        sides = [len(nx.node_connected_component(cut, end)) for end in (bridge.left, bridge.right)]
        assert bridge.lost == min(sides)
        assert not nx.has_path(cut, bridge.left, bridge.right)


def test_the_dice_of_others_are_left_alone() -> None:
    standard_random.seed(1)
    expected = standard_random.random()
    standard_random.seed(1)
    analyse(network_of(*TRIANGLES))
    assert standard_random.random() == expected


def test_networkx_agrees_on_a_large_network() -> None:
    ties = tie(large_network())
    plain = ties.graph.to_networkx()
    cores_of = nx.core_number(plain)
    assert cores(ties) == [cores_of[number] for number in range(len(ties.iris))]
    assert articulation_points(ties) == frozenset(nx.articulation_points(plain))
    found = {frozenset((bridge.left, bridge.right)) for bridge in bridges(ties)}
    expected = {frozenset(ties.iris[end] for end in edge) for edge in nx.bridges(plain)}
    assert found == expected
    assert len(expected) > 100
    sizes = sorted(map(len, nx.connected_components(plain)))
    assert sorted(Counter(components(ties)).values()) == sizes
