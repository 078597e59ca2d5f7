"""What runs in a worker process: texts of strangers are parsed, evaluated and answered here.

A worker speaks over one socket, in frames: a head in JSON and a body, both with their length. It
holds the store open for reading only, ends when its parent does, and is killed without warning.
"""

from __future__ import annotations

import json
import signal
import socket
import struct
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import ClaimgraphError, QueryError, StoreError
from kg.rdf.terms import Quad
from kg.serve import negotiate as media
from kg.serve.confine import allow_time, confine
from kg.serve.limits import Limits
from kg.serve.results import write_quads, write_rows, write_truth
from kg.store import Rows
from kg.store.guard import Checked, Kind, check, plain
from kg.store.readonly import Dataset, ReadOnlyStore

HEAD = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Job:
    """A query: its text, the graphs it is about, and the formats the client takes.

    ``form`` is a media type, or None to negotiate by ``accept``. A ``trusted`` text is ours; one
    that was checked before has its ``kind``. Triples of the answer are said to stand in ``graph``,
    where the format can say that. An answer that is ``kept`` is asked for once, for everybody: it
    has the time it needs.
    """

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    accept: str | None = None
    form: str | None = None
    trusted: bool = False
    graph: str | None = None
    kind: Kind | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a job: an HTTP status, and the bytes with their media type.

    ``kind`` is that of a query which need not be checked again.
    """

    status: int
    media: str
    body: bytes
    kind: Kind | None = None

    @property
    def text(self) -> str:
        """The body of an error, which is one line of plain text."""
        return self.body.decode("utf-8", "replace")


def refusal(status: int, reason: str) -> Answer:
    """An answer that says why there is none."""
    return Answer(status, "text/plain; charset=utf-8", f"{reason}\n".encode("utf-8", "replace"))


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """One frame."""
    encoded = json.dumps(head).encode()
    return HEAD.pack(len(encoded), len(body)) + encoded + body


def serve(connection: socket.socket, folder: str, limits: Limits) -> None:
    """Answer jobs until the other end closes; the first frame says whether the store is open."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with connection:
        try:
            store = ReadOnlyStore(Path(folder))
        except ClaimgraphError as error:
            connection.sendall(pack({"error": str(error)}))
            return
        confine(limits)
        connection.sendall(pack({"graphs": len(store.graphs)}))
        while frame := _receive(connection):
            # Should nobody stop it: its own time, and as much again.
            allow_time(2 * limits.seconds)
            answer = answer_job(store, Job(**frame), limits)
            head = {"status": answer.status, "media": answer.media, "kind": answer.kind}
            connection.sendall(pack(head, answer.body))


def _receive(connection: socket.socket) -> dict[str, Any] | None:
    head = _exactly(connection, HEAD.size)
    if head is None:
        return None
    body = _exactly(connection, HEAD.unpack(head)[0])
    return None if body is None else json.loads(body)


def _exactly(connection: socket.socket, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        part = connection.recv(min(count - len(parts), 1 << 16))
        if not part:
            return None
        parts += part
    return bytes(parts)


def answer_job(store: ReadOnlyStore, job: Job, limits: Limits) -> Answer:
    """The answer to *job*, whatever it holds."""
    try:
        checked = _checked(job, store.graphs)
        form = job.form or _negotiated(checked.kind, job.accept)
        if form is None:
            forms = _forms(checked.kind)
            return refusal(406, f"an answer to {checked.kind.upper()} comes as {forms}")
        found = store.ask(
            plain(job.text),
            _dataset(job, store.graphs),
            limit=OUR_MOST if job.trusted else limits.rows,
            names_graphs=checked.names_graphs,
        )
        answer = replace(_written(found, form, job.graph), kind=_lasting(checked))
    except QueryError as error:
        return refusal(400, str(error))
    except StoreError as error:
        return refusal(500, str(error))
    except MemoryError:
        return refusal(503, OUT_OF_MEMORY)
    if len(answer.body) > limits.answer:
        return refusal(400, f"the answer has more than {limits.answer} bytes: ask for less")
    return answer


OUR_MOST = 1_000_000
"""Rows or triples of an answer to a text of ours."""

OUT_OF_TIME = "the query needed more time than the system lets a process work, and was stopped"
OUT_OF_MEMORY = "the query needed more memory than one query may have, and was stopped"


def _checked(job: Job, graphs: frozenset[str]) -> Checked:
    if job.trusted or job.kind:
        return Checked(job.kind or "select", names_graphs=False)
    return check(job.text, graphs)


def _lasting(checked: Checked) -> Kind | None:
    """The kind of a query whose check holds for every store."""
    return None if checked.names_graphs else checked.kind


def _offer(kind: str) -> media.Offer:
    return {"select": media.ROWS, "ask": media.TRUTH}.get(kind, media.TRIPLES)


def _negotiated(kind: str, accept: str | None) -> str | None:
    return media.choose(accept, _offer(kind))


def _forms(kind: str) -> str:
    return ", ".join(dict.fromkeys(_offer(kind).values()))


def _dataset(job: Job, graphs: frozenset[str]) -> Dataset:
    for iri in (*job.default, *job.named):
        if iri not in graphs:
            raise QueryError(f"no graph here is called {iri} (GRAPH ?g lists them)")
    return Dataset(tuple(job.default), tuple(job.named))


def _written(found: Rows | bool | tuple[Quad, ...], form: str, graph: str | None) -> Answer:
    if isinstance(found, bool):
        body = write_truth(found, form)
    elif isinstance(found, Rows):
        body = write_rows(found, form)
    else:
        body = write_quads(found, form, graph)
    return Answer(200, f"{form}; charset=utf-8" if form.startswith("text/") else form, body)


def frame_of(job: Job) -> bytes:
    """*job* as a frame."""
    return pack(asdict(job))
