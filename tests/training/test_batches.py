"""The plan of a run."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_set import FITTING

from kg.training.batches import LENGTHS, LONGEST, Batch, plan_batches

SIZES = st.dictionaries(
    st.sampled_from("abc"), st.lists(st.integers(1, LONGEST), max_size=25), min_size=1
)
PASSES = st.fixed_dictionaries({task: st.sampled_from([0.0, 0.5, 1.0, 2.5, 3.0]) for task in "abc"})
TOKENS = st.integers(LENGTHS[-1], 1000)
SEEDS = st.integers(0, 1 << 32)


def seen(plan: list[Batch], task: str) -> Counter[int]:
    return Counter(item for batch in plan if batch.task == task for item in batch.items)


@given(SIZES, PASSES, TOKENS, SEEDS)
def test_equal_seeds_give_equal_plans(
    sizes: dict[str, list[int]], passes: dict[str, float], tokens: int, seed: int
) -> None:
    backwards = dict(reversed(sizes.items()))
    plan = plan_batches(sizes, passes, tokens, seed)
    assert plan == plan_batches(backwards, passes, tokens, seed)


@given(SIZES, PASSES, TOKENS, SEEDS)
def test_every_batch_is_full_and_every_item_fits(
    sizes: dict[str, list[int]], passes: dict[str, float], tokens: int, seed: int
) -> None:
    for batch in plan_batches(sizes, passes, tokens, seed):
        assert len(batch.items) == tokens // batch.length
        shorter = max((length for length in LENGTHS if length < batch.length), default=0)
        for item in batch.items:
            assert shorter < sizes[batch.task][item] + 2 <= batch.length


@given(SIZES, PASSES, TOKENS, SEEDS)
def test_every_item_is_seen_in_every_whole_pass(
    sizes: dict[str, list[int]], passes: dict[str, float], tokens: int, seed: int
) -> None:
    plan = plan_batches(sizes, passes, tokens, seed)
    for task in sizes:
        counts = seen(plan, task)
        assert all(counts[item] >= int(passes[task]) for item in range(len(sizes[task])))


@given(SIZES, TOKENS, SEEDS)
def test_no_pass_sees_nothing(sizes: dict[str, list[int]], tokens: int, seed: int) -> None:
    assert plan_batches(sizes, dict.fromkeys(sizes, 0.0), tokens, seed) == []


@given(st.integers(1, 40), st.sampled_from([0.25, 0.5, 0.75]), SEEDS)
def test_a_part_of_a_pass_sees_that_part_of_the_items(count: int, part: float, seed: int) -> None:
    plan = plan_batches({"a": [10] * count}, {"a": part}, LENGTHS[0] * 8, seed)
    assert len(seen(plan, "a")) == round(count * part)


def test_an_item_is_doubled_only_to_fill_a_batch() -> None:
    plan = plan_batches({"a": [10] * 9}, {"a": 1.0}, LENGTHS[0] * 4, seed=1)
    counts = seen(plan, "a")
    assert sorted(len(batch.items) for batch in plan) == [4, 4, 4]
    assert set(counts) == set(range(9))
    assert counts.total() == 12


def test_other_seeds_give_other_plans() -> None:
    sizes = {"a": list(range(1, 100))}
    plans = [plan_batches(sizes, {"a": 1.0}, 256, seed) for seed in range(3)]
    assert plans[0] != plans[1] != plans[2]


def test_the_tasks_are_mixed() -> None:
    plan = plan_batches(
        {"a": [10] * 200, "b": [10] * 200}, {"a": 1.0, "b": 1.0}, LENGTHS[0] * 4, seed=1
    )
    tasks = [batch.task for batch in plan]
    assert Counter(tasks) == {"a": 50, "b": 50}
    assert 30 < sum(left != right for left, right in pairwise(tasks)) < 70


@pytest.mark.parametrize(("size", "length"), FITTING)
def test_an_item_is_padded_to_the_next_length_with_its_two_tokens(size: int, length: int) -> None:
    (batch,) = plan_batches({"a": [size]}, {"a": 1.0}, 128, seed=1)
    assert batch == Batch("a", (0,) * (128 // length), length)
