"""The page at ``/`` and what it asks for: the whole of a small graph, the core of a large one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from kg.artefacts import Views
from kg.errors import GraphError
from kg.render.page import Served, render_expansion, render_page
from kg.serve import resources
from kg.serve.asking import ask, ask_pool
from kg.serve.excerpt import Excerpt, beyond, core, count_entities
from kg.serve.pool import Pool
from kg.serve.refused import Refused
from kg.serve.worker import Answer, Job

MOST_WHOLE = 1500
"""Entities of a graph that is shown whole."""
_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]*)"')
_PATH = "/expand"


@dataclass
class Front:
    """Makes the page once for each state of the store; *whole* gives that of the whole graph."""

    pool: Pool
    whole: Callable[[], bytes]
    _page: bytes | None = None
    _stale: bool = True
    _making: asyncio.Future[bytes] | None = None

    async def respond(self, request: Request) -> Response:
        """The page, under the policy that it has itself; while a new one is made, the last."""
        making = self.prepare()
        body = await asyncio.shield(making) if self._page is None else self._page
        return Response(body, headers={"content-type": "text/html; charset=utf-8", **_policy(body)})

    def prepare(self) -> asyncio.Future[bytes]:
        """Begin to make the page, unless it is made; a try that failed is made again."""
        making = self._making
        if making is None or (making.done() and self._stale):
            self._making = making = asyncio.ensure_future(self._make())
        return making

    def forget(self) -> None:
        """Make the page anew, after the one that is being made."""
        self._stale = True
        self.prepare()

    async def _make(self) -> bytes:
        page = b""
        while self._stale:
            self._stale = False
            try:
                self._page = page = await self._render()
            except BaseException:
                self._stale = True
                raise
        return page

    async def _render(self) -> bytes:
        if await count_entities(self._ask) <= MOST_WHOLE:
            # A store that is no collection of articles has no more than its quads.
            with suppress(GraphError):
                return await asyncio.to_thread(self.whole)
        return await asyncio.to_thread(_render_core, await core(self._ask))

    async def _ask(self, job: Job) -> Answer:
        return await ask_pool(self.pool, replace(job, kept=True))


def _render_core(excerpt: Excerpt) -> bytes:
    views = Views(excerpt.graph)
    pair = views.brokerage
    return render_page(
        excerpt.graph,
        title=None,
        pair=(pair.left, pair.right) if pair else None,
        analysis=views.analysis,
        served=Served(_PATH, excerpt.reach),
    )


def _policy(page: bytes) -> dict[str, str]:
    """The page's own policy, as a header, which says also who may frame it."""
    found = _POLICY.search(page)
    own = found[1].decode("ascii").replace("&#39;", "'") if found else "default-src 'none'"
    return {"content-security-policy": f"{own}; frame-ancestors 'none'"}


async def expand(request: Request) -> Response:
    """What lies beyond an entity, in the form of the page's own data."""
    iri, start = resources.iri_field(request), resources.start_field(request)
    excerpt, following = await beyond(lambda job: ask(request, job), iri, start)
    if all(entity.iri != iri for entity in excerpt.graph.entities):
        raise Refused(404, f"nothing is known of {iri}")
    body = await asyncio.to_thread(
        render_expansion, excerpt.graph, reach=excerpt.reach, following=following
    )
    return Response(body, media_type="application/json")
