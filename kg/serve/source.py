"""What is served: a build's folder, or a store on disk that may grow meanwhile.

Workers read a snapshot that nobody else knows of, made by hard links where the file system allows
it. So the store stays free for writing while it is served, and a reader never sees half a change.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path

from kg.artefacts import Views, make_page
from kg.collection import Collection
from kg.errors import GraphError
from kg.files import scratch
from kg.graph import load
from kg.model import ClaimGraph
from kg.rdf.read import read_quads
from kg.rdf.schema import schema_quads
from kg.store import DiskStore, load_disk
from kg.store.disk import DATA, is_disk_store

_SNAPSHOTS = ".serving-"
_WAIT = 10.0
"""Seconds to wait for a writer to end."""


class Source:
    """The graph in *folder*. :meth:`snapshot` gives a store to read, :meth:`page` the page."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder = folder
        self._scratch = scratch
        self._numbers = count()
        self._seen, self._last = self._state(), folder

    def snapshot(self) -> Path:
        """A new store folder with what there is now. Raises GraphError, StoreError, StoreBusy."""
        target = self._scratch / str(next(self._numbers))
        seen = self._state()
        if is_disk_store(self.folder):
            store = DiskStore(self.folder, wait=_WAIT)
            try:
                store.backup(target)
            finally:
                store.close()
        else:
            load_disk(target, [*read_quads(_quads_of(self.folder)), *schema_quads()])
        self._seen, self._last = seen, target
        return target

    def has_changed(self) -> bool:
        """Whether the folder holds something else than the last snapshot."""
        return self._state() != self._seen

    def _state(self) -> frozenset[tuple[str, int, int]]:
        """Names, sizes and times of the files; one that goes meanwhile is not among them."""
        found = set()
        for path in sorted(_files_of(self.folder)):
            with suppress(FileNotFoundError):
                stat = path.stat()
                found.add((path.name, stat.st_size, stat.st_mtime_ns))
        return frozenset(found)

    def page(self) -> bytes:
        """The page of the whole: as the build wrote it, or made now; GraphError if it cannot be."""
        written = self.folder / "graph.html"
        if written.is_file():
            return written.read_bytes()
        return make_page(Views(self._graph()))

    def _graph(self) -> ClaimGraph:
        if not is_disk_store(self.folder):
            return load(self.folder).content
        with Collection.open(self._last) as collection:
            return collection.graph()


@contextmanager
def open_source(folder: Path) -> Iterator[Source]:
    """The source in *folder*; its snapshots go when it is closed."""
    if not is_disk_store(folder):
        _quads_of(folder)
    with _scratch(folder) as place:
        yield Source(folder, place)


def _quads_of(folder: Path) -> Path:
    file = folder / "graph.nq"
    if not file.is_file():
        raise GraphError(f"no graph in {folder}: build one with `kg build SOURCE --out {folder}`")
    return file


def _files_of(folder: Path) -> Iterator[Path]:
    if is_disk_store(folder):
        return (folder / DATA).iterdir()
    return iter([folder / "graph.nq", folder / "graph.html"])


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder for snapshots: in the store, for hard links, if it may be written there."""
    elsewhere = Path(tempfile.gettempdir())
    with ExitStack() as stack:
        try:
            parent = folder if is_disk_store(folder) else elsewhere
            place = stack.enter_context(scratch(parent, _SNAPSHOTS))
        except OSError:
            place = stack.enter_context(scratch(elsewhere, _SNAPSHOTS))
        yield place
