"""The reader of pairs: how likely two names of a sentence stand in a relation, from examples.

It looks at a sentence through the states of the recogniser's encoder, so that it knows more
wordings than the frames of the lexicon. A small network (``reader.npz``, run with NumPy alone)
marks two names, looks over the sentence for what joins them (attention, Bahdanau et al. 2015)
and gives each relation log-odds, which the judge weighs beside what else it sees of a candidate.
``kg train reader`` makes the weights; READER.md says from what and how good they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kg.errors import CheckpointError
from kg.extract.passages import Floats, Numbers, Passage, PassageMaker
from kg.lexicon import Lexicon, load_lexicon
from kg.model import AnnotatedDocument, Candidate
from kg.ontology import Ontology, load_ontology

PACKAGED = Path(__file__).parent
WEIGHTS, DESCRIPTION = "reader.npz", "reader.json"
#: What the encoder sees of a Simplified text, characters × width; None if it does not tell.
States = Callable[[str], NDArray[np.float16] | None]
#: Distances in characters are told apart up to these.
EDGES = (1, 2, 3, 5, 8, 12, 20, 30, 50, 80)
STEPS = len(EDGES) + 1
MOST_BETWEEN = 5


@dataclass(frozen=True, slots=True)
class Description:
    """``reader.json``: relations and classes in the network's order."""

    relations: tuple[str, ...]
    classes: tuple[str, ...]


