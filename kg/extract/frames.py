"""Matching a frame's pattern against a clause, outwards from the word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.extract.clauses import MENTION, QUANTITY, Clause, Group
from kg.extract.phrases import AT_POST
from kg.lexicon import Element, Pattern
from kg.script import simplify

MAX_GAP = 26
GAPS = ("gap", "noun-gap")
EDGES = ("begin", "end")
_PASSIVE, _PARTING, _OF = "被", "与", "的"

# Whether a group may fill a slot: the members that fit, or none.
Fits = Callable[[str, Group], Group | None]


@dataclass(frozen=True, slots=True)
class Binding:
    """What a match has bound: groups by slot with their position (None: carried over).

    ``leftmost`` is the first position taken, ``gaps`` the number of characters passed over,
    ``crossed`` the names among them.
    """

    groups: tuple[tuple[str, Group, int | None], ...] = ()
    leftmost: int = 0
    gaps: int = 0
    crossed: int = 0
    carried: bool = False

    def bind(self, slot: str, group: Group, at: int | None) -> Binding:
        """This binding with one more slot."""
        leftmost = self.leftmost if at is None else min(at, self.leftmost)
        return replace(self, groups=(*self.groups, (slot, group, at)), leftmost=leftmost)

    def passed(self, characters: int, names: int) -> Binding:
        """This binding after a gap of so many characters, with so many names among them."""
        return replace(self, gaps=self.gaps + characters, crossed=self.crossed + names)


@dataclass(frozen=True)
class Matcher:
    """Matches patterns in one clause; ``carried`` is the subject that the clause may leave out.

    ``governors`` maps a name's position to the preposition before it and where that begins;
    ``after`` is where the word ends once its left side is matched; ``inherited`` fills the last
    slot before a word that stands in a row (校長甲、副校長乙). ``describing`` maps a name that only
    says whose officer a person is to that person, ``rows`` a person to all of the same list;
    ``aside`` are names that can be no subject (到 A 後);
    ``passives`` are the marks of one to whom the word is done; ``source`` finds what an entry
    implies (:attr:`kg.lexicon.Entry.implied`), and ``implied`` is what was found; ``titles``
    are offices in a row (創辦人、主席).
    """

    clause: Clause
    fits: Fits
    governors: Mapping[int, tuple[int, str]]
    carried: Group | None = None
    may_carry: Callable[[int], bool] = lambda position: False
    inherited: Group | None = None
    describing: Mapping[int, int] = field(default_factory=dict)
    rows: Mapping[int, Group] = field(default_factory=dict)
    aside: frozenset[int] = frozenset()
    passives: frozenset[str] = frozenset()
    source: Callable[[tuple[str, ...]], Group | None] = lambda names: None
    implied: Group | None = None
    titles: tuple[str, ...] = ()
    is_place: Callable[[Group], bool] = lambda group: False
    after: int = 0
    is_word: Callable[[int, int], bool] = lambda start, end: True
    is_nominal: Callable[[int, int], bool] = lambda start, end: True
    distinct: Callable[[Group, Group], Group | None] = lambda bound, group: group

    def match(self, pattern: Pattern, start: int, end: int) -> Binding | None:
        """Match around the word at units ``[start, end)``; None where the frame does not fit."""
        matcher = self._for(pattern)
        left = matcher._follow(pattern.left, 0, start - 1, -1, Binding(leftmost=start))
        if left is None or self._is_suffered(pattern, start, left):
            return None
        if left.carried and self._is_noun(pattern, start):
            return None  # a noun leaves no subject out
        return replace(matcher, after=end)._follow(pattern.right, 0, end, 1, left)

    def passing(self, names: Iterable[int]) -> Matcher:
        """It, but passing over the names at these units, as if a preposition governed them."""
        passed = {at: (at, "") for at in names}
        return replace(self, governors=passed | dict(self.governors))

    def _for(self, pattern: Pattern) -> Matcher:
        """Where 與 may part the two sides, a row of persons is not taken for one of them."""
        parting = any(_PARTING in element.choices for element in (*pattern.left, *pattern.right))
        return replace(self, rows={}) if parting and self.rows else self

    def _is_noun(self, pattern: Pattern, start: int) -> bool:
        """Whether the word stands after 的 that the pattern does not ask for."""
        asked = any(_OF in element.choices for element in pattern.left)
        return self.clause.text[start - 1 : start] == _OF and not asked

    def _is_suffered(self, pattern: Pattern, start: int, left: Binding) -> bool:
        """Whether the subject is the one to whom the word is done (A 被…批評).

        A pattern that asks for the mark itself knows about it.
        """
        if any(_PASSIVE in element.choices for element in pattern.left):
            return False
        low = max(
            (at + 1 for slot, _, at in left.groups if slot == "A" and at is not None), default=0
        )
        return any(
            text_at < start and self.is_word(text_at, text_at + len(mark))
            for mark in self.passives
            for text_at in [self.clause.text.rfind(mark, low, start)]
            if text_at >= 0 and self.is_nominal(text_at + len(mark), start)
        )

    def _follow(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        if k == len(elements):
            return bound
        if elements[k].kind == "implied":
            return self._imply(elements, k, at, step, bound)
        if elements[k].kind in EDGES:
            stands = at == (-1 if elements[k].kind == "begin" else len(self.clause.units))
            return self._follow(elements, k + 1, at, step, bound) if stands else None
        if elements[k].kind in GAPS:
            return self._after_gap(elements, k + 1, at, step, bound)
        return self._here(elements, k, at, step, bound)

    def _imply(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        """Fill the slot with what the entry implies, which stands outside the clause."""
        fitting = self.fits(elements[k].text, self.implied) if self.implied else None
        for _, other, _ in bound.groups:
            fitting = self.distinct(other, fitting) if fitting else None
        if fitting is None:
            return None
        return self._follow(elements, k + 1, at, step, bound.bind(elements[k].text, fitting, None))

    def _after_gap(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        text, start = self.clause.text, at
        nominal = elements[k - 1].kind == "noun-gap"
        if nominal and step < 0 and self.inherited and k == len(elements) - 1:
            return self._inherit(elements[k].text, bound)
        while 0 <= at < len(text) and abs(at - start) <= MAX_GAP:
            low, high = min(at, start) + (step < 0), max(at, start) + (step < 0)
            if nominal and not self._is_noun_phrase(low, high):
                return None
            found = self._here(elements, k, at, step, self._passed(bound, low, high))
            if found is not None:
                return found
            if self._blocks(elements, k, at, at == start) and not self._in_bound_row(at, bound):
                return None
            at += step
        return None if nominal else self._carry(elements, k, at, step, bound)

    def _passed(self, bound: Binding, low: int, high: int) -> Binding:
        """A name in a phrase of its own (在 A, A 總統) fills no slot: it is not passed over."""
        names, aside = 0, -1
        for at in range(low, high):
            if self.clause.text[at] == MENTION:
                own = self.is_oblique(at) or at in self.describing or at == aside + 1
                aside = at if own else aside
                names += not own
        return bound.passed(high - low, names)

    def _inherit(self, slot: str, bound: Binding) -> Binding | None:
        fitting = self.fits(slot, self.inherited) if self.inherited else None
        return bound.bind(slot, fitting, None) if fitting else None

    def _is_noun_phrase(self, low: int, high: int) -> bool:
        """No name stands there but those of a list of persons or what describes one; no verb."""
        text, bare = self.clause.text[low:high], low
        of_persons = [at for at in range(low, high) if at in self.describing or at in self.rows]
        listed = not of_persons and any(
            char == "、" and not self.clause.text.endswith(self.titles, 0, low + at)
            for at, char in enumerate(text)
        )
        if listed or any(self._is_name(at) for at in range(low, high)):
            return False
        for at in [*of_persons, high]:
            if not self.is_nominal(bare, at):
                return False
            bare = at + 1
        return True

    def _is_name(self, at: int) -> bool:
        of_person = at in self.describing or at in self.rows
        return self.clause.text[at] == MENTION and not of_person

    def _in_bound_row(self, at: int, bound: Binding) -> bool:
        """Whether the name is of a list that is bound already (被 A、甲黨 B 批評)."""
        row = self.rows.get(at)
        return row is not None and any(group.span == row.span for _, group, _ in bound.groups)

    def _blocks(self, elements: tuple[Element, ...], k: int, at: int, beside: bool) -> bool:
        """A plain name that would fit the slot but does not match ends the search.

        On the way to a literal any plain name does, but for one right *beside* the name that was
        bound before: it is part of the same phrase (獲 美國 X基金會 投資).
        """
        group, slot = self.clause.units[at].group, elements[k]
        if group is None or self.is_oblique(at) or at in self.describing:
            return False
        if self._is_wider(at, 1):
            return False
        if slot.kind in ("literal", "quantity"):
            return not beside
        return self.fits(slot.text[0], group) is not None

    def _here(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        element = elements[k]
        if not 0 <= at < len(self.clause.units):
            return self._carry(elements, k, at, step, bound) if k == 0 else None
        if element.kind == "literal":
            return self._literal(elements, k, at, step, bound)
        unit = self.clause.units[at]
        if element.kind == "quantity":
            return self._next(elements, k, at, step, bound) if unit.text == QUANTITY else None
        if unit.group is None or self._is_wider(at, step):
            return None
        if self._governed_elsewhere(elements, k, at, step):
            return None
        return self._slot(elements, k, at, step, bound, unit.group)

    def _is_wider(self, at: int, step: int) -> bool:
        """Whether the name is a place that the next one lies in (在 南洲國 石橋市)."""
        here, following = (
            self.clause.units[n].group if n < len(self.clause.units) else None for n in (at, at + 1)
        )
        if step < 0 or here is None or following is None:
            return False
        return self.is_place(here) and self.is_place(following)

    def _slot(
        self,
        elements: tuple[Element, ...],
        k: int,
        at: int,
        step: int,
        bound: Binding,
        group: Group,
    ) -> Binding | None:
        if elements[k].kind == "pair":
            return self._pair(elements, k, at, step, bound, group)
        slot, behind_gap = elements[k].text, k > 0 and elements[k - 1].kind in GAPS
        if behind_gap and step > 0 and self._only_describes(slot, at):
            return None
        fitting = self.fits(slot, self.rows.get(at, group))
        for _, other, _ in bound.groups:
            fitting = self.distinct(other, fitting) if fitting else None
        if fitting is None:
            return None
        return self._next(elements, k, at, step, bound.bind(slot, fitting, at))

    def _only_describes(self, slot: str, at: int) -> bool:
        """Whether the person after the name at *at* is the one who fits the slot."""
        person = self.clause.units[self.describing[at]].group if at in self.describing else None
        return person is not None and self.fits(slot, person) is not None

    def _pair(
        self,
        elements: tuple[Element, ...],
        k: int,
        at: int,
        step: int,
        bound: Binding,
        group: Group,
    ) -> Binding | None:
        left, right = self.fits("A", group), self.fits("B", group)
        if left is None or right is None or len(group.members) < 2:
            return None
        return self._next(elements, k, at, step, bound.bind("A+B", group, at))

    def _literal(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        text = self.clause.text
        if text[at] == MENTION and self._is_named(elements[k].choices, at):
            return self._next(elements, k, at, step, bound)
        for choice in elements[k].choices:
            stands = text[: at + 1].endswith(choice) if step < 0 else text.startswith(choice, at)
            if stands and self._is_own_word(at, len(choice), step):
                beyond = at + step * (len(choice) - 1)
                found = self._next(elements, k, beyond, step, bound)
                if found is not None:
                    return found
        return None

    def _is_named(self, choices: tuple[str, ...], at: int) -> bool:
        """Whether the unit is a noun that names somebody or something here (聲明)."""
        group = self.clause.units[at].group
        role = group.members[0] if group is not None and len(group.members) == 1 else None
        return role is not None and role.is_role and simplify(role.surface) in choices

    def _is_own_word(self, at: int, length: int, step: int) -> bool:
        """Whether the literal is a word here and no part of one (與 in 參與)."""
        first = at if step > 0 else at - length + 1
        return self.is_word(first, first + length)

    def _next(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        return self._follow(elements, k + 1, at + step, step, bound)

    def _carry(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        """Take the carried subject for a last slot that the clause leaves out on its left."""
        if step > 0 or at >= 0 or k != len(elements) - 1 or elements[k].kind != "slot":
            return None
        slot = elements[k].text
        fitting = self.fits(slot, self.carried) if self.carried else None
        if fitting is None or not self.may_carry(bound.leftmost):
            return None
        return replace(bound.bind(slot, fitting, None), carried=True)

    def _governed_elsewhere(
        self, elements: tuple[Element, ...], k: int, at: int, step: int
    ) -> bool:
        """A name after a preposition fills a slot only where the frame has that preposition.

        One that touches the word, or the 被 or 駐 of the frame (藉 A 被 B 制裁), fills it anyway.
        """
        touches_word = k == 0  # the frame has no gap there: A V 的 B, B 子公司 A 持有的 C
        inner = elements[k - 1] if step < 0 and k > 0 else None
        in_phrase = inner is not None and (
            inner.kind in ("noun-gap", "slot") or AT_POST in inner.choices
        )
        fills_anyway = touches_word or in_phrase or self._touches_passive(elements, k, at, step)
        if fills_anyway or not self.is_oblique(at):
            return False
        if at not in self.governors:
            return True
        outer = _past_gap(elements, k + 1) if step < 0 else _past_gap(elements, k - 1, -1)
        return outer is None or self.governors[at][1] not in outer.choices

    def _touches_passive(self, elements: tuple[Element, ...], k: int, at: int, step: int) -> bool:
        inner = _past_gap(elements, k - 1, -1) if step < 0 else None
        if inner is None or "被" not in inner.choices:
            return False
        return any(self.clause.text.startswith(word, at + 1) for word in inner.choices)

    def is_oblique(self, at: int) -> bool:
        """Whether a preposition, not the matched word itself, governs the name at *at*."""
        governor = self.governors.get(at)
        if at in self.aside and not self.after:
            return True
        return governor is not None and (at < self.after or governor[0] >= self.after)


def _past_gap(elements: tuple[Element, ...], k: int, step: int = 1) -> Element | None:
    """The element at *k*, or the one beyond it if that is a gap."""
    if 0 <= k < len(elements) and elements[k].kind in GAPS:
        k += step
    return elements[k] if 0 <= k < len(elements) else None
