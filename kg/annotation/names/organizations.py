"""Names that end in a word such as 公司, 大學, 委員會, 論壇: the words before it belong to them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.annotation.names.view import TextView
from kg.lexicon import COMPANY, COUNTRY, ORGANIZATION, PLACE, Suffix
from kg.model import Mention
from kg.words import Word

_PROPER = frozenset(("nr", "ns", "nz", "nt", "x", "eng", "nrt", "nrfg", "g", "zg", "j"))
_NOMINAL = _PROPER | frozenset(("n", "vn", "b", "l", "i", "s", "an", "tg", "ng", "q"))
_MAX_WORDS, _MAX_LENGTH, _LONGEST_SUFFIX = 9, 26, 7
_BRACKETS = (
    "（集团）",
    "（中国）",
    "（香港）",
    "(集团)",
    "(中国)",
    "(香港)",
    "（控股）",
    "（上海）",
    "（北京）",
)
_CONJUNCTIONS = "和与及跟"
_EVIDENCE_AFTER = ("（", "(", "【")


@dataclass(frozen=True, slots=True)
class Found:
    """A possible name: where it stands, its suffix, the start of the suffix."""

    start: int
    end: int
    suffix: Suffix

    @property
    def stem_end(self) -> int:
        """Where the suffix begins."""
        return self.end - len(self.suffix.text)


class SuffixedNames:
    """Finds names that end in one of the lexicon's suffixes.

    *listed* are mentions of known names: they are proper parts of a name, and a country in front
    of a company's description (美國科技公司) is none.
    """

    def __init__(self, view: TextView, listed: Iterable[Mention]) -> None:
        self.view = view
        self.known = {mention.span.start: mention for mention in listed}
        self.known_ends = {mention.span.end for mention in self.known.values()}
        self.known_firms = {
            m.span.end for m in self.known.values() if view.ontology.is_a(m.cls, COMPANY)
        }
        self.countries = {
            start: m.span.end
            for start, m in self.known.items()
            if view.ontology.is_a(m.cls, COUNTRY)
        }

    def find(self) -> Iterator[Mention]:
        """The names, in text order."""
        view = self.view
        found = [
            self._common_core(one)
            for index in range(len(view.words))
            if (one := self._at(index)) is not None
        ]
        surfaces = Counter(view.simplified[one.start : one.end] for one in found)
        for one in found:
            proper = self._is_proper(one.start, one.stem_end)
            repeated = surfaces[view.simplified[one.start : one.end]] > 1
            shown = repeated or view.after(one.end, 1) in _EVIDENCE_AFTER
            if proper or shown or self._is_formal(one):
                score = 0.8 if proper else 0.6
                yield view.mention(one.start, one.end, one.suffix.cls, score, "suffix")

    def _is_formal(self, found: Found) -> bool:
        """Two words and a firm's full form (晨星科技集團): hardly a description."""
        formal = found.suffix.text in self.view.lexicon.words("lex:Formal")
        first = self.view.words[self.view.word_index(found.start)].text
        plain = first in self.view.lexicon.kinds or first in self.view.lexicon.suffixes
        return formal and not plain and self._count_words(found) >= 2

    def _at(self, index: int) -> Found | None:
        """The name whose suffix ends word *index*."""
        last = self.view.words[index]
        suffix = self._suffix_of(last)
        if suffix is None or self._continues(index):
            return None
        stem_end = last.end - len(suffix.text)
        first = self._walk_left(self.view.word_index(stem_end))
        start = self._skip_generic(first, stem_end, suffix)
        found = Found(start, last.end, suffix)
        return found if self._has_stem(found) and not self._holds_another(found) else None

    def _holds_another(self, found: Found) -> bool:
        """Whether a trade's stem is a complete name already: 青禾集團|投資."""
        if found.suffix.strong:
            return False
        inner = (
            self.view.lexicon.suffixes.get(self.view.before(found.stem_end, length))
            for length in range(2, min(_LONGEST_SUFFIX, found.stem_end - found.start - 1) + 1)
        )
        return any(suffix is not None and suffix.strong for suffix in inner)

    def _suffix_of(self, word: Word) -> Suffix | None:
        for length in range(_LONGEST_SUFFIX, 0, -1):
            suffix = self.view.lexicon.suffixes.get(self.view.before(word.end, length))
            if suffix and (suffix.strong or self._is_company(suffix)) and self._fits(word, suffix):
                return suffix
        return None

    def _is_company(self, suffix: Suffix) -> bool:
        return self.view.ontology.is_a(suffix.cls, COMPANY)

    def _fits(self, word: Word, suffix: Suffix) -> bool:
        """A suffix begins at a word's start, or is the end of a word that is a name itself."""
        start = word.end - len(suffix.text)
        inside = start > word.start
        if inside and word.text in self.view.lexicon.words("lex:Generic"):
            return False  # 上市 is no 市
        if self.view.is_boundary(start):
            return len(suffix.text) > 1 or word.text == suffix.text
        long_word = len(word.text) > len(suffix.text) + 1
        is_name = word.tag in ("nt", "nz", "x") or (word.tag in ("n", "j", "ns") and long_word)
        of_known = word.tag[0] == "n" and word.start in self.known_ends  # 聯合國|文件署
        return start > word.start and (is_name or of_known)

    def _continues(self, index: int) -> bool:
        """Whether the next word makes a longer name (公司 in 公司法, 部 in 部長)."""
        if index + 1 >= len(self.view.words):
            return False
        word, following = self.view.words[index], self.view.words[index + 1].text
        if word.text + following in self.view.lexicon.suffixes:
            return True
        own, after = self._suffix_of(word), self.view.lexicon.suffixes.get(following)
        complete = own is not None and own.strong and after is not None and not after.strong
        return after is not None and not complete  # 集團 投資: the name is complete before it

    def _walk_left(self, index: int) -> int:
        """The first word that can belong to the name whose suffix is in word *index*."""
        first, length = index, 0
        while first > 0 and index - first < _MAX_WORDS and length < _MAX_LENGTH:
            before = self.view.words[first - 1]
            ends_here = first < index and self._is_clause_verb(before)
            belongs = (self._belongs(before) and not ends_here) or self._joins(first - 1)
            belongs = belongs or (first == index and self._is_field(first - 1))
            step = self._bracket_before(first) or int(belongs)
            if not step:
                break
            first -= step
            length += len(self.view.words[first].text)
        return first

    def _is_field(self, index: int) -> bool:
        """Whether the word, a verb to the tagger, is what a body is for (國際拳擊聯合會)."""
        word, before = self.view.words[index], self.view.words[index - 1] if index else None
        if word.tag != "v" or before is None or before.end != word.start:
            return False
        if word.text in self.view.lexicon.triggers:
            return False  # 美國宣布…
        worldwide = before.text in self.view.lexicon.words("lex:Worldwide")
        return worldwide or before.start in self.countries

    def _joins(self, index: int) -> bool:
        """Whether the word joins two tasks of one agency (疾病控制和預防中心)."""
        if index == 0 or self.view.words[index].text not in _CONJUNCTIONS:
            return False
        beside = (self.view.words[index - 1].text, self.view.words[index + 1].text)
        return all(word in self.view.lexicon.words("lex:AgencyTask") for word in beside)

    def _bracket_before(self, index: int) -> int:
        end = self.view.words[index].start
        for bracket in _BRACKETS:
            if self.view.before(end, len(bracket)) == bracket:
                return index - self.view.word_index(end - len(bracket))
        return 0

    def _is_clause_verb(self, word: Word) -> bool:
        """投資 after a complete name is what that name does: 青禾銀行投資…公司."""
        if word.text not in self.view.lexicon.words("lex:NameVerb"):
            return False
        suffix = self.view.lexicon.suffixes.get(self.view.before(word.start, 2))
        latin = word.start > 0 and self.view.text[word.start - 1].isascii()
        ends_name = word.start in self.known_firms or bool(suffix and suffix.strong)
        return ends_name or (latin and self.view.text[word.start - 1].isalpha())

    def _belongs(self, word: Word) -> bool:
        lexicon = self.view.lexicon
        if word.text == " ":
            return word.start > 0 and self.view.text[word.start - 1].isascii()
        if not (word.text[0].isalnum() or word.text in "·•") or len(word.text) > _MAX_LENGTH:
            return False
        outside = lexicon.words("lex:NoPart") | lexicon.words("lex:Declares")
        if word.text in outside or word.text[0] in _CONJUNCTIONS:
            return False
        if word.text in lexicon.words("lex:NameVerb") | lexicon.words("lex:AgencyTask"):
            return True
        describes = lexicon.kinds.get(word.text) in (ORGANIZATION, COMPANY)
        if word.text in lexicon.words("lex:Title") or describes:
            inner = lexicon.suffixes.get(word.text)  # 集團 in 集團有限公司; 組織 X基金會 are two
            return inner is not None and self._is_company(inner)
        return word.tag in _NOMINAL and not word.text.isdigit()

    def _skip_generic(self, first: int, stem_end: int, suffix: Suffix) -> int:
        """Where the name begins, after words that only describe (大型, a company's country)."""
        lexicon = self.view.lexicon
        skipped = lexicon.words("lex:Generic") | lexicon.words("lex:NameVerb")
        if not self._is_company(suffix):
            skipped -= lexicon.words("lex:Worldwide")
        for word in self._words_from(first):
            describes = word.text in skipped or not word.text.strip()
            describes = describes or self._is_mere_country(word, suffix)
            if word.start >= stem_end or not describes:
                return word.start
        return stem_end

    def _is_mere_country(self, word: Word, suffix: Suffix) -> bool:
        """A country that only says where: before a company, or set off by a space."""
        end = self.countries.get(word.start)
        return end is not None and (self._is_company(suffix) or self.view.text[end] == " ")

    def _has_stem(self, found: Found) -> bool:
        """Whether the characters before the suffix can make a name with it."""
        stem = self.view.simplified[found.start : found.stem_end].strip()
        if found.suffix.after_known and not self._follows_known(found):
            return False
        shortest = 1 if len(found.suffix.text) > 1 else 2
        if len(stem) < shortest or stem in self.view.lexicon.words("lex:Generic"):
            return False
        if (country_end := self.countries.get(found.start)) is not None:
            rest = self.view.simplified[country_end : found.stem_end]
            if rest in self.view.lexicon.words("lex:Generic"):
                return False
            if not rest:
                return not self.view.ontology.is_a(found.suffix.cls, PLACE)
        if not found.suffix.strong:
            return self._is_trade_name(found)
        happening = found.suffix.text in self.view.lexicon.words("lex:Happening")
        return not happening or self._count_words(found) <= 2

    def _follows_known(self, found: Found) -> bool:
        """Whether a known name opens it: right before 地區, with more before 中心 or 機構."""
        first = self.known.get(found.start)
        if first is None:
            return False
        of_place = self.view.ontology.is_a(found.suffix.cls, PLACE)
        return of_place == (first.span.end >= found.stem_end)

    def _count_words(self, found: Found) -> int:
        first = self.view.word_index(found.start)
        return self.view.word_index(found.stem_end) - first

    def _is_trade_name(self, found: Found) -> bool:
        """A word or two of a name's own before the trade: 高瓴資本, but not 通訊科技."""
        first = self.view.word_index(found.start)
        words = [w for w in self.view.words[first : first + 4] if w.start < found.stem_end]
        if found.suffix.text in self.view.lexicon.words("lex:FirmSuffix"):
            whole = self.view.simplified[found.start : found.end]
            return (len(words) == 1 and self.view.count(whole) > 1) or self._is_proper(
                found.start, found.stem_end
            )
        invented = all(word.tag != "nz" or word.end > found.stem_end for word in words)
        short = len(words) <= 2 and 2 <= found.stem_end - found.start <= 4
        proper = self._is_proper(found.start, found.stem_end)
        return invented and short and proper and found.start not in self.countries

    def _is_proper(self, start: int, stem_end: int) -> bool:
        """Whether a part of the stem is a name rather than a common noun."""
        for word in self._words_from(self.view.word_index(start)):
            if word.start >= stem_end:
                return False
            if word.start in self.known or (word.tag in _PROPER and not self._is_common(word)):
                return True
        return False

    def _words_from(self, index: int) -> Iterator[Word]:
        """The words from *index* on, one by one: a slice would copy the whole rest."""
        return map(self.view.words.__getitem__, range(index, len(self.view.words)))

    def _is_common(self, word: Word) -> bool:
        is_letter = word.tag == "eng" and len(word.text) < 2
        return is_letter or word.text in self.view.lexicon.words("lex:Generic")

    def _common_core(self, found: Found) -> Found:
        """The name without leading characters that are not there when the text uses it again."""
        starts = range(found.start, found.stem_end - 1)
        most = self._uses(starts[-1], found) if starts else 0  # the shorter, the more
        if most <= 2:
            return found
        at = bisect_left(starts, most, key=lambda start: 2 * self._uses(start, found))
        return replace(found, start=starts[at])

    def _uses(self, start: int, found: Found) -> int:
        return self.view.count(self.view.simplified[start : found.end])
