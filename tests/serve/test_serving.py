"""Starting, options, stores that grow, health and numbers."""

from __future__ import annotations

import platform
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sample_graph import SAMPLE as GRAPH
from served import SAMPLE, Served, serving

from kg.rdf import encode
from kg.rdf.schema import schema_quads
from kg.rdf.terms import Quad, node, text
from kg.store import BOOKS, DiskStore, load_disk

SECRET = Quad(node("urn:books"), node("urn:record"), text("not to be shown"), node(BOOKS))
NEW = Quad(node("ent:新來者"), node("schema:name"), text("新來者"), node("doc:9"))


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serving") / "store"
    load_disk(folder, [*encode(GRAPH), *schema_quads(), SECRET])
    return folder


@pytest.fixture(scope="module")
def store_server(store_folder: Path) -> Iterator[Served]:
    options = (
        "--origin",
        "https://friend.example",
        "--name",
        "127.0.0.1",
        "--name",
        "graph.example",
    )
    with serving(store_folder, *options) as served:
        yield served


def rows(server: Served, query: str) -> list[dict[str, dict[str, str]]]:
    answer = server.client.get("/sparql", params={"query": query})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, dict[str, str]]] = answer.json()["results"]["bindings"]
    return found


def test_a_store_on_disk_is_served(store_server: Served) -> None:
    (row,) = rows(store_server, "SELECT (COUNT(*) AS ?n) { ?s a kg:Claim }")
    assert int(row["n"]["value"]) == len(GRAPH.claims)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o { ?s <urn:record> ?o }",
        "SELECT ?o { GRAPH ?g { ?s <urn:record> ?o } }",
        f"SELECT ?o {{ GRAPH <{BOOKS}> {{ ?s ?p ?o }} }}",
        "select ?o { graph ?g { ?s ?p ?o filter(isLiteral(?o) && contains(?o, 'not to be')) } }",
        "SELECT ?o { { SELECT * { GRAPH ?g { ?s <urn:record> ?o } } } # FROM\n }",
    ],
)
def test_the_books_of_a_store_are_not_shown(store_server: Served, query: str) -> None:
    assert rows(store_server, query) == []


def test_the_books_cannot_be_named_either(store_server: Served) -> None:
    for fields in (
        {"query": f"ASK FROM <{BOOKS}> {{ ?s ?p ?o }}"},
        {"query": "ASK { ?s ?p ?o }", "default-graph-uri": BOOKS},
    ):
        assert store_server.client.get("/sparql", params=fields).status_code == 400
    assert store_server.client.get("/data", params={"iri": "urn:books"}).status_code == 404


def test_what_is_added_to_a_store_is_shown_soon(store_server: Served, store_folder: Path) -> None:
    assert store_server.client.get("/entity/新來者").status_code == 404
    store = DiskStore(store_folder, write=True)
    store.add([NEW])
    store.close()
    for _ in range(200):
        if store_server.client.get("/entity/新來者").status_code == 303:
            break
        time.sleep(0.1)
    assert rows(store_server, "SELECT ?n { ent:新來者 schema:name ?n }")


def test_named_origins_may_read(store_server: Served) -> None:
    friend = {"origin": "https://friend.example"}
    answer = store_server.client.get("/health", headers=friend)
    assert answer.headers["access-control-allow-origin"] == "https://friend.example"
    other = store_server.client.get("/health", headers={"origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers
    asked = {**friend, "access-control-request-method": "POST"}
    assert store_server.client.options("/sparql", headers=asked).status_code == 200


def test_only_names_that_were_given_are_answered(store_server: Served) -> None:
    for host, status in (("graph.example", 200), ("127.0.0.1", 200), ("localhost", 400)):
        assert store_server.client.get("/health", headers={"host": host}).status_code == status


def test_nothing_is_left_of_a_server_that_ends(store_folder: Path, tmp_path: Path) -> None:
    stale = store_folder / f".serving-{platform.node()}-999999999-x"
    stale.mkdir()
    with serving(store_folder) as served:
        assert not stale.exists()
        assert list(store_folder.glob(".serving-*"))
        port = served.port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    ours = [
        path for path in store_folder.glob(".serving-*") if f"-{served.process.pid}-" in path.name
    ]
    assert ours == []


def test_health(server: Served) -> None:
    answer = server.client.get("/health")
    assert answer.json()["status"] == "ok"


def test_numbers_for_prometheus(server: Served) -> None:
    server.client.get("/sparql", params={"query": "nonsense"})
    answer = server.client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert re.search(
        r'^kg_http_requests_total\{method="GET",route="/sparql",status="400"\} [1-9]',
        answer.text,
        re.M,
    )
    assert 'kg_http_request_seconds_bucket{le="+Inf",route="/sparql"}' in answer.text
    assert server.metric("kg_workers") >= 4


def test_paths_of_strangers_make_no_numbers_of_their_own(server: Served) -> None:
    for number in range(3):
        server.client.get(f"/nothing-{number}")
        server.client.request(f"ODD{number}", "/")
    assert "nothing-" not in server.client.get("/metrics").text
    assert "ODD" not in server.client.get("/metrics").text


def test_other_loopback_addresses_can_be_taken() -> None:
    with serving(SAMPLE, "--host", "localhost", "--workers", "1") as served:
        assert served.client.get("/health").status_code == 200


def test_pages_are_not_sent_twice(server: Served) -> None:
    first = server.client.get("/static/serve.css")
    again = server.client.get("/static/serve.css", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert isinstance(first, httpx.Response)
