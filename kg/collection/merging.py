"""Several stores as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.collection.archive import Archive, archive_of
from kg.collection.collection import Collection, read_again
from kg.errors import InputError
from kg.joining import join_graphs
from kg.model import ClaimGraph
from kg.ontology import load_ontology
from kg.store import is_store
from kg.verdicts import verdict_rows, verdicts_of

Place = str | Path


def merged(places: Sequence[Place], *, token: str | None = None) -> Archive:
    """What the stores at *places* are made of together; of one document the last stands.

    Raises InputError for a place that is no store.
    """
    whole = Archive()
    for place in places:
        if not is_store(place):
            raise InputError(
                f"{place} is no store, and a build's folder has no texts: build its articles with "
                "--store"
            )
        with Collection.open(place, token=token) as collection:
            whole = _both(whole, archive_of(collection))
    return whole


def _both(left: Archive, right: Archive) -> Archive:
    now = verdicts_of([*verdict_rows(left.verdicts), *verdict_rows(right.verdicts)])
    first, second = (read_again(one.graphs, one.verdicts, now) for one in (left, right))
    return Archive({**first, **second}, {**left.runs, **right.runs}, now)


def merged_graph(places: Sequence[Place], *, token: str | None = None) -> ClaimGraph:
    """The graph of the stores at *places* together."""
    found = merged(places, token=token)
    return join_graphs(list(found.graphs.values()), found.verdicts, load_ontology())


def merge_into(
    target: Place, places: Sequence[Place], *, wait: float = 0.0, token: str | None = None
) -> int:
    """Put what the stores at *places* have into the one at *target*, in one step.

    Gives the number of documents that are there then.
    """
    found = merged(places, token=token)
    with Collection.open(target, write=True, wait=wait, token=token) as collection:
        collection.include(found.graphs, found.runs, found.verdicts)
        return len(collection.documents())
