"""Words that stand for a list of names told before: 三人, 兩名議員, 他們, 雙方, 前者."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from kg.extract.clauses import MENTION, Clause, Group, Unit
from kg.lexicon import ORGANIZATION, PERSON, PLACE, Lexicon
from kg.model import BOTH_ANAPHOR, AnnotatedDocument, Mention, Span
from kg.ontology import Ontology
from kg.words import WordIndex

_REACH = 120  # characters back to the two that 雙方 are
_SENTENCES = 1
_KEPT = 4


class ListMemory:
    """The lists of names of a document, as it is read on."""

    def __init__(self, annotated: AnnotatedDocument, lexicon: Lexicon, ontology: Ontology) -> None:
        self.annotated, self.lexicon, self.ontology = annotated, lexicon, ontology
        self.words = WordIndex(annotated.simplified, annotated.words)
        self.plurals = tuple(lexicon.words("lex:AnaphorPlural"))
        self.telling = tuple(lexicon.speech | lexicon.words("lex:Reporting"))
        self.titles = tuple(lexicon.words("lex:Title"))
        self.role_marks = tuple(lexicon.words("lex:InRole"))
        self.lists: list[tuple[int, Group]] = []

    def read(self, clause: Clause) -> Clause:
        """*clause* with the lists that its words stand for; its own lists are kept."""
        units = [self._named(unit, clause.sentence) for unit in clause.units]
        again = {
            at for at, (a, b) in enumerate(pairwise(units), 1) if a.group and a.group == b.group
        }
        units = [unit for at, unit in enumerate(units) if at not in again]  # 甲、乙雙方
        clause = replace(clause, units=tuple(units))
        end = self._end_of_plural(clause)
        cls, count = (PERSON, None) if end else self._counted(clause)
        if cls and (group := self._last(clause.sentence, clause.span.start, cls, count)):
            clause = self._replaced(clause, end or 1, group)
        here = [g for _, g in clause.groups() if len(g.members) > 1]
        self.lists = [*self.lists, *((clause.sentence, group) for group in here)][-_KEPT:]
        return clause

    def _end_of_plural(self, clause: Clause) -> int:
        """Where 他們 ends that opens the clause; 0 if none does."""
        return next((len(word) for word in self.plurals if clause.text.startswith(word)), 0)

    def _counted(self, clause: Clause) -> tuple[str | None, float | None]:
        """The class and the number of what is counted where the clause opens: 三人, 兩名議員."""
        found = clause.units[0].quantity
        if found is None or found.quantity.comparator != "=":
            return None, None
        return self.lexicon.counted.get(found.quantity.unit), found.quantity.value

    def _last(self, sentence: int, start: int, cls: str, count: float | None) -> Group | None:
        """The last list of *cls* with so many members, in this or the last sentence.

        Two may also be the only two that the nearest of these names before *start*.
        """
        for number, group in reversed(self.lists):
            of_class = all(self.ontology.is_a(m.cls, cls) for m in group.members)
            if sentence - number <= _SENTENCES and of_class:
                return group if count in (None, len(group.members)) else None
        return self._only_two(sentence, start, cls) if count == 2 else None

    def _only_two(self, sentence: int, start: int, cls: str) -> Group | None:
        """The two names of *cls* in the nearest sentence that has any before *start*."""
        for number in range(sentence, max(-1, sentence - _SENTENCES - 1), -1):
            span = self.annotated.sentences[number]
            mentions = self._ending_in(span.start, min(start, span.end))
            own = (m for m in mentions if m.extractor != BOTH_ANAPHOR)
            named = {m.known or m.surface: m for m in own if self.ontology.is_a(m.cls, cls)}
            if named:
                members = tuple(sorted(named.values(), key=lambda m: m.span))
                clear = len(members) == 2 and not any(m.is_anaphor for m in members)
                return Group(members) if clear else None
        return None

    def _replaced(self, clause: Clause, end: int, group: Group) -> Clause:
        """*clause* with *group* for its first units, and for the nouns after a counted unit."""
        if clause.units[0].quantity:
            while end < len(clause.units) and self._is_noun(clause.units[end]):
                end += 1
        span = Span(clause.span.start, clause.units[end - 1].span.end)
        return replace(clause, units=(Unit(MENTION, span, group), *clause.units[end:]))

    def _is_noun(self, unit: Unit) -> bool:
        return unit.is_plain and self.words.word_at(unit.span.start).tag[0] == "n"

    def _named(self, unit: Unit, sentence: int) -> Unit:
        """*unit* with the two that are meant, if it is 雙方."""
        anaphor = unit.group.members[0] if unit.group else None
        if anaphor is None or anaphor.extractor != BOTH_ANAPHOR:
            return unit
        return replace(unit, group=self._both(anaphor, sentence) or unit.group)

    def _both(self, anaphor: Mention, sentence: int) -> Group | None:
        """雙方 are the last two agents named before, 兩國 the last two countries.

        前者 and 後者 are the two of the last list of two.
        """
        form = self.annotated.simplified[anaphor.span.start : anaphor.span.end]
        for at, words in enumerate(("lex:AnaphorFormer", "lex:AnaphorLatter")):
            if form in self.lexicon.words(words):
                pair = self._last(sentence, anaphor.span.start, anaphor.cls, 2)
                if pair:
                    self.lists.append((sentence, pair))  # 後者 is of the same two
                return Group(pair.members[at : at + 1]) if pair else None
        members = tuple(sorted(self._last_two(anaphor), key=lambda m: m.span))
        return Group(members) if len(members) == 2 else None

    def _last_two(self, anaphor: Mention) -> Iterable[Mention]:
        """The last two names of the class; not 甲國 in 甲國外長王某, where he can be meant.

        Nor in 甲國車廠乙, nor 甲會 where somebody is 作為甲會成員.
        """
        named: dict[str, Mention] = {}
        personal = self.ontology.is_a(PERSON, anaphor.cls)
        end, following = anaphor.span.start, None
        for mention in reversed(self._ending_in(end - _REACH, end)):
            fits = self.ontology.is_a(mention.cls, anaphor.cls) and not mention.is_anaphor
            tells = self.annotated.simplified.startswith(self.telling, mention.span.end)
            describes = personal and self._describes(mention, following)
            role = self.annotated.simplified.endswith(self.role_marks, 0, mention.span.start)
            if tells or describes or role or self._is_origin(mention, following):
                following = mention
                continue
            if fits and len(named) < 2:
                named.setdefault(mention.known or mention.surface, mention)
            following = mention
        return named.values()

    def _describes(self, mention: Mention, following: Mention | None) -> bool:
        """Whether the name only says whose officer the person after it is."""
        if following is None or not self.ontology.is_a(following.cls, PERSON):
            return False
        between = self.annotated.simplified[mention.span.end : following.span.start]
        return not between or between.endswith(self.titles)

    def _is_origin(self, mention: Mention, following: Mention | None) -> bool:
        """Whether it is a place that only says where the body after it is from."""
        is_a = self.ontology.is_a
        if following is None or not (
            is_a(mention.cls, PLACE) and is_a(following.cls, ORGANIZATION)
        ):
            return False
        between = self.words.within(Span(mention.span.end, following.span.start))
        return all(word.tag[0] == "n" for word in between)

    def _ending_in(self, low: int, high: int) -> tuple[Mention, ...]:
        """The mentions that end after *low* and not after *high*."""
        mentions = self.annotated.mentions
        first, end = (bisect_right(mentions, at, key=lambda m: m.span.end) for at in (low, high))
        return mentions[first:end]
