"""What every engine does, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T, R]):
    """What became of a batch: the function's value, or why there is none (``error``)."""

    batch: Sequence[T]
    value: R | None = None
    error: str | None = None


class Engine(Protocol):
    """Maps a pure function over batches of inputs.

    Outcomes come as they are ready, in any order, and every input is in exactly one. The batches
    are taken one by one, so that memory does not grow with their number. A batch whose function
    raises, or whose process dies, is split and each of its inputs tried once more by itself: only
    the input that does it again is an error. What the function raises as
    :class:`kg.errors.ClaimgraphError` is not the input's fault, and is raised.

    Closing the iterator (or an exception in its consumer) cancels what is still running.
    """

    def map(
        self, function: Callable[[Sequence[T]], R], batches: Iterable[Sequence[T]]
    ) -> Iterator[Outcome[T, R]]:
        """The outcomes of *function* for all *batches*; both must be picklable."""

    def close(self) -> None:
        """Give back what the engine holds; it cannot be used afterwards."""


def split(batch: Sequence[T]) -> list[Sequence[T]]:
    """Each input as a batch of its own."""
    return [[one] for one in batch]
