from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg.errors import StoreBusy
from kg.serve.follow import Follower


class Broken:
    """A source that cannot be looked at, or not be read."""

    def __init__(self, *, seen: Exception | None, read: Exception | None) -> None:
        self.seen, self.read = seen, read

    def has_changed(self) -> bool:
        if self.seen:
            raise self.seen
        return True

    def snapshot(self) -> Path:
        assert self.read
        raise self.read


@pytest.mark.parametrize(
    "source",
    [
        Broken(seen=FileNotFoundError("gone"), read=None),
        Broken(seen=None, read=OSError("no room")),
        Broken(seen=None, read=StoreBusy("written")),
    ],
)
def test_what_cannot_be_read_now_leaves_what_is_served(source: Any) -> None:
    pool: Any = SimpleNamespace(folder=Path("before"))
    asyncio.run(Follower(source, pool, Any).take_up())  # type: ignore[arg-type]
    assert pool.folder == Path("before")
