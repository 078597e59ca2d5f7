"""Where the nodes stand: computed once, so that the page opens without a simulation.

Every connected part is laid out by igraph, stretched until no two boxes (icon and label) overlap,
and the parts are set side by side on shelves, above them that are connected with nothing: these
stand in a grid. Nothing depends on chance: igraph draws from a generator that is seeded here.
"""

from __future__ import annotations

import math
import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Point = tuple[float, float]

FONT = 13.0
LINE = 15.0
WRAP = 8.0
_ASPECT = 1.3  # of the graph's place in the page, on a common screen
_GAP = 16.0
_ROOM = 3.0
_WIDTHS = tuple(0.8 + step / 16 for step in range(17))  # tried: rows leave gaps
_PRECISE = 250
_ROUNDS = 120
_PATIENCE, _SPREAD = 12, 1.06
_STEPS = 400_000  # of a node in the simulation, over all nodes
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


def place_nodes(
    boxes: Sequence[Box], edges: Sequence[tuple[int, int]], kinds: Sequence[str] = ()
) -> list[tuple[int, int]]:
    """Whole coordinates for each box, the same in every process; the middle is near (0, 0).

    Boxes without an edge stand together by their *kinds*, where these are given.
    """
    if not boxes:
        return []
    found = list(_layouts(len(boxes), edges))
    parts = [_Part.of(members, places, boxes) for members, places in found if len(members) > 1]
    alone = [members[0] for members, _ in found if len(members) == 1]
    alone.sort(key=lambda node: kinds[node] if kinds else "")
    cells = _cells(alone, boxes)
    points: dict[int, Point] = {}
    for part, (dx, dy) in zip((*parts, *cells), _shelves(parts, cells), strict=True):
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
        rounds = max(50, min(200, _STEPS // count))
        layout = part.layout_fruchterman_reingold(seed=start, niter=rounds)  # type: ignore[attr-defined]
    return _lying([(x, y) for x, y in layout])


def _lying(places: list[Point]) -> list[Point]:
    """*places* turned so that they are longest from left to right, as the page is."""
    import numpy as np

    points = np.array(places) - np.mean(places, axis=0)
    (xx, xy), (_, yy) = points.T @ points
    angle = math.atan2(2 * xy, xx - yy) / 2
    c, s = math.cos(angle), math.sin(angle)
    return [(c * x + s * y, c * y - s * x) for x, y in points.tolist()]


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
    """*places* on an area of our aspect, up to :data:`_ROOM` times what the boxes need."""
    if len(places) < 3:
        return [(x * 65.0, y * 30.0) for x, y in places]
    xs, ys = zip(*places, strict=True)
    wide, high = max(max(xs) - min(xs), 0.1), max(max(ys) - min(ys), 0.1)
    needed = sum(box.width * (box.up + box.down) for box in boxes)
    stretch = min(max(_ASPECT * high / wide, 0.6), 1.7)
    room = min(_ROOM, 1.5 + len(places) / 20)  # few nodes keep clear of each other anyway
    factor = math.sqrt(room * needed / (wide * stretch * high))
    return [(x * factor * stretch, y * factor) for x, y in places]


def _separate(places: list[Point], boxes: Sequence[Box]) -> list[Point]:
    """Push overlapping boxes apart, along the shorter way, until none overlap or time is up.

    Where pushing does not end soon, there is no room: then all is spread a little.
    """
    import numpy as np

    points = [list(place) for place in places]
    sizes = np.array([(box.width / 2, box.up, box.down) for box in boxes])
    for turn in range(1, _ROUNDS + 1):
        pushed = sum(_push(points, boxes, a, b) for a, b in _overlaps(np.array(points), sizes))
        if not pushed:
            break
        if turn % _PATIENCE == 0:
            points = [[_SPREAD * x, _SPREAD * y] for x, y in points]
    return [(x, y) for x, y in points]


def _overlaps(points: NDArray[np.float64], sizes: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The pairs of boxes that overlap; compared are those that are near in one direction."""
    import numpy as np

    (x, y), (half, up, down) = points.T, sizes.T
    along, reach = (x, 2 * half.max()) if np.ptp(x) > np.ptp(y) else (y, (up + down).max())
    order = np.argsort(along, kind="stable")
    near = np.searchsorted(along[order], along[order] + reach) - np.arange(1, len(order) + 1)
    first = np.repeat(np.arange(len(order)), near)
    step = np.arange(len(first)) - np.repeat(np.cumsum(near) - near, near)
    left, right = order[first], order[first + step + 1]
    beside = np.abs(x[left] - x[right]) >= half[left] + half[right]
    over = np.minimum(y[left] + down[left], y[right] + down[right])
    apart = beside | (over <= np.maximum(y[left] - up[left], y[right] - up[right]))
    return list(zip(left[~apart].tolist(), right[~apart].tolist(), strict=True))


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


def _cells(nodes: Sequence[int], boxes: Sequence[Box]) -> list[_Part]:
    """A part for each node, all of one size, so that their rows and columns are even."""
    own = [boxes[node] for node in nodes]
    width, up = max((b.width for b in own), default=0.0), max((b.up for b in own), default=0.0)
    down = max((box.down for box in own), default=0.0)
    return [_Part({node: (width / 2, up)}, width, up + down) for node in nodes]


def _shelves(parts: Sequence[_Part], cells: Sequence[_Part]) -> list[Point]:
    """Where each goes, in the width that lets all of it be seen largest."""
    every = (*parts, *cells)
    area = sum((part.width + _GAP) * (part.height + _GAP) for part in every)
    least = max(part.width for part in every) + _GAP
    widths = {max(least, math.sqrt(area * _ASPECT) * factor) for factor in _WIDTHS}
    tried = [_packed(parts, cells, width) for width in sorted(widths)]
    return min(tried, key=lambda found: _extent(every, found))


def _extent(parts: Sequence[_Part], corners: Sequence[Point]) -> float:
    """The width of the picture of our aspect that holds all *parts*."""
    placed = list(zip(parts, corners, strict=True))
    width = max(x + part.width for part, (x, _) in placed)
    return max(width, _ASPECT * max(y + part.height for part, (_, y) in placed))


def _packed(parts: Sequence[_Part], cells: Sequence[_Part], wide: float) -> list[Point]:
    """Every part as high as it goes, then the cells, row by row."""
    sky = _Skyline(wide)
    corners = [sky.place(part.width + _GAP, part.height + _GAP) for part in parts]
    if not cells:
        return corners
    top = sky.lowest + _GAP if parts else 0.0
    width, height = cells[0].width + _GAP, cells[0].height + _GAP
    columns = max(1, int(wide // width))
    return corners + [(i % columns * width, top + i // columns * height) for i in range(len(cells))]


class _Skyline:
    """The lower edge of what is placed, in steps of (left, right, y), from 0 to *wide*."""

    def __init__(self, wide: float) -> None:
        self._steps = [(0.0, wide, 0.0)]

    @property
    def lowest(self) -> float:
        return max(y for _, _, y in self._steps)

    def place(self, width: float, height: float) -> Point:
        """The highest place that holds it, of several the leftmost."""
        wide = self._steps[-1][1]
        lefts = [left for left, _, _ in self._steps if left + width <= wide] or [0.0]
        y, x = min((self._edge(left, left + width), left) for left in lefts)
        self._cover(x, min(x + width, wide), y + height)
        return x, y

    def _edge(self, left: float, right: float) -> float:
        return max(y for start, end, y in self._steps if start < right and end > left)

    def _cover(self, left: float, right: float, y: float) -> None:
        before = [(a, min(b, left), c) for a, b, c in self._steps if a < left]
        after = [(max(a, right), b, c) for a, b, c in self._steps if b > right]
        self._steps = [*before, (left, right, y), *after]
