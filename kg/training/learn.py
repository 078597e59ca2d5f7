"""Fine-tuning: all sets, all heads, one encoder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from kg.annotation.recogniser import NEWS
from kg.training.batches import Batch
from kg.training.config import Config
from kg.training.data import IGNORED, Step, TrainingData
from kg.training.network import Network
from kg.training.trainer import Group, Progress, Trainer, compiled, half_precision


def partial_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Mean −log of the probability of all allowed tags together, over what is not all allowed.

    *scores*: … × tags; *allowed*: the same shape, True where a tag may be.
    """
    total = scores.logsumexp(-1)
    kept = scores.masked_fill(~allowed, -1e9).logsumexp(-1)
    told = ~allowed.all(-1)
    return ((total - kept) * told).sum() / told.sum().clamp(min=1)


class Learner:
    """Trains *network* on *data*; ``trainer.average`` holds the weights to ship.

    *rate* is the peak of the heads, the configuration's unless another is given.
    """

    def __init__(
        self, network: Network, data: TrainingData, device: str = "cpu", rate: float | None = None
    ) -> None:
        self.network, self.data, self.device = network.to(device), data, device
        self.table = torch.from_numpy(data.targets.table).to(device)
        plan, groups = data.plan(), _groups(network, data.config, rate or data.config.rate)
        keep = data.config.average
        self.trainer = Trainer(network, plan, self._loss_of, groups, keep, self._harder)
        self.encode = compiled(network.encoder, len(plan))

    def run(self, checkpoint: Path, progress: Progress | None = None) -> None:
        """Go on from *checkpoint*, if it is there, to the end."""
        self.trainer.run(checkpoint, progress)

    def _harder(self, batch: Batch) -> Tensor | None:
        word = self.network.encoder.word.weight
        return word if self.data.corpora[batch.task].adversarial else None

    def _loss_of(self, batch: Batch) -> Tensor:
        step = self.data.step(batch)
        with half_precision(self.device):
            states = self.encode(step.ids.to(self.device))[:, 1:-1]
            return self._loss(states, step)

    def _loss(self, states: Tensor, step: Step) -> Tensor:
        heads, corpus = self.network.heads, step.corpus
        allowed = self.table[step.allowed.to(self.device)]
        loss = partial_loss(heads[NEWS](states).float(), allowed) * corpus.weight
        if corpus.scheme:
            scores, tags = heads[corpus.scheme](states).float(), step.tags.to(self.device)
            loss = loss + functional.cross_entropy(
                scores.flatten(0, 1), tags.flatten(), ignore_index=IGNORED
            )
        return loss


def _groups(network: Network, config: Config, peak: float) -> Iterator[Group]:
    """Parameters with their peak rate: full for the heads, less with each layer below."""
    for name, parameter in network.named_parameters():
        rate = peak * config.decay ** _depth(name, config.layers)
        decay = 0.01 if parameter.dim() > 1 else 0.0
        yield {"params": [parameter], "lr": rate, "peak": rate, "weight_decay": decay}


def _depth(name: str, layers: int) -> int:
    """How far below the heads: 0 for them, 1 for the top layer, layers + 1 for the table."""
    if name.startswith("heads."):
        return 0
    parts = name.split(".")
    return layers - int(parts[2]) if parts[1] == "layers" else layers + 1
