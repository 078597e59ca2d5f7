"""The reader of pairs learns, and tells by turns of what it has not learned from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from kg.errors import InputError
from kg.training import reader as training
from kg.training.pair_network import make_batch
from kg.training.pairs import Example
from kg.training.reader import TURNS, components, fit, read_turns
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


def test_odds_by_turns_come_back_from_their_file(few_epochs: None, tmp_path: Path) -> None:
    examples = [example(seed) for seed in range(16)]
    odds = training._by_turns(examples, [], len(RELATIONS), 1, lambda *_: None)
    assert [rows.shape for rows in odds] == [(2, len(RELATIONS))] * 16
    training._write_turns(tmp_path / TURNS, examples, odds, RELATIONS)
    found = read_turns(tmp_path / TURNS)
    assert set(found) == {one.document for one in examples}
    last = found["doc3"][("1-3", RELATIONS[0], "8-10")]
    assert last == pytest.approx(float(odds[15][0, 0]), abs=1e-3)


def test_a_file_of_turns_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / TURNS).write_text("{}\n", "utf-8")
    with pytest.raises(InputError, match="no odds"):
        read_turns(tmp_path / TURNS)


def test_what_the_rules_say_too_is_judged_apart(few_epochs: None) -> None:
    one = example(0)
    one.told[0, 0] = True
    odds = [np.zeros((2, len(RELATIONS)), np.float32)]
    told, others = (list(training._judged([one], odds, told=told)) for told in (True, False))
    assert told == [(0.5, True)]
    assert others == [(0.5, False)] * (2 * len(RELATIONS) - 1)


def test_components_keep_what_differs() -> None:
    drawn = np.random.default_rng(1)
    rows = drawn.normal(size=(500, 3)).astype(np.float32) @ drawn.normal(size=(3, 200))
    matrix, shift = components([rows.astype(np.float32)])
    assert matrix.shape == (200, 128)
    flat = rows @ matrix + shift
    spread = flat.std(0)
    assert (spread[:3] > 0.5).all()
    assert np.abs(flat.mean(0)).max() < 1e-2
