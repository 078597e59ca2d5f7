"""From one form of the books to the next.

What a store is made of are its records and verdicts; all else in the books is computed from them.
A migration reads these as its form keeps them, and the books are written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kg.collection.archive import Archive
from kg.collection.books import FORMAT, Books
from kg.collection.collection import contents
from kg.errors import GraphError
from kg.store import BOOKS, Store, open_store

Reader = Callable[[Store], Archive]
READERS: Mapping[int, Reader] = {}
"""How to read the records and verdicts of each earlier form."""


def migrate(
    place: str | Path, *, wait: float = 0.0, token: str | None = None,
    readers: Mapping[int, Reader] = READERS,
) -> tuple[int, int]:  # fmt: skip
    """Bring the store at *place* to the form of this version, in one step; gives both forms.

    Raises GraphError where there is none, or one of a newer version.
    """
    store = open_store(place, write=True, wait=wait, token=token)
    try:
        return _migrate(store, readers)
    finally:
        store.close()


def _migrate(store: Store, readers: Mapping[int, Reader]) -> tuple[int, int]:
    found = Books(store).setting("format")
    form = int(found) if found and found.isdigit() else None
    if form == FORMAT:
        return form, form
    if form is None or form not in readers:
        raise GraphError(f"the store has form {found}, from which no way leads to {FORMAT}")
    archive = readers[form](store)
    old = [*store.quads(), *store.quads(BOOKS)]
    store.change(old, contents(archive.graphs, archive.runs, archive.verdicts))
    return form, FORMAT
