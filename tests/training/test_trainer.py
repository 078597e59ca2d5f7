"""The training loop: its rate, its average, and a run in parts that is a run in one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn
from training_set import Trained, small_data, small_network

from kg.training import trainer
from kg.training.batches import Batch
from kg.training.data import TrainingData
from kg.training.learn import Learner
from kg.training.trainer import Progress, Trainer, compiled, half_precision, rate_at

BATCH = Batch("none", (0,), 32)


class Slope(nn.Module):
    """Three weights whose loss falls for ever, so that every step moves them."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(3))

    def loss(self, _: Batch) -> Tensor:
        return (self.weight * torch.tensor([1.0, -2.0, 3.0])).sum()


def slope(steps: int, keep: float, peak: float = 0.1) -> Trainer:
    module = Slope()
    groups = [{"params": [module.weight], "peak": peak}]
    return Trainer(module, [BATCH] * steps, module.loss, groups, keep)


@given(st.floats(0, 1))
def test_the_rate_is_never_nothing_and_hardly_over_its_peak(done: float) -> None:
    assert 0 < rate_at(done) <= 1.0


def test_the_rate_rises_for_a_twentieth_of_the_run_and_falls_for_the_rest() -> None:
    rates = [rate_at(step / 1000) for step in range(1001)]
    top = int(np.argmax(rates))
    assert top == 50
    assert all(left < right for left, right in pairwise(rates[: top + 1]))
    assert all(left > right for left, right in pairwise(rates[top:]))
    assert (rates[0], rates[-1]) == (pytest.approx(1e-3), pytest.approx(1e-3))
    assert rates[top] == pytest.approx(0.951)


def test_every_group_learns_at_its_share_of_its_own_peak(tmp_path: Path) -> None:
    module = Slope()
    other = nn.Parameter(torch.ones(2))
    groups = [{"params": [module.weight], "peak": 0.1}, {"params": [other], "peak": 0.02}]
    run = Trainer(module, [BATCH] * 20, module.loss, groups, 0.9)
    seen: list[tuple[float, float]] = []
    run.run(
        tmp_path / "run.pt",
        lambda *_: seen.append(tuple(group["lr"] for group in run.optimiser.param_groups)),
    )
    expected = [(0.1 * rate_at(step / 20), 0.02 * rate_at(step / 20)) for step in range(20)]
    assert seen == [pytest.approx(pair) for pair in expected]


