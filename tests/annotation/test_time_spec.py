"""The time and quantity grammars against Recognizers-Text's specification for Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.time_spec import score_folder, table

FLOORS = {
    "CurrencyModel": 0.82,
    "DimensionModel": 0.80,
    "recognizers-DatePeriodParser": 0.69,
    "recognizers-DateTimeModel": 0.71,
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
