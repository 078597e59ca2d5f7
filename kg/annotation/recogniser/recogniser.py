"""The recogniser: a text in, labelled spans with scores out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.annotation.recogniser.checkpoint import Checkpoint, load_checkpoint
from kg.annotation.recogniser.vocabulary import END, START
from kg.annotation.recogniser.windows import iter_windows

NEWS = "news"


@dataclass(frozen=True, slots=True)
class Found:
    """A name: half-open span in code points, label of the scheme, calibrated score in [0, 1]."""

    start: int
    end: int
    label: str
    score: float


class Recogniser:
    """Runs a checkpoint on one CPU core; equal texts give equal spans in any process."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.checkpoint = checkpoint
        self._last: tuple[str, NDArray[np.float16] | None] = ("", None)

    @property
    def schemes(self) -> tuple[str, ...]:
        """The label schemes that can be asked for; the first has the ontology's classes."""
        return tuple(self.checkpoint.tag_sets)

    def find(self, simplified: str, scheme: str = NEWS) -> list[Found]:
        """The names of *simplified* (a text by :func:`kg.script.simplify`), in text order.

        Spans do not overlap. Raises KeyError if there is no such *scheme*.
        """
        tags = self.checkpoint.tag_sets[scheme]
        scores = self._scores(simplified, scheme)
        path = tags.best(scores)
        chosen = scores[np.arange(len(path)), path]
        calibration = self.checkpoint.calibrations[scheme]
        return [
            Found(start, end, label, calibration.confidence(float(chosen[start:end].min())))
            for start, end, label in tags.decode(path.tolist())
        ]

    def states(self, simplified: str) -> NDArray[np.float16] | None:
        """What the encoder sees at each character: characters × width; None if it does not tell.

        Those of the text read last are kept, since they came with its names.
        """
        if not self.checkpoint.has_states:
            return None
        if self._last[1] is None or self._last[0] != simplified:
            self._scores(simplified, self.schemes[0])
        return self._last[1]

    def _scores(self, text: str, scheme: str) -> NDArray[np.float32]:
        """Log-probabilities: characters × tags.

        A window a run: several together are no faster on one core, and would share the scales
        of the graph's 8 bits, so that a name's score would hang on its neighbours.
        """
        rows = self.checkpoint.vocabulary.encode(text)
        scores = np.empty((len(text), len(self.checkpoint.tag_sets[scheme])), np.float32)
        seen: list[NDArray[np.float16]] = []
        for w in iter_windows(text):
            ids = np.array([[START, *rows[w.start : w.end], END]], np.int64)
            kept = slice(w.first - w.start, w.last - w.start)
            found, states = self.checkpoint.see(ids, scheme)
            scores[w.first : w.last] = found[0, kept]
            if states is not None:
                seen.append(states[0, kept].astype(np.float16))
        self._last = (text, np.concatenate(seen) if seen else None)
        return scores


@cache
def load_recogniser() -> Recogniser:
    """The packaged recogniser, loaded once a process."""
    return Recogniser(load_checkpoint())
