"""How many of the time expressions that people marked in news the grammar finds.

    python -m tests.bench.times FILE [--wrong]

FILE holds sentences, a character and its label (B-TIME, I-TIME, O) a line, an empty line after
each: ``time-dev.bio`` of ALBERT_4_Time_Recognition. ``--wrong`` lists what differs.

What counts as found, and why it is not plain equality:

- Words that open an interval (自, 截至, 起, 以来, 期间) and commas at the edges are taken in or left
  out by turns there; they are cut off on both sides.
- Amounts of time (20个工作日) are quantities here. One that is marked there counts neither as
  missed nor, if the grammar reads it as a time (30年来), as wrong.
- *exact* asks for the same characters, *overlap* for one in common.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.annotation.quantities import find_quantities
from kg.annotation.times import find_times
from kg.model import Span
from kg.script import simplify

_PUBLISHED = "2019-08-15"  # when most of the sentences were written
_OPENING = re.compile(r"(?:截至|截止到?|直[到至]|自从?|[从由在于到至])+")
_CLOSING = re.compile(
    r"(?:[之以]?[前后]|以来|至今|开始|[期之]间|左右|许|起|来|里|内|中|[，、（）()\s])+$"
)


@dataclass(frozen=True, slots=True)
class Score:
    """Right, found and marked expressions of one way to compare."""

    right: int
    found: int
    marked: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in [0, 1]."""
        return 2 * self.right / (self.found + self.marked)

    def __str__(self) -> str:
        precision, recall = self.right / self.found, self.right / self.marked
        return f"P {precision:.2f} R {recall:.2f} F1 {self.f1:.2f}"


@dataclass(frozen=True, slots=True)
class Compared:
    """A sentence with the expressions marked in it and those found, both trimmed."""

    text: str
    marked: tuple[Span, ...]
    found: tuple[Span, ...]

    @property
    def missed(self) -> list[str]:
        """What no expression that was found overlaps."""
        return [m.of(self.text) for m in self.marked if not any(map(m.overlaps, self.found))]

    @property
    def wrong(self) -> list[str]:
        """What was found and is not marked so."""
        return [f.of(self.text) for f in self.found if f not in self.marked]


def compare(path: Path) -> list[Compared]:
    """Every sentence of *path* with a marked or found expression."""
    return [_compared(text, spans) for text, spans in _sentences(path)]


def exact(sentences: list[Compared]) -> Score:
    """The same characters."""
    right = sum(len(set(one.marked) & set(one.found)) for one in sentences)
    return Score(right, *_sizes(sentences))


def overlapping(sentences: list[Compared]) -> Score:
    """A character in common; of two parts of one marked expression only one counts."""
    right = sum(len(one.marked) - len(one.missed) for one in sentences)
    return Score(right, *_sizes(sentences))


def _sizes(sentences: list[Compared]) -> tuple[int, int]:
    return sum(len(one.found) for one in sentences), sum(len(one.marked) for one in sentences)


def _compared(text: str, marked: list[Span]) -> Compared:
    simplified = simplify(text)
    times = find_times(text, simplified, _PUBLISHED)
    amounts = [q.span for q in find_quantities(text, simplified, ())]
    outside = [span for span in marked if span in amounts]
    found = [t.span for t in times if not any(map(t.span.overlaps, outside))]
    trimmed = [tuple(_trimmed(text, s) for s in spans) for spans in (marked, found)]
    return Compared(text, tuple(s for s in trimmed[0] if s not in outside), trimmed[1])


def _trimmed(text: str, span: Span) -> Span:
    """*span* without the words at its edges that only say how it is meant."""
    opening = _OPENING.match(text, span.start, span.end)
    start = opening.end() if opening else span.start
    closing = _CLOSING.search(text, start, span.end)
    return Span(start, closing.start() if closing else span.end)


def _sentences(path: Path) -> Iterator[tuple[str, list[Span]]]:
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split(" ") for line in block.splitlines() if line]
        labels = "".join(label[0] for _, label in rows)  # B, I or O
        marks = [Span(*match.span()) for match in re.finditer("BI*", labels)]
        yield "".join(char for char, _ in rows), marks


def main(path: Path, *, wrong: bool) -> None:
    """Print the figures, and what is missed or wrong if asked."""
    sentences = compare(path)
    print(f"exact    {exact(sentences)}")
    print(f"overlap  {overlapping(sentences)}")
    for one in sentences if wrong else ():
        if one.missed or one.wrong:
            print(f"missed {one.missed} wrong {one.wrong}  {one.text}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), wrong="--wrong" in sys.argv)
