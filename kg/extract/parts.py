"""Numbers that are a part of the one before: 收到 32 宗申請，其中 13 宗獲批，6 宗屬重複."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.clauses import Clause
from kg.extract.counted import Counted, CountReader
from kg.lexicon import Lexicon
from kg.model import Mention, Span

_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Part:
    """Whose number the whole is, and what the part is called."""

    subject: Mention
    name: str


@dataclass(frozen=True, slots=True)
class _Whole:
    """A number that was read, and where."""

    subject: Mention
    unit: str
    value: float
    sentence: int


class PartReader:
    """Remembers the last number of a name, and reads what is said of a part of it."""

    def __init__(self, counts: CountReader, lexicon: Lexicon) -> None:
        self.counts = counts
        self.opening = tuple(lexicon.words("lex:PartOf"))
        self.being = tuple(sorted(lexicon.words("lex:Being"), key=len, reverse=True))
        self.whole: _Whole | None = None
        self.open: int | None = None  # the sentence in which a part was told

    def note(self, subject: Mention, counted: Counted, clause: Clause) -> None:
        """Remember a number that was read of *subject*."""
        value = counted.found.quantity.value
        self.whole = _Whole(subject, counted.unit, value, clause.sentence)
        self.open = None

    def read(self, clause: Clause, at: int, counted: Counted) -> Part | None:
        """What the number at unit *at* is a part of, if it opens its clause so."""
        whole = self.whole
        if whole is None or whole.sentence != clause.sentence or not counted.unit:
            return None
        before = Span(clause.span.start, clause.units[at].span.start)
        lead = self.counts.words.simplified[before.start : before.end]
        goes_on = self.open == clause.sentence and not lead
        smaller = counted.unit == whole.unit and counted.found.quantity.value <= whole.value
        if not smaller or not (goes_on or lead in self.opening):
            return None
        name = self._name(clause, at, told=not goes_on)
        if not name:
            return None
        self.open = clause.sentence
        return Part(whole.subject, name)

    def _name(self, clause: Clause, at: int, *, told: bool) -> str:
        """What the rest of the clause says of the part; what only follows must say 屬 or 為."""
        rest = clause.units[at + 1 :]
        if not rest or not all(unit.is_plain for unit in rest):
            return ""
        text = "".join(unit.text for unit in rest)
        being = next((len(word) for word in self.being if text.startswith(word)), 0)
        if not (being or told) or not 1 < len(rest) - being <= _LONGEST:
            return ""
        return self.counts.of(Span(rest[being].span.start, rest[-1].span.end))
