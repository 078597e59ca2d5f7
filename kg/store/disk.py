"""Oxigraph on disk: a folder with RocksDB's files in ``oxigraph/`` and a lock beside them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import replacing
from kg.rdf.terms import Quads
from kg.store.lock import FILE, Lock
from kg.store.oxigraph import OxigraphStore
from kg.store.update import with_default

DATA = "oxigraph"

RESERVE = 32 << 20
"""Bytes that must stay free on the disk: filled to the last byte, a store does not open again."""


def is_disk_store(folder: Path) -> bool:
    """Whether there is a store in *folder*."""
    return (folder / DATA).is_dir()


class DiskStore(OxigraphStore):
    """A :class:`kg.store.base.Store` in *folder*; made there if it is to be written.

    One process writes, or several read. Others are waited for up to *wait* seconds; then StoreBusy
    is raised. Raises StoreError where there is no store, or none that can be opened.
    """

    def __init__(self, folder: Path, *, write: bool = False, wait: float = 0.0) -> None:
        self.folder, self._write = folder, write
        _check(folder, write)
        self._lock = Lock(folder, write=write, wait=wait)
        try:
            super().__init__(_open(folder / DATA, write))
        except BaseException:
            self._lock.release()
            raise

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self._write:
            raise StoreError(f"{self.folder} is open for reading: open it with write=True")
        free = shutil.disk_usage(self.folder).free
        if free < RESERVE:
            raise StoreError(
                f"the disk of {self.folder} is full ({free >> 20} MiB are left, {RESERVE >> 20} "
                "must stay): nothing was changed; make room and run it again"
            )
        with super()._writing():
            yield

    def backup(self, target: Path) -> None:
        """Copy the store, as it is now, to the new folder *target*; by hard links where possible.

        Raises StoreError where *target* exists or cannot be written.
        """
        with _making(target) as partial:
            self._store.backup(str(partial / DATA))

    def close(self) -> None:
        """Write what is in buffers, close the files and let others in."""
        try:
            if self._write:
                with super()._writing():
                    self._store.flush()
        finally:
            super().close()
            self._lock.release()


def load_disk(folder: Path, quads: Quads) -> None:
    """Make a new store of *quads* in *folder*: much faster than adding them, and in little memory.

    The folder appears when all is in it. Raises StoreError where it exists or cannot be written.
    """
    with _making(folder) as partial:
        store = ox.Store(str(partial / DATA))
        store.bulk_extend(with_default(quads))
        store.flush()
        del store


@contextmanager
def _making(folder: Path) -> Iterator[Path]:
    """An empty folder that becomes *folder*, which must not exist yet."""
    if folder.exists():
        raise StoreError(f"{folder} exists: name a new folder")
    try:
        with replacing(folder) as partial:
            partial.mkdir()
            yield partial
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error}") from error


def _check(folder: Path, write: bool) -> None:
    if is_disk_store(folder):
        return
    if not write:
        raise StoreError(f"no store in {folder}: make one with `kg build SOURCE --store {folder}`")
    if folder.exists() and (not folder.is_dir() or _strangers(folder)):
        raise StoreError(f"{folder} holds something else: name a new or an empty folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror}") from error


def _strangers(folder: Path) -> bool:
    return any(path.name != FILE for path in folder.iterdir())


def _open(path: Path, write: bool) -> ox.Store:
    try:
        return ox.Store(str(path)) if write else ox.Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{path.parent} cannot be opened: {error}") from error
