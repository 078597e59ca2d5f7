"""A process that changes a store and is killed, again and again; run by tests/collection.

Nothing here may open a store before it forks: RocksDB's threads do not survive that.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from document_graphs import Told, document_graph

from kg.collection import Collection
from kg.collection.collection import contents
from kg.model import ClaimGraph
from kg.rdf import serialise
from kg.store import BOOKS, MemoryStore

NAMES = ["藍峰", "星河科技", "北鎮", "雲橋", "渡雲", "南斗"]
Step = ClaimGraph | str


def step_of(seed: int, number: int) -> Step:
    """The step of this number: a document's graph to put, or the IRI of one to take out."""
    drawn = random.Random(f"{seed} {number}")
    told = [
        Told(
            *drawn.sample(NAMES, 2)[:1],
            "kg:partnerOf",
            drawn.choice(NAMES[3:]),
            drawn.random() < 0.5,
        )
        for _ in range(20)
    ]
    told = [one for one in told if one.subject != one.object]
    graph = document_graph(drawn.randrange(12), told, edition=number)
    return graph.documents[0].iri if drawn.random() < 0.2 else graph


def take(held: dict[str, str], step: Step) -> dict[str, str]:
    """Which texts are held after the step."""
    if isinstance(step, str):
        return {iri: text for iri, text in held.items() if iri != step}
    return {**held, step.documents[0].iri: step.documents[0].text}


def run_steps(folder: Path, seed: int, first: int, out: int) -> None:
    """Take steps until the end of the world, and acknowledge each when the store has it."""
    with Collection.open(folder, write=True) as collection:
        for number in range(first, first + 10_000):
            step = step_of(seed, number)
            if isinstance(step, ClaimGraph):
                collection.put(step)
            elif collection.find(step):
                collection.remove(step)
            os.write(out, b".")


def look(folder: Path, out: int) -> None:
    """Open the store again, check that it is whole, and tell which texts it holds."""
    with Collection.open(folder, write=True) as collection:
        graphs = collection.books.graphs()
        expected = MemoryStore(contents(graphs, collection.books.runs(graphs), collection.verdicts))
        for graph in (None, BOOKS):
            ours, theirs = (serialise(s.quads(graph), "nq") for s in (collection.store, expected))
            assert ours == theirs, "the store is not what its documents make"
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert collection.store.query(count) == expected.query(count)
        told = {iri: graph.documents[0].text for iri, graph in graphs.items()}
    os.write(out, json.dumps(told).encode())


def fork(work: Callable[[int], None]) -> tuple[int, int]:
    """A child that does *work* with the writing end of a pipe: its id, and the reading end."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        work(writing)
    except BaseException as error:  # noqa: BLE001 - a child ends here, whatever happened
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def read_all(reading: int) -> bytes:
    data = b""
    while more := os.read(reading, 1 << 16):
        data += more
    os.close(reading)
    return data


def main(folder: Path, times: int, seed: int) -> None:
    """Kill *times* times; exit with what is wrong, if anything is."""
    drawn = random.Random(seed)
    held: dict[str, str] = {}
    number = acknowledged = 0
    for _ in range(times):
        first = number
        pid, reading = fork(lambda out, first=first: run_steps(folder, seed, first, out))  # type: ignore[misc]
        select.select([reading], [], [], 30)
        select.select([], [], [], drawn.random() * 0.5)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        done = len(read_all(reading))
        acknowledged += done
        for _ in range(done):
            held, number = take(held, step_of(seed, number)), number + 1
        pid, reading = fork(lambda out: look(folder, out))
        found = json.loads(read_all(reading) or b"null")
        assert os.waitpid(pid, 0)[1] == 0, "the store did not open again, or is not whole"
        after = take(held, step_of(seed, number))
        assert found in (held, after), "an acknowledged document is lost, or half of one is there"
        if found == after:
            held, number = after, number + 1
    print(acknowledged, len(held))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
