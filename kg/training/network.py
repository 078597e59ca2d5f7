"""The network: the pretrained encoder's lower layers over characters, and linear heads.

Architecture of BERT (Devlin et al. 2019, arXiv:1810.04805), post-norm. Text goes in a character
a token between a start and an end token; the heads see the characters' states only.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.annotation.recogniser.vocabulary import PAD, SPECIALS, Vocabulary
from kg.training.encoder import Pretrained


class Layer(nn.Module):
    """One transformer layer: self-attention and a feed-forward part, each with a post-norm."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.mix = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.widen = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.norm1 = nn.LayerNorm(width, eps=epsilon)
        self.norm2 = nn.LayerNorm(width, eps=epsilon)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """*states*: batch × length × width; *mask*: batch × 1 × 1 × length, 0 or -1e4."""
        batch, length, width = states.shape
        mixed = self.mix(states).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + mask
        seen = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, width)
        states = self.norm1(states + self._drop(self.out(seen)))
        inner = self.narrow(functional.gelu(self.widen(states)))
        given: Tensor = self.norm2(states + self._drop(inner))
        return given

    def _drop(self, states: Tensor) -> Tensor:
        return functional.dropout(states, self.dropout, self.training)


class Encoder(nn.Module):
    """Character ids to states; *rows* ids, of which the first four are the special tokens."""

    def __init__(self, rows: int, layers: int, width: int, heads: int, inner: int,
                 epsilon: float, dropout: float = 0.1, positions: int = 512) -> None:  # fmt: skip
        super().__init__()
        self.word = nn.Embedding(rows, width)
        self.position = nn.Embedding(positions, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.dropout = dropout
        self.layers = nn.ModuleList(
            Layer(width, heads, inner, epsilon, dropout) for _ in range(layers)
        )

    def forward(self, ids: Tensor) -> Tensor:
        """*ids*: batch × length, padded with PAD; gives batch × length × width."""
        mask = (ids == PAD).to(self.word.weight.dtype)[:, None, None, :] * -1e4
        states: Tensor = self.word(ids) + self.position.weight[: ids.shape[1]]
        states = functional.dropout(self.norm(states), self.dropout, self.training)
        for layer in self.layers:
            states = layer(states, mask)
        return states


class Network(nn.Module):
    """The encoder and one linear head a label scheme (*heads*: its number of tags by name)."""

    def __init__(self, encoder: Encoder, heads: Mapping[str, int]) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.word.embedding_dim
        self.heads = nn.ModuleDict({name: nn.Linear(width, n) for name, n in heads.items()})

    def forward(self, ids: Tensor, head: str) -> Tensor:
        """Scores: batch × (length - 2) × tags, one a character (start and end are cut off)."""
        return self.heads[head](self.encoder(ids)[:, 1:-1])  # type: ignore[no-any-return]


def from_pretrained(
    pretrained: Pretrained, vocabulary: Vocabulary, layers: int, dropout: float = 0.1
) -> Encoder:
    """An encoder of the lowest *layers* layers and of the rows of *vocabulary* only."""
    encoder = Encoder(len(vocabulary), layers, pretrained.width,
                      pretrained.heads, pretrained.inner, pretrained.epsilon, dropout)  # fmt: skip
    tensors, known = pretrained.tensors, pretrained.characters()
    rows = [pretrained.specials[name] for name in SPECIALS]
    rows += [known[character] for character in vocabulary.characters]
    state = {
        "word.weight": tensors["emb.word"][rows],
        # A text is one segment, so the first segment's vector is a part of each position.
        "position.weight": tensors["emb.pos"] + tensors["emb.type"][: pretrained.width],
        "norm.weight": tensors["emb.ln.w"],
        "norm.bias": tensors["emb.ln.b"],
    }
    for layer in range(layers):
        state.update(_layer_state(pretrained, layer))
    encoder.load_state_dict({name: torch.from_numpy(array) for name, array in state.items()})
    return encoder


_LAYER = {"out": "ao", "widen": "fi", "narrow": "fo", "norm1": "aln", "norm2": "oln"}


def _layer_state(pretrained: Pretrained, layer: int) -> dict[str, np.ndarray]:
    tensors, to, of = pretrained.tensors, f"layers.{layer}.", f"l{layer}."
    state = {
        f"{to}{ours}.{kind}": tensors[f"{of}{theirs}.{kind[0]}"]
        for ours, theirs in _LAYER.items()
        for kind in ("weight", "bias")
    }
    for kind in ("weight", "bias"):
        parts = [tensors[f"{of}{part}.{kind[0]}"] for part in "qkv"]
        state[f"{to}mix.{kind}"] = np.concatenate(parts)
    return state
