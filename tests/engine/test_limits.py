"""A budget of time for one input."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from kg.engine import TimeIsUp, time_limit


def forever() -> None:
    try:
        while True:
            pass
    except Exception:  # noqa: BLE001 - what a careless library does
        return


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(TimeIsUp), time_limit(0.05):
        forever()


def test_in_any_thread() -> None:
    stopped = threading.Event()

    def work() -> None:
        try:
            with time_limit(0.05):
                forever()
        except TimeIsUp:
            stopped.set()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert stopped.is_set()


@pytest.mark.parametrize("seconds", [None, 1000.0])
def test_what_is_done_in_time_is_not(seconds: float | None) -> None:
    with time_limit(seconds):
        total = sum(range(10))
    assert total == 45


def test_a_limit_that_has_passed_does_not_ring_later() -> None:
    for _ in range(200):
        try:
            with time_limit(0.0005):
                sum(range(2000))
        except TimeIsUp:
            pass
    sum(range(100_000))


def test_errors_pass() -> None:
    with pytest.raises(ValueError, match="x"), time_limit(1000):
        raise ValueError("x")


def test_a_budget_that_was_kept_leaves_nothing_behind() -> None:
    """A taken back exception would keep the interpreter looking, and tracing from going on."""
    code = (
        "import sys\n"
        "from kg.engine.limits import time_limit\n"
        "with time_limit(60):\n"
        "    pass\n"
        "def traced(frame, event, argument):\n"
        "    return traced\n"
        "sys.settrace(traced)\n"
        "print((lambda: 'done')())\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout == "done\n"
