"""Short names that are found beside the full ones: 行管會 of 行政管理委員會, 立法會 of 香港立法會.

A short name is the full one's only if no other name of the text could be shortened to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from kg.annotation.names.aliases import same
from kg.annotation.names.view import TextView
from kg.lexicon import COMPANY, COUNTRY, ORGANIZATION, PERSON, PLACE
from kg.model import Judgement, Mention, Span
from kg.script import match_key

_DOT = re.compile(r"[·•．‧・]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST = 5  # characters of an abbreviation
_END = 3  # its last one is one of the last three of the full name
_TRADE = 2  # characters of a trade before the legal form
_CROWD = 50  # so many names are a list: which of them is meant nobody can tell


def find_abbreviations(
    view: TextView, mentions: Iterable[Mention], owned: frozenset[str]
) -> Iterator[Judgement]:
    """That a short name and a full name are one; *owned* as in :func:`find_names`."""
    names = _Names(view, mentions)
    for short, full in [*_by_form(names, owned), *_by_characters(names)]:
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
    """A part of a foreign name; the double surname of a Chinese one (林鄭 of 林鄭月娥)."""
    surnames = names.view.lexicon.words("lex:Surname")
    double = len(full) == 4 and {full[0], full[1]} <= surnames
    parts = [*_DOT.split(full), full.rpartition(" ")[2]]
    if _HAN.fullmatch(full) and (double or (len(full) == 3 and full[:2] in surnames)):
        parts.append(full[:2])
    for part in parts:
        fits = part.isalpha() and 1 < len(part) < len(full)
        if fits and part in names.first and names.is_a(part, PERSON):
            yield part


def _of_body(names: _Names, full: str, owned: frozenset[str]) -> Iterator[str]:
    """The end of a name that begins with another name; a firm's name without its legal form."""
    for cut in range(1, len(full) - 1):
        head, tail = full[:cut], full[cut:]
        named = head.lower() in owned or head in names.first
        if named and len(tail) > 2 and tail in names.first and names.is_a(tail, ORGANIZATION):
            yield tail
        firm = cut > 1 and head in names.first and names.is_a(head, COMPANY)
        if firm and _is_form(names, tail):
            yield head


def _is_form(names: _Names, tail: str) -> bool:
    """Whether *tail* is a legal form, after a word of the trade if need be (技術有限公司)."""
    forms = names.view.lexicon.words("lex:Formal")
    return any(tail.endswith(form) and len(tail) <= len(form) + _TRADE for form in forms)


def _by_characters(names: _Names) -> Iterator[tuple[Mention, Mention]]:
    """Abbreviations made of the first characters of the full name's words."""
    holding: dict[str, set[str]] = defaultdict(set)
    for form in names.first:
        if names.is_a(form, ORGANIZATION) and _HAN.fullmatch(form):
            for char in form:
                holding[char].add(form)
    for short in sorted(names.first):
        fits = 2 <= len(short) <= _LONGEST and names.first[short].known is None
        fits = fits and names.is_a(short, ORGANIZATION) and all(char in holding for char in short)
        if fits and (full := _full_name(names, short, holding)):
            yield names.first[short], full


def _full_name(names: _Names, short: str, holding: Mapping[str, set[str]]) -> Mention | None:
    several = set.intersection(*(holding[char] for char in short))
    longer = [full for full in several if len(full) >= len(short) + 2]
    if len(longer) > _CROWD:
        return None
    return names.only(full for full in sorted(longer) if _shortens(names, short, full))


def _shortens(names: _Names, short: str, full: str) -> bool:
    """Whether *short* takes characters of *full* in order, each the first of its word.

    The first one may be any of a place that comes first (港 of 香港), the last one any of the last
    three.
    """
    if short in full:
        return False
    start = names.first[full].span.start
    words = names.view.index.within(Span(start, start + len(full)))
    first_word = words[0].end - start if words and words[0].tag == "ns" else 1
    heads = {word.start - start for word in words} | set(range(len(full) - _END, len(full)))
    at = -1
    for k, char in enumerate(short):
        allowed = range(first_word) if k == 0 else range(at + 1, len(full))
        found = (i for i in allowed if full[i] == char and (k == 0 or i in heads))
        at = next(found, -1) if k < len(short) - 1 else max(found, default=-1)
        if at < 0:
            at = _later_word(full, char, heads) if k == 0 else -1
        if at < 0:
            return False
    return at >= len(full) - _END


def _later_word(full: str, char: str, heads: Iterable[int]) -> int:
    """The first word of *full* that begins with *char*: what stands before it is left out."""
    return next((i for i in sorted(heads) if full[i] == char), -1)
