"""A sentence with names as numbers: what the reader of pairs (:mod:`kg.extract.reader`) is given.

The encoder's states of its characters, the relations whose words of the lexicon stand at each
character, the class of the name there, and each pair of names that some relation can join.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from kg.lexicon import Lexicon, choice
from kg.model import AnnotatedDocument, Mention, Span
from kg.ontology import Ontology

#: A longer sentence is no prose; further names of one say nothing of each other.
LONGEST, MOST_NAMES = 220, 24

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Passage:
    """A sentence: *states* characters × width, *words* characters × relations, *marks* one a
    character (0 for none, else 1 + the class of the name), *pairs* of places in *mentions*,
    subject and object, and *fits* pairs × relations."""

    span: Span
    states: Floats
    words: Flags
    marks: Numbers
    mentions: tuple[Mention, ...]
    classes: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    fits: Flags

    @cached_property
    def ids(self) -> tuple[tuple[str, str], ...]:
        """The ids of the mentions of each pair."""
        return tuple((self.mentions[s].id, self.mentions[o].id) for s, o in self.pairs)

    @cached_property
    def places(self) -> Numbers:
        """Where the pairs stand in the sentence: pairs × (subject, object) × (start, end)."""
        spans = [
            (m.span.start - self.span.start, m.span.end - self.span.start) for m in self.mentions
        ]
        return np.array([(spans[s], spans[o]) for s, o in self.pairs], np.int64)

    @cached_property
    def pair_classes(self) -> Numbers:
        """The classes of the pairs: pairs × 2."""
        return np.array([(self.classes[s], self.classes[o]) for s, o in self.pairs], np.int64)


class PassageMaker:
    """Makes the passages of documents; *classes* are tried in order, the most special first."""

    def __init__(
        self, relations: Sequence[str], classes: Sequence[str], ontology: Ontology, lexicon: Lexicon
    ) -> None:
        self.relations, self.classes, self.ontology = tuple(relations), tuple(classes), ontology
        self.ends = [(ontology.relations[r].domain, ontology.relations[r].range) for r in relations]
        column = {relation: at for at, relation in enumerate(relations)}
        self.words: dict[str, set[int]] = defaultdict(set)
        for entry in lexicon.entries:
            meant = {column.get(relation) for relation in entry.relations} - {None}
            for word in entry.words if meant else ():
                self.words[word] |= {at for at in meant if at is not None}
        self.pattern = re.compile(choice(self.words)) if self.words else re.compile(r"(?!)")
        self.fits = cache(self._fits)
        self.class_of = cache(self._class_of)

    def make(self, annotated: AnnotatedDocument, states: NDArray[np.float16]) -> Iterator[Passage]:
        """The passages of *annotated*, whose *states* are characters × width."""
        mentions = sorted(annotated.mentions, key=lambda m: m.span)
        starts = [mention.span.start for mention in mentions]
        for sentence in annotated.sentences:
            low, high = (bisect_left(starts, at) for at in (sentence.start, sentence.end))
            inside = [m for m in mentions[low:high] if m.span.end <= sentence.end][:MOST_NAMES]
            if len(inside) > 1 and sentence.end - sentence.start <= LONGEST:
                passage = self._passage(annotated, states, sentence, tuple(inside))
                if passage.pairs:
                    yield passage

    def _passage(
        self,
        annotated: AnnotatedDocument,
        states: NDArray[np.float16],
        sentence: Span,
        mentions: tuple[Mention, ...],
    ) -> Passage:
        classes = tuple(self.class_of(mention.cls) for mention in mentions)
        marks = np.zeros(sentence.end - sentence.start, np.int64)
        for mention, cls in zip(mentions, classes, strict=True):
            marks[mention.span.start - sentence.start : mention.span.end - sentence.start] = cls + 1
        pairs = [
            ((s, o), fits)
            for s, o in permutations(range(len(mentions)), 2)
            if not mentions[s].span.overlaps(mentions[o].span)
            and (fits := self.fits(*_kind(mentions[s]), *_kind(mentions[o]))).any()
        ]
        return Passage(
            span=sentence,
            states=states[sentence.start : sentence.end].astype(np.float32),
            words=self._words(annotated.simplified[sentence.start : sentence.end]),
            marks=marks,
            mentions=mentions,
            classes=classes,
            pairs=tuple(pair for pair, _ in pairs),
            fits=np.array([fits for _, fits in pairs], np.bool_),
        )

    def _words(self, text: str) -> Flags:
        found = np.zeros((len(text), len(self.relations)), np.bool_)
        for match in self.pattern.finditer(text):
            found[match.start() : match.end(), sorted(self.words[match[0]])] = True
        return found

    def _class_of(self, cls: str) -> int:
        """The place of the first class that *cls* is below; one more than there are if of none."""
        is_a = self.ontology.is_a
        found = (at for at, above in enumerate(self.classes) if is_a(cls, above))
        return next(found, len(self.classes))

    def _fits(self, subject: str, stands: bool, end: str, ends: bool) -> Flags:
        """The relations that can join two classes; a pronoun may be anything below its own."""
        return np.array(
            [
                self._may_be(subject, stands, domain) and self._may_be(end, ends, range_)
                for domain, range_ in self.ends
            ]
        )

    def _may_be(self, cls: str, stands_for_another: bool, classes: tuple[str, ...]) -> bool:
        narrower = stands_for_another and any(self.ontology.is_a(one, cls) for one in classes)
        return narrower or self.ontology.is_any(cls, classes)


def _kind(mention: Mention) -> tuple[str, bool]:
    return mention.cls, mention.is_anaphor
