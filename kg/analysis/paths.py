"""How two entities are connected, with the claim that proves each step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any

from kg.analysis.ties import Ties, strength, tie
from kg.findings import Path, Step

if TYPE_CHECKING:
    import networkx as nx

# The strongest doubt of a step, -ln 0.01, rounded up: all doubts together stay below one step.
_MOST_DOUBT = 5.0


def find_paths(
    network: nx.MultiDiGraph, left: str, right: str, k: int = 5, *, most: int = 50
) -> tuple[Path, ...]:
    """All shortest paths between two IRIs, filled up to *k* with the next best, at most *most*.

    Claims are walked in either direction. Fewer steps come first, of equally many the path with
    the higher product of confidences; then IRIs decide. Empty if the two are not connected.
    Each path costs up to n shortest-path searches. Yen, Management Science 17 (1971). Raises
    UnknownEntity, and InputError if both are one.
    """
    import networkx as nx

    ties = tie(network)
    ends = ties.ends(left, right)
    if not nx.has_path(ties.graph, *ends):
        return ()
    ways = [tuple(ties.iris[node] for node in way) for way in _ways(ties, ends, k, most)]
    paths = {way: _path(network, way) for way in ways}
    ways.sort(key=lambda way: (len(way), -round(paths[way].confidence, 9), way))
    return tuple(paths[way] for way in ways)


def _ways(ties: Ties, ends: tuple[int, int], k: int, most: int) -> Iterator[list[int]]:
    import networkx as nx

    unit = 1 / (_MOST_DOUBT * len(ties.iris))

    def cost(_left: int, _right: int, data: dict[str, Any]) -> float:
        return 1 - unit * log(data["best"])

    shortest = 0
    for count, way in enumerate(nx.shortest_simple_paths(ties.graph, *ends, weight=cost)):
        shortest = shortest or len(way)
        if count >= most or (count >= k and len(way) > shortest):
            return
        yield way


def _path(network: nx.MultiDiGraph, way: tuple[str, ...]) -> Path:
    return Path(tuple(_step(network, source, target) for source, target in pairwise(way)))


def _step(network: nx.MultiDiGraph, source: str, target: str) -> Step:
    ahead, back = network.get_edge_data(source, target), network.get_edge_data(target, source)
    edges = [(key, data, True) for key, data in (ahead or {}).items()]
    edges += [(key, data, False) for key, data in (back or {}).items()]
    edges.sort(key=lambda edge: (-edge[1]["confidence"], edge[0]))
    key, data, forward = edges[0]
    return Step(
        source=source,
        target=target,
        predicate=data["predicate"],
        label=data["label"],
        forward=forward,
        claim=key,
        quote=data["quote"],
        confidence=strength(data["confidence"]),
        others=tuple(other for other, _, _ in edges[1:]),
    )
