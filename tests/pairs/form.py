"""The labelled names: which of several articles mean one thing by a name.

``blocks.jsonl`` holds no text: each line is a block of (document IRI, name there), sorted into
things. A name is the last part of the IRI that the single-document graph gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.iri import entity_iri, expand

FILE = Path(__file__).with_name("blocks.jsonl")
SAMPLES = ("random", "doubtful", "namesakes", "names")
PARTS = ("tune", "held-out")

Place = tuple[str, str]
"""A document's IRI and that of an entity in its own graph."""


@dataclass(frozen=True, slots=True)
class Block:
    """Places whose names are equal or alike, by the thing that they are."""

    sample: str
    part: str
    things: tuple[tuple[Place, ...], ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for thing in self.things for place in thing)

    def pairs(self) -> Iterator[tuple[Place, Place, bool]]:
        """Every two places, and whether they are one thing."""
        of = {place: number for number, thing in enumerate(self.things) for place in thing}
        for left, right in combinations(sorted(of), 2):
            yield left, right, of[left] == of[right]


def load_blocks(path: Path = FILE) -> list[Block]:
    return [_block(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _block(row: dict) -> Block:
    things = tuple(
        tuple((expand(document), entity_iri(name)) for document, name in thing)
        for thing in row["things"]
    )
    return Block(row["sample"], row["part"], things)


@dataclass(frozen=True, slots=True)
class Score:
    """Of pairs: precision, recall, their number. B³: precision and recall, over places."""

    precision: float
    recall: float
    pairs: int
    b3_precision: float
    b3_recall: float
    places: int

    def row(self) -> str:
        pairs = f"{self.precision:.3f} {self.recall:.3f} ({self.pairs} pairs)"
        return f"{pairs}   B³ {self.b3_precision:.3f} {self.b3_recall:.3f} ({self.places} places)"


def score(blocks: Iterable[Block], found: Mapping[Place, str]) -> Score:
    """How well *found*, the IRI of each place, keeps to the labels, in each block by itself.

    B³: Bagga and Baldwin, LREC workshop on linguistic coreference 1998. Places that *found* lacks
    are left out.
    """
    blocks = [_kept(block, found) for block in blocks]
    judged = [(a, b, one) for block in blocks for a, b, one in block.pairs()]
    right = sum(one and found[a] == found[b] for a, b, one in judged)
    said = sum(found[a] == found[b] for a, b, _ in judged)
    true = sum(one for _, _, one in judged)
    shares = [share for block in blocks for share in _b_cubed(block, found)]
    places = len(shares) or 1
    return Score(
        right / said if said else 1.0,
        right / true if true else 1.0,
        len(judged),
        sum(p for p, _ in shares) / places,
        sum(r for _, r in shares) / places,
        len(shares),
    )


def _kept(block: Block, found: Mapping[Place, str]) -> Block:
    things = (tuple(place for place in thing if place in found) for thing in block.things)
    return Block(block.sample, block.part, tuple(thing for thing in things if thing))


def _b_cubed(block: Block, found: Mapping[Place, str]) -> Iterator[tuple[float, float]]:
    for thing in block.things:
        for place in thing:
            ours = {other for other in block.places if found[other] == found[place]}
            common = len(ours & set(thing))
            yield common / len(ours), common / len(thing)
