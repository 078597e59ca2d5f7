"""Raw scores to confidences: the share of names that are right at a score, by isotonic regression.

Pool adjacent violators (Ayer et al. 1955); as calibration: Zadrozny and Elkan 2002.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.annotation.recogniser.checkpoint import Calibration

#: A name counts as this many names of its pool, half of them wrong: no pool is surely right.
_PRIOR = 1.0
_FEWEST = 20
_BOUNDS = (0.0, 0.5, 0.7, 0.9, 1.01)

#: Scores as they are: log-probabilities.
RAW = Calibration((-30.0, 0.0), (-30.0, 0.0))


@dataclass(frozen=True, slots=True)
class Bin:
    """Of the names with a confidence from *least* on, below the next bin's, how many are right."""

    least: float
    names: int
    right: int


def reliability(judged: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Names by their confidence: a calibrated 0.9 means that nine in ten are right."""
    pairs = list(judged)
    bins = []
    for least, most in pairwise(_BOUNDS):
        verdicts = [right for score, right in pairs if least <= score < most]
        bins.append(Bin(least, len(verdicts), sum(verdicts)))
    return tuple(bins)


def fit_calibration(judged: Iterable[tuple[float, bool]]) -> Calibration:
    """The calibration of names *judged*: raw score (higher is surer) and whether it is right.

    Without any name every confidence is 0.5.
    """
    ties: dict[float, list[bool]] = {}
    for score, right in judged:
        ties.setdefault(score, []).append(right)
    pools: list[tuple[float, int, int]] = []  # sum of scores, right ones, all
    for score, verdicts in sorted(ties.items()):
        pools.append((score * len(verdicts), sum(verdicts), len(verdicts)))
        while len(pools) > 1 and (_share(pools[-2]) >= _share(pools[-1]) or pools[-2][2] < _FEWEST):
            pools[-2:] = [_joined(pools[-2], pools[-1])]
    if not pools:
        return Calibration((0.0,), (0.5,))
    scores = tuple(round(total / count, 5) for total, _, count in pools)
    return Calibration(scores, tuple(round(_share(pool), 4) for pool in pools))


def _share(pool: tuple[float, int, int]) -> float:
    return (pool[1] + _PRIOR / 2) / (pool[2] + _PRIOR)


def _joined(left: tuple[float, int, int], right: tuple[float, int, int]) -> tuple[float, int, int]:
    return left[0] + right[0], left[1] + right[1], left[2] + right[2]
