"""Names of persons: surname and given name beside an office or a verb of saying, and A·B names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.annotation.names.kinds import kind_before
from kg.annotation.names.view import TextView
from kg.lexicon import ORGANIZATION, PERSON
from kg.model import Mention, Span

_DOT = re.compile(r"[·•．‧・]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CJK_RUN = re.compile(r"[\u3400-\u9fff]+")
_CJK_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_LONGEST = 60


def find_transliterated(view: TextView) -> Iterator[Mention]:
    """Names with an interpunct, as far as the characters are those of transliterations.

    They are persons' names but after a noun for a body (出版商, 銀行) or with such a noun in them.
    """
    done = 0
    for dot in _DOT.finditer(view.text):
        if dot.start() < done:
            continue
        start = _grow_left(view, dot.start())
        if start < dot.start() and (body := _body_after(view, dot.end())):
            done = body[0]
            yield view.mention(start, body[0], body[1], 0.9, "interpunct")
            continue
        done = end = _last_part(view, dot.end())
        whole = max(end, _word_end(view, dot.end()))
        if dot.end() < whole and start < dot.start() and (kind := _body_before(view, start)):
            done = whole
            yield view.mention(start, whole, kind, 0.95, "interpunct")
        elif start < dot.start() and dot.end() < end <= start + _LONGEST:
            yield view.mention(start, end, PERSON, 0.9, "interpunct")
        elif dot.start() - start >= 3 and (noun := _noun_at(view, dot.end())):
            done = noun
            yield view.mention(start, noun, ORGANIZATION, 0.6, "interpunct")


def _body_before(view: TextView, start: int) -> str | None:
    """The class of a body whose noun stands right before *start*: 出版商, 銀行."""
    kind = kind_before(view, start)
    return kind if kind and view.ontology.is_a(kind, ORGANIZATION) else None


def _last_part(view: TextView, position: int) -> int:
    """The end of the parts that interpuncts join, the first of them at *position*."""
    end = _grow_right(view, position)
    while end < len(view.text) and _DOT.match(view.text, end):
        end = _grow_right(view, end + 1)
    return end


def _body_after(view: TextView, position: int) -> tuple[int, str] | None:
    """The end and the class of an organization's name that goes on after the interpunct."""
    for end in range(position + 3, position + 9):
        for length in range(2, min(end - position, 7)):
            suffix = view.lexicon.suffixes.get(view.before(end, length))
            if suffix and suffix.strong and _is_one_name(view, position, end):
                return end, suffix.cls
    return None


def _is_one_name(view: TextView, start: int, end: int) -> bool:
    """Whether the characters are Chinese without a verb or a particle among their words."""
    inside = view.lexicon.words("lex:NameVerb")
    words = view.index.within(Span(start, end))
    broken = any(w.tag[0] in "vpcu" and w.tag != "vn" and w.text not in inside for w in words)
    return _CJK_RUN.fullmatch(view.simplified[start:end]) is not None and not broken


def _word_end(view: TextView, position: int) -> int:
    """The end of the Chinese word that begins at *position*; *position* if none does."""
    word = view.words[view.word_index(position)]
    return word.end if word.start == position and _CJK_RUN.fullmatch(word.text) else position


def _noun_at(view: TextView, position: int) -> int | None:
    """The end of the noun of two to four characters that starts at *position*."""
    index = view.word_index(position)
    word = view.words[index] if index < len(view.words) else None
    if word is None or word.start != position or word.tag[0] != "n":
        return None
    return word.end if _CJK_NAME.fullmatch(word.text) else None


def _grow_left(view: TextView, position: int) -> int:
    allowed = view.lexicon.words("lex:Transliteration")
    start = position
    while start > 0 and position - start < 8 and view.simplified[start - 1] in allowed:
        start -= 1
    return _after_title(view, start, position)


def _after_title(view: TextView, start: int, end: int) -> int:
    """A title's last characters may be transliteration characters too: begin after the title."""
    for cut in range(end - 1, start - 1, -1):
        for length in range(2, 9):
            if view.before(cut, length) in view.lexicon.words("lex:Title"):
                return cut
    return start


def _grow_right(view: TextView, position: int) -> int:
    allowed = view.lexicon.words("lex:Transliteration")
    end = position
    while end < len(view.text) and end - position < 8 and view.simplified[end] in allowed:
        if end > position and _verb_begins(view, end):
            break
        end += 1
    return end


def _verb_begins(view: TextView, position: int) -> bool:
    """Whether a verb of two or more characters begins here: 加 of 加入 ends no name."""
    word = view.words[view.word_index(position)]
    return word.start == position and word.tag == "v" and len(word.text) > 1


def find_named_persons(view: TextView, speech: frozenset[str]) -> Iterator[Mention]:
    """Chinese names that an office, a verb of saying or a second occurrence supports."""
    spans = list(_candidates(view))
    counts = Counter(view.simplified[span.start : span.end] for span, _ in spans)
    for span, tagged in spans:
        name = view.simplified[span.start : span.end]
        score = _support(view, span, speech, tagged, counts[name])
        enough = 0.5 if span.end - span.start > 2 else 0.7
        if score >= enough and not _in_byline(view, span, speech):
            yield view.mention(span.start, span.end, PERSON, score, "person")


