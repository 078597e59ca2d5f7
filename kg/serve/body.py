"""Bodies of requests, read with a bound on their size and on the time that they may take."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from kg.serve.refused import Refused

_DRAINED = 4 << 20


async def read_body(request: Request, *, most: int, patience: float) -> bytes:
    """The body; Refused over *most* bytes (413) or *patience* seconds (408)."""
    # The protocol lets no other value through than some twenty digits.
    declared = int(request.headers.get("content-length", "0"))
    try:
        async with asyncio.timeout(patience):
            body, size = await _collect(request, most, declared)
    except TimeoutError:
        raise Refused(408, f"the body did not come within {patience:g} s") from None
    except ClientDisconnect:
        raise Refused(400, "the body ended early") from None
    if size > most:
        raise Refused(413, f"the body is larger than the {most} bytes that are read")
    return body


async def _collect(request: Request, most: int, declared: int) -> tuple[bytes, int]:
    """The body up to *most* bytes, and how many came, or will come.

    Some more are taken: a client that is cut off while it sends would read no answer.
    """
    if declared > most + _DRAINED:
        return b"", declared
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= most:
            body += chunk
        elif size > most + _DRAINED:
            break
    return bytes(body), size


def media_type(request: Request) -> str:
    """The media type of the body, without parameters; Refused for another charset than UTF-8."""
    kind, *parameters = request.headers.get("content-type", "").split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        charset = value.strip('" ').lower()
        if name.strip().lower() == "charset" and charset not in ("utf-8", "utf8"):
            raise Refused(415, f"the charset {charset[:40]!a} is not read: send UTF-8")
    return kind.strip().lower()
