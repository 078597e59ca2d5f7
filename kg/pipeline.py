"""The stages put together: a document becomes an extraction, extractions become a claim graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.annotation.annotator import Annotator
from kg.annotation.recogniser import load_recogniser
from kg.claims import ClaimMaker
from kg.extract.extractor import Extractor, FrameExtractor
from kg.extract.judge import load_judge
from kg.extract.reader import Reader, load_network
from kg.joining import join_graphs
from kg.model import ClaimGraph, Document, Extraction, Failure
from kg.ontology import load_known_entities, load_ontology
from kg.resolve import Resolver
from kg.verdicts import Verdicts

Pairs = Iterable[tuple[str, str]]


class Pipeline:
    """Annotates, extracts and resolves; holds what is loaded once.

    *model* names an installed spaCy pipeline to use in place of the blank ``zh``.
    """

    def __init__(self, model: str | None = None, extractor: Extractor | None = None) -> None:
        self.ontology = load_ontology()
        self.annotator = Annotator(model)
        self.extractor = extractor or make_extractor()

    def process(self, document: Document) -> Extraction:
        """What *document* says: pure, and never an exception, for one bad article is a failure."""
        try:
            return self.extractor.extract(self.annotator.annotate(document))
        except Exception as error:  # noqa: BLE001 - the one per-document boundary
            message = f"{type(error).__name__}: {error}"
            failure = Failure(document.source or document.iri, "process", message)
            return Extraction(document, failures=(failure,))

    def read(self, document: Document, apart: Pairs = ()) -> ClaimGraph:
        """The graph of *document* alone: as pure as :meth:`process`, and what travels on."""
        return self.resolve_alone(self.process(document), apart)

    def resolve_alone(self, extraction: Extraction, apart: Pairs = ()) -> ClaimGraph:
        """Entities, events and claims of one document; *apart* are entities not to be joined."""
        ontology = self.ontology
        resolution = Resolver(ontology, load_known_entities(), apart).resolve(extraction)
        made = ClaimMaker(ontology, resolution.entities, resolution.iri_of).make([extraction])
        entities = {**resolution.entities, **{event.iri: event for event in made.events}}
        return ClaimGraph(
            documents=(extraction.document,),
            entities=tuple(entities[iri] for iri in sorted(entities)),
            claims=made.claims,
            judgements=resolution.judgements,
            drops=extraction.drops + made.drops,
            failures=extraction.failures,
            counts=_counts(extraction),
        )

    def join(self, graphs: Sequence[ClaimGraph], verdicts: Verdicts | None = None) -> ClaimGraph:
        """As :func:`join_graphs`."""
        return join_graphs(graphs, verdicts or Verdicts(), self.ontology)

    def resolve(
        self, extractions: Iterable[Extraction], verdicts: Verdicts | None = None
    ) -> ClaimGraph:
        """Entities, events and claims of all documents; the order given does not matter."""
        verdicts = verdicts or Verdicts()
        graphs = [self.resolve_alone(extraction, verdicts.apart) for extraction in extractions]
        return self.join(graphs, verdicts)


def make_extractor() -> FrameExtractor:
    """The rules with the trained judge and reader of pairs; the latter looks through the
    recogniser's encoder, and proposes nothing where that does not tell what it sees."""
    network, description = load_network()
    reader = Reader(network, description, lambda text: load_recogniser().states(text))
    return FrameExtractor(judge=load_judge(), reader=reader)


def _counts(extraction: Extraction) -> dict[str, int]:
    """How many of each were read, per stage, before resolution."""
    annotated = extraction.annotated
    counts = {
        "documents": 1,
        "mentions": len(extraction.mentions),
        "candidates": len(extraction.candidates),
    }
    if annotated is None:
        return counts
    return counts | {
        "sentences": len(annotated.sentences),
        "times": len(annotated.times),
        "unresolved_times": sum(t.time is None for t in annotated.times),
        "quantities": len(annotated.quantities),
    }
