"""The 4-bit file of the pretrained encoder, written here byte by byte and read back."""

from __future__ import annotations

import struct
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_set import PIECES, small_pretrained

from kg.errors import MissingExtra
from kg.training import encoder
from kg.training.encoder import find_pretrained, read_pretrained

WIDTH, INNER, LAYERS, HEADS, POSITIONS, EPSILON = 32, 64, 2, 4, 8, 1e-6
SPECIALS = {"start": 0, "end": 2, "pad": 1, "unknown": 3}
MATRICES = {
    "emb.word": (len(PIECES), WIDTH), "l0.q.w": (WIDTH, WIDTH), "l0.k.w": (WIDTH, WIDTH),
    "l1.v.w": (WIDTH, WIDTH), "l1.ao.w": (WIDTH, WIDTH), "l0.fi.w": (INNER, WIDTH),
    "l1.fo.w": (WIDTH, INNER),
}  # fmt: skip
VECTORS = {"emb.type": 2 * WIDTH, "l0.q.b": WIDTH, "l1.fi.b": INNER, "emb.ln.w": WIDTH}

Block = tuple[float, list[int]]


def pack_block(scale: float, numbers: list[int]) -> bytes:
    """32 *numbers* from 0 to 15 and their scale, as they lie in the file."""
    nibbles = bytes(numbers[at] | numbers[at + 16] << 4 for at in range(16))
    return struct.pack("<e", scale) + nibbles


def weights_of(blocks: list[Block]) -> list[float]:
    return [scale * (number - 8) for scale, numbers in blocks for number in numbers]


def random_blocks(random: np.random.Generator, count: int) -> list[Block]:
    scales = (float(np.float16(scale)) for scale in random.normal(size=count))
    return [(scale, random.integers(0, 16, 32).tolist()) for scale in scales]


def pack_pieces() -> bytes:
    encoded = [piece.encode() for piece in PIECES]
    ends = [sum(map(len, encoded[:count])) for count in range(len(encoded) + 1)]
    ids = (SPECIALS[name] for name in ("start", "end", "pad", "unknown"))
    return b"".join(
        [
            struct.pack("<5iQ", len(PIECES), *ids, ends[-1]),
            struct.pack(f"<{len(ends)}I", *ends),
            struct.pack(f"<{len(PIECES)}f", *range(len(PIECES))),
            *encoded,
        ]
    )


def pack_directory(tensors: dict[str, bytes], at: int) -> bytes:
    """The directory of *tensors*, which follow it; it begins at *at* in the file."""
    at += 4 + sum(2 + len(name) + 21 for name in tensors)
    rows = [struct.pack("<i", len(tensors))]
    for name, data in tensors.items():
        rows.append(struct.pack("<H", len(name)) + name.encode())
        rows.append(struct.pack("<BIQQ", 1, len(data), at, len(data)))
        at += len(data)
    return b"".join(rows)


def pack_file(tensors: dict[str, bytes], norms: list[bytes], magic: bytes = b"E5S1") -> bytes:
    sizes = (WIDTH, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 2)
    norm = b"".join(norms)
    head = magic + struct.pack("<i7ifi", 1, *sizes, EPSILON, 32) + pack_pieces()
    head += struct.pack("<iI", len(norms), len(norm)) + norm
    return head + pack_directory(tensors, len(head)) + b"".join(tensors.values())


