"""Which sentences go together in which step: planned ahead, so that a run can be resumed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.annotation.recogniser.windows import LONGEST

#: Lengths that batches are padded to, start and end token included. Few, since a network is
#: compiled once a length.
LENGTHS = (32, 52, 80, LONGEST + 2)


@dataclass(frozen=True, slots=True)
class Batch:
    """The *items* (their indices) of one *task*, all padded to *length*."""

    task: str
    items: tuple[int, ...]
    length: int


def plan_batches(
    sizes: Mapping[str, Sequence[int]], passes: Mapping[str, float], tokens: int, seed: int
) -> list[Batch]:
    """Batches of about *tokens* characters, shuffled over all tasks.

    *sizes* are the items' lengths by task, *passes* how often each task's items are seen: 2.5
    is twice all of them and then a random half.
    """
    rng = random.Random(seed)
    batches: list[Batch] = []
    for task in sorted(sizes):
        for items in _passes(len(sizes[task]), passes[task], rng):
            batches.extend(_fill(task, items, sizes[task], tokens, rng))
    rng.shuffle(batches)
    return batches


def _passes(count: int, passes: float, rng: random.Random) -> Iterator[list[int]]:
    whole, part = divmod(passes, 1)
    for _ in range(int(whole)):
        yield rng.sample(range(count), count)
    yield rng.sample(range(count), round(count * part))


def _fill(
    task: str, items: list[int], sizes: Sequence[int], tokens: int, rng: random.Random
) -> Iterator[Batch]:
    """Full batches only: the last of a length is filled up with items that it has already."""
    for shortest, length in zip((0, *LENGTHS), LENGTHS, strict=False):
        fitting = [item for item in items if shortest < sizes[item] + 2 <= length]
        rows = tokens // length
        for start in range(0, len(fitting), rows):
            chosen = fitting[start : start + rows]
            chosen += rng.choices(fitting, k=rows - len(chosen))
            yield Batch(task, tuple(chosen), length)
