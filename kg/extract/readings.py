"""One reading of a word in a clause: which relation, between whom, how far to be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from kg.extract.clauses import Clause, Group
from kg.extract.frames import Binding, Matcher
from kg.extract.triggers import Trigger
from kg.lexicon import Entry, Pattern
from kg.model import Mention, Reason
from kg.ontology import Ontology, Relation
from kg.words import WordIndex

Pair = tuple[Mention, Mention]


@dataclass(frozen=True, slots=True)
class Reading:
    """A frame that fits: ``pairs`` of subject and object, and the reasons for its score."""

    predicate: str
    entry: Entry
    pattern: Pattern
    pairs: tuple[Pair, ...]
    binding: Binding
    reasons: tuple[Reason, ...]


def fitting(ontology: Ontology, classes: tuple[str, ...], group: Group) -> Group | None:
    """The members of *group* that are of one of *classes*; None if there is none."""
    if all(ontology.is_any(member.cls, classes) for member in group.members):
        return group
    members = tuple(m for m in group.members if ontology.is_any(m.cls, classes))
    return Group(members) if members else None


class ReadingMaker:
    """Tries the patterns of a word, from the most specific, for each relation that it denotes."""

    def __init__(self, ontology: Ontology, words: WordIndex) -> None:
        self.ontology, self.words = ontology, words

    def relations(self, trigger: Trigger, matcher: Matcher) -> Iterator[Reading]:
        """The readings of *trigger* as a relation; at most one an entry and relation."""
        for entry in trigger.entries:
            for predicate in entry.relations:
                relation = self.ontology.relations[predicate]
                reading = self._first(trigger, entry, relation, matcher)
                if reading is not None:
                    yield reading

    def _first(
        self, trigger: Trigger, entry: Entry, relation: Relation, matcher: Matcher
    ) -> Reading | None:
        classes = {"A": relation.domain, "B": relation.range}
        typed = Matcher(
            matcher.clause,
            lambda slot, group: fitting(self.ontology, classes[slot], group),
            matcher.prepositions,
            matcher.carried,
            matcher.may_carry,
        )
        for pattern in entry.patterns:
            binding = typed.match(pattern, trigger.start, trigger.end)
            pairs = pairs_of(binding, relation.symmetric) if binding else ()
            if binding and pairs:
                reasons = tuple(self._reasons(matcher.clause, trigger, entry, pattern, binding))
                return Reading(relation.curie, entry, pattern, pairs, binding, reasons)
        return None

    def _reasons(
        self, clause: Clause, trigger: Trigger, entry: Entry, pattern: Pattern, binding: Binding
    ) -> Iterator[Reason]:
        yield Reason(f"{trigger.word or entry.name} in the frame {pattern.source}", entry.weight)
        if binding.gaps > 8:
            factor = 0.93 if binding.gaps <= 16 else 0.82 if binding.gaps <= 26 else 0.7
            yield Reason(f"{binding.gaps} characters passed over", factor)
        if binding.crossed:
            yield Reason(f"{binding.crossed} names passed over", 0.75**binding.crossed)
        for slot, _, at in binding.groups:
            if at is not None and slot != "A+B":
                yield from self._modifier(clause, slot, at, trigger)

    def _modifier(self, clause: Clause, slot: str, at: int, trigger: Trigger) -> Iterator[Reason]:
        """A name before 的 or before a noun is perhaps only part of the phrase."""
        following = at + 1
        if following >= len(clause.units) or following == trigger.start:
            return
        unit = clause.units[following]
        if unit.text == "的":
            yield Reason(f"{slot} stands before 的", 0.7)
        elif not unit.group and not unit.time and not unit.quantity:
            word = self.words.words[self.words.index_at(unit.span.start)]
            if word.tag[0] == "n" and word.start == unit.span.start:
                yield Reason(f"{slot} stands before {word.text}", 0.8)


def pairs_of(binding: Binding, symmetric: bool) -> tuple[Pair, ...]:
    """Subject and object of each pair of names that the binding holds; never a name with itself."""
    slots = {slot: group for slot, group, _ in binding.groups}
    if "A+B" in slots:
        return tuple(_pairs_within(slots["A+B"]))
    if "A" not in slots or "B" not in slots:
        return ()
    pairs = product(slots["A"].members, slots["B"].members)
    return tuple(pair for pair in pairs if pair[0].id != pair[1].id)


def _pairs_within(group: Group) -> Iterator[Pair]:
    """The members before 與 with those after it; without it, each with each."""
    if group.split:
        yield from product(group.members[: group.split], group.members[group.split :])
    else:
        yield from combinations(group.members, 2)
