"""Articles into a collection, one after the other: what is there already is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.collection.collection import Collection, State
from kg.model import ClaimGraph, Document, Failure

Read = Callable[[Document], ClaimGraph]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one article; when it is told, the store has it."""

    state: State | Literal["failed"]
    document: Document | None
    failure: Failure | None = None


def take_in(
    collection: Collection, found: Iterable[Document | Failure], read: Read
) -> Iterator[Taken]:
    """Put each document into *collection*, in a step of its own, unless it is there as it is.

    *read* gives the graph of a document alone. One that cannot be read leaves what is there.
    """
    for one in found:
        yield _failed(one) if isinstance(one, Failure) else _take(collection, one, read)


def take_graphs(collection: Collection, graphs: Iterable[ClaimGraph]) -> Iterator[Taken]:
    """As :func:`take_in`, of what was read elsewhere; into an empty collection all in one step."""
    if collection.documents():
        for graph in graphs:
            yield _take(collection, graph.documents[0], lambda _, graph=graph: graph)  # type: ignore[misc]
        return
    whole = [graph for graph in graphs if not graph.failures]
    runs = {graph.documents[0].iri: collection.run for graph in whole}
    collection.include({g.documents[0].iri: g for g in whole}, runs, collection.verdicts)
    yield from (Taken("new", graph.documents[0]) for graph in whole)


def _take(collection: Collection, document: Document, read: Read) -> Taken:
    state = collection.state(document)
    if state == "unchanged":
        return Taken(state, document)
    graph = read(document)
    if graph.failures:
        return _failed(graph.failures[0])
    collection.put(graph)
    return Taken(state, document)


def _failed(failure: Failure) -> Taken:
    return Taken("failed", None, failure)
