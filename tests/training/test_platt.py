"""Log-odds that tell how often they are right."""

from __future__ import annotations

import random

import pytest

from kg.training.platt import platt, share, turns


def test_what_is_too_sure_becomes_less_sure() -> None:
    drawn = random.Random(1)
    odds = [drawn.choice((-4.0, 4.0)) for _ in range(2000)]
    right = [drawn.random() < (0.7 if one > 0 else 0.3) for one in odds]
    slope, shift = platt(odds, right)
    assert share(slope * 4 + shift) == pytest.approx(0.7, abs=0.04)
    assert share(slope * -4 + shift) == pytest.approx(0.3, abs=0.04)


def test_of_nothing_nothing_is_changed() -> None:
    assert platt([], []) == pytest.approx((1.0, 0.0))


@pytest.mark.parametrize("odds", [-1e9, -3.0, 0.0, 3.0, 1e9])
def test_a_share_is_in_its_range(odds: float) -> None:
    assert 0 <= share(odds) <= 1
    assert share(odds) + share(-odds) == pytest.approx(1)


def test_a_document_is_held_out_whole_and_each_once() -> None:
    documents = [f"doc{at % 7}" for at in range(50)]
    found = turns(documents, 1, 3)
    assert len({(d, t) for d, t in zip(documents, found, strict=True)}) == 7
    assert set(found) == {0, 1, 2}
    assert found == turns(documents, 1, 3)
