"""Reads a few sentences with the pipeline and shows what came out, readably.

The names of :data:`NAMES` are given, so that a test of extraction does not hang on how names are
found; known entities, pronouns and declared aliases are those that the annotator finds. The
end-to-end tests use the plain pipeline.
"""

from __future__ import annotations

from functools import cache

import pytest

from kg.extract.clauses import Clause, ClauseReader
from kg.extract.extractor import FrameExtractor
from kg.iri import document_iri
from kg.lexicon import load_lexicon
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    Extraction,
    Measure,
)
from kg.ontology import load_ontology
from kg.pipeline import Pipeline
from kg.script import LANGUAGE_OF_SCRIPT, detect_script, simplify
from kg.training.given import GivenNames

Shown = tuple[str, str, str, str, str]

NAMES = {
    "晨星科技集團": "kg:Company",
    "藍峰電子": "kg:Company",
    "青禾銀行": "kg:Company",
    "白露影業": "kg:Company",
    "不會飛影業": "kg:Company",
    "海岳大學": "kg:EducationalOrganization",
    "青禾基金會": "kg:NonprofitOrganization",
    "碧波日報": "kg:MediaOrganization",
    "雲頂監管局": "kg:GovernmentOrganization",
    "南洲國": "kg:Country",
    "石橋市": "kg:City",
    "林海生": "kg:Person",
    "周若琳": "kg:Person",
    "NovaOS": "kg:Software",
    "PolarNote": "kg:Software",
    "LumaPad": "kg:Device",
    "山海論壇": "kg:Event",
    "漣漪白皮書": "kg:CreativeWork",
}


@cache
def plain() -> Pipeline:
    """The pipeline with its rules alone; one for all tests, for loading takes longer than reading.

    What the trained recogniser finds changes with its weights, and is measured elsewhere.
    """
    pipeline = Pipeline(extractor=FrameExtractor())
    pipeline.annotator.nlp.disable_pipe("kg_recogniser")
    return pipeline


@cache
def named() -> Pipeline:
    """The pipeline with the names given."""
    pipeline = Pipeline(extractor=FrameExtractor())
    pipeline.annotator.nlp.disable_pipe("kg_recogniser")
    pipeline.annotator = GivenNames(pipeline.annotator, NAMES)  # type: ignore[assignment]
    return pipeline


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


def extraction(text: str) -> Extraction:
    """What one text says, before resolution, with the names given."""
    return named().process(document(text))


def read(*texts: str) -> ClaimGraph:
    """The claim graph of these texts, each a document; a failure is an error of the test."""
    graph = named().resolve(map(extraction, texts))
    assert graph.failures == ()
    return graph


def label(graph: ClaimGraph, iri: str) -> str:
    """An entity's label, in Simplified characters."""
    return simplify(graph.entity_by_iri()[iri].label)


def shown(graph: ClaimGraph, claim: Claim) -> Shown:
    """A claim as (subject, relation, object, polarity, modality), names in Simplified."""
    measure = claim.object if isinstance(claim.object, Measure) else None
    end = simplify(measure.name) if measure else label(graph, str(claim.object))
    relation = claim.predicate.removeprefix("kg:")
    return label(graph, claim.subject), relation, end, claim.polarity, claim.modality


def said(*texts: str) -> set[Shown]:
    """Every claim of these texts."""
    graph = read(*texts)
    return {shown(graph, claim) for claim in graph.claims}


def claims(*lines: str) -> set[Shown]:
    """What is expected: ``subject relation object [denied] [modality]``, in either script."""
    return {_expected(*simplify(line).split()) for line in lines}


def _expected(subject: str, relation: str, end: str, *more: str) -> Shown:
    polarity = "denied" if "denied" in more else "asserted"
    modality = next((word for word in more if word != "denied"), "actual")
    return subject, relation, end, polarity, modality


def only(graph: ClaimGraph, relation: str) -> Claim:
    """The one claim of this relation."""
    (found,) = [c for c in graph.claims if c.predicate == f"kg:{relation}"]
    return found


def events(graph: ClaimGraph) -> list[Entity]:
    """The events, as nodes."""
    return [entity for entity in graph.entities if entity.participants]


def reasons(graph: ClaimGraph) -> set[tuple[str, str]]:
    """What was dropped, as (relation, reason)."""
    return {(drop.predicate.removeprefix("kg:"), drop.reason) for drop in graph.drops}


def clauses(text: str) -> list[Clause]:
    """The clauses of a text."""
    annotated = named().annotator.annotate(document(text))
    return list(ClauseReader(annotated, load_lexicon(), load_ontology()).clauses())


in_both_scripts = pytest.mark.parametrize("script", [str, simplify], ids=["Hant", "Hans"])
