"""Names that only their place in the sentence gives away: X旗下, X（Foreign name）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.annotation.names.kinds import kind_before
from kg.annotation.names.view import TextView
from kg.lexicon import COMPANY, ORGANIZATION, PERSON, PRODUCT
from kg.model import Mention
from kg.words import Word

_OWNERS = re.compile("旗下|麾下")
_STOCK = re.compile(
    r"\s?[（(](?:股票代[码号]|[A-Z]{2,6}[:：]|\d{5,6}(?:\.[A-Z]{2})?[)）]|\d{4}\.(?:HK|TW)|0\d{3,4}[)）])"
)
_GLOSS = re.compile(r"[（(]\s*[A-Z][A-Za-z]{2,}")
_OPEN_TAGS = ("n", "nr", "nz", "x", "nt", "j", "nrt")
_OWN_TAGS = ("nr", "nz", "x", "nrt", "j")
_BODY_ENDS = "会局署党联司院盟办团委社"
_PROPER = ("nr", "nz", "x", "nt", "j", "nrt")


def find_owners(view: TextView) -> Iterator[Mention]:
    """The word or two before 旗下: an owner, so a company if nothing else is known."""
    for match in _OWNERS.finditer(view.simplified):
        words = _nouns_before(view, match.start(), 2)
        if words and not _is_common(view, words[0]):
            start = words[0].start
            if 2 <= match.start() - start <= 6:
                yield view.mention(start, match.start(), COMPANY, 0.8, "owner")


def find_officers_firms(view: TextView) -> Iterator[Mention]:
    """The words before a firm's office (X董事長) or a stock code (X（600000.SH））: a company."""
    for word in view.words:
        if word.text in view.lexicon.words("lex:FirmOffice"):
            yield from _firm_before(view, _start_of_office(view, word), 0.65)
    for match in _STOCK.finditer(view.simplified):
        yield from _firm_before(view, match.start(), 0.85)


def _start_of_office(view: TextView, word: Word) -> int:
    """Where the longest office begins that ends with *word* (聯合|創始人)."""
    titles = view.lexicon.words("lex:Title")
    longer = (n for n in range(4, 0, -1) if view.before(word.start, n) + word.text in titles)
    return word.start - next(longer, 0)


def _firm_before(view: TextView, position: int, score: float) -> Iterator[Mention]:
    words = _after_description(view, _nouns_before(view, position, 3))
    if words and 2 <= position - words[0].start <= 8:
        yield view.mention(words[0].start, position, COMPANY, score, "officer")


def find_local_firms(view: TextView, places: Iterable[Mention]) -> Iterator[Mention]:
    """A city's or a region's name with a word of its own, told twice: 寧波富達."""
    for place in places:
        index = view.word_index(place.span.end)
        word = view.words[index] if index < len(view.words) else None
        if word is None or word.start != place.span.end or word.tag not in _OWN_TAGS:
            continue
        fits = len(word.text) in (2, 3) and not _is_common(view, word)
        fits = fits and word.text not in view.lexicon.words("lex:NameVerb")
        if fits and view.count(view.simplified[place.span.start : word.end]) > 1:
            yield view.mention(place.span.start, word.end, COMPANY, 0.6, "local")


def find_glossed(view: TextView) -> Iterator[Mention]:
    """The compound before a bracket with a foreign name, if a part of it is a name already."""
    for match in _GLOSS.finditer(view.text):
        words = _after_description(view, _nouns_before(view, match.start(), 3))
        if words and any(word.tag in _PROPER for word in words):
            start, end = words[0].start, match.start()
            persons = all(word.tag in ("nr", "nrt") for word in words)
            cls = kind_before(view, start) or (PERSON if persons else PRODUCT)
            yield view.mention(start, end, cls, 0.6, "glossed")


def gloss_names(view: TextView, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Those of *mentions* that a bracket with a foreign name follows: a second witness of each."""
    for mention in mentions:
        if _GLOSS.match(view.text, mention.span.end):
            yield replace(mention, score=0.6, extractor="glossed")


def find_tagged_bodies(view: TextView) -> Iterator[Mention]:
    """Words that the tagger's dictionary has as organizations: 工聯會, 國務院."""
    speech = view.lexicon.speech
    for word in view.words:
        body = word.tag in ("nt", "j") and len(word.text) >= 3 and word.text[-1] in _BODY_ENDS
        bare = word.text in view.lexicon.suffixes or word.text.endswith("公司")
        if not body or bare or _is_common(view, word):
            continue
        spoken = any(view.after(word.end, n) in speech for n in (1, 2))
        if word.tag == "nt" or spoken or view.count(word.text) > 1:
            suffix = view.lexicon.suffixes.get(word.text[-2:])
            suffix = suffix or view.lexicon.suffixes.get(word.text[-1])
            yield view.mention(
                word.start, word.end, suffix.cls if suffix else ORGANIZATION, 0.65, "tagged"
            )


def find_apposed(view: TextView) -> Iterator[Mention]:
    """A word that looks like a name right after the noun for its kind: 軟件開發公司易佰匹."""
    for kind, named in zip(view.words, view.words[1:], strict=False):
        cls = view.lexicon.kinds.get(kind.text)
        fresh = named.tag in ("nr", "x", "nrt") and 2 <= len(named.text) <= 5
        fresh = fresh and named.text[0].isalpha() and not named.text.isascii()
        if fresh and cls in (COMPANY, PRODUCT) and not _is_common(view, named):
            suffixed = _with_suffix(view, named, cls)
            yield view.mention(named.start, suffixed, cls, 0.7, "apposed")


def _with_suffix(view: TextView, named: Word, cls: str) -> int:
    """Where the name ends: with the suffix of its class after it (主力銀行 瑞穗 銀行)."""
    following = view.word_index(named.end)
    word = view.words[following] if following < len(view.words) else named
    suffix = view.lexicon.suffixes.get(word.text)
    return word.end if suffix and suffix.cls == cls else named.end


def _nouns_before(view: TextView, position: int, most: int) -> list[Word]:
    index = view.word_index(position - 1)
    run: list[Word] = []
    while index >= 0 and len(run) < most and _can_name(view.words[index]):
        run.insert(0, view.words[index])
        index -= 1
    return run


def _after_description(view: TextView, words: list[Word]) -> list[Word]:
    """The words after the last office, kind or common noun: 導遊謝廷駿 → 謝廷駿."""
    for at in range(len(words) - 1, -1, -1):
        if _is_common(view, words[at]):
            return words[at + 1 :]
    return words


def _can_name(word: Word) -> bool:
    return word.tag in _OPEN_TAGS and word.text[0].isalnum()


def _is_common(view: TextView, word: Word) -> bool:
    lexicon = view.lexicon
    common = word.text in lexicon.words("lex:Generic") or word.text in lexicon.words("lex:Title")
    return common or word.text in lexicon.kinds
