"""Clauses that begin with what somebody does before they name him: 曾批評甲做法的乙也出席.

And objects that do: 推出搭載甲的乙.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extract.clauses import Clause, Group
from kg.extract.frames import Matcher
from kg.extract.grammar import Grammar
from kg.extract.triggers import Trigger
from kg.lexicon import AGENT, ORGANIZATION, PERSON, PLACE, Lexicon
from kg.model import Span
from kg.ontology import Ontology
from kg.words import Word, WordIndex

_OF = "的"
_PREDICATES = "vdpt"  # what may follow a subject
_NEAR = 8  # characters back to the end of the clause before


@dataclass(frozen=True, slots=True)
class Relative:
    """What stands before the unit ``end``, a 的, describes ``head``."""

    end: int
    head: Group


@dataclass(frozen=True, slots=True)
class ObjectRelative:
    """Units ``[verb, end)`` describe the object of a verb before them: 搭載甲, 甲投資.

    ``name`` is the name in them, ``head`` the object that they describe, if it has a name.
    """

    verb: int
    name: int
    end: int
    head: Group | None

    def matcher_for(self, trigger: Trigger, matcher: Matcher) -> Matcher:
        """*matcher* for *trigger*: a verb before the name in it has the head for its subject, those
        outside pass the name over."""
        if not self.verb <= trigger.start < self.end:
            return matcher.passing([self.name])
        if self.head is None or trigger.start > self.name:
            return matcher
        clause = matcher.clause
        units = clause.units[: self.name + 1]
        inner = replace(clause, units=units, span=Span(clause.span.start, units[-1].span.end))
        before = frozenset(at for at, _ in clause.groups() if at < self.verb)
        return replace(
            matcher,
            clause=inner,
            carried=self.head,
            may_carry=lambda position: True,
            aside=matcher.aside | before,
        )


class RelativeFinder:
    """Finds the relative clause that a clause begins with."""

    def __init__(
        self, words: WordIndex, grammar: Grammar, lexicon: Lexicon, ontology: Ontology
    ) -> None:
        self.words, self.grammar, self.ontology = words, grammar, ontology
        self.speech = tuple(lexicon.speech)
        self.bidding = lexicon.speech | lexicon.words("lex:Causing") | lexicon.words("lex:Pleading")
        self.opening = lexicon.words("lex:Locative") | lexicon.words("lex:PassiveMark")
        self.verbs = lexicon.words("lex:VerbAnyway")
        self.listing = lexicon.words("lex:Listing")
        self.taking, self.naming = lexicon.taking, tuple(lexicon.words("lex:Naming"))

    def find(self, clause: Clause, governors: Mapping[int, tuple[int, str]]) -> Relative | None:
        """The last 的 of *clause* with a subject behind it, but none before its first verb.

        The subject's predicate follows; where the clause before ends with a word of saying, or this
        one lists who they are, it may also end the clause. One that opens with another preposition
        than 在 goes on to that: 對批評甲的乙表示.
        """
        opening = self.words.word_at(clause.span.start)
        if opening.tag == "p" and opening.text not in self.opening:
            return None
        ends = opening.text in self.listing or self._is_told(clause.span.start)
        for at in range(len(clause.units) - 2, 0, -1):
            if clause.units[at].text != _OF or not self._leaves_out(clause, at, governors):
                continue
            if clause.units[at - 1].quantity is not None:
                continue  # 一段長3分鐘的甲訪問: it measures the object
            if found := self._described(clause, at, ends):
                return found
        return None

    def of_objects(self, clause: Clause) -> Iterator[ObjectRelative]:
        """What describes the object of a verb that takes things: 推出搭載甲的乙, 收購甲投資的乙.

        No name stands between that verb and what describes its object. 名為甲的文件 is 甲 itself.
        """
        for name, _ in clause.groups():
            if clause.text.endswith(self.naming, 0, name):
                continue
            begin = self._verb_before(clause, name)
            end = name + 1
            if begin is None or not clause.text.startswith(_OF, end):
                begin, end = name, self._verb_behind(clause, name)
            if clause.text.startswith(_OF, end) and self._follows_taking(clause, begin):
                yield ObjectRelative(begin, name, end, self._named_by(clause, end + 1))

    def _verb_before(self, clause: Clause, at: int) -> int | None:
        """The unit at which the verb begins that ends right before unit *at*."""
        before = clause.units[at - 1] if at else None
        if before is None or not before.is_plain:
            return None
        word = self.words.word_at(before.span.start)
        start = at - (before.span.end - word.start)
        return start if word.tag[0] == "v" and start > 0 else None

    def _verb_behind(self, clause: Clause, at: int) -> int:
        """Where the verb ends that stands right behind unit *at*; that unit if none does."""
        after = clause.units[at + 1] if at + 1 < len(clause.units) else None
        if after is None or not after.is_plain:
            return at
        word = self.words.word_at(after.span.start)
        is_verb = word.tag[0] == "v" and word.start == after.span.start
        return at + 1 + word.end - word.start if is_verb else at

    def _follows_taking(self, clause: Clause, begin: int) -> bool:
        """Whether a verb that takes things stands before unit *begin*, and no name after it."""
        named = max((at for at, _ in clause.groups() if at < begin), default=-1)
        if named + 1 >= begin:
            return False
        span = Span(clause.units[named + 1].span.start, clause.units[begin].span.start)
        return any(word.text in self.taking for word in self.words.within(span))

    def _named_by(self, clause: Clause, low: int) -> Group | None:
        """The name that the noun phrase from unit *low* ends with."""
        for at, group in clause.groups():
            if at >= low:
                return group if self.grammar.is_nominal(clause, low, at) else None
        return None

    def _is_told(self, start: int) -> bool:
        """Whether the clause before *start* ends with a word of saying."""
        before = self.words.simplified[max(0, start - _NEAR) : start]
        return before.rstrip("，「：“ ").endswith(self.speech)

    def _leaves_out(
        self, clause: Clause, end: int, governors: Mapping[int, tuple[int, str]]
    ) -> bool:
        """Whether no name stands before the first verb, but after a preposition."""
        names = [(at, group.span) for at, group in clause.groups() if at < end]
        span = Span(clause.span.start, clause.units[end].span.start)
        verb = next((w.start for w in self.words.within(span) if self._is_verb(w)), span.end)
        return all(name.start >= verb or at in governors for at, name in names)

    def _described(self, clause: Clause, of: int, ends: bool) -> Relative | None:
        low = of + 1
        for at, group in clause.groups():
            if at < low:
                continue
            if not self.grammar.is_nominal(clause, low, at):
                return None
            if self._has_predicate(clause, at) or (ends and at == len(clause.units) - 1):
                is_agent = self.ontology.is_a(group.members[-1].cls, AGENT)
                return Relative(of, group) if is_agent else None
            low = at + 1
        return None

    def _has_predicate(self, clause: Clause, at: int) -> bool:
        end = clause.units[at].span.end
        return end < clause.span.end and self.words.word_at(end).tag[0] in _PREDICATES

    def inside(
        self, relative: Relative | None, trigger: Trigger, matcher: Matcher
    ) -> Matcher | None:
        """*matcher* for a word of the relative clause, whose subject is then the head.

        None where the word is no part of it, or bids somebody do something.
        """
        if relative is None or not trigger.start < trigger.end <= relative.end:
            return None
        if trigger.word in self.bidding or self._is_owned(relative, trigger, matcher.clause):
            return None
        if not matcher.may_carry(trigger.start):
            return None
        units = matcher.clause.units[: relative.end]
        span = Span(units[0].span.start, units[-1].span.end)
        inner = Clause(units, span, matcher.clause.sentence)
        return replace(matcher, clause=inner, carried=relative.head)

    def _is_owned(self, relative: Relative, trigger: Trigger, clause: Clause) -> bool:
        """Whether in 會見甲的乙 the first name may be whose the second is."""
        between = clause.units[trigger.end : relative.end]
        owner = between[0].group if len(between) == 1 else None
        if owner is None:
            return False
        is_person = self.ontology.is_a(relative.head.members[0].cls, PERSON)
        owns = (ORGANIZATION, PLACE) if is_person else (PLACE,)
        return self.ontology.is_any(owner.members[-1].cls, owns)

    def _is_verb(self, word: Word) -> bool:
        return word.tag[0] == "v" or word.text in self.verbs
