"""What each head shall answer: exact tags, or the set of tags that a set's label allows.

A label that can mean several classes of ours (MSRA's ORG) allows the tags of each, and the loss
is the likelihood of them together: marginal training on partial labels (Tsuboi et al. 2008).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from kg.annotation.recogniser.tags import TagSet
from kg.training.config import Corpus
from kg.training.corpora import Sentence


class PartialTargets:
    """Numbers for sets of allowed tags; :attr:`table` is sets × tags, True where allowed."""

    def __init__(self, tags: TagSet, classes_of: Mapping[str, str]) -> None:
        """*classes_of*: the class of names that are known, or of their endings."""
        self.tags, self.classes_of = tags, classes_of
        self._numbers: dict[frozenset[int], int] = {}
        self.anything = self._number(range(len(tags)))

    @property
    def table(self) -> NDArray[np.bool_]:
        """Which tags each numbered set allows."""
        rows = np.zeros((len(self._numbers), len(self.tags)), bool)
        for allowed, row in self._numbers.items():
            rows[row, list(allowed)] = True
        return rows

    def encode(self, sentence: Sentence, corpus: Corpus) -> list[int]:
        """One set a character."""
        row = [self._outside(corpus)] * len(sentence.text)
        for start, end, label in sentence.spans:
            start, end = _stripped(sentence.text, start, end, corpus.strip)
            classes = self._meanings(label, corpus)
            if classes and start < end:
                row[start:end] = self._inside(sentence.text[start:end], classes)
            else:
                row[start:end] = [self.anything] * (end - start)
        return row

    def _meanings(self, label: str, corpus: Corpus) -> tuple[str, ...]:
        """The classes that a label can mean: what the set says, else itself.

        A set that has a head of its own may have labels that are none of our classes.
        """
        foreign = corpus.scheme and label not in self.tags.labels
        return corpus.classes.get(label, () if corpus.classes or foreign else (label,))

    def _outside(self, corpus: Corpus) -> int:
        if corpus.hidden == ("*",):
            return self.anything
        return self._number({0}.union(*(self._tags(label) for label in corpus.hidden)))

    def _inside(self, name: str, classes: tuple[str, ...]) -> list[int]:
        options = [self.tags.tags_of(label, len(name)) for label in self._narrowed(name, classes)]
        return [self._number(tags) for tags in zip(*options, strict=True)]

    def _narrowed(self, name: str, classes: tuple[str, ...]) -> tuple[str, ...]:
        """The one class that the name is known to have or that its longest ending tells."""
        for at in range(len(name)) if len(classes) > 1 else ():
            if (known := self.classes_of.get(name[at:] if at == 0 else "…" + name[at:])) in classes:
                return (str(known),)
        return classes

    def _tags(self, label: str) -> set[int]:
        return {*self.tags.tags_of(label, 3), *self.tags.tags_of(label, 1)}

    def _number(self, tags: Iterable[int]) -> int:
        return self._numbers.setdefault(frozenset(tags), len(self._numbers))


def _stripped(text: str, start: int, end: int, brackets: str) -> tuple[int, int]:
    while start < end and text[start] in brackets:
        start += 1
    while start < end and text[end - 1] in brackets:
        end -= 1
    return start, end
