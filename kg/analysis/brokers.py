"""Who stands between two entities."""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import TYPE_CHECKING

from kg.analysis.measures import DIGITS
from kg.analysis.ties import Ties, tie
from kg.findings import Analysis, Broker, Brokerage
from kg.ontology import load_ontology

if TYPE_CHECKING:
    import networkx as nx

_ORGANIZATION = "kg:Organization"
Walks = list[Counter[int]]


def find_brokers(network: nx.MultiDiGraph, left: str, right: str) -> Brokerage:
    """The entities on the connections between two IRIs, those on most of them first.

    Counted are the paths that are shortest or one step longer, whatever their direction. Up to
    that length a walk cannot visit a node twice (without the loop it would be shorter than the
    shortest), so walks are counted instead of paths, which takes O(m) a step and not
    exponential time, and only among the nodes that some of these paths visit. With exactly the
    shortest paths the share would be the pair dependency of Freeman, Sociometry 40 (1977). Raises
    UnknownEntity, and InputError if both are one.
    """
    ties = tie(network)
    detours = ties.detours(left, right)
    shortest = min(detours)
    if shortest == inf:
        return Brokerage(left, right, None, 0, 0, ())
    distance = int(shortest)
    near = [node for node, steps in enumerate(detours) if steps <= distance + 1]
    total, through, needed = _count_ways(ties.part(near), left, right, distance)
    brokers = [
        Broker(
            iri, count, round(count / total, DIGITS),
            _distance_without(ties, left, right, iri) if iri in needed else distance,
        )
        for iri, count in through.items()
    ]  # fmt: skip
    brokers.sort(key=lambda broker: (-broker.ways, broker.iri))
    return Brokerage(left, right, distance, distance + 1, total, tuple(brokers))


def _count_ways(
    ties: Ties, left: str, right: str, distance: int
) -> tuple[int, dict[str, int], set[str]]:
    """How many ways there are, how many through each node, and who is on all that are shortest."""
    ends = ties.ends(left, right)
    neighbours = ties.graph.get_adjlist()
    ahead, back = (_walks(neighbours, end, distance + 1) for end in ends)
    shortest, longer = (_through(ahead, back, length) for length in (distance, distance + 1))
    every = ahead[distance][ends[1]]
    inside = set(shortest | longer) - set(ends)
    through = {ties.iris[node]: shortest[node] + longer[node] for node in inside}
    needed = {ties.iris[node] for node in inside if shortest[node] == every}
    return every + ahead[distance + 1][ends[1]], through, needed


def _walks(neighbours: list[list[int]], start: int, longest: int) -> Walks:
    """For each length from 0 to *longest*: how many walks lead from *start* to each node."""
    walks: Walks = [Counter({start: 1})]
    for _ in range(longest):
        level: Counter[int] = Counter()
        for node, count in walks[-1].items():
            for neighbour in neighbours[node]:
                level[neighbour] += count
        walks.append(level)
    return walks


def _through(ahead: Walks, back: Walks, length: int) -> Counter[int]:
    """How many walks of *length* between the two starts pass through each node."""
    through: Counter[int] = Counter()
    for done in range(length + 1):
        rest = back[length - done]
        for node, count in ahead[done].items():
            if node in rest:
                through[node] += count * rest[node]
    return through


def _distance_without(ties: Ties, left: str, right: str, iri: str) -> int | None:
    rest = ties.graph.copy()
    rest.delete_edges(rest.incident(ties.index(iri)))
    source, target = ties.ends(left, right)
    ((steps,),) = rest.distances(source, target)
    return None if steps == inf else int(steps)


def default_pair(analysis: Analysis) -> tuple[str, str] | None:
    """The most central organization and the next one that is connected with it.

    If none is, the two most central; None where there are fewer than two organizations.
    """
    ontology = load_ontology()
    found = [row for row in analysis.nodes if ontology.is_a(row.cls, _ORGANIZATION)]
    if len(found) < 2:
        return None
    first, *rest = found
    connected = [row for row in rest if row.component == first.component]
    return first.iri, (connected or rest)[0].iri
