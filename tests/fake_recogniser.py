"""A recogniser without trained weights: it knows a few invented names by heart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.annotation.recogniser import Recogniser
from kg.annotation.recogniser.checkpoint import Calibration, Checkpoint
from kg.annotation.recogniser.tags import TagSet
from kg.annotation.recogniser.vocabulary import Vocabulary

#: Names by scheme with their labels, Simplified. No character stands in two names or twice in
#: one, so the names in a text never overlap and are easy to tell.
NAMES: dict[str, dict[str, str]] = {
    "news": {
        "澜汐": "kg:Company",
        "葛又晴": "kg:Person",
        "技术总监": "kg:Position",
        "鲸落物语": "kg:Game",
        "沄": "kg:Company",
        "珩璟琤琬珺玥瑄瑜璐珞玙琰瑾瑶琨珂玦": "kg:Organization",
    },
    "cluener": {"澜汐": "company", "葛又晴": "name", "技术总监": "position"},
    "uner": {"澜汐": "ORG", "葛又晴": "PER"},
}
_LOUD = 8.0


class Memory:
    """In place of an ONNX session: marks the names that stand whole in a row of ids.

    So it is blind to a name of which a window shows only a part, as a trained network may be.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        tag_sets: Mapping[str, TagSet],
        names: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.tag_sets = tag_sets
        self.names = {
            scheme: {_key(vocabulary.encode(name)): label for name, label in labelled.items()}
            for scheme, labelled in names.items()
        }
        self.seen: list[NDArray[np.int64]] = []

    def run(self, outputs: Sequence[str], feeds: Mapping[str, Any]) -> list[NDArray[np.float32]]:
        """Scores as the exported graph gives them: two columns fewer than there are ids."""
        self.seen.append(feeds["ids"])
        return [
            np.stack([self._row(_key(row[1:-1]), scheme) for row in feeds["ids"].tolist()])
            for scheme in outputs
        ]

    def _row(self, key: str, scheme: str) -> NDArray[np.float32]:
        tag_set, names = self.tag_sets[scheme], self.names[scheme]
        pattern = "|".join(map(re.escape, names))
        spans = [(m.start(), m.end(), names[m.group()]) for m in re.finditer(pattern, key)]
        scores = np.zeros((len(key), len(tag_set)), np.float32)
        scores[np.arange(len(key)), tag_set.encode(spans, len(key))] = _LOUD
        return scores


class Table:
    """In place of an ONNX session: each id has its own row of scores, whatever stands beside."""

    def __init__(self, rows: NDArray[np.float32]) -> None:
        self.rows = rows

    def run(self, outputs: Sequence[str], feeds: Mapping[str, Any]) -> list[NDArray[np.float32]]:
        return [self.rows[feeds["ids"][:, 1:-1]] for _ in outputs]


def _key(ids: Sequence[int]) -> str:
    return "".join(map(chr, ids))


def fake_recogniser(names: Mapping[str, Mapping[str, str]] = NAMES) -> Recogniser:
    """A recogniser that finds *names* and nothing else; its ``session`` is a :class:`Memory`."""
    characters = sorted({c for labelled in names.values() for name in labelled for c in name})
    vocabulary = Vocabulary(characters)
    tag_sets = {
        scheme: TagSet(sorted(set(labelled.values()))) for scheme, labelled in names.items()
    }
    calibrations = {scheme: Calibration((-2.0, 0.0), (0.5, 1.0)) for scheme in names}
    session: Any = Memory(vocabulary, tag_sets, names)
    return Recogniser(Checkpoint(vocabulary, tag_sets, calibrations, session))
