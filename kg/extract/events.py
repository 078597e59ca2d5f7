"""Events: a word that denotes an event class, with those who take part.

Where the word was read as a relation, those whom it relates take part in its event. Otherwise the
frames of its entries that bind a single name may do: then the name must be what the word is said
of, and the word a verb of the clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

from kg.extract.clauses import Clause
from kg.extract.frames import Binding, Matcher
from kg.extract.readings import Reading, fitting
from kg.extract.triggers import Trigger
from kg.lexicon import PERSON, Entry, Lexicon, Pattern
from kg.model import Mention
from kg.ontology import Ontology
from kg.words import Word, WordIndex

_SURE = 0.45
_CAN_ACT = ("kg:Agent", "kg:Product", "kg:CreativeWork")
_CAN_TAKE_PART = ("kg:Entity",)
_ROLE = {"A": "agent", "B": "patient"}
_SUFFERED = ("被", "获")
_OF = "的"


@dataclass(frozen=True, slots=True)
class EventReading:
    """An event class, its (role, mention) pairs in text order, at least one, and their binding.

    ``exact``: the frame asks for a certain noun (發表 聲明), which tells the class.
    """

    cls: str
    roles: tuple[tuple[str, Mention], ...]
    binding: Binding
    score: float
    specificity: int = 0
    exact: bool = False


class EventMaker:
    """Reads the event of a word: with its relation where that was read, else by itself."""

    def __init__(self, ontology: Ontology, words: WordIndex, lexicon: Lexicon) -> None:
        self.ontology, self.words = ontology, words
        self.heads = lexicon.words("lex:CompoundHead")
        self.titles = tuple(lexicon.words("lex:Title"))
        self.bodies = lexicon.words("lex:Body") | lexicon.words("lex:Title")
        self.kin = lexicon.words("lex:Kin")
        self.determining = lexicon.words("lex:Determining")
        self.about, self.habitual = lexicon.words("lex:About"), lexicon.words("lex:Habitual")
        self.copulas = lexicon.words("lex:Copula")
        self.grounds = lexicon.words("lex:Ground") | lexicon.words("lex:Charge")
        self.passed = lexicon.words("lex:LightVerb") | lexicon.speech
        self.speech, self.while_ = lexicon.speech, tuple(lexicon.words("lex:Subordinating"))
        self.means, self.manner = lexicon.words("lex:Means"), tuple(lexicon.words("lex:Manner"))

    def read(
        self, trigger: Trigger, matcher: Matcher, readings: list[Reading]
    ) -> Iterator[EventReading]:
        """At most one event a word."""
        if self._before(matcher.clause, trigger.start) in self.determining:
            return  # 此次收購
        related = [] if self._describes(trigger, matcher.clause) else list(_of_relations(readings))
        alone = sorted(self._by_themselves(trigger, matcher), key=_looseness)
        exact = [e for e in alone if e.exact and not any(_tells_more(r, e) for r in related)]
        yield from (exact or related or alone)[:1]

    def _by_themselves(self, trigger: Trigger, matcher: Matcher) -> Iterator[EventReading]:
        for entry in trigger.entries:
            event = self._alone(entry, trigger, matcher) if entry.events else None
            if event is not None:
                yield event

    def _alone(self, entry: Entry, trigger: Trigger, matcher: Matcher) -> EventReading | None:
        relations = [self.ontology.relations[relation] for relation in entry.relations]
        domain = tuple(cls for relation in relations for cls in relation.domain)
        range_ = tuple(cls for relation in relations for cls in relation.range)
        classes = {
            "A": entry.classes.get("A") or domain or _CAN_ACT,
            "B": entry.classes.get("B") or range_ or _CAN_TAKE_PART,
        }
        typed = replace(
            matcher, fits=lambda slot, group: fitting(self.ontology, classes[slot], group)
        )
        for pattern in sorted(entry.patterns, key=_most_asked_first):
            binding = typed.match(pattern, trigger.start, trigger.end)
            if binding and binding.carried and self._is_anothers(trigger, matcher):
                continue
            if binding is not None and self._is_said(pattern, binding, trigger, matcher.clause):
                roles = _bound(pattern, binding)
                exact = any(element.kind == "literal" for element in pattern.right)
                spec = pattern.specificity
                return EventReading(entry.events[0], roles, binding, 0.7, spec, exact)
        return None

    def _is_anothers(self, trigger: Trigger, matcher: Matcher) -> bool:
        """Whether the deed is that of the name before it, which is spoken about (對 A 宣布不滿)."""
        governor = matcher.governors.get(trigger.start - 1)
        return governor is not None and governor[1] in self.about

    def _is_said(
        self, pattern: Pattern, binding: Binding, trigger: Trigger, clause: Clause
    ) -> bool:
        """Whether the word is the verb of what stands before it, and no part of a noun."""
        if self._is_noun(pattern, binding, trigger, clause):
            return False
        if binding.carried and self._is_judged(clause, trigger):
            return False
        before = [at for _, _, at in binding.groups if at is not None and at < trigger.start]
        if not before and not binding.carried:
            return True  # 被捕的 B
        begins = max(before) + 1 if before else 0
        if self._is_habit(clause, begins, trigger.start):
            return False
        is_subject = not before or self._is_subject(clause, min(before), trigger.start)
        return is_subject and not self._other_verb(clause, begins, trigger.start)

    def _is_noun(
        self, pattern: Pattern, binding: Binding, trigger: Trigger, clause: Clause
    ) -> bool:
        """Whether the word stands after 的, or before a noun that it only describes (減持計劃).

        It may describe its own object: A 簽署的 B.
        """
        if clause.text.endswith(_OF, 0, trigger.start):
            return True
        if not pattern.right and (
            self._before(clause, trigger.start) in self.about or self._is_compound(trigger, clause)
        ):
            return True  # 對上訴表示滿意, 爆炸地點
        if clause.text.startswith(_OF, trigger.end):
            return _OF not in pattern.source and not _takes(binding, trigger)
        return not pattern.names_object and self._describes(trigger, clause)

    def _describes(self, trigger: Trigger, clause: Clause) -> bool:
        word = self._word_at(clause, trigger.end)
        return word is not None and word.text in self.heads

    def _is_compound(self, trigger: Trigger, clause: Clause) -> bool:
        """Whether a noun stands right after a word that takes no object (示威現場)."""
        patterns = [p for entry in trigger.entries for p in entry.patterns]
        if any(p.has_object for p in patterns) or trigger.word.startswith(_SUFFERED):
            return False
        word = self._word_at(clause, trigger.end)
        return word is not None and word.tag[0] == "n" and word.text not in self.while_

    def _is_judged(self, clause: Clause, trigger: Trigger) -> bool:
        """Whether the clause says what the deed is: then its word is the clause's subject."""
        words = self._plain_words(clause, trigger.end, len(clause.units))
        return any(word.text in self.copulas for word in words)

    def _is_habit(self, clause: Clause, low: int, high: int) -> bool:
        return any(word.text in self.habitual for word in self._plain_words(clause, low, high))

    def _only_describes(self, clause: Clause, at: int, end: int) -> bool:
        """Whether the name belongs to a noun before *end*: a firm's workers are not the firm."""
        if at + 1 >= end:
            return False
        group, word = clause.units[at].group, self._word_at(clause, at + 1)
        if group is None or word is None or word.tag[0] != "n" or word.tag == "nr":
            return False
        if self.ontology.is_a(group.members[-1].cls, PERSON):
            return word.text in self.kin
        return word.text not in self.bodies | self.passed

    def _is_subject(self, clause: Clause, at: int, end: int) -> bool:
        """Whether the name has no 的 and no noun after it and is no object of a verb before it."""
        if clause.text.startswith(_OF, at + 1) or self._only_describes(clause, at, end):
            return False
        if clause.text[:at].endswith(self.titles):
            return True
        word = self._word_before(clause, at)
        return word is None or word.tag != "v" or word.text in self.speech | self.passed

    def _before(self, clause: Clause, at: int) -> str:
        word = self._word_before(clause, at)
        return word.text if word else ""

    def _word_at(self, clause: Clause, at: int) -> Word | None:
        """The word that begins with the unit at *at*; None if none does."""
        if at >= len(clause.units) or not clause.units[at].is_plain:
            return None
        start = clause.units[at].span.start
        word = self.words.word_at(start)
        return word if word.start == start else None

    def _word_before(self, clause: Clause, at: int) -> Word | None:
        unit = clause.units[at - 1] if at else None
        if unit is None or not unit.is_plain:
            return None
        return self.words.word_at(unit.span.start)

    def _other_verb(self, clause: Clause, low: int, high: int) -> bool:
        """Whether units ``[low, high)`` hold a verb of their own, after the last …時 or …後.

        Those of how it is done (通過…方式) are none.
        """
        found, found_before = False, True
        for word in self._plain_words(clause, low, high):
            if word.text.endswith(self.while_):
                found = False
            elif word.text in self.grounds:
                break  # 因盜竊被捕: the verbs that follow say why
            elif word.text in self.means:
                found_before = found
            elif word.text.endswith(self.manner):
                found = found and found_before
            elif word.tag == "v" and word.text not in self.passed:
                found = found or not self._modifies(word)
        return found

    def _modifies(self, word: Word) -> bool:
        """Whether the verb stands beside 的, in what describes a noun (持有的股份, 在…的聆訊)."""
        text = self.words.simplified
        return text.endswith(_OF, 0, word.start) or text.startswith(_OF, word.end)

    def _plain_words(self, clause: Clause, low: int, high: int) -> Iterator[Word]:
        """The words that begin with a unit that is no name, time or quantity."""
        for unit in clause.units[low:high]:
            if unit.is_plain:
                word = self.words.word_at(unit.span.start)
                if word.start == unit.span.start:
                    yield word


