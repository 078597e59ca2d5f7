"""Figures that add up over articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

from kg.model import Json


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, of how many predicted and how many in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float | None:
        """In [0, 1]; None if nothing was predicted."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """In [0, 1]; None if the gold has none."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """In [0, 1]; None if there is nothing on either side."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else None

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.predicted + other.predicted, self.gold + other.gold
        )

    def to_json(self) -> Json:
        """Counts and figures; a figure that is not defined is null."""
        return {
            "right": self.right, "predicted": self.predicted, "gold": self.gold,
            "precision": self.precision, "recall": self.recall, "f1": self.f1,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """How much was right, of how many."""

    right: float = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """In [0, 1]; None of nothing."""
        return self.right / self.of if self.of else None

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    def to_json(self) -> Json:
        """Counts and value; null where it is not defined."""
        return {"right": self.right, "of": self.of, "value": self.value}


@dataclass(frozen=True, slots=True)
class Measures:
    """Every figure of one article, or of several together; see the module for what counts."""

    entities: Score = Score()
    classes: Share = Share()
    unsplit: Share = Share()
    unmerged: Share = Share()
    claims: Score = Score()
    core: Share = Share()
    polarity: Share = Share()
    times: Share = Share()
    pairs: Score = Score()
    relation: Share = Share()
    events: Score = Score()
    participants: Score = Score()
    event_times: Share = Share()
    grounding: Share = Share()
    other_events: int = 0

    def __add__(self, other: Measures) -> Measures:
        names = (field.name for field in fields(self))
        return Measures(*(getattr(self, name) + getattr(other, name) for name in names))

    def to_json(self) -> Json:
        """All figures by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {k: v if isinstance(v, int) else v.to_json() for k, v in values.items()}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Where the claims are missed or wrong; each triple counts once under each of its names.

    ``relations`` are the claims by relation; ``constructions`` tell how much of the gold is found,
    by how the sentences carry it (none where the gold does not say it); ``confidences`` how many
    of the claims are right, by tenths of the confidence.
    """

    relations: Mapping[str, Score] = field(default_factory=dict)
    constructions: Mapping[str, Share] = field(default_factory=dict)
    confidences: Mapping[str, Share] = field(default_factory=dict)

    def __add__(self, other: Breakdown) -> Breakdown:
        return Breakdown(
            _merged(self.relations, other.relations, Score()),
            _merged(self.constructions, other.constructions, Share()),
            _merged(self.confidences, other.confidences, Share()),
        )

    def to_json(self) -> Json:
        """Each by name; without constructions where there are none."""
        parts: dict[str, Mapping[str, Score | Share]] = {"relations": self.relations}
        if self.constructions:
            parts["constructions"] = self.constructions
        parts["confidences"] = self.confidences
        return {
            title: {name: figure.to_json() for name, figure in part.items()}
            for title, part in parts.items()
        }


Figure = TypeVar("Figure", Score, Share)


def _merged(
    left: Mapping[str, Figure], right: Mapping[str, Figure], none: Figure
) -> dict[str, Figure]:
    return {name: left.get(name, none) + right.get(name, none) for name in {**left, **right}}
