"""Tags of characters (BIOES) to spans and back, and the best valid sequence of them.

BIOES after Ratinov and Roth 2009: B begins a name, I is inside, E ends it, S is a name of one
character, O is none. Only some tags may follow each other, and decoding keeps to those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Labelled = tuple[int, int, str]
Scores = NDArray[np.float32]
_IMPOSSIBLE = np.float32(-1e9)
_SURE = np.log(0.9)


class TagSet:
    """The tags of some *labels*: O is 0, then B, I, E and S of each label in order."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        self._first = {label: 1 + 4 * at for at, label in enumerate(labels)}
        kinds = np.array([0, *[1, 2, 3, 4] * len(labels)])
        owner = np.array([-1, *np.repeat(np.arange(len(labels)), 4)])
        opens, closes = np.isin(kinds, (0, 1, 4)), np.isin(kinds, (0, 3, 4))
        within = np.isin(kinds, (1, 2))[:, None] & np.isin(kinds, (2, 3))[None, :]
        allowed = closes[:, None] & opens[None, :] | within & (owner[:, None] == owner[None, :])
        self._step = np.where(allowed, np.float32(0), _IMPOSSIBLE)
        self._start = np.where(opens, np.float32(0), _IMPOSSIBLE)
        self._end = np.where(closes, np.float32(0), _IMPOSSIBLE)

    def __len__(self) -> int:
        return 1 + 4 * len(self.labels)

    def tags_of(self, label: str, length: int) -> list[int]:
        """The tags of a name of *length* characters."""
        first = self._first[label]
        return [first + 3] if length == 1 else [first, *[first + 1] * (length - 2), first + 2]

    def encode(self, spans: Iterable[Labelled], length: int) -> list[int]:
        """One tag a character of a text of *length*; *spans* do not overlap."""
        tags = [0] * length
        for start, end, label in spans:
            tags[start:end] = self.tags_of(label, end - start)
        return tags

    def decode(self, tags: Sequence[int]) -> Iterator[Labelled]:
        """The spans of a valid sequence of tags, in text order."""
        start = 0
        for at, tag in enumerate(tags):
            label, kind = divmod(tag - 1, 4)
            if tag and kind in (0, 3):
                start = at
            if tag and kind in (2, 3):
                yield start, at + 1, self.labels[label]

    def best(self, scores: Scores) -> NDArray[np.intp]:
        """The valid sequence of the highest sum of *scores*, log-probabilities: characters × tags.

        The best tag of each character where these are valid; else the stretch around, between
        two characters that are surely outside a name, is decoded by Viterbi.
        """
        path: NDArray[np.intp] = scores.argmax(1)
        for start, end in self._invalid(path, scores):
            path[start:end] = self._viterbi(scores[start:end])
        return path

    def _invalid(self, path: NDArray[np.intp], scores: Scores) -> Iterator[tuple[int, int]]:
        """Stretches, within sure Os, in which *path* takes a step that no tag may take."""
        padded = np.concatenate([[0], path, [0]])
        wrong = np.flatnonzero(self._step[padded[:-1], padded[1:]] < 0)
        sure = np.flatnonzero((path == 0) & (scores[:, 0] > _SURE))
        done = 0
        for at in wrong.tolist():
            if at < done:
                continue
            next_sure = np.searchsorted(sure, at)
            start = int(sure[next_sure - 1]) + 1 if next_sure else 0
            end = int(sure[next_sure]) if next_sure < len(sure) else len(path)
            done = end + 1
            yield start, end

    def _viterbi(self, scores: Scores) -> list[int]:
        if not len(scores):
            return []
        total, back = scores[0] + self._start, []
        for row in scores[1:]:
            ways = total[:, None] + self._step
            back.append(ways.argmax(0))
            total = ways.max(0) + row
        path = [int((total + self._end).argmax())]
        for steps in reversed(back):
            path.append(int(steps[path[-1]]))
        return path[::-1]
