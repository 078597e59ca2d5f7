"""Functions of a batch for the tests of engines; at the top level, so that workers find them."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from kg.errors import OntologyError


class Article:
    """An input of some size, that can be counted."""

    def __init__(self, number: int) -> None:
        self.text = "字" * number


def lengths(batch: Sequence[Article]) -> list[int]:
    return [len(one.text) for one in batch]


def doubled(batch: Sequence[int]) -> list[int]:
    return [2 * one for one in batch]


def picky(batch: Sequence[int]) -> list[int]:
    """Does not like 13."""
    if 13 in batch:
        raise ValueError("13 is no number for us")
    return doubled(batch)


def deadly(batch: Sequence[int]) -> list[int]:
    """13 ends its process, as a crash in a native library does."""
    if 13 in batch:
        os.kill(os.getpid(), signal.SIGSEGV)
    return doubled(batch)


def unusable(batch: Sequence[int]) -> list[int]:
    raise OntologyError("schema.ttl is damaged")


def traced(batch: Sequence[tuple[str, int]]) -> list[int]:
    """Says in a folder which inputs were read, and by whom."""
    for folder, number in batch:
        Path(folder, f"{number}-{os.getpid()}").touch()
    return [number for _, number in batch]
