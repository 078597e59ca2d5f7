"""A change of a store as one SPARQL 1.1 Update request, which servers take wholly or not at all.

Named graphs hold what was added; the default graph holds a copy of each triple, once. A union that
the store makes itself would give a triple of two graphs twice, and joins of such triples grow with
the product.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import pyoxigraph as ox

from kg.rdf.terms import Quad, Quads
from kg.store.base import BOOKS, UNNAMED

BOOKS_NODE = ox.NamedNode(BOOKS)
_UNNAMED = ox.NamedNode(UNNAMED)
_DEFAULT = ox.DefaultGraph()


def stored(quads: Quads) -> list[Quad]:
    """The quads as the named graphs of a store hold them, each once, in the store's own spelling.

    Oxigraph lowers language tags when a literal is made, and writes numbers anew when it keeps one:
    what is compared with quads of a store goes through a store first.
    """
    kept = ox.Store()
    kept.extend(_named(quad) for quad in quads)
    return list(kept)


def _named(quad: Quad) -> Quad:
    if quad.graph_name != _DEFAULT:
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object, _UNNAMED)


def with_default(quads: Quads) -> Iterator[Quad]:
    """The quads as a store holds them: in named graphs, and those that are shown once more."""
    for quad in map(_named, quads):
        yield quad
        if _is_shown(quad):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def given(quads: Quads) -> Iterator[Quad]:
    """The quads of a store's named graphs as they were added: the inverse of :func:`stored`."""
    for quad in quads:
        if quad.graph_name == _UNNAMED:
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
        else:
            yield quad


def difference(remove: Quads, add: Quads) -> tuple[list[Quad], list[Quad]]:
    """What has to go and what has to come, both as :func:`stored`, without what is in both."""
    old, new = stored(remove), stored(add)
    stays = set(old).intersection(new)
    return [q for q in old if q not in stays], [q for q in new if q not in stays]


def update_text(remove: Collection[Quad], add: Collection[Quad], condition: str = "") -> str:
    """The request that takes *remove* away and then puts *add* in, both as :func:`stored`.

    *condition* is a graph pattern: where it does not match, nothing is changed.
    """
    where = f"WHERE {{ {condition} }}"
    default = "".join(map(_triple, filter(_is_shown, add)))
    operations = [
        f"DELETE {{ {_grouped(remove)} }} {where}" if remove else "",
        f"INSERT {{ {_grouped(add)} {default} }} {where}" if add else "",
        _cleaning([quad for quad in remove if _is_shown(quad)], condition),
    ]
    return " ;\n".join(filter(None, operations))


def _cleaning(removed: Collection[Quad], condition: str) -> str:
    """Take from the default graph what no named graph says any more."""
    if not removed:
        return ""
    rows = "".join(f"({q.subject} {q.predicate} {q.object})\n" for q in removed)
    return (
        f"DELETE {{ ?s ?p ?o }} WHERE {{ {condition} VALUES (?s ?p ?o) {{ {rows} }} "
        f"FILTER NOT EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (?g != {BOOKS_NODE}) }} }}"
    )


def _is_shown(quad: Quad) -> bool:
    return quad.graph_name != BOOKS_NODE


def _grouped(quads: Collection[Quad]) -> str:
    graphs: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        graphs[str(quad.graph_name)].append(_triple(quad))
    return "".join(f"GRAPH {graph} {{\n{''.join(found)}}}" for graph, found in graphs.items())


def _triple(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"
