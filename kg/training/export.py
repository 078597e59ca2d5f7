"""The trained network as the file that the package ships: ONNX with weights of 8 bits."""

from __future__ import annotations

import copy
import hashlib
import json
import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn
from torch.nn import functional

from kg.annotation.recogniser.checkpoint import DESCRIPTION, GRAPH, STATES, Calibration
from kg.annotation.recogniser.vocabulary import SPECIALS, Vocabulary
from kg.files import replace_file, replacing
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


class _Levelled(nn.Module):
    """A product whose input is divided by each character's largest value, and the output
    multiplied by it: the same answer, but all characters are of one size when it is rounded.

    In each layer's ``narrow`` a few characters reach hundreds of times the others' size: one
    scale for them all would cost the rest their precision. (By blocks of a row, as the heads are
    done, is slower and less exact.)
    """

    def __init__(self, product: nn.Linear) -> None:
        super().__init__()
        self.weight, self.bias = product.weight, product.bias

    def forward(self, values: Tensor) -> Tensor:
        size = values.abs().amax(-1, keepdim=True).clamp_min(1e-6)
        return functional.linear(values / size, self.weight) * size + self.bias


def export_graph(network: Network, path: Path) -> None:
    """Write *network* to *path* as ONNX, the layers' and heads' weights in 8 bits.

    What goes into a product is quantised while it runs: with one scale a run, which is the
    fastest, and in the heads by blocks of a row.
    """
    with tempfile.TemporaryDirectory() as scratch, _silent():
        whole, even = Path(scratch) / "whole.onnx", Path(scratch) / "even.onnx"
        _export_whole(network, whole)
        quantize_dynamic(
            whole, even, weight_type=QuantType.QInt8, per_channel=True,
            nodes_to_quantize=list(_products_of_layers(onnx.load(whole))),
        )  # fmt: skip
        quantizer = MatMulNBitsQuantizer(
            onnx.load(even), bits=8, block_size=_BLOCK, is_symmetric=True, accuracy_level=_INT8
        )
        quantizer.process()
    with replacing(path) as waiting:
        quantizer.model.save_model_to_file(str(waiting), False)


def _export_whole(network: Network, path: Path) -> None:
    names = list(network.heads)
    ids = torch.randint(len(SPECIALS), network.encoder.word.num_embeddings, (2, 16))
    levelled = copy.deepcopy(network)
    for layer in levelled.encoder.layers:
        layer.narrow = _Levelled(cast(nn.Linear, layer.narrow))
    torch.onnx.export(
        _AllHeads(levelled).eval(), (ids,), str(path), dynamo=False, opset_version=17,
        input_names=["ids"], output_names=names,
        dynamic_axes={"ids": {0: "batch", 1: "length"}}
        | {name: {0: "batch", 1: "characters"} for name in names},
    )  # fmt: skip


def _products_of_layers(model: onnx.ModelProto) -> Iterator[str]:
    """The nodes that multiply by weights of a layer."""
    weights = {tensor.name for tensor in model.graph.initializer}
    for node in model.graph.node:
        product = node.op_type == "MatMul" and node.input[1] in weights
        if product and "/layers." in node.name:
            yield node.name


def add_states(
    path: Path,
    out: Path,
    layers: Sequence[int],
    projection: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None,
) -> None:
    """Write the graph at *path* to *out* with one output more: what *layers* (from 1) see.

    The states of these layers side by side, multiplied by the matrix of *projection* and shifted
    by its vector if there is one. Everything else in the graph stays as it is.
    """
    model = onnx.load(path)
    graph, last = model.graph, STATES if projection is None else f"{STATES}_whole"
    del_states(model)
    cut = next(node for node in graph.node if node.op_type == "Slice" and node.name == "/Slice")
    seen = [f"/encoder/layers.{layer - 1}/norm2/LayerNormalization_output_0" for layer in layers]
    helper = onnx.helper
    graph.node.append(helper.make_node("Concat", seen, [f"{STATES}_beside"], axis=-1))
    graph.node.append(helper.make_node("Slice", [f"{STATES}_beside", *cut.input[1:]], [last]))
    if projection is not None:
        for name, array in zip(("matrix", "shift"), projection, strict=True):
            tensor = onnx.numpy_helper.from_array(array, f"{STATES}_{name}")
            graph.initializer.append(tensor)
        graph.node.append(helper.make_node("MatMul", [last, f"{STATES}_matrix"], [f"{last}_flat"]))
        graph.node.append(helper.make_node("Add", [f"{last}_flat", f"{STATES}_shift"], [STATES]))
    shape = ["batch", "characters", None]
    graph.output.append(helper.make_tensor_value_info(STATES, onnx.TensorProto.FLOAT, shape))
    with replacing(out) as waiting:
        onnx.save(model, waiting)


def del_states(model: onnx.ModelProto) -> None:
    """Take what :func:`add_states` added out of *model* again."""
    for row in (model.graph.node, model.graph.initializer, model.graph.output):
        kept = [part for part in row if not _is_of_states(part)]
        del row[:]
        row.extend(kept)


def _is_of_states(part: onnx.NodeProto | onnx.TensorProto | onnx.ValueInfoProto) -> bool:
    names = part.output if isinstance(part, onnx.NodeProto) else [part.name]
    return any(name.startswith(STATES) for name in names)


@contextmanager
def _silent() -> Iterator[None]:
    """Without the quantisers' lines on every node."""
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
        "sha256": _checksum(folder),
        "schemes": {name: list(labels) for name, labels in schemes.items()},
        "calibrations": {n: [list(c.scores), list(c.shares)] for n, c in calibrations.items()},
        "characters": "".join(vocabulary.characters),
    }
    _dump(folder, description)


def write_checksum(folder: Path) -> None:
    """Write the checksum of the graph in *folder* into ``checkpoint.json``; the rest stays."""
    description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    _dump(folder, description | {"sha256": _checksum(folder)})


def _dump(folder: Path, description: Mapping[str, object]) -> None:
    text = json.dumps(description, ensure_ascii=False, indent=1)
    replace_file(folder / DESCRIPTION, text + "\n")


def _checksum(folder: Path) -> str:
    return hashlib.sha256((folder / GRAPH).read_bytes()).hexdigest()
