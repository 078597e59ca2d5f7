"""Whatever is sent, the server says what is wrong and goes on answering others."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from served import COUNT, RUNAWAY, Served, workers

MEMORY = "SELECT (GROUP_CONCAT(CONCAT(STR(?o), STR(?c))) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"


def is_well(server: Served) -> bool:
    answer = server.client.get("/sparql", params={"query": COUNT})
    return answer.status_code == 200 and "38" in answer.text


def until(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("this never came true")


def exchange(server: Served, *parts: bytes, pause: float = 0.0) -> bytes:
    """Send bytes as they are and give what comes back until the server closes."""
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as connection:
        for part in parts:
            try:
                connection.sendall(part)
            except (BrokenPipeError, ConnectionResetError):
                break
            time.sleep(pause)
        received = b""
        try:
            while piece := connection.recv(65536):
                received += piece
        except ConnectionResetError:
            pass
        return received


def test_a_runaway_is_stopped_and_others_are_answered_meanwhile(strict_server: Served) -> None:
    before = strict_server.metric("kg_queries_too_slow_total")
    with ThreadPoolExecutor() as threads:
        running = threads.submit(strict_server.client.get, "/sparql", params={"query": RUNAWAY})
        until(lambda: strict_server.metric("kg_queries_slow") == 1)
        slow = [pid for pid in workers(strict_server) if _niceness(pid) == 19]
        assert len(slow) == 1
        until(lambda: is_well(strict_server))
        assert not running.done()
        answer = running.result()
    assert answer.status_code == 504
    assert "ran for 3 s and was stopped" in answer.text
    assert strict_server.metric("kg_queries_too_slow_total") == before + 1
    until(lambda: not _lives(slow[0]))
    until(lambda: is_well(strict_server))


def test_more_runaways_than_places_are_refused_and_quick_queries_answered(
    strict_server: Served,
) -> None:
    with ThreadPoolExecutor(20) as threads:
        ask = strict_server.client.get
        running = [threads.submit(ask, "/sparql", params={"query": RUNAWAY}) for _ in range(8)]
        until(lambda: is_well(strict_server))
        answers = [one.result() for one in running]
    assert {answer.status_code for answer in answers} <= {503, 504}
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert all("retry-after" in answer.headers for answer in refused)
    until(lambda: strict_server.metric("kg_queries_slow") == 0)


def test_a_client_that_leaves_ends_its_query(server: Served) -> None:
    before = server.metric("kg_queries_left_total")
    with pytest.raises(httpx.ReadTimeout):
        server.client.get("/sparql", params={"query": RUNAWAY}, timeout=2)
    until(lambda: server.metric("kg_queries_left_total") == before + 1)
    until(lambda: server.metric("kg_queries_slow") == 0)
    until(lambda: is_well(server))


def test_memory_is_bounded(strict_server: Served) -> None:
    answer = strict_server.client.get("/sparql", params={"query": MEMORY})
    assert answer.status_code in (503, 504)
    until(lambda: is_well(strict_server))


def test_too_many_rows_or_triples_are_an_error_not_a_cut_answer(strict_server: Served) -> None:
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
        answer = strict_server.client.get("/sparql", params={"query": query})
        assert answer.status_code == 400
        assert "more than 100" in answer.text
        assert "LIMIT" in answer.text
        assert strict_server.client.get(
            "/sparql", params={"query": f"{query} LIMIT 100"}
        ).is_success


def test_oversized_bodies(strict_server: Served) -> None:
    headers = {"content-type": "application/sparql-query"}
    answer = strict_server.client.post("/sparql", content=b"#" * 200_000, headers=headers)
    assert answer.status_code == 413
    assert "100000 bytes" in answer.text

    def chunks() -> object:
        for _ in range(300):
            yield b"#" * 1000

    answer = strict_server.client.post("/sparql", content=chunks(), headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 413
    long = strict_server.client.get("/sparql", params={"query": f"ASK {{}} #{'x' * 11_000}"})
    assert long.status_code == 400
    assert "at most 10000" in long.text


def test_a_length_that_is_a_lie(strict_server: Served) -> None:
    head = b"POST /sparql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/sparql-query\r\n"
    for length in (b"-1", b"1e9", b"0x10", b"99999999999999999999"):
        received = exchange(strict_server, head + b"content-length: " + length + b"\r\n\r\nASK {}")
        assert received[9:12] in (b"400", b"413")
    twice = b"content-length: 6\r\ncontent-length: 7\r\n\r\nASK {}"
    assert exchange(strict_server, head + twice)[9:12] == b"400"


def test_overlong_heads(strict_server: Served) -> None:
    for head in (b"GET /" + b"a" * 200_000, b"GET / HTTP/1.1\r\nx: " + b"a" * 200_000):
        assert exchange(strict_server, head + b"\r\n\r\n")[9:12] in (b"400", b"431", b"")
    until(lambda: is_well(strict_server))


def test_slow_heads_and_bodies_are_given_up(strict_server: Served) -> None:
    assert exchange(strict_server)[9:12] == b"408"
    assert exchange(strict_server, b"GET / HTTP/1.1\r\nhost: loc")[9:12] == b"408"
    head = b"POST /sparql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/sparql-query\r\n"
    received = exchange(strict_server, head + b"content-length: 6\r\n\r\n", b"ASK")
    assert received[9:12] == b"408"
    assert b"did not come within 2 s" in received


def test_a_second_request_that_never_ends_is_given_up_too(strict_server: Served) -> None:
    received = exchange(
        strict_server, b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n", b"GET /hea", pause=0.5
    )
    assert received.count(b"HTTP/1.1") == 2
    assert b"HTTP/1.1 408" in received


LARGE = (
    """SELECT ?x ?a { { SELECT (GROUP_CONCAT(STR(?o)) AS ?x) { ?s ?p ?o } } ?a ?b ?c } LIMIT 100"""
)


def test_who_does_not_fetch_the_answer_is_given_up(strict_server: Served) -> None:
    request = f"GET /sparql?query={quote(LARGE)} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode()
    with closing(socket.socket()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(60)
        connection.connect(("127.0.0.1", strict_server.port))
        connection.sendall(request)
        received = connection.recv(1000)
        size = int(received.partition(b"content-length: ")[2].partition(b"\r\n")[0])
        assert size > 5 << 20
        # Four times the patience; what the kernel has taken over meanwhile comes still.
        time.sleep(8)
        with suppress(ConnectionResetError):
            while piece := connection.recv(1 << 20):
                received += piece
        assert len(received) < size


@pytest.mark.parametrize(
    "head",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET  / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\nx: a\x00b\r\n\r\n",
        b"GET /\xe9\xa8\xb0 HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /entity/a\r\nset-cookie: x HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost : localhost\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_http_is_refused(strict_server: Served, head: bytes) -> None:
    assert exchange(strict_server, head)[:12] in (b"HTTP/1.1 400", b"")
    until(lambda: is_well(strict_server))


@pytest.mark.parametrize(
    "path",
    [
        "/entity/%00",
        "/entity/a%0d%0aset-cookie:%20x=1",
        "/entity/%C0%AE%C0%AE/x",
        "/entity/%FF",
        "/entity/%zz",
        "/page/entity/%",
        "/data/entity/" + "a" * 5000,
        "/entity/a<b",
        "/about?iri=%0d%0aset-cookie:%20x=1",
        "/about?iri=http://x/%3E%20%7B%7D",
        "/about?iri=%FF",
    ],
)
def test_malformed_names_are_refused(strict_server: Served, path: str) -> None:
    request = b"GET " + path.encode() + b" HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    received = exchange(strict_server, request)
    assert received[9:12] in (b"400", b"404")
    assert b"set-cookie" not in received.lower()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/vendor/lock.json",
        "/static/",
        "//etc/passwd",
        "/entity%2f%E9%A8%B0%E8%A8%8A",
        "/.git/config",
    ],
)
def test_no_path_leads_to_files(strict_server: Served, path: str) -> None:
    request = b"GET " + path.encode() + b" HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    assert exchange(strict_server, request)[9:12] == b"404"


def test_names_from_elsewhere_are_refused(strict_server: Served) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost@evil.example", ""):
        answer = strict_server.client.get("/health", headers={"host": host})
        assert answer.status_code == 400
    for host in ("localhost", f"127.0.0.1:{strict_server.port}", "[::1]:80"):
        assert strict_server.client.get("/health", headers={"host": host}).status_code == 200


def test_no_origin_may_read_unless_it_was_named(strict_server: Served) -> None:
    answer = strict_server.client.get("/health", headers={"origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    assert strict_server.client.options("/sparql", headers=asked).status_code == 405


def test_every_answer_forbids_guessing_and_framing(strict_server: Served) -> None:
    for path in ("/", "/sparql", "/health", "/nothing", "/page/entity/%E9%A8%B0%E8%A8%8A"):
        headers = strict_server.client.get(path, headers={"accept": "text/html,*/*"}).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert "server" not in headers


def _niceness(pid: int) -> int:
    try:
        return os.getpriority(os.PRIO_PROCESS, pid)
    except ProcessLookupError:
        return 0


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
        return stat.rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
