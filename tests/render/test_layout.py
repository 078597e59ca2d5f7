"""Where the nodes stand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.render.layout import Box, label_box, place_nodes, text_ems


def test_the_callers_random_numbers_are_left_alone() -> None:
    random.seed(5)
    expected = random.random()
    random.seed(5)
    place_nodes([label_box(["A"], 10)] * 4, [(0, 1), (1, 2), (2, 3)])
    assert random.random() == expected


def overlaps(boxes: list[Box], edges: list[tuple[int, int]]) -> Iterator[float]:
    """How far each two boxes reach into one another, in pixels; negative where they do not."""
    placed = zip(boxes, place_nodes(boxes, edges), strict=True)
    for (a, (ax, ay)), (b, (bx, by)) in combinations(placed, 2):
        over_x = (a.width + b.width) / 2 - abs(ax - bx)
        yield min(over_x, ay + a.down - by + b.up, by + b.down - ay + a.up)


@given(st.integers(1, 40), st.data())
def test_boxes_do_not_overlap(count: int, data: st.DataObject) -> None:
    ends = st.integers(0, count - 1)
    edges = data.draw(st.lists(st.tuples(ends, ends), max_size=60))
    boxes = [label_box(["名" * (i % 20 + 1)], 10 + i % 15) for i in range(count)]
    assert max(overlaps(boxes, edges), default=0) <= 2  # places are whole numbers


def test_boxes_of_a_large_graph_with_a_crowded_middle_do_not_overlap() -> None:
    count = 400
    edges = [(i % 3, i) for i in range(3, count)] + [(i, i * 7 % count) for i in range(count)]
    boxes = [label_box(["名" * (i % 20 + 1)], 10 + i % 15) for i in range(count)]
    assert max(overlaps(boxes, edges)) <= 2


def test_who_has_no_edge_stands_below_in_rows_by_kind() -> None:
    edges = [(i, i + 1) for i in range(11)]
    boxes = [label_box(["名" * (i % 6 + 1)], 10) for i in range(40)]
    places = place_nodes(boxes, edges, ["ab"[i % 2] for i in range(40)])
    linked, alone = places[:12], places[12:]
    assert max(y for _, y in linked) < min(y for _, y in alone)
    columns = {x for x, _ in alone}
    rows = {y for _, y in alone}
    assert len(columns) * len(rows) < len(alone) + len(columns)
    reading = sorted(range(12, 40), key=lambda node: (places[node][1], places[node][0]))
    assert ["ab"[node % 2] for node in reading] == sorted("ab" * 14)


@pytest.mark.parametrize("count", [1, 3, 12, 60])
def test_the_picture_lies(count: int) -> None:
    boxes = [label_box(["名名"], 10)] * (4 * count)
    edges = [(4 * i, 4 * i + step) for i in range(count) for step in (1, 2, 3)]
    xs, ys = zip(*place_nodes(boxes, edges), strict=True)
    assert max(xs) - min(xs) > 0.9 * (max(ys) - min(ys))


def test_wide_characters_take_twice_the_room() -> None:
    assert text_ems("海豚") == 2
    assert text_ems("ab") == pytest.approx(1.12)
