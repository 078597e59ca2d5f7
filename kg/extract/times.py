"""Which time expression governs a word: one of its clause, or one that its sentence sets off.

The time of a noun (2019年的協議) is not that of what is done with it, and the day on which
somebody says something not that of what he says.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.extract.clauses import Clause
from kg.lexicon import Lexicon
from kg.model import AnnotatedDocument, Span, TimeMention, TimeSpan

_OPENING = 2  # a sentence may begin with 在, 就在 or 自
_TOLD = 120  # characters back in which 即時 finds its day
_COMMAS = ("，", ",")


class TimeGovernor:
    """Finds the times of the words of one document."""

    def __init__(self, annotated: AnnotatedDocument, lexicon: Lexicon) -> None:
        self.annotated, self.times = annotated, annotated.times
        self.going_on = tuple(lexicon.words("lex:GoingOn"))
        self.at_once = _any_of(lexicon.words("lex:AtOnce"))
        self.saying = _any_of(lexicon.words("lex:OnlySays"), "[，,：:]")

    def of(self, clause: Clause, cue: Span, *, counted: bool = False) -> TimeSpan | None:
        """The time of what *cue* says: in its clause before it, after it, or set off before it.

        Set off is a time that opens the sentence or that a comma follows (2019年12月，…), or that
        of the clause before if this one goes on with it (並…). Where a word says that it was then
        (即時), the last day told before. What is *counted* has the time of its noun.
        """
        inside = [u.time for u in clause.units if u.time and u.time.time]
        inside = [time for time in inside if counted or not self._is_of_noun(time)]
        before = [time for time in inside if time.span.start < cue.start]
        if before or inside:
            return (before[-1] if before else inside[0]).time
        return self._set_off(clause, cue, counted) or self._at_once(clause, cue)

    def _set_off(self, clause: Clause, cue: Span, counted: bool) -> TimeSpan | None:
        sentence = self.annotated.sentences[clause.sentence]
        goes_on = clause.text.startswith(self.going_on)
        for mention in reversed(self._between(sentence.start, cue.start)):
            if mention.time is None or self._is_said(mention, clause):
                continue
            held = self._is_set_off(sentence, mention) or goes_on
            if held and (counted or not self._is_of_noun(mention)):
                return mention.time
        return None

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

    def _is_of_noun(self, mention: TimeMention) -> bool:
        return self.annotated.simplified.startswith("的", mention.span.end)

    def _is_said(self, mention: TimeMention, clause: Clause) -> bool:
        """Whether somebody says between the two what stands in *clause*."""
        simplified = self.annotated.simplified
        return bool(self.saying.search(simplified, mention.span.end, clause.span.start))

    def _is_set_off(self, sentence: Span, mention: TimeMention) -> bool:
        opens = mention.span.start <= sentence.start + _OPENING
        return opens or self.annotated.simplified.startswith(_COMMAS, mention.span.end)


def _any_of(words: frozenset[str], after: str = "") -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(f"(?:{listed}){after}" if listed else r"(?!)")


def _start(mention: TimeMention) -> int:
    return mention.span.start
