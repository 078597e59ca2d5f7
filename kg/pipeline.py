"""The stages put together: a document becomes an extraction, extractions become a claim graph."""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotation.annotator import Annotator
from kg.claims import ClaimMaker
from kg.extract.extractor import Extractor, FrameExtractor
from kg.extract.judge import load_judge
from kg.model import ClaimGraph, Document, Extraction, Failure
from kg.ontology import load_known_entities, load_ontology
from kg.resolve import Resolver
from kg.verdicts import Verdicts, apply_verdicts


class Pipeline:
    """Annotates, extracts and resolves; holds what is loaded once.

    *model* names an installed spaCy pipeline to use in place of the blank ``zh``.
    """

    def __init__(self, model: str | None = None, extractor: Extractor | None = None) -> None:
        self.annotator = Annotator(model)
        self.extractor = extractor or FrameExtractor(judge=load_judge())

    def process(self, document: Document) -> Extraction:
        """What *document* says: pure, and never an exception, for one bad article is a failure."""
        try:
            return self.extractor.extract(self.annotator.annotate(document))
        except Exception as error:  # noqa: BLE001 - the one per-document boundary
            message = f"{type(error).__name__}: {error}"
            failure = Failure(document.source or document.iri, "process", message)
            return Extraction(document, failures=(failure,))

    def resolve(
        self, extractions: Iterable[Extraction], verdicts: Verdicts | None = None
    ) -> ClaimGraph:
        """Entities, events and claims of all documents; the order given does not matter.

        *verdicts* are those of readers, which are honoured.
        """
        verdicts = verdicts or Verdicts()
        ordered = sorted(extractions, key=lambda e: e.document.iri)
        ontology = load_ontology()
        resolver = Resolver(ontology, load_known_entities(), verdicts.apart)
        resolution = resolver.resolve(ordered)
        made = ClaimMaker(ontology, resolution.entities, resolution.iri_of).make(ordered)
        entities = {**resolution.entities, **{event.iri: event for event in made.events}}
        graph = ClaimGraph(
            documents=tuple(e.document for e in ordered),
            entities=tuple(entities[iri] for iri in sorted(entities)),
            claims=made.claims,
            judgements=resolution.judgements,
            drops=tuple(d for e in ordered for d in e.drops) + made.drops,
            failures=tuple(f for e in ordered for f in e.failures),
            counts=_counts(ordered),
        )
        return apply_verdicts(graph, verdicts, ontology)


def _counts(extractions: Iterable[Extraction]) -> dict[str, int]:
    """How many of each were read, per stage, before resolution."""
    counts = dict.fromkeys(("sentences", "times", "unresolved_times", "quantities"), 0)
    counts |= dict.fromkeys(("documents", "mentions", "candidates"), 0)
    for extraction in extractions:
        counts["documents"] += 1
        counts["mentions"] += len(extraction.mentions)
        counts["candidates"] += len(extraction.candidates)
        if extraction.annotated is not None:
            annotated = extraction.annotated
            counts["sentences"] += len(annotated.sentences)
            counts["times"] += len(annotated.times)
            counts["unresolved_times"] += sum(t.time is None for t in annotated.times)
            counts["quantities"] += len(annotated.quantities)
    return counts
