"""What an analysis finds: records that are written by ``kg.analysis`` and read by ``kg.render``.

Everything is named by IRI. Shares, scores and ranks are rounded to six digits, so that equal
input gives equal bytes on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One entity's place in the network.

    ``claims`` counts edges in and out, ``neighbours`` the entities at their other ends.
    ``betweenness`` lies in [0, 1]; ``pagerank`` sums to 1 over all rows; ``core`` is the k of
    the innermost k-core; ``cuts`` tells an articulation point. Communities and components are
    numbered from 0, the largest first.
    """

    iri: str
    label: str
    cls: str
    mentions: int
    claims: int
    neighbours: int
    betweenness: float
    pagerank: float
    core: int
    community: int
    component: int
    cuts: bool


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two neighbours without whose link the network falls apart; ``lost`` is the smaller part."""

    left: str
    right: str
    lost: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The whole network; ``nodes`` most central first.

    ``communities`` are those of two members and more, the largest first, each member list most
    central first; ``bridges`` those that cut off most first; ``density`` and ``modularity`` are
    those of the undirected simple projection; ``components`` are sizes.
    """

    nodes: tuple[NodeRow, ...]
    communities: tuple[tuple[str, ...], ...]
    bridges: tuple[Bridge, ...]
    components: tuple[int, ...]
    claims: int
    density: float
    modularity: float


@dataclass(frozen=True, slots=True)
class Broker:
    """An entity between two others.

    ``ways`` counts the connections that pass through it and ``share`` is their part of all;
    ``without`` the distance that is left when it is gone, None if there is no connection then.
    """

    iri: str
    ways: int
    share: float
    without: int | None


@dataclass(frozen=True, slots=True)
class Brokerage:
    """Who stands between ``left`` and ``right``; ``brokers`` those on most connections first.

    ``distance`` is in steps, None if they are not connected; ``ways`` counts the connections of
    at most ``longest`` steps.
    """

    left: str
    right: str
    distance: int | None
    longest: int
    ways: int
    brokers: tuple[Broker, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path and the claim that proves it.

    ``forward`` tells whether the claim's subject is ``source``; ``claim`` is its key (for taking
    part in an event: the edge's), ``others`` the keys of further claims between the two.
    """

    source: str
    target: str
    predicate: str
    label: str
    forward: bool
    claim: str
    quote: str
    confidence: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one entity to another along claims, whichever direction they have."""

    steps: tuple[Step, ...]

    @property
    def confidence(self) -> float:
        """The product of the steps' confidences, in [0, 1]."""
        return prod(step.confidence for step in self.steps)
