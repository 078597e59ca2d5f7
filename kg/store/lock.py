"""Who may use a store folder: one that writes, or any number that read.

RocksDB keeps a second writer out, but lets readers in whose view then breaks. The lock is the
kernel's (``flock``), so that a killed process leaves none behind; the file says who holds it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from kg.errors import StoreBusy, StoreError
from kg.files import lives

FILE = "lock"
_PAUSE = 0.1  # seconds between two tries


class Lock:
    """A lock on *folder*, held until :meth:`release`.

    Waits up to *wait* seconds for others to leave, then raises StoreBusy, which names them.
    """

    def __init__(self, folder: Path, *, write: bool, wait: float = 0.0) -> None:
        self._file = _open(folder / FILE)
        try:
            self._acquire(folder, write, wait)
        except BaseException:
            self._file.close()
            raise
        self._sign(write)

    def _acquire(self, folder: Path, write: bool, wait: float) -> None:
        import fcntl

        mode = fcntl.LOCK_EX if write else fcntl.LOCK_SH
        for left in range(round(wait / _PAUSE), -1, -1):
            try:
                fcntl.flock(self._file, mode | fcntl.LOCK_NB)
            except OSError:
                if not left:
                    raise StoreBusy(_advice(folder, write, self._file)) from None
                time.sleep(_PAUSE)
            else:
                return

    def _sign(self, write: bool) -> None:
        """Say who is here; one that writes is alone, so whoever stood there before has left."""
        lines = [] if write else list(_others(self._file))
        self._file.seek(0)
        self._file.truncate()
        lines.append(f"{os.getpid()} {'writes' if write else 'reads'}")
        self._file.write("".join(f"{line}\n" for line in lines))
        self._file.flush()

    def release(self) -> None:
        """Let others in."""
        self._file.close()


def _open(path: Path) -> TextIOWrapper:
    try:
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{path} cannot be opened ({error.strerror}): name a folder you own"
        ) from (error)


def _advice(folder: Path, write: bool, file: TextIOWrapper) -> str:
    holders = ", ".join(f"process {line}" for line in _others(file)) or "another process"
    return (
        f"{folder} cannot be {'written' if write else 'read'} now ({holders} it): "
        "wait with --wait SECONDS, or end the other process"
    )


def _others(file: TextIOWrapper) -> Iterator[str]:
    """The lines of those that still live."""
    file.seek(0)
    for line in file.read().splitlines():
        if lives(line.partition(" ")[0]):
            yield line
