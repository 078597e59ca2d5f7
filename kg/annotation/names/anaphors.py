"""Pronouns and definite nouns that stand for a name: 該公司, 集團, 他, 其."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotation.names.view import TextView
from kg.lexicon import AGENT, ORGANIZATION
from kg.model import ANAPHOR, BOTH_ANAPHOR, SPEAKER_ANAPHOR, TOPIC_ANAPHOR, Mention

_NO_PRONOUN = "其"  # 其他
_OPENERS = "，。！？；：、\n「『“（ ,;:!?("


def find_anaphors(view: TextView) -> Iterator[Mention]:
    """Anaphors of the lexicon; bare nouns (集團, 公司) only where a clause begins with them."""
    for form, cls in sorted(view.lexicon.anaphors.items()):
        for start in view.occurrences(form):
            if _refers(view, start, start + len(form)):
                yield view.mention(start, start + len(form), cls, 0.6, ANAPHOR)
    rules = (
        (TOPIC_ANAPHOR, dict.fromkeys(view.lexicon.words("lex:AnaphorTopic"), AGENT)),
        (SPEAKER_ANAPHOR, dict.fromkeys(view.lexicon.words("lex:AnaphorSpeaker"), ORGANIZATION)),
        (BOTH_ANAPHOR, view.lexicon.both),
    )
    for rule, words in rules:
        for form, cls in sorted(words.items()):
            for start in view.occurrences(form):
                if view.is_boundary(start) and view.is_boundary(start + len(form)):
                    yield view.mention(start, start + len(form), cls, 0.6, rule)


def _refers(view: TextView, start: int, end: int) -> bool:
    if view.simplified[start] in "该本这":
        return True
    index = view.word_index(start)
    word = view.words[index]
    if word.start != start or word.end != end:
        return False
    if end - start == 1:
        return start == 0 or view.simplified[start - 1] not in _NO_PRONOUN
    opens = start == 0 or view.text[start - 1] in _OPENERS
    if not opens or index + 1 >= len(view.words):
        return False
    following = view.words[index + 1]
    plans = any(following.text in cues for cues in view.lexicon.cues.values())
    owned = (view.lexicon.words(words) for words in ("lex:FirmOffice", "lex:OfFirm"))
    return plans or following.tag[0] in "vdpt" or any(following.text in words for words in owned)
