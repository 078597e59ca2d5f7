"""What was learnt, written as the package ships it and loaded as the package loads it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray
from training_set import SCHEMES, Trained, small_network

from kg.annotation.recogniser import Recogniser
from kg.annotation.recogniser.checkpoint import (
    DESCRIPTION,
    GRAPH,
    Calibration,
    Checkpoint,
    load_checkpoint,
)
from kg.errors import CheckpointError
from kg.training.data import pad_rows
from kg.training.export import add_states, export_graph, write_checksum, write_description
from kg.training.network import Network
from kg.training.score import score_spans

#: PyTorch's older exporter, which warns of itself and of shapes; what it writes is checked here.
pytestmark = [
    pytest.mark.filterwarnings("ignore:You are using the legacy:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
]

CALIBRATIONS = {
    "news": Calibration((-2.0, -0.5, 0.0), (0.25, 0.5, 0.875)),
    "coarse": Calibration((0.0,), (0.5,)),
}


def exported(folder: Path, trained: Trained) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    export_graph(trained.network, folder / GRAPH)
    write_description(folder, trained.data.vocabulary, SCHEMES, CALIBRATIONS)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, trained: Trained) -> Path:
    return exported(tmp_path_factory.mktemp("exported"), trained)


@pytest.fixture(scope="module")
def checkpoint(folder: Path) -> Checkpoint:
    return load_checkpoint(folder)


def ids_of(trained: Trained, count: int, length: int) -> torch.Tensor:
    texts = [sentence.text for sentence in trained.sentences[:count]]
    return pad_rows([tuple(trained.data.vocabulary.encode(text)) for text in texts], length)


def from_torch(network: Network, ids: torch.Tensor, scheme: str = "news") -> NDArray[np.float32]:
    with torch.no_grad():
        return np.asarray(network.eval()(ids, scheme).log_softmax(-1).numpy())


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("count", "length"), [(1, 32), (2, 16 + 16), (30, 48), (7, 128)])
def test_the_graph_scores_as_the_network_does(
    trained: Trained, checkpoint: Checkpoint, scheme: str, count: int, length: int
) -> None:
    """Of any number of texts and any length, though traced with one of each."""
    ids = ids_of(trained, count, length)
    expected = from_torch(trained.network, ids, scheme)
    found = checkpoint.run(ids.numpy(), scheme)
    assert found.shape == expected.shape == (count, length - 2, 1 + 4 * len(SCHEMES[scheme]))
    inside = (ids[:, 2:] > 3).numpy()
    chosen = expected.argmax(-1)[..., None]
    here, there = (np.take_along_axis(s, chosen, -1)[..., 0][inside] for s in (found, expected))
    assert np.abs(np.exp(here) - np.exp(there)).mean() < 0.02
    assert (found.argmax(-1) == expected.argmax(-1))[inside].mean() > 0.97


def test_scores_are_log_probabilities(trained: Trained, checkpoint: Checkpoint) -> None:
    found = checkpoint.run(ids_of(trained, 5, 32).numpy(), "news")
    np.testing.assert_allclose(np.exp(found).sum(-1), 1, rtol=1e-4)


def test_the_recogniser_finds_what_the_network_learnt(
    trained: Trained, checkpoint: Checkpoint
) -> None:
    recogniser = Recogniser(checkpoint)
    pairs = [
        ([(f.start, f.end, f.label) for f in recogniser.find(s.text)], s.spans)
        for s in trained.sentences
    ]
    assert score_spans(pairs)[""].f1 > 0.95


def test_the_matrices_have_eight_bits(folder: Path, trained: Trained) -> None:
    """Those of a layer with a scale a run, the heads by blocks."""
    nodes = onnx.load(folder / GRAPH).graph.node
    even = [node for node in nodes if node.op_type == "MatMulInteger"]
    blocks = [node for node in nodes if node.op_type == "MatMulNBits"]
    layers, heads = len(trained.network.encoder.layers), len(trained.network.heads)
    assert (len(even), len(blocks)) == (4 * layers, heads)
    assert all({a.name: a.i for a in node.attribute}["bits"] == 8 for node in blocks)


def test_the_description_comes_back(trained: Trained, checkpoint: Checkpoint) -> None:
    assert checkpoint.vocabulary.characters == trained.data.vocabulary.characters
    assert {n: tags.labels for n, tags in checkpoint.tag_sets.items()} == SCHEMES
    assert checkpoint.calibrations == CALIBRATIONS
    assert checkpoint.calibrations["news"].confidence(-0.25) == pytest.approx(0.688)


def test_the_description_is_text_that_can_be_read(folder: Path) -> None:
    text = (folder / DESCRIPTION).read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert "禾" in text
    assert list(json.loads(text)["schemes"]) == list(SCHEMES)


def test_a_graph_that_is_not_the_described_one_is_refused(tmp_path: Path, folder: Path) -> None:
    (tmp_path / DESCRIPTION).write_bytes((folder / DESCRIPTION).read_bytes())
    (tmp_path / GRAPH).write_bytes((folder / GRAPH).read_bytes() + b"\0")
    with pytest.raises(CheckpointError, match="checksum"):
        load_checkpoint(tmp_path)


def test_two_exports_are_equal_byte_for_byte(
    tmp_path: Path, folder: Path, trained: Trained
) -> None:
    again = exported(tmp_path / "again", trained)
    for file in (GRAPH, DESCRIPTION):
        assert (again / file).read_bytes() == (folder / file).read_bytes()
    assert sorted(path.name for path in again.iterdir()) == sorted((GRAPH, DESCRIPTION))


def test_exporting_leaves_the_weights_as_they_are(tmp_path: Path, trained: Trained) -> None:
    before = {name: value.clone() for name, value in trained.network.state_dict().items()}
    export_graph(trained.network, tmp_path / GRAPH)
    after = trained.network.state_dict()
    assert all(torch.equal(value, after[name]) for name, value in before.items())


def test_one_huge_character_costs_the_others_nothing(tmp_path: Path, trained: Trained) -> None:
    """As those that a text's first character and its full stops have in a trained encoder."""
    network = copy.deepcopy(trained.network)
    layer = network.encoder.layers[0]
    with torch.no_grad():
        layer.widen.weight[0, 0], layer.narrow.weight[:, 0] = 400.0, 0.0
    scores = dict[str, NDArray[np.float32]]()
    for name, one in (("plain", trained.network), ("huge", network)):
        (tmp_path / name).mkdir()
        export_graph(one, tmp_path / name / GRAPH)
        write_description(tmp_path / name, trained.data.vocabulary, SCHEMES, CALIBRATIONS)
        ids = ids_of(trained, 5, 32)
        found = load_checkpoint(tmp_path / name).run(ids.numpy(), "news")
        scores[name] = np.abs(np.exp(found) - np.exp(from_torch(one, ids))).max(-1)
    assert scores["huge"].mean() < 3 * scores["plain"].mean() + 0.01


