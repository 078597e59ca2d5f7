"""The page at ``/``: the graph to explore, made when it is first asked for."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]*)"')


@dataclass
class Front:
    """Makes the page once, by *make*, in a thread of its own."""

    make: Callable[[], bytes]
    _made: asyncio.Future[bytes] | None = None

    async def respond(self, request: Request) -> Response:
        """The page, under the policy that it has itself."""
        if self._made is None or (self._made.done() and self._made.exception()):
            self._made = asyncio.ensure_future(asyncio.to_thread(self.make))
        body = await asyncio.shield(self._made)
        return Response(body, headers={"content-type": "text/html; charset=utf-8", **_policy(body)})

    def forget(self) -> None:
        """Make the page anew when it is next asked for."""
        self._made = None


def _policy(page: bytes) -> dict[str, str]:
    """The page's own policy, as a header, which says also who may frame it."""
    found = _POLICY.search(page)
    own = found[1].decode("ascii").replace("&#39;", "'") if found else "default-src 'none'"
    return {"content-security-policy": f"{own}; frame-ancestors 'none'"}
