"""Where a clause has words that the lexicon knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.extract.clauses import Clause
from kg.lexicon import Entry, Lexicon
from kg.model import Span

_TITLE_JOIN = re.compile(r"[、兼暨及和]")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word at units ``[start, end)`` of its clause, with the entries that have it."""

    start: int
    end: int
    word: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class TriggerFinder:
    """Finds the longest words of the lexicon."""

    lexicon: Lexicon

    @cached_property
    def _entries(self) -> dict[str, tuple[Entry, ...]]:
        table: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.lexicon.entries:
            for word in entry.words:
                table[word].append(entry)
        return {word: tuple(entries) for word, entries in table.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = sorted(self._entries, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, words)) or "(?!)")

    def find(self, clause: Clause, longer_words: Mapping[Span, str]) -> Iterator[Trigger]:
        """The words in order; not those that are a part of one of *longer_words*."""
        text = clause.text
        end = 0
        for match in self._pattern.finditer(text):
            if match.start() < end or _is_part(clause, match, longer_words):
                continue
            start, end = match.start(), self._office_end(text, match)
            yield Trigger(start, end, match[0], self._entries[match[0]])

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


def _is_part(clause: Clause, match: re.Match[str], longer_words: Mapping[Span, str]) -> bool:
    units = clause.units[match.start() : match.end()]
    found = Span(units[0].span.start, units[-1].span.end)
    return any(
        span.covers(found) and span != found and not _TITLE_JOIN.fullmatch(text, len(match[0]))
        for span, text in longer_words.items()
    )
