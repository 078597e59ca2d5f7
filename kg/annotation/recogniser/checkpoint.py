"""The trained weights in the package: an ONNX graph in 8 bits and what is needed to read it.

``checkpoint/`` beside this file holds ``encoder.onnx`` (character ids to one score a tag for each
scheme) and ``checkpoint.json`` (vocabulary, labels, calibrations, the graph's SHA-256); CARD.md
beside them says what it was trained on and how well it does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.annotation.recogniser.tags import TagSet
from kg.annotation.recogniser.vocabulary import Vocabulary
from kg.errors import CheckpointError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PACKAGED = Path(__file__).with_name("checkpoint")
GRAPH, DESCRIPTION = "encoder.onnx", "checkpoint.json"
#: A fusion of onnxruntime that takes seven times as long as what it fuses (a tenth of a run).
_SLOWER = "SkipLayerNormFusion"
#: The graph's output of what it sees at each character, where it has one.
STATES = "states"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Raw log-probability to confidence: the share of right names at *scores*, between them
    linear (isotonic regression, Zadrozny and Elkan 2002)."""

    scores: tuple[float, ...]
    shares: tuple[float, ...]

    def confidence(self, score: float) -> float:
        """The confidence in [0, 1] of a name whose least certain character has *score*."""
        return round(float(np.interp(score, self.scores, self.shares)), 3)


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint folder holds, ready to run."""

    vocabulary: Vocabulary
    tag_sets: Mapping[str, TagSet]
    calibrations: Mapping[str, Calibration]
    session: InferenceSession
    has_states: bool = False

    def run(self, ids: NDArray[np.int64], scheme: str) -> NDArray[np.float32]:
        """Log-probabilities of a batch: *ids* batch × (length + 2) → batch × length × tags."""
        return self.see(ids, scheme)[0]

    def see(
        self, ids: NDArray[np.int64], scheme: str
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
        """The same, and the states, batch × length × width, where the graph has them."""
        wanted = [scheme, STATES] if self.has_states else [scheme]
        scores, *states = self.session.run(wanted, {"ids": ids})
        scores = scores - scores.max(-1, keepdims=True)
        logs: NDArray[np.float32] = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
        return logs, states[0] if states else None


def load_checkpoint(folder: Path = PACKAGED) -> Checkpoint:
    """The checkpoint in *folder*; CheckpointError if a file is missing, changed or malformed."""
    try:
        graph = (folder / GRAPH).read_bytes()
        description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{folder} holds no checkpoint of a recogniser: {error}") from error
    try:
        if hashlib.sha256(graph).hexdigest() != description["sha256"]:
            raise CheckpointError(f"{folder / GRAPH} is not what its checksum says: reinstall it")
        session = _session(graph)
        return Checkpoint(
            Vocabulary(description["characters"]),
            {name: TagSet(labels) for name, labels in description["schemes"].items()},
            {name: Calibration(*map(tuple, c)) for name, c in description["calibrations"].items()},
            session,
            any(output.name == STATES for output in session.get_outputs()),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CheckpointError(f"{folder / DESCRIPTION} has another form: {error!r}") from error


def _session(graph: bytes) -> InferenceSession:
    """One thread: a process a core is faster on many documents, and its sums do not vary."""
    from onnxruntime import InferenceSession, SessionOptions
    from onnxruntime.capi.onnxruntime_pybind11_state import InvalidGraph, InvalidProtobuf

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return InferenceSession(
            graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOWER]
        )
    except (InvalidGraph, InvalidProtobuf) as error:
        raise CheckpointError(f"{GRAPH} is no graph that onnxruntime reads: {error}") from error
