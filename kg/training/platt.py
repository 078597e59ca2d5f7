"""Log-odds that tell how often they are right, measured by turns on what was not learned from."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import softplus


def platt(odds: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and shift that fit the log-odds to what was right; near 1 and 0 where little was."""
    scores, wanted = torch.tensor(odds), torch.tensor([float(one) for one in right])
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=50, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        fitted = line[0] * scores + line[1]
        prior = (line[0] - 1.0) ** 2 + line[1] ** 2
        loss = (softplus(fitted) - wanted * fitted).sum() + prior
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    slope, shift = line.detach().tolist()
    return slope, shift


def turns(documents: Sequence[str], seed: int, number: int) -> list[int]:
    """In which of *number* turns each document is held out."""
    distinct = sorted(set(documents))
    random.Random(seed).shuffle(distinct)
    turn = {document: at % number for at, document in enumerate(distinct)}
    return [turn[document] for document in documents]


def share(odds: float) -> float:
    """Log-odds as a share in [0, 1]."""
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, odds))))
