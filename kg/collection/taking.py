"""Articles into a collection, one after the other: what is there already is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from kg.collection.collection import Collection, State
from kg.collection.reading import read_again
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
        yield failed(one) if isinstance(one, Failure) else _take(collection, one, read)


def take_graphs(
    collection: Collection, graphs: Iterable[ClaimGraph], verdicts: Verdicts
) -> Iterator[Taken]:
    """As :func:`take_in`, of what was read elsewhere under *verdicts*.

    Into an empty collection all come in one step.
    """
    if collection.documents():
        as_here = _as_here(collection, verdicts)
        for graph in graphs:
            yield _take(collection, graph.documents[0], partial(as_here, graph))
        return
    every = list(graphs)
    whole = {graph.documents[0].iri: graph for graph in every if not graph.failures}
    failures = collection.include(whole, dict.fromkeys(whole, collection.run), verdicts)
    for graph in every:
        bad = graph.failures
        yield failed(bad[0]) if bad else Taken("new", graph.documents[0])
    yield from map(failed, failures)


def _as_here(
    collection: Collection, verdicts: Verdicts
) -> Callable[[ClaimGraph, Document], ClaimGraph]:
    """What gives a graph, read under *verdicts*, as those of *collection* have it."""
    now = collection.verdicts

    def read(graph: ClaimGraph, document: Document) -> ClaimGraph:
        found, failures = read_again({document.iri: graph}, verdicts, now, collection.read)
        return replace(found[document.iri], failures=failures)

    return read


def _take(collection: Collection, document: Document, read: Read) -> Taken:
    state = collection.state(document)
    if state == "unchanged":
        return Taken(state, document)
    graph = read(document)
    if graph.failures:
        return failed(graph.failures[0])
    collection.put(graph)
    return Taken(state, document)


def failed(failure: Failure) -> Taken:
    """What is told of an article that could not be read."""
    return Taken("failed", None, failure)
