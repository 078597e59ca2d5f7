"""Worker processes that queries run in, and how one query is kept from harming the others.

Each of ``Limits.workers`` processes answers one query at a time. What has worked longer than
``Limits.quick`` leaves the quick ones: its process goes on at the lowest priority, in one of
``Limits.slow`` places, a fresh one comes in its stead, and it is killed at ``Limits.seconds``. So
the quick queries always have their processes and, by priority, the machine. Whoever stops waiting
(:class:`asyncio.CancelledError`) takes his query with him.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import signal
import socket
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from kg.errors import ClaimgraphError, StoreError
from kg.serve.limits import Limits
from kg.serve.worker import HEAD, OUT_OF_MEMORY, OUT_OF_TIME, Answer, Job, frame_of, refusal
from kg.serve.worker import serve as worker_main
from kg.store.guard import Kind

_TICKS = os.sysconf("SC_CLK_TCK")
_NEARLY = 0.8  # of the quick time, as the system counts work in coarse ticks
_REMEMBERED = 10_000
_LAST_WORDS = 1.0  # seconds until the system tells how a process ended
_RETIRE_AFTER = 5_000
"""Jobs; a fresh process gives back whatever memory the old one had gathered."""


class Busy(ClaimgraphError):
    """There is no place for another query; ask again soon."""


class TooSlow(ClaimgraphError):
    """The query ran up to its limit and was stopped."""


@dataclass
class Counts:
    """What has happened since the start."""

    answered: int = 0
    too_slow: int = 0
    busy: int = 0
    left: int = 0
    started: int = 0


@dataclass(eq=False)
class Worker:
    """One process, with the ends of its socket."""

    process: ForkServerProcess
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    folder: Path
    jobs: int = 0
    slow: bool = False

    async def ask(self, job: Job) -> Answer:
        """Its answer; refuses the job that it died of."""
        self.jobs += 1
        self.writer.write(frame_of(job))
        try:
            head, body = await read_frame(self.reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            return await self._died()
        return Answer(head["status"], head["media"], body, head["kind"])

    async def _died(self) -> Answer:
        """What is told of the job that the process died of."""
        await asyncio.to_thread(self.process.join, _LAST_WORDS)
        self.kill()
        timed_out = self.process.exitcode == -signal.SIGXCPU
        return refusal(504, OUT_OF_TIME) if timed_out else refusal(503, OUT_OF_MEMORY)

    def work(self) -> float:
        """Seconds of CPU time that the process has had.

        On a machine that others use as well a quick query takes long by the clock: that is not
        its fault.
        """
        try:
            text = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8")
        except OSError:
            return 0.0
        return sum(map(int, text.rpartition(")")[2].split()[11:13])) / _TICKS

    def slow_down(self) -> None:
        """Let it have only what others leave of the machine."""
        self.slow = True
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid or 0, 19)

    @property
    def usable(self) -> bool:
        """Whether it can take another job."""
        gone = self.writer.is_closing() or self.reader.at_eof()
        return not self.slow and not gone and self.jobs < _RETIRE_AFTER

    def kill(self) -> None:
        """End it at once."""
        self.writer.close()
        self.process.kill()


class _Checked:
    """The kinds of the queries that were checked last: to parse one costs more than most answers.

    It outlives the workers. Texts may be long, so their digests stand for them.
    """

    def __init__(self) -> None:
        self._kinds: OrderedDict[bytes, Kind] = OrderedDict()

    def recall(self, job: Job) -> Job:
        """*job* with the kind of its query, if that is known."""
        kind = None if job.trusted else self._kinds.get(_digest(job.text))
        return replace(job, kind=kind) if kind else job

    def keep(self, job: Job, answer: Answer) -> None:
        """Remember what *answer* tells of the query of *job*."""
        if answer.kind and not job.trusted:
            self._kinds[_digest(job.text)] = answer.kind
            self._kinds.move_to_end(_digest(job.text))
            if len(self._kinds) > _REMEMBERED:
                self._kinds.popitem(last=False)


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


async def read_frame(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    """Head and body of the next frame."""
    sizes = HEAD.unpack(await reader.readexactly(HEAD.size))
    head = json.loads(await reader.readexactly(sizes[0]))
    return head, await reader.readexactly(sizes[1])


class Pool:
    """The processes for the store in ``folder``. Use it as ``async with pool.running():``."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.limits = limits
        self.counts = Counts()
        self.waiting = 0
        self.slow = 0
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["kg.serve.worker", "rdflib.plugins.sparql.parser"])
        self._checked = _Checked()
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of all worker processes."""
        return tuple(one.process.pid or 0 for one in self._workers)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Start the processes and end them; raises StoreError for a folder without a store."""
        try:
            for _ in range(self.limits.workers):
                self._idle.put_nowait(await self._start())
            yield
        finally:
            for task in self._starting:
                task.cancel()
            for worker in list(self._workers):
                self._end(worker)

    def move(self, folder: Path) -> None:
        """Answer from the store in *folder* from now on; running queries end on the old one."""
        self.folder = folder
        while not self._idle.empty():
            self._end(self._idle.get_nowait())
            self._replace()

    async def ask(self, job: Job) -> Answer:
        """The answer to *job*. Raises Busy and TooSlow; cancelling it kills the query."""
        worker = await self._take()
        try:
            answer = await self._watched(worker, self._checked.recall(job))
        except asyncio.CancelledError:
            self.counts.left += 1
            worker.kill()
            raise
        finally:
            self._give_back(worker)
        self.counts.answered += 1
        self._checked.keep(job, answer)
        return answer

    async def _take(self) -> Worker:
        if self.waiting >= self.limits.queue:
            raise self._busy("too many queries wait already")
        self.waiting += 1
        try:
            # Not wait_for, which in Python 3.11 keeps the process of one who has just left.
            async with asyncio.timeout(self.limits.seconds):
                while not (worker := await self._idle.get()).usable:
                    self._end(worker)
                    self._replace()
                return worker
        except TimeoutError:
            raise self._busy("no process came free in time") from None
        finally:
            self.waiting -= 1

    async def _watched(self, worker: Worker, job: Job) -> Answer:
        """The answer of *worker*, which is killed where it takes too long."""
        asking = asyncio.ensure_future(worker.ask(job))
        try:
            # Of one that all wait for the kernel bounds the work, however busy the machine is.
            await (asyncio.wait({asking}) if job.kept else self._until_its_time(worker, asking))
            if not asking.done():
                self.counts.too_slow += 1
                raise TooSlow(f"the query ran for {self.limits.seconds:g} s and was stopped")
            return asking.result()
        finally:
            if not asking.done():
                asking.cancel()
                worker.kill()

    async def _until_its_time(self, worker: Worker, asking: asyncio.Future[Answer]) -> None:
        """Wait for the answer up to the limit; what takes much work goes on among the slow ones."""
        clock, used = asyncio.get_running_loop().time, worker.work()
        end = clock() + self.limits.seconds
        while not asking.done() and clock() < end:
            await asyncio.wait({asking}, timeout=min(self.limits.quick, end - clock()))
            is_long = worker.work() - used >= _NEARLY * self.limits.quick
            if is_long and not worker.slow and not asking.done() and clock() < end:
                self._slow_down(worker)

    def _slow_down(self, worker: Worker) -> None:
        if self.slow >= self.limits.slow:
            raise self._busy("a query that takes long has to wait until others have ended")
        self.slow += 1
        worker.slow_down()
        self._replace()

    def _busy(self, why: str) -> Busy:
        self.counts.busy += 1
        return Busy(f"{why}: ask again later")

    def _give_back(self, worker: Worker) -> None:
        if worker.usable and worker.folder == self.folder:
            self._idle.put_nowait(worker)
            return
        self._end(worker)
        if worker.slow:
            self.slow -= 1
        else:
            self._replace()

    def _end(self, worker: Worker) -> None:
        worker.kill()
        self._workers.discard(worker)

    def _replace(self) -> None:
        """Start a process for the quick ones, and go on meanwhile."""
        task = asyncio.ensure_future(self._start_again())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start_again(self) -> None:
        while True:
            with suppress(StoreError, OSError):
                worker = await self._start()
                if worker.folder == self.folder:
                    self._idle.put_nowait(worker)
                    return
                # The pool has moved meanwhile: this one would answer from what was.
                self._end(worker)
                continue
            await asyncio.sleep(1)

    async def _start(self) -> Worker:
        ours, theirs = socket.socketpair()
        arguments = (theirs, str(self.folder), self.limits)
        process = self._context.Process(target=worker_main, args=arguments, daemon=True)
        with theirs:
            process.start()
        reader, writer = await asyncio.open_connection(sock=ours)
        started = Worker(process, reader, writer, self.folder)
        self._workers.add(started)
        self.counts.started += 1
        try:
            head, _ = await read_frame(reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            head = {"error": "a worker process died while it opened the store"}
        if "error" in head:
            self._end(started)
            raise StoreError(str(head["error"]))
        return started
