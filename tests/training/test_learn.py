"""The loss of partial labels, and a network that learns thirty sentences by heart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional
from training_set import Trained, coarse, small_data, small_network

from kg.annotation.recogniser.tags import Labelled
from kg.training.corpora import Sentence
from kg.training.data import TrainingData, pad_rows
from kg.training.learn import Learner, partial_loss
from kg.training.network import Network
from kg.training.score import score_spans

SEEDS = st.integers(0, 10_000)


def random_scores(seed: int, *shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)) * 4


def one_allowed(tags: Tensor, count: int) -> Tensor:
    return functional.one_hot(tags, count).bool()


@given(SEEDS, st.integers(1, 4), st.integers(1, 7), st.integers(2, 9))
def test_with_one_tag_allowed_the_loss_is_cross_entropy(
    seed: int, batch: int, length: int, tags: int
) -> None:
    scores = random_scores(seed, batch, length, tags)
    gold = random_scores(seed + 1, batch, length, tags).argmax(-1)
    expected = functional.cross_entropy(scores.flatten(0, 1), gold.flatten())
    torch.testing.assert_close(partial_loss(scores, one_allowed(gold, tags)), expected)


@given(SEEDS)
def test_with_all_tags_allowed_there_is_no_loss_and_nothing_to_learn(seed: int) -> None:
    scores = random_scores(seed, 2, 3, 5).requires_grad_()
    loss = partial_loss(scores, torch.ones(2, 3, 5, dtype=torch.bool))
    loss.backward()
    assert loss == 0
    assert scores.grad is not None
    assert not scores.grad.any()


def test_of_two_allowed_tags_the_probabilities_are_added() -> None:
    scores = torch.log(torch.tensor([[0.5, 0.2, 0.3]]))
    loss = partial_loss(scores, torch.tensor([[False, True, True]]))
    assert loss.item() == pytest.approx(-np.log(0.5))


def test_the_mean_is_over_what_is_told() -> None:
    scores = random_scores(1, 1, 4, 3)
    allowed = one_allowed(torch.tensor([[0, 1, 2, 0]]), 3)
    expected = partial_loss(scores[:, :2], allowed[:, :2])
    allowed[:, 2:] = True
    torch.testing.assert_close(partial_loss(scores, allowed), expected)


@given(SEEDS, st.integers(0, 4))
def test_to_allow_more_never_costs_more(seed: int, more: int) -> None:
    scores = random_scores(seed, 6, 5)
    allowed = one_allowed(random_scores(seed + 1, 6, 5).argmax(-1), 5)
    wider = allowed.clone()
    wider[:, more] = True
    assert 0 <= partial_loss(scores, wider) <= partial_loss(scores, allowed) + 1e-6


def test_a_loss_far_off_is_finite() -> None:
    scores = torch.tensor([[1e4, -1e4]])
    assert partial_loss(scores, torch.tensor([[False, True]])).item() == pytest.approx(2e4)


def test_learning_drives_the_loss_down(trained: Trained) -> None:
    assert len(trained.losses) == len(trained.data.plan())
    assert np.mean(trained.losses[-20:]) < 0.05 * np.mean(trained.losses[:5])


def labelled(network: Network, data: TrainingData, text: str, scheme: str) -> list[Labelled]:
    ids = pad_rows([tuple(data.vocabulary.encode(text))], len(text) + 2)
    with torch.no_grad():
        scores = network(ids, scheme)[0].log_softmax(-1).numpy()
    tags = data.tag_sets[scheme]
    return list(tags.decode(tags.best(scores).tolist()))


@pytest.mark.parametrize(
    ("scheme", "gold"), [("news", lambda sentence: sentence), ("coarse", coarse)]
)
def test_the_network_labels_what_it_learnt(
    trained: Trained, scheme: str, gold: Callable[[Sentence], Sentence]
) -> None:
    pairs = [
        (labelled(trained.network, trained.data, s.text, scheme), gold(s).spans)
        for s in trained.sentences
    ]
    assert score_spans(pairs)[""].f1 > 0.97


def test_the_average_labels_it_too_and_is_another(trained: Trained) -> None:
    network = small_network(len(trained.data.vocabulary)).eval()
    network.load_state_dict(trained.learner.trainer.average)
    pairs = [(labelled(network, trained.data, s.text, "news"), s.spans) for s in trained.sentences]
    assert score_spans(pairs)[""].f1 > 0.97
    assert any(
        not torch.equal(value, trained.learner.trainer.average[name])
        for name, value in trained.network.state_dict().items()
    )


def test_a_head_learns_from_sets_of_its_scheme_only(tmp_path: Path) -> None:
    data = small_data(tmp_path)
    learner = Learner(small_network(len(data.vocabulary)), data)
    learner.trainer.plan = [batch for batch in data.plan() if batch.task == "exact"]
    before = {name: value.clone() for name, value in learner.network.state_dict().items()}
    learner.run(tmp_path / "run.pt")
    after = learner.network.state_dict()
    for name, value in before.items():
        assert torch.equal(value, after[name]) == name.startswith("heads.coarse"), name


def test_a_set_weighs_in_the_news_head_what_it_shall(tmp_path: Path) -> None:
    data = small_data(tmp_path)
    learner = Learner(small_network(len(data.vocabulary), dropout=0.0), data)
    batch = next(batch for batch in data.plan() if batch.task == "coarse")
    step = data.step(batch)
    news, coarse_scores = (learner.network(step.ids, head) for head in ("news", "coarse"))
    told = partial_loss(news, learner.table[step.allowed])
    exact = functional.cross_entropy(
        coarse_scores.flatten(0, 1), step.tags.flatten(), ignore_index=-100
    )
    states = learner.network.encoder(step.ids)[:, 1:-1]
    torch.testing.assert_close(learner._loss(states, step), 0.3 * told + exact)


def test_each_layer_below_learns_slower_and_only_matrices_decay(tmp_path: Path) -> None:
    data = small_data(tmp_path, layers=2)
    network = small_network(len(data.vocabulary), layers=2)
    groups = Learner(network, data).trainer.optimiser.param_groups
    names = {id(parameter): name for name, parameter in network.named_parameters()}
    peaks = {names[id(group["params"][0])]: group["peak"] for group in groups}
    assert len(peaks) == len(names)
    rate, decay = data.config.rate, data.config.decay
    for name, depth in [
        ("heads.news.weight", 0), ("heads.coarse.bias", 0), ("encoder.layers.1.mix.weight", 1),
        ("encoder.layers.0.norm2.bias", 2), ("encoder.word.weight", 3), ("encoder.norm.bias", 3),
        ("encoder.position.weight", 3),
    ]:  # fmt: skip
        assert peaks[name] == pytest.approx(rate * decay**depth), name
    for group in groups:
        assert (group["weight_decay"] > 0) == (group["params"][0].dim() > 1)
