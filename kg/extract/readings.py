"""One reading of a word in a clause: which relation, and between whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, islice, product, takewhile

from kg.extract.clauses import Clause, Group
from kg.extract.doubts import Doubts
from kg.extract.frames import Binding, Matcher
from kg.extract.phrases import AT_POST
from kg.extract.triggers import Trigger
from kg.lexicon import ORGANIZATION, PERSON, PLACE, Entry, Lexicon, Pattern, choice
from kg.model import Mention, Reason, Span
from kg.ontology import Ontology
from kg.words import Word, WordIndex

Pair = tuple[Mention, Mention]
# A longer row says who took part, not who stands to whom in the relation.
_LONGEST_ROW = 3
_MOST_PAIRS = 400


@dataclass(frozen=True, slots=True)
class Reading:
    """A frame that fits: ``pairs`` of subject and object, and the reasons for its score."""

    predicate: str
    entry: Entry
    pattern: Pattern
    pairs: tuple[Pair, ...]
    binding: Binding
    reasons: tuple[Reason, ...]
    extractor: str = "frames/1"


def _outdoes(other: Reading, reading: Reading) -> bool:
    """Whether *other* relates the same two names in a frame that asks for more."""
    ends = {frozenset((a.id, b.id)) for a, b in reading.pairs}
    same = any(frozenset((a.id, b.id)) in ends for a, b in other.pairs)
    return same and other.pattern.specificity > reading.pattern.specificity


def fitting(ontology: Ontology, classes: tuple[str, ...], group: Group) -> Group | None:
    """The members of *group* that are, or may stand for, one of *classes*; None if none does."""
    members = tuple(m for m in group.members if _may_be(ontology, m, classes))
    if len(members) == len(group.members):
        return group
    return Group(members) if members else None


def _may_be(ontology: Ontology, mention: Mention, classes: tuple[str, ...]) -> bool:
    """A name is of its class; 其 can stand for anything below its own."""
    narrower = mention.is_anaphor and any(ontology.is_a(cls, mention.cls) for cls in classes)
    return narrower or ontology.is_any(mention.cls, classes)


class ReadingMaker:
    """Tries the patterns of a word, from the most specific, for each relation that it denotes."""

    def __init__(self, ontology: Ontology, words: WordIndex, lexicon: Lexicon) -> None:
        self.ontology, self.words = ontology, words
        self.doubts = Doubts(ontology, words, lexicon)
        self.shared = tuple(lexicon.words("lex:SharedTitle"))
        self.locative = tuple(lexicon.words("lex:Locative"))
        self.pleading = tuple(lexicon.words("lex:Pleading"))
        self.populace = lexicon.words("lex:Populace")
        self.kin = tuple(lexicon.words("lex:Kin") - lexicon.words("lex:Title"))
        self.saying, self.suffered = lexicon.speech, lexicon.words("lex:PassiveMark")
        self.under = lexicon.words("lex:Under")
        self.about = lexicon.words("lex:About")
        joins, serving = lexicon.words("lex:OneHolder"), lexicon.words("lex:Serving")
        titles = lexicon.words("lex:Title") | lexicon.words("lex:SharedTitle")
        formal = lexicon.words("lex:Formal")
        self.other_body = re.compile(
            f"(?:{choice(titles)})[、及和](?!(?:{choice(serving | formal)})?$)"
        )
        self.other_post = re.compile(f"(?:{choice(joins)})(?!(?:{choice(serving)})?$)")

    def relations(self, trigger: Trigger, matcher: Matcher) -> Iterator[Reading]:
        """The readings of *trigger* as a relation; at most one an entry and relation.

        Of readings that relate the same names only the one in the most specific frame stays.
        """
        found = [
            reading
            for entry in trigger.entries
            for predicate in entry.relations
            if (reading := self._first(trigger, entry, predicate, matcher))
        ]
        for reading in found:
            if not any(_outdoes(other, reading) for other in found):
                yield reading

    def _first(
        self, trigger: Trigger, entry: Entry, predicate: str, matcher: Matcher
    ) -> Reading | None:
        relation = self.ontology.relations[predicate]
        classes = {"A": relation.domain, "B": relation.range}

        def fits(slot: str, group: Group) -> Group | None:
            found = fitting(self.ontology, classes[slot], group)
            return self._narrowed(entry, slot, found) if found else None

        own = entry.office or entry.timeless  # of each person in a row on his own
        implied = matcher.source(entry.implied) if entry.implied else None
        typed = replace(matcher, fits=fits, rows={} if own else matcher.rows, implied=implied)
        for pattern in entry.patterns:
            binding = typed.match(pattern, trigger.start, trigger.end)
            binding = _beside_word(binding, matcher.clause, trigger) if binding else None
            pairs = self._pairs(matcher, trigger, entry, binding) if binding else ()
            if binding and pairs:
                reasons = tuple(self.doubts.of(matcher.clause, trigger, entry, pattern, binding))
                return Reading(relation.curie, entry, pattern, pairs, binding, reasons)
        return None

    def _narrowed(self, entry: Entry, slot: str, group: Group) -> Group | None:
        classes = entry.classes.get(slot)
        if not classes:
            return group
        if not entry.exact:
            return fitting(self.ontology, classes, group)
        members = tuple(m for m in group.members if m.cls in classes)
        return Group(members, group.split) if members else None

    def _pairs(
        self, matcher: Matcher, trigger: Trigger, entry: Entry, binding: Binding
    ) -> tuple[Pair, ...]:
        """All pairs; but X黨主席甲、乙 says only that 甲 is chairman, while 議員甲、乙 are both.

        甲公司與乙公司主席丙 is chairman of 乙公司, and what 甲、乙以及丙旗下的丁 names is of 丙.
        """
        clause = matcher.clause
        named = [at for _, _, at in binding.groups if at is not None]
        if binding.carried and self._is_spoken_about(clause, trigger.start):
            return ()
        if any(self._is_populace(clause, at, trigger.start) for at in named):
            return ()
        if entry.office:
            if self._is_other_post(matcher, trigger, binding):
                return ()
            if self._is_of_other_body(trigger, binding):
                return ()
            if self._is_of_kin(clause, trigger, binding):
                return ()
            if binding.carried and self._acts(clause, trigger):
                return ()
            if self._is_anothers(clause, trigger, binding):
                return ()
            shared = trigger.word.endswith(self.shared)
            binding = _nearest(binding, trigger.start, None if shared else 1)
        elif trigger.word in self.under:
            binding = _of_last(binding, trigger.start)
        return pairs_of(binding, side_by_side=not trigger.word, of_all=entry.of_all)

    def _is_other_post(self, matcher: Matcher, trigger: Trigger, binding: Binding) -> bool:
        """Whether the body is that of another office of the holder (甲集團總裁兼某商會會長乙).

        駐甲國大使乙 and 代表甲的律師乙 are no officers of 甲; in 甲黨的乙州州長丙 and
        關注甲國的乙會會長丙 the office is of 乙, in 甲會發言人、某社社長丙 of 某社.
        """
        text = matcher.clause.text
        return any(
            text.endswith((AT_POST, *self.pleading), 0, at)
            or self.other_post.search(text[at + 1 : trigger.start])
            or self.other_body.match(text, at + 1, trigger.start)
            or self._is_in_relative(matcher.clause, at, trigger.start)
            or any("的" in text[at:n] for n in self._bodies_between(matcher, at, trigger.start))
            for slot, _, at in binding.groups
            if slot == "B" and at is not None
        )

    def _is_of_other_body(self, trigger: Trigger, binding: Binding) -> bool:
        """Whether the body is neither that of the office nor a place (甲會主席、前港督乙)."""
        own = {entry.body for entry in trigger.entries if entry.body}
        bodies = [m for slot, group, _ in binding.groups if slot == "B" for m in group.members]
        is_a = self.ontology.is_a
        return bool(own) and any(m.known not in own and not is_a(m.cls, PLACE) for m in bodies)

    def _is_in_relative(self, clause: Clause, at: int, start: int) -> bool:
        """Whether a verb before the name and a noun after it end in 的 (列席甲會議的主席乙).

        Or 在 alone before it: who is in a place (在甲的主席乙) is no officer of it.
        """
        ends = clause.text.find("的", at + 1, start)
        before = clause.units[at - 1] if at else None
        if clause.text.endswith(self.locative, 0, at) and ends == at + 1:
            return True
        if ends <= at + 1 or before is None or not before.is_plain:
            return False
        return self.words.word_at(before.span.start).tag[0] in "vp"

    def _bodies_between(self, matcher: Matcher, low: int, high: int) -> Iterator[int]:
        """The places and bodies there that say whose officer somebody is."""
        for at, group in matcher.clause.groups():
            says_whose = at in matcher.describing and low < at < high
            if says_whose and self.ontology.is_any(group.members[-1].cls, (ORGANIZATION, PLACE)):
                yield at

    def _is_spoken_about(self, clause: Clause, start: int) -> bool:
        """Whether the word is what a preposition is about (甲表示，對成立乙有保留)."""
        before = clause.units[start - 1] if start else None
        if before is None or not before.is_plain:
            return False
        return self.words.word_at(before.span.start).text in self.about

    def _is_populace(self, clause: Clause, at: int, start: int) -> bool:
        """Whether the name is a place, of some of whose people or firms the clause speaks.

        The word itself, at unit *start*, may name them (甲國企業乙).
        """
        group = clause.units[at].group
        if group is None or not self.ontology.is_a(group.members[-1].cls, PLACE):
            return False
        stops = [n for n, _ in clause.groups() if n > at] + [n for n in (start,) if n > at]
        following = min(stops, default=len(clause.units))
        between = self._words_between(clause, at, following)
        run = takewhile(lambda word: word.tag[0] == "n", between)
        return any(word.text in self.populace for word in run)

    def _words_between(self, clause: Clause, at: int, following: int) -> Iterator[Word]:
        """The words after the name at *at*, and after its 的, before the unit *following*."""
        low = at + 1 + clause.text.startswith("的", at + 1)
        units = clause.units[low:following]
        if units:
            yield from self.words.within(Span(units[0].span.start, units[-1].span.end))

    def _acts(self, clause: Clause, trigger: Trigger) -> bool:
        """Whether a verb follows: 如今是甲國總統敗選 is about him, and nobody else."""
        if trigger.end >= len(clause.units) or not clause.units[trigger.end].is_plain:
            return False
        return self.words.word_at(clause.units[trigger.end].span.start).tag == "v"

    def _is_anothers(self, clause: Clause, trigger: Trigger, binding: Binding) -> bool:
        """Whether 甲 in 甲為乙國主席丙鋪路 or 甲說乙是… stands before another's office."""
        held = [at for slot, _, at in binding.groups if slot == "A"]
        if not held or (held[0] is not None and held[0] > trigger.start):
            return False
        after = clause.units[trigger.end].group if trigger.end < len(clause.units) else None
        if after is not None and self.ontology.is_a(after.members[0].cls, PERSON):
            return True
        if held[0] is None:
            return False
        low, high = clause.units[held[0]].span.end, clause.units[trigger.start].span.start
        words = self.words.within(Span(low, high))
        suffered = any(word.text in self.suffered for word in words)  # 甲被指是…
        return not suffered and any(word.text in self.saying for word in words)

    def _is_of_kin(self, clause: Clause, trigger: Trigger, binding: Binding) -> bool:
        """Whether who follows is of the holder's family (總統夫人甲)."""
        holders = (at for slot, _, at in binding.groups if slot == "A" and at is not None)
        return any(clause.text.endswith(self.kin, trigger.end, at) for at in holders)


