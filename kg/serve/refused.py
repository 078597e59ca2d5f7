"""A request that is not answered, with the status and the reason that the client gets."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


class Refused(HTTPException):
    """Raised anywhere below a route; *reason* is one sentence for the person who asked."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, reason, dict(headers or {}))


async def tell(request: Request, error: Exception) -> Response:
    """The reason as plain text."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    reason = error.detail if isinstance(error, HTTPException) else "a defect of this server"
    headers = dict(getattr(error, "headers", None) or {})
    # A body that was not read would be taken for the next request.
    if status in (408, 413) or request.method not in ("GET", "HEAD", "POST"):
        headers["connection"] = "close"
    return PlainTextResponse(f"{reason}\n", status, headers)
