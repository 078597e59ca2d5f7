"""A process that is killed in the middle of its work loses nothing that it told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_killed_twenty_times_nothing_is_lost_and_nothing_is_half_there(tmp_path: Path) -> None:
    """At random moments; the last step is there wholly or not at all, all before it are there."""
    run = subprocess.run(
        [sys.executable, str(TESTS / "killing.py"), str(tmp_path / "store"), "20", "1"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))},
    )
    assert run.returncode == 0, run.stderr
    acknowledged, _ = map(int, run.stdout.split())
    assert acknowledged >= 20
