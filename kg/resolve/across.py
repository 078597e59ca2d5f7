"""Resolution across documents: which entities of different documents are one thing.

Within its document an entity has the IRI of its name there (:mod:`kg.resolve.resolve`). Here the
entities of many documents are compared, and each gets the IRI by which all of them know it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.iri import entity_name
from kg.model import ClaimGraph, Judgement
from kg.script import match_key


@dataclass(frozen=True, slots=True)
class Identity:
    """For each graph, in the order given, its IRIs → those they become; and why.

    Only IRIs that change are in the mappings.
    """

    moves: tuple[dict[str, str], ...]
    judgements: tuple[Judgement, ...] = ()


def judge_across(graphs: Sequence[ClaimGraph]) -> Identity:
    """What is one over *graphs*, each of which is resolved by itself; their order does not matter.

    Names that differ only in script, case or width are one: 藍峰 and 蓝峰.
    """
    spelled: dict[str, set[tuple[bool, str]]] = defaultdict(set)
    for graph in graphs:
        for iri, key in _named(graph):
            spelled[key].add((not _is_traditional(graph, iri), iri))
    chosen = {key: min(iris)[1] for key, iris in spelled.items()}
    return Identity(
        tuple({iri: chosen[key] for iri, key in _named(g) if chosen[key] != iri} for g in graphs)
    )


def _named(graph: ClaimGraph) -> Iterator[tuple[str, str]]:
    """The IRIs that are made of a name, with the key by which names are compared."""
    for entity in graph.entities:
        name = entity_name(entity.iri)
        if name is not None:
            yield entity.iri, match_key(name)


def _is_traditional(graph: ClaimGraph, iri: str) -> bool:
    scripts: Iterable[str] = (document.script for document in graph.documents)
    return "Hant" in scripts
