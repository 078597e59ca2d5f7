"""Who is central, what belongs together, where the network could break.

All measures are taken on the undirected simple projection (:mod:`kg.analysis.ties`). A claim's
direction is grammar (to own, to be a subsidiary of), not endorsement, so importance flows both ways
along it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

from kg.analysis.ties import Ties, tie
from kg.findings import Analysis, Bridge, NodeRow

if TYPE_CHECKING:
    import networkx as nx

DIGITS = 6
_DAMPING = 0.85
_SEED = 20_200_330


def analyse(network: nx.MultiDiGraph) -> Analysis:
    """All measures of *network*; it is not changed.

    About linear but for :func:`betweenness`. Equal networks give equal records,
    in whatever order their nodes and edges were added.
    """
    ties = tie(network)
    measured = _measure(ties, [network.nodes[iri]["mentions"] for iri in ties.iris])
    rows = tuple(sorted(_rows(network, ties, measured), key=_prominence))
    return Analysis(
        nodes=rows,
        communities=_communities(rows),
        bridges=bridges(ties),
        components=tuple(sorted(Counter(measured.components).values(), reverse=True)),
        claims=network.number_of_edges(),
        density=density(ties),
        modularity=modularity(ties, measured.communities),
    )


@dataclass(frozen=True, slots=True)
class _Measured:
    """One value for each node, by its number."""

    betweenness: Sequence[float]
    pagerank: Sequence[float]
    cores: Sequence[int]
    communities: Sequence[int]
    components: Sequence[int]
    cuts: frozenset[int]


def _measure(ties: Ties, mentions: Sequence[int]) -> _Measured:
    return _Measured(
        betweenness=betweenness(ties),
        pagerank=pagerank(ties, mentions),
        cores=cores(ties),
        communities=communities(ties),
        components=components(ties),
        cuts=articulation_points(ties),
    )


def _rows(network: nx.MultiDiGraph, ties: Ties, measured: _Measured) -> Iterable[NodeRow]:
    neighbours = ties.graph.degree()
    for number, iri in enumerate(ties.iris):
        data = network.nodes[iri]
        yield NodeRow(
            iri=iri,
            label=data["label"],
            cls=data["cls"],
            mentions=data["mentions"],
            claims=network.in_degree(iri) + network.out_degree(iri),
            neighbours=neighbours[number],
            betweenness=measured.betweenness[number],
            pagerank=measured.pagerank[number],
            core=measured.cores[number],
            community=measured.communities[number],
            component=measured.components[number],
            cuts=number in measured.cuts,
        )


def _prominence(row: NodeRow) -> tuple[float, float, int, str]:
    return -row.pagerank, -row.betweenness, -row.mentions, row.iri


def _communities(rows: Sequence[NodeRow]) -> tuple[tuple[str, ...], ...]:
    members: dict[int, list[str]] = {}
    for row in rows:
        members.setdefault(row.community, []).append(row.iri)
    return tuple(tuple(members[group]) for group in sorted(members) if len(members[group]) > 1)


def betweenness(ties: Ties, *, exact_up_to: int = 2_000, sources: int = 1_000) -> list[float]:
    """The share of shortest paths of all other pairs that pass through each node, in [0, 1].

    Steps count alike. O(n·m) up to *exact_up_to* nodes; beyond, an estimate from as many
    *sources*, drawn with a fixed seed, in O(sources·m). Freeman, Sociometry 40 (1977); Brandes,
    J. Math. Sociol. 25 (2001); Brandes and Pich, Int. J. Bifurcation Chaos 17 (2007).
    """
    count = len(ties.iris)
    pairs = comb(count - 1, 2) if count else 0
    if not pairs:
        return [0.0] * count
    drawn = None
    if count > exact_up_to:
        drawn = sorted(random.Random(_SEED).sample(range(count), sources))
    scale = 1 / pairs if drawn is None else count / (sources * pairs)
    raw = ties.graph.betweenness(directed=False, sources=drawn)
    return [round(min(1.0, value * scale), DIGITS) for value in raw]


def pagerank(ties: Ties, mentions: Sequence[int]) -> list[float]:
    """Where a reader who follows claims at random is found (damping 0.85); sums to about 1.

    The reader starts at an entity as often as it is mentioned (everywhere alike if none is), or
    else two names that stand alone would outrank the periphery of a large network; and follows
    a claim in proportion to its confidence. About O(m) for each of a few dozen rounds.
    Page, Brin, Motwani and Winograd, Stanford InfoLab 1999-66, with their personalisation.
    """
    if not ties.iris:
        return []
    starts = list(mentions) if any(mentions) else [1] * len(ties.iris)
    raw = ties.graph.personalized_pagerank(
        directed=False, damping=_DAMPING, reset=starts, weights="weight"
    )
    return [round(value, DIGITS) for value in raw]


def cores(ties: Ties) -> list[int]:
    """For each node the largest k such that it keeps k neighbours that keep k themselves.

    O(m). Seidman, Social Networks 5 (1983); Batagelj and Zaveršnik, arXiv cs/0310049.
    """
    found: list[int] = ties.graph.coreness()
    return found


def communities(ties: Ties) -> list[int]:
    """For each node the number of its community, the largest first (Louvain, fixed seed).

    About O(m). Blondel, Guillaume, Lambiotte and Lefebvre, J. Stat. Mech. P10008 (2008).
    """
    import igraph

    igraph.set_random_number_generator(random.Random(_SEED))
    try:
        found = ties.graph.community_multilevel(weights="weight").membership
    finally:
        igraph.set_random_number_generator(random)
    return _by_size(found)


def components(ties: Ties) -> list[int]:
    """For each node the number of its connected component, the largest first. O(m)."""
    return _by_size(ties.graph.connected_components().membership)


def _by_size(membership: Sequence[int]) -> list[int]:
    """Groups numbered anew: the largest is 0, of equals the one with the first node."""
    sizes = Counter(membership)
    order = sorted(sizes, key=lambda group: -sizes[group])
    number = {group: place for place, group in enumerate(order)}
    return [number[group] for group in membership]


def modularity(ties: Ties, membership: Sequence[int]) -> float:
    """How much denser the groups are than chance would have it, in [-0.5, 1]; 0 without edges.

    Newman and Girvan, Phys. Rev. E 69 (2004).
    """
    if not ties.graph.ecount():
        return 0.0
    found: float = ties.graph.modularity(list(membership), weights="weight")
    return round(found, DIGITS)


def density(ties: Ties) -> float:
    """The share of possible pairs that are linked, in [0, 1]; 0 for fewer than two nodes."""
    pairs = comb(len(ties.iris), 2)
    return round(ties.graph.ecount() / pairs, DIGITS) if pairs else 0.0


def articulation_points(ties: Ties) -> frozenset[int]:
    """The nodes without which their component falls apart. O(m).

    Hopcroft and Tarjan, Comm. ACM 16 (1973).
    """
    return frozenset(ties.graph.articulation_points())


def bridges(ties: Ties) -> tuple[Bridge, ...]:
    """The pairs without whose link their component falls apart, the gravest first. O(m).

    Tarjan, Inf. Proc. Letters 2 (1974).
    """
    parents, sizes, wholes = _spanning_forest(ties)
    graph, found = ties.graph, []
    for edge in graph.bridges():
        left, right = graph.es[edge].tuple
        # A bridge is in every spanning tree, so one side is a whole subtree.
        child = left if parents[left] == right else right
        lost = min(sizes[child], wholes[child] - sizes[child])
        first, second = sorted((ties.iris[left], ties.iris[right]))
        found.append(Bridge(first, second, lost))
    return tuple(sorted(found, key=lambda bridge: (-bridge.lost, bridge.left, bridge.right)))


def _spanning_forest(ties: Ties) -> tuple[list[int], list[int], list[int]]:
    """Each node's parent, the size of its subtree and the size of its component.

    The parent of a tree's root is one above all, whose number is that of the nodes.
    """
    above = len(ties.iris)
    groups = ties.graph.connected_components()
    rooted = ties.graph.copy()
    rooted.add_vertices(1)
    rooted.add_edges((above, min(group)) for group in groups)
    order, _, parents = rooted.bfs(above)
    sizes = [1] * (above + 1)
    for node in reversed(order[1:]):
        sizes[parents[node]] += sizes[node]
    counts = groups.sizes()
    return parents, sizes, [counts[group] for group in groups.membership]
