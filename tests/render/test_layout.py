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


def test_wide_characters_take_twice_the_room() -> None:
    assert text_ems("海豚") == 2
    assert text_ems("ab") == pytest.approx(1.12)
