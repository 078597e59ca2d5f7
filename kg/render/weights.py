"""How much each node weighs, by every measure, and which nodes a large graph opens on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from kg.findings import Analysis
from kg.model import Entity, Json

MEASURES = ("degree", "betweenness", "pagerank", "mentions")
LARGE = 800
CORE = 500
_DIGITS = 4


def weigh(
    entities: Sequence[Entity], degree: Sequence[int], analysis: Analysis | None
) -> list[Json]:
    """For each entity, in order: its ``degree``; its ``measures`` in the order of
    :data:`MEASURES`; its ``rank``, which is PageRank, or the degree without an *analysis*; its
    ``community``; and whether it is of the ``core``. Measures and rank are shares of the greatest
    value, in [0, 1].
    """
    rows = {row.iri: row for row in analysis.nodes} if analysis else {}
    found = [rows.get(entity.iri) for entity in entities]
    mentions = [len(entity.mentions) for entity in entities]
    centrality = [row.pagerank if row else 0.0 for row in found]
    columns = (degree, [row.betweenness if row else 0.0 for row in found], centrality, mentions)
    measures = list(zip(*map(_shares, columns), strict=True))
    ranks = _shares(centrality if analysis else degree)
    groups = [row.community if row else None for row in found]
    core = choose_core(ranks, groups)
    return [
        {
            "degree": degree[i],
            "measures": measures[i],
            "rank": ranks[i],
            "community": groups[i],
            "core": i in core,
        }
        for i in range(len(entities))
    ]


def _shares(values: Sequence[float]) -> list[float]:
    top = max(values, default=0)
    return [round(value / top, _DIGITS) if top > 0 else 0.0 for value in values]


def choose_core(ranks: Sequence[float], groups: Sequence[int | None]) -> frozenset[int]:
    """The numbers of all nodes of a graph of up to :data:`LARGE`, else of :data:`CORE`.

    Every community gives its most important members in proportion to its size, so that no part
    of the graph is left out; the places that are left go to the most important of the others.
    """
    ordered = sorted(range(len(ranks)), key=lambda node: -ranks[node])
    if len(ordered) <= LARGE:
        return frozenset(ordered)
    members: dict[int | None, list[int]] = defaultdict(list)
    for node in ordered:
        members[groups[node]].append(node)
    core = {node for group in members.values() for node in group[: _places(group, ordered)]}
    others = (node for node in ordered if node not in core)
    return frozenset(core.union(islice(others, CORE - len(core))))


def _places(group: Sequence[int], whole: Sequence[int]) -> int:
    return len(group) * CORE // len(whole)
