"""From an annotated document to candidates: every word of the lexicon, in every frame it has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from kg.extract.bearers import Scene
from kg.extract.candidates import CandidateMaker
from kg.extract.clauses import Clause, ClauseReader, Group
from kg.extract.doubts import product_of, reasons_of_names
from kg.extract.edges import word_edges
from kg.extract.events import EventMaker, acts
from kg.extract.frames import Matcher
from kg.extract.grammar import Grammar
from kg.extract.holders import HolderFinder, passing_over
from kg.extract.implied import Implied
from kg.extract.judge import Judge
from kg.extract.lists import ListMemory
from kg.extract.metrics import MetricReader
from kg.extract.nested import NestedReader
from kg.extract.proposals import proposals
from kg.extract.reader import Reader
from kg.extract.readings import Reading, ReadingMaker
from kg.extract.relatives import RelativeFinder
from kg.extract.subjects import SubjectTracker, Topic
from kg.extract.triggers import Trigger, TriggerFinder
from kg.lexicon import AGENT, PHRASE, PLACE, Lexicon, load_lexicon
from kg.model import AnnotatedDocument, Candidate, Extraction, Mention, Span
from kg.ontology import Ontology, load_ontology
from kg.words import WordIndex


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
            annotated.document,
            annotated.mentions,
            candidates,
            tuple(reader.maker.drops),
            (),
            annotated,
        )


class _DocumentReader:
    """One pass over one document, clause by clause."""

    def __init__(self, parent: FrameExtractor, annotated: AnnotatedDocument) -> None:
        self.parent, self.annotated = parent, annotated
        edges = word_edges(annotated, parent.lexicon)
        self.words = WordIndex(annotated.simplified, annotated.words, edges)
        self.verbs = parent.lexicon.words("lex:VerbAnyway")
        self.supporting = tuple(parent.lexicon.words("lex:SupportVerb"))
        self.passives = parent.lexicon.words("lex:PassiveMark")
        self.habits = tuple(parent.lexicon.words("lex:Habit"))
        self.grammar = Grammar(self.words, parent.lexicon, parent.ontology)
        self.persons = self.grammar.persons
        self.relatives = RelativeFinder(self.words, self.grammar, parent.lexicon, parent.ontology)
        self.subjects = SubjectTracker(self.words, parent.ontology, parent.lexicon)
        self.readings = ReadingMaker(parent.ontology, self.words, parent.lexicon)
        self.maker = CandidateMaker(
            annotated, parent.lexicon, parent.ontology, self.words, parent.acts
        )
        self.offices, self.sayings = self.maker.offices, self.maker.sayings
        self.implied = Implied(annotated, parent.lexicon, parent.ontology, self.words)
        self.events = EventMaker(parent.ontology, self.words, parent.lexicon)
        self.metrics = MetricReader(annotated, parent.lexicon, parent.ontology, self.words)

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
                self.sayings.forget(clause.span.start)
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
        described = list(self.relatives.of_objects(clause))
        for trigger in triggers:
            self.maker.note_saying(trigger, matcher)
            passing = passing_over(matcher, trigger, holders)
            for one in described:
                passing = one.matcher_for(trigger, passing)
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

    def _resumed(
        self, trigger: Trigger, matcher: Matcher, topic: Topic | None
    ) -> tuple[Matcher, Topic] | None:
        """A word of saying or stance that leaves out its subject has for it who speaks or bids."""
        if not any(e.speech or e.complement == PHRASE for e in trigger.entries):
            return None
        clause = matcher.clause
        sentence, cue = self.annotated.sentences[clause.sentence], trigger.cue(clause)
        if self.annotated.simplified.endswith(self.habits, clause.span.start, cue.start):
            return None  # 他指，甲為…，一向敢於批評乙: it is 甲 who is so
        bidder = topic.bidder if topic else None
        if bidder and self.subjects.is_bidden(clause, trigger.start):
            return None
        speaker = self.sayings.resumed(sentence, cue.start)
        group = Group((speaker,)) if speaker else bidder
        if group is None:
            return None
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
        resumed = self._resumed(trigger, matcher, topic)
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
            yield from self.maker.of_reading(reading, trigger, matcher, topic)
        for event in self.events.read(trigger, matcher, readings):
            yield from self.maker.of_event(event, trigger, matcher, topic)

    def _of_known_body(self, trigger: Trigger, matcher: Matcher) -> Iterator[Reading]:
        """An office that only one body has, right before its holder."""
        body = self.offices.implied_body(trigger, trigger.cue(matcher.clause))
        if body is not None:
            readings = self.readings.relations(trigger, replace(matcher, inherited=body))
            yield from (reading for reading in readings if not reading.binding.gaps)

    def _of_implied(
        self, trigger: Trigger, matcher: Matcher, topic: Topic | None
    ) -> Iterator[Reading]:
        """What the word says of one that stands outside its clause."""
        if any(entry.implied for entry in trigger.entries):
            cue, clause = trigger.cue(matcher.clause), matcher.clause
            source = self.implied.source(cue, clause, self.sayings.speaker(cue.start), topic)
            yield from self.readings.relations(trigger, replace(matcher, source=source))

    def _proposed(
        self, trigger: Trigger, matcher: Matcher, readings: list[Reading]
    ) -> Iterator[Reading]:
        """What no frame joins, if there is a judge to say whether it holds."""
        if self.parent.judge is not None:
            yield from proposals(trigger, matcher, readings, self.annotated, self.parent.ontology)

    def _read_neighbours(self, matcher: Matcher) -> Iterator[Candidate]:
        for at, _ in matcher.clause.groups():
            trigger = Trigger(at + 1, at + 1, "", self.parent.beside)
            for reading in self.readings.relations(trigger, matcher):
                yield from self.maker.of_reading(reading, trigger, matcher, None)

    def _read_metrics(
        self, clause: Clause, topic: Topic | None, oblique: frozenset[int]
    ) -> Iterator[Candidate]:
        speaker = self.sayings.speaker(clause.span.start)
        for found in self.metrics.read(clause, Scene(topic, self.subjects, oblique, speaker)):
            yield from self.maker.of_number(found, clause)