def pairs_of(
    binding: Binding, *, side_by_side: bool = False, of_all: bool = False
) -> tuple[Pair, ...]:
    """Subject and object of each pair of names that the binding holds; never a name with itself.

    Of names that stand *side_by_side* only the two that touch are a pair, or, if the first is so
    *of_all* behind it, that and each of these. Lists that would make more than 400 pairs are a
    table, and say nothing of each with each.
    """
    if side_by_side:
        binding = _touching(binding, of_all)
    slots = {slot: group for slot, group, _ in binding.groups}
    pairs = tuple(islice(_pairs(slots), _MOST_PAIRS + 1))
    return pairs if len(pairs) <= _MOST_PAIRS else ()


def _pairs(slots: Mapping[str, Group]) -> Iterator[Pair]:
    if "A+B" in slots:
        yield from _pairs_within(slots["A+B"])
    elif "A" in slots and "B" in slots:
        pairs = product(slots["A"].members, slots["B"].members)
        yield from (pair for pair in pairs if pair[0].id != pair[1].id)


def _beside_word(binding: Binding, clause: Clause, trigger: Trigger) -> Binding | None:
    """*binding* without those of a row that stand on the other side of the word.

    In 甲會議員乙、丙會成員丁 the row is 乙、丁, but 乙 is no member of 丙會.
    """
    if trigger.start == trigger.end:
        return binding
    cue = trigger.cue(clause)
    groups = []
    for slot, group, at in binding.groups:
        kept = group
        if at is not None and len(group.members) > 1:
            after = at >= trigger.end
            members = [m for m in group.members if _stands(m.span, cue, after)]
            kept = group if len(members) == len(group.members) else Group(tuple(members))
        if not kept.members:
            return None
        groups.append((slot, kept, at))
    return replace(binding, groups=tuple(groups))


