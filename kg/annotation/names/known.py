"""Names of known entities: every alias of ``ontology/entities.ttl``, in either script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.annotation.names.choose import LEAST
from kg.annotation.names.view import TextView
from kg.lexicon import PLACE
from kg.model import Mention, Span
from kg.ontology import KnownEntity
from kg.script import simplify


def known_names(entities: Iterable[KnownEntity]) -> dict[str, KnownEntity]:
    """Simplified, case-folded name → entity; the first entity keeps a name that two have."""
    table: dict[str, KnownEntity] = {}
    for entity in entities:
        for name in (*entity.names(), *entity.hidden):
            table.setdefault(fold(simplify(name)), entity)
    return table


def fold(text: str) -> str:
    """Lower case of the same length (a few characters have a longer lower case: kept)."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


@dataclass(frozen=True, slots=True)
class KnownMatch:
    """Characters that are a known name."""

    start: int
    end: int
    entity: KnownEntity


def find_known(
    view: TextView, matches: Iterable[KnownMatch], others: Iterable[Mention] = ()
) -> Iterator[Mention]:
    """The matches that are names here: Latin ones stand alone, short ones end where words end.

    *others* is what another reader finds: there letters of another case do no harm, and where it
    is sure, a short name is one whatever the segmenter says, or a hidden one of a place.
    """
    named = {other.span: other for other in others}
    for match in matches:
        other = named.get(Span(match.start, match.end))
        if _is_place(view, other) if _is_hidden(view, match) else _is_name(view, match, other):
            yield view.mention(
                match.start, match.end, match.entity.cls, 0.9, "known", match.entity.iri
            )


def _is_place(view: TextView, other: Mention | None) -> bool:
    return other is not None and other.score > LEAST and view.ontology.is_a(other.cls, PLACE)


def _is_hidden(view: TextView, match: KnownMatch) -> bool:
    return match.end - match.start == 1 and any(
        simplify(name) == view.simplified[match.start] for name in match.entity.hidden
    )


def _is_name(view: TextView, match: KnownMatch, other: Mention | None) -> bool:
    surface = view.text[match.start : match.end]
    if surface.isascii() and surface not in match.entity.names() and other is None:
        return False  # WHO is a name, who is not
    is_sure = other is not None and other.score > LEAST
    whole = is_sure or _is_word(view, match.start, match.end)
    return whole and _stands_alone(view, match.start, match.end)


def _stands_alone(view: TextView, start: int, end: int) -> bool:
    return not (_glued(view.text, start - 1, start) or _glued(view.text, end - 1, end))


def _glued(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return False
    both = text[left] + text[right]
    return both.isascii() and both.isalnum()


def _is_word(view: TextView, start: int, end: int) -> bool:
    """A name of two characters must not be cut out of a longer word (三星 in 三星堆).

    But the segmenter runs it into the preposition before it (對谷歌). Of a longer one either end
    may be hidden by the segmenter's mistakes (騰訊雲|則).
    """
    if end - start > 2:
        return view.is_boundary(start) or view.is_boundary(end)
    if view.is_boundary(start) and view.is_boundary(end):
        return True
    word = view.words[view.word_index(start)]
    if (word.start, word.end) == (start - 1, end):
        return word.text[0] in view.lexicon.words("lex:Preposition")
    return end - start == 2 and word.tag in ("x", "nt", "nz", "ns", "j") and word.start == start
