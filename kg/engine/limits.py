"""A budget of time for one input, in whatever thread it is worked on.

The exception is raised between two steps of Python code. What hangs inside a native library is
not reached by it; where a whole process may be given up, the process is ended instead.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

STEPS_TO_BREAK_IN = 1_000  # of a loop; the exception comes with one of the first
GRACE = 2.0  # how many times its budget native code gets before its process is given up


class TimeIsUp(BaseException):
    """The budget is spent. No :class:`Exception`, so that nothing on the way takes it for one."""


@contextmanager
def time_limit(seconds: float | None, *, expendable: bool = False) -> Iterator[None]:
    """Raise :class:`TimeIsUp` in the body once it has taken *seconds*; None is no limit.

    With *expendable* the process itself ends where the body does not listen.
    """
    if seconds is None:
        yield
        return
    watch = _Watch(threading.get_ident())
    timer = threading.Timer(seconds, watch.ring)
    timer.daemon = True
    if expendable:
        faulthandler.dump_traceback_later(GRACE * seconds + 1, exit=True, file=_nowhere())
    timer.start()
    try:
        yield
    finally:
        try:
            watch.stop()  # where a late ring may still break in
        finally:
            timer.cancel()
            if expendable:
                faulthandler.cancel_dump_traceback_later()


class _Watch:
    """Rings in one thread, and not after it was stopped.

    A pending exception is never taken back: CPython 3.11 would go on looking for it at every step,
    and a trace function would then never get past its first line.
    """

    def __init__(self, thread: int) -> None:
        self._thread = ctypes.c_ulong(thread)
        self._lock = threading.Lock()
        self._stopped = self._rung = False

    def ring(self) -> None:
        with self._lock:
            if not self._stopped:
                self._rung = True
                error = ctypes.py_object(TimeIsUp)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, error)

    def stop(self) -> None:
        """Ring no more; a ring that came a moment ago breaks in here."""
        with self._lock:
            self._stopped = True
        if self._rung:
            for _ in range(STEPS_TO_BREAK_IN):
                pass


_NOWHERE: list[int] = []


def _nowhere() -> int:
    """A file that swallows the traceback: the driver says what happened."""
    if not _NOWHERE:
        _NOWHERE.append(os.open(os.devnull, os.O_WRONLY))
    return _NOWHERE[0]
