"""A number with the words around it: the verb that leads to it, what is counted, what it is called.

A count has its noun behind it (53 個可用區), a sum and a share before it (營收 140 億元).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.clauses import Clause
from kg.lexicon import Lexicon
from kg.model import AnnotatedDocument, QuantityMention, Span
from kg.script import simplify
from kg.words import Word, WordIndex

SHARE = "%"
_RANK, _ORDINAL = "排名", "第"
_MAX_NAME = 14
_COUNTER = "个"
_NOUNS = ("n", "vn", "eng", "j", "l")
_EACH, _EACH_TIME = "每", re.compile("每个?(?:年|月|日|天|周|星期|季|小时|分钟)")
_MEASURED_ON = ("公里", "平方米", "吨", SHARE)
_PER = re.compile(
    "[/／](?:股|[吨噸]|人|桶|[辆輛]|平方米|瓦|年|月|天|日|小[时時]|公斤|度|份|[户戶])"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its surroundings; ``before`` and ``after`` are nouns, ``verb`` leads to it.

    ``unit`` is in Simplified characters.
    """

    found: QuantityMention
    unit: str
    verb: Word | None
    before: Span | None
    after: Span | None


class CountReader:
    """Reads the words around the numbers of one document; *taken* are those that say something
    else (names, times, numbers), *named* the characters of names."""

    def __init__(
        self,
        annotated: AnnotatedDocument,
        lexicon: Lexicon,
        words: WordIndex,
        taken: Iterable[int],
    ) -> None:
        self.text, self.words = annotated.document.text, words
        self.taken = frozenset(taken)
        self.named = frozenset(
            at for m in annotated.mentions for at in range(m.span.start, m.span.end)
        )
        self.vague_units, self.sums = lexicon.words("lex:VagueUnit"), lexicon.words("lex:SumUnit")
        self.usual, self.counted = lexicon.words("lex:Measured"), lexicon.words("lex:Counted")
        self.amounts = tuple(lexicon.words("lex:AmountEnding"))
        self.lasting = tuple(lexicon.words("lex:Lasting"))
        self.having = lexicon.words("lex:Having")
        self.deeds = lexicon.words("lex:Deed") | self.having | lexicon.words("lex:Levied")
        self.changes, self.reaching = lexicon.words("lex:Change"), lexicon.words("lex:Reaching")
        self.sharing = lexicon.words("lex:ShareVerb")
        self.purposes = lexicon.words("lex:Purpose")
        self.periods = lexicon.words("lex:Period")
        self.prices = tuple(lexicon.words("lex:Price"))
        self.deals = tuple(lexicon.words("lex:DealPrice"))
        self.generic = lexicon.words("lex:Anaphor")
        self.noun: tuple[str, str] = ("", "")  # the unit and the noun of the last count

    def read(self, clause: Clause, found: QuantityMention) -> Counted:
        """The number *found* in *clause*, with its words."""
        before = Span(clause.span.start, found.span.start)
        return Counted(
            found,
            self._simplified_unit(found),
            self._verb_before(before) or self.change_after(found.span),
            self._nouns_before(before),
            self._nouns_after(Span(found.span.end, clause.span.end)),
        )

    # --- What kind of number it is --------------------------------------------------

    def is_sum(self, unit: str) -> bool:
        """Whether the noun of such a number stands before it."""
        return any(unit.endswith(word) for word in self.sums)

    def is_vague(self, unit: str) -> bool:
        """Whether such a number only counts where a word says what it is (判囚 3 年)."""
        return unit in self.vague_units

    def is_usual(self, counted: Counted) -> bool:
        """Whether the noun behind the number, or its unit, is known to be measured."""
        known = counted.unit in self.usual or counted.unit in self.counted
        return known or self.has_usual(counted.after)

    def has_usual(self, span: Span | None) -> bool:
        """Whether the lexicon knows the noun as something that is measured (營收, 用戶)."""
        name = simplify(self.of(span))
        return name.endswith((*self.usual, *self.counted, *self.amounts))

    def is_measure(self, span: Span | None) -> bool:
        """Whether the noun before the number is what the number measures (市值, 持股比例)."""
        name = simplify(self.of(span))
        return any(word in name for word in self.usual) or name.endswith(self.amounts)

    def term(self, span: Span) -> Span | None:
        """The word beside a span of time that makes it a term: 判囚 3 年, 3 年監禁."""
        text = self.words.simplified
        low = span.start - text.endswith("了", 0, span.start)
        high = span.end + text.startswith("的", span.end)
        for word in self.lasting:
            if text.endswith(word, 0, low):
                return Span(low - len(word), low)
            if text.startswith(word, high):
                return Span(high, high + len(word))
        return None

    def deal(self, counted: Counted) -> Span | None:
        """The word that says that the sum is the price of a deal: 作價 Q, 交易價格為 Q."""
        verb, noun = counted.verb, counted.before
        if verb and verb.text in self.deals:
            return Span(verb.start, verb.end)
        return noun if simplify(self.of(noun)).endswith(self.deals) else None

    def is_price(self, span: Span | None) -> bool:
        """Whether the noun is the price of a thing (售價)."""
        return simplify(self.of(span)).endswith(self.prices)

    def is_rate(self, span: Span) -> bool:
        """Whether a unit follows by which it is reckoned: 5 元/股."""
        return _PER.match(self.text, span.end) is not None

    def is_of_each(self, clause: Clause, span: Span) -> bool:
        """Whether it is given for each of several (每戶 3000 元); each year is a rate of one."""
        each = self.words.simplified.rfind(_EACH, clause.span.start, span.start)
        if each < 0 or each in self.named:
            return False
        return not _EACH_TIME.match(self.words.simplified, each)

    def is_of_noun(self, found: QuantityMention) -> bool:
        """Whether it only tells of a noun that no name is: 面積 1000 平方尺的單位."""
        end = found.span.end
        unit = self._simplified_unit(found)
        money = self.is_sum(unit) and unit not in _MEASURED_ON
        if money or not self.words.simplified.startswith("的", end) or end + 1 in self.named:
            return False
        noun = self._nouns_after(Span(end + 1, end + 1 + _MAX_NAME))
        return not self.has_usual(noun) and self.term(found.span) is None

    def is_beside_noun(self, counted: Counted) -> bool:
        """Whether a share is of what stands right before it and is no name: 乙項目 5% 股權."""
        word = self.words.word_at(max(0, counted.found.span.start - 1))
        beside = word.start not in self.named and self._is_nominal(word)
        return counted.unit == SHARE and beside and word.text not in self.generic

    # --- What it is called ------------------------------------------------------------

    def name(self, counted: Counted) -> str:
        """The noun that is counted, with the deed that counts it: 提出移交申請, 市值, 歸還.

        A share that somebody takes of something is no amount of that: 佔總股本.
        """
        verb, term = counted.verb, self.term(counted.found.span)
        if counted.unit in self.vague_units and term:
            return self.of(term)
        noun = self._noun(counted)
        if _is_rank(counted.found):
            return noun if _RANK in noun else noun + _RANK
        told = self.deeds - self.having | self.sharing
        deed = verb is not None and verb.text in told
        counts = deed or (not noun and verb is not None and verb.text in self.deeds | self.changes)
        lead = self.text[verb.start : verb.end] if verb and counts else ""
        return noun if lead in noun else lead + noun

    def _noun(self, counted: Counted) -> str:
        """The noun before a sum and behind a count; that of the last count where it is left out."""
        after, before, unit = self.of(counted.after), counted.before, counted.unit
        crossed = before and counted.verb and before.start < counted.verb.start
        if (crossed and not self.is_measure(before)) or self._is_behind(counted):
            before = None  # 從基金取去 3 億元
        after = after or (counted.found.quantity.unit if self.is_usual(counted) else "")
        noun = self.of(before) or after if self.is_sum(unit) else after or self.of(before)
        if unit and not self.is_sum(unit):
            noun = noun or (self.noun[1] if self.noun[0] == unit else "")
            self.noun = (unit, noun)
        return noun

    def _is_behind(self, counted: Counted) -> bool:
        """Whether the noun of a share stands behind it: 持有公司 47% 的股份."""
        return self.has_usual(counted.after) and not self.is_measure(counted.before)

    def _simplified_unit(self, found: QuantityMention) -> str:
        unit = found.quantity.unit
        at = found.quantity.raw.rfind(unit) if unit else -1
        start = found.span.start + at
        return self.words.simplified[start : start + len(unit)] if at >= 0 else unit

    def unit(self, found: QuantityMention) -> str:
        """個 says nothing: with the noun of one character that follows it (個州) it does.

        So does what a rate is reckoned by: 元/股.
        """
        end = found.span.end
        if per := _PER.match(self.text, end):
            return found.quantity.unit + "/" + per[0][1:]
        if self._simplified_unit(found) == _COUNTER and end < len(self.words.simplified):
            word = self.words.word_at(end)
            if word.tag[0] == "n" and word.end == end + 1:
                return found.quantity.unit + self.text[end : word.end]
        return found.quantity.unit

    # --- The words around it -----------------------------------------------------------

    def _verb_before(self, span: Span) -> Word | None:
        """The verb that has the number as its object: only its noun may come between."""
        for word in reversed(self.words.within(span)):
            if word.start in self.named:
                continue
            if word.tag[0] == "v" and word.tag != "vn":
                return word
            if word.start not in self.taken and not self._may_stand_between(word):
                return None
        return None

    def _may_stand_between(self, word: Word) -> bool:
        return word.tag[0] in "nbjudmxf" or word.tag in _NOUNS or word.text in self.reaching

    def change_after(self, span: Span) -> Word | None:
        """The verb of a change whose start the number is (由 870 間減至 766 間)."""
        words, at = self.words.words, self.words.index_at(max(0, span.end - 1)) + 1
        return words[at] if at < len(words) and words[at].text in self.changes else None

    def _nouns_after(self, span: Span) -> Span | None:
        """The run of nouns that begins right after, through 的; verbs if nouns end it."""
        run: list[Word] = []
        for word in self.words.within(span):
            qualifies = word.tag == "a" or (word.text == "的" and len(run) < 2)
            if not qualifies and not self._is_nominal(word):
                break
            run.append(word)
        while run and not (run[-1].tag.startswith(_NOUNS) or run[-1].text in self.usual):
            run.pop()
        noun = self._span(run)
        return noun if self.has_usual(noun) else self._verbal(span) or noun

    def _verbal(self, span: Span) -> Span | None:
        """A noun phrase that begins with its verbs, to the end of the clause (移交逃犯申請)."""
        run = self.words.within(span)
        if run and run[0].text in self.purposes:
            return None  # 15 億元用於建設: a purpose
        plain = all(w.start not in self.named for w in run) and all(
            self._is_nominal(w) or w.tag == "v" for w in run
        )
        return self._span(list(run)) if plain else None

    def _nouns_before(self, span: Span) -> Span | None:
        """The last run of nouns before the verb that leads up to the quantity."""
        run: list[Word] = []
        for word in reversed(self.words.within(span)):
            if self._is_nominal(word) or (run and self._belongs(word, run[0])):
                run.insert(0, word)
            elif run or not self._leads_up(word):
                break
        return self._span(run)

    def _belongs(self, word: Word, following: Word) -> bool:
        """日 in 日活躍用戶, not a date's; the verb before an ending that is no word (質押|率)."""
        if word.start in self.taken:
            return False
        return word.text in self.periods or (word.tag[0] == "v" and self._is_ending(following))

    def _is_ending(self, word: Word) -> bool:
        """Whether it is the last character of an amount (率, 額), which is no word by itself."""
        return len(word.text) == 1 and word.text in self.amounts

    def _leads_up(self, word: Word) -> bool:
        """Whether the word may stand between the measure and its number (從 8% 降至 5%)."""
        if word.start in self.named or word.text in "，,；;":
            return False
        return word.tag[0] in "vdcpxu" or word.start in self.taken

    def _is_nominal(self, word: Word) -> bool:
        if word.start in self.taken:
            return False
        is_code = word.text[0].isdigit() or "." in word.text  # 000651.SZ
        is_noun = word.tag[0] in "nbj" or word.tag in ("vn", "eng", "l")
        return not is_code and (is_noun or word.text in self.usual or self._is_ending(word))

    def _span(self, run: list[Word]) -> Span | None:
        run = run[1:] if run and run[0].text == "的" else run
        span = Span(run[0].start, run[-1].end) if run else None
        return span if span and 1 < span.end - span.start <= _MAX_NAME else None

    def of(self, span: Span | None) -> str:
        """The text of *span*; empty for none."""
        return span.of(self.text).strip() if span else ""


def _is_rank(found: QuantityMention) -> bool:
    """Whether it is a place among others (位居全球第二)."""
    return found.quantity.raw.startswith(_ORDINAL)
