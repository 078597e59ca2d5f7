"""How two entities are connected, with the claim that proves each step."""

from __future__ import annotations

from itertools import pairwise
from math import inf, log
from typing import TYPE_CHECKING

from kg.analysis.ties import Ties, strength, tie
from kg.findings import Path, Step

if TYPE_CHECKING:
    import networkx as nx

# The strongest doubt of a step, -ln 0.01, rounded up: all doubts together stay below one step.
_MOST_DOUBT = 5.0

Way = tuple[str, ...]


def find_paths(
    network: nx.MultiDiGraph, left: str, right: str, k: int = 5, *, most: int = 50
) -> tuple[Path, ...]:
    """All shortest paths between two IRIs, filled up to *k* with the next best, at most *most*.

    Claims are walked in either direction. Fewer steps come first, of equally many the path with
    the higher product of confidences; then IRIs decide. Empty if the two are not connected.
    Each path costs up to n shortest-path searches. Yen, Management Science 17 (1971). Raises
    UnknownEntity, and InputError if both are one.
    """
    found = _ways(tie(network), left, right, min(k, most), most)
    paths = {way: _path(network, way) for way in found}
    return tuple(
        paths[way]
        for way in sorted(found, key=lambda w: (len(w), -round(paths[w].confidence, 9), w))
    )


def _ways(ties: Ties, left: str, right: str, k: int, most: int) -> list[Way]:
    """The shortest ways, filled up to *k*.

    Ways of at most some steps visit only nodes by which there is a way of as many, so that most
    of a large network is never walked.
    """
    detours = ties.detours(left, right)
    ways: list[Way] = []
    for most_steps in sorted({int(steps) for steps in detours if steps < inf}):
        near = [node for node, steps in enumerate(detours) if steps <= most_steps]
        ways = _best(ties.part(near), left, right, k if ways else most)
        short = [way for way in ways if len(way) <= most_steps + 1]
        if len(short) >= k:
            return short
    return ways[:k]  # of the whole component


def _best(ties: Ties, left: str, right: str, count: int) -> list[Way]:
    """The best ways, at most *count*: of the fewest steps, then of the least doubt."""
    unit = 1 / (_MOST_DOUBT * len(ties.iris))
    costs = [1 - unit * log(best) for best in ties.graph.es["best"]]
    found = ties.graph.get_k_shortest_paths(*ties.ends(left, right), count, weights=costs)
    return [tuple(ties.iris[node] for node in way) for way in found]


def _path(network: nx.MultiDiGraph, way: Way) -> Path:
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
