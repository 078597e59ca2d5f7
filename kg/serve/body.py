"""Bodies of requests, read with a bound on their size and on the time that they may take."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from kg.serve.refused import Refused


async def read_body(request: Request, *, most: int, patience: float) -> bytes:
    """The body; Refused over *most* bytes (413) or *patience* seconds (408)."""
    declared = request.headers.get("content-length", "0")
    if int(declared if declared.isascii() and declared.isdigit() else 0) > most:
        raise _too_large(most)
    try:
        async with asyncio.timeout(patience):
            return await _collect(request, most)
    except TimeoutError:
        raise Refused(408, f"the body did not come within {patience:g} s") from None
    except ClientDisconnect:
        raise Refused(400, "the body ended early") from None


async def _collect(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise _too_large(most)
    return bytes(body)


def _too_large(most: int) -> Refused:
    return Refused(413, f"the body is larger than the {most} bytes that are read")


def media_type(request: Request) -> str:
    """The media type of the body, without parameters; Refused for another charset than UTF-8."""
    kind, *parameters = request.headers.get("content-type", "").split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        charset = value.strip('" ').lower()
        if name.strip().lower() == "charset" and charset not in ("utf-8", "utf8"):
            raise Refused(415, f"the charset {charset[:40]!a} is not read: send UTF-8")
    return kind.strip().lower()
