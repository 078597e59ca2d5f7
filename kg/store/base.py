"""What a store can do, and what it answers with: plain values that no RDF library is needed for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from kg.rdf.terms import Quad, Quads


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
    """Quads that can be asked in SPARQL. The default graph of a query is the union of all graphs.

    Some stores give a triple of two graphs twice there: count with DISTINCT. ``bindings`` maps
    variable names to IRIs; in a SELECT such a variable must be among the selected ones. Texts are
    evaluated as they are: :func:`kg.store.guard.check_query` is for texts of strangers.
    Malformed queries raise :class:`kg.errors.QueryError`.
    """

    def add(self, quads: Quads) -> None:
        """Add *quads*; those that are there already change nothing."""

    def query(
        self, text: str, bindings: Mapping[str, str] | None = None
    ) -> Rows | bool | tuple[Quad, ...]:
        """Rows of a SELECT, the truth of an ASK, the triples of a CONSTRUCT or DESCRIBE."""

    def quads(self) -> Iterator[Quad]:
        """All quads, in no order."""

    def close(self) -> None:
        """Give back what the store holds; it cannot be used afterwards."""
