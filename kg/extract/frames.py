"""Matching a frame's pattern against a clause, outwards from the word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kg.extract.clauses import MENTION, QUANTITY, Clause, Group
from kg.lexicon import Element, Pattern

MAX_GAP = 26
GAPS = ("gap", "noun-gap")
_SUBJECT = (Element("gap", "…"), Element("slot", "A"))

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

    def passed(self, text: str) -> Binding:
        """This binding after a gap of these characters."""
        names = text.count(MENTION)
        return replace(self, gaps=self.gaps + len(text), crossed=self.crossed + names)


@dataclass(frozen=True)
class Matcher:
    """Matches patterns in one clause; ``carried`` is the subject that the clause may leave out.

    ``governors`` maps a name's position to the preposition before it and where that begins;
    ``after`` is where the word ends once its left side is matched.
    """

    clause: Clause
    fits: Fits
    governors: Mapping[int, tuple[int, str]]
    carried: Group | None = None
    may_carry: Callable[[int], bool] = lambda position: False
    after: int = 0
    is_word: Callable[[int, int], bool] = lambda start, end: True
    is_nominal: Callable[[int, int], bool] = lambda start, end: True
    distinct: Callable[[Group, Group], Group | None] = lambda bound, group: group

    def match(self, pattern: Pattern, start: int, end: int) -> Binding | None:
        """Match around the word at units ``[start, end)``; None where the frame does not fit."""
        left = self._follow(pattern.left, 0, start - 1, -1, Binding(leftmost=start))
        if left is None:
            return None
        return replace(self, after=end)._follow(pattern.right, 0, end, 1, left)

    def agent_of(self, start: int) -> Binding | None:
        """The subject of a word that needs no object."""
        return self._follow(_SUBJECT, 0, start - 1, -1, Binding(leftmost=start))

    def _follow(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        if k == len(elements):
            return bound
        if elements[k].kind in GAPS:
            return self._after_gap(elements, k + 1, at, step, bound)
        return self._here(elements, k, at, step, bound)

    def _after_gap(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        text, start = self.clause.text, at
        nominal = elements[k - 1].kind == "noun-gap"
        while 0 <= at < len(text) and abs(at - start) <= MAX_GAP:
            low, high = min(at, start) + (step < 0), max(at, start) + (step < 0)
            if nominal and not self._is_noun_phrase(low, high):
                return None
            found = self._here(elements, k, at, step, bound.passed(text[low:high]))
            if found is not None:
                return found
            if self._blocks(elements, k, at, at == start):
                return None
            at += step
        return None if nominal else self._carry(elements, k, at, step, bound)

    def _is_noun_phrase(self, low: int, high: int) -> bool:
        text = self.clause.text[low:high]
        return MENTION not in text and "、" not in text and self.is_nominal(low, high)

    def _blocks(self, elements: tuple[Element, ...], k: int, at: int, beside: bool) -> bool:
        """A plain name that would fit the slot but does not match ends the search.

        On the way to a literal any plain name does, but for one right *beside* the name that was
        bound before: it is part of the same phrase (獲 美國 X基金會 投資).
        """
        group, slot = self.clause.units[at].group, elements[k]
        if group is None or self.is_oblique(at):
            return False
        if slot.kind in ("literal", "quantity"):
            return not beside
        return self.fits(slot.text[0], group) is not None

    def _here(
        self, elements: tuple[Element, ...], k: int, at: int, step: int, bound: Binding
    ) -> Binding | None:
        element = elements[k]
        if not 0 <= at < len(self.clause.units):
            return None
        if element.kind == "literal":
            return self._literal(elements, k, at, step, bound)
        unit = self.clause.units[at]
        if element.kind == "quantity":
            return self._next(elements, k, at, step, bound) if unit.text == QUANTITY else None
        if unit.group is None or self._governed_elsewhere(elements, k, at, step):
            return None
        return self._slot(elements, k, at, step, bound, unit.group)

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
        slot = elements[k].text
        fitting = self.fits(slot, group)
        for _, other, _ in bound.groups:
            fitting = self.distinct(other, fitting) if fitting else None
        if fitting is None:
            return None
        return self._next(elements, k, at, step, bound.bind(slot, fitting, at))

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
        for choice in elements[k].choices:
            stands = text[: at + 1].endswith(choice) if step < 0 else text.startswith(choice, at)
            if stands and self._is_own_word(at, len(choice), step):
                beyond = at + step * (len(choice) - 1)
                found = self._next(elements, k, beyond, step, bound)
                if found is not None:
                    return found
        return None

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

        A name that touches the word, or the 被 of the frame (藉 A 被 B 制裁), fills it anyway.
        """
        touches_word = step < 0 and k == 0  # the frame has no gap there: A V 的 B
        in_phrase = k > 0 and elements[k - 1].kind == "noun-gap"
        fills_anyway = touches_word or in_phrase or self._touches_passive(elements, k, at, step)
        if fills_anyway or not self.is_oblique(at):
            return False
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
        return governor is not None and (at < self.after or governor[0] >= self.after)


def _past_gap(elements: tuple[Element, ...], k: int, step: int = 1) -> Element | None:
    """The element at *k*, or the one beyond it if that is a gap."""
    if 0 <= k < len(elements) and elements[k].kind in GAPS:
        k += step
    return elements[k] if 0 <= k < len(elements) else None
