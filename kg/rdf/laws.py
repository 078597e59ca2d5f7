"""The laws of ``shapes.ttl``: SHACL-SPARQL constraints over the whole graph, run on Oxigraph.

Any SHACL engine can run them; pySHACL does so with rdflib, whose time grows with the square of
the claims (18 s for 500), Oxigraph's does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import SH, Graph
from rdflib.term import Node

from kg.errors import OntologyError
from kg.iri import PREFIXES, compact
from kg.model import Violation
from kg.rdf.terms import Quads

_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class Law:
    """A query whose rows are violations; ``focus`` is what ``$this`` stands for."""

    focus: str
    select: str
    message: str


def take_laws(shapes: Graph) -> tuple[Law, ...]:
    """Remove from *shapes* the SPARQL constraints on a single node, and return them."""
    found = [
        (shape, law, focus)
        for shape, law in shapes.subject_objects(SH.sparql)
        for focus in shapes.objects(shape, SH.targetNode)
    ]
    for shape, law, _ in found:
        shapes.remove((shape, SH.sparql, law))
    return tuple(sorted((_law(shapes, *each[1:]) for each in found), key=lambda law: law.select))


def _law(shapes: Graph, law: Node, focus: Node) -> Law:
    select, message = shapes.value(law, SH.select), shapes.value(law, SH.message)
    return Law(str(focus), str(select), str(message))


def find_breaches(laws: Iterable[Law], quads: Quads) -> list[Violation]:
    """What breaks the laws in the merge of all graphs; ``focus`` is the row's ``?value``."""
    store = ox.Store()
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return [violation for law in laws for violation in _breaches(law, store)]


def _breaches(law: Law, store: ox.Store) -> Iterator[Violation]:
    rows = store.query(
        law.select,
        prefixes=PREFIXES,
        substitutions={ox.Variable("this"): ox.NamedNode(law.focus)},
    )
    if not isinstance(rows, ox.QuerySolutions):
        raise OntologyError(f"a law of the shapes must be a SELECT: {law.select.strip()[:60]!r}")
    names = [variable.value for variable in rows.variables]
    for row in rows:
        values = {name: compact(getattr(row[name], "value", "")) for name in names}
        focus = values.get("value", law.focus)
        yield Violation(focus, "", _fill(law.message, values), "sh:Violation")


def _fill(message: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), message)
