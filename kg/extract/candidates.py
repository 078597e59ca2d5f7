"""Candidates of what is read: with time, place, stance, speaker, evidence and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.clauses import Clause
from kg.extract.cues import Stance
from kg.extract.doubts import product_of, reasons_of_names
from kg.extract.events import EventReading
from kg.extract.frames import Binding, Matcher
from kg.extract.implied import is_meant, names_implied
from kg.extract.metrics import MetricReading
from kg.extract.offices import Offices
from kg.extract.readings import Reading
from kg.extract.speakers import Sayings
from kg.extract.stances import AS_FACT, StanceFinder, by_entry, modality_of
from kg.extract.subjects import Topic
from kg.extract.times import TimeGovernor
from kg.extract.triggers import Trigger
from kg.lexicon import PLACE, Lexicon
from kg.model import AnnotatedDocument, Candidate, Drop, Mention, Reason, Span, TimeSpan
from kg.ontology import Ontology
from kg.words import WordIndex

STAGE = "extract"
FRAMES, METRICS = "frames/1", "metrics/1"


class CandidateMaker:
    """Makes the candidates of one document; ``drops`` are the readings that are no claim.

    *acts* are the relations that are deeds of a day.
    """

    def __init__(
        self,
        annotated: AnnotatedDocument,
        lexicon: Lexicon,
        ontology: Ontology,
        words: WordIndex,
        acts: frozenset[str],
    ) -> None:
        self.annotated, self.ontology, self.words, self.acts = annotated, ontology, words, acts
        self.locative = lexicon.words("lex:Locative")
        self.times = TimeGovernor(annotated, lexicon, words)
        self.offices = Offices(annotated, lexicon)
        self.sayings = Sayings(annotated, lexicon, ontology)
        self.stances = StanceFinder(annotated, lexicon, words)
        self.drops: list[Drop] = []

    def note_saying(self, trigger: Trigger, matcher: Matcher) -> None:
        """Remember who speaks, if the word is one of saying."""
        if any(entry.speech for entry in trigger.entries):
            time = self.times.of(matcher.clause, trigger.cue(matcher.clause))
            self.sayings.note(matcher, trigger.start, trigger.end, time)

    # --- Events and numbers --------------------------------------------------------

    def of_event(
        self, event: EventReading, trigger: Trigger, matcher: Matcher, topic: Topic | None
    ) -> Iterator[Candidate]:
        """The event, unless it is asked or supposed."""
        clause, cue = matcher.clause, trigger.cue(matcher.clause)
        stance = self.stances.of_binding(clause, trigger, event.binding, topic)
        if stance.void:
            return
        parties = tuple(mention for _, mention in event.roles)
        speaker, place = self.sayings.speaker(cue.start), self._place(matcher)
        yield Candidate(
            predicate=event.cls,
            roles=tuple((role, mention.id) for role, mention in event.roles),
            cue=cue,
            evidence=_evidence(clause, [mention.span for mention in parties]),
            score=event.score,
            extractor=FRAMES,
            time=self.times.of(clause, cue, shared=_shared(event.binding, clause, topic)),
            place=place.id if place and place not in parties else None,
            polarity=stance.polarity,
            modality=modality_of(stance, speaker, parties),
            speaker=speaker.id if speaker else None,
        )

    def of_number(self, found: MetricReading, clause: Clause) -> Iterator[Candidate]:
        """The number as a claim of its bearer."""
        stance = self.stances.of_number(clause, found.cue, found.subject)
        if stance.void:
            self._drop(found.predicate, stance.void, clause.span)
            return
        time = self.times.of(clause, found.cue, counted=True)
        yield Candidate(
            predicate=found.predicate,
            roles=(("subject", found.subject.id),),
            cue=found.cue,
            evidence=_evidence(clause, [found.subject.span]),
            score=found.score,
            extractor=METRICS,
            measure=found.measure,
            time=time or self.times.of_state(clause, found.cue),
            polarity="asserted" if found.bounded else stance.polarity,
            modality=stance.modality,
            reasons=found.reasons,
        )

    # --- Relations -----------------------------------------------------------------

    def of_reading(
        self, reading: Reading, trigger: Trigger, matcher: Matcher, topic: Topic | None
    ) -> Iterator[Candidate]:
        """A candidate for each pair of the reading."""
        clause, cue = matcher.clause, trigger.cue(matcher.clause)
        stance, speaker = AS_FACT, None
        if not reading.pattern.is_phrase:  # who writes 主席甲 vouches for it, whoever is quoted
            stance = self.stances.of_binding(clause, trigger, reading.binding, topic)
            stance = by_entry(stance, reading.entry)
            speaker = self.sayings.speaker(cue.start)
        if not is_meant(reading, stance):
            return
        if stance.void:
            if reading.extractor == FRAMES:  # else it was but a proposal
                self._drop(reading.predicate, stance.void, clause.span)
            return
        reasons = reading.reasons + tuple(self._carry_reasons(reading, clause, topic))
        time = self._time(reading, clause, cue, topic, stance)
        place = None if _is_timeless(reading) else self._place(matcher)
        phrase = reading.pattern.is_phrase  # it stands in this clause, whatever body it implies
        for pair in reading.pairs:
            if reading.binding.carried and self._only_tells(cue, pair):
                continue
            candidate = Candidate(
                predicate=reading.predicate,
                roles=(("subject", pair[0].id), ("object", pair[1].id)),
                cue=cue,
                evidence=_evidence(clause, [] if phrase else _told(reading, pair)),
                score=1.0,
                extractor=reading.extractor,
                time=time,
                place=place.id if place and place not in pair else None,
                office=self.offices.title(reading, cue),
                polarity=stance.polarity,
                modality=modality_of(stance, speaker, pair),
                speaker=speaker.id if speaker else None,
                reasons=reasons + tuple(reasons_of_names(pair)),
            )
            yield replace(candidate, score=product_of(candidate.reasons))

    def _time(
        self, reading: Reading, clause: Clause, cue: Span, topic: Topic | None, stance: Stance
    ) -> TimeSpan | None:
        """The time of the word, else the day told last if it is a deed."""
        if _is_timeless(reading):
            return None
        time = self._said_time(reading, clause, cue, topic)
        if time is None and self._is_deed(reading, stance):
            return self.times.told_before(clause, cue)
        return time

    def _said_time(
        self, reading: Reading, clause: Clause, cue: Span, topic: Topic | None
    ) -> TimeSpan | None:
        """The time of the word; who takes a stance in what he says does so when he says it."""
        entry, saying = reading.entry, self.sayings.at(cue.start)
        stance = entry.speech or entry.complement
        shared = _shared(reading.binding, clause, topic) if stance or entry.events else None
        time = self.times.of(clause, cue, shared=shared)
        if time or saying is None or not stance:
            return time
        own = all(self.offices.speaks_for(saying.speaker, subject) for subject, _ in reading.pairs)
        return saying.time if own else None

    def _is_deed(self, reading: Reading, stance: Stance) -> bool:
        """Whether it is something done or said on a day, and not what is or is planned."""
        entry = reading.entry
        says = entry.speech or bool(entry.complement)
        actual = stance.polarity == "asserted" and stance.modality == "actual"
        return actual and (says or reading.predicate in self.acts)

    def _only_tells(self, cue: Span, pair: tuple[Mention, Mention]) -> bool:
        """Whether the end taken from before is who tells of it.

        What a noun says is of the teller's own (甲公布，子公司乙停產).
        """
        is_noun = self.words.word_at(cue.start).tag[0] == "n"
        return not is_noun and self.sayings.only_tells(cue.start, pair)

    def _carry_reasons(
        self, reading: Reading, clause: Clause, topic: Topic | None
    ) -> Iterator[Reason]:
        if reading.binding.carried and topic is not None:
            near = topic.sentence == clause.sentence
            where = "the clause before" if near else "the sentence before"
            yield Reason(f"subject taken from {where}", 0.85 if near else 0.65)
        elif reading.binding.carried:
            yield Reason("the clause describes its subject", 0.9)
        if reading.entry.implied:
            yield Reason("one end is implied", 0.85)
        for unit in (clause.units[at] for _, _, at in reading.binding.groups if at is not None):
            if unit.group and unit.group.span.end <= unit.span.start:
                named = "、".join(member.surface for member in unit.group.members)
                word = unit.span.of(self.annotated.document.text)
                yield Reason(f"{word} stands for {named}", 0.9)

    def _place(self, matcher: Matcher) -> Mention | None:
        """The place after 在 or 於 in the clause."""
        for at, group in matcher.clause.groups():
            governor = matcher.governors.get(at, (at, ""))[1]
            is_place = self.ontology.is_a(group.members[0].cls, PLACE)
            if is_place and governor in self.locative:
                return group.members[0]
        return None

    def _drop(self, predicate: str, reason: str, span: Span) -> None:
        document = self.annotated.document
        self.drops.append(Drop(document.iri, STAGE, predicate, reason, span.of(document.text)))


def _evidence(clause: Clause, spans: list[Span]) -> Span:
    """The clauses from the first name to the last one, over sentences if need be."""
    start = min([clause.span.start, *(span.start for span in spans)])
    end = max([clause.span.end, *(span.end for span in spans)])
    return Span(start, end)


def _shared(binding: Binding, clause: Clause, topic: Topic | None) -> int | None:
    """Where the subject stands that the clause shares with one before in its sentence."""
    shares = binding.carried and topic is not None and topic.sentence == clause.sentence
    return topic.group.span.start if topic and shares else None


def _is_timeless(reading: Reading) -> bool:
    """A date is not that of an office beside a name, but of one that somebody is said to hold."""
    said = reading.entry.office and not reading.pattern.is_phrase and not reading.entry.implied
    return reading.entry.timeless and not said


def _told(reading: Reading, pair: tuple[Mention, Mention]) -> list[Span]:
    """Where the ends are named; of one that is implied by its name alone it does not matter."""
    named = [m.span for _, g, at in reading.binding.groups if at is not None for m in g.members]
    return named if names_implied(reading.entry) else [m.span for m in pair]
