"""One small network that has learnt, for all tests that need one."""

from __future__ import annotations

import pytest
import torch
from training_set import Trained, learning_set, small_data, small_network

from kg.training.learn import Learner


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    """Sums in one order, and no cost for sharing out tiny tensors."""
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    folder = tmp_path_factory.mktemp("learnt")
    _, sentences = learning_set(folder)
    data = small_data(folder, passes=40.0)
    network = small_network(len(data.vocabulary))
    learner, losses = Learner(network, data), []
    learner.run(folder / "run.pt", lambda done, total, loss: losses.append(loss))
    network.eval()
    return Trained(network, data, sentences, losses, learner, folder / "run.pt")
