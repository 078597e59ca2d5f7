"""The engine on Dask distributed: processes of this machine, or a cluster that is running already.

Each worker has one batch at a time, sent to it by name, so that a worker that dies tells which
batch killed it. Workers of this machine are started anew by their nannies; on a cluster that is
up to whoever started it.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from time import sleep
from typing import Any, Generic, TypeVar

from kg.engine.base import Outcome, split
from kg.errors import ClaimgraphError, EngineError, MissingExtra

try:
    import dask
    from distributed import Client, Future, LocalCluster, wait
    from distributed.scheduler import KilledWorker
except ImportError as error:
    raise MissingExtra(
        "workers need Dask distributed: pip install 'claimgraph[cluster]'"
    ) from error

T = TypeVar("T")
R = TypeVar("R")

_CONNECT = "20s"
_QUIET = "kg.engine.quiet"
_HERE = "127.0.0.1"  # local workers are nobody else's business
_TURN = 2.0  # seconds until the workers are counted again
_PAUSE = 0.2  # seconds to wait for a worker where there is none
_MISSED = 5  # turns until a batch whose worker is gone is given to another
_COLLECT = 20.0  # seconds for a value to come from its worker, until that is asked again
_PATIENCE = 10  # seconds for workers to end
_IDLE = 1_500  # turns without any worker: on a busy machine one takes minutes to start
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_SETTINGS = {
    # The first death is told to us: we know better than the scheduler what to try again.
    "distributed.scheduler.allowed-failures": 0,
    "distributed.worker.daemon": True,
    "distributed.comm.timeouts.connect": _CONNECT,
    "distributed.admin.tick.limit": "60s",
    # What watches for slow code a hundred times a second, and is shown to nobody here.
    "distributed.admin.tick.interval": "500ms",
    "distributed.worker.profile.enabled": False,
    # Messages hold whole batches, and the last thousand are kept for who looks for errors.
    "distributed.admin.low-level-log-length": 8,
    "distributed.diagnostics.computations.max-history": 1,
    # Every library that has threads of its own would else take all cores in every worker.
    "distributed.nanny.pre-spawn-environ": dict.fromkeys(_THREADS, "1"),
}


class DaskEngine:
    """An :class:`kg.engine.base.Engine` on *workers* processes, or on the cluster at *scheduler*.

    *memory* bounds each local worker, in bytes: who needs more is ended and its batch split.
    Raises EngineError where the workers do not start or the scheduler does not answer, and leaves
    nothing running then.
    """

    def __init__(
        self, workers: int | None = None, scheduler: str | None = None, memory: int | None = None
    ) -> None:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        with ExitStack() as opened:
            opened.enter_context(dask.config.set(_SETTINGS))
            try:
                place = scheduler or opened.enter_context(_local(workers, memory))
                self._client = opened.enter_context(_connected(place))
            except (OSError, TimeoutError, ValueError) as error:
                raise EngineError(_no_answer(scheduler, error)) from error
            self._opened = opened.pop_all()

    def map(
        self, function: Callable[[Sequence[T]], R], batches: Iterable[Sequence[T]]
    ) -> Iterator[Outcome[T, R]]:
        """The outcomes, as they are ready."""
        with closing(_Run(self._client, function, batches)) as run:
            yield from run.outcomes()

    def workers(self) -> list[int]:
        """The process numbers of the workers, each on its own machine."""
        import os

        return sorted(self._client.run(os.getpid).values())

    def close(self) -> None:
        """End the local workers; a cluster that was there before stays."""
        self._opened.close()


@contextmanager
def _local(workers: int | None, memory: int | None) -> Iterator[LocalCluster]:
    """Workers of this machine, as long as they are needed."""
    cluster = LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        memory_limit=memory or "auto",
        host=_HERE,
        dashboard_address=f"{_HERE}:0",
        silence_logs=logging.CRITICAL,
        preload=[_QUIET],
    )
    try:
        yield cluster
    finally:
        with suppress(OSError, TimeoutError):  # workers end with this process at the latest
            cluster.close(timeout=_PATIENCE)


@contextmanager
def _connected(place: LocalCluster | str) -> Iterator[Client]:
    client = Client(place, timeout=_CONNECT, set_as_default=False)
    try:
        yield client
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=_PATIENCE)


def _no_answer(scheduler: str | None, error: Exception) -> str:
    if scheduler is None:
        return f"workers do not start on this machine: {type(error).__name__}: {error}"
    return f"no scheduler answers at {scheduler}: start it first"


@dataclass(slots=True)
class _Task(Generic[T]):
    """A batch on its way: on which worker, and for how many turns that has been gone."""

    batch: Sequence[T]
    worker: str
    alone: bool
    missed: int = 0


@dataclass
class _Run(Generic[T, R]):
    """One call of :meth:`DaskEngine.map`."""

    client: Client
    function: Callable[[Sequence[T]], R]
    batches: Iterable[Sequence[T]]
    running: dict[Future, _Task[T]] = field(default_factory=dict)
    again: deque[tuple[Sequence[T], bool]] = field(default_factory=deque)
    idle: int = 0

    def outcomes(self) -> Iterator[Outcome[T, R]]:
        source = iter(self.batches)
        while True:
            more = self._fill(source)
            if not self.running and not more:
                return
            for future in self._finished():
                yield from self._settle(future)
            self._look_for_lost()

    def close(self) -> None:
        with suppress(Exception):  # the scheduler may be gone, which was told already
            self.client.cancel(list(self.running), force=True)

    def _fill(self, source: Iterator[Sequence[T]]) -> bool:
        """Give each free worker a batch; whether there may be more batches."""
        busy = {task.worker for task in self.running.values()}
        free = [worker for worker in self._workers() if worker not in busy]
        for worker in free:
            batch, alone = self.again.popleft() if self.again else (next(source, None), False)
            if batch is None:
                return False
            future = self.client.submit(
                _call, self.function, batch, workers=[worker], pure=False, retries=0
            )
            self.running[future] = _Task(batch, worker, alone)
        self.idle = 0 if self.running else self.idle + 1
        if self.idle > _IDLE:
            raise EngineError("the cluster has no worker: start some, then the command again")
        return True

    def _workers(self) -> list[str]:
        if self.client.status != "running":
            raise _gone()
        try:
            return sorted(self.client.nthreads())
        except (OSError, TimeoutError) as error:
            raise _gone() from error

    def _finished(self) -> list[Future]:
        try:
            if self.running:
                with self.client.as_current():
                    wait(list(self.running), timeout=_TURN, return_when="FIRST_COMPLETED")
            else:
                sleep(_PAUSE)
        except TimeoutError:
            pass
        except OSError as error:
            raise _gone() from error
        return [future for future in self.running if future.done()]

    def _settle(self, future: Future) -> Iterator[Outcome[T, R]]:
        if future.status in ("cancelled", "lost"):
            raise _gone()
        if future.status == "finished":
            try:
                value, error = future.result(timeout=_COLLECT)
            except TimeoutError:
                return  # the worker died with the value: `_look_for_lost` finds this batch
        else:
            value, error = None, _cause(future)
        task = self.running.pop(future)
        if error is None:
            yield Outcome(task.batch, value)
        elif task.alone:
            yield Outcome(task.batch, error=error)
        else:
            self.again.extend((one, True) for one in split(task.batch))

    def _look_for_lost(self) -> None:
        """A batch whose worker died, before it came there or with its value, goes to another."""
        alive = set(self._workers())
        for future, task in list(self.running.items()):
            task.missed = 0 if task.worker in alive or future.done() else task.missed + 1
            if task.missed > _MISSED:
                del self.running[future]
                self.client.cancel([future], force=True)
                self.again.append((task.batch, task.alone))


def _call(function: Callable[[Sequence[T]], R], batch: Sequence[T]) -> tuple[R | None, str | None]:
    """On the worker: the value, or what went wrong with it as text, which always travels."""
    try:
        return function(batch), None
    except ClaimgraphError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad input never stops a run
        return None, f"{type(error).__name__}: {error}"


def _cause(future: Future) -> str:
    error: Any = future.exception()
    if isinstance(error, KilledWorker):
        return "the worker process that read it died (a crash, too much memory, or too slow)"
    if isinstance(error, ClaimgraphError):
        raise error
    if isinstance(error, ImportError | AttributeError):
        raise EngineError(
            f"the workers cannot run this version ({error}): install the same claimgraph there"
        ) from error
    return f"{type(error).__name__}: {error}"


def _gone() -> EngineError:
    return EngineError(
        "the scheduler is gone: start it and then the command again, which goes on where it was"
    )
