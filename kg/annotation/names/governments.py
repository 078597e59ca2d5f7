"""Capitals that stand for their states: 北京 in 北京批評華府, but not in 北京下雪."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from kg.annotation.names.view import TextView
from kg.lexicon import COUNTRY
from kg.model import Mention
from kg.words import Word

_BETWEEN = "dt"  # adverbs and times may stand before the verb
_MOST = 3


def as_states(view: TextView, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions; a capital is its state's government where it acts or is addressed."""
    for mention in mentions:
        state = _state_of(view, mention)
        if state and (_acts(view, mention) or _is_addressed(view, mention)):
            mention = replace(mention, cls=COUNTRY, known=state)
        yield mention


def is_state(view: TextView, mention: Mention) -> bool:
    """Whether it is a capital that stands for its state here."""
    return mention.known is not None and mention.known == _state_of(view, mention)


def _state_of(view: TextView, mention: Mention) -> str | None:
    return view.lexicon.capitals.get(view.simplified[mention.span.start : mention.span.end])


def _acts(view: TextView, mention: Mention) -> bool:
    """Whether it opens a clause, and a verb of what states do follows."""
    start, end = mention.span.start, mention.span.end
    if start and view.text[start - 1].isalnum() and not _says_before(view, start):
        return False
    acts = view.lexicon.words("lex:StateAct")
    return any(
        view.simplified.startswith(act, word.start)
        for word in _verbs_after(view, end)
        for act in acts
    )


def _verbs_after(view: TextView, end: int) -> Iterator[Word]:
    """The word at *end* and, behind adverbs and times, the next ones."""
    for word in islice(view.words, view.word_index(end), view.word_index(end) + _MOST):
        yield word
        if word.tag[0] not in _BETWEEN:
            return


def _says_before(view: TextView, start: int) -> bool:
    """Whether a verb of saying stands right before, whose clause it opens."""
    return any(view.before(start, n) in view.lexicon.speech for n in (1, 2, 3))


def _is_addressed(view: TextView, mention: Mention) -> bool:
    """Whether what is said to states or of them stands right before it (敦促北京)."""
    words = view.lexicon.words("lex:StateAddressed")
    if not any(view.before(mention.span.start, n) in words for n in (1, 2, 3)):
        return False
    index = view.word_index(mention.span.end)
    following = view.words[index] if index < len(view.words) else None
    return following is None or following.tag[0] != "n"
