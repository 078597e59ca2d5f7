"""Who fills the slot that a word leaves open: who says it, what the text is about, the police.

Entries with ``lex:implied`` have frames with a slot ``A?`` or ``B?``, which no name of the clause
fills.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cache

from kg.extract.clauses import Clause, Group
from kg.extract.cues import Stance
from kg.extract.readings import Reading
from kg.extract.subjects import Topic
from kg.lexicon import (
    BY_APPOSED,
    BY_SPEAKER,
    BY_TOPIC,
    BY_WORK,
    GOVERNMENT,
    MEDIUM,
    ORGANIZATION,
    WORK,
    Entry,
    Lexicon,
)
from kg.model import AnnotatedDocument, Mention, Span
from kg.ontology import Ontology
from kg.words import WordIndex

Source = Callable[[tuple[str, ...]], Group | None]
_ENDING = "…"
_SOURCES = ((BY_SPEAKER,), (BY_TOPIC,), (BY_APPOSED,), (BY_WORK,))
_OPENING = ("c", "p")  # tags of what may stand before a title that has no body beside it


class Implied:
    """Finds what the words of one document imply."""

    def __init__(
        self,
        annotated: AnnotatedDocument,
        lexicon: Lexicon,
        ontology: Ontology,
        words: WordIndex,
    ) -> None:
        self.ontology, self.words, self.annotated = ontology, words, annotated
        takes = lexicon.words("lex:TakesOffice")
        joins = lexicon.words("lex:Conjunction") | lexicon.words("lex:Serving")
        self.listing = tuple(lexicon.words("lex:Listing"))
        self.opening = joins | takes | lexicon.speech | lexicon.words("lex:Listing")
        self.named = tuple((m.span.of(annotated.simplified), m) for m in annotated.mentions)
        self.found = cache(self._found)

    def source(
        self, cue: Span, clause: Clause, speaker: Mention | None, topic: Topic | None
    ) -> Source:
        """What a word at *cue* in *clause* implies (:class:`kg.lexicon.Entry`)."""

        def find(names: tuple[str, ...]) -> Group | None:
            if names == (BY_SPEAKER,):
                return Group((speaker,)) if speaker else None
            if names == (BY_TOPIC,):
                if not self._stands_alone(cue, clause.span.start):
                    return None
                listed = clause.text.startswith(self.listing)
                return self._of_listed(clause, topic) if listed else self._body(speaker, topic)
            if names == (BY_APPOSED,):
                return clause.about if clause.aside or topic is None else topic.group
            if names == (BY_WORK,):
                return self._work(clause)
            return self._nearest(names, cue)

        return find

    def _body(self, speaker: Mention | None, topic: Topic | None) -> Group | None:
        """What the clause goes on with, or who tells of it, whichever is an organization.

        A medium mostly tells of others' officers (甲報查詢，乙何時出任校長).
        """
        groups = (topic.group if topic else None, Group((speaker,)) if speaker else None)
        return next((g for g in groups if g and self._may_be_meant(g.members[0])), None)

    def _of_listed(self, clause: Clause, topic: Topic | None) -> Group | None:
        """Whose people a clause lists (甲拘捕乙三人，包括主席丙): the last body before it.

        Where that is the authority of which the sentence is, they are not its own.
        """
        mentions, start = self.annotated.mentions, self.annotated.sentences[clause.sentence].start
        low, high = (
            bisect_left(mentions, at, key=lambda m: m.span.start)
            for at in (start, clause.span.start)
        )
        last = next(filter(self._may_be_meant, reversed(mentions[low:high])), None)
        acts = topic.group.members if topic else ()
        own = last is not None and self.ontology.is_a(last.cls, GOVERNMENT) and last in acts
        return Group((last,)) if last and not own else None

    def _may_be_meant(self, mention: Mention) -> bool:
        is_a = self.ontology.is_a
        return is_a(mention.cls, ORGANIZATION) and not is_a(mention.cls, MEDIUM)

    def _work(self, clause: Clause) -> Group | None:
        """The work that the sentence begins with (《乙》是電視劇，由甲執導), in a clause before."""
        mentions, start = self.annotated.mentions, self.annotated.sentences[clause.sentence].start
        at = bisect_left(mentions, start, key=lambda m: m.span.start)
        first = mentions[at] if at < len(mentions) else None
        if first is None or first.span.start >= clause.span.start:
            return None
        return Group((first,)) if self.ontology.is_a(first.cls, WORK) else None

    def _stands_alone(self, cue: Span, start: int) -> bool:
        """Whether nothing right before the word can say whose it is."""
        if cue.start <= start:
            return True
        before = self.words.word_at(cue.start - 1)
        opens = before.text in self.opening or before.tag in _OPENING
        return before.start >= start and opens

    def _nearest(self, names: tuple[str, ...], cue: Span) -> Group | None:
        """The last mention before *cue*, else the first after it."""
        found = self.found(names)
        at = bisect_left(found, cue.start, key=lambda m: m.span.start)
        near = found[max(0, at - 1) : at] or found[at : at + 1]
        return Group(near) if near else None

    def _found(self, names: tuple[str, ...]) -> tuple[Mention, ...]:
        """The mentions called so, or whose names end so (…選舉), in text order."""
        endings = tuple(name.removeprefix(_ENDING) for name in names if name.startswith(_ENDING))
        return tuple(m for name, m in self.named if name in names or name.endswith(endings))


def names_implied(entry: Entry) -> bool:
    """Whether the entry tells by which names the implied one is called (警方)."""
    return bool(entry.implied) and entry.implied not in _SOURCES


def is_meant(reading: Reading, stance: Stance) -> bool:
    """Whether a reading says anything in this stance: who denies a fault blames nobody."""
    if reading.entry.affirmed and stance.polarity != "asserted":
        return False
    if reading.entry.implied != (BY_SPEAKER,):
        return True
    return stance.polarity == "asserted" and stance.modality in ("actual", "reported")
