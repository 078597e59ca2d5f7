"""Names as seen from a place in the text."""

from __future__ import annotations

from kg.model import Mention, Span
from kg.resolve.nearby import Nearby

SENTENCES = (Span(0, 10), Span(10, 20), Span(20, 30))
NAMES = [Mention(f"{at}", Span(at, at + 2), "甲乙", "kg:Person", 0.9, "x") for at in (1, 6, 12, 24)]


def test_the_nearest_comes_first_with_its_distance() -> None:
    found = Nearby(SENTENCES, NAMES).backwards(25, 2)
    assert [(distance, name.span.start) for distance, name in found] == [(1, 12), (2, 6), (2, 1)]


def test_it_ends_where_the_reach_ends() -> None:
    assert [name.span.start for _, name in Nearby(SENTENCES, NAMES).backwards(29, 1)] == [24, 12]
    assert list(Nearby(SENTENCES, []).backwards(29, 2)) == []


def test_a_position_is_in_the_sentence_that_begins_last_before_it() -> None:
    nearby = Nearby(SENTENCES, NAMES)
    assert [nearby.sentence_at(at) for at in (0, 9, 10, 29, 99)] == [0, 0, 1, 2, 2]
