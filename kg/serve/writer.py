"""The process that writes: it lives for one change, so that what it loads goes with it."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ClaimgraphError, InputError, StoreBusy
from kg.serve.worker import pack

WAIT = 30.0
"""Seconds to wait for others who write."""


@dataclass(frozen=True, slots=True)
class Change:
    """Articles to take in, or a document to take out.

    ``name`` tells by its end what ``body`` is (``.txt``, ``.html``, ``.jsonl``); ``given`` is what
    the user says of the article.
    """

    name: str = ""
    body: bytes = b""
    given: tuple[tuple[str, str], ...] = ()
    remove: str | None = None


def write(connection: socket.socket, folder: str, change: Change) -> None:
    """Make *change* in the store at *folder*; the only frame tells how that went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with connection:
        connection.sendall(pack(_outcome(Path(folder).resolve(), change)))


def _outcome(folder: Path, change: Change) -> dict[str, Any]:
    try:
        if change.remove is not None:
            return {"taken": [_remove(folder, change.remove)]}
        return {"taken": list(_take_in(folder, change))}
    except StoreBusy as error:
        return {"status": 503, "error": str(error)}
    except InputError as error:
        return {"status": 404 if change.remove else 422, "error": str(error)}
    except ClaimgraphError as error:
        return {"status": 500, "error": str(error)}


def _remove(folder: Path, iri: str) -> dict[str, Any]:
    from kg.collection import Collection

    with Collection.open(folder, write=True, wait=WAIT) as collection:
        collection.remove(iri)
    return {"state": "removed", "iri": iri}


def _take_in(folder: Path, change: Change) -> Iterator[dict[str, Any]]:
    from kg.collection.use import build_into

    given: dict[str, Any] = dict(change.given)
    with tempfile.TemporaryDirectory() as scratch:
        # What is told of the article names its file, and no folder of this machine.
        os.chdir(scratch)
        Path(change.name).write_bytes(change.body)
        for taken in build_into(folder, [change.name], **given, wait=WAIT):
            document, failure = taken.document, taken.failure
            if document:
                yield {"state": taken.state, "iri": document.iri, "title": document.title}
            elif failure:
                yield {"state": taken.state, "reason": failure.error}
