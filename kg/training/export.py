"""The trained network as the file that the package ships: ONNX with weights of 8 bits."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn

from kg.annotation.recogniser.checkpoint import DESCRIPTION, GRAPH, Calibration
from kg.annotation.recogniser.vocabulary import SPECIALS, Vocabulary
from kg.training.network import Network

_BLOCK = 128  # weights of one scale: of 32, 64 and 128 the fastest, and no less right
_INT8 = 4  # what onnxruntime calls the level at which inputs are quantised too


class _AllHeads(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        states = self.network.encoder(ids)[:, 1:-1]
        return tuple(head(states) for head in self.network.heads.values())


def export_graph(network: Network, path: Path) -> None:
    """Write *network* to *path* as ONNX, the layers' and heads' weights in 8 bits.

    Weights share a scale by blocks, and what goes in is quantised row by row while it runs, so
    that a text's scores do not hang on the texts beside it, as with a scale a batch.
    """
    names = list(network.heads)
    ids = torch.randint(len(SPECIALS), network.encoder.word.num_embeddings, (2, 16))
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            _AllHeads(network).eval(), (ids,), str(whole), dynamo=False, opset_version=17,
            input_names=["ids"], output_names=names,
            dynamic_axes={"ids": {0: "batch", 1: "length"}}
            | {name: {0: "batch", 1: "characters"} for name in names},
        )  # fmt: skip
        quantizer = MatMulNBitsQuantizer(
            onnx.load(whole), bits=8, block_size=_BLOCK, is_symmetric=True, accuracy_level=_INT8
        )
    with _silent():
        quantizer.process()
    quantizer.model.save_model_to_file(str(path), False)


@contextmanager
def _silent() -> Iterator[None]:
    """Without the quantiser's line on every node."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def write_description(
    folder: Path,
    vocabulary: Vocabulary,
    schemes: Mapping[str, tuple[str, ...]],
    calibrations: Mapping[str, Calibration],
) -> None:
    """Write ``checkpoint.json`` beside the graph in *folder*."""
    description = {
        "sha256": hashlib.sha256((folder / GRAPH).read_bytes()).hexdigest(),
        "schemes": {name: list(labels) for name, labels in schemes.items()},
        "calibrations": {n: [list(c.scores), list(c.shares)] for n, c in calibrations.items()},
        "characters": "".join(vocabulary.characters),
    }
    text = json.dumps(description, ensure_ascii=False, indent=1)
    (folder / DESCRIPTION).write_text(text + "\n", encoding="utf-8")