def _stands(name: Span, word: Span, after: bool) -> bool:
    return name.start >= word.end if after else name.end <= word.start


def _nearest(binding: Binding, start: int, most: int | None) -> Binding:
    """The body that stands last before the word at *start*, the first *most* names after it."""
    groups = tuple(
        (slot, Group(_beside(slot, group, at is not None and at >= start, most)), at)
        for slot, group, at in binding.groups
    )
    return replace(binding, groups=groups)


def _beside(slot: str, group: Group, after: bool, most: int | None) -> tuple[Mention, ...]:
    if after:
        return group.members[:most]
    return group.members[-1:] if slot == "B" else group.members


def _of_last(binding: Binding, start: int) -> Binding:
    """Of a list that ends right before the word at *start* the last name alone."""
    groups = tuple(
        (slot, Group(group.members[-1:]) if at == start - 1 else group, at)
        for slot, group, at in binding.groups
    )
    return replace(binding, groups=groups)


def _touching(binding: Binding, of_all: bool) -> Binding:
    """The last member of the left group and the first of the right one, or *of_all* of it."""
    ordered = sorted(binding.groups, key=lambda bound: bound[2] or 0)
    left, right = ordered[0], ordered[-1]
    first = Group(left[1].members[-1:])
    last = right[1] if of_all else Group(right[1].members[:1])
    return replace(binding, groups=((left[0], first, left[2]), (right[0], last, right[2])))


def _pairs_within(group: Group) -> Iterator[Pair]:
    """The members before 與 with those after it; without it, each with each."""
    if group.split:
        yield from product(group.members[: group.split], group.members[group.split :])
    elif len(group.members) <= _LONGEST_ROW:
        yield from combinations(group.members, 2)
