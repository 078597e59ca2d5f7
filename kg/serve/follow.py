"""The server follows its source: what a build adds is shown without a restart."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from kg.errors import ClaimgraphError
from kg.serve.front import Front
from kg.serve.pool import Pool
from kg.serve.source import Source

_PAUSE = 2.0


class Follower:
    """Lets *pool* and *front* show what *source* holds now."""

    def __init__(self, source: Source, pool: Pool, front: Front) -> None:
        self._source, self._pool, self._front = source, pool, front
        self._turn = asyncio.Lock()

    async def follow(self) -> None:
        """Look for changes every two seconds, for ever; what cannot be read now is tried again."""
        while True:
            await asyncio.sleep(_PAUSE)
            await self.take_up()

    async def take_up(self) -> None:
        """Serve a new snapshot if there is something new, and if it can be read."""
        async with self._turn:
            try:
                if not await asyncio.to_thread(self._source.has_changed):
                    return
                fresh = await asyncio.to_thread(self._source.snapshot)
            except (ClaimgraphError, OSError):
                return
            old = self._pool.folder
            self._pool.move(fresh)
            self._front.forget()
            loop = asyncio.get_running_loop()
            # By then no query can run on it any more.
            loop.call_later(2 * self._pool.limits.seconds, _remove, old)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
