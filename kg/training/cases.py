"""What the judge learns from: candidates of annotated texts, each right or wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.annotation.annotator import Annotator
from kg.annotation.recogniser import load_recogniser
from kg.errors import InputError
from kg.evaluate import Gold, GoldClaim, load_gold
from kg.evaluate.match import match_entities, same_measure
from kg.extract.extractor import FrameExtractor
from kg.extract.judge import Judge, is_judged
from kg.extract.proposals import PROPOSER
from kg.extract.reader import Reader, load_network
from kg.extract.traits import Odds, TraitReader, Traits
from kg.iri import document_iri
from kg.model import AnnotatedDocument, Candidate, Document, Entity, Extraction, Span
from kg.ontology import Ontology, load_known_entities, load_ontology
from kg.resolve import Resolver
from kg.script import LANGUAGE_OF_SCRIPT, detect_script, simplify
from kg.training.given import GivenNames
from kg.training.labelled import (
    JUDGED,
    LABELS,
    iter_labelled_articles,
    labels_by_article,
    labels_of,
    verdicts_of,
)
from kg.training.relations import Meaning, Related, read_set

#: Gives a candidate's verdict: right, wrong, or None where the annotation does not tell.
Verdict = Callable[[Candidate], bool | None]
Progress = Callable[[str, int, int, float], None]


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate's traits and whether it is right; ``document`` tells which were read together.

    ``whole``: all of the document was read, not single sentences that have something to say.
    """

    document: str
    relation: str
    proposed: bool
    traits: Traits
    right: bool
    whole: bool = True


class _Everything(Judge):
    """Accepts every proposal and leaves every reading as the rules made it."""

    def __init__(self) -> None:
        super().__init__({})

    def judge(
        self,
        annotated: AnnotatedDocument,
        candidates: Iterable[Candidate],
        ontology: Ontology,
        odds: Odds | None = None,
    ) -> Iterator[Candidate]:
        yield from candidates


