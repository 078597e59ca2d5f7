"""Open a folder and serve it until the process is told to end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from kg.errors import InputError
from kg.serve.app import make_app
from kg.serve.patient import patient_protocol
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.source import open_source

_LONGEST_HEAD = 1 << 17
"""Bytes; a query of 10,000 Chinese characters in an address needs most of it."""
_MOST_CONNECTIONS = 1000


def serve(folder: Path, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve the build or the store in *folder*.

    *ready* is called with the address as soon as it is listened on. Returns when the process is
    asked to end. Raises GraphError for a folder without a graph, InputError for an address that
    cannot be listened on.
    """
    with _listen(settings) as listening, open_source(folder) as source:
        pool = Pool(source.snapshot(), settings.limits)
        app = make_app(pool, source, settings)
        server = _Server(_config(app, settings), lambda: ready(_address(settings.host, listening)))
        asyncio.run(server.serve([listening]))


class _Server(uvicorn.Server):
    """uvicorn, which tells when it has begun."""

    def __init__(self, config: uvicorn.Config, begun: Callable[[], None]) -> None:
        super().__init__(config)
        self._begun = begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._begun()


def _config(app: object, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=patient_protocol(settings.limits.patience),
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_graceful_shutdown=2,
        proxy_headers=False,
    )


@contextmanager
def _listen(settings: Settings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
        except OSError as error:
            raise InputError(
                f"cannot listen on {settings.host} port {settings.port}: {error.strerror}: "
                "choose another --port or --host"
            ) from error
        yield listening


def _address(host: str, listening: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listening.getsockname()[1]}/"
