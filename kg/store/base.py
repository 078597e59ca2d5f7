"""What a store can do, and what it answers with: plain values that no RDF library is needed for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from kg.iri import BASE
from kg.rdf.terms import Quad, Quads

BOOKS = BASE + "store"
"""The graph in which a store keeps its own books (records, judgements, its version).

The default graph of queries does not show it.
"""

UNNAMED = BASE + "store/unnamed"
"""The graph in which a store keeps what was added without a graph's name."""


@dataclass(frozen=True, slots=True)
class Value:
    """An RDF term, as in the SPARQL results of JSON; ``datatype`` is None for a plain string."""

    kind: Literal["uri", "literal", "bnode"]
    text: str
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT; None where a variable is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]


class Store(Protocol):
    """Quads that can be asked in SPARQL. The default graph of a query holds each triple once.

    It is the union of all graphs but :data:`BOOKS`. ``bindings`` maps variable names to IRIs; in a
    SELECT such a variable must be among the selected ones. Texts are evaluated as they are:
    :func:`kg.store.guard.check_query` is for texts of strangers. Malformed queries raise
    :class:`kg.errors.QueryError`, a store that fails :class:`kg.errors.StoreError`. Use a store
    only in the thread that made it.
    """

    def add(self, quads: Quads) -> None:
        """Add *quads*; those that are there already change nothing."""

    def change(self, remove: Quads, add: Quads) -> None:
        """Take *remove* away, then put *add* in: in one step, which happens wholly or not at all.

        What is in both stays.
        """

    def query(
        self, text: str, bindings: Mapping[str, str] | None = None
    ) -> Rows | bool | tuple[Quad, ...]:
        """Rows of a SELECT, the truth of an ASK, the triples of a CONSTRUCT or DESCRIBE."""

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """All quads but the books', or those of one named graph; in no order."""

    def close(self) -> None:
        """Give back what the store holds; it cannot be used afterwards."""


def replace_graphs(store: Store, graphs: Mapping[str, Quads]) -> None:
    """Make each named graph hold exactly its quads, all in one step; none: it is gone.

    Only what differs is written.
    """
    old = [quad for graph in graphs for quad in store.quads(graph)]
    new = [quad for quads in graphs.values() for quad in quads]
    store.change(old, new)
