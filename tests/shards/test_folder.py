"""The shards of a build: whole or not there."""

from __future__ import annotations

import platform
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from corpora import SETUP, corpus, files_under, graph_of_one, names_read, read

from kg.errors import GraphError, InputError
from kg.shards.folder import ShardFolder, read_texts
from kg.shards.work import fingerprint, make_shard


def opened(out: Path, setup: str = SETUP.key) -> ShardFolder:
    return ShardFolder.open(out, setup)


def everything(folder: ShardFolder) -> list[str]:
    return names_read(graph for key in folder.keys for graph in folder.read(key))


@pytest.fixture
def folder(tmp_path: Path) -> ShardFolder:
    made = opened(tmp_path)
    for start in (0, 3):
        made.write(read(corpus(6)[start : start + 3]))
    return made


def test_what_is_written_is_there_again(folder: ShardFolder, tmp_path: Path) -> None:
    assert opened(tmp_path).keys == folder.keys
    (first, *_) = folder.read(next(iter(folder.keys)))
    assert first == graph_of_one(corpus(1)[0])


def test_an_empty_shard_is_not_written(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    folder.write(make_shard(SETUP.key, {}))
    assert not folder.keys
    assert not files_under(tmp_path)


def test_a_piece_of_an_interrupted_run_is_removed(folder: ShardFolder, tmp_path: Path) -> None:
    piece = folder.out / f".kg-partial-{platform.node()}-999999999-0"
    piece.mkdir()
    (piece / "claims.parquet").write_bytes(b"PAR1")
    assert opened(tmp_path).keys == folder.keys
    assert not piece.exists()


def test_shards_of_another_setup_are_strange_and_go_at_the_end(
    folder: ShardFolder, tmp_path: Path
) -> None:
    other = opened(tmp_path, "another")
    assert (other.keys, len(other.strange)) == ({}, 2)
    assert len(opened(tmp_path).keys) == 2
    assert other.keep([]) == (0, 2)
    assert not opened(tmp_path).keys


def test_documents_that_are_not_wanted_go_and_their_neighbours_stay(
    folder: ShardFolder, tmp_path: Path
) -> None:
    live = {fingerprint(one) for one in corpus(6)[1:3]}
    assert folder.keep(live) == (4, 0)
    assert everything(folder) == everything(opened(tmp_path)) == ["d001", "d002"]
    assert len(folder.keys) == 1


def test_a_damaged_shard_is_read_anew_or_named(folder: ShardFolder, tmp_path: Path) -> None:
    first, second = folder.keys
    (folder.out / first / "documents.parquet").write_bytes(b"PAR1")
    assert opened(tmp_path).strange == [first]
    (folder.out / second / "claims.parquet").write_bytes(b"PAR1")
    with pytest.raises(GraphError, match=f"{second} is damaged .*delete it and build again"):
        list(folder.read(second))


def test_the_texts_of_some_documents(folder: ShardFolder, tmp_path: Path) -> None:
    documents = corpus(6)
    wanted = {one.iri: one.text for one in documents[2:4]}
    assert read_texts(tmp_path, [*wanted, "https://example.org/other"]) == wanted
    assert read_texts(tmp_path / "nothing", wanted) == {}


def test_the_manifest_counts(folder: ShardFolder) -> None:
    folder.write_manifest()
    text = (folder.out / "manifest.json").read_text("utf-8")
    assert '"documents": 6' in text
    assert all(f'"{key}": 3' in text for key in folder.keys)


@contextmanager
def little_room() -> Iterator[None]:
    """No file may be larger than 2,000 bytes, which is how a full disk looks from here.

    Only within: pytest's own report may go to a larger file.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_is_an_error_and_leaves_no_shard(tmp_path: Path) -> None:
    folder, shard = opened(tmp_path), read(corpus(50))
    with (
        little_room(),
        pytest.raises(InputError, match="make room and run it again; what is done stays"),
    ):
        folder.write(shard)
    assert not folder.keys
    assert not files_under(tmp_path)