class PairNetwork:
    """The network: *weights* by name."""

    def __init__(self, weights: Mapping[str, NDArray[np.float16]]) -> None:
        self.weights = {name: array.astype(np.float32) for name, array in weights.items()}
        self.heads = self.weights["seen_subject"].shape[1]

    def run(self, passage: Passage) -> Floats:
        """Log-odds: pairs × relations."""
        seen = self._characters(passage)
        places, classes = passage.places, passage.pair_classes
        subject, end = places[:, 0], places[:, 1]
        ends = [
            (at(seen, place[:, 0]) + at(seen, place[:, 1] - 1)) / 2 + self.weights[name][cls]
            for place, name, cls in (
                (subject, "class_subject", classes[:, 0]),
                (end, "class_object", classes[:, 1]),
            )
        ]
        apart = self.weights["apart"][steps_apart(places)]
        both = ends[0] * ends[1]
        looked = self._attention(seen, np.concatenate([*ends, apart, both], -1), places)
        read = np.einsum("hpl,lhd->phd", looked, self._split(self._linear("value", seen)))
        between = between_mask(places, len(seen))
        mean = between @ seen / np.maximum(between.sum(-1, keepdims=True), 1)
        outside = at(seen, subject[:, 0] - 1) + at(seen, end[:, 1])
        inside = at(seen, subject[:, 1]) + at(seen, end[:, 0] - 1)
        row = [*ends, read.reshape(len(places), -1), mean, outside, inside]
        features = np.concatenate([*row, apart + self._names_between(passage), both], -1)
        odds: Floats = self._linear("out", gelu(self._linear("hidden", features)))
        return odds

    def _characters(self, passage: Passage) -> Floats:
        weights = self.weights
        plain = self._linear("states", passage.states) + weights["mark"][passage.marks]
        plain = plain + passage.words.astype(np.float32) @ weights["words.weight"].T
        padded = np.pad(plain, ((1, 1), (0, 0)))
        beside = np.concatenate([padded[:-2], padded[1:-1], padded[2:]], -1)
        mixed = plain + gelu(self._linear("beside", beside))
        return self._normed(mixed)

    def _normed(self, rows: Floats) -> Floats:
        centred = rows - rows.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + np.float32(1e-5))
        scaled: Floats = centred / spread * self.weights["norm.weight"] + self.weights["norm.bias"]
        return scaled

    def _attention(self, seen: Floats, asked: Floats, places: Numbers) -> Floats:
        """heads × pairs × characters; sums to 1 over the characters."""
        query, key = (
            self._split(self._linear("query", asked)),
            self._split(self._linear("key", seen)),
        )
        scores = np.einsum("phd,lhd->hpl", query, key) / np.float32(np.sqrt(key.shape[-1]))
        for name, which in (("seen_subject", 0), ("seen_object", 1)):
            steps = steps_from(places[:, which], len(seen))
            scores = scores + self.weights[name][steps].transpose(2, 0, 1)
        raised = np.exp(scores - scores.max(-1, keepdims=True))
        shares: Floats = raised / raised.sum(-1, keepdims=True)
        return shares

    def _names_between(self, passage: Passage) -> Floats:
        between = [min(MOST_BETWEEN, abs(s - o) - 1) for s, o in passage.pairs]
        rows: Floats = self.weights["names_between"][between]
        return rows

    def _split(self, rows: Floats) -> Floats:
        return rows.reshape(len(rows), self.heads, rows.shape[-1] // self.heads)

    def _linear(self, name: str, rows: Floats) -> Floats:
        product: Floats = rows @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return product


def at(rows: Floats, places: Numbers) -> Floats:
    """The rows at *places*, zeros for those outside."""
    inside = (places >= 0) & (places < len(rows))
    found: Floats = rows[np.clip(places, 0, len(rows) - 1)] * inside[:, None]
    return found


def steps_apart(places: Numbers) -> Numbers:
    """How far apart subject and object are, those in the other order after the rest."""
    subject, end = places[:, 0], places[:, 1]
    forth = subject[:, 0] < end[:, 0]
    apart = np.where(forth, end[:, 0] - subject[:, 1], subject[:, 0] - end[:, 1])
    return np.digitize(np.maximum(apart, 0), EDGES) + np.where(forth, 0, STEPS)


def steps_from(spans: Numbers, length: int) -> Numbers:
    """How far each character is from each span, rows × *length*: before it, after it, inside."""
    at_ = np.arange(length)[None]
    before, after = spans[:, :1] - at_, at_ - spans[:, 1:] + 1
    steps = np.where(before > 0, np.digitize(before, EDGES), STEPS + np.digitize(after, EDGES))
    return np.where((before <= 0) & (after <= 0), 2 * STEPS, steps)


def between_mask(places: Numbers, length: int) -> Floats:
    """1 for the characters between the two of each pair: pairs × *length*."""
    first, last = places[:, :, 1].min(-1)[:, None], places[:, :, 0].max(-1)[:, None]
    at_ = np.arange(length)[None]
    inside: Floats = ((at_ >= first) & (at_ < last)).astype(np.float32)
    return inside


def gelu(rows: Floats) -> Floats:
    """The Gaussian error linear unit by its tanh form (Hendrycks and Gimpel 2016)."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (rows + np.float32(0.044715) * rows**3)
    curved: Floats = rows * np.float32(0.5) * (1 + np.tanh(inner))
    return curved


class Reader:
    """Reads the pairs of a document; pure as long as *states* is."""

    def __init__(
        self,
        network: PairNetwork,
        description: Description,
        states: States,
        ontology: Ontology | None = None,
        lexicon: Lexicon | None = None,
    ) -> None:
        self.network, self.description, self.states = network, description, states
        self.maker = PassageMaker(
            description.relations,
            description.classes,
            ontology or load_ontology(),
            lexicon or load_lexicon(),
        )

    def odds(
        self, annotated: AnnotatedDocument, candidates: Iterable[Candidate]
    ) -> dict[tuple[str, str, str], float]:
        """Log-odds of *candidates* by subject, relation and object, where both are names of one
        sentence; nothing where the encoder does not tell what it sees."""
        states = self.states(annotated.simplified)
        if states is None:
            return {}
        asked = {
            (mentions[0], mentions[1]) for one in candidates if len(mentions := _ends(one)) == 2
        }
        found: dict[tuple[str, str, str], float] = {}
        for passage in self.maker.make(annotated, states):
            if any(pair in asked for pair in passage.ids):
                found.update(self._read(passage, asked))
        return found

    def _read(
        self, passage: Passage, asked: Container[tuple[str, str]]
    ) -> Iterator[tuple[tuple[str, str, str], float]]:
        odds = self.network.run(passage)
        for row, fits, (subject, end) in zip(odds, passage.fits, passage.ids, strict=True):
            for at_ in np.flatnonzero(fits).tolist() if (subject, end) in asked else ():
                relation = self.description.relations[at_]
                yield (subject, relation, end), round(float(row[at_]), 3)


def _ends(candidate: Candidate) -> tuple[str, str]:
    """The ids of subject and object, empty where there is none."""
    roles = dict(candidate.roles)
    return roles.get("subject", ""), roles.get("object", "")


def read_description(path: Path) -> Description:
    """The description in a file; CheckpointError if it is missing or malformed."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Description(tuple(table["relations"]), tuple(table["classes"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CheckpointError(f"{path} describes no reader: {error!r}") from error


def read_network(path: Path) -> PairNetwork:
    """The network in a file; CheckpointError if it is missing or malformed."""
    try:
        # NumPy itself would leave a file open that it cannot read.
        with path.open("rb") as file, np.load(file) as weights:
            return PairNetwork(dict(weights))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise CheckpointError(f"{path} holds no weights of a reader: {error!r}") from error


@cache
def load_network() -> tuple[PairNetwork, Description]:
    """The packaged network, loaded once a process."""
    return read_network(PACKAGED / WEIGHTS), read_description(PACKAGED / DESCRIPTION)
