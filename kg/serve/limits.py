"""How much one query, and all of them together, may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of queries and requests.

    ``seconds`` a query may run; ``rows`` (or triples) and ``answer`` bytes it may give; ``memory``
    bytes of address space a worker may add to what it starts with. ``workers`` queries run at once;
    one that has worked for ``quick`` seconds (of CPU time) goes on at the lowest priority in one of
    ``slow`` further places, or is stopped if none is free, so that quick ones never wait for slow
    ones.
    ``queue`` requests may wait for a worker. ``body`` bytes a query's request may have,
    ``article`` bytes one with articles, and taking these in ``writing`` seconds; ``patience``
    seconds a client may take to send or to fetch.
    """

    seconds: float = 10.0
    rows: int = 100_000
    answer: int = 32 << 20
    memory: int = 2 << 30
    workers: int = 8
    quick: float = 0.25
    slow: int = 4
    queue: int = 200
    body: int = 100_000
    article: int = 8 << 20
    writing: float = 600.0
    patience: float = 30.0
