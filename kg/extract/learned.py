"""What the reader of pairs proposes, with the stance, speaker and time that the rules read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kg.extract.clauses import Clause
from kg.extract.cues import Stance, StanceReader
from kg.extract.reader import READER, Read
from kg.extract.speakers import Saying, modality_of, speaker_of
from kg.extract.times import TimeGovernor
from kg.lexicon import Lexicon
from kg.model import AnnotatedDocument, Candidate, Mention, Reason, Span
from kg.ontology import Ontology
from kg.words import WordIndex

#: Stands in the reason before the word that the reader looked at.
LOOKING = ", looking at "


class LearnedPairs:
    """The reader's pairs of one document, as candidates of the clause of the word they hang on."""

    def __init__(
        self,
        reads: Iterable[Read],
        annotated: AnnotatedDocument,
        words: WordIndex,
        stances: StanceReader,
        times: TimeGovernor,
        timeless: frozenset[str],
    ) -> None:
        self.annotated, self.words, self.stances, self.times = annotated, words, stances, times
        self.timeless = timeless
        self.found = sorted(reads, key=lambda read: (read.cue.start, read.subject.span))
        self.starts = [read.cue.start for read in self.found]

    def candidates(
        self, clause: Clause, sayings: list[Saying], names: frozenset[int]
    ) -> Iterator[Candidate]:
        """Those of *clause*; *names* are the starts of words that belong to names."""
        low, high = (bisect_left(self.starts, at) for at in (clause.span.start, clause.span.end))
        for read in self.found[low:high]:
            cue = self._word(read)
            window = _window(read, cue, clause)
            sentence = self.annotated.sentences[clause.sentence]
            stance = self.stances.read(sentence, clause.span, window, cue, names)
            if not stance.void:
                yield self._candidate(read, cue, clause, stance, speaker_of(sayings, cue.start))

    def _candidate(
        self, read: Read, cue: Span, clause: Clause, stance: Stance, speaker: Mention | None
    ) -> Candidate:
        pair = (read.subject, read.object)
        told = cue.of(self.annotated.document.text).strip()
        reason = Reason(f"a learned reading of the pair{LOOKING}{told}", read.score)
        timeless = read.predicate in self.timeless
        return Candidate(
            predicate=read.predicate,
            roles=(("subject", read.subject.id), ("object", read.object.id)),
            cue=cue,
            evidence=_evidence(clause, pair),
            score=read.score,
            extractor=READER,
            time=None if timeless else self.times.of(clause, cue),
            office=self._office(pair) if read.predicate in self.timeless else None,
            polarity=stance.polarity,
            modality=modality_of(stance.modality, speaker, pair),
            speaker=speaker.id if speaker else None,
            reasons=(reason,),
        )

    def _word(self, read: Read) -> Span:
        """The whole word that the reader looked at, where it is no part of a name."""
        word = self.words.word_at(read.cue.start)
        cue = Span(word.start, word.end)
        beside = not any(cue.overlaps(m.span) for m in (read.subject, read.object))
        return cue if beside else read.cue

    def _office(self, pair: tuple[Mention, Mention]) -> str | None:
        """The title between the body and its holder, as written."""
        first, last = sorted(mention.span for mention in pair)
        offices = self.annotated.offices
        titles = [o for o in offices if first.end <= o.start and o.end <= last.start]
        return titles[0].of(self.annotated.document.text) if len(titles) == 1 else None


def _window(read: Read, cue: Span, clause: Clause) -> Span:
    """Where the cues of denial and plan can stand: before the word, after the subject."""
    subject = read.subject.span
    after = clause.span.start <= subject.start < cue.start
    start = subject.end if after else clause.span.start
    return Span(min(start, cue.start), cue.start)


def _evidence(clause: Clause, pair: tuple[Mention, Mention]) -> Span:
    """The clauses from the first name to the last one."""
    spans = [clause.span, *(mention.span for mention in pair)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def timeless_relations(lexicon: Lexicon, ontology: Ontology) -> frozenset[str]:
    """The relations with words that tell of no one time (an office, a place)."""
    return frozenset(
        ontology.relations[relation].curie
        for entry in lexicon.entries
        if entry.timeless
        for relation in entry.relations
    )


def without_repeats(
    candidates: Iterable[Candidate], mentions: Iterable[Mention], ontology: Ontology
) -> Iterator[Candidate]:
    """*candidates* less those of the reader that the rules have too, of the same two names."""
    surface = {mention.id: mention.surface for mention in mentions}
    symmetric = {r.curie for r in ontology.relations.values() if r.symmetric}

    def told(one: Candidate) -> tuple[str, ...]:
        names = [surface.get(mention, mention) for _, mention in one.roles[:2]]
        return (one.predicate, *(sorted(names) if one.predicate in symmetric else names))

    found = list(candidates)
    by_rule = {told(one) for one in found if one.extractor != READER}
    yield from (one for one in found if one.extractor != READER or told(one) not in by_rule)
