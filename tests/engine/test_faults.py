"""What can go wrong with processes, done to real ones."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from corpora import HANG, SETUP, corpus, read, read_slowly, read_within
from dask import config

from kg.artefacts import current_run
from kg.engine import InProcess, dask
from kg.engine.dask import DaskEngine
from kg.errors import EngineError
from kg.rdf import encode, serialise
from kg.shards import Report, ShardFolder, build_shards, join_shards

ROOT = Path(__file__).resolve().parents[2]


def quads(folder: ShardFolder) -> bytes:
    return serialise(encode(join_shards(folder), run=current_run()), "nq")


def worker_processes() -> list[psutil.Process]:
    """Those of local clusters: the children that multiprocessing has spawned."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
        except psutil.Error:
            continue
    return found


def kill_at_random(times: int, seed: int, stop: threading.Event, killed: list[int]) -> None:
    chance = random.Random(seed)
    while len(killed) < times and not stop.wait(chance.uniform(0.1, 1.5)):
        alive = worker_processes()
        if alive:
            victim = chance.choice(alive)
            try:
                victim.send_signal(signal.SIGKILL)
                killed.append(victim.pid)
            except psutil.Error:
                continue


def test_workers_that_are_killed_at_random_lose_and_double_nothing(tmp_path: Path) -> None:
    undisturbed = ShardFolder.open(tmp_path / "calm", SETUP.key)
    build_shards(corpus(60), undisturbed, InProcess(), read, batch=3)
    expected = quads(undisturbed)
    killed: list[int] = []
    runs = 0
    while len(killed) < 10:
        folder = ShardFolder.open(tmp_path / f"run{runs}", SETUP.key)
        runs += 1
        for _ in range(5):  # a document whose process was killed twice is tried by the next start
            if not one_disturbed_run(folder, killed, runs).failures:
                break
        assert quads(folder) == expected
    assert len(killed) >= 10


def one_disturbed_run(folder: ShardFolder, killed: list[int], seed: int) -> Report:
    stop = threading.Event()
    killer = threading.Thread(target=kill_at_random, args=(10, seed, stop, killed))
    engine = DaskEngine(2)
    try:
        killer.start()
        return build_shards(corpus(60), folder, engine, partial(read_slowly, 0.05), batch=3)
    finally:
        stop.set()
        killer.join()
        engine.close()


def test_a_value_that_dies_with_its_worker_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after it has told that it is done and before its value is fetched."""
    monkeypatch.setattr(dask, "_COLLECT", 1.0)
    monkeypatch.setattr(dask, "_TURN", 0.3)
    fetch, killed = dask._Run._settle, list[int]()

    def fetch_too_late(run: Any, future: Any) -> Iterator[Any]:
        for process in worker_processes() if not killed else ():
            process.kill()
            killed.append(process.pid)
        yield from fetch(run, future)

    monkeypatch.setattr(dask._Run, "_settle", fetch_too_late)
    folder = ShardFolder.open(tmp_path, SETUP.key)
    engine = DaskEngine(1)
    try:
        report = build_shards(corpus(6), folder, engine, read, batch=3)
    finally:
        engine.close()
    assert killed
    assert (report.failures, folder.documents) == ((), 6)


def test_a_document_that_hangs_is_a_failure_and_takes_no_neighbour_along(tmp_path: Path) -> None:
    folder = ShardFolder.open(tmp_path, SETUP.key)
    engine = DaskEngine(2)
    try:
        report = build_shards(
            corpus(9, (4, HANG)), folder, engine, partial(read_within, 0.2), batch=3
        )
    finally:
        engine.close()
    assert [one.document for one in report.failures] == ["d004"]
    assert folder.documents == 8


@contextmanager
def cluster() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler and a worker as a stranger would start them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests", ROOT / "tests" / "analysis")))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    start = partial(subprocess.Popen, env={**os.environ, "PYTHONPATH": path}, **quiet)
    dask = [sys.executable, "-m", "dask"]
    here = ["--host", "127.0.0.1"]
    scheduler = start([*dask, "scheduler", *here, "--port", str(port), "--no-dashboard"])
    worker = start([*dask, "worker", address, *here, "--nthreads", "1", "--no-dashboard"])
    try:
        yield address, scheduler
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()


def connected(address: str) -> DaskEngine:
    for _ in range(30):
        try:
            return DaskEngine(scheduler=address)
        except EngineError:
            time.sleep(1)
    raise AssertionError("the scheduler did not start")


def test_a_scheduler_that_is_killed_is_told_and_the_next_start_goes_on(tmp_path: Path) -> None:
    folder = ShardFolder.open(tmp_path, SETUP.key)
    with cluster() as (address, scheduler):
        engine = connected(address)

        def kill(report: Report) -> None:
            if report.read >= 4:
                scheduler.kill()

        slow = partial(read_slowly, 0.2)
        with pytest.raises(EngineError, match="the scheduler is gone"):
            build_shards(corpus(40), folder, engine, slow, batch=2, progress=kill)
        engine.close()
    assert 4 <= folder.documents < 40
    again = ShardFolder.open(tmp_path, SETUP.key)
    report = build_shards(corpus(40), again, InProcess(), read)
    assert (report.done, report.failures) == (folder.documents, ())
    assert again.documents == 40


def test_no_scheduler_is_told() -> None:
    with pytest.raises(EngineError, match=r"no scheduler answers at tcp://127.0.0.1:9"):
        DaskEngine(scheduler="tcp://127.0.0.1:9")


def test_workers_whose_scheduler_does_not_answer_are_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise TimeoutError("nobody there")

    before = set(worker_processes())
    monkeypatch.setattr("kg.engine.dask.Client", refuse)
    with pytest.raises(EngineError, match="do not start on this machine: TimeoutError: nobody"):
        DaskEngine(1)
    assert set(worker_processes()) == before
    assert config.get("distributed.scheduler.allowed-failures") != 0
