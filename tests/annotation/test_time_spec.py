"""The time and quantity grammars against a specification and against what people marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.time_spec import score_folder, table
from bench.times import compare, exact, overlapping

FLOORS = {
    "CurrencyModel": 0.82,
    "DimensionModel": 0.80,
    "recognizers-DatePeriodParser": 0.73,
    "recognizers-DateTimeModel": 0.75,
    "recognizers-DurationParser": 0.42,
    "recognizers-NumberModel": 0.71,
    "recognizers-PercentModel": 0.68,
}


@pytest.mark.shared
def test_shares_do_not_fall(shared: Path) -> None:
    scores = list(score_folder(shared / "data" / "time"))
    print(table(scores))
    assert {score.name for score in scores} == FLOORS.keys()
    fallen = [score.name for score in scores if score.share < FLOORS[score.name]]
    assert fallen == []


@pytest.mark.shared
def test_marked_expressions_are_found(shared: Path) -> None:
    sentences = compare(shared / "data" / "ner" / "time-dev.bio")
    print(exact(sentences), overlapping(sentences), sep="\n")
    assert exact(sentences).f1 >= 0.80
    assert overlapping(sentences).f1 >= 0.87
