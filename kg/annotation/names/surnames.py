"""A person's surname by itself, or before a title, after his full name: 陳指, 陳議員."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.annotation.names.aliases import Link, same
from kg.annotation.names.view import TextView
from kg.lexicon import PERSON
from kg.model import ANAPHOR, Mention

_DAY = re.compile(r"(?<=..)(?:周[一二三四五六日]|星期[一二三四五六日]|[今昨][日天早晚]|早前|日前)$")
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_FOLLOWING = "dvp"
_LONGEST_TITLE = 6
_NO_NAME = "dpcruvfmty"  # 曾, 向, 何 are adverbs, prepositions, pronouns first


def find_surnames(view: TextView, mentions: Iterable[Mention]) -> Iterator[Link]:
    """Surnames that only one person of the text has, each after his full name.

    They open a clause (陳又指), or a title follows (陳議員).
    """
    named = list(mentions)
    taken = {start for mention in named for start in range(mention.span.start, mention.span.end)}
    for surname, person in sorted(_bearers(view, named).items()):
        for start in view.occurrences(surname):
            if start < person.span.end or start in taken:
                continue
            if end := _end_of(view, start, start + len(surname), person):
                mention = view.mention(start, end, PERSON, 0.7, ANAPHOR)
                yield (
                    mention,
                    same(mention, person, 0.75, f"the only {surname} is {person.surface}"),
                )


def without_glued(view: TextView, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """*mentions* but for a surname with the adverb or verb after it (陳亦, 陳指 beside 陳大文).

    Persons without the day that follows their name (巴爾周一).
    """
    found = [_without_day(view, mention) for mention in mentions]
    persons = {m.id: m.span.of(view.simplified) for m in found if view.ontology.is_a(m.cls, PERSON)}
    surnames = {name[0] for name in persons.values() if len(name) > 2 and _HAN.fullmatch(name)}
    going_on = view.lexicon.words("lex:Adding") | view.lexicon.speech
    for mention in found:
        name = persons.get(mention.id, "")
        if len(name) != 2 or name[0] not in surnames or name[1] not in going_on:
            yield mention


def _without_day(view: TextView, mention: Mention) -> Mention:
    day = _DAY.search(mention.span.of(view.simplified))
    if day is None or not view.ontology.is_a(mention.cls, PERSON):
        return mention
    start, end = mention.span.start, mention.span.start + day.start()
    return view.mention(start, end, mention.cls, mention.score, mention.extractor)


def _bearers(view: TextView, mentions: Iterable[Mention]) -> dict[str, Mention]:
    """The first mention of the one person of each surname."""
    found: dict[str, dict[str, Mention]] = defaultdict(dict)
    for mention in mentions:
        name = view.simplified[mention.span.start : mention.span.end]
        if view.ontology.is_a(mention.cls, PERSON) and _HAN.fullmatch(name):
            found[_surname(view, name)].setdefault(name, mention)
    return {
        surname: min(people.values(), key=lambda m: m.span)
        for surname, people in found.items()
        if surname and _is_one(people)
    }


def _is_one(people: Iterable[str]) -> bool:
    """Whether the names are one, whole and shortened (林鄭月娥, 林鄭)."""
    longest = max(people, key=len)
    return all(longest.startswith(name) for name in people)


def _surname(view: TextView, name: str) -> str:
    surnames = view.lexicon.words("lex:Surname")
    return next((name[:n] for n in (2, 1) if name[:n] in surnames and len(name) > n), "")


def _end_of(view: TextView, start: int, end: int, person: Mention) -> int | None:
    """Where the surname or its title ends, if it stands for a person here."""
    word = view.words[view.word_index(start)]
    if word.start != start or end == len(view.text):
        return None
    named = word.tag[0] not in _NO_NAME or view.simplified[end : word.end] in view.lexicon.speech
    if titled := _end_of_title(view, end, person):
        return titled
    goes_on = _says(view, end) or (word.end == end and _goes_on(view, end))
    return end if named and goes_on and _opens(view, start) else None


def _opens(view: TextView, start: int) -> bool:
    return start == 0 or not (view.text[start - 1].isalnum() or view.text[start - 1] in "、《")


def _goes_on(view: TextView, end: int) -> bool:
    return view.words[view.word_index(end)].tag[0] in _FOLLOWING


def _says(view: TextView, end: int) -> bool:
    """Whether a verb of saying follows, which the tagger may have run into the name (陳亦|指)."""
    said = end + (view.simplified[end] in view.lexicon.words("lex:Adding"))
    return any(
        view.after(said, length) in view.lexicon.speech and view.is_boundary(said + length)
        for length in (1, 2, 3)
    )


def _end_of_title(view: TextView, end: int, person: Mention) -> int | None:
    """The end of a title for anybody (女士), or of the person's own beside his full name.

    His own may be cut to its end (官 of 法官).
    """
    titles = view.lexicon.words("lex:Title") | view.lexicon.words("lex:TitleEnd")
    for length in range(_LONGEST_TITLE, 0, -1):
        title = view.after(end, length)
        if view.lexicon.kinds.get(title) == PERSON and view.is_boundary(end + length):
            return end + length
        own = view.simplified.endswith(title, 0, person.span.start)
        own = own or view.simplified.startswith(title, person.span.end)
        if own and title in titles:
            return end + length
    return None
