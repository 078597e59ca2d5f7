"""Finding an entity of a graph by what people call it, in any script."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator

from kg.errors import UnknownEntity
from kg.iri import expand
from kg.model import ClaimGraph, Entity
from kg.script import match_key

_DEFAULT_LANGUAGE = "zh-Hant"


def find_entity(graph: ClaimGraph, name: str) -> Entity | None:
    """The entity with this IRI or CURIE, else with this label or alias in any script and case.

    Of several entities of one name it is the one with most mentions, then the first by IRI.
    """
    by_iri = graph.entity_by_iri()
    exact = by_iri.get(name) or by_iri.get(expand(name))
    return exact or _entities_by_key(graph).get(_key(name))


def get_entity(graph: ClaimGraph, name: str) -> Entity:
    """As :func:`find_entity`; raises :class:`UnknownEntity` with the three nearest names."""
    entity = find_entity(graph, name)
    if entity is None:
        raise UnknownEntity(f"no entity is called {name!r}; {_advice(graph, name)}")
    return entity


def name_of(entity: Entity, language: str) -> str:
    """The entity's label in *language*, else the one it shows everywhere."""
    return entity.labels.get(language) or entity.label


def main_language(graph: ClaimGraph) -> str:
    """The language of most of the documents (BCP 47); Traditional Chinese if there is none."""
    counts = Counter(document.language for document in graph.documents)
    return min(counts, key=lambda tag: (-counts[tag], tag), default=_DEFAULT_LANGUAGE)


def _by_prominence(graph: ClaimGraph) -> list[Entity]:
    return sorted(graph.entities, key=lambda entity: (-len(entity.mentions), entity.iri))


def _names(entity: Entity) -> Iterator[str]:
    yield from entity.labels.values()
    yield from entity.aliases


def _key(name: str) -> str:
    # A shell hands on bytes that are no UTF-8 as lone surrogates, which OpenCC cannot take.
    return match_key(name.encode("utf-8", "replace").decode("utf-8"))


def _entities_by_key(graph: ClaimGraph) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for entity in _by_prominence(graph):
        for name in _names(entity):
            found.setdefault(_key(name), entity)
    found.pop("", None)
    return found


def _advice(graph: ClaimGraph, name: str) -> str:
    nearest = _nearest(graph, name)
    if not nearest:
        return "entities.jsonl lists the names there are"
    return "the nearest are " + ", ".join(map(repr, nearest))


def _nearest(graph: ClaimGraph, name: str, count: int = 3) -> list[str]:
    """Up to *count* names that share something with *name*, one of each entity, nearest first."""
    names: dict[str, tuple[str, str]] = {}
    for entity in _by_prominence(graph):
        for known in _names(entity):
            names.setdefault(_key(known), (entity.iri, known))
    keys = difflib.get_close_matches(_key(name), names, n=4 * count, cutoff=0.2)
    one_each: dict[str, str] = {}
    for key in keys:
        one_each.setdefault(*names[key])
    return list(one_each.values())[:count]
