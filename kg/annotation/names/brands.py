"""A maker's name with a noun: 騰訊會議, 微軟雲; accepted where the text treats it as a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kg.annotation.names.kinds import kind_after
from kg.annotation.names.view import TextView
from kg.lexicon import ORGANIZATION, PRODUCT
from kg.model import Mention, Span
from kg.words import Word

_LIST_MARKS = "、，和与及或/／“”「」《》（）() 的"
_MAX_NOUN = 5
_NUMBER = re.compile(r"(?<!\d)\d{2,4}[A-Za-z]{0,4}(?![\d.,，])")
_PLAIN = frozenset("mqtpvdrcuf")
_LATIN = re.compile(r"[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)*")


def find_branded(view: TextView, makers: Iterable[Mention]) -> Iterator[Mention]:
    """Compounds of a maker's name and up to two nouns.

    Accepted if the noun names a kind of product (lexicon), or a Latin word follows, and if the
    compound comes up twice or stands in a list or before a verb.
    """
    found = [(maker, end, cls) for maker in makers for end, cls in _compound(view, maker)]
    counts = Counter(view.simplified[m.span.start : end] for m, end, _ in found)
    for maker, end, cls in found:
        count = counts[view.simplified[maker.span.start : end]]
        score = 0.75 if count > 1 else 0.6
        if count > 1 or _stands_alone(view, Span(maker.span.start, end)):
            yield view.mention(maker.span.start, end, cls, score, "brand")


def _compound(view: TextView, maker: Mention) -> Iterator[tuple[int, str]]:
    """The longest product noun that follows the maker, with the class of the compound."""
    if latin := _LATIN.match(view.text, maker.span.end):
        cls = view.lexicon.latin_heads.get(latin[0].split(" ")[-1].lower())
        if cls:
            yield latin.end(), cls
            return
    for length in range(_MAX_NOUN, 0, -1):
        noun = view.after(maker.span.end, length)
        end = maker.span.end + length
        suffix = view.lexicon.suffixes.get(noun)
        is_body = maker.extractor == "suffix" and suffix is not None
        if is_body and suffix is not None and view.ontology.is_a(suffix.cls, ORGANIZATION):
            continue
        if suffix is None or not view.is_boundary(end):
            continue
        yield end, suffix.cls
        return


def _stands_alone(view: TextView, span: Span) -> bool:
    """Whether list marks or brackets stand around the compound."""
    before, after = view.before(span.start, 1), view.after(span.end, 1)
    if view.after(span.end, 2) == "旗下" or view.text[span.end - 1].isascii():
        return True
    return (not before or before in _LIST_MARKS) or (not after or after in _LIST_MARKS)


def find_models(view: TextView) -> Iterator[Mention]:
    """A word and a number right before the noun for a product: 鴻鵠818晶片, 麒麟990處理器."""
    for number in _NUMBER.finditer(view.simplified):
        cls = kind_after(view, number.end())
        word = view.words[view.word_index(number.start() - 1)] if number.start() else None
        if cls is None or word is None or not view.ontology.is_a(cls, PRODUCT):
            continue
        named = len(word.text) >= 2 and word.text.isalpha() and word.tag[0] not in _PLAIN
        if named and word.end == number.start() and not _is_common(view, word):
            yield view.mention(word.start, number.end(), cls, 0.75, "model")


def _is_common(view: TextView, word: Word) -> bool:
    """Whether the word says what kind of thing is numbered (採用 晶片 100 款)."""
    return word.text in view.lexicon.kinds or word.text in view.lexicon.words("lex:Generic")
