"""Names in Latin script: Zoom, PUBG Mobile, Stellar Development Foundation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotation.names.kinds import kind_beside
from kg.annotation.names.view import TextView, overlaps_any
from kg.lexicon import PERSON, PRODUCT
from kg.model import Mention, Span

_WORD = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ0-9®™+&'’.\-]*"
_NAME = re.compile(rf"{_WORD}(?: (?:of|the|and|for|&|[A-Z0-9][A-Za-z0-9À-ÖØ-öø-ÿ.®™+&'’-]*))*")
_VERSION = re.compile(r" ?\d+(?:\.\d+)*(?![\d年月日個个%萬万億亿,，.])")
# Bounded, and begun only where a run begins: a hostile line of 100,000 letters stays linear.
_URL = re.compile(
    r"(?:https?://|www\.)[!-~]{1,2000}"
    r"|(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]{1,253}"
    r"|(?<![A-Za-z0-9.-])[A-Za-z0-9.-]{1,253}\.(?:com|net|org|cn|hk|tw|io)\b[!-~]{0,2000}"
)
_CODE = re.compile(r"^\d|^[A-Z]{2,}-?\d{3,}|^[A-Z0-9]{1,2}$|^\d+\.[A-Z]{2}$")
# More than seven words in a row are an English sentence, not a name.
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:[A-Za-z][A-Za-z'’-]{0,40}[ ,.;:]{1,3}){7,400}[A-Za-z]{1,40}"
)
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z.]*){1,2}")
# No name is longer: a line of letters without a break is read in time that grows with it.
_LONGEST = 120
_MINOR = frozenset(("of", "the", "and", "for", "to", "in", "on", "by", "&"))


def find_latin_names(view: TextView) -> Iterator[Mention]:
    """Names in Latin letters, with a version number that follows; acronyms of trades left out."""
    taken = bytearray(len(view.text))
    for pattern in (_URL, _ENGLISH):
        for match in pattern.finditer(view.text):
            taken[match.start() : match.end()] = b"\1" * len(match[0])
    for match in _NAME.finditer(view.text):
        start, end = _trim(view, match.start(), match.end())
        if 2 <= end - start <= _LONGEST and not overlaps_any(Span(start, end), taken):
            yield from _name(view, start, end)


def _trim(view: TextView, start: int, end: int) -> tuple[int, int]:
    words = view.text[start:end].split(" ")
    if words[0].lower() in _MINOR:
        return start, start
    while words and (
        words[-1].lower() in _MINOR or (_is_generic(view, words[-1]) and len(words) == 1)
    ):
        words.pop()
    units = view.lexicon.words("lex:Counter") | view.lexicon.words("lex:VagueUnit")
    counted = view.after(end, 1) in units
    if len(words) > 1 and words[-1].isdigit() and counted:
        words.pop()
    name = " ".join(words).rstrip(".'’-&+")
    return start, start + len(name)


def _is_generic(view: TextView, word: str) -> bool:
    return word in view.lexicon.words("lex:Generic")


def _name(view: TextView, start: int, end: int) -> Iterator[Mention]:
    name = view.text[start:end]
    if _CODE.match(name) or (not any(char.isupper() for char in name) and end - start < 4):
        return
    if version := _VERSION.match(view.text, end):
        end = version.end()
    cls = _head_class(view, name) or kind_beside(view, start, end)
    cls = cls or (PERSON if _acts_as_person(view, start, end) else None)
    start = _join_left(view, start, cls)
    known_shape = cls is not None or any(char.isupper() for char in name)
    if known_shape:
        yield view.mention(start, end, cls or PRODUCT, 0.7 if cls else 0.55, "latin")


def _acts_as_person(view: TextView, start: int, end: int) -> bool:
    """Two or three capitalised words after an office, or before a word of saying."""
    if not _PERSON.fullmatch(view.text[start:end]):
        return False
    before, after = view.before(start, 8).rstrip(), view.after(end, 4).lstrip()
    titled = any(before.endswith(title) for title in view.lexicon.words("lex:Title"))
    return titled or any(after[:n] in view.lexicon.speech for n in (1, 2))


def _head_class(view: TextView, name: str) -> str | None:
    """The class that the name's last word tells; a version number is not a word."""
    words = [word for word in name.lower().split(" ") if not word[0].isdigit()]
    return view.lexicon.latin_heads.get(words[-1].strip(".®™")) if words else None


def _join_left(view: TextView, start: int, cls: str | None) -> int:
    """Where the name starts if an unknown Chinese word is grown together with it (鴻蒙OS)."""
    before = view.words[view.word_index(start - 1)] if start else None
    if before is None or before.end != start or before.tag not in ("nr", "nz", "x", "nrt"):
        return start
    is_name = len(before.text) >= 2 and not before.text.isascii() and before.text[0].isalnum()
    maker = cls is None or not view.ontology.is_a(cls, PRODUCT)
    return start if maker or not is_name else before.start
