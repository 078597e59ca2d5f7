"""Opening the store that a place names: a folder or the address of a server."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.disk import DiskStore, is_disk_store

if TYPE_CHECKING:
    from kg.store.base import Store


def is_url(place: str | Path) -> bool:
    """Whether *place* is the address of a server."""
    return bool(re.match(r"https?://", str(place)))


def is_store(place: str | Path) -> bool:
    """Whether *place* is the address of a server, or a folder with a store in it."""
    return is_url(place) or is_disk_store(Path(place))


def open_store(
    place: str | Path, *, write: bool = False, wait: float = 0.0, token: str | None = None
) -> Store:
    """The store at *place*, a folder or the address of a SPARQL 1.1 server.

    A folder is made where *write* is given; *wait* is how many seconds to wait for others that use
    it, *token* what a server may ask for (else what ``KG_TOKEN`` holds). Raises StoreError and
    StoreBusy.
    """
    if is_url(place):
        from kg.store.remote import RemoteStore

        return RemoteStore(str(place), token=token or os.environ.get("KG_TOKEN"))
    return DiskStore(Path(place), write=write, wait=wait)
