"""A shipped checkpoint back as weights that can learn on.

The 8-bit weights are multiplied out; what rounding took stays lost, which is less than a point of
F1. So whoever has the package and labels of their own can go on from where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper
from torch import Tensor

from kg.annotation.recogniser.checkpoint import GRAPH
from kg.annotation.recogniser.tags import TagSet
from kg.errors import CheckpointError
from kg.training.network import Network

_Arrays = Mapping[str, NDArray[Any]]
_MIDDLE = 128  # what stands for nothing in weights by blocks, which have no sign


def restore(network: Network, folder: Path, here: Mapping[str, TagSet],
            there: Mapping[str, TagSet]) -> None:  # fmt: skip
    """Give *network* the weights of the checkpoint in *folder*; its vocabulary is the same.

    *here* and *there* are the tags of each head, now and in the checkpoint. A label that is in
    both keeps what was learnt of it; one that is new, or a new head, begins at random.
    Raises CheckpointError for a graph that :func:`kg.training.export.export_graph` did not write
    or an encoder of other sizes.
    """
    saved = read_weights(folder / GRAPH)
    state = network.state_dict()
    for name, value in state.items():
        if not name.startswith("heads."):
            state[name] = _fitting(name, value, saved, folder)
    for scheme in here.keys() & there.keys():
        rows = _shared_rows(here[scheme], there[scheme])
        for kind in ("weight", "bias"):
            head = f"heads.{scheme}.{kind}"
            state[head][[now for now, _ in rows]] = saved[head][[then for _, then in rows]]
    network.load_state_dict(state)


def _fitting(name: str, value: Tensor, saved: Mapping[str, Tensor], folder: Path) -> Tensor:
    found = saved.get(name)
    if found is None or found.shape != value.shape:
        sizes = "nothing" if found is None else [*found.shape]
        raise CheckpointError(
            f"{folder} has {sizes} for {name} and the configuration wants {[*value.shape]}: "
            "the number of layers must be the same"
        )
    return found


def _shared_rows(here: TagSet, there: TagSet) -> list[tuple[int, int]]:
    """The rows of a head of the tags that both have: O, and four of each shared label."""
    rows = [(0, 0)]
    for label in [label for label in here.labels if label in there.labels]:
        rows += zip(_tags_of(here, label), _tags_of(there, label), strict=True)
    return rows


def _tags_of(tags: TagSet, label: str) -> list[int]:
    """All tags of *label*: a name of three characters has its B, I and E, one of one its S."""
    return tags.tags_of(label, 3) + tags.tags_of(label, 1)


def read_weights(graph: Path) -> dict[str, Tensor]:
    """The weights in a *graph* that :func:`kg.training.export.export_graph` wrote, by the name
    that :class:`kg.training.network.Network` gives them."""
    model = onnx.load(graph)
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    prefix = "network."
    whole = {n.removeprefix(prefix): a for n, a in arrays.items() if n.startswith(prefix)}
    whole |= dict(_products(model.graph.node, arrays))
    return {name: torch.from_numpy(np.array(array, np.float32)) for name, array in whole.items()}


def _products(nodes: Iterable[NodeProto], arrays: _Arrays) -> Iterator[tuple[str, NDArray[Any]]]:
    """The weights of each product in 8 bits, output × input as torch has them."""
    for node in nodes:
        if node.op_type == "MatMulInteger":
            stem = node.input[1].removesuffix("_quantized")
            weights = arrays[node.input[1]].astype(np.float32) - arrays[f"{stem}_zero_point"]
            yield _weight_of(node), (weights * arrays[f"{stem}_scale"]).T
        elif node.op_type == "MatMulNBits":
            blocks, scales = (arrays[name] for name in node.input[1:3])
            weights = (blocks.astype(np.float32) - _MIDDLE) * scales[:, :, None]
            width = next(a.i for a in node.attribute if a.name == "K")
            yield _weight_of(node), weights.reshape(len(weights), -1)[:, :width]


def _weight_of(node: NodeProto) -> str:
    """``/encoder/layers.0/mix/MatMul_quant`` → ``encoder.layers.0.mix.weight``."""
    parts = node.name.split("/")[1:-1]
    return ".".join([*(parts if parts[0] == "encoder" else ["heads", *parts]), "weight"])
