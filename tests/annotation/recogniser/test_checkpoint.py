"""A checkpoint's folder: what is read from it, and what is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_recogniser import Table
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from kg.annotation.recogniser import Recogniser
from kg.annotation.recogniser.checkpoint import (
    DESCRIPTION,
    GRAPH,
    PACKAGED,
    Calibration,
    Checkpoint,
    load_checkpoint,
)
from kg.annotation.recogniser.tags import TagSet
from kg.annotation.recogniser.vocabulary import END, PAD, START, Vocabulary
from kg.errors import CheckpointError, ClaimgraphError

CHARACTERS = "青禾澜汐"
SCHEMES = {"news": ["kg:Company", "kg:Person"], "uner": ["ORG"]}
CALIBRATIONS = {"news": [[-3.0, -1.0, 0.0], [0.25, 0.5, 1.0]], "uner": [[-1.0, 0.0], [0.0, 1.0]]}


def table(tags: int) -> NDArray[np.float32]:
    """Scores by row of the vocabulary: 澜 begins a name of the first label and 汐 ends it."""
    rows = np.zeros((4 + len(CHARACTERS), tags), np.float32)
    rows[:, 0] = 5
    for character, tag in (("澜", 1), ("汐", 3)):
        rows[4 + CHARACTERS.index(character), [0, tag]] = 0, 5
    return rows


def graph_of(tables: dict[str, NDArray[np.float32]]) -> bytes:
    """An ONNX graph of the form of the packaged one: a look-up of the inner ids for each scheme."""
    onnx = pytest.importorskip("onnx")
    helper, kind = onnx.helper, onnx.TensorProto
    numbers = {"from": [1], "to": [-1], "axis": [1]}
    constants = [helper.make_tensor(n, kind.INT64, [1], v) for n, v in numbers.items()]
    constants += [onnx.numpy_helper.from_array(rows, f"{n}.rows") for n, rows in tables.items()]
    nodes = [helper.make_node("Slice", ["ids", *numbers], ["inner"])]
    nodes += [helper.make_node("Gather", [f"{n}.rows", "inner"], [n]) for n in tables]
    ids = helper.make_tensor_value_info("ids", kind.INT64, ["batch", "length"])
    outputs = [helper.make_tensor_value_info(n, kind.FLOAT, [None, None, None]) for n in tables]
    graph = helper.make_graph(nodes, "table", [ids], outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


def write_folder(folder: Path, graph: bytes, **changes: object) -> Path:
    folder.mkdir(exist_ok=True)
    description = {
        "sha256": hashlib.sha256(graph).hexdigest(),
        "schemes": SCHEMES,
        "calibrations": CALIBRATIONS,
        "characters": CHARACTERS,
    } | changes
    (folder / GRAPH).write_bytes(graph)
    text = json.dumps(description, ensure_ascii=False)
    (folder / DESCRIPTION).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = {name: table(1 + 4 * len(labels)) for name, labels in SCHEMES.items()}
    return write_folder(tmp_path_factory.mktemp("checkpoint"), graph_of(tables))


def checkpoint_of(session: Any) -> Checkpoint:
    return Checkpoint(Vocabulary(CHARACTERS), {}, {}, session)


# --- Calibration --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "confidence"),
    [(-9.0, 0.25), (-3.0, 0.25), (-2.0, 0.375), (-1.0, 0.5), (-0.5, 0.75), (0.0, 1.0), (1.0, 1.0)],
)
def test_confidence_is_linear_between_the_points_and_level_outside(
    score: float, confidence: float
) -> None:
    assert Calibration((-3.0, -1.0, 0.0), (0.25, 0.5, 1.0)).confidence(score) == confidence


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    scores = draw(st.lists(st.floats(-50, 0), min_size=1, max_size=8, unique=True))
    share = st.floats(0, 1)
    shares = draw(st.lists(share, min_size=len(scores), max_size=len(scores)))
    return Calibration(tuple(sorted(scores)), tuple(sorted(shares)))


@given(calibrations(), st.floats(-100, 0), st.floats(-100, 0))
def test_a_better_score_never_has_less_confidence(
    calibration: Calibration, one: float, other: float
) -> None:
    low, high = (calibration.confidence(score) for score in sorted((one, other)))
    assert 0 <= low <= high <= 1
    assert low == round(low, 3)


# --- Running ------------------------------------------------------------------------------------


class Echo:
    """Gives back the scores that it was made with, and keeps what it was asked."""

    def __init__(self, scores: NDArray[np.float32]) -> None:
        self.scores, self.asked = scores, list[tuple[Sequence[str], dict[str, Any]]]()

    def run(self, outputs: Sequence[str], feeds: dict[str, Any]) -> list[NDArray[np.float32]]:
        self.asked.append((outputs, feeds))
        return [self.scores]


def test_the_graph_is_asked_for_one_scheme() -> None:
    session, ids = Echo(np.zeros((1, 2, 5), np.float32)), np.array([[START, 4, 5, END]])
    checkpoint_of(session).run(ids, "uner")
    [(outputs, feeds)] = session.asked
    assert outputs == ["uner"]
    assert set(feeds) == {"ids"}
    assert feeds["ids"] is ids


@given(
    hnp.arrays(
        np.float32,
        st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 9)),
        elements=st.floats(-60, 60, width=32),
    ),
    st.sampled_from([0.0, 1e4, -1e4]),
)
def test_scores_become_log_probabilities_in_the_same_order(
    raw: NDArray[np.float32], shift: float
) -> None:
    before = raw + np.float32(shift)
    session = Echo(before.copy())
    after = checkpoint_of(session).run(np.zeros((1, 1), np.int64), "news")
    assert after.shape == before.shape
    assert after.dtype == np.float32
    assert np.isfinite(after).all()
    assert np.allclose(np.exp(after).sum(-1), 1, atol=1e-4)
    assert np.allclose(
        after - after.max(-1, keepdims=True), before - before.max(-1, keepdims=True), atol=1e-4
    )
    assert np.array_equal(session.scores, before)


def test_a_table_of_rows_in_place_of_a_graph() -> None:
    ids = np.array([[START, *Vocabulary(CHARACTERS).encode("澜汐青"), END, PAD]])
    scores = checkpoint_of(Table(table(5))).run(ids, "uner")
    assert scores.shape == (1, 4, 5)
    assert scores[0, :3].argmax(-1).tolist() == [1, 3, 0]


# --- A folder -----------------------------------------------------------------------------------


def test_what_a_folder_says_is_what_is_loaded(folder: Path) -> None:
    checkpoint = load_checkpoint(folder)
    assert checkpoint.vocabulary.characters == tuple(CHARACTERS)
    assert list(checkpoint.tag_sets) == list(SCHEMES)
    assert {n: list(t.labels) for n, t in checkpoint.tag_sets.items()} == SCHEMES
    assert checkpoint.calibrations == {
        "news": Calibration((-3.0, -1.0, 0.0), (0.25, 0.5, 1.0)),
        "uner": Calibration((-1.0, 0.0), (0.0, 1.0)),
    }
    assert all(isinstance(tag_set, TagSet) for tag_set in checkpoint.tag_sets.values())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_graph_of_a_folder_runs(folder: Path, scheme: str) -> None:
    checkpoint = load_checkpoint(folder)
    ids = np.array([[START, *checkpoint.vocabulary.encode("青澜汐"), END]] * 2)
    scores = checkpoint.run(ids, scheme)
    assert scores.shape == (2, 3, len(checkpoint.tag_sets[scheme]))
    assert scores.argmax(-1).tolist() == [[0, 1, 3]] * 2


def test_the_graph_runs_on_one_thread(folder: Path) -> None:
    options = load_checkpoint(folder).session.get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)
    assert load_checkpoint(folder).session.get_providers() == ["CPUExecutionProvider"]


def test_a_recogniser_reads_by_the_checkpoint_of_a_folder(folder: Path) -> None:
    recogniser = Recogniser(load_checkpoint(folder))
    text = "青禾与澜汐，" * 60
    found = recogniser.find(text)
    assert [text[name.start : name.end] for name in found] == ["澜汐"] * 60
    assert {name.label for name in found} == {"kg:Company"}
    assert [name.label for name in recogniser.find("澜汐", "uner")] == ["ORG"]


# --- What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [GRAPH, DESCRIPTION])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    write_folder(tmp_path, b"graph")
    (tmp_path / missing).unlink()
    with pytest.raises(CheckpointError, match="holds no checkpoint") as error:
        load_checkpoint(tmp_path)
    assert str(tmp_path / missing) in str(error.value)
    assert isinstance(error.value.__cause__, FileNotFoundError)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="holds no checkpoint") as error:
        load_checkpoint(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in str(error.value)


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint"
    path.write_bytes(b"")
    with pytest.raises(CheckpointError, match="holds no checkpoint"):
        load_checkpoint(path)


@pytest.mark.parametrize("description", [b"", b"{", b"\xff\xfe{}", "{'sha256'".encode("utf-16")])
def test_a_description_that_is_no_json(tmp_path: Path, description: bytes) -> None:
    write_folder(tmp_path, b"graph")
    (tmp_path / DESCRIPTION).write_bytes(description)
    with pytest.raises(CheckpointError, match="holds no checkpoint"):
        load_checkpoint(tmp_path)


@pytest.mark.parametrize(
    "graph",
    [b"", b"grap", b"graph\n", b"Graph", b"version https://git-lfs.github.com/spec/v1\nsize 5\n"],
)
def test_a_changed_graph_is_refused_before_it_is_run(tmp_path: Path, graph: bytes) -> None:
    """Also the pointer that git leaves in place of a large file."""
    write_folder(tmp_path, b"graph")
    (tmp_path / GRAPH).write_bytes(graph)
    with pytest.raises(CheckpointError, match="not what its checksum says: reinstall it") as e:
        load_checkpoint(tmp_path)
    assert str(tmp_path / GRAPH) in str(e.value)


def test_a_checksum_of_another_graph_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path, b"graph", sha256=hashlib.sha256(b"another").hexdigest())
    with pytest.raises(CheckpointError, match="checksum"):
        load_checkpoint(tmp_path)


def test_the_error_is_one_of_ours() -> None:
    assert issubclass(CheckpointError, ClaimgraphError)


def test_the_packaged_checkpoint_is_beside_the_code() -> None:
    assert PACKAGED.name == "checkpoint"
    assert (PACKAGED.parent / "checkpoint.py").is_file()
