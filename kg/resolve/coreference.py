"""What pronouns and definite nouns of one document stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from kg.model import ANAPHOR, TOPIC_ANAPHOR, AnnotatedDocument, Judgement, Mention
from kg.ontology import Ontology
from kg.script import simplify

_REACH = 2


def judge_anaphors(annotated: AnnotatedDocument, ontology: Ontology) -> Iterator[Judgement]:
    """For each anaphor its antecedent, at most two sentences back; none if there is no fit.

    A person's pronoun takes the nearest person before it. Other anaphors take the first fitting
    name of their own sentence, or of the nearest sentence before: what the sentence is about.
    The cost is n log n in the mentions, however long a sentence is.
    """
    finder = _AntecedentFinder(annotated, ontology)
    for anaphor in annotated.mentions:
        if anaphor.extractor in (ANAPHOR, TOPIC_ANAPHOR):
            antecedent = finder.find(anaphor)
            if antecedent is not None:
                reason = f"{anaphor.surface} stands for {antecedent.surface}"
                yield Judgement(
                    anaphor.id, antecedent.id, "same", 0.7, (reason,), "kg.resolve.coreference"
                )


class _AntecedentFinder:
    """The names of a document in text order; a sentence is read once for a kind of anaphor."""

    def __init__(self, annotated: AnnotatedDocument, ontology: Ontology) -> None:
        self.sentences, self.ontology = annotated.sentences, ontology
        self.names = [m for m in annotated.mentions if not m.is_anaphor]
        self.fitting = cache(self._fitting)

    def find(self, anaphor: Mention) -> Mention | None:
        """What *anaphor* stands for."""
        before = bisect_right(self.sentences, anaphor.span.start, key=lambda s: s.start)
        here = max(0, before - 1)
        for number in range(here, max(-1, here - _REACH - 1), -1):
            if found := self._in_sentence(anaphor, number):
                return found
        return None

    def _in_sentence(self, anaphor: Mention, number: int) -> Mention | None:
        """The name that ends like *anaphor*, or the nearest one for 他, else the first one."""
        head = simplify(anaphor.surface).lstrip("该本")
        if alike := _last_before(anaphor, self.fitting(number, anaphor.cls, head)):
            return alike
        fitting = self.fitting(number, anaphor.cls, "")
        last = _last_before(anaphor, fitting)
        nearest = len(head) == 1 and anaphor.extractor == ANAPHOR
        return last if last is None or nearest else fitting[0]

    def _fitting(self, number: int, cls: str, ending: str) -> list[Mention]:
        """The names of a sentence that are of *cls* and end in *ending*, in text order."""
        sentence = self.sentences[number]
        low = bisect_left(self.names, sentence.start, key=lambda m: m.span.start)
        high = bisect_right(self.names, sentence.end, key=lambda m: m.span.end)
        return [
            name
            for name in self.names[low:high]
            if self.ontology.is_a(name.cls, cls) and simplify(name.surface).endswith(ending)
        ]


def _last_before(anaphor: Mention, names: list[Mention]) -> Mention | None:
    count = bisect_right(names, anaphor.span.start, key=lambda m: m.span.end)
    return names[count - 1] if count else None