def _of_relations(readings: list[Reading]) -> Iterator[EventReading]:
    for reading in readings:
        if reading.entry.events and _is_sure(reading):
            yield EventReading(reading.entry.events[0], _roles(reading), reading.binding, 0.8)


def _tells_more(related: EventReading, exact: EventReading) -> bool:
    """Whether the relation also names what the certain noun is of (購買 B 的股權)."""
    named = not any(mention.is_role for _, mention in related.roles)
    return named and set(exact.roles) < set(related.roles)


def _looseness(event: EventReading) -> int:
    return -event.specificity


def _takes(binding: Binding, trigger: Trigger) -> bool:
    return any(at is not None and at >= trigger.end for _, _, at in binding.groups)


def _is_sure(reading: Reading) -> bool:
    """Whether nothing speaks against the reading so much that it is hardly an event."""
    return prod(reason.factor for reason in reading.reasons) >= _SURE


def _most_asked_first(pattern: Pattern) -> tuple[int, int]:
    slots = sum(element.kind in ("slot", "pair") for element in pattern.left + pattern.right)
    return -pattern.specificity, -slots


def _roles(reading: Reading) -> tuple[tuple[str, Mention], ...]:
    found = [(_ROLE["A"], a) for a, _ in reading.pairs] + [
        (_role(reading.pattern, "B"), b) for _, b in reading.pairs
    ]
    return tuple(dict.fromkeys(found))


def _role(pattern: Pattern, slot: str) -> str:
    """Who does something with another does it as that one does."""
    return _ROLE["A"] if pattern.is_joint else _ROLE.get(slot, _ROLE["A"])


def _bound(pattern: Pattern, binding: Binding) -> tuple[tuple[str, Mention], ...]:
    return tuple(
        (_role(pattern, slot), member)
        for slot, group, _ in binding.groups
        for member in group.members
    )


def acts(lexicon: Lexicon) -> frozenset[str]:
    """The relations that are done on a day: two thirds of their words tell of an event too."""
    told: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for entry in lexicon.entries:
        deed = entry.events or entry.speech or entry.complement
        for relation in entry.relations:
            every[relation] += len(entry.words)
            told[relation] += len(entry.words) if deed else 0
    return frozenset(relation for relation in every if 3 * told[relation] > 2 * every[relation])
