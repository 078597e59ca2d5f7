"""The network that is trained does what the one that is shipped does."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from kg.extract.reader import PairNetwork
from kg.training.pair_network import TrainedPairs, make_batch
from kg.training.pairs import UNKNOWN, Example
from tests.pair_examples import (
    CLASSES,
    HEADS,
    INNER,
    RELATIONS,
    STATES,
    WIDTH,
    drawn_passage,
    drawn_weights,
)

PASSAGES = [
    drawn_passage(12, [(0, 2), (5, 7)], 1),
    drawn_passage(30, [(1, 4), (9, 12), (28, 30)], 2),
    drawn_passage(5, [(0, 1), (1, 2), (4, 5)], 3),
]


def network(dropout: float = 0.0) -> TrainedPairs:
    made = TrainedPairs(STATES, len(RELATIONS), len(CLASSES), WIDTH, HEADS, INNER, dropout)
    weights = {n: torch.from_numpy(a.astype(np.float32)) for n, a in drawn_weights().items()}
    made.load_state_dict(weights)
    return made.eval()


def example(at: int) -> Example:
    passage = PASSAGES[at]
    wanted = np.zeros((len(passage.pairs), len(RELATIONS)), np.int8)
    wanted[0, 0] = 1
    return Example("doc", passage, wanted, wanted > 1)


@pytest.mark.parametrize("at", range(len(PASSAGES)))
def test_it_gives_the_same_log_odds(at: int) -> None:
    with torch.no_grad():
        expected = network()(make_batch([example(at)]))[0].numpy()
    found = PairNetwork(drawn_weights()).run(PASSAGES[at])
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=2e-3)


def test_what_stands_beside_it_in_a_batch_changes_nothing() -> None:
    with torch.no_grad():
        together = network()(make_batch([example(at) for at in range(len(PASSAGES))]))
        for at, passage in enumerate(PASSAGES):
            alone = network()(make_batch([example(at)]))[0]
            beside = together[at, : len(passage.pairs)]
            torch.testing.assert_close(beside, alone, rtol=1e-4, atol=1e-4)


def test_what_is_padded_is_not_known() -> None:
    batch = make_batch([example(0), example(1)])
    assert batch.wanted.shape == (2, 6, len(RELATIONS))
    assert (batch.wanted[0, 2:] == UNKNOWN).all()
    assert batch.known.sum() == (2 + 6) * len(RELATIONS)


def test_before_it_has_learned_all_is_unlikely() -> None:
    made = TrainedPairs(STATES, len(RELATIONS), len(CLASSES), WIDTH, HEADS, INNER, 0.0)
    with torch.no_grad():
        assert (made(make_batch([example(0)])) < -3).all()
