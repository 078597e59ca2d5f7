"""What pronouns and definite nouns of one document stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from kg.lexicon import ORGANIZATION, PERSON, Lexicon, choice
from kg.model import (
    BOTH_ANAPHOR,
    SPEAKER_ANAPHOR,
    TOPIC_ANAPHOR,
    AnnotatedDocument,
    Judgement,
    Mention,
    Span,
)
from kg.ontology import Ontology
from kg.resolve.nearby import Nearby
from kg.resolve.speakers import Spokesmen
from kg.resolve.tellers import Tellers
from kg.script import match_key, simplify
from kg.words import Word, WordIndex

BY = "kg.resolve.coreference"
_REACH = 2
_TOPIC_REACH = 1
_TRIED = 8  # names that a pronoun may pass over
_PREDICATES = "vdp"  # what follows a subject
_TIMES = "t"
_LISTING, _GOING_ON = "、《", ("的", "、", "和", "与", "及")
_POINTING = ("该", "本", "这家", "这间")
_CLAUSE_END = re.compile("[，。；！？\n]")


def judge_anaphors(
    annotated: AnnotatedDocument, ontology: Ontology, lexicon: Lexicon
) -> Iterator[Judgement]:
    """For each anaphor its antecedent, at most two sentences back; none if there is no fit.

    A person's pronoun takes the nearest person before it, or what the pronoun before stands for;
    其 the nearest subject. Other anaphors take the first fitting name of their own sentence, or of
    the nearest sentence before: what the sentence is about. The cost is n log n in the mentions.
    """
    finder = _AntecedentFinder(annotated, ontology, lexicon)
    judged = {judgement.left for judgement in annotated.judgements}
    for anaphor in annotated.mentions:
        if not anaphor.is_anaphor or anaphor.extractor == BOTH_ANAPHOR or anaphor.id in judged:
            continue
        antecedent = finder.find(anaphor)
        if antecedent is not None:
            reason = f"{anaphor.surface} stands for {antecedent.surface}"
            yield Judgement(anaphor.id, antecedent.id, "same", 0.7, (reason,), BY)


class _AntecedentFinder:
    """The names of a document in text order; they are sorted out once for a kind of anaphor."""

    def __init__(self, annotated: AnnotatedDocument, ontology: Ontology, lexicon: Lexicon) -> None:
        self.annotated, self.ontology = annotated, ontology
        self.prepositions = tuple(lexicon.words("lex:Preposition"))
        self.becoming = lexicon.words("lex:Becoming")
        lists = ("lex:Handling", "lex:Causing", "lex:Introducing")
        self.handling = tuple(word for words in lists for word in sorted(lexicon.words(words)))
        self.words = WordIndex(annotated.simplified, annotated.words)
        self.names = [m for m in annotated.mentions if not m.is_anaphor]
        self.fitting = cache(self._fitting)
        self.spokesmen = Spokesmen(annotated, ontology, lexicon)
        self.told = tuple(s for s in annotated.sentences if not self._is_quoted(s.start))
        self.tellers = Tellers(
            annotated, ontology, lexicon, self.words, self.told,
            lambda mention: self._is_subject(mention, _TIMES),
        )  # fmt: skip
        self.indefinite = re.compile(f"(?<!第)(?:{choice(lexicon.words('lex:Indefinite'))})")
        self.meant: dict[str, Mention] = {}
        self.last: dict[str, tuple[Mention, Mention]] = {}
        self.pronoun_of: dict[str, str] = {}

    def find(self, anaphor: Mention) -> Mention | None:
        """What *anaphor* stands for; the anaphors are asked in text order."""
        if anaphor.extractor == TOPIC_ANAPHOR:
            return self._subject(anaphor)
        if anaphor.extractor == SPEAKER_ANAPHOR:
            return self.spokesmen.behind(anaphor)
        if self.ontology.is_a(anaphor.cls, PERSON):
            found = self._person(anaphor)
        else:
            found = self._thing(anaphor) or self._again(anaphor, _form(anaphor))
        if found is not None:
            self.last[_form(anaphor)] = anaphor, found
            self.meant[anaphor.id] = found
        return found

    def _subject(self, anaphor: Mention) -> Mention | None:
        """The nearest subject; of 其 right after a verb nobody can tell whose it is.

        What somebody becomes (A 成為其夥伴) is not his own: then it is the subject before him.
        """
        fitting = self.fitting(anaphor.cls, "", True, self._is_quoted(anaphor.span.start))
        found = fitting.backwards(anaphor.span.start, _TOPIC_REACH)
        subjects = (name for _, name in found)
        verb = self._verb_before(anaphor)
        if verb in self.becoming:
            next(subjects, None)
        return next(subjects, None) if not verb or verb in self.becoming else None

    def _person(self, anaphor: Mention) -> Mention | None:
        """Who tells of it, if the pronoun does; else the nearest person who can be meant, or whom
        the pronoun before stands for.

        That one goes first if he is nearer, or if the person neither is a subject nor opens a
        clause. Of somebody without a name nobody can tell who he is.
        """
        form = _form(anaphor)
        if teller := self._teller(anaphor, form):
            return teller
        nearest, again = self._nearest(anaphor), self._again(anaphor, form)
        if again and (
            nearest is None
            or nearest.span < self.last[form][0].span
            or not (self._is_subject(nearest, _TIMES) or self._opens_clause(nearest))
        ):
            nearest = again
        last = max((m.span for m in (nearest, again and self.last[form][0]) if m), default=None)
        if last is None or self._is_of_nobody(last.end, anaphor.span.start):
            return None
        if nearest is not None:
            self.pronoun_of.setdefault(_thing(nearest), form)
        return nearest

    def _teller(self, anaphor: Mention, form: str) -> Mention | None:
        """Who says what the sentence or the last one says, if the pronoun says more (他又說)."""
        if self._is_quoted(anaphor.span.start) or not self.tellers.tells(anaphor):
            return None
        teller = self.tellers.before(anaphor.span.start)
        meant = self.meant.get(teller.id, teller) if teller else None
        if meant is None or meant.is_anaphor or meant.id == anaphor.id:
            return None
        if self._is_named_after(meant, anaphor):
            return None
        return meant if self.pronoun_of.setdefault(_thing(meant), form) == form else None

    def _is_named_after(self, name: Mention, anaphor: Mention) -> bool:
        """Whether the clause goes on to name him: 他引述甲 is not 甲 himself."""
        text, end = self.annotated.simplified, anaphor.span.end
        stop = _CLAUSE_END.search(text, end)
        return name.span.of(text) in text[end : stop.start() if stop else len(text)]

    def _is_of_nobody(self, low: int, high: int) -> bool:
        """Whether one without a name comes between (一名工人), whom a pronoun can mean."""
        for match in self.indefinite.finditer(self.annotated.simplified, low, high):
            end = _CLAUSE_END.search(self.annotated.simplified, match.end(), high)
            clause = Span(match.end(), end.start() if end else high)
            at = bisect_left(self.names, clause.start, key=lambda m: m.span.start)
            named = self.names[at : bisect_left(self.names, clause.end, key=_start)]
            if not any(self.ontology.is_a(name.cls, PERSON) for name in named):
                return True
        return False

    def _nearest(self, anaphor: Mention) -> Mention | None:
        """The nearest person who is not called otherwise (她), and not the one who speaks.

        An object (對他, 陪他) is nobody of its own clause. Behind a quotation those who are named
        in it come last.
        """
        form, start = _form(anaphor), anaphor.span.start
        speaker, quoted = self.spokesmen.speaker(anaphor), self._is_quoted(start)
        handled = self.annotated.simplified.endswith(self.handling, 0, start)
        governed = self._is_governed(start) or handled
        persons = self.fitting(anaphor.cls, "", False, quoted).backwards(start, _REACH)
        within: Mention | None = None
        for _, person in islice(persons, _TRIED):
            other = self.pronoun_of.get(_thing(person), form) != form
            other = other or (speaker is not None and _thing(speaker) == _thing(person))
            other = other or self._is_named_after(person, anaphor)
            if other or (governed and self._shares_clause(person, start)):
                continue
            if quoted or not self._is_quoted(person.span.start):
                return person
            within = within or person
        return within

    def _again(self, anaphor: Mention, form: str) -> Mention | None:
        """What the same word stood for when it came before, in this or the last sentences."""
        if form not in self.last:
            return None
        before, antecedent = self.last[form]
        sentences = Nearby(self._sentences(self._is_quoted(anaphor.span.start)), ())
        distance = sentences.sentence_at(anaphor.span.start) - sentences.sentence_at(
            before.span.start
        )
        return antecedent if distance <= _REACH else None

    def _thing(self, anaphor: Mention) -> Mention | None:
        """The name that ends like the noun, else the first fitting one of the nearest sentence."""
        head, quoted = _form(anaphor), self._is_quoted(anaphor.span.start)
        for ending in (head, ""):
            fitting = self.fitting(anaphor.cls, ending, False, quoted)
            found = next(fitting.backwards(anaphor.span.start, _REACH), None)
            if found and ending:
                return found[1]
            if found:
                return self._first_beside(found[1], fitting)
        return None

    def _first_beside(self, name: Mention, fitting: Nearby) -> Mention:
        """The first of *fitting* in the sentence that holds *name*."""
        sentence = fitting.sentences[fitting.sentence_at(name.span.start)]
        return fitting.names[bisect_left(fitting.names, sentence.start, key=lambda m: m.span.start)]

    def _is_quoted(self, position: int) -> bool:
        return self.spokesmen.is_quoted(position)

    def _sentences(self, quoted: bool) -> Sequence[Span]:
        """What is counted between a name and an anaphor: all of a quotation is one sentence."""
        return self.annotated.sentences if quoted else self.told

    def _fitting(self, cls: str, ending: str, subject: bool, quoted: bool) -> Nearby:
        """The names that are of *cls* and end in *ending*, in text order.

        A body of no known kind may be a company.
        """
        is_a = self.ontology.is_a
        kinds = (cls, ORGANIZATION) if is_a(cls, ORGANIZATION) else (cls,)
        fitting = [
            name
            for name in self.names
            if (is_a(name.cls, cls) or name.cls in kinds)
            and simplify(name.surface).endswith(ending)
            and (not subject or self._is_subject(name))
        ]
        return Nearby(self._sentences(quoted), fitting)

    def _is_subject(self, name: Mention, more: str = "") -> bool:
        """Whether a predicate, or a word of the tags *more*, follows the name.

        No preposition may stand before it.
        """
        following = self._word_at(name.span.end)
        governed = self._is_governed(name.span.start)
        return following is not None and following.tag[0] in _PREDICATES + more and not governed

    def _opens_clause(self, name: Mention) -> bool:
        """Whether the clause is about the name (甲個人認為), not about what is his (甲的…)."""
        text, (start, end) = self.annotated.simplified, (name.span.start, name.span.end)
        opens = not start or not (text[start - 1].isalnum() or text[start - 1] in _LISTING)
        return opens and not text.startswith(_GOING_ON, end)

    def _word_at(self, position: int) -> Word | None:
        return self.words.word_at(position) if position < len(self.annotated.simplified) else None

    def _is_governed(self, start: int) -> bool:
        """Whether a preposition stands right before *start*."""
        return self.annotated.simplified.endswith(self.prepositions, 0, start)

    def _verb_before(self, anaphor: Mention) -> str:
        """The verb right before the anaphor; empty if there is none."""
        word = self.words.word_at(anaphor.span.start - 1) if anaphor.span.start else None
        return word.text if word is not None and word.tag == "v" else ""

    def _shares_clause(self, name: Mention, start: int) -> bool:
        between = self.annotated.simplified[name.span.end : start]
        return all(char.isalnum() for char in between)


def _start(name: Mention) -> int:
    return name.span.start


def _form(anaphor: Mention) -> str:
    """The word without what points (該公司 → 公司)."""
    form = simplify(anaphor.surface)
    pointing = next((p for p in _POINTING if form.startswith(p) and form != p), "")
    return form.removeprefix(pointing)


def _thing(name: Mention) -> str:
    return name.known or match_key(name.surface)
