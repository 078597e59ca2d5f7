"""Names that end in a word such as 公司, 大學, 委員會, 論壇: the words before it belong to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kg.annotate.names.view import TextView
from kg.lexicon import Suffix
from kg.model import Mention
from kg.words import Word

_PROPER = frozenset(("nr", "ns", "nz", "nt", "x", "eng", "nrt", "nrfg", "g", "zg", "j"))
_NOMINAL = _PROPER | frozenset(("n", "vn", "b", "l", "i", "s", "an", "tg", "ng", "q"))
_MAX_WORDS, _MAX_LENGTH, _LONGEST_SUFFIX = 9, 26, 7
_BRACKETS = ("（集团）", "（中国）", "（香港）", "(集团)", "(中国)", "(香港)", "（控股）", "（上海）", "（北京）")
_EVIDENCE_AFTER = ("（", "(", "【")


def find_suffixed_names(view: TextView, places: Mapping[int, int]) -> Iterator[Mention]:
    """Names that end in one of the lexicon's suffixes.

    *places* maps the start of a known country's name to its end: a country in front of a
    company's descriptive name (美國科技公司) is not part of a name.
    """
    found = [name for index in range(len(view.words)) if (name := _name_at(view, index, places))]
    surfaces = Counter(view.simplified[start:end] for start, end, _, _ in found)
    for start, end, suffix, proper in found:
        repeated = surfaces[view.simplified[start:end]] > 1
        bracketed = view.after(end, 1) in _EVIDENCE_AFTER
        if proper or repeated or bracketed:
            score = 0.8 if proper else 0.6
            yield view.mention(start, end, suffix.cls, score, "suffix")


def _name_at(
    view: TextView, index: int, places: Mapping[int, int]
) -> tuple[int, int, Suffix, bool] | None:
    last = view.words[index]
    suffix = _suffix_at(view, last)
    if suffix is None or _continues(view, index):
        return None
    start_of_suffix = last.end - len(suffix.text)
    first = _walk_left(view, view.word_index(start_of_suffix))
    first = _skip_generic(view, first, start_of_suffix, places, suffix)
    start = view.words[first].start if first <= index else last.end
    stem = view.simplified[start:start_of_suffix]
    if len(stem) < (1 if len(suffix.text) > 1 else 2) or not stem.strip():
        return None
    proper = _is_proper(view, first, start_of_suffix, places)
    return start, last.end, suffix, proper


def _suffix_at(view: TextView, word: Word) -> Suffix | None:
    for length in range(_LONGEST_SUFFIX, 0, -1):
        form = view.before(word.end, length)
        suffix = view.lexicon.suffixes.get(form)
        if suffix and suffix.strong and _suffix_fits(view, word, suffix):
            return suffix
    return None


def _suffix_fits(view: TextView, word: Word, suffix: Suffix) -> bool:
    """A suffix begins at a word's start, or is the end of a word that is a name itself."""
    start = word.end - len(suffix.text)
    if view.is_boundary(start):
        return len(suffix.text) > 1 or word.text == suffix.text
    return start > word.start and word.tag in ("nt", "nz", "x") or _names_a_body(word, suffix)


def _names_a_body(word: Word, suffix: Suffix) -> bool:
    return word.tag in ("n", "j", "ns") and len(suffix.text) > 1 and len(word.text) > len(suffix.text) + 1


def _continues(view: TextView, index: int) -> bool:
    """Whether the next word makes a longer name (公司 in 公司法, 部 in 部長)."""
    following = view.words[index + 1] if index + 1 < len(view.words) else None
    if following is None:
        return False
    joined = view.words[index].text + following.text
    return joined in view.lexicon.suffixes or following.text in view.lexicon.suffixes


def _walk_left(view: TextView, index: int) -> int:
    """The index of the first word that can belong to the name whose suffix is in word *index*."""
    first, length = index, 0
    while first > 0 and index - first < _MAX_WORDS and length < _MAX_LENGTH:
        bracket = _bracket_before(view, first)
        step = bracket or (1 if _belongs(view, view.words[first - 1]) else 0)
        if not step:
            break
        first -= step
        length += len(view.words[first].text)
    return first


def _bracket_before(view: TextView, index: int) -> int:
    end = view.words[index].start
    for bracket in _BRACKETS:
        if view.before(end, len(bracket)) == bracket:
            return index - view.word_index(end - len(bracket))
    return 0


def _belongs(view: TextView, word: Word) -> bool:
    if not word.text.strip() or not (word.text[0].isalnum() or word.text in "·•"):
        return False
    if word.text in view.lexicon.words("lex:NameVerb"):
        return True
    if word.text in view.lexicon.words("lex:Title") or word.text in view.lexicon.kinds:
        return word.text in view.lexicon.suffixes
    return word.tag in _NOMINAL and not word.text.isdigit()


def _skip_generic(
    view: TextView, first: int, suffix_start: int, places: Mapping[int, int], suffix: Suffix
) -> int:
    generic, verbs = view.lexicon.words("lex:Generic"), view.lexicon.words("lex:NameVerb")
    company = suffix.cls in view.ontology.classes and view.ontology.is_a(suffix.cls, "kg:Company")
    while first < len(view.words) and view.words[first].start < suffix_start:
        word = view.words[first]
        is_country = company and word.start in places
        if not (word.text in generic or word.text in verbs or is_country or not word.text.strip()):
            break
        first += 1
    return first


def _is_proper(view: TextView, first: int, end: int, places: Mapping[int, int]) -> bool:
    for word in view.words[first:]:
        if word.start >= end:
            return False
        if word.start in places or word.tag in _PROPER and not _is_common(view, word):
            return True
    return False


def _is_common(view: TextView, word: Word) -> bool:
    return word.text in view.lexicon.words("lex:Generic") or (word.tag == "eng" and len(word.text) < 2)
