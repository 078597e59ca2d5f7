"""Short names that are found beside the full ones: 行管會 of 行政管理委員會, 立法會 of 香港立法會.

A short name is the full one's only if no other name of the text could be shortened to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product, takewhile

from kg.annotation.names.aliases import same
from kg.annotation.names.view import TextView
from kg.lexicon import COMPANY, COUNTRY, ORGANIZATION, PERSON, PLACE
from kg.model import Judgement, Mention
from kg.script import match_key

_DOT = re.compile(r"[·•．‧・]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST = 5  # characters of an abbreviation
_END = 3  # its last one is one of the last three of the full name
_PLACE = 2  # characters of a place that a known name of one character (港) may be of
_TRADE = 2  # characters of a trade before the legal form
_CROWD = 50  # so many names are a list: which of them is meant nobody can tell


def find_abbreviations(
    view: TextView, mentions: Iterable[Mention], owned: frozenset[str]
) -> Iterator[Judgement]:
    """That a short name and a full name are one; *owned* as in :func:`find_names`."""
    names = _Names(view, mentions)
    for short, full in [*_by_form(names, owned), *_by_characters(names, owned)]:
        reason = f"{short.surface} is short for {full.surface}"
        yield same(short, full, 0.8, reason)


class _Names:
    """The first mention of each name, by its Simplified form."""

    def __init__(self, view: TextView, mentions: Iterable[Mention]) -> None:
        self.view, self.first = view, dict[str, Mention]()
        for mention in mentions:
            if mention.is_name:
                form = view.simplified[mention.span.start : mention.span.end]
                self.first.setdefault(form, mention)
        self.ordered = sorted(self.first)

    def sorted_from(self, start: str) -> Iterator[str]:
        """The names from *start* on, in the order of their characters."""
        first = bisect_left(self.ordered, start)
        return map(self.ordered.__getitem__, range(first, len(self.ordered)))

    def starts_of_words(self, full: str) -> list[int]:
        """Where the words of the name begin in it."""
        span = self.first[full].span
        return [word.start - span.start for word in self.view.index.within(span)]

    def end_of_place(self, full: str) -> int:
        """Where the words of places end that the name begins with."""
        words = self.view.index.within(self.first[full].span)
        return sum(len(word.text) for word in takewhile(lambda word: word.tag == "ns", words))

    def is_a(self, form: str, cls: str) -> bool:
        """Whether the name is of this class."""
        return self.view.ontology.is_a(self.first[form].cls, cls)

    def only(self, forms: Iterable[str]) -> Mention | None:
        """The mention of the one thing that *forms* name; None if they are none or several."""
        found = [self.first[form] for form in forms]
        return found[0] if len({m.known or match_key(m.surface) for m in found}) == 1 else None


def _by_form(names: _Names, owned: frozenset[str]) -> Iterator[tuple[Mention, Mention]]:
    """Short names that are a piece of the full one."""
    fulls: dict[str, set[str]] = defaultdict(set)
    for full in names.first:
        for short in _pieces(names, full, owned):
            fulls[short].add(full)
    for short, several in sorted(fulls.items()):
        only = names.only(sorted(several))
        if only and not _names_others(names, short, several):
            yield names.first[short], only


def _names_others(names: _Names, short: str, several: set[str]) -> bool:
    """Whether the full names begin with the short one, and others do too: 格林電器."""
    if not all(full.startswith(short) for full in several):
        return False
    longer = takewhile(lambda name: name.startswith(short), names.sorted_from(short))
    return any(name != short and name not in several for name in longer)


def _pieces(names: _Names, full: str, owned: frozenset[str]) -> Iterator[str]:
    """The pieces of *full* that are names of the text and can stand for it."""
    if names.is_a(full, PERSON):
        yield from _of_person(names, full)
    elif names.is_a(full, ORGANIZATION):
        yield from _of_body(names, full, owned)
    elif names.is_a(full, PLACE):
        short = full[:2] if len(full) > 1 else ""
        yield from (char for char in short if char in names.first and names.is_a(char, COUNTRY))


def _of_person(names: _Names, full: str) -> Iterator[str]:
    """A part of a foreign name; the surname or the given name of a Chinese or Japanese one.

    The first two of four characters or more are a surname (林鄭 of 林鄭月娥), the last two of three
    a given name.
    """
    surnames = names.view.lexicon.words("lex:Surname")
    parts = [*_DOT.split(full), *full.split(" ")]
    if _HAN.fullmatch(full):
        double = len(full) > 3 or full[:2] in surnames
        parts.append(full[:2] if double else full[1:])
    for part in parts:
        fits = part.isalpha() and 1 < len(part) < len(full)
        if fits and part in names.first and names.is_a(part, PERSON):
            yield part


def _of_body(names: _Names, full: str, owned: frozenset[str]) -> Iterator[str]:
    """The end of a body's name, if that is told first or begins with another name.

    Of a firm's name what its legal form leaves, with or without the place that it begins with.
    """
    for cut in range(1, len(full) - 1):
        head, tail = full[:cut], full[cut:]
        if tail in names.first and names.is_a(tail, ORGANIZATION):
            named = head.lower() in owned or head in names.first
            if (named and len(tail) > 2) or _is_told_again(names, full, tail):
                yield tail
    if names.is_a(full, COMPANY):
        place = names.end_of_place(full)
        for start, cut in product({0, place}, range(place + 2, len(full) - 1)):
            stem = full[start:cut]
            firm = stem in names.first and names.is_a(stem, COMPANY)
            if firm and _is_form(names, full[cut:]):
                yield stem


def _is_told_again(names: _Names, full: str, tail: str) -> bool:
    """Whether the text has the full name first, and its end by itself only later.

    A noun for a kind of bodies (學會) may be any other one.
    """
    lexicon = names.view.lexicon
    is_kind = tail in lexicon.suffixes or tail in lexicon.words("lex:Generic")
    whole = len(tail) > len(full) - 2  # one character before it is a mistake, no name
    return names.first[full].span < names.first[tail].span and not (whole or is_kind)


def _is_form(names: _Names, tail: str) -> bool:
    """Whether *tail* is a legal form, after a word of the trade if need be (技術有限公司)."""
    forms = names.view.lexicon.words("lex:Formal")
    return any(tail.endswith(form) and len(tail) <= len(form) + _TRADE for form in forms)


def _by_characters(names: _Names, owned: frozenset[str]) -> Iterator[tuple[Mention, Mention]]:
    """Abbreviations made of the first characters of the full name's words."""
    holding: dict[str, set[str]] = defaultdict(set)
    for form in names.first:
        if names.is_a(form, ORGANIZATION) and _HAN.fullmatch(form):
            for char in form:
                holding[char].add(form)
    for short in sorted(names.first):
        fits = 2 <= len(short) <= _LONGEST and names.first[short].known is None
        fits = fits and names.is_a(short, ORGANIZATION) and all(char in holding for char in short)
        if fits and (full := _full_name(names, short, holding, owned)):
            yield names.first[short], full


