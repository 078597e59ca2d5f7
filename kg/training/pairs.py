"""What the reader of pairs learns from: sentences whose pairs of names are labelled.

Articles annotated by reading (every pair of a sentence is right or wrong), sentences of unseen
news labelled by reading (``labels/pairs.jsonl``: places only, the texts stay in the data folder)
and FinRE's pairs of firms, names given.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.annotation.annotator import Annotator
from kg.annotation.recogniser import Recogniser
from kg.errors import InputError
from kg.evaluate import Gold, load_gold
from kg.evaluate.match import match_entities
from kg.extract.extractor import FrameExtractor
from kg.extract.judge import load_judge
from kg.extract.passages import Passage, PassageMaker
from kg.model import AnnotatedDocument, Extraction, Mention, Span
from kg.ontology import Ontology, load_known_entities
from kg.resolve import Resolver
from kg.script import simplify
from kg.training.cases import Progress, make_document
from kg.training.given import GivenNames
from kg.training.labelled import (
    LABELS,
    Labelled,
    is_alike,
    iter_labelled_articles,
    labels_by_article,
    labels_of,
)
from kg.training.relations import Meaning, Related, read_set

RIGHT, WRONG, UNKNOWN = 1, 0, -1

Verdicts = NDArray[np.int8]


@dataclass(frozen=True)
class Example:
    """A passage and for each pair and relation whether it is RIGHT, WRONG or UNKNOWN.

    ``told`` are those that the rules have as candidates, which the reader need not propose.
    """

    document: str  # IRI
    passage: Passage
    wanted: Verdicts
    told: NDArray[np.bool_]

    @property
    def tells(self) -> bool:
        """Whether anything is known of it."""
        return bool((self.wanted != UNKNOWN).any())


class ExampleReader:
    """Makes examples of texts; *recogniser* tells the states of their characters."""

    def __init__(self, maker: PassageMaker, recogniser: Recogniser) -> None:
        self.maker, self.ontology = maker, maker.ontology
        self.rules = FrameExtractor(judge=load_judge())
        self.known, self.recogniser = load_known_entities(), recogniser
        self.column = {relation: at for at, relation in enumerate(maker.relations)}
        self.symmetric = {r.curie for r in self.ontology.relations.values() if r.symmetric}

    def from_gold(self, path: Path, annotator: Annotator) -> Iterator[Example]:
        """The sentences of an article that was annotated by reading (see ``kg evaluate``).

        A claim is RIGHT where its quote stands; of its two in another sentence nothing is known.
        """
        gold = load_gold(path, self.ontology)
        if gold.text is None:
            raise InputError(f"{path}: its article is not beside it: put {gold.document} there")
        annotated = annotator.annotate(make_document(gold.text, gold.published))
        named, said = _gold_names(annotated, gold, self.ontology, self.known), self._said(gold)
        for passage, told in self._passages(annotated):
            wanted = self._unmarked(passage)
            for at, (subject, end) in enumerate(_pairs(passage)):
                names = (named.get(subject.id), named.get(end.id))
                if names[0] == names[1]:
                    wanted[at] = UNKNOWN
                for relation, quotes in said.get(names, {}).items():
                    here = any(quote.overlaps(passage.span) for quote in quotes)
                    self._mark(wanted, passage, at, relation, RIGHT if here else UNKNOWN)
            yield Example(annotated.document.iri, passage, wanted, told)

    def _said(self, gold: Gold) -> dict[tuple[str | None, str | None], dict[str, list[Span]]]:
        """The quotes by the two that they name and the relation."""
        said: dict[tuple[str | None, str | None], dict[str, list[Span]]] = defaultdict(dict)
        for claim in gold.claims:
            ends = (claim.subject, claim.object)
            both = (ends, ends[::-1]) if claim.predicate in self.symmetric else (ends,)
            for pair in both if not claim.literal else ():
                found = said[pair].setdefault(claim.predicate, [])
                found += _places(claim.quote, gold.text or "")
        return said

    def from_labels(
        self, folder: Path, annotator: Annotator, told: Progress, labels: Path = LABELS
    ) -> Iterator[Example]:
        """The sentences that ``labels/pairs.jsonl`` labels, read within their articles."""
        rows = labels_by_article(labels)
        for number, (where, text, published) in enumerate(iter_labelled_articles(folder, rows)):
            told("labelled", number, sum(map(len, rows.values())), 0.0)
            annotated = annotator.annotate(make_document(text, published))
            by_start = {row["start"]: row for row in rows[where[0]][where[1]]}
            for passage, known in self._passages(annotated):
                if passage.span.start in by_start:
                    labelled = list(labels_of(by_start[passage.span.start]))
                    wanted = self._by(labelled, passage)
                    yield Example(annotated.document.iri, passage, wanted, known)

    def _by(self, labelled: Sequence[Labelled], passage: Passage) -> Verdicts:
        """All is WRONG that is not labelled, less what names the same two once more."""
        wanted = self._unmarked(passage)
        for at, (subject, end) in enumerate(_pairs(passage)):
            if is_alike(subject.surface, end.surface):
                wanted[at] = UNKNOWN
            for first, relation, last in labelled:
                self._by_one(wanted, passage, at, (first, relation, last))
                if not relation or relation in self.symmetric:
                    self._by_one(wanted, passage, at, (last, relation, first))
        return wanted

    def _by_one(self, wanted: Verdicts, passage: Passage, at: int, label: Labelled) -> None:
        first, relation, last = label
        subject, end = _pairs(passage)[at]
        exact = (subject.span, end.span) == (first, last)
        text = dict(zip((m.span for m in passage.mentions), passage.mentions, strict=True))
        if first not in text or last not in text:
            return
        alike = is_alike(subject.surface, text[first].surface) and is_alike(
            end.surface, text[last].surface
        )
        if not relation and (exact or alike):
            wanted[at] = np.where(wanted[at] == RIGHT, RIGHT, UNKNOWN)
        elif relation and exact:
            self._mark(wanted, passage, at, relation, RIGHT)
        elif relation and alike and wanted[at, self.column[relation]] != RIGHT:
            self._mark(wanted, passage, at, relation, UNKNOWN)

    def from_finre(
        self, folder: Path, annotator: Annotator, most: int, seed: int, told: Progress
    ) -> Iterator[Example]:
        """*most* sentences of FinRE drawn by *seed*: what the labels of its pairs mean is known."""
        meaning, rows = Meaning("finre", self.ontology), read_set("finre", folder)
        random.Random(seed).shuffle(rows)
        for number, related in enumerate(rows[:most]):
            told("finre", number, min(most, len(rows)), 0.0)
            annotated = GivenNames(annotator, related.classes).annotate(make_document(related.text))
            for passage, known in self._passages(annotated, with_rules=False):
                wanted = self._by_set(passage, related, meaning)
                yield Example(f"finre:{number}", passage, wanted, known)

    def _by_set(self, passage: Passage, related: Related, meaning: Meaning) -> Verdicts:
        wanted = np.full((len(passage.pairs), len(self.column)), UNKNOWN, np.int8)
        for at, (subject, end) in enumerate(_pairs(passage)):
            names = simplify(subject.surface), simplify(end.surface)
            for relation in meaning.measured if names[0] != names[1] else ():
                verdict = meaning.verdict(related, names[0], relation, names[1])
                if verdict is not None and relation in self.column:
                    self._mark(wanted, passage, at, relation, RIGHT if verdict else WRONG)
        return wanted

    def _passages(
        self, annotated: AnnotatedDocument, *, with_rules: bool = True
    ) -> Iterator[tuple[Passage, NDArray[np.bool_]]]:
        """The passages, and what the rules say of their pairs."""
        states = self.recogniser.states(annotated.simplified)
        if states is None:
            raise InputError("the recogniser's graph tells no states: add them to it first")
        said = self._by_rules(annotated) if with_rules else frozenset[tuple[str, str, str]]()
        for passage in self.maker.make(annotated, states):
            told = [
                [(s.surface, relation, o.surface) in said for relation in self.maker.relations]
                for s, o in _pairs(passage)
            ]
            yield passage, np.array(told, np.bool_)

    def _by_rules(self, annotated: AnnotatedDocument) -> frozenset[tuple[str, str, str]]:
        """Subject, relation and object of the rules' candidates, by surface."""
        surface = {mention.id: mention.surface for mention in annotated.mentions}
        said = set()
        for one in self.rules.extract(annotated).candidates:
            ends = [surface.get(mention, "") for _, mention in one.roles[:2]]
            if one.predicate in self.column and len(ends) == 2:
                said.add((ends[0], one.predicate, ends[1]))
                if one.predicate in self.symmetric:
                    said.add((ends[1], one.predicate, ends[0]))
        return frozenset(said)

    def _unmarked(self, passage: Passage) -> Verdicts:
        return np.where(passage.fits, WRONG, UNKNOWN).astype(np.int8)

    def _mark(
        self, wanted: Verdicts, passage: Passage, at: int, relation: str, verdict: int
    ) -> None:
        column = self.column.get(relation)
        if column is not None and passage.fits[at, column]:
            wanted[at, column] = verdict


def _pairs(passage: Passage) -> list[tuple[Mention, Mention]]:
    return [(passage.mentions[s], passage.mentions[o]) for s, o in passage.pairs]


def _gold_names(
    annotated: AnnotatedDocument, gold: Gold, ontology: Ontology, known: Sequence[Any]
) -> dict[str, str]:
    """For each mention the id of the gold's entity, else the IRI of ours."""
    extraction = Extraction(annotated.document, annotated.mentions, (), (), (), annotated)
    resolution = Resolver(ontology, tuple(known)).resolve(extraction)
    things = [entity for entity in resolution.entities.values() if entity.trigger is None]
    matched = match_entities(things, gold.entities, ontology)
    ids = {things[p].iri: gold.entities[g].id for p, g in matched.items()}
    iri = annotated.document.iri
    return {
        mention: ids.get(entity, entity)
        for (document, mention), entity in resolution.iri_of.items()
        if document == iri
    }


def _places(quote: str, text: str) -> Iterator[Span]:
    at = text.find(quote)
    while at >= 0:
        yield Span(at, at + len(quote))
        at = text.find(quote, at + 1)
