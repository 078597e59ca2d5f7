"""Short and foreign names: declared in brackets, or shortened forms of a name in the same text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from kg.annotation.names.view import TextView
from kg.lexicon import COMPANY, PERSON, PRODUCT
from kg.model import Judgement, Mention

_BRACKET = re.compile(r"\s*+[（(【]\s*+([^（）()【】\n]{2,80}?)\s*+[）)】]")
_QUOTES = "“”‘’「」『』\"' "
_CODE = re.compile(r"^[\d.:：A-Z-]*\d[\d.:：A-Z-]*$|^ID|[年月日:：]")
_HAS_LATIN = re.compile(r"[A-Za-z]{2}")
_VERSION_TAIL = re.compile(r"(?: ?[\d.]+| (?:Pro|Max|Plus|Mini|Lite|Ultra))$")
_LATIN_TAIL = re.compile(r"(?<=[\u3400-\u9fff]{2})[A-Za-z]+$")
_DESCRIBING_TAIL = re.compile(r"(?<=[A-Za-z]{4})(?: [a-z]+)+$")
_DOT = re.compile(r"[·•．‧・]")

Link = tuple[Mention, Judgement]


def same(left: Mention, right: Mention, score: float, reason: str) -> Judgement:
    """The judgement that two mentions of one document name the same thing."""
    return Judgement(left.id, right.id, "same", score, (reason,), "kg.annotation")


def find_declared(view: TextView, mentions: Iterable[Mention]) -> Iterator[Link]:
    """Other names that the text gives in brackets: X（以下簡稱「Y」）, X（Foreign Name, FN）."""
    named = list(mentions)
    declared: list[Link] = []
    for mention in named:
        match = _BRACKET.match(view.text, mention.span.end)
        if match and not mention.surface.isspace():
            declared += _declared_in(view, mention, match.start(1), match.end(1))
    yield from declared
    yield from _half_translated(view, [alias for alias, _ in declared], named)


def _half_translated(
    view: TextView, aliases: Iterable[Mention], named: Iterable[Mention]
) -> Iterator[Link]:
    """Stellar 基金會 after (…, Stellar Development Foundation): its first word, same kind.

    Of several aliases of one class that begin with one word the first is meant.
    """
    others = sorted((m for m in named if not m.surface.isascii()), key=lambda m: m.surface)
    seen: set[tuple[str, str]] = set()
    for alias in aliases:
        first, _, rest = alias.surface.partition(" ")
        if not rest or (first, alias.cls) in seen or view.ontology.is_a(alias.cls, PRODUCT):
            continue
        seen.add((first, alias.cls))
        for other in _beginning_with(first, others):
            if _kindred(view, alias, other):
                yield other, same(other, alias, 0.8, f"{first} as in {alias.surface}")


def _beginning_with(first: str, others: list[Mention]) -> list[Mention]:
    """Those of *others*, which are sorted by surface, that begin with *first*."""

    def start_of(mention: Mention) -> str:
        return mention.surface[: len(first)]

    low = bisect_left(others, first, key=start_of)
    return others[low : bisect_right(others, first, lo=low, key=start_of)]


def _kindred(view: TextView, left: Mention, right: Mention) -> bool:
    is_a = view.ontology.is_a
    return is_a(left.cls, right.cls) or is_a(right.cls, left.cls)


def _declared_in(view: TextView, mention: Mention, start: int, end: int) -> Iterator[Link]:
    declared = False
    for part in re.finditer(r"[^,，、;；/或]+", view.text[start:end]):
        said, left = _skip_declaration(view, start + part.start(), start + part.end())
        declared = declared or said
        left, right = _strip(view.text, left, start + part.end())
        titled = view.simplified[left:right].endswith(tuple(view.lexicon.words("lex:Title")))
        if not titled and _is_alias(view.text[left:right], mention.surface, declared):
            alias = view.mention(left, right, mention.cls, 0.85, "declared-alias", mention.known)
            yield alias, same(alias, mention, 0.95, f"declared after {mention.surface}")


def _skip_declaration(view: TextView, start: int, end: int) -> tuple[bool, int]:
    while start < end and view.text[start].isspace():
        start += 1
    inside = view.simplified[start:end]
    for word in sorted(view.lexicon.words("lex:Declares"), key=len, reverse=True):
        if inside.startswith(word):
            return True, start + len(word)
    return False, start


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _QUOTES + ":：":
        start += 1
    while end > start and text[end - 1] in _QUOTES:
        end -= 1
    return start, end


def _is_alias(name: str, full: str, declared: bool) -> bool:
    if not 2 <= len(name) <= 60 or _CODE.search(name) or name == full:
        return False
    if declared:
        return True
    foreign = bool(_HAS_LATIN.search(name)) and not _HAS_LATIN.search(full)
    chinese = bool(_HAS_LATIN.search(full)) and not _HAS_LATIN.search(name)
    short = set(name) <= set(full)
    return (foreign and name[0].isupper()) or ((chinese or short) and len(name) <= 16)


def find_short_forms(
    view: TextView, mentions: Iterable[Mention], common: frozenset[str]
) -> Iterator[Link]:
    """Later and earlier uses of a name's short form: 綠地 for 綠地控股, 鴻蒙 for 鴻蒙OS 2.0.

    *common* holds the Simplified names that known entities already own.
    """
    seen: set[str] = set()
    named = list(mentions)
    forms = [(mention, form) for mention in named for form in _short_forms(view, mention)]
    forms += [(mention, form) for mention in named for form in _whole(view, mention)]
    for mention, form in forms:
        if form not in seen and form not in common:
            seen.add(form)
            yield from _uses(view, mention, form)


def _whole(view: TextView, mention: Mention) -> Iterator[str]:
    """The name itself, if it is long and well founded: found once, it is a name everywhere."""
    founded = "declared-alias" in mention.sources or len(mention.surface) >= 3
    if founded and mention.score >= 0.6 and mention.known is None:
        yield view.simplified[mention.span.start : mention.span.end]


def _uses(view: TextView, mention: Mention, form: str) -> Iterator[Link]:
    for start in view.occurrences(form):
        end = start + len(form)
        if not mention.span.start <= start < mention.span.end and _separate(view, start, end):
            use = view.mention(start, end, mention.cls, 0.7, "short-form", mention.known)
            yield use, same(use, mention, 0.8, f"short form of {mention.surface}")


def _separate(view: TextView, start: int, end: int) -> bool:
    """Latin forms stand alone; Chinese ones are not the tail of a longer word."""
    around = view.text[max(0, start - 1) : start], view.text[end : end + 1]
    if view.text[start].isascii() and around[0].isascii() and around[0].isalnum():
        return False
    if view.text[end - 1].isascii() and around[1].isascii() and around[1].isalnum():
        return False
    return view.is_boundary(start) or view.is_boundary(end)


def _short_forms(view: TextView, mention: Mention) -> Iterator[str]:
    name = view.simplified[mention.span.start : mention.span.end]
    if view.ontology.is_a(mention.cls, PERSON):
        yield from (part for part in _DOT.split(name)[-1:] if part != name and len(part) >= 3)
    elif view.ontology.is_a(mention.cls, PRODUCT):
        bare = _VERSION_TAIL.sub("", name)
        forms = (bare, _LATIN_TAIL.sub("", bare), _DESCRIBING_TAIL.sub("", bare))
        yield from (form for form in forms if _usable(view, form, name))
    elif view.ontology.is_a(mention.cls, COMPANY):
        yield from _without_suffix(view, name)


def _without_suffix(view: TextView, name: str) -> Iterator[str]:
    stem = re.sub(r"[（(][^）)]*[）)]", "", name)
    for _ in range(3):
        for length in range(7, 0, -1):
            suffix = view.lexicon.suffixes.get(stem[-length:])
            if suffix and len(stem) > length and view.ontology.is_a(suffix.cls, COMPANY):
                stem = stem[:-length]
                break
        else:
            return
        stem = stem.rstrip()
        if _usable(view, stem, name) and (view.count(name) > 1 or _is_odd(view, stem)):
            yield stem


def _is_odd(view: TextView, stem: str) -> bool:
    """Whether the stem is no common noun: 黑客公司 is not a firm called 黑客."""
    places = view.occurrences(stem)
    word = view.words[view.word_index(places[0])] if places else None
    return word is None or word.text != stem or word.tag not in ("n", "v", "vn", "a", "b")


def _usable(view: TextView, form: str, name: str) -> bool:
    lexicon = view.lexicon
    common = form in lexicon.words("lex:Generic") or form in lexicon.words("lex:GenericNoun")
    return form != name and len(form) >= 2 and not common and form not in lexicon.suffixes