class Bowl(nn.Module):
    """Its loss grows with the square of the weights."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([3.0, 4.0]))

    def loss(self, _: Batch) -> Tensor:
        return self.weight.square().sum() / 2


def test_a_hard_batch_is_learnt_from_where_its_loss_grows_most(tmp_path: Path) -> None:
    """At (3, 4) the gradient is (3, 4) and one away (3.6, 4.8); the weight itself stays there."""
    bowl, seen = Bowl(), list[Tensor]()
    run = Trainer(bowl, [BATCH], bowl.loss, [{"params": [bowl.weight], "peak": 0.1}],
                  harder=lambda _: bowl.weight)  # fmt: skip
    bowl.weight.register_hook(lambda gradient: seen.append(gradient.clone()))
    run.run(tmp_path / "run.pt")
    assert [one.tolist() for one in seen] == [[3.0, 4.0], [pytest.approx(3.6), pytest.approx(4.8)]]
    assert torch.allclose(bowl.weight, torch.tensor([3.0, 4.0]), atol=1e-3)


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.999])
def test_the_average_follows_the_weights(tmp_path: Path, keep: float) -> None:
    """Early on it forgets faster, so that the first weights do not weigh on it for ever."""
    run = slope(12, keep)
    weights: list[Tensor] = [run.module.weight.detach().clone()]
    run.run(tmp_path / "run.pt", lambda *_: weights.append(run.module.weight.detach().clone()))
    expected = weights[0]
    for step, weight in enumerate(weights[1:]):
        share = min(keep, (1 + step) / (10 + step))
        expected = share * expected + (1 - share) * weight
    torch.testing.assert_close(run.average["weight"], expected)


def test_progress_is_told_after_every_step(tmp_path: Path) -> None:
    told: list[tuple[int, int, float]] = []
    slope(4, 0.5).run(tmp_path / "run.pt", lambda *step: told.append(step))
    assert [step[:2] for step in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    losses = [loss for _, _, loss in told]
    assert losses == sorted(losses, reverse=True)


def test_a_leap_is_cut_short(tmp_path: Path) -> None:
    """Gradients are clipped to length 1, so one bad batch does not throw a run off."""
    module = Slope()
    norms: list[float] = []
    run = Trainer(
        module, [BATCH] * 2, lambda batch: module.loss(batch) * 1e6,
        [{"params": [module.weight], "peak": 0.1}], 0.5,
    )  # fmt: skip
    run.optimiser.register_step_pre_hook(lambda *_: norms.append(float(module.weight.grad.norm())))
    run.run(tmp_path / "run.pt")
    assert norms == [pytest.approx(1.0, rel=1e-4)] * 2


def test_an_empty_plan_learns_nothing(tmp_path: Path) -> None:
    run = slope(0, 0.5)
    run.run(tmp_path / "run.pt")
    assert torch.equal(run.module.weight, torch.ones(3))


def test_saving_that_fails_leaves_the_last_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slope(3, 0.5).run(tmp_path / "run.pt")
    before = (tmp_path / "run.pt").read_bytes()

    def torn(_: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(torch, "save", torn)
    with pytest.raises(OSError, match="no space"):
        slope(3, 0.5)._save(tmp_path / "run.pt")
    assert [path.name for path in tmp_path.iterdir()] == ["run.pt"]
    assert (tmp_path / "run.pt").read_bytes() == before


def test_the_checkpoint_holds_the_end_of_the_run(trained: Trained) -> None:
    state = torch.load(trained.checkpoint)
    assert state["done"] == len(trained.losses)
    assert same(state["module"], trained.network.state_dict())
    assert same(state["average"], trained.learner.trainer.average)
    assert not list(trained.checkpoint.parent.glob(".*"))


def test_a_run_that_is_done_learns_nothing_more(trained: Trained) -> None:
    network = small_network(len(trained.data.vocabulary), seed=99)
    steps: list[int] = []
    Learner(network, trained.data).run(trained.checkpoint, lambda *step: steps.append(step[0]))
    assert steps == []
    assert same(network.state_dict(), trained.network.state_dict())


def same(left: dict[str, Tensor], right: dict[str, Tensor]) -> bool:
    assert left.keys() == right.keys()
    return all(torch.equal(left[name], right[name]) for name in left)


class Interrupted(Exception):
    """Somebody pulled the plug."""


def stop_after(step: int) -> Progress:
    def progress(done: int, total: int, loss: float) -> None:
        if done == step:
            raise Interrupted

    return progress


def started(data: TrainingData, seed: int = 5) -> Learner:
    """A new process, with weights and random numbers by *seed*."""
    return Learner(small_network(len(data.vocabulary), dropout=0.3, seed=seed), data)


def run_once(folder: Path, passes: float = 3.0) -> Learner:
    learner = started(small_data(folder, passes))
    learner.run(folder / "whole.pt")
    return learner


@pytest.mark.parametrize("stops", [(5,), (7,), (5, 9), (8, 10, 11)])
def test_a_run_in_parts_gives_the_weights_of_a_run_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops: tuple[int, ...]
) -> None:
    """Also where it stopped between two checkpoints: those steps are done again."""
    monkeypatch.setattr(trainer, "_SAVE_EVERY", 5)
    whole = run_once(tmp_path)
    assert len(whole.trainer.plan) > max(stops)
    path = tmp_path / "parts.pt"
    first, *later = stops
    with pytest.raises(Interrupted):
        started(whole.data).run(path, stop_after(first))
    for stop in later:
        with pytest.raises(Interrupted):
            started(whole.data, seed=stop).run(path, stop_after(stop))
    rest = started(whole.data, seed=77)
    rest.run(path)
    assert same(rest.network.state_dict(), whole.network.state_dict())
    assert same(rest.trainer.average, whole.trainer.average)


def test_a_run_stopped_before_its_first_checkpoint_begins_anew(tmp_path: Path) -> None:
    whole = run_once(tmp_path)
    path = tmp_path / "parts.pt"
    with pytest.raises(Interrupted):
        started(whole.data).run(path, stop_after(3))
    assert not path.exists()
    rest = started(whole.data)
    rest.run(path)
    assert same(rest.network.state_dict(), whole.network.state_dict())


def test_two_runs_give_the_same_weights(tmp_path: Path) -> None:
    first, second = run_once(tmp_path / "a", 1.0), run_once(tmp_path / "b", 1.0)
    assert same(first.network.state_dict(), second.network.state_dict())


@pytest.mark.parametrize(("steps", "expected"), [(1, False), (500, False), (501, True)])
def test_an_encoder_is_compiled_only_for_a_long_run(
    monkeypatch: pytest.MonkeyPatch, steps: int, expected: bool
) -> None:
    def stand_in(_: Tensor) -> Tensor:
        raise AssertionError("asked to encode")

    monkeypatch.setattr(torch, "compile", lambda module, **_: stand_in)
    encoder = small_network(10).encoder
    assert compiled(encoder, steps) is (stand_in if expected else encoder)


def test_a_processor_without_bfloat16_keeps_full_precision() -> None:
    able = torch.ops.mkldnn._is_mkldnn_bf16_supported()
    with half_precision("cpu"):
        product = torch.ones(2, 2) @ torch.ones(2, 2)
    assert product.dtype == (torch.bfloat16 if able else torch.float32)
