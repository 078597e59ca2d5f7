"""The quads that a collection writes: of everything, or of one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Many
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.collection.books import Books
from kg.collection.entries import entries
from kg.collection.touched import Touched
from kg.joining import join_judged
from kg.model import ClaimGraph, EntityMention, Span
from kg.ontology import load_ontology
from kg.rdf import RunInfo, encode
from kg.rdf.terms import Quad, node
from kg.resolve import judge_across
from kg.store import Store
from kg.verdicts import Verdicts

Runs = Mapping[str, RunInfo]


def whole(graphs: Mapping[str, ClaimGraph], runs: Runs, verdicts: Verdicts) -> Iterator[Quad]:
    """All quads of a collection of these documents, its books on them too."""
    alone = list(graphs.values())
    identity = judge_across(alone, verdicts.pairs)
    joined = join_judged(alone, identity, verdicts, load_ontology())
    yield from _encoded(joined, runs, graphs.keys())
    yield from _unnamed(joined)
    for (iri, graph), moves in zip(graphs.items(), identity.moves, strict=True):
        yield from entries(graph, moves, runs[iri])


def step(store: Store, books: Books, found: Touched, runs: Runs) -> tuple[list[Quad], list[Quad]]:
    """The quads that go and those that come with a change."""
    old = [
        *(quad for iri in found.old for quad in store.quads(iri)),
        *books.entries(found.old),
        *_unnamed(found.before),
        *_patch(books, found, found.before, runs),
    ]
    new = [
        *_encoded(found.after, runs, found.new.keys()),
        *_books(found, runs),
        *_unnamed(found.after),
        *_patch(books, found, found.after, runs),
    ]
    return old, new


def _books(found: Touched, runs: Runs) -> Iterator[Quad]:
    for iri, graph in found.new.items():
        yield from entries(graph, found.moves[iri], runs[iri])


def _encoded(graph: ClaimGraph, runs: Runs, documents: Many[str]) -> Iterator[Quad]:
    """The graphs of *documents*, each as its run says it."""
    by_run: dict[RunInfo, set[str]] = defaultdict(set)
    for iri in documents:
        by_run[runs[iri]].add(iri)
    for run, iris in by_run.items():
        named = {node(iri) for iri in iris}
        yield from (quad for quad in encode(graph, run=run, only=iris) if quad.graph_name in named)


def _unnamed(graph: ClaimGraph) -> list[Quad]:
    """What belongs to no document: the readers' verdicts on entities."""
    return encode(ClaimGraph(judgements=graph.judgements))


def _patch(books: Books, found: Touched, graph: ClaimGraph, runs: Runs) -> list[Quad]:
    """What *graph* says in other documents of the things whose values change.

    Before and after this differs in these values alone.
    """
    if not found.patched:
        return []
    places: dict[str, list[str]] = defaultdict(list)
    for document, names in found.patched.items():
        for name in names:
            places[name].append(document)
    held = books.held(found.patched)
    part = ClaimGraph(
        documents=tuple(one.document for one in held.values()),
        entities=tuple(
            replace(e, mentions=tuple(EntityMention(d, Span(0, 0), "") for d in places[e.iri]))
            for e in graph.entities
            if e.iri in places
        ),
        claims=tuple(claim for claim in graph.claims if claim.key in places),
    )
    return list(_encoded(part, runs, found.patched.keys()))
