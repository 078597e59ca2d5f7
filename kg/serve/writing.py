"""Routes that change the store: articles come and go, for who has the token."""

from __future__ import annotations

import asyncio
import hmac
import multiprocessing
import socket
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.iri import PREFIXES
from kg.serve import resources
from kg.serve.body import media_type, read_body
from kg.serve.follow import Follower
from kg.serve.pages import data_path
from kg.serve.pool import read_frame
from kg.serve.refused import Refused
from kg.serve.settings import ARTICLES, GIVEN, Settings
from kg.serve.writer import Change, write

_MOST_WAITING = 20


class Writer:
    """Makes changes one after the other, each in a process of its own, and shows them."""

    def __init__(self, folder: Path, follower: Follower, seconds: float) -> None:
        self._folder, self._follower, self._seconds = folder, follower, seconds
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def make(self, change: Change) -> list[dict[str, Any]]:
        """What became of each article. When this returns, queries see it."""
        if self._waiting >= _MOST_WAITING:
            raise Refused(503, "too many changes wait: send it later", {"retry-after": "30"})
        self._waiting += 1
        try:
            async with self._turn:
                outcome = await self._run(change)
                await self._follower.take_up()
        finally:
            self._waiting -= 1
        if "error" in outcome:
            raise Refused(outcome["status"], outcome["error"])
        taken: list[dict[str, Any]] = outcome["taken"]
        return taken

    async def _run(self, change: Change) -> dict[str, Any]:
        ours, theirs = socket.socketpair()
        process = multiprocessing.get_context("forkserver").Process(
            target=write, args=(theirs, str(self._folder), change), daemon=True
        )
        with theirs:
            await asyncio.to_thread(process.start)
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            async with asyncio.timeout(self._seconds):
                head, _ = await read_frame(reader)
                return head
        except TimeoutError:
            late = f"the change took over {self._seconds:g} s: what was not done by then is left"
            return {"status": 504, "error": late}
        except (asyncio.IncompleteReadError, ConnectionError):
            return {"status": 500, "error": "the process that wrote has died: nothing is half done"}
        finally:
            process.kill()
            writer.close()


async def add_documents(request: Request) -> Response:
    """Take articles in; one that is there already, or comes in another version, is one still."""
    _check_token(request)
    kind = media_type(request)
    if kind not in ARTICLES:
        raise Refused(415, f"an article comes as {', '.join(ARTICLES)}")
    fields = request.query_params
    given = tuple((name, fields[name]) for name in GIVEN if name in fields)
    limits = _settings(request).limits
    body = await read_body(request, most=limits.article, patience=limits.patience)
    if kind == "application/json":
        body = b" ".join(body.splitlines())
    taken = await _writer(request).make(Change(ARTICLES[kind], body, given))
    return _told(taken)


def _told(taken: list[dict[str, Any]]) -> Response:
    if not taken:
        raise Refused(422, "there is no article in the body")
    if all(one["state"] == "failed" for one in taken):
        raise Refused(422, taken[0]["reason"])
    status = 201 if any(one["state"] == "new" for one in taken) else 200
    headers = {"location": data_path(taken[0]["iri"])} if len(taken) == 1 else {}
    return JSONResponse({"documents": taken}, status, headers)


async def remove_document(request: Request) -> Response:
    """Take a document out, with what it alone says."""
    _check_token(request)
    iri = resources.iri_of_path(request.scope["raw_path"].partition(b"?")[0])
    if not iri.startswith(PREFIXES["doc"]):
        raise Refused(404, "only documents can be removed")
    await _writer(request).make(Change(remove=iri))
    return Response(status_code=204)


def _check_token(request: Request) -> None:
    """Refused but for the right bearer token; how long that takes tells nothing of it."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    token = _settings(request).token or ""
    right = hmac.compare_digest(given.strip().encode(), token.encode())
    if scheme.lower() != "bearer" or not right or not token:
        raise Refused(401, "this needs the token of the server", {"www-authenticate": "Bearer"})


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _writer(request: Request) -> Writer:
    writer: Writer = request.app.state.writer
    return writer
