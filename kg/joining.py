"""The graphs of single documents as one: resolved, combined, and as readers judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.combine import combine
from kg.corpus.copies import judge_copies
from kg.model import ClaimGraph
from kg.ontology import Ontology
from kg.resolve import Identity, judge_across
from kg.verdicts import Verdicts, apply_verdicts


def join_graphs(graphs: Sequence[ClaimGraph], verdicts: Verdicts, ontology: Ontology) -> ClaimGraph:
    """One graph of those of single documents; their order does not matter.

    *verdicts* are those of readers, which are honoured.
    """
    identity = judge_across(graphs, verdicts.pairs)
    documents = sorted((d for g in graphs for d in g.documents), key=lambda document: document.iri)
    judgements = (*identity.judgements, *judge_copies(documents))
    return join_judged(graphs, Identity(identity.moves, judgements), verdicts, ontology)


def join_judged(
    graphs: Sequence[ClaimGraph], identity: Identity, verdicts: Verdicts, ontology: Ontology
) -> ClaimGraph:
    """As :func:`join_graphs`, where it is judged already who is who."""
    joined = combine(graphs, identity.moves, ontology)
    joined = replace(joined, judgements=(*joined.judgements, *identity.judgements))
    return apply_verdicts(joined, verdicts, ontology)
