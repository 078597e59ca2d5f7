"""Places in no list: what the tagger holds for a place, or what follows the name of a region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotation.names.view import TextView
from kg.lexicon import COUNTRY, PLACE
from kg.model import Mention, Span

_TOWARD = ("在", "于", "赴", "抵", "往", "位于", "抵达", "前往", "到", "来自", "访", "驻")
_NOUNS = frozenset("nxgjsa")


def find_places(view: TextView) -> Iterator[Mention]:
    """Place names by tag, with the suffix's class (市, 省, 區 …) or after a word of place."""
    for word in view.words:
        if word.tag != "ns" or len(word.text) < 2:
            continue
        suffix = view.lexicon.suffixes.get(word.text[-1])
        if (
            suffix
            and not suffix.after_known
            and len(word.text) > 2
            and view.ontology.is_a(suffix.cls, PLACE)
        ):
            yield view.mention(word.start, word.end, suffix.cls, 0.75, "place")
        elif view.before(word.start, 2).endswith(_TOWARD):
            yield view.mention(word.start, word.end, PLACE, 0.55, "place")


def find_towns(view: TextView, places: Iterable[Mention]) -> Iterator[Mention]:
    """The town named right after its region: 華盛頓州卡馬斯市, 加州山景城."""
    ends = view.lexicon.words("lex:Town")
    for place in places:
        low = place.span.end
        if view.ontology.is_a(place.cls, COUNTRY):
            continue
        for high in range(low + 3, min(low + 7, len(view.simplified) + 1)):
            if view.simplified[high - 1] in ends and _is_town(view, Span(low, high)):
                yield view.mention(low, high, view.lexicon.suffixes["市"].cls, 0.75, "town")
                break


def _is_town(view: TextView, span: Span) -> bool:
    """Whether the words are nouns, the last of them no common one (城市)."""
    words = view.index.within(span)
    last = view.words[view.word_index(span.end - 1)]
    named = last.start == span.end - 1 or last.tag != "n"
    whole = view.is_boundary(span.start) and view.is_boundary(span.end)
    nouns = all(word.text.isalpha() and word.tag[0] in _NOUNS for word in words)
    return whole and named and nouns
