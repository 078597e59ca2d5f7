"""A checkpoint back as the network that it was written from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from training_set import SCHEMES, Trained, small_network

from kg.annotation.recogniser.checkpoint import GRAPH
from kg.annotation.recogniser.tags import TagSet
from kg.errors import CheckpointError
from kg.training.export import export_graph
from kg.training.network import Network
from kg.training.restore import read_weights, restore

#: PyTorch's older exporter, which warns of itself and of shapes; what it writes is checked here.
pytestmark = [
    pytest.mark.filterwarnings("ignore:You are using the legacy:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]
THERE = {name: TagSet(labels) for name, labels in SCHEMES.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, trained: Trained) -> Path:
    folder = tmp_path_factory.mktemp("shipped")
    export_graph(trained.network, folder / GRAPH)
    return folder


def fresh(trained: Trained, layers: int = 1) -> Network:
    return small_network(len(trained.data.vocabulary), layers=layers, seed=31)


def test_every_weight_comes_back_but_for_its_rounding(folder: Path, trained: Trained) -> None:
    found, expected = read_weights(folder / GRAPH), trained.network.state_dict()
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert found[name].shape == value.shape, name
        step = value.abs().max().item() / 127
        assert (found[name] - value).abs().max().item() <= step, name


def test_the_network_answers_as_before(folder: Path, trained: Trained) -> None:
    network = fresh(trained)
    restore(network, folder, THERE, THERE)
    ids = torch.tensor([[1, *trained.data.vocabulary.encode(trained.sentences[0].text), 2]])
    for scheme in SCHEMES:
        with torch.no_grad():
            now, then = (n.eval()(ids, scheme).log_softmax(-1) for n in (network, trained.network))
        assert (now.argmax(-1) == then.argmax(-1)).float().mean() > 0.97
        assert (now.exp() - then.exp()).abs().mean() < 0.02


@pytest.mark.parametrize(
    "labels",
    [("PER", "ORG"), ("ORG", "LOC", "PER"), ("LOC",), ()],
    ids=["swapped", "new", "none", "few"],
)
def test_a_label_keeps_its_rows_wherever_it_stands(
    folder: Path, trained: Trained, labels: tuple[str, ...]
) -> None:
    here: Mapping[str, TagSet] = {"news": THERE["news"], "coarse": TagSet(labels)}
    network = Network(fresh(trained).encoder, {name: len(tags) for name, tags in here.items()})
    before = network.heads["coarse"].weight.detach().clone()
    restore(network, folder, here, THERE)
    saved, after = (
        read_weights(folder / GRAPH)["heads.coarse.weight"],
        network.heads["coarse"].weight,
    )
    torch.testing.assert_close(after[0], saved[0])
    for label in labels:
        for length in (1, 2, 3):
            rows = here["coarse"].tags_of(label, length)
            known = label in SCHEMES["coarse"]
            source = saved[THERE["coarse"].tags_of(label, length)] if known else before[rows]
            torch.testing.assert_close(after[rows], source)


def test_a_new_head_begins_at_random(folder: Path, trained: Trained) -> None:
    here = {"news": THERE["news"], "mine": TagSet(("a",))}
    network = Network(fresh(trained).encoder, {name: len(tags) for name, tags in here.items()})
    before = network.heads["mine"].weight.detach().clone()
    restore(network, folder, here, THERE)
    torch.testing.assert_close(network.heads["mine"].weight, before)


def test_other_sizes_are_refused(folder: Path, trained: Trained) -> None:
    with pytest.raises(CheckpointError, match=r"encoder\.layers\.1.* the number of layers"):
        restore(fresh(trained, layers=2), folder, THERE, THERE)


def test_a_width_that_blocks_do_not_divide(tmp_path: Path) -> None:
    """Blocks of 128 weights are filled up with noughts, which are no weights."""
    network = small_network(40)
    export_graph(network, tmp_path / GRAPH)
    found = read_weights(tmp_path / GRAPH)["heads.news.weight"]
    assert found.shape == network.heads["news"].weight.shape
    kept = np.corrcoef(found.flatten(), network.heads["news"].weight.detach().flatten())[0, 1]
    assert kept > 0.999


def test_the_graph_is_only_read(folder: Path) -> None:
    before = (folder / GRAPH).read_bytes()
    read_weights(folder / GRAPH)
    assert (folder / GRAPH).read_bytes() == before
    onnx.checker.check_model(onnx.load(folder / GRAPH), full_check=False)
