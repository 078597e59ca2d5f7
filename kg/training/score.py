"""Exact-span precision, recall and F1, as CLUENER and CoNLL score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.annotation.recogniser.tags import Labelled
from kg.evaluate import Score


def score_spans(
    pairs: Iterable[tuple[Iterable[Labelled], Iterable[Labelled]]],
) -> dict[str, Score]:
    """Scores by label, and of all under the key ``""``, from (predicted, gold) of sentences."""
    right, predicted, gold = Counter[str](), Counter[str](), Counter[str]()
    for ours, theirs in pairs:
        ours, theirs = set(ours), set(theirs)
        for counter, spans in ((right, ours & theirs), (predicted, ours), (gold, theirs)):
            counter.update(label for _, _, label in spans)
            counter[""] += len(spans)
    labels = sorted({*predicted, *gold})
    return {name: Score(right[name], predicted[name], gold[name]) for name in labels}
