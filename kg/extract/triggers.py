"""Where a clause has words that the lexicon knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extract.clauses import Clause
from kg.lexicon import HEAD, Entry, Lexicon, choice
from kg.model import Span

_PHRASE, _DONE = 4, "了"
_DEPARTMENTS = tuple("部局署廳厅院")  # whose head is called 部長, 局長
_TITLE_JOIN = re.compile(r"[、兼暨及和]")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word at units ``[start, end)`` of its clause, with the entries that have it."""

    start: int
    end: int
    word: str
    entries: tuple[Entry, ...]

    def cue(self, clause: Clause) -> Span:
        """The characters of the word; for names side by side, those of both."""
        if self.start == self.end:
            right = clause.units[min(self.start, len(clause.units) - 1)].span
            return Span(clause.units[self.start - 1].span.start, right.end)
        units = clause.units[self.start : self.end]
        return Span(units[0].span.start, units[-1].span.end)


@dataclass(frozen=True)
class TriggerFinder:
    """Finds the longest words of the lexicon."""

    lexicon: Lexicon

    @cached_property
    def _entries(self) -> dict[str, tuple[Entry, ...]]:
        table: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.lexicon.entries:
            for word in entry.words:
                for form in _forms(word):
                    table[form].append(entry)
        return {word: tuple(entries) for word, entries in table.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(choice(self._entries))

    @cached_property
    def _ranks(self) -> frozenset[str]:
        return self.lexicon.words("lex:Rank")

    @cached_property
    def _unlisted(self) -> tuple[Entry, ...]:
        """The entries of a title that is in no list."""
        return tuple(entry for entry in self.lexicon.entries if entry.unlisted)

    def find(
        self, clause: Clause, longer_words: Mapping[Span, str], offices: Iterable[Span] = ()
    ) -> Iterator[Trigger]:
        """The words in order; not those that are a part of one of *longer_words*.

        Each of *offices*, titles that are perhaps in no list, is a word with the entries of the
        title that it ends with, else with those of all offices.
        """
        listed = list(self._listed(clause, longer_words))
        titles = _joined([*self._titles(clause, listed, offices), *self._heads(clause)])
        taken = {at for title in titles for at in range(title.start, title.end)}
        words = [word for word in listed if taken.isdisjoint(range(word.start, word.end))]
        yield from sorted(words + titles, key=lambda trigger: trigger.start)

    def _listed(self, clause: Clause, longer_words: Mapping[Span, str]) -> Iterator[Trigger]:
        text, at = clause.text, 0
        while match := self._pattern.search(text, at):
            if _is_part(clause, match, longer_words, self._ranks):
                at = match.start() + 1  # 請辭 in 申請 辭去 hides no 辭去
                continue
            at = self._office_end(text, match)
            yield Trigger(match.start(), at, match[0], self._entries[match[0]])

    def _titles(
        self, clause: Clause, listed: list[Trigger], offices: Iterable[Span]
    ) -> Iterator[Trigger]:
        for start, end in _places(clause, offices):
            if clause.units[start].group is not None and end > start + 1:
                start += 1  # 甲公司行政總裁, of which 甲公司 is a name
            if clause.text[start:end] == HEAD:
                continue  # of a department, which reads its head itself
            within = [t for t in listed if t.start < end <= t.end]
            if any(t.start < start for t in within):
                continue  # 見記者 is one word, of which 記者 is no title
            last = within[-1] if within else None
            entries = last.entries if last else self._unlisted
            yield Trigger(start, last.end if last else end, clause.text[start:end], entries)

    def _heads(self, clause: Clause) -> Iterator[Trigger]:
        """長 between a department and a person is the office of its head (經濟部長王某)."""
        threes = zip(clause.units, clause.units[1:], clause.units[2:], strict=False)
        for at, (body, word, person) in enumerate(threes):
            if word.text != HEAD or body.group is None or person.group is None:
                continue
            if body.group.members[-1].surface.endswith(_DEPARTMENTS):
                yield Trigger(at + 1, at + 2, HEAD, self._unlisted)

    def _office_end(self, text: str, match: re.Match[str]) -> int:
        """Offices in a row (董事長、總裁) are one word."""
        end = match.end()
        if not any(entry.office for entry in self._entries[match[0]]):
            return end
        while joined := _TITLE_JOIN.match(text, end):
            following = self._pattern.match(text, joined.end())
            if not following or not any(e.office for e in self._entries[following[0]]):
                break
            end = following.end()
        return end


def _joined(titles: list[Trigger]) -> list[Trigger]:
    """*titles* with those that touch as one, which is what the last is (常任|秘書長)."""
    joined: list[Trigger] = []
    for title in sorted(titles, key=lambda one: one.start):
        if joined and joined[-1].end == title.start:
            before = joined.pop()
            title = replace(title, start=before.start, word=before.word + title.word)
        joined.append(title)
    return joined


def _forms(word: str) -> tuple[str, ...]:
    """The word, and one of verb and object also with what has been done (提起了诉讼)."""
    half = _PHRASE // 2
    return (word, f"{word[:half]}{_DONE}{word[half:]}") if len(word) == _PHRASE else (word,)


def _places(clause: Clause, spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """The positions of those *spans* that begin and end with a unit of *clause*."""
    starts = {unit.span.start: at for at, unit in enumerate(clause.units)}
    ends = {unit.span.end: at + 1 for at, unit in enumerate(clause.units)}
    for span in spans:
        if span.start in starts and span.end in ends:
            yield starts[span.start], ends[span.end]


def _is_part(
    clause: Clause,
    match: re.Match[str],
    longer_words: Mapping[Span, str],
    ranks: frozenset[str],
) -> bool:
    """Whether it is only a part of one of *longer_words*; not so behind a rank (名譽|主席)."""
    units = clause.units[match.start() : match.end()]
    found = Span(units[0].span.start, units[-1].span.end)
    return _straddles(found, longer_words) or any(
        span.covers(found)
        and span != found
        and not _TITLE_JOIN.fullmatch(text, len(match[0]))
        and text.removesuffix(match[0]) not in ranks
        for span, text in longer_words.items()
    )


def _straddles(found: Span, words: Iterable[Span]) -> bool:
    """Whether it is the end of one word and the start of the next (會同 in 董事會 同意)."""
    return all(any(word.start < at < word.end for word in words) for at in (found.start, found.end))
