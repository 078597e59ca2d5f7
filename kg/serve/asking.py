"""From a request to the pool and back: a client that leaves takes its query with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.serve.pool import Busy, Pool, TooSlow
from kg.serve.refused import Refused
from kg.serve.worker import Answer, Job

T = TypeVar("T")
_PIECE = 1 << 18


async def ask(request: Request, job: Job) -> Answer:
    """The answer of the pool, while the client is there; Refused where there is none."""
    pool: Pool = request.app.state.pool
    return await while_there(request, ask_pool(pool, job))


async def ask_pool(pool: Pool, job: Job) -> Answer:
    """The answer of *pool*; Refused where there is none."""
    try:
        answer = await pool.ask(job)
    except Busy as error:
        raise Refused(503, str(error), {"retry-after": "2"}) from None
    except TooSlow as error:
        raise Refused(504, str(error)) from None
    if answer.status != 200:
        raise Refused(answer.status, answer.text.rstrip("\n"))
    return answer


async def while_there(request: Request, work: Awaitable[T]) -> T:
    """The result of *work*, which is cancelled when the client closes the connection."""
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Refused(499, "the client has left")
        return task.result()
    finally:
        watch.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait({task})


async def _left(request: Request) -> None:
    """Return when the client closes; bodies have been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def respond(answer: Answer, headers: Mapping[str, str] | None = None) -> Response:
    """The answer over HTTP; caches keep the formats apart, and no browser guesses at the type."""
    told = {"vary": "accept", "content-type": answer.media, **(headers or {})}
    if len(answer.body) <= _PIECE:
        return Response(answer.body, headers=told)
    told["content-length"] = str(len(answer.body))
    return StreamingResponse(_pieces(answer.body), headers=told)


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    """A client that fetches slowly holds up only itself, piece by piece."""
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]
