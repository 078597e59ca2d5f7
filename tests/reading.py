"""Reads a few sentences with the whole pipeline and shows what came out, readably."""

from __future__ import annotations

from functools import cache

from kg.iri import document_iri
from kg.model import Claim, ClaimGraph, Document, Extraction, Measure
from kg.pipeline import Pipeline
from kg.script import LANGUAGE_OF_SCRIPT, detect_script, simplify

Shown = tuple[str, str, str, str, str]


@cache
def pipeline() -> Pipeline:
    """One pipeline for all tests: loading it takes longer than reading."""
    return Pipeline()


def document(text: str, published: str | None = "2021-06-15") -> Document:
    """A document of this text, in the script that its characters show."""
    script = detect_script(text)
    return Document(
        document_iri(text),
        text,
        published=published,
        language=LANGUAGE_OF_SCRIPT[script],
        script=script,
        source="test",
    )


def extraction(text: str, published: str | None = "2021-06-15") -> Extraction:
    """What one text says, before resolution."""
    return pipeline().process(document(text, published))


def read(*texts: str) -> ClaimGraph:
    """The claim graph of these texts, each a document; a failure is an error of the test."""
    graph = pipeline().resolve(extraction(text) for text in texts)
    assert graph.failures == ()
    return graph


def name(graph: ClaimGraph, iri: str) -> str:
    """An entity's label."""
    return graph.entity_by_iri()[iri].label


def shown(graph: ClaimGraph, claim: Claim) -> Shown:
    """A claim as (subject, relation, object, polarity, modality)."""
    end = claim.object.name if isinstance(claim.object, Measure) else name(graph, claim.object)
    relation = claim.predicate.removeprefix("kg:")
    return name(graph, claim.subject), relation, end, claim.polarity, claim.modality


def said(*texts: str) -> set[Shown]:
    """Every claim of these texts."""
    graph = read(*texts)
    return {shown(graph, claim) for claim in graph.claims}


def facts(*texts: str) -> set[tuple[str, str, str]]:
    """The claims that are asserted as actual, as (subject, relation, object)."""
    return {one[:3] for one in said(*texts) if one[3:] == ("asserted", "actual")}


def only(graph: ClaimGraph, relation: str) -> Claim:
    """The one claim of this relation."""
    (found,) = [c for c in graph.claims if c.predicate == f"kg:{relation}"]
    return found


def both(text: str) -> tuple[str, str]:
    """A Traditional text, and the same in Simplified characters."""
    return text, simplify(text)
