"""Adapting to plain news: which words are hidden, that it learns, that it can be resumed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from training_set import made_up, simplified, small_config, small_vocabulary

from kg.annotation.recogniser.vocabulary import SPECIALS, UNKNOWN
from kg.training import trainer
from kg.training.adapt import Adaptation, Adapter
from kg.training.config import Adaptation as Adapt
from kg.training.data import IGNORED
from kg.training.network import Encoder
from kg.training.silver import Tagged

NAMES = ("n-B", "n-I", "O", "w-B")
VOCABULARY = small_vocabulary()


def tagged(text: str) -> Tagged:
    """Words of one, two and three characters in turn; what stands alone at the end is a sign."""
    tags = ([0, 0, 1, 0, 1, 1] * (len(text) // 6 + 1))[: len(text) - 1]
    return Tagged(text, (*tags, 3))


TEXTS = [tagged(simplified(sentence).text) for sentence in made_up(30)]


def encoder(seed: int = 5, dropout: float = 0.1) -> Encoder:
    torch.manual_seed(seed)
    return Encoder(len(VOCABULARY), 1, 32, 2, 64, 1e-6, dropout)


def adaptation(
    masked: float = 0.15, passes: float = 2.0, texts: list[Tagged] = TEXTS, seed: int = 5
) -> Adaptation:
    config = small_config((), adapt=Adapt(1e-2, 256, masked, passes, ()))
    return Adaptation(encoder(seed), VOCABULARY, NAMES, texts, config)


Rows = NDArray[np.int64]


def masked_rows(run: Adaptation, rounds: int = 1) -> list[tuple[Rows, Rows, Rows, Rows]]:
    """Of each text, *rounds* times: its rows, what is seen, what is hidden, its words' numbers."""
    found = []
    for item in [*range(len(TEXTS))] * rounds:
        rows = np.array(VOCABULARY.encode(TEXTS[item].text))
        words = np.cumsum([tag != 1 for tag in TEXTS[item].tags])
        found.append((rows, *map(np.array, run._masked(item)), words))
    return found


@pytest.mark.parametrize("masked", [0.0, 0.15, 0.6, 1.0])
def test_only_hidden_characters_are_seen_otherwise(masked: float) -> None:
    for rows, seen, hidden, _ in masked_rows(adaptation(masked)):
        assert rows.shape == seen.shape == hidden.shape
        asked = hidden != IGNORED
        assert (hidden[asked] == rows[asked]).all()
        assert (seen[~asked] == rows[~asked]).all()
        assert ((seen >= len(SPECIALS)) & (seen < len(VOCABULARY)) | (seen == UNKNOWN)).all()


@pytest.mark.parametrize("masked", [0.3, 0.6])
def test_words_are_hidden_whole_or_not_at_all(masked: float) -> None:
    for _, _, hidden, words in masked_rows(adaptation(masked)):
        for (one, here), (other, there) in pairwise(zip(words, hidden != IGNORED, strict=True)):
            assert one != other or here == there


@pytest.mark.parametrize("masked", [0.0, 0.15, 0.6, 1.0])
def test_the_share_of_the_words_is_hidden(masked: float) -> None:
    hidden = total = 0
    for _, _, asked, words in masked_rows(adaptation(masked), rounds=30):
        total += words[-1]
        hidden += len(set(words[asked != IGNORED]))
    assert hidden / total == pytest.approx(masked, abs=0.02)


def test_of_hidden_characters_most_are_unknown_and_some_stay() -> None:
    asked = masked_rows(adaptation(1.0), rounds=30)
    rows, seen, _, _ = (np.concatenate(parts) for parts in zip(*asked, strict=True))
    known = rows != UNKNOWN
    unknown, same = seen == UNKNOWN, (seen == rows) & known
    assert unknown[known].mean() == pytest.approx(0.8, abs=0.02)
    assert same[known].mean() == pytest.approx(0.1, abs=0.02)
    others = seen[known & ~unknown & ~same]
    assert len(others) / known.sum() == pytest.approx(0.1, abs=0.02)
    assert set(others.tolist()) == set(range(len(SPECIALS), len(VOCABULARY)))


def test_what_is_hidden_is_drawn_anew_each_time() -> None:
    run = adaptation(0.5)
    assert len({run._masked(0) for _ in range(10)}) > 5


def test_a_text_that_begins_within_a_word() -> None:
    """A chunk cut by its length can begin so."""
    run = adaptation(0.5, texts=[Tagged("知远说", (1, 1, 0))])
    for _ in range(20):
        _, hidden = run._masked(0)
        assert (hidden[0] == IGNORED) == (hidden[1] == IGNORED)


def test_a_guess_is_a_score_of_every_row() -> None:
    adapter = Adapter(encoder(), len(NAMES))
    states = torch.randn(5, 32)
    assert adapter.guess(states).shape == (5, len(VOCABULARY))
    adapter.guess(states).sum().backward()
    assert adapter.encoder.word.weight.grad is not None


def test_the_loss_falls_and_the_encoder_is_changed_in_place(tmp_path: Path) -> None:
    run = adaptation(passes=14.0)
    given = run.adapter.encoder
    before = {name: value.clone() for name, value in given.state_dict().items()}
    losses: list[float] = []
    run.run(tmp_path / "run.pt", lambda done, total, loss: losses.append(loss))
    assert len(losses) == len(run.trainer.plan) > 30
    assert np.mean(losses[-8:]) < 0.5 * np.mean(losses[:4])
    assert all(not torch.equal(before[n], value) for n, value in given.state_dict().items())


@pytest.mark.parametrize("masked", [0.0, 1.0])
def test_nothing_or_everything_can_be_hidden(tmp_path: Path, masked: float) -> None:
    losses: list[float] = []
    run = adaptation(masked, 1.0)
    run.run(tmp_path / "run.pt", lambda done, total, loss: losses.append(loss))
    assert np.isfinite(losses).all()


class Interrupted(Exception):
    """Somebody pulled the plug."""


def stop_at_five(done: int, total: int, loss: float) -> None:
    if done == 5:
        raise Interrupted


@pytest.mark.parametrize("save_every", [2, 5])
def test_a_resumed_run_gives_the_weights_of_one_that_was_not_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save_every: int
) -> None:
    """What is masked is drawn alike, also where steps are done again."""
    monkeypatch.setattr(trainer, "_SAVE_EVERY", save_every)
    whole = adaptation()
    whole.run(tmp_path / "whole.pt")
    assert len(whole.trainer.plan) > 6
    with pytest.raises(Interrupted):
        adaptation().run(tmp_path / "parts.pt", stop_at_five)
    rest = adaptation(seed=77)
    rest.run(tmp_path / "parts.pt")
    for name, value in whole.adapter.state_dict().items():
        assert torch.equal(rest.adapter.state_dict()[name], value), name


def test_a_run_that_is_done_gives_its_weights_and_learns_nothing(tmp_path: Path) -> None:
    first = adaptation(passes=1.0)
    first.run(tmp_path / "run.pt")
    steps: list[int] = []
    again = adaptation(passes=1.0, seed=9)
    again.run(tmp_path / "run.pt", lambda *step: steps.append(step[0]))
    assert steps == []
    for name, value in first.adapter.encoder.state_dict().items():
        assert torch.equal(again.adapter.encoder.state_dict()[name], value)
