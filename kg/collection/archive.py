"""A collection in one file: gzipped JSON lines that any later version can read.

The first line names the form, then come a line for each document (its record and the run that read
it) and one for each verdict. What a store holds besides is computed from these.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from kg.collection.collection import Collection
from kg.collection.entries import run_of, run_row
from kg.errors import GraphError, StoreError
from kg.files import replacing
from kg.interchange import from_record, to_record
from kg.model import ClaimGraph, Json
from kg.rdf import RunInfo
from kg.rdf.terms import Quad
from kg.store import Store, is_store
from kg.store.disk import DiskStore
from kg.store.opening import is_url
from kg.verdicts import Verdicts, verdict_rows, verdicts_of

FORM = 1
SUFFIX = ".jsonl.gz"
STEP = 20_000
"""Quads that a server gets in one request when it is filled: some three MB."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The graphs of documents alone, by IRI, what read them, and the readers' verdicts."""

    graphs: Mapping[str, ClaimGraph] = field(default_factory=dict)
    runs: Mapping[str, RunInfo] = field(default_factory=dict)
    verdicts: Verdicts = field(default_factory=Verdicts)


def archive_of(collection: Collection) -> Archive:
    """What *collection* is made of."""
    graphs = collection.books.graphs()
    return Archive(graphs, collection.books.runs(graphs), collection.verdicts)


def write_archive(archive: Archive, path: Path) -> None:
    """Write *path* whole or not at all; raises StoreError where it exists or cannot be written."""
    if path.exists():
        raise StoreError(f"{path} exists: name a new file")
    try:
        # Without a time in its head, so that equal archives are equal files.
        with (
            replacing(path) as partial,
            partial.open("wb") as raw,
            gzip.GzipFile("", "wb", 6, raw, mtime=0) as file,
        ):
            for row in _rows(archive):
                file.write(json.dumps(row, sort_keys=True).encode("ascii") + b"\n")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error


def _rows(archive: Archive) -> Iterator[Json]:
    yield {"claimgraph": "archive", "form": FORM}
    for iri, graph in archive.graphs.items():
        yield {"run": run_row(archive.runs[iri]), "record": to_record(graph)}
    for row in verdict_rows(archive.verdicts):
        yield {"verdict": row}


def read_archive(path: Path) -> Archive:
    """What :func:`write_archive` wrote; raises GraphError for what is no archive, or damaged."""
    graphs: dict[str, ClaimGraph] = {}
    runs: dict[str, RunInfo] = {}
    verdicts: list[Json] = []
    try:
        for row in _lines(path):
            if "record" in row:
                graph = from_record(row["record"])
                iri = graph.documents[0].iri
                graphs[iri], runs[iri] = graph, run_of(row["run"])
            elif "verdict" in row:
                verdicts.append(row["verdict"])
        return Archive(graphs, runs, verdicts_of(verdicts))
    except (KeyError, IndexError, TypeError, RecursionError) as error:
        raise GraphError(f"{path} is no archive, or damaged: {error!r}") from error


def _lines(path: Path) -> Iterator[Json]:
    try:
        with gzip.open(path, "rb") as file:
            head = json.loads(next(file, b"null"))
            _check(path, head)
            yield from map(json.loads, file)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise GraphError(f"{path} is no archive, or damaged: {error}") from error


def _check(path: Path, head: object) -> None:
    if not isinstance(head, dict) or head.get("claimgraph") != "archive":
        raise GraphError(f"{path} is no archive: `kg backup STORE FILE{SUFFIX}` makes one")
    if head.get("form") != FORM:
        raise GraphError(
            f"{path} has form {head.get('form')}, made by a newer version; this one reads {FORM}: "
            "update claimgraph"
        )


def backup(place: str | Path, target: Path, *, wait: float = 0.0, token: str | None = None) -> None:
    """Copy the store at *place*: to an archive, if *target* ends in .jsonl.gz, else to a folder.

    A folder is a store again, made by hard links where the file system allows it; only a store on
    disk can be copied so. Raises StoreError where *target* exists or cannot be written.
    """
    with Collection.open(place, wait=wait, token=token) as collection:
        if target.name.endswith(SUFFIX):
            write_archive(archive_of(collection), target)
        elif isinstance(collection.store, DiskStore):
            collection.store.backup(target)
        else:
            raise StoreError(f"a server's store goes into a file: name it {target}{SUFFIX}")


def restore(source: Path, place: str | Path, *, token: str | None = None) -> int:
    """Make the store at *place* of a backup, and tell how many documents it has.

    *place* is a new folder or a server without a collection; raises StoreError otherwise.
    """
    if is_store(source):
        if is_url(place):
            raise StoreError(f"{source} is a folder: restore a server from a file{SUFFIX}")
        copied = DiskStore(source)
        try:
            copied.backup(Path(place))
        finally:
            copied.close()
    else:
        fill(place, read_archive(source), token=token)
    with Collection.open(place, token=token) as collection:
        return len(collection.documents())


def fill(place: str | Path, archive: Archive, *, token: str | None = None) -> None:
    """Make the store at *place* of *archive*, all at once: faster than one after the other.

    A server gets it in steps of bounded size. What makes it a collection comes with the last, so
    that nobody takes half of one for the whole.
    """
    from kg.collection.collection import contents
    from kg.store import load_disk, open_store

    quads = contents(archive.graphs, archive.runs, archive.verdicts)
    if not is_url(place):
        folder = Path(place)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        load_disk(folder, quads)
        return
    store = open_store(place, token=token)
    try:
        if next(iter(store.quads()), None) is not None:
            raise StoreError(f"{place} is not empty: clear it, or name a server without a graph")
        _add_in_steps(store, quads)
    finally:
        store.close()


def _add_in_steps(store: Store, quads: Iterator[Quad]) -> None:
    done = 0
    while some := list(islice(quads, STEP)):
        try:
            store.add(some)
        except StoreError as error:
            raise StoreError(
                f"{error} (of the backup {done} quads are there, which nobody takes for a "
                "collection: clear the server before you restore again)"
            ) from error
        done += len(some)
