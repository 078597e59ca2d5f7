"""Laws of disjoint sets."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.clusters import Apart, Between, UnionFind

items = st.sampled_from("abcdefgh")
unions = st.lists(st.tuples(items, items), max_size=12)


def joined(pairs: list[tuple[str, str]]) -> UnionFind:
    sets = UnionFind()
    for left, right in pairs:
        sets.union(left, right)
    return sets


def reachable(pairs: list[tuple[str, str]], item: str) -> set[str]:
    """What is connected to *item*, found the slow way."""
    found = {item}
    while True:
        grown = found | {x for pair in pairs if found & set(pair) for x in pair}
        if grown == found:
            return found
        found = grown


@given(unions)
def test_sets_are_the_connected_things_named_by_the_smallest(pairs: list[tuple[str, str]]) -> None:
    sets = joined(pairs)
    for item in "abcdefgh":
        assert sets.find(item) == min(reachable(pairs, item))


@given(unions, st.randoms(use_true_random=False))
def test_order_and_direction_do_not_matter(
    pairs: list[tuple[str, str]], shuffle: random.Random
) -> None:
    shuffled = [pair[::-1] for pair in pairs]
    shuffle.shuffle(shuffled)
    assert joined(pairs).groups("abcdefgh") == joined(shuffled).groups("abcdefgh")


@given(unions)
def test_finding_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    sets = joined(pairs)
    before = sets.groups("abcdefgh")
    assert all(sets.find(sets.find(item)) == sets.find(item) for item in "abcdefgh")
    assert sets.groups("abcdefgh") == before


@given(unions)
def test_groups_tile_the_items_in_the_order_given(pairs: list[tuple[str, str]]) -> None:
    groups = joined(pairs).groups("hgfedcba")
    assert sorted(item for group in groups.values() for item in group) == list("abcdefgh")
    assert all(group == sorted(group, reverse=True) for group in groups.values())


def test_a_thing_never_joined_is_alone() -> None:
    assert UnionFind().find("a") == "a"
    assert UnionFind().groups(["a", "b"]) == {"a": ["a"], "b": ["b"]}
    assert UnionFind().groups([]) == {}


def test_a_long_chain_is_no_deep_recursion() -> None:
    names = [f"{n:05}" for n in range(5000)]
    sets = joined(list(pairwise(names)))
    assert sets.find(names[-1]) == names[0]


@given(st.lists(st.tuples(items, items, st.integers(0, 9)), max_size=12), unions)
def test_the_mean_between_sets_is_that_of_their_pairs(
    drawn: list[tuple[str, str, int]], pairs: list[tuple[str, str]]
) -> None:
    scores = {frozenset((a, b)): score / 9 for a, b, score in drawn if a != b}
    between = Between((*sorted(pair), score) for pair, score in scores.items())
    sets = UnionFind()
    for left, right in pairs:
        one, other = sets.find(left), sets.find(right)
        if one != other:
            sets.union(one, other)
            between.merge(one, other, sets.find(one))
    groups = sets.groups("abcdefgh")
    for one, other in combinations(groups, 2):
        crossing = [
            scores[frozenset((a, b))]
            for a in groups[one]
            for b in groups[other]
            if frozenset((a, b)) in scores
        ]
        expected = sum(crossing) / len(crossing) if crossing else 0.0
        assert between.mean(one, other) == pytest.approx(expected)


def test_sets_that_hold_foes_do_not_meet_whatever_key_tells_it() -> None:
    sets = Apart([("x", "y")], {"a": ("a", "x"), "b": ("b", "y"), "c": ("c",)})
    assert sets.union("a", "c")
    assert not sets.union("c", "b")
    assert sets.find("b") == "b"
