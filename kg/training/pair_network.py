"""The network of the reader of pairs, to be trained; :mod:`kg.extract.reader` runs it.

Its parameters have the names that the packaged weights have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from kg.extract.reader import MOST_BETWEEN, STEPS, between_mask, steps_apart, steps_from
from kg.training.pairs import UNKNOWN, Example

_RARE = -4.0  # log-odds of a relation before anything is learned


@dataclass(frozen=True)
class Batch:
    """Some examples side by side, padded: sentences × characters, or × pairs, or × both."""

    states: Tensor
    words: Tensor
    marks: Tensor
    real: Tensor
    places: Tensor
    classes: Tensor
    apart: Tensor
    names_between: Tensor
    from_subject: Tensor
    from_object: Tensor
    between: Tensor
    wanted: Tensor

    @property
    def known(self) -> Tensor:
        """1 where it is known what is wanted."""
        return (self.wanted != UNKNOWN).float()


def make_batch(examples: Sequence[Example]) -> Batch:
    """The batch of *examples*."""
    passages = [example.passage for example in examples]
    longest = max(len(passage.states) for passage in passages)
    steps = [(p.places, longest) for p in passages]
    between = [np.array([min(MOST_BETWEEN, abs(s - o) - 1) for s, o in p.pairs]) for p in passages]
    return Batch(
        states=_padded([passage.states for passage in passages]),
        words=_padded([passage.words.astype(np.float32) for passage in passages]),
        marks=_padded([passage.marks for passage in passages]),
        real=_padded([np.ones(len(passage.states), np.bool_) for passage in passages]),
        places=_padded([passage.places for passage in passages]),
        classes=_padded([passage.pair_classes for passage in passages]),
        apart=_padded([steps_apart(passage.places) for passage in passages]),
        names_between=_padded(between),
        from_subject=_padded([steps_from(places[:, 0], size) for places, size in steps]),
        from_object=_padded([steps_from(places[:, 1], size) for places, size in steps]),
        between=_padded([between_mask(places, size) for places, size in steps]),
        wanted=_padded([example.wanted for example in examples], UNKNOWN),
    )


def _padded(rows: Sequence[np.ndarray], filler: float = 0) -> Tensor:
    return pad_sequence([torch.from_numpy(row) for row in rows], True, filler)


class TrainedPairs(nn.Module):
    """See :class:`kg.extract.reader.PairNetwork`, which must do the same."""

    def __init__(
        self, states: int, relations: int, classes: int, width: int, heads: int, inner: int,
        dropout: float,
    ) -> None:  # fmt: skip
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.states, self.words = nn.Linear(states, width), nn.Linear(relations, width, bias=False)
        self.beside, self.norm = nn.Linear(3 * width, width), nn.LayerNorm(width)
        self.query = nn.Linear(4 * width, width)
        self.key, self.value = nn.Linear(width, width), nn.Linear(width, width)
        self.hidden, self.out = nn.Linear(8 * width, inner), nn.Linear(inner, relations)
        self.mark, self.apart = _table(classes + 2, width), _table(2 * STEPS, width)
        self.class_subject, self.class_object = (
            _table(classes + 1, width),
            _table(classes + 1, width),
        )
        self.names_between = _table(MOST_BETWEEN + 1, width)
        self.seen_subject = nn.Parameter(torch.zeros(2 * STEPS + 1, heads))
        self.seen_object = nn.Parameter(torch.zeros(2 * STEPS + 1, heads))
        nn.init.zeros_(self.out.weight)
        nn.init.constant_(self.out.bias, _RARE)

    def forward(self, batch: Batch) -> Tensor:
        """Log-odds: sentences × pairs × relations."""
        seen = self._characters(batch)
        subject, end = batch.places[:, :, 0], batch.places[:, :, 1]
        tables = (self.class_subject, self.class_object)
        ends = [
            (_at(seen, place[..., 0]) + _at(seen, place[..., 1] - 1)) / 2
            + table[batch.classes[..., which]]
            for which, (place, table) in enumerate(zip((subject, end), tables, strict=True))
        ]
        apart, both = self.apart[batch.apart], ends[0] * ends[1]
        looked = self._attention(seen, torch.cat([*ends, apart, both], -1), batch)
        read = (looked @ self._split(self.value(seen))).transpose(1, 2).flatten(2)
        mean = batch.between @ seen / batch.between.sum(-1, keepdim=True).clamp_min(1)
        outside = _at(seen, subject[..., 0] - 1) + _at(seen, end[..., 1])
        inside = _at(seen, subject[..., 1]) + _at(seen, end[..., 0] - 1)
        row = [*ends, read, mean, outside, inside, apart + self.names_between[batch.names_between]]
        hidden = self.hidden(self._drop(torch.cat([*row, both], -1)))
        odds: Tensor = self.out(self._drop(functional.gelu(hidden, approximate="tanh")))
        return odds

    def _characters(self, batch: Batch) -> Tensor:
        plain = self.states(batch.states) + self.words(batch.words) + self.mark[batch.marks]
        plain = self._drop(plain * batch.real[..., None])
        padded = functional.pad(plain, (0, 0, 1, 1))
        beside = torch.cat([padded[:, :-2], padded[:, 1:-1], padded[:, 2:]], -1)
        mixed = plain + functional.gelu(self.beside(beside), approximate="tanh")
        normed: Tensor = self.norm(mixed) * batch.real[..., None]
        return normed

    def _attention(self, seen: Tensor, asked: Tensor, batch: Batch) -> Tensor:
        query, key = self._split(self.query(asked)), self._split(self.key(seen))
        scores = query @ key.transpose(-1, -2) / math.sqrt(key.shape[-1])
        places = self.seen_subject[batch.from_subject] + self.seen_object[batch.from_object]
        scores = scores + places.permute(0, 3, 1, 2)
        return scores.masked_fill(~batch.real[:, None, None], -1e4).softmax(-1)

    def _split(self, rows: Tensor) -> Tensor:
        split: Tensor = rows.view(*rows.shape[:-1], self.heads, -1).transpose(1, 2)
        return split

    def _drop(self, rows: Tensor) -> Tensor:
        return functional.dropout(rows, self.dropout, self.training)


def _table(rows: int, width: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(rows, width))


def _at(seen: Tensor, places: Tensor) -> Tensor:
    """The rows at *places*, zeros for those outside."""
    inside = (places >= 0) & (places < seen.shape[1])
    wanted = places.clamp(0, seen.shape[1] - 1)[..., None].expand(-1, -1, seen.shape[2])
    return torch.gather(seen, 1, wanted) * inside[..., None]
