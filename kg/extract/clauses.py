"""Clauses as rows of units: a name, a time or a quantity is one unit, as is each other character.

Names that stand in a list (A、B 和 C) make one unit with several members, so a frame that fits a
name fits a list. Quotation marks, white space and what stands in brackets are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from kg.lexicon import PLACE, Lexicon
from kg.model import AnnotatedDocument, Mention, QuantityMention, Span, TimeMention
from kg.ontology import Ontology

MENTION, TIME, QUANTITY = "\ue000", "\ue001", "\ue002"

_SKIPPED = frozenset("“”‘’「」『』《》〈〉\"' \t®™*")
_BREAKS = frozenset("，,；;：:。！？!?…\n—\u3000【】")
_INTRODUCING, _COLONS = frozenset("，,：:"), frozenset("：:")
_BRACKETS = re.compile(r"[（(][^（）()\n]{0,80}[）)]")
_PAIRING = ("与", "和", "同", "跟")
_TOP = (
    "kg:Person", "kg:Organization", "kg:Product", "kg:Place", "kg:CreativeWork", "kg:Event",
)  # fmt: skip
# A longer run without a break is no prose: a menu, a table, a list of links.
_LONGEST = 160
_SHORTEST_ASIDE = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Names in a list; ``split`` is the number of members before its 與/和, 0 if it has none."""

    members: tuple[Mention, ...]
    split: int = 0

    @property
    def span(self) -> Span:
        """From the first member's start to the last one's end."""
        return Span(self.members[0].span.start, self.members[-1].span.end)


@dataclass(frozen=True, slots=True)
class Unit:
    """One position of a clause: ``text`` is its character, or a mark for what it stands for."""

    text: str
    span: Span
    group: Group | None = None
    time: TimeMention | None = None
    quantity: QuantityMention | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is a character, and stands for no name, time or quantity."""
        return self.group is None and self.time is None and self.quantity is None


@dataclass(frozen=True)
class Clause:
    """A run of units between breaks; ``text`` has one character a unit.

    What stands in brackets is a clause ``aside`` of its own, after those of its sentence;
    ``about`` is the name right before the brackets.
    """

    units: tuple[Unit, ...]
    span: Span
    sentence: int
    aside: bool = False
    about: Group | None = None

    @cached_property
    def text(self) -> str:
        """The units' characters."""
        return "".join(unit.text for unit in self.units)

    def groups(self) -> Iterator[tuple[int, Group]]:
        """The names with their positions."""
        for index, unit in enumerate(self.units):
            if unit.group is not None:
                yield index, unit.group


