"""The stance of what a frame has bound, or a number, in its sentence."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.clauses import Clause
from kg.extract.cues import Place, Stance, StanceReader
from kg.extract.frames import Binding
from kg.extract.subjects import Topic
from kg.extract.triggers import Trigger
from kg.lexicon import Entry, Lexicon
from kg.model import AnnotatedDocument, Mention, Modality, Polarity, Span
from kg.words import WordIndex

AS_FACT = Stance()


class StanceFinder:
    """Finds how far the readings of one document are asserted."""

    def __init__(self, annotated: AnnotatedDocument, lexicon: Lexicon, words: WordIndex) -> None:
        self.annotated = annotated
        starts = {word.start for m in annotated.mentions for word in words.within(m.span)}
        starts |= {mention.span.start for mention in annotated.mentions}
        self.cues = StanceReader(lexicon, words, frozenset(starts))

    def of_binding(
        self, clause: Clause, trigger: Trigger, binding: Binding, topic: Topic | None
    ) -> Stance:
        """The stance of what is bound; before a word with a carried subject all cues count."""
        stance = self._stance(clause, trigger, 0 if binding.carried else binding.leftmost)
        if stance == AS_FACT and binding.carried and topic is not None:
            return self._continued(clause, trigger, topic)
        return stance

    def of_number(self, clause: Clause, cue: Span, subject: Mention) -> Stance:
        """The stance of a number of *subject*, which an earlier clause may name."""
        sentence = self._sentence(clause)
        window = Span(clause.span.start, cue.start)
        stance = self.cues.read(Place(sentence, clause.span, window, cue))
        if stance == AS_FACT and sentence.start <= subject.span.end < clause.span.start:
            before = Span(subject.span.end, clause.span.start)
            stance = self.cues.continued(before, Span(before.start, cue.end))
        return stance

    def _stance(self, clause: Clause, trigger: Trigger, leftmost: int) -> Stance:
        cue = trigger.cue(clause)
        start, first = clause.span.start, clause.units[min(leftmost, len(clause.units) - 1)]
        bound = 0 < leftmost < trigger.start and first.group
        if bound:
            start = first.span.end
        window = Span(min(start, cue.start), cue.start)
        own_object = any(entry.complement for entry in trigger.entries)
        place = Place(self._sentence(clause), clause.span, window, cue, own_object)
        stance = self.cues.read(place)
        return self.cues.embedded(stance, first.span.start) if bound else stance

    def _continued(self, clause: Clause, trigger: Trigger, topic: Topic) -> Stance:
        """A plan reaches over the clauses that share its subject (將 A，通過 B…)."""
        if topic.sentence != clause.sentence:
            return AS_FACT
        before = Span(topic.group.span.end, clause.span.start)
        plan = self.cues.continued(before, Span(clause.span.start, trigger.cue(clause).end))
        return self.cues.embedded(plan, topic.group.span.start) if topic.bidder else plan

    def _sentence(self, clause: Clause) -> Span:
        return self.annotated.sentences[clause.sentence]


def by_entry(stance: Stance, entry: Entry) -> Stance:
    """*stance* as the word itself has it: what is given away was had, what is left is over."""
    if entry.held and stance.polarity == "asserted" and stance.modality in ("planned", "possible"):
        stance = replace(stance, modality="actual")
    if entry.over:  # unless that is denied (拒絕退出)
        polarity: Polarity = "denied" if stance.polarity == "asserted" else "asserted"
        stance = replace(stance, polarity=polarity)
    return stance


def modality_of(stance: Stance, speaker: Mention | None, parties: tuple[Mention, ...]) -> Modality:
    """What somebody else says is reported; what a party says of itself is as it says."""
    if stance.modality != "actual" or speaker is None:
        return stance.modality
    return "actual" if speaker.id in (party.id for party in parties) else "reported"
