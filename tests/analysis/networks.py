"""Networks for tests: hand-made from pairs of letters, and drawn by Hypothesis."""

from __future__ import annotations

import networkx as nx
from claimgraphs import claim, entity, graph_of, linked
from hypothesis import strategies as st

from kg.iri import entity_iri
from kg.network import project


def network_of(*pairs: str) -> nx.MultiDiGraph:
    return project(linked(*pairs))


def iri(name: str) -> str:
    return entity_iri(name)


NAMES = "abcdefg"


@st.composite
def networks(draw: st.DrawFn) -> nx.MultiDiGraph:
    """Up to seven entities with mentions, and claims of any confidence, also of itself."""
    count = draw(st.integers(1, len(NAMES)))
    names = st.sampled_from(NAMES[:count])
    relation = st.sampled_from(["kg:partnerOf", "kg:owns", "kg:supports"])
    confidence = st.floats(0, 1, allow_subnormal=False)
    rows = draw(st.lists(st.tuples(names, relation, names, confidence), max_size=14))
    claims = {found.key: found for found in (claim(*row) for row in rows)}
    entities = [entity(name, mentions=draw(st.integers(0, 4))) for name in NAMES[:count]]
    return project(graph_of(claims.values(), entities))


def reordered(network: nx.MultiDiGraph, random: object) -> nx.MultiDiGraph:
    """The same network, its nodes and edges added in another order."""
    other = nx.MultiDiGraph()
    nodes, edges = list(network.nodes(data=True)), list(network.edges(keys=True, data=True))
    random.shuffle(nodes)
    random.shuffle(edges)
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return other


def large_network() -> nx.MultiDiGraph:
    """Over 20,000 links, in several parts, with bridges; each link has a confidence of its own."""
    drawn = nx.gnm_random_graph(9_000, 21_000, seed=7)
    network = nx.MultiDiGraph()
    network.add_nodes_from((f"{n:05}" for n in drawn), label="x", cls="kg:Company", mentions=1)
    for number, (left, right) in enumerate(drawn.edges):
        said = {"confidence": 0.3 + number / 50_000, "quote": "", "predicate": "", "label": ""}
        network.add_edge(f"{left:05}", f"{right:05}", str(number), **said)
    return network


def pair_apart(simple: nx.Graph, steps: int) -> tuple[str, str]:
    """Two nodes whose shortest way has so many steps."""
    first = min(simple)
    found = nx.single_source_shortest_path_length(simple, first, cutoff=steps)
    return first, min(node for node, distance in found.items() if distance == steps)
