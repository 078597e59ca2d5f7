"""Several stores as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.collection.archive import Archive, archive_of
from kg.collection.collection import Collection
from kg.collection.reading import Read, Reading, read_again
from kg.errors import InputError
from kg.joining import join_graphs
from kg.model import ClaimGraph, Failure
from kg.ontology import load_ontology
from kg.store import is_store
from kg.verdicts import verdict_rows, verdicts_of

Place = str | Path


def merged(
    places: Sequence[Place], *, token: str | None = None
) -> tuple[Archive, tuple[Failure, ...]]:
    """What the stores at *places* are made of together; of one document the last stands.

    And what could not be read again as it is judged elsewhere. Raises InputError for a place that
    is no store.
    """
    whole, read = Archive(), Reading()
    failures: list[Failure] = []
    for place in places:
        if not is_store(place):
            raise InputError(
                f"{place} is no store, and a build's folder has no texts: build its articles with "
                "--store"
            )
        with Collection.open(place, token=token) as collection:
            whole, failed = _both(whole, archive_of(collection), read)
            failures += failed
    return whole, tuple(failures)


def _both(left: Archive, right: Archive, read: Read) -> tuple[Archive, tuple[Failure, ...]]:
    now = verdicts_of([*verdict_rows(left.verdicts), *verdict_rows(right.verdicts)])
    kept = {iri: graph for iri, graph in left.graphs.items() if iri not in right.graphs}
    first, failed = read_again(kept, left.verdicts, now, read)
    second, failed_too = read_again(right.graphs, right.verdicts, now, read)
    whole = Archive({**first, **second}, {**left.runs, **right.runs}, now)
    return whole, (*failed, *failed_too)


def merged_graph(places: Sequence[Place], *, token: str | None = None) -> ClaimGraph:
    """The graph of the stores at *places* together, with what :func:`merged` failed at."""
    found, failures = merged(places, token=token)
    joined = join_graphs(list(found.graphs.values()), found.verdicts, load_ontology())
    return replace(joined, failures=(*joined.failures, *failures))


def merge_into(
    target: Place, places: Sequence[Place], *, wait: float = 0.0, token: str | None = None
) -> tuple[int, tuple[Failure, ...]]:
    """Put what the stores at *places* have into the one at *target*, in one step.

    Gives the number of documents that are there then, and what :func:`merged` failed at.
    """
    found, failures = merged(places, token=token)
    with Collection.open(target, write=True, wait=wait, token=token) as collection:
        more = collection.include(found.graphs, found.runs, found.verdicts)
        return len(collection.documents()), (*failures, *more)
