"""Exact-span precision, recall and F1, as CLUENER and CoNLL score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.annotation.recogniser.tags import Labelled


@dataclass(frozen=True, slots=True)
class SpanScore:
    """Counts of names that are right, that were found, and that are in the gold."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Right of found, in [0, 1]; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right of gold, in [0, 1]; 0 where there is no gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def score_spans(
    pairs: Iterable[tuple[Iterable[Labelled], Iterable[Labelled]]],
) -> dict[str, SpanScore]:
    """Scores by label and, under the key ``""``, of all, from (found, gold) of each sentence."""
    right, found, gold = Counter[str](), Counter[str](), Counter[str]()
    for ours, theirs in pairs:
        ours, theirs = set(ours), set(theirs)
        for counter, spans in ((right, ours & theirs), (found, ours), (gold, theirs)):
            counter.update(label for _, _, label in spans)
            counter[""] += len(spans)
    labels = sorted({*found, *gold})
    return {name: SpanScore(right[name], found[name], gold[name]) for name in labels}