class ClauseReader:
    """Cuts one annotated document into clauses."""

    def __init__(self, annotated: AnnotatedDocument, lexicon: Lexicon, ontology: Ontology) -> None:
        self.annotated, self.lexicon, self.ontology = annotated, lexicon, ontology
        self.items = _items(annotated)
        self.starts = [item[0].start for item in self.items]
        self.separators = lexicon.words("lex:Conjunction")
        self.introducing = tuple(lexicon.words("lex:Introducing"))
        self.crediting = tuple(lexicon.words("lex:Crediting"))
        self.as_noun = tuple(lexicon.words("lex:TakesNoun"))
        self.passives = lexicon.words("lex:PassiveMark")

    def clauses(self) -> Iterator[Clause]:
        """The clauses of all sentences, in text order."""
        for number, sentence in enumerate(self.annotated.sentences):
            brackets = self._brackets(sentence)
            units = self._join_lists(list(self._units(sentence, brackets)))
            yield from self._cut(units, number)
            for start, end in brackets.items():
                yield from self._asides(Span(start + 1, end - 1), number, _before(units, start))

    def _brackets(self, sentence: Span) -> dict[int, int]:
        """Where the brackets of the sentence begin, and where they end."""
        found = _BRACKETS.finditer(self.annotated.document.text, sentence.start, sentence.end)
        return {match.start(): match.end() for match in found}

    def _asides(self, inner: Span, sentence: int, about: Group | None) -> Iterator[Clause]:
        """The clauses in brackets; a name alone is only another name of what stands before."""
        if inner.end - inner.start >= _SHORTEST_ASIDE:
            units = self._join_lists(list(self._units(inner, {})))
            for clause in self._cut(units, sentence):
                yield replace(clause, aside=True, about=about)

    def _units(self, sentence: Span, skipped: Mapping[int, int]) -> Iterator[Unit]:
        position = sentence.start
        at = bisect_left(self.starts, sentence.start)
        while position < sentence.end:
            while at < len(self.items) and self.starts[at] < position:
                at += 1
            item = self.items[at] if at < len(self.items) else None
            if item and item[0].start == position:
                yield _unit_of(item)
                position = item[0].end
            elif position in skipped:
                position = skipped[position]
            else:
                char = self.annotated.simplified[position]
                if char not in _SKIPPED:
                    yield Unit(char, Span(position, position + 1))
                position += 1

    def _cut(self, units: list[Unit], sentence: int) -> Iterator[Clause]:
        run: list[Unit] = []
        for unit, following in zip_longest([*units, None], units[1:]):
            if unit is not None and unit.text not in _BREAKS:
                run.append(unit)
            elif unit is not None and self._introduces(run, unit, following):
                continue
            elif len(run) > _LONGEST:
                run = []
            elif run:
                yield Clause(tuple(run), Span(run[0].span.start, run[-1].span.end), sentence)
                run = []

    def _introduces(self, run: list[Unit], mark: Unit, following: Unit | None) -> bool:
        """A 批評，B …: the mark stands between the verb and what it is about, a clause of B.

        So does the colon of credits (《B》作者：A). In 受到 A 批評，B … B is somebody else.
        """
        if mark.text not in _INTRODUCING or following is None or following.group is None:
            return False
        text = "".join(unit.text for unit in run)
        if mark.text in _COLONS and text.endswith(self.crediting):
            return True
        verb = next((verb for verb in self.introducing if text.endswith(verb)), None)
        if verb is None:
            return False
        said = text.removesuffix(verb)
        return not said.endswith(self.as_noun) and not any(mark in said for mark in self.passives)

    def _join_lists(self, units: list[Unit]) -> list[Unit]:
        joined: list[Unit] = []
        index = 0
        while index < len(units):
            unit = units[index]
            index += 1
            while unit.group and (step := self._list_step(units, index, unit.group)):
                unit, index = self._extend(unit, units, index, step), index + step
            joined.append(unit)
        return joined

    def _list_step(self, units: list[Unit], index: int, group: Group) -> int:
        """How many units the separator and the next name take; 0 where no list goes on."""
        for length in (3, 2, 1, 0):
            following = units[index + length] if index + length < len(units) else None
            if following is None or following.group is None:
                continue
            separator = "".join(unit.text for unit in units[index : index + length])
            listed = separator in self.separators if length else self._side_by_side(units, index)
            if listed and self._alike(group.members[-1], following.group.members[0]):
                return length + 1
        return 0

    def _side_by_side(self, units: list[Unit], index: int) -> bool:
        """Whether title marks alone stand between two names, or nothing between states: 英美."""
        left, right = units[index - 1].group, units[index].group
        between = self.annotated.document.text[units[index - 1].span.end : units[index].span.start]
        if left and right and not between:
            return all(self._is_short(one) for one in (left.members[-1], right.members[0]))
        return set(between.strip()) <= set("》《”“」「 ") and len(between) > 1

    def _is_short(self, mention: Mention) -> bool:
        return len(mention.surface) == 1 and self.ontology.is_a(mention.cls, PLACE)

    def _alike(self, left: Mention, right: Mention) -> bool:
        ancestors = self.ontology.ancestors
        return bool(ancestors(left.cls) & ancestors(right.cls) & set(_TOP))

    def _extend(self, unit: Unit, units: list[Unit], index: int, step: int) -> Unit:
        following = units[index + step - 1]
        continued = following.group
        if unit.group is None or continued is None:
            return unit
        separator = "".join(u.text for u in units[index : index + step - 1])
        split = len(unit.group.members) if separator in _PAIRING else unit.group.split
        group = Group(unit.group.members + continued.members, split)
        return Unit(MENTION, Span(unit.span.start, following.span.end), group)


def _before(units: list[Unit], position: int) -> Group | None:
    """The name that ends right before *position*."""
    unit = next((unit for unit in units if unit.span.end == position), None)
    return unit.group if unit else None


Item = tuple[Span, Mention | TimeMention | QuantityMention]


def _items(annotated: AnnotatedDocument) -> list[Item]:
    """Names, times and quantities without overlap; a name goes first."""
    taken = bytearray(len(annotated.document.text))
    chosen: list[Item] = []
    for source in (annotated.mentions, annotated.times, annotated.quantities):
        for item in source:
            if not any(taken[item.span.start : item.span.end]):
                taken[item.span.start : item.span.end] = b"\1" * (item.span.end - item.span.start)
                chosen.append((item.span, item))
    return sorted(chosen, key=lambda pair: pair[0])


def _unit_of(item: Item) -> Unit:
    span, record = item
    if isinstance(record, Mention):
        return Unit(MENTION, span, group=Group((record,)))
    if isinstance(record, TimeMention):
        return Unit(TIME, span, time=record)
    return Unit(QUANTITY, span, quantity=record)
