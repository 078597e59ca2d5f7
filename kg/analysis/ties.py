"""The network without directions and parallels, in an order of its own.

Nodes are numbers in the order of their IRIs: sets of numbers have one order in every process,
sets of strings have not, and the algorithms of NetworkX and igraph depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, UnknownEntity

if TYPE_CHECKING:
    import networkx as nx

_LEAST = 0.01


def strength(confidence: float) -> float:
    """A confidence as a weight in [0.01, 1]: algorithms take no weight of nothing."""
    return min(1.0, max(_LEAST, confidence))


@dataclass(frozen=True, slots=True)
class Ties:
    """The undirected simple projection.

    ``graph`` is a :class:`networkx.Graph` on the indices of ``iris``; an edge has ``weight`` (the
    sum of its claims' strengths) and ``best`` (the strongest). Claims of a thing about itself
    are left out.
    """

    iris: tuple[str, ...]
    graph: nx.Graph

    def index(self, iri: str) -> int:
        """The number of an IRI; raises :class:`UnknownEntity`."""
        from bisect import bisect_left

        place = bisect_left(self.iris, iri)
        if self.iris[place : place + 1] != (iri,):
            raise UnknownEntity(f"{iri!r} is not in the network: take the IRI of one of its nodes")
        return place

    def ends(self, left: str, right: str) -> tuple[int, int]:
        """The numbers of two different IRIs."""
        if left == right:
            raise InputError(f"{left!r} was given twice: name two different entities")
        return self.index(left), self.index(right)


def tie(network: nx.MultiDiGraph) -> Ties:
    """The simple projection of *network*, in O(n log n + m log m)."""
    import networkx as nx

    iris = tuple(sorted(network))
    numbers = {iri: number for number, iri in enumerate(iris)}
    found: dict[tuple[int, int], list[float]] = {}
    for source, target, data in network.edges(data=True):
        if source != target:
            pair = sorted((numbers[source], numbers[target]))
            found.setdefault((pair[0], pair[1]), []).append(strength(data["confidence"]))
    graph = nx.Graph()
    graph.add_nodes_from(range(len(iris)))
    graph.add_edges_from((*pair, _weights(found[pair])) for pair in sorted(found))
    return Ties(iris, graph)


def _weights(strengths: list[float]) -> dict[str, Any]:
    # Sorted, since a sum of floats depends on its order.
    return {"weight": sum(sorted(strengths)), "best": max(strengths)}
