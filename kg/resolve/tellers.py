"""Who tells what a sentence says: whom 他又說 in the next one stands for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from kg.lexicon import PERSON, Lexicon
from kg.model import AnnotatedDocument, Mention, Span
from kg.ontology import Ontology
from kg.words import WordIndex

_BREAK = re.compile(r"[，,；;：:。！？!?…\n「」『』“”]")
_REACH = 2
_ACTING = "vp"  # what does not stand before a subject


class Tellers:
    """The persons of a document as subjects; *sentences* are those outside quotations."""

    def __init__(
        self,
        annotated: AnnotatedDocument,
        ontology: Ontology,
        lexicon: Lexicon,
        words: WordIndex,
        sentences: Sequence[Span],
        is_subject: Callable[[Mention], bool],
    ) -> None:
        self.text, self.words, self.sentences = annotated.simplified, words, sentences
        self.is_subject = is_subject
        self.telling = lexicon.speech | lexicon.words("lex:Opining")
        self.said = tuple(self.telling)
        self.suffered = tuple(lexicon.words("lex:PassiveMark"))
        self.persons = [m for m in annotated.mentions if ontology.is_a(m.cls, PERSON)]
        self.starts = [m.span.start for m in self.persons]
        self.named = frozenset(
            at for m in annotated.mentions for at in range(m.span.start, m.span.end)
        )

    def tells(self, mention: Mention) -> bool:
        """Whether *mention* opens its clause and says or thinks something in it."""
        end = _BREAK.search(self.text, mention.span.end)
        rest = Span(mention.span.end, end.start() if end else len(self.text))
        return self._opens(mention) and any(self._tellings(rest))

    def before(self, position: int) -> Mention | None:
        """Who tells the sentence up to *position*, else the last one that somebody tells."""
        here = bisect_right(self.sentences, position, key=lambda s: s.start) - 1
        for number in range(here, max(-1, here - _REACH - 1), -1):
            sentence = Span(self.sentences[number].start, min(self.sentences[number].end, position))
            teller = self._teller(sentence)
            if teller is not None:
                return teller
            told = any(self._tellings(sentence)) if number < here else self._persons(sentence)
            if told:
                return None  # somebody without a name tells it
        return None

    def _persons(self, sentence: Span) -> Sequence[Mention]:
        low, high = (bisect_left(self.starts, at) for at in (sentence.start, sentence.end))
        return self.persons[low:high]

    def _teller(self, sentence: Span) -> Mention | None:
        """The last subject of the sentence that stands in nobody's speech."""
        teller: Mention | None = None
        for person in self._persons(sentence):
            said = teller and any(self._tellings(Span(teller.span.end, person.span.start)))
            if not said and self._opens(person) and self._does(person):
                teller = person
        return teller

    def _does(self, person: Mention) -> bool:
        """Whether he is a subject; the tagger may run what he says into his name."""
        return self.is_subject(person) or self.text.startswith(self.said, person.span.end)

    def _opens(self, mention: Mention) -> bool:
        """Whether only nouns and adverbs stand between the last mark and the name."""
        low = mention.span.start
        while low and not _BREAK.match(self.text, low - 1):
            low -= 1
        words = self.words.within(Span(low, mention.span.start))
        return all(w.tag[0] not in _ACTING or w.start in self.named for w in words)

    def _tellings(self, span: Span) -> Iterator[int]:
        """Where words of saying stand in *span*, but for who is said to do something (被指)."""
        for word in self.words.within(span):
            if word.text in self.telling and not self.text.endswith(self.suffered, 0, word.start):
                yield word.start
