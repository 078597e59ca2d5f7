"""All sets of a configuration, encoded for the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.annotation.recogniser import NEWS
from kg.annotation.recogniser.tags import TagSet
from kg.annotation.recogniser.vocabulary import END, PAD, START, Vocabulary
from kg.errors import InputError
from kg.training.batches import Batch, plan_batches
from kg.training.config import Config, Corpus
from kg.training.corpora import Sentence, read_sentences
from kg.training.pieces import cut
from kg.training.targets import PartialTargets

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of text as rows of the vocabulary, its exact tags and its sets of allowed tags."""

    rows: tuple[int, ...]
    tags: tuple[int, ...]
    allowed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One batch as tensors: batch × (length + 2) ids, batch × length tags and allowed sets."""

    corpus: Corpus
    ids: Tensor
    tags: Tensor
    allowed: Tensor


class TrainingData:
    """The sets in *folder*, split into what teaches and what is held out for measuring."""

    def __init__(
        self, folder: Path, config: Config, vocabulary: Vocabulary, classes_of: Mapping[str, str]
    ) -> None:
        self.config, self.vocabulary = config, vocabulary
        self.tag_sets = {name: TagSet(labels) for name, labels in config.schemes.items()}
        self.targets = PartialTargets(self.tag_sets[NEWS], classes_of)
        self.corpora = {corpus.name: corpus for corpus in config.corpora}
        self.held_out: dict[str, list[Sentence]] = {}
        self.measured: dict[str, list[Sentence]] = {}
        self.items: dict[str, list[Item]] = {}
        for corpus in config.corpora:
            sentences = read_sentences(folder, corpus.file, corpus.reader)
            every = (
                max(1, len(sentences) // corpus.held_out) if corpus.held_out else len(sentences) + 1
            )
            self.held_out[corpus.name] = sentences[every - 1 :: every]
            del sentences[every - 1 :: every]
            self.measured[corpus.name] = (
                read_sentences(folder, corpus.measured_on, corpus.reader)
                if corpus.measured_on
                else self.held_out[corpus.name]
            )
            self.items[corpus.name] = [
                self._item(piece, corpus) for s in sentences for piece in cut(s)
            ]

    def scheme_of(self, corpus: str) -> str:
        """The scheme of the labels of the set of this name."""
        return self.corpora[corpus].scheme or NEWS

    def _item(self, sentence: Sentence, corpus: Corpus) -> Item:
        """InputError if the configuration does not know one of the labels."""
        tags: list[int] = []
        try:
            if corpus.scheme:
                tags = self.tag_sets[corpus.scheme].encode(sentence.spans, len(sentence.text))
            allowed = self.targets.encode(sentence, corpus)
        except KeyError as error:
            raise InputError(
                f"the set {corpus.name} has the label {error}, which is not in the scheme "
                f"{corpus.scheme or NEWS!r}: add it there, or say in corpora.classes what it means"
            ) from error
        return Item(tuple(self.vocabulary.encode(sentence.text)), tuple(tags), tuple(allowed))

    def plan(self) -> list[Batch]:
        """All batches of the run, in order."""
        sizes = {name: [len(item.rows) for item in items] for name, items in self.items.items()}
        passes = {name: corpus.passes for name, corpus in self.corpora.items()}
        return plan_batches(sizes, passes, self.config.tokens, self.config.seed)

    def step(self, batch: Batch) -> Step:
        """The tensors of a batch."""
        items = [self.items[batch.task][at] for at in batch.items]
        return Step(
            self.corpora[batch.task],
            pad_rows([item.rows for item in items], batch.length),
            pad([item.tags for item in items], batch.length - 2, IGNORED),
            pad([item.allowed for item in items], batch.length - 2, self.targets.anything),
        )


def pad_rows(rows: list[tuple[int, ...]], length: int) -> Tensor:
    """Rows between START and END, padded to *length*: batch × length."""
    return pad([(START, *row, END) for row in rows], length, PAD)


def pad(rows: list[tuple[int, ...]], length: int, filler: int) -> Tensor:
    """Rows filled up with *filler* to *length*: rows × length."""
    padded: NDArray[np.int64] = np.full((len(rows), length), filler, np.int64)
    for at, row in enumerate(rows):
        padded[at, : len(row)] = row
    return torch.from_numpy(padded)
