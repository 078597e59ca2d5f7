"""Places in no list: words that the tagger holds for places and that a suffix or 在 supports."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotation.names.view import TextView
from kg.lexicon import PLACE
from kg.model import Mention

_TOWARD = ("在", "于", "赴", "抵", "往", "位于", "抵达", "前往", "到", "来自", "访", "驻")


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
