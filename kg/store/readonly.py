"""A store on disk opened for reading alone, asked in the terms of the SPARQL protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.iri import PREFIXES
from kg.rdf.terms import Quad
from kg.store.base import Rows
from kg.store.disk import DATA
from kg.store.oxigraph import value_of
from kg.store.update import BOOKS_NODE

_Graph = ox.NamedNode | ox.BlankNode
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request names; None where it names none."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


WHOLE = Dataset()


class ReadOnlyStore:
    """A store folder of ours that nobody writes to while this is open: no lock is taken.

    Use it only in the thread that made it. The store's own books are never shown.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._store = ox.Store.read_only(str(folder / DATA))
        except OSError as error:
            raise StoreError(f"no store can be opened in {folder}: {error}") from error
        names = [name for name in self._store.named_graphs() if isinstance(name, ox.NamedNode)]
        self._shown = [name for name in names if name != BOOKS_NODE]
        self._hides = len(self._shown) < len(names)
        self.graphs = frozenset(name.value for name in self._shown)

    def ask(
        self, text: str, dataset: Dataset = WHOLE, *, limit: int, names_graphs: bool = False
    ) -> Rows | bool | tuple[Quad, ...]:
        """The answer to a text that :func:`kg.store.guard.check` has let pass.

        *dataset* stands before the graphs that the text itself may name (*names_graphs*).
        Raises QueryError for what cannot be evaluated and for answers of over *limit* rows or
        triples: a cut answer would be a wrong one. Raises StoreError where the store fails.
        """
        try:
            return _answer(self._query(text, dataset, names_graphs), limit)
        except SyntaxError as error:
            raise QueryError(f"the query does not parse: {error}") from error
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from error
        except OSError as error:
            raise StoreError(f"the store cannot be read: {error}") from error

    def _query(
        self, text: str, dataset: Dataset, names_graphs: bool
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if not dataset:
            # Naming all graphs is slow where there are many, so only where it could matter.
            hide = self._hides and not names_graphs and "GRAPH" in text.upper()
            named: list[_Graph] | None = list(self._shown) if hide else None
            return self._store.query(text, prefixes=PREFIXES, named_graphs=named)
        return self._store.query(
            text,
            prefixes=PREFIXES,
            default_graph=list(map(ox.NamedNode, dataset.default)),
            named_graphs=list(map(ox.NamedNode, dataset.named)),
        )


def _answer(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, limit: int
) -> Rows | bool | tuple[Quad, ...]:
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        triples = _within(list(islice(answer, limit + 1)), limit, "triples")
        return tuple(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    columns = tuple(variable.value for variable in answer.variables)
    solutions = _within(list(islice(answer, limit + 1)), limit, "rows")
    return Rows(columns, tuple(tuple(map(value_of, solution)) for solution in solutions))


def _within(found: Sequence[T], limit: int, what: str) -> Sequence[T]:
    if len(found) > limit:
        raise QueryError(f"the answer has more than {limit} {what}: ask for fewer with LIMIT")
    return found
