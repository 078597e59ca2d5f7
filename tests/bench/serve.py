"""``kg serve`` under load: requests a second, times, memory, and what runaway queries do to others.

    python -m tests.bench.serve [FOLDER] [--claims 45000] [--clients 50] [--seconds 600]

Without FOLDER a store of an invented graph is made; 45,000 claims are a million quads. Clients are
connections of one process that send the next request when the answer to the last is in, of eight
typical queries about 100 entities. The phases with and without runaways have eight clients and a
fifth of the seconds each.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from urllib.parse import quote

from tests.large_graph import large_graph
from tests.served import RUNAWAY, Served, serving, workers

QUERIES = (
    "SELECT ?name { <E> schema:name ?name }",
    "SELECT ?o ?name { <E> kg:partnerOf ?o . ?o schema:name ?name } LIMIT 20",
    "SELECT ?p ?o { ?c kg:subject <E> ; kg:predicate ?p ; kg:object ?o } LIMIT 50",
    "SELECT ?quote ?d { ?c kg:subject <E> ; kg:evidence ?e . ?e oa:exact ?quote ; prov:wasQuotedFrom ?d } LIMIT 50",
    "ASK { ?c kg:object <E> ; kg:polarity kg:Denied }",
    "SELECT ?far { <E> kg:partnerOf|^kg:partnerOf ?x . ?x kg:uses ?far } LIMIT 20",
    "SELECT ?year (COUNT(?c) AS ?n) { ?c kg:subject <E> ; kg:time/kg:start ?year } GROUP BY ?year",
    "CONSTRUCT { ?c ?p ?o } WHERE { ?c kg:subject <E> ; ?p ?o } LIMIT 200",
)  # fmt: skip
_HEAD = "GET /sparql?query={} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"


def requests_of(server: Served, seed: int) -> Iterator[bytes]:
    """Requests without end, the same for the same seed."""
    query = "SELECT ?s { ?s a kg:Company } ORDER BY ?s LIMIT 100"
    rows = server.client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    texts = [text.replace("E>", f"{row['s']['value']}>") for row in rows for text in QUERIES]
    random = Random(seed)
    while True:
        yield _HEAD.format(quote(random.choice(texts))).encode("ascii")


async def client(port: int, requests: Iterator[bytes], until: float, times: list[float]) -> None:
    """One connection; the seconds of each answer go to *times*."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.monotonic() < until:
        started = time.perf_counter()
        writer.write(next(requests))
        head = await reader.readuntil(b"\r\n\r\n")
        size = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(size))
        # A refusal is no answer, and no fast one; it is told as one that never came.
        good = head.startswith(b"HTTP/1.1 200")
        times.append(time.perf_counter() - started if good else math.inf)
    writer.close()


async def load(server: Served, clients: int, seconds: float, seed: int) -> list[float]:
    """The times of all answers that *clients* get in *seconds*."""
    times: list[float] = []
    until = time.monotonic() + seconds
    requests = requests_of(server, seed)
    await asyncio.gather(*(client(server.port, requests, until, times) for _ in range(clients)))
    return times


async def runaway(port: int, stop: asyncio.Event) -> None:
    """Send one runaway after another."""
    request = _HEAD.format(quote(RUNAWAY)).encode("ascii")
    while not stop.is_set():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        await reader.readuntil(b"\r\n\r\n")
        writer.close()
        await asyncio.sleep(0.1)


async def beside_runaways(server: Served, clients: int, seconds: float, count: int) -> list[float]:
    """As :func:`load`, while *count* runaways are running."""
    stop = asyncio.Event()
    running = [asyncio.ensure_future(runaway(server.port, stop)) for _ in range(count)]
    await asyncio.sleep(2)
    times = await load(server, clients, seconds, 1)
    stop.set()
    await asyncio.gather(*running)
    return times


def memory(server: Served) -> int:
    """Bytes of the server and its processes that are theirs alone."""
    pids = [server.process.pid, *workers(server)]
    return sum(map(_private, pids))


def _private(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return (
        sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_")) << 10
    )


async def watched(server: Served, clients: int, seconds: float) -> tuple[list[float], list[int]]:
    """The times under load, and the memory ten times meanwhile."""
    found: list[int] = []

    async def watch() -> None:
        for _ in range(10):
            await asyncio.sleep(seconds / 11)
            found.append(await asyncio.to_thread(memory, server))

    times, _ = await asyncio.gather(load(server, clients, seconds, 0), watch())
    return times, found


def tell(name: str, times: list[float], seconds: float) -> None:
    """A line of the table."""
    ordered = sorted(times)
    refused = sum(map(math.isinf, times))
    median, most = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
    print(
        f"{name:38} {len(times) / seconds:7.0f}/s  median {median * 1000:7.1f} ms  "
        f"p99 {most * 1000:7.1f} ms  ({len(times)} answers, {refused} refused)"
    )


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--claims", type=int, default=45_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--runaways", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or make_store(Path(scratch) / "store", given.claims)
        with serving(folder) as server:
            asyncio.run(measure(server, given))


async def measure(server: Served, given: argparse.Namespace) -> None:
    """All phases."""
    await load(server, 8, 10, 2)
    times, sizes = await watched(server, given.clients, given.seconds)
    tell(f"{given.clients} clients", times, given.seconds)
    print("memory, MiB, at ten moments: " + " ".join(f"{size >> 20}" for size in sizes))
    short = given.seconds / 5
    alone = await load(server, 8, short, 1)
    tell("8 clients", alone, short)
    beside = await beside_runaways(server, 8, short, given.runaways)
    tell(f"8 clients beside {given.runaways} runaways", beside, short)
    ratio = statistics.median(beside) / statistics.median(alone)
    print(f"median beside runaways / median alone: {ratio:.2f}")


def make_store(folder: Path, claims: int) -> Path:
    """A store of an invented graph."""
    from kg.rdf import encode
    from kg.rdf.schema import schema_quads
    from kg.store import load_disk

    quads = [*encode(large_graph(claims // 2, claims)), *schema_quads()]
    print(f"{len(quads)} quads")
    load_disk(folder, quads)
    return folder


if __name__ == "__main__":
    main()
