"""The engine that needs nothing: one batch after the other, in this process.

What kills the process (a crash in a native library) ends the run; the other engine survives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from kg.engine.base import Outcome, split
from kg.errors import ClaimgraphError

T = TypeVar("T")
R = TypeVar("R")


class InProcess:
    """An :class:`kg.engine.base.Engine` without workers."""

    def map(
        self, function: Callable[[Sequence[T]], R], batches: Iterable[Sequence[T]]
    ) -> Iterator[Outcome[T, R]]:
        """The outcomes, in the order of the batches."""
        for batch in batches:
            outcome = _call(function, batch)
            if outcome.error is None:
                yield outcome
            else:
                yield from (_call(function, one) for one in split(batch))

    def close(self) -> None:
        """Nothing is held."""


def _call(function: Callable[[Sequence[T]], R], batch: Sequence[T]) -> Outcome[T, R]:
    try:
        return Outcome(batch, function(batch))
    except ClaimgraphError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad input never stops a run
        return Outcome(batch, error=f"{type(error).__name__}: {error}")
