"""Which words tell events in public sets, how surely, and whether the lexicon has them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.script import simplify
from kg.training.events import EventMeaning, EventText

_RUN = re.compile(r"[\u4e00-\u9fff]+")
_LENGTHS = (2, 3, 4)
_FEWEST, _PUREST, _MOST = 3, 0.5, 12


@dataclass(frozen=True, slots=True)
class TriggerCount:
    """A word that tells events of some classes.

    ``told``: how often it is a trigger of them, of all times that it ``occurs`` in the same texts;
    ``among``: how many of the texts that are labelled with types alone and have the word are
    labelled with one of these classes, of ``texts`` that have it. ``known``: the lexicon has it
    for one of them.
    """

    classes: tuple[str, ...]
    word: str
    told: int
    occurs: int
    among: int
    texts: int
    known: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """A string of the texts of a type that no known word explains: in so many of them.

    ``among`` of all ``texts`` that have the string are of the type.
    """

    type: str
    string: str
    unexplained: int
    among: int
    texts: int


def count_triggers(
    texts: Sequence[EventText], typed: Iterable[EventText], meaning: EventMeaning, lexicon: Lexicon
) -> list[TriggerCount]:
    """The trigger words of *texts* by classes, the most frequent first.

    *typed* are further texts, with types alone.
    """
    told = Counter((classes, word) for classes, word, _ in _triggers(texts, meaning))
    others = [(simplify(text.text), text.types) for text in typed]
    known = _known(lexicon)
    found = []
    for (classes, word), count in told.items():
        having = [types for text, types in others if word in text]
        found.append(
            TriggerCount(
                classes,
                word,
                count,
                sum(simplify(text.text).count(word) for text in texts),
                sum(_is_of(types, classes, meaning) for types in having),
                len(having),
                not known[word].isdisjoint(classes),
            )
        )
    return sorted(found, key=lambda one: (one.classes, -one.told, one.word))


def telling_strings(
    typed: Iterable[EventText], meaning: EventMeaning, lexicon: Lexicon
) -> Iterator[Telling]:
    """For each type what is telling of its texts without a known word, the most frequent first.

    Of strings that hold one another only the most frequent is given.
    """
    texts = [(text, simplify(text.text), _strings(simplify(text.text))) for text in typed]
    everywhere = Counter(string for _, _, strings in texts for string in strings)
    known = _known(lexicon)
    for type_ in sorted({t for text, _, _ in texts for t in text.types if meaning.classes(t)}):
        own = [(plain, strings) for text, plain, strings in texts if type_ in text.types]
        words = [word for word, classes in known.items() if classes & set(meaning.told_by(type_))]
        bare = Counter(
            s for plain, strings in own if not any(w in plain for w in words) for s in strings
        )
        among = Counter(string for _, strings in own for string in strings)
        found = (
            Telling(type_, string, count, among[string], everywhere[string])
            for string, count in bare.items()
            if count >= _FEWEST and among[string] >= _PUREST * everywhere[string]
        )
        yield from _apart(sorted(found, key=lambda one: (-one.unexplained, one.string)))


def _triggers(
    texts: Iterable[EventText], meaning: EventMeaning
) -> set[tuple[tuple[str, ...], str, tuple[str, int]]]:
    """Classes, word and place of the triggers; one place counts once for its classes."""
    return {
        (classes, simplify(event.trigger.of(text.text)).strip(), (text.text, event.trigger.start))
        for text in texts
        for event in text.events
        if (classes := meaning.classes(event.type))
    }


def _known(lexicon: Lexicon) -> Mapping[str, set[str]]:
    """The event classes of each word."""
    known: dict[str, set[str]] = defaultdict(set)
    for entry in lexicon.entries:
        for word in entry.words:
            known[word].update(entry.events)
    return known


def _is_of(types: Iterable[str], classes: tuple[str, ...], meaning: EventMeaning) -> bool:
    return any(not set(classes).isdisjoint(meaning.classes(type_)) for type_ in types)


def _strings(text: str) -> frozenset[str]:
    """The runs of a few Chinese characters in *text*."""
    return frozenset(
        run[0][start : start + length]
        for run in _RUN.finditer(text)
        for length in _LENGTHS
        for start in range(len(run[0]) - length + 1)
    )


def _apart(found: Iterable[Telling]) -> list[Telling]:
    kept: list[Telling] = []
    for one in found:
        if not any(one.string in other.string or other.string in one.string for other in kept):
            kept.append(one)
        if len(kept) == _MOST:
            break
    return kept