@pytest.mark.parametrize("rows", [8, 40, 200])
def test_a_vocabulary_of_any_size_can_be_exported(tmp_path: Path, rows: int) -> None:
    export_graph(small_network(rows), tmp_path / GRAPH)
    assert (tmp_path / GRAPH).stat().st_size > 0


def test_states_are_one_output_more_and_nothing_else_changes(
    tmp_path: Path, folder: Path, trained: Trained
) -> None:
    width = trained.network.encoder.word.embedding_dim
    drawn = np.random.default_rng(1).normal(size=(width, 3)).astype(np.float32)
    shift = np.array([1, 2, 3], np.float32)
    (tmp_path / DESCRIPTION).write_bytes((folder / DESCRIPTION).read_bytes())
    ids = ids_of(trained, 1, 20).numpy()
    before = load_checkpoint(folder).see(ids, "news")
    assert before[1] is None
    found = []
    for projection in (None, (drawn, shift)):
        add_states(folder / GRAPH, tmp_path / GRAPH, [1], projection)
        write_checksum(tmp_path)
        logs, states = load_checkpoint(tmp_path).see(ids, "news")
        np.testing.assert_array_equal(logs, before[0])
        assert states is not None
        found.append(states)
    assert found[0].shape == (1, 18, width)
    np.testing.assert_allclose(found[0] @ drawn + shift, found[1], rtol=1e-3, atol=1e-3)


def test_states_added_again_take_the_place_of_the_first(tmp_path: Path, folder: Path) -> None:
    add_states(folder / GRAPH, tmp_path / "once", [1])
    add_states(tmp_path / "once", tmp_path / "twice", [1])
    assert (tmp_path / "once").read_bytes() == (tmp_path / "twice").read_bytes()