class CaseReader:
    """Makes cases of texts, with the extractor as it is.

    *turns* are what readers of pairs say of documents that they have not learned from; of other
    documents it is the packaged one that is asked.
    """

    def __init__(self, turns: Mapping[str, Odds] | None = None) -> None:
        self.ontology = load_ontology()
        self.known = load_known_entities()
        self.extractor = FrameExtractor(judge=_Everything())
        self.turns = turns or {}
        network, description = load_network()
        self.reader = Reader(network, description, lambda text: load_recogniser().states(text))

    def from_gold(self, path: Path, annotator: Annotator) -> Iterator[Case]:
        """The cases of an article that was annotated by reading (see ``kg evaluate``)."""
        gold = load_gold(path, self.ontology)
        if gold.text is None:
            raise InputError(f"{path}: its article is not beside it: put {gold.document} there")
        extraction = self.extractor.extract(
            annotator.annotate(make_document(gold.text, gold.published))
        )
        yield from self._cases(extraction, self._by_gold(extraction, gold))

    def from_labels(
        self, folder: Path, annotator: Annotator, told: Progress, labels: Path = LABELS
    ) -> Iterator[Case]:
        """The cases of sentences of the news that were labelled by reading."""
        yield from self._from_news("labelled", folder, annotator, told, labels, self._by_reading)

    def from_verdicts(
        self, folder: Path, annotator: Annotator, told: Progress, labels: Path = JUDGED
    ) -> Iterator[Case]:
        """The cases of articles of the news whose candidates a reader judged one by one."""
        yield from self._from_news("judged", folder, annotator, told, labels, self._by_verdicts)

    def _from_news(
        self,
        name: str,
        folder: Path,
        annotator: Annotator,
        told: Progress,
        labels: Path,
        verdict_of: Callable[[Extraction, list[Any]], Verdict],
    ) -> Iterator[Case]:
        rows = labels_by_article(labels)
        most = sum(map(len, rows.values()))
        for number, (where, text, day) in enumerate(iter_labelled_articles(folder, rows)):
            told(name, number, most, 0.0)
            extraction = self.extractor.extract(annotator.annotate(make_document(text, day)))
            verdict = verdict_of(extraction, rows[where[0]][where[1]])
            yield from (replace(c, whole=False) for c in self._cases(extraction, verdict))

    def _by_verdicts(self, extraction: Extraction, rows: Iterable[Mapping[str, Any]]) -> Verdict:
        """What the reader says of the relation and the two places; None for all others."""
        said = {place: right for row in rows for place, right in verdicts_of(row)}
        places = {mention.id: mention.span for mention in extraction.mentions}

        def verdict(candidate: Candidate) -> bool | None:
            ends = [places[mention] for _, mention in candidate.roles[:2] if mention in places]
            ends += [candidate.cue] if candidate.measure is not None else []
            if len(ends) < 2:
                return None
            relation = candidate.predicate
            turned = self.ontology.relations[relation].symmetric
            told = said.get((ends[0], relation, ends[1]))
            return said.get((ends[1], relation, ends[0])) if told is None and turned else told

        return verdict

    def _by_reading(self, extraction: Extraction, rows: Iterable[Mapping[str, Any]]) -> Verdict:
        """What the labels say of two names of one labelled sentence; None for all others."""
        places = {mention.id: mention.span for mention in extraction.mentions}
        said: dict[tuple[Span, Span], set[str]] = defaultdict(set)
        for subject, relation, end in (label for row in rows for label in labels_of(row)):
            said[subject, end].add(relation)
            if not relation or self.ontology.relations[relation].symmetric:
                said[end, subject].add(relation)
        sentences = [Span(row["start"], row["end"]) for row in rows]

        def verdict(candidate: Candidate) -> bool | None:
            ends = [places[mention] for _, mention in candidate.roles[:2] if mention in places]
            if len(ends) < 2:
                return None
            told = said.get((ends[0], ends[1]), set())
            inside = any(all(one.covers(end) for end in ends) for one in sentences)
            if candidate.predicate in told:
                return True
            return False if inside and "" not in told else None

        return verdict

    def from_set(
        self, name: str, folder: Path, annotator: Annotator, told: Progress
    ) -> Iterator[Case]:
        """The cases of a public set of related names; the names are given."""
        meaning, rows = Meaning(name, self.ontology), read_set(name, folder)
        for number, related in enumerate(rows):
            given = GivenNames(annotator, related.classes)
            extraction = self.extractor.extract(given.annotate(make_document(related.text)))
            yield from self._cases(extraction, _by_labels(extraction, related, meaning))
            if number % 100 == 0:
                told(name, number, len(rows), 0.0)

    def _cases(self, extraction: Extraction, verdict: Verdict) -> Iterator[Case]:
        annotated = extraction.annotated
        if annotated is None:
            return
        reader = TraitReader(annotated, self.ontology, self._odds(annotated, extraction))
        for one in extraction.candidates:
            right = verdict(one) if is_judged(one, self.ontology) else None
            if right is not None:
                proposed = one.extractor == PROPOSER
                iri = extraction.document.iri
                yield Case(iri, one.predicate, proposed, reader.read(one), right)

    def _odds(self, annotated: AnnotatedDocument, extraction: Extraction) -> Odds:
        own = self.turns.get(annotated.document.iri)
        return self.reader.odds(annotated, extraction.candidates) if own is None else own

    def _by_gold(self, extraction: Extraction, gold: Gold) -> Verdict:
        """As ``kg evaluate`` would say; None for what could be no claim."""
        resolution = Resolver(self.ontology, self.known).resolve(extraction)
        things = [e for e in resolution.entities.values() if e.trigger is None]
        matched = match_entities(things, gold.entities, self.ontology)
        ids = {things[p].iri: gold.entities[g].id for p, g in matched.items()}

        def verdict(candidate: Candidate) -> bool | None:
            roles, iri = dict(candidate.roles), extraction.document.iri
            ends = [resolution.iri_of.get((iri, roles.get(r, ""))) for r in ("subject", "object")]
            if not self._may_be_claim(candidate, ends, resolution.entities):
                return None
            names = [ids.get(end or "", end or "") for end in ends]
            return any(self._says(row, candidate, names) for row in gold.claims)

        return verdict

    def _may_be_claim(
        self, candidate: Candidate, ends: list[str | None], entities: Mapping[str, Entity]
    ) -> bool:
        subject, end = ends
        if subject is None or subject == end or (end is None and candidate.measure is None):
            return False
        classes = (entities[subject].cls, entities[end].cls if end else None)
        return self.ontology.fits(candidate.predicate, *classes)

    def _says(self, row: GoldClaim, candidate: Candidate, names: list[str]) -> bool:
        """Whether *row* is what *candidate* says, as it says it."""
        polarity = "denied" if row.negated else "asserted"
        stance = candidate.polarity == polarity
        stance = stance and not (row.planned and candidate.modality == "actual")
        if row.predicate != candidate.predicate or not stance:
            return False
        if candidate.measure is not None:
            same = row.literal and same_measure(row.object, candidate.measure)
            return same and row.subject == names[0]
        ends = [row.subject, row.object]
        symmetric = self.ontology.relations[row.predicate].symmetric
        return ends == names or (symmetric and ends[::-1] == names)


def _by_labels(extraction: Extraction, related: Related, meaning: Meaning) -> Verdict:
    """What the labels say of the names as written; None for all others."""
    surfaces = {mention.id: simplify(mention.surface) for mention in extraction.mentions}

    def verdict(candidate: Candidate) -> bool | None:
        subject, end = (
            surfaces.get(mention, "") for _, mention in (*candidate.roles, ("", ""))[:2]
        )
        right = meaning.verdict(related, subject, candidate.predicate, end)
        return right and candidate.polarity == "asserted"

    return verdict


def make_document(text: str, published: str | None = None) -> Document:
    """*text* as a document, of a day where that is known."""
    script = detect_script(text)
    language = LANGUAGE_OF_SCRIPT[script]
    return Document(document_iri(text), text, None, published, None, language, script)
