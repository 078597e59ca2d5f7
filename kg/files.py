"""What is written is there whole or not at all: made beside its place, on the disk, then moved.

Whoever reads a path meanwhile sees what was there before. What is being made has a name that no
other process takes; it goes with an error, and what a killed process left goes with the next one
that writes there.
"""

from __future__ import annotations

import os
import platform
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PARTIAL = ".kg-partial-"
"""How the names of what is being made begin."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path to make a file or a folder at, which becomes *target* at the end.

    A file takes the place of one that is there, a folder only that of an empty one. Raises OSError.
    """
    with scratch(target.parent) as place:
        waiting = place / target.name
        yield waiting
        move(waiting, target)


def replace_file(target: Path, content: str | bytes) -> None:
    """Make *target* a file of *content*, of a text as UTF-8."""
    with replacing(target) as waiting:
        waiting.write_bytes(content.encode() if isinstance(content, str) else content)


def move(source: Path, target: Path) -> None:
    """Give *source*, once it is on the disk, the name *target*, which must be on the same one."""
    sync(source)
    source.replace(target)
    _sync_one(target.parent)


def sync(path: Path) -> None:
    """Bring a file, or a folder with all that is in it, to the disk, whatever happens to power."""
    for folder, _, names in os.walk(path):
        for name in names:
            _sync_one(Path(folder, name))
        _sync_one(Path(folder))
    if not path.is_dir():
        _sync_one(path)


@contextmanager
def scratch(parent: Path, prefix: str = PARTIAL) -> Iterator[Path]:
    """A new folder in *parent*, which is made too: only this user's, and gone afterwards."""
    parent.mkdir(parents=True, exist_ok=True)
    sweep(parent, prefix)
    place = parent / f"{prefix}{platform.node()}-{os.getpid()}-{secrets.token_hex(4)}"
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        _remove(place)


def _remove(place: Path) -> None:
    """Remove the folder, also where Ctrl-C comes just then."""
    try:
        shutil.rmtree(place, ignore_errors=True)
    except KeyboardInterrupt:
        shutil.rmtree(place, ignore_errors=True)
        raise


def sweep(parent: Path, prefix: str = PARTIAL) -> None:
    """Remove from *parent* the scratch folders of processes of this machine that were killed."""
    own = f"{prefix}{platform.node()}-"
    with suppress(OSError):  # who may write there may not always look
        for path in parent.iterdir():
            pid = path.name.removeprefix(own).partition("-")[0]
            if path.name.startswith(own) and not lives(pid):
                shutil.rmtree(path, ignore_errors=True)


def lives(pid: str) -> bool:
    """Whether a process of this number runs here."""
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return True


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
