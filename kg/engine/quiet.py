"""Loaded by local workers: a terminal's Ctrl-C goes to all processes, and the first one decides."""

from __future__ import annotations

import signal


def dask_setup(_: object) -> None:
    """Called by a worker when it starts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
