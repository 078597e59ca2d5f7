"""The few files that pages load: a fixed list, so that no path can lead anywhere else."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.refused import Refused

_FILES = {
    "icon.svg": ("icon.svg", "image/svg+xml"),
    "serve.css": ("serve.css", "text/css; charset=utf-8"),
    "sparql.js": ("sparql.js", "text/javascript; charset=utf-8"),
    "yasgui.min.css": ("vendor/yasgui.min.css", "text/css; charset=utf-8"),
    "yasgui.min.js": ("vendor/yasgui.min.js", "text/javascript; charset=utf-8"),
}


async def static_file(request: Request) -> Response:
    """One of them; not sent again to who has it."""
    name = request.path_params["name"]
    if name not in _FILES:
        raise Refused(404, "there is no such file")
    body, tag = _read(name)
    headers = {
        "etag": tag,
        "cache-control": "public, max-age=3600",
        "content-type": _FILES[name][1],
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    return Response(body, headers=headers)


@cache
def _read(name: str) -> tuple[bytes, str]:
    body = (files("kg.serve") / "static" / _FILES[name][0]).read_bytes()
    # A browser's tools would fetch the map that the last comment names.
    body = body.partition(b"//# sourceMappingURL=")[0]
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'
