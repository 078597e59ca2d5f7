"""Oxigraph in this process, in memory or on disk: what both have in common.

Use a store only in the thread that made it: pyoxigraph ends the process otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.iri import PREFIXES
from kg.ontology import language_tag
from kg.rdf.terms import Quad, Quads, node
from kg.store.base import Rows, Value
from kg.store.update import BOOKS_NODE, difference, given, update_text, with_default

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_STRINGS = {PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"}


class OxigraphStore:
    """A :class:`kg.store.base.Store` over a ``pyoxigraph.Store``."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def add(self, quads: Quads) -> None:
        """Add *quads*; Oxigraph lowers language tags and writes numbers anew."""
        with self._writing():
            self._store.extend(with_default(quads))

    def change(self, remove: Quads, add: Quads) -> None:
        """Take *remove* away and put *add* in, as one transaction."""
        gone, come = difference(remove, add)
        if not gone:
            self.add(come)
            return
        with self._writing():
            self._store.update(update_text(gone, come))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the store cannot be written: {error}") from error

    def query(
        self, text: str, bindings: Mapping[str, str] | None = None
    ) -> Rows | bool | tuple[Quad, ...]:
        """Evaluate *text*; the prefixes of :mod:`kg.iri` need no declaration."""
        substitutions: dict[ox.Variable, _Term] = {
            ox.Variable(name): node(iri) for name, iri in (bindings or {}).items()
        }
        try:
            answer = self._store.query(
                text,
                prefixes=PREFIXES,
                substitutions=substitutions,
            )
            return _answer(answer)
        except SyntaxError as error:
            raise QueryError(f"the query does not parse: {error}") from error
        except RuntimeError as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from error
        except OSError as error:
            raise StoreError(f"the store cannot be read: {error}") from error

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """All quads but the books' as they were added, or those of one graph; in no order."""
        names = [ox.NamedNode(graph)] if graph is not None else self._graphs()
        for name in names:
            yield from given(self._store.quads_for_pattern(None, None, None, name))

    def _graphs(self) -> list[ox.NamedNode | ox.BlankNode]:
        return [name for name in self._store.named_graphs() if name != BOOKS_NODE]

    def close(self) -> None:
        """Forget everything that is not on disk."""
        self._store = ox.Store()


def _answer(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
) -> Rows | bool | tuple[Quad, ...]:
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return tuple(ox.Quad(each.subject, each.predicate, each.object) for each in answer)
    columns = tuple(variable.value for variable in answer.variables)
    return Rows(columns, tuple(tuple(map(value_of, solution)) for solution in answer))


def value_of(term: object) -> Value | None:
    """The value of a term, its language tag in the case of BCP 47; None for None (unbound)."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Value("uri", term.value)
    if isinstance(term, ox.Literal):
        language = language_tag(term.language) if term.language else None
        datatype = term.datatype.value
        return Value("literal", term.value, language, None if datatype in _STRINGS else datatype)
    return Value("bnode", str(term).removeprefix("_:"))
