"""Where the nodes stand: computed once, so that the page opens without a simulation.

Every connected part is laid out by igraph, stretched until no two boxes (icon and label) overlap,
and the parts are set side by side on shelves. Nothing depends on chance: igraph draws from a
generator that is seeded here.
"""

from __future__ import annotations

import math
import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]

FONT = 13.0
LINE = 15.0
WRAP = 8.0
_ASPECT = 1.12
_GAP = 16.0
_ROOM = 3.0
_PRECISE = 250
_ROUNDS = 120
_SEED = 75


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node needs, in pixels at zoom 1; ``up`` reaches above its centre."""

    width: float
    up: float
    down: float


def text_ems(text: str) -> float:
    """The width of *text* in ems: wide characters count one, others a little over a half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.56 for char in text)


def label_box(labels: Sequence[str], radius: float) -> Box:
    """The room for a circle with any of *labels*, wrapped to at most three lines, beneath it."""
    ems = max(min(text_ems(label[:40]), 3 * WRAP) for label in labels)
    lines = max(1, math.ceil(ems / WRAP))
    width = max(2 * radius, ems / lines * FONT + FONT)
    return Box(width + 8, radius + 4, radius + lines * LINE + 8)


def place_nodes(boxes: Sequence[Box], edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Whole coordinates for each box, the same in every process; the middle is near (0, 0)."""
    if not boxes:
        return []
    points: dict[int, Point] = {}
    parts = [_Part.of(members, places, boxes) for members, places in _layouts(len(boxes), edges)]
    for part, (dx, dy) in zip(parts, _shelves(parts), strict=True):
        points |= {node: (x + dx, y + dy) for node, (x, y) in part.points.items()}
    return _centred([points[node] for node in range(len(boxes))])


def _centred(points: list[Point]) -> list[tuple[int, int]]:
    xs, ys = zip(*points, strict=True)
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return [(round(x - middle_x), round(y - middle_y)) for x, y in points]


def _layouts(
    count: int, edges: Sequence[tuple[int, int]]
) -> Iterator[tuple[list[int], list[Point]]]:
    """The connected parts, largest first, each with its nodes' places on a small scale."""
    import igraph

    graph = igraph.Graph(count, edges).simplify()
    igraph.set_random_number_generator(random.Random(_SEED))
    try:
        for members in sorted(graph.connected_components(), key=lambda part: (-len(part), part)):
            yield members, _layout(graph.induced_subgraph(members))
    finally:
        igraph.set_random_number_generator(random)


def _layout(part: object) -> list[Point]:
    count = part.vcount()  # type: ignore[attr-defined]
    if count == 1:
        return [(0.0, 0.0)]
    start = [
        (math.cos(2 * math.pi * i / count), math.sin(2 * math.pi * i / count)) for i in range(count)
    ]
    if count <= _PRECISE:
        layout = part.layout_kamada_kawai(seed=start)  # type: ignore[attr-defined]
    else:
        layout = part.layout_fruchterman_reingold(seed=start, niter=200)  # type: ignore[attr-defined]
    return [(x, y) for x, y in layout]


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected part with its places, its upper left corner at (0, 0)."""

    points: dict[int, Point]
    width: float
    height: float

    @classmethod
    def of(cls, members: list[int], places: list[Point], boxes: Sequence[Box]) -> _Part:
        own = [boxes[node] for node in members]
        spread = _separate(_scaled(places, own), own)
        left = min(x - box.width / 2 for (x, _), box in zip(spread, own, strict=True))
        top = min(y - box.up for (_, y), box in zip(spread, own, strict=True))
        right = max(x + box.width / 2 for (x, _), box in zip(spread, own, strict=True))
        bottom = max(y + box.down for (_, y), box in zip(spread, own, strict=True))
        moved = {node: (x - left, y - top) for node, (x, y) in zip(members, spread, strict=True)}
        return cls(moved, right - left, bottom - top)


def _scaled(places: list[Point], boxes: Sequence[Box]) -> list[Point]:
    """*places* on an area of our aspect with :data:`_ROOM` times the room that the boxes need."""
    if len(places) < 3:
        return [(x * 65.0, y * 30.0) for x, y in places]
    xs, ys = zip(*places, strict=True)
    wide, high = max(max(xs) - min(xs), 0.1), max(max(ys) - min(ys), 0.1)
    needed = sum(box.width * (box.up + box.down) for box in boxes)
    stretch = min(max(_ASPECT * high / wide, 0.6), 1.7)
    factor = math.sqrt(_ROOM * needed / (wide * stretch * high))
    return [(x * factor * stretch, y * factor) for x, y in places]


def _separate(places: list[Point], boxes: Sequence[Box]) -> list[Point]:
    """Push overlapping boxes apart, along the shorter way, until none overlap or time is up."""
    points = [list(place) for place in places]
    reach = max(max(box.width, box.up + box.down) for box in boxes)
    for _ in range(_ROUNDS):
        pushed = sum(_push(points, boxes, a, b) for a, b in _near(points, reach))
        if not pushed:
            break
    return [(x, y) for x, y in points]


def _near(points: list[list[float]], reach: float) -> Iterator[tuple[int, int]]:
    """The pairs of points that lie in the same or in neighbouring cells of a grid."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(points):
        cells[int(x // reach), int(y // reach)].append(index)
    pairs = [
        (a, b)
        for (column, row), members in cells.items()
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1))
        for a in members
        for b in cells.get((column + dx, row + dy), ())
        if (dx, dy) != (0, 0) or a < b
    ]
    return iter(pairs)


def _push(points: list[list[float]], boxes: Sequence[Box], a: int, b: int) -> bool:
    (ax, ay), (bx, by), box, other = points[a], points[b], boxes[a], boxes[b]
    over_x = (box.width + other.width) / 2 - abs(ax - bx)
    over_y = min(ay + box.down, by + other.down) - max(ay - box.up, by - other.up)
    if over_x <= 0 or over_y <= 0:
        return False
    axis = 0 if over_x < over_y else 1
    shift = (min(over_x, over_y) / 2 + 0.5) * (1 if points[a][axis] >= points[b][axis] else -1)
    points[a][axis] += shift
    points[b][axis] -= shift
    return True


def _shelves(parts: Sequence[_Part]) -> Iterator[Point]:
    """Where each part goes: the first on top, the others on rows below, as wide as the whole."""
    area = sum((part.width + _GAP) * (part.height + _GAP) for part in parts)
    limit = max(parts[0].width, math.sqrt(area * _ASPECT))
    x = y = height = 0.0
    for part in parts:
        if x and x + part.width > limit:
            x, y, height = 0.0, y + height + _GAP, 0.0
        yield x, y
        x, height = x + part.width + _GAP, max(height, part.height)
