"""Adapting the encoder to Chinese news read a character at a time, before it learns names.

Two tasks at once on plain news: to guess masked words (whole words, as Cui et al. 2021,
arXiv:1906.08101) and to tag each character as LAC does. The heads of both are thrown away.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.annotation.recogniser.vocabulary import SPECIALS, UNKNOWN, Vocabulary
from kg.training.batches import Batch, plan_batches
from kg.training.config import Config
from kg.training.data import IGNORED, pad, pad_rows
from kg.training.network import Encoder
from kg.training.silver import Tagged
from kg.training.trainer import Progress, Trainer, compiled, half_precision

_TASK = "news"
_GUESS_WEIGHT = 0.5


class Adapter(nn.Module):
    """The encoder with a head that tags words and one that guesses characters."""

    def __init__(self, encoder: Encoder, tags: int) -> None:
        super().__init__()
        width = encoder.word.embedding_dim
        self.encoder = encoder
        self.tag = nn.Linear(width, tags)
        self.dense, self.norm = nn.Linear(width, width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(encoder.word.num_embeddings))

    def guess(self, states: Tensor) -> Tensor:
        """Scores of every row of the table for each of *states*; the table's weights are shared."""
        hidden = self.norm(functional.gelu(self.dense(states)))
        scores: Tensor = hidden @ self.encoder.word.weight.T + self.bias
        return scores


class Adaptation:
    """One run over tagged texts; the encoder is changed in place."""

    def __init__(
        self, encoder: Encoder, vocabulary: Vocabulary, names: tuple[str, ...],
        texts: list[Tagged], config: Config, device: str = "cpu",
    ) -> None:  # fmt: skip
        self.adapter, self.config, self.device = Adapter(encoder, len(names)), config, device
        self.adapter.to(device)
        self.rows = [np.array(vocabulary.encode(one.text)) for one in texts]
        self.tags = [one.tags for one in texts]
        self.begins = np.array([not name.endswith("-I") for name in names])
        self.size = len(vocabulary)
        adapt = config.adapt
        sizes = {_TASK: [len(row) for row in self.rows]}
        plan = plan_batches(sizes, {_TASK: adapt.passes}, adapt.tokens, config.seed)
        groups = [{"params": list(self.adapter.parameters()), "peak": adapt.rate}]
        self.trainer = Trainer(self.adapter, plan, self._loss_of, groups)
        self.encode = compiled(encoder, len(plan))

    def run(self, checkpoint: Path, progress: Progress | None = None) -> None:
        """Go on from *checkpoint*, if it is there, to the end."""
        self.trainer.run(checkpoint, progress)

    def _loss_of(self, batch: Batch) -> Tensor:
        masked = [self._masked(item) for item in batch.items]
        ids = pad_rows([seen for seen, _ in masked], batch.length).to(self.device)
        hidden = pad([h for _, h in masked], batch.length - 2, IGNORED).to(self.device).flatten()
        tags = pad([self.tags[i] for i in batch.items], batch.length - 2, IGNORED).to(self.device)
        with half_precision(self.device):
            states = self.encode(ids)[:, 1:-1].flatten(0, 1)
            tagging = self.adapter.tag(states).float()
            guesses = self.adapter.guess(states[hidden != IGNORED]).float()
        guessing = functional.cross_entropy(guesses, hidden[hidden != IGNORED], reduction="sum")
        return functional.cross_entropy(
            tagging, tags.flatten(), ignore_index=IGNORED
        ) + _GUESS_WEIGHT * guessing / max(len(guesses), 1)

    def _masked(self, item: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """A text's rows with some words hidden, and the rows of the hidden characters.

        Of the hidden words' characters 8 in 10 are read as unknown, 1 as any other, 1 as itself.
        """
        rows = self.rows[item]
        begins = self.begins[list(self.tags[item])]
        words = np.cumsum(begins) - begins[0]
        hidden = self._draw(int(words[-1]) + 1)[words] < self.config.adapt.masked
        fate = self._draw(len(rows))
        seen = np.where(hidden & (fate < 0.8), UNKNOWN, rows)
        others = (self._draw(len(rows)) * (self.size - len(SPECIALS))).astype(int) + len(SPECIALS)
        seen = np.where(hidden & (fate >= 0.9), others, seen)
        return tuple(seen.tolist()), tuple(np.where(hidden, rows, IGNORED).tolist())

    def _draw(self, count: int) -> NDArray[np.float32]:
        """Random numbers in [0, 1) from torch, whose state is saved with a run."""
        drawn: NDArray[np.float32] = torch.rand(count).numpy()
        return drawn
