"""The page at ``/``: whole for a small graph, a core that asks for more for a large one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from large_graph import large_graph
from served import SAMPLE, Served, serving
from starlette.requests import Request

from kg.iri import entity_iri
from kg.rdf import encode
from kg.rdf.schema import schema_quads
from kg.serve.front import Front
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.store import load_disk


@pytest.fixture(scope="module")
def large_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("front") / "store"
    load_disk(folder, [*encode(large_graph(1600, 2500)), *schema_quads()])
    with serving(folder, "--limit-seconds", "60") as served:
        yield served


def data_of(page: str) -> dict[str, object]:
    text = page.partition('id="data">')[2].partition("</script>")[0]
    found: dict[str, object] = json.loads(text)
    return found


def test_a_build_gives_the_page_that_it_wrote(server: Served) -> None:
    answer = server.client.get("/")
    assert answer.content == (SAMPLE / "graph.html").read_bytes()
    assert answer.headers["content-security-policy"].startswith(
        "default-src 'none'; script-src 'sha256-"
    )


def test_a_large_store_gives_its_core(large_server: Served) -> None:
    answer = large_server.client.get("/")
    assert answer.status_code == 200
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    data = data_of(answer.text)
    assert data["served"] == "/expand"
    entities = data["entities"]
    assert isinstance(entities, list)
    assert len(entities) == 400


def test_more_of_an_entity(large_server: Served) -> None:
    client = large_server.client
    row = client.get(
        "/sparql",
        params={
            "query": "SELECT ?s { ?c kg:subject ?s } GROUP BY ?s ORDER BY DESC(COUNT(?c)) LIMIT 1"
        },
    ).json()["results"]["bindings"][0]
    answer = client.get("/expand", params={"iri": row["s"]["value"]})
    assert answer.headers["content-type"] == "application/json"
    assert len(answer.json()["entities"]) > 1
    far = client.get("/expand", params={"iri": row["s"]["value"], "from": "100000"})
    assert far.json()["next"] is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"iri": entity_iri("無人")}, 404),
        ({}, 400),
        ({"iri": "no iri"}, 400),
        ({"iri": entity_iri("無人"), "from": "-1"}, 400),
        ({"iri": entity_iri("無人"), "from": "1e3"}, 400),
        ({"iri": entity_iri("無人"), "from": "१"}, 400),
    ],
)
def test_what_cannot_be_expanded(large_server: Served, fields: dict[str, str], status: int) -> None:
    assert large_server.client.get("/expand", params=fields).status_code == status


class Counted(Front):
    """A front that counts the pages it makes, each when it is let."""

    def __init__(self) -> None:
        super().__init__(Pool(Path(), Limits()), bytes)
        self.begun, self.let = 0, asyncio.Event()

    async def _render(self) -> bytes:
        self.begun += 1
        number = self.begun
        await self.let.wait()
        return b"page %d" % number

    async def get(self) -> bytes:
        return bytes((await self.respond(Request({"type": "http"}))).body)


def test_the_page_is_made_once_for_a_state_and_the_last_is_shown_meanwhile() -> None:
    async def run() -> None:
        front = Counted()
        front.let.set()
        assert await asyncio.gather(*(front.get() for _ in range(5))) == [b"page 1"] * 5
        front.let.clear()
        for _ in range(3):  # Three changes while one page is made want one page more.
            front.forget()
            await asyncio.sleep(0)
            assert await front.get() == b"page 1"
        front.let.set()
        assert await front.prepare() == b"page 3"
        assert (await front.get(), front.begun) == (b"page 3", 3)

    asyncio.run(run())


def test_a_page_that_could_not_be_made_is_tried_again() -> None:
    class Failing(Counted):
        async def _render(self) -> bytes:
            self.begun += 1
            if self.begun == 1:
                raise OSError
            return b"page"

    async def run() -> None:
        front = Failing()
        with pytest.raises(OSError, match=r"^$"):
            await front.get()
        assert (await front.get(), await front.get(), front.begun) == (b"page", b"page", 2)

    asyncio.run(run())
