"""The reader of pairs learns, is calibrated on what it has not learned from, and comes out whole."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from kg.training import reader as training
from kg.training.pair_network import make_batch
from kg.training.pairs import Example
from kg.training.reader import components, fit, threshold, thresholds
from tests.pair_examples import RELATIONS, drawn_passage


def example(seed: int) -> Example:
    """The first pair is right in the first relation if the lexicon has its word between them."""
    passage = drawn_passage(14, [(1, 3), (8, 10)], seed)
    passage.words[:] = False
    right = seed % 2 == 0
    passage.words[4:6, 0] = right
    wanted = np.zeros((len(passage.pairs), len(RELATIONS)), np.int8)
    wanted[0, 0] = right
    return Example(f"doc{seed // 4}", passage, wanted, wanted > 1)


@pytest.fixture
def few_epochs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "_EPOCHS", 12)
    monkeypatch.setattr(training, "CLASSES", ("kg:Person", "kg:Organization", "kg:Place"))


def test_it_learns_and_equal_seeds_give_equal_networks(few_epochs: None) -> None:
    examples = [example(seed) for seed in range(64)]
    network = fit(examples, 1, len(RELATIONS))
    with torch.no_grad():
        odds = network(make_batch([example(100), example(101)]))
    assert odds[0, 0, 0] > odds[1, 0, 0] + 0.2
    again = fit(examples, 1, len(RELATIONS)).state_dict()
    assert all(torch.equal(value, again[name]) for name, value in network.state_dict().items())


def test_scores_are_those_of_articles_not_learned_from(few_epochs: None) -> None:
    examples = [example(seed) for seed in range(48)]
    line, accepts, judged = training._by_turns(examples, [], RELATIONS, 1, lambda *_: None)
    assert len(judged) == 48 * 2 * len(RELATIONS)
    assert all(0 <= score <= 1 for score, _, _ in judged)
    assert set(accepts) <= set(RELATIONS)
    assert len(line) == 2


def test_components_keep_what_differs() -> None:
    drawn = np.random.default_rng(1)
    rows = drawn.normal(size=(500, 3)).astype(np.float32) @ drawn.normal(size=(3, 200))
    matrix, shift = components([rows.astype(np.float32)])
    assert matrix.shape == (200, 128)
    flat = rows @ matrix + shift
    spread = flat.std(0)
    assert (spread[:3] > 0.5).all()
    assert np.abs(flat.mean(0)).max() < 1e-2


@pytest.mark.parametrize(
    ("right", "least"),
    [("11110000", 0.2), ("1111111100", 0.0), ("1110", 0.6), ("0000", 2.0), ("111", 2.0), ("", 2.0)],
)
def test_the_threshold_needs_enough_that_are_right(right: str, least: float) -> None:
    scores = [round(1 - at / 10, 1) for at in range(1, len(right) + 1)]
    judged = [(score, one == "1") for score, one in zip(scores, right, strict=True)]
    assert threshold(judged) in (pytest.approx(least), least)


def test_a_relation_of_which_little_is_known_is_not_proposed() -> None:
    sure = [(0.9 - at / 100, True, "kg:meets") for at in range(30)]
    rare = [(0.9, True, "kg:sues"), (0.8, True, "kg:sues")]
    wrong = [(0.8 - at / 100, False, "kg:uses") for at in range(10)]
    assert set(thresholds([*sure, *rare, *wrong])) == {"kg:meets"}
