"""A person by the office that the text gave him: 這名議員, 總裁; the ministry in 外交部長."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.annotation.names.aliases import Link, same
from kg.annotation.names.view import TextView
from kg.lexicon import GOVERNMENT, HEAD, PERSON
from kg.model import ANAPHOR, Mention, Span

_LONGEST_TITLE = 8
_REACH = 200  # characters back to the one whom 這名議員 points at
_FOLLOWING = "dvp"

Holders = Mapping[str, list[Mention]]


def find_officers(view: TextView, mentions: Iterable[Mention]) -> Iterator[Link]:
    """Titles that stand for the only holder named: in the text, or lately where they point.

    By itself a title must open a clause and be no title that many have at once (議員).
    """
    named = list(mentions)
    starts = {mention.span.start for mention in named}
    for title, holders in sorted(_holders(view, named).items()):
        for end in (at + len(title) for at in view.occurrences(title)):
            found = None if end in starts else _meant(view, end - len(title), end, holders)
            if found is not None:
                start, holder = found
                mention = view.mention(start, end, PERSON, 0.7, ANAPHOR)
                reason = f"the only {title} is {holder.surface}"
                yield mention, same(mention, holder, 0.75, reason)


def find_ministries(view: TextView, offices: Iterable[Span]) -> Iterator[Mention]:
    """The ministry in its head's office, which a tagger has for one word (外交部長)."""
    ministries = view.lexicon.words("lex:Ministry")
    for office in offices:
        name = view.simplified[office.start : office.end - len(HEAD)]
        if view.simplified.endswith(HEAD, 0, office.end) and name in ministries:
            yield view.mention(office.start, office.end - len(HEAD), GOVERNMENT, 0.75, "office")


def _holders(view: TextView, mentions: Iterable[Mention]) -> Holders:
    """The persons beside whose names each title stands, in text order.

    One title stands for all persons of a list (議員甲和乙).
    """
    titles, joining = view.lexicon.words("lex:Title"), view.lexicon.words("lex:Conjunction")
    found: dict[str, list[Mention]] = defaultdict(list)
    end, listed = 0, frozenset[str]()
    for mention in sorted(mentions, key=lambda m: m.span):
        if mention.is_name and view.ontology.is_a(mention.cls, PERSON):
            before = {view.before(mention.span.start, n) for n in range(2, _LONGEST_TITLE)}
            after = {view.after(mention.span.end, n) for n in range(2, _LONGEST_TITLE)}
            joined = view.simplified[end : mention.span.start] in joining
            listed = titles & before or (listed if joined else frozenset())
            for title in sorted(listed | titles & after):
                found[title].append(mention)
            end = mention.span.end
    return found


def _meant(
    view: TextView, start: int, end: int, holders: list[Mention]
) -> tuple[int, Mention] | None:
    """Where the words begin that stand for a holder, and his name; None if nobody is meant."""
    if not view.is_boundary(end):
        return None
    pointing = _pointing(view, start)
    if pointing:
        near = [h for h in holders if start - _REACH < h.span.end <= start]
        only = _only(view, near)
        return (start - pointing, only) if only else None
    only = _only(view, holders)
    if only is None or only.span.end > start or not _stands_alone(view, start, end):
        return None
    return start, only


def _pointing(view: TextView, position: int) -> int:
    """How many characters right before *position* point: 這名, 該."""
    words = view.lexicon.words("lex:PointingPerson")
    return next((n for n in (2, 1) if view.before(position, n) in words), 0)


def _only(view: TextView, holders: list[Mention]) -> Mention | None:
    """The first of *holders*, if all have one name."""
    names = {view.simplified[h.span.start : h.span.end] for h in holders}
    return holders[0] if len(names) == 1 else None


def _stands_alone(view: TextView, start: int, end: int) -> bool:
    """Whether the title opens a clause, a predicate follows, and one person alone can have it."""
    title = view.simplified[start:end]
    lists = ("lex:SharedTitle", "lex:CommonTitle", "lex:Byline")
    shared = frozenset[str]().union(*(view.lexicon.words(words) for words in lists))
    opens = start == 0 or not (view.text[start - 1].isalnum() or view.text[start - 1] in "、《")
    if title in shared or not opens or not view.is_boundary(start) or end == len(view.text):
        return False
    says = any(view.after(end, n) in view.lexicon.speech for n in (1, 2, 3))
    return says or view.words[view.word_index(end)].tag[0] in _FOLLOWING