def _in_byline(view: TextView, span: Span, speech: frozenset[str]) -> bool:
    """Whether the person only signs the article: 記者 X 報導."""
    bylines = view.lexicon.words("lex:Byline")
    before = view.before(span.start, 6).rstrip(" :：／/")
    after = view.after(span.end, 6).lstrip(" ／/")
    signs = any(before.endswith(word) for word in bylines)
    signs = signs or any(after.startswith(word) for word in bylines)
    said = speech - bylines
    return signs and not any(view.after(span.end, n) in said for n in (1, 2, 3))


def _candidates(view: TextView) -> Iterator[tuple[Span, bool]]:
    for index, word in enumerate(view.words):
        text = word.text
        if len(text) <= 2 and text in view.lexicon.words("lex:Surname"):
            yield from _joined(view, index)
        elif word.tag == "nr" and 2 <= len(text) <= 4 and _shaped(view, text):
            yield Span(word.start, _whole_name(view, index)), True
        elif len(text) == 3 and word.tag in ("n", "x", "nz") and _shaped(view, text):
            yield Span(word.start, word.end), False


def _whole_name(view: TextView, index: int) -> int:
    """The end of the name: the segmenter often leaves the third character outside (陳方|安)."""
    word = view.words[index]
    following = view.words[index + 1] if index + 1 < len(view.words) else None
    if len(word.text) != 2 or following is None or len(following.text) != 1:
        return word.end
    closed = view.lexicon.words("lex:NotNameEnd") | view.lexicon.speech
    if not _HAN.match(following.text) or following.text in closed or following.tag[0] in "pcdu":
        return word.end
    longer = view.count(word.text + following.text)
    return following.end if longer * 5 >= view.count(word.text) * 3 else word.end


def _joined(view: TextView, index: int) -> Iterator[tuple[Span, bool]]:
    """A surname cut off from its given name by the segmenter."""
    if index + 1 < len(view.words):
        given = view.words[index + 1]
        if (
            len(given.text) <= 2
            and _HAN.match(given.text)
            and given.tag not in ("v", "p", "c", "uj")
        ):
            yield Span(view.words[index].start, given.end), False


def _shaped(view: TextView, text: str) -> bool:
    surnames = view.lexicon.words("lex:Surname")
    one = text[0] in surnames and 2 <= len(text) <= 3
    two = text[:2] in surnames and 3 <= len(text) <= 4
    lexicon = view.lexicon
    if text in lexicon.words("lex:Generic") or text in lexicon.words("lex:NotPerson"):
        return False
    if text[-1] in lexicon.words("lex:NotNameEnd") or text in lexicon.words("lex:Title"):
        return False
    return (one or two) and _CJK_NAME.fullmatch(text) is not None


def _support(view: TextView, span: Span, speech: frozenset[str], tagged: bool, count: int) -> float:
    titled = _ends_in_title(view, span.start) or _begins_with_title(view, span.end)
    speaking = any(view.after(span.end, n) in speech for n in (1, 2, 3))
    base = 0.35 if tagged else 0.1
    long_enough = 0.1 if span.end - span.start >= 3 and tagged else 0.0
    leading = 0.1 * _opens_clause(view, span)
    support = 0.5 * titled + 0.35 * speaking + 0.2 * (count > 1) + long_enough + leading
    return min(0.95, base + support)


def _opens_clause(view: TextView, span: Span) -> bool:
    """Whether the name opens a clause and an adverb, a verb or a preposition follows."""
    before = view.text[span.start - 1] if span.start else "\n"
    index = view.word_index(span.end)
    follows = index < len(view.words) and view.words[index].tag[0] in "dvp"
    return before in "，,。；;：:\n“「 、" and follows


def _ends_in_title(view: TextView, position: int) -> bool:
    titles, kinds = view.lexicon.words("lex:Title"), view.lexicon.kinds
    before = (view.before(position, n) for n in range(2, 9))
    return any(form in titles or kinds.get(form) == PERSON for form in before)


def _begins_with_title(view: TextView, position: int) -> bool:
    titles, kinds = view.lexicon.words("lex:Title"), view.lexicon.kinds
    after = (view.after(position, n) for n in range(2, 7))
    return any(form in titles or kinds.get(form) == PERSON for form in after)


def find_titled_transliterations(view: TextView) -> Iterator[Mention]:
    """A foreign name without an interpunct right after an office: 首相約翰遜."""
    allowed, titles = view.lexicon.words("lex:Transliteration"), view.lexicon.words("lex:Title")
    for word in view.words:
        if word.text not in titles:
            continue
        end = word.end
        while end < len(view.text) and end - word.end < 7 and view.simplified[end] in allowed:
            end += 1
        if end - word.end >= 3 and view.is_boundary(end):
            yield view.mention(word.end, end, PERSON, 0.8, "titled")
