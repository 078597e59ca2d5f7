"""Who stands between two entities."""

from __future__ import annotations

from collections import Counter
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
    exponential time. With exactly the shortest paths the share would be the pair dependency of
    Freeman, Sociometry 40 (1977). Raises UnknownEntity, and InputError if both are one.
    """
    import networkx as nx

    ties = tie(network)
    ends = ties.ends(left, right)
    if not nx.has_path(ties.graph, *ends):
        return Brokerage(left, right, None, 0, 0, ())
    distance = nx.shortest_path_length(ties.graph, *ends)
    ahead = _walks(ties, ends[0], distance + 1)
    back = _walks(ties, ends[1], distance + 1)
    total = ahead[distance][ends[1]] + ahead[distance + 1][ends[1]]
    shortest = _through(ahead, back, distance)
    through = shortest + _through(ahead, back, distance + 1)
    brokers = []
    for node in set(through) - set(ends):
        needed = shortest[node] == ahead[distance][ends[1]]
        without = _distance_without(ties, ends, node) if needed else distance
        share = round(through[node] / total, DIGITS)
        brokers.append(Broker(ties.iris[node], through[node], share, without))
    brokers.sort(key=lambda broker: (-broker.ways, broker.iri))
    return Brokerage(left, right, distance, distance + 1, total, tuple(brokers))


def _walks(ties: Ties, start: int, longest: int) -> Walks:
    """For each length from 0 to *longest*: how many walks lead from *start* to each node."""
    walks: Walks = [Counter({start: 1})]
    for _ in range(longest):
        level: Counter[int] = Counter()
        for node, count in walks[-1].items():
            for neighbour in ties.graph[node]:
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


def _distance_without(ties: Ties, ends: tuple[int, int], node: int) -> int | None:
    import networkx as nx

    rest = nx.restricted_view(ties.graph, [node], [])
    return nx.shortest_path_length(rest, *ends) if nx.has_path(rest, *ends) else None


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
