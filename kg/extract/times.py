"""Which time expression governs a word: one of its clause, or one that its sentence sets off.

The time of a noun (2019年的協議), of a clause that describes one (2018年成立的公司), or of a saying
is not that of what is done.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import takewhile

from kg.extract.clauses import Clause
from kg.lexicon import Lexicon
from kg.model import AnnotatedDocument, Span, TimeMention, TimeSpan
from kg.words import Word, WordIndex

_OPENING = 2  # a sentence may begin with 在, 就在 or 自
_TOLD = 120  # characters back in which 即時 finds its day
_COMMAS, _BREAKS = ("，", ","), "，,；;：:"
_STOP = re.compile(f"[{_BREAKS}。！？!?\n]")
_LINKS = "在于至到自"  # may stand between a verb and its time
_OF = "的"
_DAY = 10  # characters of YYYY-MM-DD
_NEAR = 5  # words after 的 in which 上 or 期間 tells that the noun is where it was


class TimeGovernor:
    """Finds the times of the words of one document."""

    def __init__(self, annotated: AnnotatedDocument, lexicon: Lexicon, words: WordIndex) -> None:
        self.annotated, self.times, self.words = annotated, annotated.times, words
        self.going_on = tuple(lexicon.words("lex:GoingOn"))
        self.at_once = _any_of(lexicon.words("lex:AtOnce"))
        self.says = lexicon.words("lex:OnlySays")
        self.saying = _any_of(self.says, "[，,：:]")
        self.occasions = lexicon.words("lex:AtOccasion")
        self.charging = _any_of(lexicon.words("lex:ChargedWith"))
        self.now = _any_of(lexicon.words("lex:Now"))
        self.adding = tuple(lexicon.words("lex:GoingOn") - {"再", "更", "还"})
        self.earlier = _any_of(lexicon.words("lex:Earlier"))
        self.when = lexicon.words("lex:WhenWord")
        self.only_day = self._only_day()
        self.stops = [found.start() for found in _STOP.finditer(annotated.simplified)]

    def of(
        self, clause: Clause, cue: Span, *, counted: bool = False, shared: int | None = None
    ) -> TimeSpan | None:
        """The time of what *cue* says: in its clause before it, after it, or set off before it.

        Set off is a time that opens the sentence, that ends a phrase before a comma, or of a
        clause before with which this one goes on: it says so (並), or leaves out its subject, which
        stands at *shared* (but not a year: 2018年成立，總部設於 …). Where a word says that it was
        then (即時), the last day told before. What is *counted* has the time of its noun.
        """
        units = [u.time for u in clause.units if u.time and u.time.time]
        inside = [time for time in units if self._governs(time, clause, cue, counted)]
        before = [time for time in inside if time.span.start < cue.start]
        if before or inside:
            return (before[-1] if before else inside[0]).time
        return self._set_off(clause, cue, counted, shared) or self._at_once(clause, cue)

    def of_state(self, clause: Clause, cue: Span) -> TimeSpan | None:
        """The article's day, if the clause says that the number is today's (目前, 現有)."""
        published = self.annotated.document.published
        says = self.now.search(self.annotated.simplified, clause.span.start, cue.end)
        return TimeSpan(published, published, "day") if published and says else None

    def told_before(self, clause: Clause, cue: Span) -> TimeSpan | None:
        """The day on which a deed was done whose sentence tells no time.

        It is the day told last in its paragraph, or the only one that the article tells; not
        where words say that it was earlier (曾, 上任時), nor a day to come.
        """
        sentence, text = self.annotated.sentences[clause.sentence], self.annotated.simplified
        own = self._between(sentence.start, sentence.end)
        if own or self.earlier.search(text, sentence.start, sentence.end):
            return None
        if self.charging.match(text, cue.start):
            return None  # who is charged was so some day
        if any(w.text in self.when for w in self.words.within(Span(sentence.start, cue.start))):
            return None
        told = self._between(text.rfind("\n", 0, cue.start) + 1, cue.start)
        if not told:
            return self.only_day
        held = not self._is_of_noun(told[-1], told[-1].span.end, cue)
        return self._past_day(told[-1]) if held else None

    def _only_day(self) -> TimeSpan | None:
        days = {day for mention in self.times if (day := self._past_day(mention))}
        return days.pop() if len(days) == 1 else None

    def _past_day(self, mention: TimeMention) -> TimeSpan | None:
        """The day of *mention*, without the hour; None if it is none or still to come."""
        start, end = (mention.time.start, mention.time.end) if mention.time else (None, None)
        if not start or not end or len(start) < _DAY or start[:_DAY] != end[:_DAY]:
            return None
        day, published = start[:_DAY], self.annotated.document.published
        return TimeSpan(day, day, "day") if published and day <= published else None

    def _governs(self, mention: TimeMention, clause: Clause, cue: Span, counted: bool) -> bool:
        """Whether a time of the clause is not that of a noun, or of what somebody says.

        Nor is it that of what somebody is charged with (被控於5月犯案).
        """
        if counted:
            return True
        charged = self.charging.search(self.annotated.simplified, cue.start, mention.span.start)
        if charged and mention.span.end < clause.span.end:
            return False
        between = self.words.within(Span(mention.span.end, cue.start))
        said = any(w.text in self.says and (w.tag[0] == "v" or len(w.text) > 1) for w in between)
        return not said and not self._is_of_noun(mention, clause.span.end, cue)

    def _set_off(
        self, clause: Clause, cue: Span, counted: bool, shared: int | None
    ) -> TimeSpan | None:
        sentence = self.annotated.sentences[clause.sentence]
        resumed = clause.text.startswith(self.going_on) or self._adds(clause, cue)
        for mention in reversed(self._between(sentence.start, cue.start)):
            if mention.time is None or self._is_said(mention, clause):
                continue
            shares = shared is not None and shared <= mention.span.start and _is_act(mention.time)
            held = resumed or shares or self._is_set_off(sentence, mention)
            if held and (counted or not self._is_of_noun(mention, cue.start, cue)):
                return mention.time
        return None

    def _adds(self, clause: Clause, cue: Span) -> bool:
        """Whether the word before *cue* joins it to what was done before (乙亦退出)."""
        return self.annotated.simplified.endswith(self.adding, clause.span.start, cue.start)

    def _at_once(self, clause: Clause, cue: Span) -> TimeSpan | None:
        """The last day told before *cue* if its clause says that it was then."""
        simplified = self.annotated.simplified
        if not self.at_once.search(simplified, clause.span.start, cue.end):
            return None
        told = self._between(cue.start - _TOLD, cue.start)
        days = (m.time for m in reversed(told) if m.time and m.time.precision in ("day", "minute"))
        return next((day for day in days if day.start and day.end), None)

    def _between(self, start: int, end: int) -> tuple[TimeMention, ...]:
        low, high = (bisect_left(self.times, at, key=_start) for at in (start, end))
        return self.times[low:high]

    def _is_of_noun(self, mention: TimeMention, end: int, cue: Span) -> bool:
        """Whether it tells of a noun, alone or in a clause that ends before *end*.

        Such a clause begins with its time, but where the noun is an occasion (在2019年舉行的論壇上
        …) it was then.
        """
        text, start = self.annotated.simplified, mention.span.end
        if text.startswith(_OF, start):
            return True
        if start <= cue.start and any(w.tag[0] in "nv" for w in self._before(mention)):
            return False
        after = self.words.within(Span(start, end))
        after = tuple(takewhile(lambda word: word.text not in _BREAKS, after))
        at = next((n for n, word in enumerate(after) if word.text == _OF), None)
        if at is None or start <= cue.start < after[at].start:
            return False
        verbs = any(word.tag[0] == "v" for word in after[:at])
        return verbs and not any(word.text in self.occasions for word in after[at:][:_NEAR])

    def _before(self, mention: TimeMention) -> tuple[Word, ...]:
        """The words of its clause before the time."""
        start = mention.span.start
        before = bisect_left(self.stops, start)
        begin = self.stops[before - 1] + 1 if before else 0
        return self.words.within(Span(begin, start))

    def _is_said(self, mention: TimeMention, clause: Clause) -> bool:
        """Whether somebody says between the two what stands in *clause*."""
        simplified = self.annotated.simplified
        return bool(self.saying.search(simplified, mention.span.end, clause.span.start))

    def _is_set_off(self, sentence: Span, mention: TimeMention) -> bool:
        """Whether it opens its sentence, or ends a phrase and no clause (not 延長至2025年，)."""
        if mention.span.start <= sentence.start + _OPENING:
            return True
        before = [word for word in self._before(mention) if word.text not in _LINKS]
        ends_clause = bool(before) and before[-1].tag == "v"
        return not ends_clause and self.annotated.simplified.startswith(_COMMAS, mention.span.end)


def _is_act(time: TimeSpan) -> bool:
    """Whether the time is so fine that something is done then, not that something holds since."""
    return time.precision != "year"


def _any_of(words: frozenset[str], after: str = "") -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(f"(?:{listed}){after}" if listed else r"(?!)")


def _start(mention: TimeMention) -> int:
    return mention.span.start
