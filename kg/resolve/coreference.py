"""What pronouns and definite nouns of one document stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import ANAPHOR, TOPIC_ANAPHOR, AnnotatedDocument, Judgement, Mention
from kg.ontology import Ontology
from kg.script import simplify

_REACH = 2


def judge_anaphors(annotated: AnnotatedDocument, ontology: Ontology) -> Iterator[Judgement]:
    """For each anaphor its antecedent, at most two sentences back; none if there is no fit.

    A person's pronoun takes the nearest person before it. Other anaphors take the first fitting
    name of their own sentence, or of the nearest sentence before: what the sentence is about.
    """
    names = [m for m in annotated.mentions if not m.is_anaphor]
    for anaphor in annotated.mentions:
        if anaphor.extractor in (ANAPHOR, TOPIC_ANAPHOR):
            antecedent = _antecedent(anaphor, names, annotated, ontology)
            if antecedent is not None:
                reason = f"{anaphor.surface} stands for {antecedent.surface}"
                yield Judgement(
                    anaphor.id, antecedent.id, "same", 0.7, (reason,), "kg.resolve.coreference"
                )


def _antecedent(
    anaphor: Mention,
    names: Sequence[Mention],
    annotated: AnnotatedDocument,
    ontology: Ontology,
) -> Mention | None:
    here = _sentence_of(annotated, anaphor.span.start)
    for number in range(here, max(-1, here - _REACH - 1), -1):
        sentence = annotated.sentences[number]
        fitting = [
            m
            for m in names
            if sentence.covers(m.span)
            and m.span.end <= anaphor.span.start
            and ontology.is_a(m.cls, anaphor.cls)
        ]
        if fitting:
            return _choose(anaphor, fitting)
    return None


def _choose(anaphor: Mention, fitting: list[Mention]) -> Mention:
    head = simplify(anaphor.surface).lstrip("该本")
    alike = [m for m in fitting if simplify(m.surface).endswith(head)]
    if alike:
        return alike[-1]
    return fitting[-1] if len(head) == 1 and anaphor.extractor == ANAPHOR else fitting[0]


def _sentence_of(annotated: AnnotatedDocument, position: int) -> int:
    before = [n for n, s in enumerate(annotated.sentences) if s.start <= position]
    return before[-1] if before else 0