def floats(values: list[float]) -> bytes:
    return struct.pack(f"<{len(values)}f", *values)


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, dict[str, list[float]]]:
    """A file with matrices, vectors and positions, and the numbers that are in it."""
    random = np.random.default_rng(1)
    values: dict[str, list[float]] = {}
    packed: dict[str, bytes] = {}
    for name, (rows, columns) in MATRICES.items():
        blocks = random_blocks(random, rows * columns // 32)
        values[name] = weights_of(blocks)
        packed[name] = b"".join(pack_block(*block) for block in blocks)
    for name, count in {**VECTORS, "emb.pos": POSITIONS * WIDTH}.items():
        values[name] = random.normal(size=count).astype(np.float32).tolist()
        packed[name] = floats(values[name])
    norms = [struct.pack("<IB2I", 0x2026, 2, 0x2E, 0x2E), struct.pack("<IB", 0x200B, 0)]
    path = tmp_path / "small.bin"
    path.write_bytes(pack_file(packed, norms))
    return path, values


def test_the_sizes_and_the_vocabulary_are_read(written: tuple[Path, object]) -> None:
    found = read_pretrained(written[0])
    assert (found.width, found.layers, found.heads, found.inner) == (WIDTH, LAYERS, HEADS, INNER)
    assert found.epsilon == pytest.approx(EPSILON)
    assert found.pieces == PIECES
    assert found.specials == SPECIALS


def test_every_tensor_is_read(written: tuple[Path, dict[str, list[float]]]) -> None:
    path, values = written
    tensors = read_pretrained(path).tensors
    assert tensors.keys() == values.keys()
    for name, expected in values.items():
        np.testing.assert_allclose(tensors[name].ravel(), expected, rtol=1e-6, err_msg=name)
        assert tensors[name].dtype == np.float32


def test_matrices_have_their_shapes(written: tuple[Path, object]) -> None:
    tensors = read_pretrained(written[0]).tensors
    shapes = {**MATRICES, "emb.pos": (POSITIONS, WIDTH), "emb.type": (2 * WIDTH,)}
    assert {name: tensors[name].shape for name in shapes} == shapes


def test_tensors_can_be_changed_in_place(written: tuple[Path, object]) -> None:
    """PyTorch warns of an array that it may not write to."""
    tensors = read_pretrained(written[0]).tensors
    assert all(tensor.flags.writeable for tensor in tensors.values())


NUMBERS = st.lists(st.integers(0, 15), min_size=32, max_size=32)


@given(st.lists(st.tuples(st.floats(-100, 100, width=16), NUMBERS), min_size=2, max_size=2))
def test_any_block_comes_back(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[Block]
) -> None:
    path = tmp_path_factory.mktemp("blocks") / "small.bin"
    path.write_bytes(pack_file({"l0.q.w": b"".join(pack_block(*b) for b in blocks * 16)}, []))
    found = read_pretrained(path).tensors["l0.q.w"]
    np.testing.assert_allclose(found.ravel(), weights_of(blocks * 16), rtol=1e-6)


@pytest.mark.parametrize("magic", [b"E5S2", b"GGUF", b"\0\0\0\0"])
def test_a_file_of_another_form_is_refused(tmp_path: Path, magic: bytes) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(pack_file({}, [], magic))
    with pytest.raises(ValueError, match=r"other\.bin is no file of a 4-bit E5 encoder"):
        read_pretrained(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.bin").touch()
    with pytest.raises(ValueError, match="it begins with b''"):
        read_pretrained(tmp_path / "empty.bin")


@pytest.mark.parametrize(
    ("character", "piece"),
    [
        ("禾", "禾"),
        ("A", "A"),
        (",", ","),
        # A piece of its own goes before one that begins a word, and that before none.
        ("青", "青"),
        ("市", "▁市"),
        (" ", "▁"),
    ],
)
def test_the_row_of_a_character(character: str, piece: str) -> None:
    assert small_pretrained().characters()[character] == PIECES.index(piece)


@pytest.mark.parametrize("none", ["o", "▁", "<", "on", "青禾", ""])
def test_longer_pieces_and_the_mark_of_a_word_are_no_characters(none: str) -> None:
    assert none not in small_pretrained().characters()


def test_every_character_has_a_row_of_its_own() -> None:
    rows = small_pretrained().characters()
    assert len(set(rows.values())) == len(rows)


def test_the_installed_file_is_found() -> None:
    path = find_pretrained()
    with path.open("rb") as file:
        assert file.read(4) == b"E5S1"


def test_without_the_wheel_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(encoder, "distribution", missing)
    with pytest.raises(MissingExtra, match=r"claimgraph\[train\]"):
        find_pretrained()
