"""Oxigraph in memory. Use a store only in the thread that made it.

The default graph holds a copy of every triple: Oxigraph's own union of graphs gives a triple of two
graphs twice, and a join of such triples grows with the product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.iri import PREFIXES
from kg.ontology import language_tag
from kg.rdf.schema import schema_quads
from kg.rdf.terms import Quad, Quads, node
from kg.store.base import Rows, Value

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_STRINGS = {PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"}


class MemoryStore:
    """A :class:`kg.store.base.Store` that is gone when it is closed."""

    def __init__(self, quads: Quads = ()) -> None:
        self._store = ox.Store()
        self._unnamed = ox.Store()
        self.add(quads)

    def add(self, quads: Quads) -> None:
        """Add *quads*; Oxigraph lowers language tags and writes numbers anew."""
        added = list(quads)
        self._store.extend(added)
        self._store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in added)
        self._unnamed.extend(q for q in added if isinstance(q.graph_name, ox.DefaultGraph))

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

    def quads(self) -> Iterator[Quad]:
        """All quads as they were added, in no order."""
        yield from self._unnamed
        yield from (q for q in self._store if not isinstance(q.graph_name, ox.DefaultGraph))

    def close(self) -> None:
        """Forget everything."""
        self._store = ox.Store()
        self._unnamed = ox.Store()


def open_memory(quads: Quads) -> MemoryStore:
    """A store of *quads* and, in a graph of its own, the ontology with its labels."""
    store = MemoryStore(quads)
    store.add(schema_quads())
    return store


def _answer(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
) -> Rows | bool | tuple[Quad, ...]:
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return tuple(ox.Quad(each.subject, each.predicate, each.object) for each in answer)
    columns = tuple(variable.value for variable in answer.variables)
    return Rows(columns, tuple(tuple(map(_value, solution)) for solution in answer))


def _value(term: object) -> Value | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Value("uri", term.value)
    if isinstance(term, ox.Literal):
        language = language_tag(term.language) if term.language else None
        datatype = term.datatype.value
        return Value("literal", term.value, language, None if datatype in _STRINGS else datatype)
    return Value("bnode", str(term).removeprefix("_:"))
