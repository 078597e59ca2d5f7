"""The store on a server: what goes wrong on the way, and who changes it meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from sample_graph import FIRST, SAMPLE, SECOND

from kg.errors import QueryError, StoreBusy, StoreError
from kg.rdf import encode
from kg.store import BOOKS, Rows, Store, open_store, replace_graphs
from kg.store.remote import RemoteStore

QUADS = encode(SAMPLE)
TRUE = {"head": {}, "boolean": True}
NO_ROWS = {"head": {"vars": ["mark"]}, "results": {"bindings": []}}


def fake(answer: object, status: int = 200) -> httpx.MockTransport:
    """A server that knows how to say yes, and answers everything else with *answer*."""

    def respond(request: httpx.Request) -> httpx.Response:
        text = request.content.decode()
        if text.startswith("ASK") and not request.url.path.endswith("/query"):
            return httpx.Response(404)
        if text.startswith("ASK"):
            return httpx.Response(200, json=TRUE)
        if "mark" in text and "SELECT" in text:
            return httpx.Response(200, json=NO_ROWS)
        if isinstance(answer, bytes):
            return httpx.Response(status, content=answer)
        return httpx.Response(status, json=answer)

    return httpx.MockTransport(respond)


@pytest.mark.parametrize("path", ["sparql", "query", ""])
def test_the_addresses_of_common_servers_are_found(path: str) -> None:
    asked: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if request.url.path != f"/ds/{path}".rstrip("/"):
            return httpx.Response(404)
        rows = b"SELECT" in request.content
        return httpx.Response(200, json=NO_ROWS if rows else TRUE)

    store = RemoteStore("http://kg.example/ds/", transport=httpx.MockTransport(respond))
    assert asked[-1] == f"/ds/{path}".rstrip("/")
    store.close()


def test_where_no_server_is_it_is_told() -> None:
    with pytest.raises(StoreError, match=r"no SPARQL server answers at http://127.0.0.1:9"):
        open_store("http://127.0.0.1:9")


def test_what_is_no_result_is_told() -> None:
    for answer in (b"<html>", {"head": {}}, ["x"]):
        store = RemoteStore("http://kg.example", transport=fake(answer))
        with pytest.raises(StoreError, match="no SPARQL result"):
            store.query("SELECT ?s { ?s ?p ?o }")
        store.close()


def test_what_are_no_triples_is_told() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        if b"CONSTRUCT" in request.content or request.method == "GET":
            kind = {"content-type": "application/n-triples"}
            return httpx.Response(200, content=b"<html>", headers=kind)
        return httpx.Response(200, json=NO_ROWS if b"SELECT" in request.content else TRUE)

    store = RemoteStore("http://kg.example", transport=httpx.MockTransport(respond))
    with pytest.raises(StoreError, match="no N-Triples"):
        store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    with pytest.raises(StoreError, match="no N-Triples"):
        list(store.quads("urn:graph"))
    store.close()


@pytest.mark.parametrize("said", [["x"], 1, None])
def test_a_server_that_speaks_something_else_is_none(said: object) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=said))
    with pytest.raises(StoreError, match="no SPARQL server answers"):
        RemoteStore("http://kg.example", transport=transport)


@pytest.mark.parametrize(
    ("status", "error"), [(400, QueryError), (401, StoreError), (503, StoreError)]
)
def test_a_refusal_is_told_with_its_status(status: int, error: type[Exception]) -> None:
    store = RemoteStore("http://kg.example", transport=fake(b"because", status))
    with pytest.raises(error, match=f"{status}: because"):
        store.query("SELECT ?s { ?s ?p ?o }")
    store.close()


def updating(outcome: Callable[[httpx.Request], httpx.Response]) -> RemoteStore:
    """A store on a server to which this happens at an update."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/update"):
            return outcome(request)
        return httpx.Response(200, json=NO_ROWS if b"SELECT" in request.content else TRUE)

    return RemoteStore("http://kg.example", transport=httpx.MockTransport(respond))


def test_a_change_that_is_not_answered_in_time_is_told_with_what_is_known() -> None:
    limits: list[float] = []

    def never(request: httpx.Request) -> httpx.Response:
        limits.append(request.extensions["timeout"]["read"])
        raise httpx.ReadTimeout("", request=request)

    store = updating(never)
    for count in (10, len(QUADS)):
        with pytest.raises(
            StoreError, match=r"within \d+ s: .* still be at work .* `kg stats http"
        ):
            store.add(QUADS[:count])
    assert 60 < limits[0] < limits[1]
    store.close()


def test_a_change_that_is_too_large_for_the_server_is_told() -> None:
    store = updating(lambda _: httpx.Response(413, content=b"too much"))
    with pytest.raises(
        StoreError, match=r"takes no request of \d.\d MB.*nothing was changed: raise"
    ):
        store.add(QUADS)
    store.close()


def test_a_token_is_sent() -> None:
    seen: set[str] = set()

    def respond(request: httpx.Request) -> httpx.Response:
        seen.add(request.headers["Authorization"])
        return httpx.Response(200, json=NO_ROWS if b"SELECT" in request.content else TRUE)

    transport = httpx.MockTransport(respond)
    RemoteStore("http://kg.example", token="secret", transport=transport).close()
    assert seen == {"Bearer secret"}


@pytest.mark.parametrize("token", ["秘密", "a\nb"])
def test_a_token_that_no_header_can_hold_is_refused(token: str) -> None:
    with pytest.raises(StoreError, match="token"):
        RemoteStore("http://kg.example", token=token)


def test_the_token_may_stand_in_the_environment(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_TOKEN", "secret")
    store = open_store(server)
    assert isinstance(store, RemoteStore)
    assert store._http.headers["Authorization"] == "Bearer secret"
    store.close()


def test_a_change_after_somebody_elses_is_refused(
    server: str, make_store: Callable[[str], Store]
) -> None:
    ours, theirs = make_store("remote"), open_store(server)
    ours.add(QUADS)
    ours.change(QUADS, ())
    with pytest.raises(StoreBusy, match="changed by somebody else"):
        replace_graphs(theirs, {FIRST.iri: [q for q in QUADS if q.graph_name.value == FIRST.iri]})  # type: ignore[union-attr]
    assert list(theirs.quads(FIRST.iri)) == []
    replace_graphs(theirs, {SECOND.iri: [q for q in QUADS if q.graph_name.value == SECOND.iri]})  # type: ignore[union-attr]
    assert list(theirs.quads(SECOND.iri)) != []
    with pytest.raises(StoreBusy):
        ours.change(QUADS, ())
    ours.change(QUADS, ())
    assert list(ours.quads()) == []
    theirs.close()


def test_the_mark_of_the_last_change_is_no_entry_of_the_books(
    make_store: Callable[[str], Store],
) -> None:
    store = make_store("remote")
    store.add(QUADS)
    store.change(QUADS, ())
    answer = store.query(f"SELECT ?mark {{ GRAPH <{BOOKS}> {{ ?s <{BOOKS}#mark> ?mark }} }}")
    assert isinstance(answer, Rows)
    assert len(answer.rows) == 1
    assert list(store.quads(BOOKS)) == []
