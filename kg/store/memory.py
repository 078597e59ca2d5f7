"""Oxigraph in memory."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.schema import schema_quads
from kg.rdf.terms import Quads
from kg.store.oxigraph import OxigraphStore


class MemoryStore(OxigraphStore):
    """A :class:`kg.store.base.Store` that is gone when it is closed."""

    def __init__(self, quads: Quads = ()) -> None:
        super().__init__(ox.Store())
        self.add(quads)


def open_memory(quads: Quads) -> MemoryStore:
    """A store of *quads* and, in a graph of its own, the ontology with its labels."""
    store = MemoryStore(quads)
    store.add(schema_quads())
    return store
