"""From an annotated document to candidates: every word of the lexicon, in every frame it has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from kg.extract.bearers import Scene
from kg.extract.clauses import Clause, ClauseReader, Group
from kg.extract.cues import Place, Stance, StanceReader
from kg.extract.doubts import product_of, reasons_of_names
from kg.extract.edges import word_edges
from kg.extract.events import EventMaker, EventReading, acts
from kg.extract.frames import Binding, Matcher
from kg.extract.grammar import Grammar
from kg.extract.holders import HolderFinder, passing_over
from kg.extract.implied import Implied, is_meant, names_implied
from kg.extract.judge import Judge
from kg.extract.lists import ListMemory
from kg.extract.metrics import MetricReader
from kg.extract.nested import NestedReader
from kg.extract.offices import Offices
from kg.extract.proposals import proposals
from kg.extract.reader import Reader
from kg.extract.readings import Reading, ReadingMaker
from kg.extract.relatives import RelativeFinder
from kg.extract.speakers import Saying, resumed_speaker, saying_after, saying_at, speaker_of
from kg.extract.subjects import SubjectTracker, Topic
from kg.extract.times import TimeGovernor
from kg.extract.triggers import Trigger, TriggerFinder
from kg.lexicon import AGENT, MEDIUM, PHRASE, PLACE, Lexicon, load_lexicon
from kg.model import (
    AnnotatedDocument,
    Candidate,
    Drop,
    Extraction,
    Mention,
    Modality,
    Polarity,
    Reason,
    Span,
    TimeSpan,
)
from kg.ontology import Ontology, load_ontology
from kg.words import WordIndex

STAGE = "extract"
VERSION = "frames/1"
_AS_FACT = Stance()


class Extractor(Protocol):
    """Anything that reads candidates from an annotated document; it must be pure."""

    def extract(self, annotated: AnnotatedDocument) -> Extraction:
        """The candidates of one document, with what was dropped and why."""
        ...


class FrameExtractor:
    """The extractor that works from ``ontology/lexicon.ttl``."""

    def __init__(
        self,
        lexicon: Lexicon | None = None,
        ontology: Ontology | None = None,
        judge: Judge | None = None,
        reader: Reader | None = None,
    ) -> None:
        self.lexicon = lexicon or load_lexicon()
        self.ontology, self.judge, self.reader = ontology or load_ontology(), judge, reader
        self.finder = TriggerFinder(self.lexicon)
        self.beside = tuple(e for e in self.lexicon.entries if e.patterns and not e.words)
        self.nested = NestedReader(self.lexicon, self.ontology)
        self.holders = HolderFinder(self.lexicon)
        self.acts = acts(self.lexicon)

    def extract(self, annotated: AnnotatedDocument) -> Extraction:
        """Relations, events and metrics of *annotated*, in text order."""
        reader = _DocumentReader(self, annotated)
        candidates = tuple(reader.candidates())
        if self.judge is not None:
            odds = self.reader.odds(annotated, candidates) if self.reader else {}
            candidates = tuple(self.judge.judge(annotated, candidates, self.ontology, odds))
        return Extraction(
            annotated.document, annotated.mentions, candidates, tuple(reader.drops), (), annotated
        )


class _DocumentReader:
    """The state of one pass over one document: topic, sayings, drops."""

    def __init__(self, parent: FrameExtractor, annotated: AnnotatedDocument) -> None:
        self.parent, self.annotated = parent, annotated
        edges = word_edges(annotated, parent.lexicon)
        self.words = WordIndex(annotated.simplified, annotated.words, edges)
        self.verbs = parent.lexicon.words("lex:VerbAnyway")
        self.sources = parent.lexicon.words("lex:Source")
        self.locative = parent.lexicon.words("lex:Locative")
        self.supporting = tuple(parent.lexicon.words("lex:SupportVerb"))
        self.passives = parent.lexicon.words("lex:PassiveMark")
        self.grammar = Grammar(self.words, parent.lexicon, parent.ontology)
        self.persons = self.grammar.persons
        self.relatives = RelativeFinder(self.words, self.grammar, parent.lexicon, parent.ontology)
        introducing = parent.lexicon.speech | parent.lexicon.words("lex:Presenting")
        self.subjects = SubjectTracker(
            self.words,
            parent.ontology,
            introducing,
            parent.lexicon.words("lex:Title"),
            parent.lexicon.words("lex:AuxiliaryVerb"),
            parent.lexicon.words("lex:Kin") - parent.lexicon.words("lex:Title"),
        )
        self.readings = ReadingMaker(parent.ontology, self.words, parent.lexicon)
        self.times = TimeGovernor(annotated, parent.lexicon, self.words)
        self.offices = Offices(annotated, parent.lexicon)
        self.implied = Implied(annotated, parent.lexicon, parent.ontology, self.words)
        self.events = EventMaker(parent.ontology, self.words, parent.lexicon)
        self.metrics = MetricReader(annotated, parent.lexicon, parent.ontology, self.words)
        self.sayings: list[Saying] = []
        self.drops: list[Drop] = []
        names = frozenset(
            word.start for mention in annotated.mentions for word in self.words.within(mention.span)
        ) | {mention.span.start for mention in annotated.mentions}
        self.stances = StanceReader(parent.lexicon, self.words, names)

    def candidates(self) -> Iterator[Candidate]:
        reader = ClauseReader(self.annotated, self.parent.lexicon, self.parent.ontology)
        lists = ListMemory(self.annotated, self.parent.lexicon, self.parent.ontology)
        previous: Clause | None = None
        for clause in map(lists.read, reader.clauses()):
            if clause.aside:
                about = Topic(clause.about, clause.sentence) if clause.about else None
                yield from self._read(clause, about)
                continue
            if previous and previous.sentence != clause.sentence:
                self.sayings = [s for s in self.sayings if s.span.end > clause.span.start]
            yield from self._read(clause, self._carried(clause, previous))
            previous = clause
        yield from self._read_nested()

    def _read_nested(self) -> Iterator[Candidate]:
        for found in self.parent.nested.read(self.annotated):
            reasons = found.reasons + tuple(reasons_of_names((found.subject, found.object)))
            yield Candidate(
                predicate=found.predicate,
                roles=(("subject", found.subject.id), ("object", found.object.id)),
                cue=found.whole.span,
                evidence=self._around(found.whole.span),
                score=product_of(reasons),
                extractor="names/1",
                reasons=reasons,
            )

    def _around(self, span: Span) -> Span:
        """The sentence that holds *span*; the span itself if none does."""
        sentences = self.annotated.sentences
        before = bisect_right(sentences, span.start, key=lambda s: s.start)
        return next((s for s in sentences[max(0, before - 1) : before] if s.covers(span)), span)

    def _carried(self, clause: Clause, previous: Clause | None) -> Topic | None:
        start = previous.span.end if previous else 0
        if "\n" in self.annotated.document.text[start : clause.span.start]:
            self.subjects.forget()  # a paragraph names its subject anew
        return self.subjects.carried(clause)

    def _read(self, clause: Clause, topic: Topic | None) -> Iterator[Candidate]:
        longer = {
            Span(w.start, w.end): w.text
            for w in self.words.within(clause.span)
            if w.end - w.start > 1 and not w.text.startswith(self.supporting)
        }
        triggers = list(self.parent.finder.find(clause, longer, self._offices_in(clause.span)))
        describing = self.persons.describing(clause)
        matcher = Matcher(
            clause,
            lambda slot, group: group,
            self.grammar.governors(clause, describing),
            topic.group if topic else None,
            lambda limit: (
                self.subjects.leaves_out(clause, limit)
                and not (limit > 0 and self.subjects.opens_with_name(clause))
            ),
            is_word=lambda low, high: self.grammar.is_word(clause, low, high),
            is_nominal=lambda low, high: self.grammar.is_nominal(clause, low, high),
            distinct=self._distinct,
            describing=describing,
            rows=self.persons.rows(clause, describing),
            aside=self.persons.aside(clause) | self.grammar.objects(clause),
            passives=self.passives,
            titles=self.grammar.titles,
            is_place=lambda group: self.parent.ontology.is_a(group.members[0].cls, PLACE),
        )
        holders = self.parent.holders.find(clause)
        relative = self.relatives.find(clause, matcher.governors)
        for trigger in triggers:
            self._note_saying(trigger, matcher)
            passing = passing_over(matcher, trigger, holders)
            inner = self.relatives.inside(relative, trigger, passing)
            yield from self._read_trigger(trigger, inner or passing, None if inner else topic)
        yield from self._read_neighbours(matcher)
        first = next((t.start for t in triggers if self._is_verb(t, clause)), len(clause.units))
        oblique = {at for at, _ in clause.groups() if matcher.is_oblique(at)}
        yield from self._read_metrics(clause, topic, frozenset(oblique))
        if not clause.aside:
            self.subjects.update(clause, first, oblique, relative.head if relative else None)

    def _offices_in(self, span: Span) -> list[Span]:
        offices = self.annotated.offices
        low, high = (bisect_left(offices, Span(at, 0)) for at in (span.start, span.end))
        return [office for office in offices[low:high] if span.covers(office)]

    def _is_verb(self, trigger: Trigger, clause: Clause) -> bool:
        """Whether it can be the verb of its clause, which no title and no 旗下 can."""
        word = self.words.word_at(clause.units[trigger.start].span.start)
        entries = trigger.entries
        if any(entry.office or entry.timeless for entry in entries):
            return False
        is_verb = word.tag[0] == "v" or trigger.word in self.verbs
        return is_verb or any(entry.speech for entry in entries)

    def _resumed(self, trigger: Trigger, matcher: Matcher) -> tuple[Matcher, Topic] | None:
        """A word of saying or of stance that leaves its subject out has the speaker for it."""
        if not any(e.speech or e.complement == PHRASE for e in trigger.entries):
            return None
        clause, cue = matcher.clause, self._cue(matcher.clause, trigger)
        text, sentence = self.annotated.document.text, self._sentence(clause)
        speaker = resumed_speaker(text, self.sayings, sentence, cue.start)
        if speaker is None:
            return None
        group = Group((speaker,))
        return replace(matcher, carried=group), Topic(group, clause.sentence)

    def _distinct(self, bound: Group, group: Group) -> Group | None:
        """The members of *group* that do not only repeat a bound agent (美國 in 美國政府)."""
        members = tuple(m for m in group.members if not self._repeats(bound, m))
        return Group(members, group.split) if members else None

    def _repeats(self, bound: Group, mention: Mention) -> bool:
        is_a = self.parent.ontology.is_a
        return is_a(mention.cls, AGENT) and any(
            is_a(other.cls, AGENT) and (mention.surface in other.surface) for other in bound.members
        )

    def _read_trigger(
        self, trigger: Trigger, matcher: Matcher, topic: Topic | None
    ) -> Iterator[Candidate]:
        body = self.offices.body_of(trigger, matcher.clause)
        resumed = self._resumed(trigger, matcher)
        plain = replace(matcher, inherited=body)
        readings = list(self.readings.relations(trigger, resumed[0])) if resumed else []
        if resumed and readings:
            matcher, topic = resumed
        else:
            readings = list(self.readings.relations(trigger, plain))
            readings = readings or list(self._of_known_body(trigger, plain))
            readings = readings or list(self._of_implied(trigger, plain, topic))
        self.offices.note(readings, matcher.clause)
        for reading in (*readings, *self._proposed(trigger, matcher, readings)):
            yield from self._candidates_of(reading, trigger, matcher, topic)
        for event in self.events.read(trigger, matcher, readings):
            stance = self._binding_stance(matcher.clause, trigger, event.binding, topic)
            if not stance.void:
                yield self._event(event, trigger, matcher, topic, stance)

    def _of_known_body(self, trigger: Trigger, matcher: Matcher) -> Iterator[Reading]:
        """An office that only one body has, right before its holder."""
        body = self.offices.implied_body(trigger, self._cue(matcher.clause, trigger))
        if body is not None:
            readings = self.readings.relations(trigger, replace(matcher, inherited=body))
            yield from (reading for reading in readings if not reading.binding.gaps)

    def _of_implied(
        self, trigger: Trigger, matcher: Matcher, topic: Topic | None
    ) -> Iterator[Reading]:
        """What the word says of one that stands outside its clause."""
        if any(entry.implied for entry in trigger.entries):
            cue, clause = self._cue(matcher.clause, trigger), matcher.clause
            source = self.implied.source(cue, clause, speaker_of(self.sayings, cue.start), topic)
            yield from self.readings.relations(trigger, replace(matcher, source=source))

    def _proposed(
        self, trigger: Trigger, matcher: Matcher, readings: list[Reading]
    ) -> Iterator[Reading]:
        """What no frame joins, if there is a judge to say whether it holds."""
        if self.parent.judge is not None:
            yield from proposals(trigger, matcher, readings, self.annotated, self.parent.ontology)

    def _event(
        self,
        event: EventReading,
        trigger: Trigger,
        matcher: Matcher,
        topic: Topic | None,
        stance: Stance,
    ) -> Candidate:
        cue = self._cue(matcher.clause, trigger)
        parties = tuple(mention for _, mention in event.roles)
        speaker = speaker_of(self.sayings, cue.start)
        place = self._place(matcher)
        return Candidate(
            predicate=event.cls,
            roles=tuple((role, mention.id) for role, mention in event.roles),
            cue=cue,
            evidence=self._evidence(matcher.clause, [mention.span for mention in parties]),
            score=event.score,
            extractor=VERSION,
            time=self.times.of(
                matcher.clause, cue, shared=_shared(event.binding, matcher.clause, topic)
            ),
            place=place.id if place and place not in parties else None,
            polarity=stance.polarity,
            modality=_modality(stance, speaker, parties),
            speaker=speaker.id if speaker else None,
        )

    def _binding_stance(
        self, clause: Clause, trigger: Trigger, binding: Binding, topic: Topic | None
    ) -> Stance:
        """The stance of what is bound; before a word with a carried subject all cues count."""
        stance = self._stance(clause, trigger, 0 if binding.carried else binding.leftmost)
        if stance == _AS_FACT and binding.carried and topic is not None:
            return self._continued(clause, trigger, topic)
        return stance

    def _read_neighbours(self, matcher: Matcher) -> Iterator[Candidate]:
        for at, _ in matcher.clause.groups():
            trigger = Trigger(at + 1, at + 1, "", self.parent.beside)
            for reading in self.readings.relations(trigger, matcher):
                yield from self._candidates_of(reading, trigger, matcher, None)

    def _read_metrics(
        self, clause: Clause, topic: Topic | None, oblique: frozenset[int]
    ) -> Iterator[Candidate]:
        speaker = speaker_of(self.sayings, clause.span.start)
        for found in self.metrics.read(clause, Scene(topic, self.subjects, oblique, speaker)):
            cue = found.cue
            window = Span(clause.span.start, cue.start)
            sentence = self._sentence(clause)
            stance = self.stances.read(Place(sentence, clause.span, window, cue))
            if stance == _AS_FACT and sentence.start <= found.subject.span.end < clause.span.start:
                before = Span(found.subject.span.end, clause.span.start)
                said = Span(before.start, cue.end)
                stance = self.stances.continued(before, said)
            if stance.void:
                self._drop(found.predicate, stance.void, clause.span)
                continue
            yield Candidate(
                predicate=found.predicate,
                roles=(("subject", found.subject.id),),
                cue=cue,
                evidence=self._evidence(clause, [found.subject.span]),
                score=found.score,
                extractor="metrics/1",
                measure=found.measure,
                time=self.times.of(clause, cue, counted=True) or self.times.of_state(clause, cue),
                polarity="asserted" if found.bounded else stance.polarity,
                modality=stance.modality,
                reasons=found.reasons,
            )

    def _candidates_of(
        self, reading: Reading, trigger: Trigger, matcher: Matcher, topic: Topic | None
    ) -> Iterator[Candidate]:
        clause, cue = matcher.clause, self._cue(matcher.clause, trigger)
        stance, speaker = _AS_FACT, None
        if not reading.pattern.is_phrase:  # who writes 主席甲 vouches for it, whoever is quoted
            stance = self._binding_stance(clause, trigger, reading.binding, topic)
            stance = _had(stance) if reading.entry.held else stance
            stance = _ended(stance) if reading.entry.over else stance
            speaker = speaker_of(self.sayings, cue.start)
        if not is_meant(reading, stance):
            return
        if stance.void:
            if reading.extractor == VERSION:  # else it was but a proposal
                self._drop(reading.predicate, stance.void, clause.span)
            return
        reasons = reading.reasons + tuple(self._carry_reasons(reading, clause, topic))
        timeless = _is_timeless(reading)
        time = None if timeless else self._time(reading, clause, cue, topic)
        if time is None and self._is_deed(reading, stance):
            time = self.times.told_before(clause, cue)
        place = None if timeless else self._place(matcher)
        phrase = reading.pattern.is_phrase  # it stands in this clause, whatever body it implies
        for pair in reading.pairs:
            if reading.binding.carried and self._only_tells(cue, pair):
                continue
            candidate = Candidate(
                predicate=reading.predicate,
                roles=(("subject", pair[0].id), ("object", pair[1].id)),
                cue=cue,
                evidence=self._evidence(clause, [] if phrase else _told(reading, pair)),
                score=1.0,
                extractor=reading.extractor,
                time=time,
                place=place.id if place and place not in pair else None,
                office=self.offices.title(reading, cue),
                polarity=stance.polarity,
                modality=_modality(stance, speaker, pair),
                speaker=speaker.id if speaker else None,
                reasons=reasons + tuple(reasons_of_names(pair)),
            )
            yield replace(candidate, score=product_of(candidate.reasons))

    def _time(
        self, reading: Reading, clause: Clause, cue: Span, topic: Topic | None
    ) -> TimeSpan | None:
        """The time of the word; who takes a stance in what he says does so when he says it."""
        entry, saying = reading.entry, saying_at(self.sayings, cue.start)
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
        return actual and (says or reading.predicate in self.parent.acts)

    def _only_tells(self, cue: Span, pair: tuple[Mention, Mention]) -> bool:
        """Whether the end taken from before is who tells of it: a medium, or of others' deeds.

        What a noun says is of the teller's own (甲公布，子公司乙停產).
        """
        if self.words.word_at(cue.start).tag[0] == "n":
            return False
        speakers = {s.speaker.id for s in self.sayings if s.span.start <= cue.start < s.span.end}
        is_medium = self.parent.ontology.is_a(pair[0].cls, MEDIUM)
        return pair[1].id in speakers or (is_medium and pair[0].id in speakers)

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
            is_place = self.parent.ontology.is_a(group.members[0].cls, PLACE)
            if is_place and governor in self.locative:
                return group.members[0]
        return None

    def _cue(self, clause: Clause, trigger: Trigger) -> Span:
        """The characters of the word; for names side by side, those of both."""
        if trigger.start == trigger.end:
            at = trigger.start
            right = clause.units[min(at, len(clause.units) - 1)].span
            return Span(clause.units[at - 1].span.start, right.end)
        units = clause.units[trigger.start : trigger.end]
        return Span(units[0].span.start, units[-1].span.end)

    def _stance(self, clause: Clause, trigger: Trigger, leftmost: int) -> Stance:
        cue = self._cue(clause, trigger)
        start, first = clause.span.start, clause.units[min(leftmost, len(clause.units) - 1)]
        bound = 0 < leftmost < trigger.start and first.group
        if bound:
            start = first.span.end
        window = Span(min(start, cue.start), cue.start)
        sentence = self._sentence(clause)
        own_object = any(entry.complement for entry in trigger.entries)
        stance = self.stances.read(Place(sentence, clause.span, window, cue, own_object))
        return self.stances.embedded(stance, first.span.start) if bound else stance

    def _continued(self, clause: Clause, trigger: Trigger, topic: Topic) -> Stance:
        """A plan reaches over the clauses that share its subject (將 A，通過 B…)."""
        cue = self._cue(clause, trigger)
        if topic.sentence != clause.sentence:
            return _AS_FACT
        before = Span(topic.group.span.end, clause.span.start)
        return self.stances.continued(before, Span(clause.span.start, cue.end))

    def _sentence(self, clause: Clause) -> Span:
        return self.annotated.sentences[clause.sentence]

    def _evidence(self, clause: Clause, spans: list[Span]) -> Span:
        """The clauses from the first name to the last one, over sentences if need be."""
        start = min([clause.span.start, *(span.start for span in spans)])
        end = max([clause.span.end, *(span.end for span in spans)])
        return Span(start, end)

    def _note_saying(self, trigger: Trigger, matcher: Matcher) -> None:
        entries = [entry for entry in trigger.entries if entry.speech]
        speaker = self._speaker(trigger, matcher) if entries else None
        if speaker is not None:
            end = matcher.clause.units[trigger.end - 1].span.end
            text, sentence = self.annotated.document.text, self._sentence(matcher.clause)
            time = self.times.of(matcher.clause, self._cue(matcher.clause, trigger))
            self.sayings.append(saying_after(text, speaker, end, sentence, time))

    def _speaker(self, trigger: Trigger, matcher: Matcher) -> Mention | None:
        """The nearest agent before the word of saying."""
        units = matcher.clause.units[: trigger.start]
        for at in range(len(units) - 1, max(-1, len(units) - 12), -1):
            group = units[at].group
            quoted = matcher.governors.get(at, (at, ""))[1] in self.sources
            if group and (quoted or not matcher.is_oblique(at)) and self._is_agent(group):
                return group.members[-1]
        return None

    def _is_agent(self, group: Group) -> bool:
        return self.parent.ontology.is_a(group.members[-1].cls, AGENT)

    def _drop(self, predicate: str, reason: str, span: Span) -> None:
        document = self.annotated.document
        self.drops.append(Drop(document.iri, STAGE, predicate, reason, span.of(document.text)))


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


def _had(stance: Stance) -> Stance:
    """What may be given away is had, whether it will be or not."""
    coming = stance.polarity == "asserted" and stance.modality in ("planned", "possible")
    return replace(stance, modality="actual") if coming else stance


def _ended(stance: Stance) -> Stance:
    """What is over by the word itself is so no more, unless that is denied (拒絕退出)."""
    polarity: Polarity = "denied" if stance.polarity == "asserted" else "asserted"
    return replace(stance, polarity=polarity)


def _modality(stance: Stance, speaker: Mention | None, parties: tuple[Mention, ...]) -> Modality:
    """What somebody else says is reported; what a party says of itself is as it says."""
    if stance.modality != "actual" or speaker is None:
        return stance.modality
    return "actual" if speaker.id in (party.id for party in parties) else "reported"
