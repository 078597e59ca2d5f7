"""Archives that are none; what a good one gives stands in the tests of the commands."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from document_graphs import Told, document_graph

from kg.artefacts import current_run
from kg.collection import Collection
from kg.collection.archive import FORM, Archive, fill, read_archive
from kg.errors import GraphError, StoreError
from kg.rdf.terms import Quads
from kg.store import MemoryStore

HEAD = {"claimgraph": "archive", "form": FORM}


@pytest.mark.parametrize(
    "row",
    [
        1,
        None,
        {"record": 1},
        {"record": {"documents": []}},
        {
            "record": {
                "documents": [], "entities": [], "claims": [], "judgements": [], "drops": [],
                "failures": [], "counts": {},
            },
            "run": {},
        },
        {"verdict": 1},
        {"verdict": {}},
    ],
)  # fmt: skip
def test_rows_of_another_form_are_refused(tmp_path: Path, row: object) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress("".join(f"{json.dumps(one)}\n" for one in (HEAD, row)).encode()))
    with pytest.raises(GraphError):
        read_archive(path)


class Counting(MemoryStore):
    """A store on a server that takes so many steps."""

    def __init__(self, most: int) -> None:
        self.left = most
        super().__init__()
        self.left = most

    def add(self, quads: Quads) -> None:
        self.left -= 1
        if self.left < 0:
            raise StoreError("the server has gone")
        super().add(quads)

    def close(self) -> None:
        """It goes on without us."""


def filled(monkeypatch: pytest.MonkeyPatch, store: MemoryStore) -> MemoryStore:
    monkeypatch.setattr("kg.store.open_store", lambda *_, **__: store)
    monkeypatch.setattr("kg.collection.archive.STEP", 100)
    graph = document_graph(1, [Told("星河科技", "kg:partnerOf", "藍峰")])
    iri = graph.documents[0].iri
    fill("http://kg.example", Archive({iri: graph}, {iri: current_run()}))
    return store


def test_a_server_is_filled_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(monkeypatch, Counting(1000))
    assert isinstance(store, Counting)
    assert 1000 - store.left > 5
    assert len(Collection(store).documents()) == 1


def test_a_server_that_was_half_filled_is_taken_for_no_collection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Counting(3)
    with pytest.raises(StoreError, match=r"has gone .*300 quads are there.*clear the server"):
        filled(monkeypatch, store)
    with pytest.raises(GraphError, match="holds no Claimgraph"):
        Collection(store)
    with pytest.raises(StoreError, match="is not empty: clear it"):
        filled(monkeypatch, store)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    whole = gzip.compress(f"{json.dumps(HEAD)}\n".encode() + bytes(range(256)) * 9)
    for at in range(10, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
        with pytest.raises(GraphError):
            read_archive(path)


@pytest.mark.parametrize(
    "content", [b"", b"{}", gzip.compress(b"[", mtime=0), gzip.compress(b"{}\n", mtime=0)[:-9]]
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(content)
    with pytest.raises(GraphError, match="archive"):
        read_archive(path)
