"""Occasions: what is held or attended, by the noun phrase that says what it is.

The name of a conference, a ceremony or an election is often no name in form (舉行第三屆海岳漁業
論壇頒獎典禮): its left end is the verb, its right end a noun such as 典禮.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from kg.annotation.names.view import TextView
from kg.lexicon import EVENT, ORGANIZATION
from kg.model import Mention
from kg.words import Word

_NOMINAL = frozenset("nmtbjlisqxeg")
_PROPER = frozenset(("nr", "ns", "nt", "nz", "nrt", "eng"))
_SHORTEST, _DESCRIPTIVE, _LONGEST = 3, 7, 26
_AND = "暨"
_ASPECTS, _DATES = ("了", "过"), ("月", "日", "号")
_JOINS = frozenset((_AND, "-", "–", "·"))


def find_occasions(view: TextView, names: Iterable[Mention]) -> Iterator[Mention]:
    """What stands after 舉行, 出席 and so on up to 典禮, 論壇, 選舉, if it tells one from others.

    An organization of *names* at its beginning is who holds it, and stays a name of its own.
    """
    verbs = view.lexicon.words("lex:HoldingVerb")
    holders = {m.span.start: m.span.end for m in names if view.ontology.is_a(m.cls, ORGANIZATION)}
    for index, word in enumerate(view.words):
        if word.text in verbs:
            phrase = list(_phrase(view, index + 1, verbs))
            yield from _named(view, phrase, holders)


def _phrase(view: TextView, first: int, verbs: frozenset[str]) -> Iterator[Word]:
    """The words from *first* that can be one noun phrase, without what counts it.

    A verb that is one of *verbs* (主持召開) is none of it.
    """
    rest = view.words[first : first + _LONGEST]
    counters = tuple(view.lexicon.words("lex:Counter"))
    while len(rest) > 1 and (skipped := _leading(rest[0], rest[1], counters)):
        rest = rest[skipped:]
    return takewhile(lambda w: (_belongs(w) or w.tag[0] == "v") and w.text not in verbs, rest)


def _leading(word: Word, following: Word, counters: tuple[str, ...]) -> int:
    """How many words only count or date what follows: 了, 一場, 一 場, 12 月, 昨日."""
    if word.tag == "m" and word.text.endswith(counters):
        return 1
    counted = word.tag == "m" and (following.tag in ("q", "zg") or following.text in _DATES)
    dated = word.tag == "t" and not word.text[0].isdecimal()
    return 2 if counted else int(dated or word.text in _ASPECTS or word.text in _DATES)


def _belongs(word: Word) -> bool:
    return (word.text[0].isalnum() and word.tag[0] in _NOMINAL) or word.text in _JOINS


def _until_last(phrase: list[Word], ends: tuple[str, ...]) -> list[Word]:
    """The words up to the first of *ends*, or a later one if no verb leads there (論壇頒獎典禮)."""
    last, joined = -1, False
    for at, word in enumerate(phrase):
        joined = joined or (last >= 0 and word.text == _AND)
        if last >= 0 and not joined and word.tag == "v":
            break
        if word.text.endswith(ends):
            last = at
    return phrase[: last + 1]


def _named(view: TextView, phrase: list[Word], holders: dict[int, int]) -> Iterator[Mention]:
    ends = tuple(view.lexicon.words("lex:Occasion"))
    words = _until_last(phrase, ends)
    if words and words[0].start in holders:
        words = [word for word in words if word.start >= holders[words[0].start]]
    if words and _tells_apart(view, words, ends):
        yield view.mention(words[0].start, words[-1].end, EVENT, 0.75, "occasion")


def _tells_apart(view: TextView, words: list[Word], ends: tuple[str, ...]) -> bool:
    """Whether the words say which occasion it is: a name, a number or a long description."""
    generic = view.lexicon.words("lex:Generic")
    noun = max((end for end in ends if words[-1].text.endswith(end)), key=len)
    stem = words[-1].end - len(noun) - words[0].start
    if not _SHORTEST <= stem <= _LONGEST:
        return False
    said = [word for word in words[:-1] if word.text not in generic]
    proper = any(w.tag in _PROPER or any(c.isdecimal() for c in w.text) for w in said)
    return bool(said) and (proper or stem >= _DESCRIPTIVE)
