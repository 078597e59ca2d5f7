"""Nouns that say what part somebody plays here: 校方, 被告, 政府."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.annotation.names.view import TextView
from kg.lexicon import PERSON, WORK
from kg.model import ROLE, Mention

# What stands before one of these describes it (地方政府, 三名被告, 日本的政府).
_MODIFIERS = "nmqrabhjksuxz"
_POINTING = "该本"
_EACH = ("各", "众", "首", "次", "其他", "另", "诸")


def find_roles(view: TextView, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Roles of the lexicon that stand by themselves: no part of a longer phrase, no mere title."""
    names = list(mentions)
    edges = {m.span.start for m in names}, {m.span.end for m in names}
    for form, role in sorted(view.lexicon.roles.items()):
        places = view.occurrences(form)
        if view.ontology.is_a(role.cls, PERSON) and any(_is_counted(view, at) for at in places):
            continue  # 三名被告: nobody can tell which of them is meant
        for start in places:
            end = start + len(form)
            touches = end in edges[0] or (start in edges[1] and not _points(form))
            touches = touches or (role.cls != WORK and _is_in_phrase(view, form, start))
            stands = _is_writing if role.cls == WORK else _is_whole
            if not touches and stands(view, start, end):
                yield view.mention(start, end, role.cls, 0.8, ROLE)


def _is_in_phrase(view: TextView, form: str, start: int) -> bool:
    """Whether the role is part of what the lexicon has as one word (告上法庭)."""
    longer = view.lexicon.phrases.get(form, ())
    return any(
        view.simplified.startswith(word, at)
        for word in longer
        if (at := start - word.index(form)) >= 0
    )


def _points(form: str) -> bool:
    return form[0] in _POINTING


def _is_whole(view: TextView, start: int, end: int) -> bool:
    if not (view.is_boundary(start) and view.is_boundary(end)):
        return False
    return _points(view.simplified[start:end]) or not (
        _is_described(view, start) or _describes(view, end)
    )


def _is_writing(view: TextView, start: int, end: int) -> bool:
    """Whether it stands alone, is one of a number (一份聲明) or follows who gives it out.

    The tagger runs it into the verb before it (發布公告), and takes 指 after it for a noun.
    """
    before = view.words[view.word_index(start - 1)] if start else None
    after = view.words[view.word_index(end)] if end < len(view.text) else None
    said = after is not None and after.text in view.lexicon.speech
    given = (
        before is not None
        and before.end == end
        and view.simplified[before.start : start] in (view.lexicon.words("lex:GivingOut"))
    )
    begins = given or (
        view.is_boundary(start)
        and (before is None or before.tag[0] in "mq" or not _is_described(view, start))
    )
    return begins and view.is_boundary(end) and (said or not _describes(view, end))


def _is_described(view: TextView, start: int) -> bool:
    if start == 0 or not view.text[start - 1].isalnum():
        return False
    return view.words[view.word_index(start - 1)].tag[0] in _MODIFIERS


def _is_counted(view: TextView, start: int) -> bool:
    word = view.words[view.word_index(start - 1)] if start else None
    return word is not None and (word.tag[0] in "mq" or word.text in _EACH)


def _describes(view: TextView, end: int) -> bool:
    """Whether a noun follows (政府部門), but for the title of one who acts for it (政府發言人)."""
    index = view.word_index(end)
    if index >= len(view.words) or view.words[index].start != end:
        return False
    word = view.words[index]
    return word.tag[0] == "n" and word.text not in view.lexicon.words("lex:Title")
