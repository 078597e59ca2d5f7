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


async def follow(source: Source, pool: Pool, front: Front) -> None:
    """Look for changes every two seconds, for ever; what cannot be read now is tried again."""
    while True:
        await asyncio.sleep(_PAUSE)
        if await asyncio.to_thread(source.has_changed):
            await take_up(source, pool, front)


async def take_up(source: Source, pool: Pool, front: Front) -> bool:
    """Serve a new snapshot; False if there is none to be had now."""
    try:
        fresh = await asyncio.to_thread(source.snapshot)
    except ClaimgraphError:
        return False
    old = pool.folder
    pool.move(fresh)
    front.forget()
    asyncio.get_running_loop().call_later(2 * pool.limits.seconds, _remove, old)
    return True


def _remove(folder: Path) -> None:
    """No query of the old snapshot can run any more."""
    shutil.rmtree(folder, ignore_errors=True)