def _full_name(
    names: _Names, short: str, holding: Mapping[str, set[str]], owned: frozenset[str]
) -> Mention | None:
    several = set.intersection(*(holding[char] for char in short))
    longer = [full for full in several if len(full) >= len(short) + 2]
    if len(longer) > _CROWD:
        return None
    of_place = short[0] in owned
    return names.only(full for full in sorted(longer) if _shortens(names, short, full, of_place))


def _shortens(names: _Names, short: str, full: str, of_place: bool) -> bool:
    """Whether *short* takes characters of *full* in order, each the first of its word.

    The first one may be any of the place that comes first if it is a name *of_place* (港 of 香港),
    the last one any of the last three. A place may be kept whole (香港民研 of 香港民意研究所).
    """
    if short in full:
        return False
    starts = names.starts_of_words(full)
    place = names.end_of_place(full)
    whole = bool(place) and short.startswith(full[:place])
    first = max(place, _PLACE) if of_place else 1
    at = place - 1 if whole else _first(full, short[0], first, starts)
    for char in short[place if whole else 1 : -1]:
        at = next((i for i in starts if i > at >= 0 and full[i] == char), -1)
    return at >= 0 and short[-1] in full[max(at + 1, len(full) - _END) :]


def _first(full: str, char: str, place: int, starts: Iterable[int]) -> int:
    """Where *char* is in the first *place*, or begins a word: those before it are left out."""
    in_place = full.find(char, 0, place)
    return in_place if in_place >= 0 else next((i for i in starts if full[i] == char), -1)
