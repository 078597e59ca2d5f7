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
