"""How far a reading of a word is to be trusted: the reasons for its score."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile

from kg.extract.clauses import Clause, Unit
from kg.extract.frames import Binding
from kg.extract.triggers import Trigger
from kg.lexicon import BY_SPEAKER, PHRASE, PLACE, PRODUCT, Entry, Lexicon, Pattern
from kg.model import Mention, Reason, Span
from kg.ontology import Ontology
from kg.words import Word, WordIndex

# V A、V B: A is an object; A 駐 B 大使館: A is where the embassy is from.
_ENDS_OBJECT = "、驻"


class Doubts:
    """Tells what in a clause speaks against a frame that fits there, and how much."""

    def __init__(self, ontology: Ontology, words: WordIndex, lexicon: Lexicon) -> None:
        self.ontology, self.words = ontology, words
        self.kinds, self.naming = lexicon.kinds, lexicon.words("lex:Naming")
        self.helping = lexicon.words("lex:Clinging") | lexicon.words("lex:AuxiliaryVerb")
        self.heads = lexicon.words("lex:CompoundHead")
        self.suffixes = tuple(word for word in lexicon.suffixes if len(word) > 1)
        self.possessions = lexicon.words("lex:Possession")
        self.inviting = tuple(lexicon.words("lex:Inviting"))
        self.when = lexicon.words("lex:WhenWord") - lexicon.words("lex:Former")

    def of(
        self, clause: Clause, trigger: Trigger, entry: Entry, pattern: Pattern, binding: Binding
    ) -> Iterator[Reason]:
        """The word in its frame, with its weight, and then each doubt."""
        yield Reason(f"{trigger.word or entry.name} in the frame {pattern.source}", entry.weight)
        if binding.gaps > 8:
            factor = 0.93 if binding.gaps <= 16 else 0.82 if binding.gaps <= 26 else 0.7
            yield Reason(f"{binding.gaps} characters passed over", factor)
        if entry.implied == (BY_SPEAKER,) and self._parted(clause, trigger, binding, "B"):
            yield Reason("B does something else first", 0.3)
        yield from self._of_clause(clause, trigger, pattern, binding)
        if binding.crossed:
            yield Reason(f"{binding.crossed} names passed over", 0.75**binding.crossed)
        for slot, _, at in () if entry.office else binding.groups:
            if at is not None and slot != "A+B" and not _continues(pattern, slot):
                role = "A" if entry.implied else slot  # the only one named is what is spoken of
                ends = pattern.is_phrase and slot == "B" and at >= trigger.end
                if slot == "B":
                    yield from self._of_object(clause, at, trigger, pattern)
                yield from self._modifier(
                    clause, role, at, trigger, PHRASE if ends else entry.complement
                )

    def _of_object(
        self, clause: Clause, at: int, trigger: Trigger, pattern: Pattern
    ) -> Iterator[Reason]:
        """That what the word is about is another noun, of which the name says something."""
        if self._is_described_with(clause, at, trigger.start, pattern):
            yield Reason("B stands in what describes another noun", 0.3)
        if at > trigger.start and self._is_kind_of_counted(clause, at):
            yield Reason("B only says of which kind the counted ones are", 0.25)

    def _of_clause(
        self, clause: Clause, trigger: Trigger, pattern: Pattern, binding: Binding
    ) -> Iterator[Reason]:
        """That a name stands in another clause, within this one, than the word."""
        asked = any("的" in element.choices for element in pattern.right)
        if not asked and self._is_of_other(clause, trigger, binding):
            yield Reason("A stands outside the relative clause", 0.4)
        if binding.carried and self._describes_name(clause, trigger, binding):
            yield Reason("the clause says it of the name behind 的", 0.2)
        if self._is_addressed(clause, trigger, binding):
            yield Reason("A is who it is for", 0.2)
        pairs = [at for slot, _, at in binding.groups if slot == "A+B" and at]
        if any(clause.text.endswith(self.inviting, 0, at) for at in pairs):
            yield Reason("another has invited them all", 0.2)
        if self._is_in_next_clause(clause, trigger, binding):
            yield Reason("a clause of time ends before B", 0.3)

    def _is_of_other(self, clause: Clause, trigger: Trigger, binding: Binding) -> bool:
        """Whether the word describes its object, and a verb parts A from it (A 參加舉行的 B)."""
        describes = clause.text.startswith("的", trigger.end)
        return describes and self._parted(clause, trigger, binding, "A")

    def _describes_name(self, clause: Clause, trigger: Trigger, binding: Binding) -> bool:
        """Whether 的 and a name follow the object: who does it stands there (位於 B 的 A)."""
        ends = [at for slot, _, at in binding.groups if slot == "B" and at is not None]
        behind = ends[0] + 1 if ends and ends[0] >= trigger.end else len(clause.units)
        named = behind + 1 < len(clause.units) and clause.units[behind + 1].group is not None
        return named and clause.units[behind].text == "的"

    def _is_addressed(self, clause: Clause, trigger: Trigger, binding: Binding) -> bool:
        """Whether the name before 的 is whom something is given to (寫給甲及其主席 A 的 B)."""
        places = [at for slot, _, at in binding.groups if slot == "A" and at is not None]
        if not places or not clause.text.startswith("的", places[0] + 1):
            return False
        words = self.words.within(Span(clause.span.start, clause.units[places[0]].span.start))
        verbs = [word.text for word in words if word.tag[0] == "v"]
        return bool(verbs) and verbs[-1].endswith("给")

    def _is_in_next_clause(self, clause: Clause, trigger: Trigger, binding: Binding) -> bool:
        """Whether a clause of time ends between the word and B (A 警告無效後 B 離開)."""
        places = [at for slot, _, at in binding.groups if slot == "B" and at is not None]
        if not places or places[0] <= trigger.end:
            return False
        units = clause.units
        between = self.words.within(
            Span(units[trigger.end].span.start, units[places[0]].span.start)
        )
        return bool(between) and any(
            word.text in self.when and following.text != "的"
            for word, following in pairwise((*between, between[0]))
        )

    def _parted(self, clause: Clause, trigger: Trigger, binding: Binding, slot: str) -> bool:
        """Whether a verb stands between the name in *slot*, before the word, and the word.

        A subject of the clause before stands where this one opens.
        """
        places = [at for name, _, at in binding.groups if name == slot]
        at = places[0] if places else None
        if (at is None and not binding.carried) or (at or 0) > trigger.start:
            return False
        units = clause.units
        start = clause.span.start if at is None else units[at].span.end
        between = Span(start, units[trigger.start].span.start)
        words = self.words.within(between)
        return any(word.tag == "v" and word.text not in self.helping for word in words)

    def _modifier(
        self, clause: Clause, slot: str, at: int, trigger: Trigger, complement: str
    ) -> Iterator[Reason]:
        """A name before 的 or before a noun is perhaps only part of the phrase."""
        following = at + 1
        if following >= len(clause.units) or following == trigger.start:
            return
        if slot == "B" and at < trigger.start and self._is_origin(clause, at, trigger.start):
            yield Reason("B only says where the next name is from", 0.4)
        if (slot == "B" and at < trigger.start) or self._is_called(clause, at):
            return  # B 的 V, B 全球 V: the word belongs to B; 名為 B 的 N: the noun is B's
        if slot == "B" and (complement == PHRASE or self._is_of_act(clause, following)):
            return  # V B 的 N, V B N …: what B has or does is what the word is about
        unit = clause.units[following]
        if unit.text == "的":
            yield Reason(f"{slot} stands before 的", 0.4)
        elif slot == "A" and at < trigger.start and unit.text in _ENDS_OBJECT:
            yield Reason(f"A stands before {unit.text}", 0.4)
        elif slot == "A" and at < trigger.start and unit.group:
            yield Reason("A stands before another name", 0.5)
        elif slot == "B" and complement and self._is_counted(unit):
            yield Reason("B stands before a number", 0.5)
        elif unit.is_plain:
            yield from self._before_word(clause, slot, at, complement)

    def _is_kind_of_counted(self, clause: Clause, at: int) -> bool:
        """Whether a number stands right before the name and a word right behind (59款 B 應用)."""
        if not 0 < at < len(clause.units) - 1:
            return False
        before, after = clause.units[at - 1], clause.units[at + 1]
        counted = before.is_plain and self.words.word_at(before.span.start).tag[0] in "mq"
        goes_on = after.is_plain and self.words.word_at(after.span.start).tag[0] in "nvb"
        return goes_on and (counted or before.quantity is not None)

    def _is_described_with(self, clause: Clause, at: int, start: int, pattern: Pattern) -> bool:
        """Whether a verb has the name for its object, in what describes a noun before the word.

        No verb that the frame asks for (成為乙的成員): who raises money for those who beat B
        (為毆打乙的人籌款) does not help B.
        """
        if at >= start or "的" not in clause.text[at + 1 : start]:
            return False
        asked = tuple(choice for element in pattern.left for choice in element.choices)
        while at and clause.units[at - 1].is_plain and not clause.text.endswith(asked, 0, at):
            before = clause.units[at - 1].span
            word = self.words.word_at(before.start)
            if word.tag[0] != "n":  # 毆打 社運人士 乙
                return word.tag == "v"
            at -= max(1, min(at, before.end - word.start))
        return False

    def _is_of_act(self, clause: Clause, at: int) -> bool:
        """Whether 的 and a noun follow that names the act, and is not B's (收購 B 的 傳聞)."""
        if clause.units[at].text != "的" or at + 1 >= len(clause.units):
            return False
        return self.words.word_at(clause.units[at + 1].span.start).text in self.heads

    def _before_word(self, clause: Clause, slot: str, at: int, complement: str) -> Iterator[Reason]:
        start = clause.units[at + 1].span.start
        word = self.words.word_at(start)
        if word.tag == "v" and slot == "B" and not complement:
            yield Reason(f"B stands before {word.text}", 0.6)
        elif word.tag[0] == "n" and word.start == start and not self._is_kind(clause, at, word):
            yield Reason(f"{slot} stands before {word.text}", self._factor(clause, slot, at))

    def _is_kind(self, clause: Clause, at: int, word: Word) -> bool:
        """Whether the noun only says what kind of thing the product before it is (驍龍 芯片)."""
        kind, group = self.kinds.get(word.text), clause.units[at].group
        if kind is None or group is None:
            return False
        last = group.members[-1].cls
        return self.ontology.is_a(kind, PRODUCT) and self.ontology.is_a(last, PRODUCT)

    def _is_origin(self, clause: Clause, at: int, end: int) -> bool:
        """Whether another name follows a place within its phrase (與南洲國領先的出版社甲合作)."""
        group = clause.units[at].group
        if group is None or not self.ontology.is_a(group.members[-1].cls, PLACE):
            return False
        following = next((n for n, _ in clause.groups() if at < n < end), None)
        return following is not None and "的" in clause.text[at + 2 : following]

    def _has_possession(self, start: int) -> bool:
        """Whether the nouns in a row from *start* name something that firms have."""
        row = takewhile(_is_noun, self.words.words_from(start))
        return any(word.text in self.possessions for word in row)

    def _is_counted(self, unit: Unit) -> bool:
        """Whether a number of things that belong to the name follows it (B 5 名高層)."""
        if unit.quantity or unit.group or unit.time:
            return unit.quantity is not None
        return self.words.word_at(unit.span.start).tag == "m"

    def _is_called(self, clause: Clause, at: int) -> bool:
        """Whether a word of naming stands right before the name."""
        if at == 0:
            return False
        word = self.words.word_at(clause.units[at - 1].span.start)
        return word.text in self.naming

    def _factor(self, clause: Clause, slot: str, at: int) -> float:
        """美國供應商 does what it does, not 美國: a place before a noun hardly stands for itself.

        It does not at all in 南洲國國家博物館. Who buys 甲資產 has not bought 甲.
        """
        if slot == "B" and self._has_possession(clause.units[at + 1].span.start):
            return 0.35
        group = clause.units[at].group
        if group is None or not self.ontology.is_a(group.members[-1].cls, PLACE):
            return 0.6
        row = takewhile(_is_noun, self.words.words_from(clause.units[at + 1].span.start))
        return 0.25 if any(word.text.endswith(self.suffixes) for word in row) else 0.45


def _is_noun(word: Word) -> bool:
    return word.tag[0] == "n"


def _continues(pattern: Pattern, slot: str) -> bool:
    """Whether the frame itself says what follows the name: A ~ V (A's novel), B 的 股權, A 的 B."""
    inner = [element.kind for element in pattern.left[:1]]
    if inner == ["noun-gap"] and pattern.left[1].text == slot:
        return True
    following = [*pairwise(pattern.right), *pairwise(pattern.left[::-1])]
    return any(a.text == slot and b.kind in ("literal", "quantity") for a, b in following)


def reasons_of_names(pair: tuple[Mention, Mention]) -> Iterator[Reason]:
    """That a name was only guessed is a doubt."""
    for mention in pair:
        if mention.score < 0.85:
            yield reason_of_name(mention)


def reason_of_name(mention: Mention) -> Reason:
    """How far the name is to be trusted."""
    return Reason(f"{mention.surface} is a name by {mention.extractor}", 0.5 + mention.score / 2)


def product_of(reasons: tuple[Reason, ...]) -> float:
    """The score that the rules give: all factors together."""
    score = 1.0
    for reason in reasons:
        score *= reason.factor
    return round(score, 4)
