"""Capitals that stand for their states (北京批評華府, not 北京下雪), and whose a ministry is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from kg.annotation.names.view import TextView
from kg.iri import entity_name
from kg.lexicon import COUNTRY, HEAD
from kg.model import Mention, Span
from kg.words import Word

_BETWEEN = "dt"  # adverbs and times may stand before the verb
_MOST = 3
_ENDS = frozenset("。！？\n")


def as_states(view: TextView, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions; a capital is its state's government where it acts or is addressed."""
    for mention in mentions:
        state = _state_of(view, mention)
        if state and (_acts(view, mention) or _is_addressed(view, mention)):
            mention = replace(mention, cls=COUNTRY, known=state)
        yield mention


def foreign_ministries(view: TextView, mentions: Iterable[Mention]) -> set[Span]:
    """Where a known ministry's bare name is rather another state's.

    Its head comes after that state's name, in one sentence: 美國國務卿甲和商務部長乙. A ministry
    that answers to another state (面對美國制裁，商務部表示) has no head there.
    """
    found, state = set(), None
    for mention in sorted(mentions, key=lambda m: m.span):
        if view.ontology.is_a(mention.cls, COUNTRY):
            state = mention
        name = view.simplified[mention.span.start : mention.span.end]
        headed = view.simplified.startswith(HEAD, mention.span.end)
        if state is None or not headed or name not in view.lexicon.words("lex:Ministry"):
            continue
        between = view.text[state.span.end : mention.span.start]
        own = entity_name(mention.known or "") or ""
        if not own.startswith(entity_name(state.known or "") or own) and not _ENDS & set(between):
            found.add(mention.span)
    return found


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
