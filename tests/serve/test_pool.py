"""The pool by itself: places, limits, and what is left of a process that is killed."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sample_graph import SAMPLE
from served import RUNAWAY

from kg.errors import StoreError
from kg.rdf import encode
from kg.serve.limits import Limits
from kg.serve.pool import Busy, Pool, TooSlow
from kg.serve.worker import OUT_OF_TIME, Answer, Job
from kg.store import load_disk

ANSWERED = Job("ASK {}", form="application/sparql-results+json", trusted=True)
LONG = Job(RUNAWAY.replace("WHERE {", "WHERE { ?j ?k ?l . ?m ?n ?o ."))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pool") / "store"
    load_disk(made, encode(SAMPLE))
    return made


def with_pool(folder: Path, limits: Limits, body: Callable[[Pool], Awaitable[None]]) -> Pool:
    pool = Pool(folder, limits)

    async def run() -> None:
        async with pool.running():
            await body(pool)

    asyncio.run(run())
    return pool


def test_jobs_are_answered_at_once_and_in_any_number(folder: Path) -> None:
    async def body(pool: Pool) -> None:
        answers = await asyncio.gather(*(pool.ask(ANSWERED) for _ in range(20)))
        assert {answer.status for answer in answers} == {200}

    pool = with_pool(folder, Limits(workers=2, seconds=60, quick=60), body)
    assert pool.counts.answered == 20
    assert pool.counts.started == 2
    assert pool.processes == ()


def test_a_long_query_is_stopped_and_its_process_replaced(folder: Path) -> None:
    async def body(pool: Pool) -> None:
        (first,) = pool.processes
        with pytest.raises(TooSlow, match=r"ran for 1 s"):
            await pool.ask(LONG)
        assert (await pool.ask(ANSWERED)).status == 200
        assert first not in pool.processes
        assert pool.slow == 0

    with_pool(folder, Limits(workers=1, seconds=1, quick=0.2, slow=1), body)


def test_without_a_slow_place_a_long_query_is_refused(folder: Path) -> None:
    async def body(pool: Pool) -> None:
        with pytest.raises(Busy, match="takes long"):
            await pool.ask(LONG)
        assert (await pool.ask(ANSWERED)).status == 200

    with_pool(folder, Limits(workers=1, seconds=60, quick=0.2, slow=0), body)


def test_what_is_kept_for_everybody_is_not_among_the_slow_ones(folder: Path) -> None:
    async def body(pool: Pool) -> None:
        # The clock would have stopped it, and there is no slow place; only the kernel ends it.
        answer = await pool.ask(replace(LONG, kept=True))
        assert (answer.status, answer.text) == (504, f"{OUT_OF_TIME}\n")
        assert (await pool.ask(ANSWERED)).status == 200

    pool = with_pool(folder, Limits(workers=1, seconds=0.3, quick=0.1, slow=0), body)
    assert (pool.counts.too_slow, pool.counts.busy, pool.slow) == (0, 0, 0)


def test_the_queue_is_bounded(folder: Path) -> None:
    async def body(pool: Pool) -> None:
        running = asyncio.ensure_future(pool.ask(LONG))
        await asyncio.sleep(0.1)
        asked = [asyncio.ensure_future(pool.ask(ANSWERED)) for _ in range(9)]
        await asyncio.sleep(0.1)
        refused = [one for one in asked if one.done()]
        assert len(refused) == 7
        assert all(isinstance(one.exception(), Busy) for one in refused)
        running.cancel()
        done = await asyncio.gather(*asked, return_exceptions=True)
        assert sum(isinstance(one, Answer) for one in done) == 2

    with_pool(folder, Limits(workers=1, seconds=60, quick=60, queue=2), body)


def test_who_waits_too_long_for_a_process_is_told(folder: Path) -> None:
    idle = Pool(folder, Limits(seconds=0.1))
    with pytest.raises(Busy, match="no process came free"):
        asyncio.run(idle.ask(ANSWERED))
    assert idle.counts.busy == 1


def test_who_leaves_as_a_process_comes_free_leaves_it_to_the_next(folder: Path) -> None:
    async def body(pool: Pool) -> None:
        worker = pool._idle.get_nowait()
        waiting = asyncio.ensure_future(pool.ask(ANSWERED))
        while not pool.waiting:
            await asyncio.sleep(0)
        pool._idle.put_nowait(worker)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert pool.waiting == 0
        assert (await pool.ask(ANSWERED)).status == 200
        assert pool.counts.started == 1

    with_pool(folder, Limits(workers=1, seconds=60, quick=60), body)


def test_a_process_that_died_while_nobody_asked_is_replaced(folder: Path) -> None:
    async def body(pool: Pool) -> None:
        (first,) = pool.processes
        os.kill(first, signal.SIGKILL)
        (worker,) = pool._workers
        while worker.usable:
            await asyncio.sleep(0.01)
        assert (await pool.ask(ANSWERED)).status == 200
        assert first not in pool.processes

    with_pool(folder, Limits(workers=1, seconds=60, quick=60), body)


def test_a_cancelled_query_is_killed(folder: Path) -> None:
    async def body(pool: Pool) -> None:
        (first,) = pool.processes
        running = asyncio.ensure_future(pool.ask(LONG))
        await asyncio.sleep(0.2)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert (await pool.ask(ANSWERED)).status == 200
        assert first not in pool.processes

    pool = with_pool(folder, Limits(workers=1, seconds=60, quick=30), body)
    assert pool.counts.left == 1


def test_moving_to_another_store(folder: Path, tmp_path: Path) -> None:
    job = Job("ASK { ?s ?p ?o }", form="application/sparql-results+json")

    async def body(pool: Pool) -> None:
        assert b"true" in (await pool.ask(job)).body
        load_disk(tmp_path / "empty", [])
        pool.move(tmp_path / "empty")
        assert b"false" in (await pool.ask(job)).body

    with_pool(folder, Limits(workers=2, seconds=60, quick=60), body)


def test_a_process_that_started_on_the_store_before_never_answers(
    folder: Path, tmp_path: Path
) -> None:
    async def body(pool: Pool) -> None:
        load_disk(tmp_path / "empty", [])
        pool.move(folder)
        while pool.counts.started < 2:  # the process that takes the place is on its way now
            await asyncio.sleep(0)
        pool.move(tmp_path / "empty")
        job = Job("ASK { ?s ?p ?o }", form="application/sparql-results+json")
        assert b"false" in (await pool.ask(job)).body
        assert len(pool.processes) == 1

    with_pool(folder, Limits(workers=1, seconds=60, quick=60), body)


def test_a_folder_without_a_store(tmp_path: Path) -> None:
    async def body(pool: Pool) -> None:
        raise AssertionError

    with pytest.raises(StoreError, match="no store can be opened"):
        with_pool(tmp_path, Limits(workers=1), body)


def test_a_query_is_checked_once_for_all_processes(folder: Path) -> None:
    query, other = Job("ASK { ?s ?p ?o }"), Job("ASK { SERVICE <urn:x> {} }")

    async def body(pool: Pool) -> None:
        assert (await pool.ask(query)).kind == "ask"
        assert pool._checked.recall(query).kind == "ask"
        assert pool._checked.recall(ANSWERED).kind is None
        assert (await pool.ask(other)).status == 400
        assert pool._checked.recall(other).kind is None
        assert (await pool.ask(query)).body == (await pool.ask(query)).body

    with_pool(folder, Limits(workers=1, seconds=60, quick=60), body)
