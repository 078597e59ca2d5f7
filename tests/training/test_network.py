"""The network, beside a BERT written out in NumPy."""

from __future__ import annotations

from math import erf

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from training_set import SCHEMES, small_network, small_pretrained

from kg.annotation.recogniser.vocabulary import END, PAD, START, UNKNOWN, Vocabulary
from kg.training.data import pad_rows
from kg.training.encoder import Pretrained
from kg.training.network import Encoder, from_pretrained

VOCABULARY = Vocabulary(["青", "禾", "市", " ", "1"])
ROWS = st.lists(st.integers(4, 39), min_size=1, max_size=12)
Array = NDArray[np.float64]


def normed(states: Array, scale: Array, shift: Array, epsilon: float) -> Array:
    centred = states - states.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + epsilon) * scale + shift


def attended(states: Array, of: dict[str, Array], heads: int) -> Array:
    """Each head alone, and put side by side."""
    found = []
    for head in np.split(np.arange(states.shape[1]), heads):
        query, key, value = (states @ of[f"{n}.w"][head].T + of[f"{n}.b"][head] for n in "qkv")
        scores = np.exp(query @ key.T / np.sqrt(len(head)))
        found.append(scores / scores.sum(-1, keepdims=True) @ value)
    return np.concatenate(found, -1) @ of["ao.w"].T + of["ao.b"]


def reference(pretrained: Pretrained, rows: list[int], layers: int) -> Array:
    """BERT's states of one text, *rows* of the whole table."""
    tensors = {name: tensor.astype(float) for name, tensor in pretrained.tensors.items()}
    states = tensors["emb.word"][rows] + tensors["emb.pos"][: len(rows)]
    states += tensors["emb.type"][: pretrained.width]
    states = normed(states, tensors["emb.ln.w"], tensors["emb.ln.b"], pretrained.epsilon)
    for layer in range(layers):
        start = f"l{layer}."
        of = {n.removeprefix(start): t for n, t in tensors.items() if n.startswith(start)}
        states = states + attended(states, of, pretrained.heads)
        states = normed(states, of["aln.w"], of["aln.b"], pretrained.epsilon)
        inner = states @ of["fi.w"].T + of["fi.b"]
        inner = inner * (1 + np.vectorize(erf)(inner / np.sqrt(2))) / 2
        states = states + inner @ of["fo.w"].T + of["fo.b"]
        states = normed(states, of["oln.w"], of["oln.b"], pretrained.epsilon)
    return states


def test_the_special_tokens_and_the_characters_have_their_pieces_rows() -> None:
    pretrained = small_pretrained()
    table = from_pretrained(pretrained, VOCABULARY, 1).word.weight.detach().numpy()
    pieces = ["<unk>", "<s>", "</s>", "<pad>", "青", "禾", "▁市", "▁", "1"]
    expected = pretrained.tensors["emb.word"][[pretrained.pieces.index(p) for p in pieces]]
    np.testing.assert_array_equal(table, expected)
    assert [UNKNOWN, START, END, PAD] == [0, 1, 2, 3]


@pytest.mark.parametrize("layers", [1, 2])
def test_the_encoder_is_bert_with_the_lowest_layers(layers: int) -> None:
    pretrained = small_pretrained()
    encoder = from_pretrained(pretrained, VOCABULARY, layers).eval()
    text = "青禾市 1禾?"
    ids = pad_rows([tuple(VOCABULARY.encode(text))], len(text) + 2)
    pieces = ["<s>", "青", "禾", "▁市", "▁", "1", "禾", "<unk>", "</s>"]
    expected = reference(pretrained, [pretrained.pieces.index(p) for p in pieces], layers)
    np.testing.assert_allclose(encoder(ids)[0].detach().numpy(), expected, rtol=1e-3, atol=1e-4)


def test_a_character_that_the_pretrained_encoder_does_not_have_is_no_silent_gap() -> None:
    with pytest.raises(KeyError, match="龘"):
        from_pretrained(small_pretrained(), Vocabulary("青龘"), 1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_head_scores_its_own_tags_for_each_character(scheme: str) -> None:
    network = small_network(40).eval()
    ids = pad_rows([(4, 5, 6), (7, 8)], 8)
    assert network(ids, scheme).shape == (2, 6, 1 + 4 * len(SCHEMES[scheme]))


def test_the_states_of_the_start_and_the_end_are_not_scored() -> None:
    network, ids = small_network(40).eval(), pad_rows([(4, 5, 6)], 5)
    states = network.encoder(ids)
    assert torch.equal(network(ids, "news"), network.heads["news"](states[:, 1:4]))


def test_there_is_no_other_head() -> None:
    with pytest.raises(KeyError):
        small_network(40)(pad_rows([(4,)], 3), "none")


@settings(max_examples=30)
@given(st.lists(ROWS, min_size=1, max_size=4), st.integers(0, 20))
def test_scores_depend_on_neither_the_padding_nor_the_other_texts(
    texts: list[list[int]], padding: int
) -> None:
    network = small_network(40, layers=2).eval()
    length = max(map(len, texts)) + 2 + padding
    together = network(pad_rows([tuple(text) for text in texts], length), "news")
    for at, text in enumerate(texts):
        alone = network(pad_rows([tuple(text)], len(text) + 2), "news")
        torch.testing.assert_close(together[at, : len(text)], alone[0], rtol=1e-4, atol=1e-5)


def test_the_same_character_is_read_by_its_place_and_its_neighbours() -> None:
    states = small_network(40).eval().encoder(pad_rows([(4, 4, 5), (4, 4, 6)], 5))
    assert not torch.allclose(states[0, 1], states[0, 2])
    assert not torch.allclose(states[0, 1], states[1, 1])


def test_dropout_is_for_training_only() -> None:
    network, ids = small_network(40, dropout=0.5), pad_rows([(4, 5, 6)], 5)
    assert not torch.equal(network(ids, "news"), network(ids, "news"))
    network.eval()
    assert torch.equal(network(ids, "news"), network(ids, "news"))


def test_without_dropout_training_gives_the_scores_of_use() -> None:
    network, ids = small_network(40, dropout=0.0), pad_rows([(4, 5, 6)], 5)
    in_training = network(ids, "news")
    assert torch.equal(in_training, network.eval()(ids, "news"))


def test_every_weight_learns() -> None:
    encoder = Encoder(10, 2, 32, 2, 64, 1e-6)
    encoder(pad_rows([(4, 5, 6)], 5)).pow(3).sum().backward()
    assert all(parameter.grad is not None for parameter in encoder.parameters())
