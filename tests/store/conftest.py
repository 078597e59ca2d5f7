"""One store of each kind, empty; and the server that the remote ones share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from sparql_server import running_oxigraph

from kg.store import DiskStore, MemoryStore, Store, open_store

MakeStore = Callable[[str], Store]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with running_oxigraph() as url:
        yield url


@pytest.fixture
def make_store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[MakeStore]:
    """Makes an empty store of a kind; one of each kind at a time."""
    made: list[Store] = []

    def make(kind: str) -> Store:
        if kind == "memory":
            made.append(MemoryStore())
        elif kind == "disk":
            made.append(DiskStore(tmp_path / f"store-{len(made)}", write=True))
        else:
            url = request.getfixturevalue("server")
            httpx.post(
                f"{url}/update",
                content="DROP ALL",
                headers={"Content-Type": "application/sparql-update"},
            ).raise_for_status()
            made.append(open_store(url))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture(params=["memory", "disk", "remote"])
def store(request: pytest.FixtureRequest, make_store: MakeStore) -> Store:
    return make_store(request.param)
