"""Articles into a collection, one after the other: what is there already is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.collection.collection import Collection, State, read_again
from kg.model import ClaimGraph, Document, Failure
from kg.verdicts import Verdicts

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


def take_graphs(
    collection: Collection, graphs: Iterable[ClaimGraph], verdicts: Verdicts
) -> Iterator[Taken]:
    """As :func:`take_in`, of what was read elsewhere under *verdicts*.

    Into an empty collection all come in one step.
    """
    if collection.documents():
        now = collection.verdicts
        for graph in graphs:
            document = graph.documents[0]
            found = read_again({document.iri: graph}, verdicts, now)[document.iri]
            yield _take(collection, document, lambda _, found=found: found)  # type: ignore[misc]
        return
    every = list(graphs)
    whole = {graph.documents[0].iri: graph for graph in every if not graph.failures}
    collection.include(whole, dict.fromkeys(whole, collection.run), verdicts)
    for graph in every:
        failed = graph.failures
        yield _failed(failed[0]) if failed else Taken("new", graph.documents[0])


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
