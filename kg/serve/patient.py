"""HTTP/1.1 as uvicorn speaks it, but with an end to its patience.

uvicorn waits for ever for the rest of a request's head, and for a client that does not fetch its
answer. Here a connection is closed that has not brought a whole head in time, or takes so long
over one piece of an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_REASON = b"the request did not come in time\n"
_TIMED_OUT = (
    b"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%s" % (len(_REASON), _REASON)
)


def patient_protocol(patience: float) -> type[H11Protocol]:
    """The protocol class for uvicorn that waits *patience* seconds."""
    return type("PatientProtocol", (PatientProtocol,), {"patience": patience})


class PatientProtocol(H11Protocol):
    """Waits :attr:`patience` seconds, and no longer."""

    patience: float

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a head."""
        self._reading, self._writing = _Timer(self.patience), _Timer(self.patience)
        self._reading.start(self._send_408)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Wait on, unless a request has begun."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._reading.stop()
        else:
            self._reading.start(self._send_408)

    def pause_writing(self) -> None:
        """The client does not fetch: begin to wait for it."""
        self._writing.start(self.transport.abort)
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client fetches again."""
        self._writing.stop()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is waited for any more."""
        self._reading.stop()
        self._writing.stop()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP."""
        super().send_400_response(msg)
        # The body went wrong while the application read it: there is nobody to answer now.
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()

    def _send_408(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(_TIMED_OUT)
            self.transport.close()


class _Timer:
    """Calls back once after *seconds*, unless it is stopped; a running one is not started anew."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._handle: asyncio.TimerHandle | None = None

    def start(self, callback: Callable[[], None]) -> None:
        if self._handle is None:
            loop = asyncio.get_running_loop()
            self._handle = loop.call_later(self._seconds, callback)

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
