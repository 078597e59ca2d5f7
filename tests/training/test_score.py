"""Exact-span scores."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate import Score
from kg.training.score import score_spans

SPANS = st.lists(st.tuples(st.integers(0, 3), st.integers(4, 6), st.sampled_from("ab")), max_size=6)
PAIRS = st.lists(st.tuples(SPANS, SPANS), min_size=1, max_size=4)


def test_a_name_is_right_with_its_bounds_and_its_label() -> None:
    gold = [(0, 2, "a"), (3, 5, "b"), (6, 8, "b")]
    found = [(0, 2, "a"), (3, 5, "a"), (6, 9, "b")]
    assert score_spans([(found, gold)]) == {
        "": Score(1, 3, 3),
        "a": Score(1, 2, 1),
        "b": Score(0, 1, 2),
    }


def test_a_name_is_of_its_sentence() -> None:
    name = [(0, 2, "a")]
    assert score_spans([(name, []), ([], name)])[""] == Score(0, 1, 1)


def test_sentences_without_names_score_nothing() -> None:
    assert score_spans([([], [])]) == {"": Score(0, 0, 0)}


def test_a_name_counts_once_and_any_iterable_will_do() -> None:
    assert score_spans([(iter([(0, 2, "a")] * 3), iter([(0, 2, "a")]))])["a"] == Score(1, 1, 1)


@given(PAIRS)
def test_all_is_the_sum_of_the_labels(
    pairs: list[tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]],
) -> None:
    scores = score_spans(pairs)
    whole = scores.pop("")
    for count in ("right", "predicted", "gold"):
        assert getattr(whole, count) == sum(getattr(score, count) for score in scores.values())


@given(PAIRS)
def test_changing_sides_changes_precision_with_recall(
    pairs: list[tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]],
) -> None:
    there, back = score_spans(pairs)[""], score_spans((b, a) for a, b in pairs)[""]
    assert (there.precision, there.recall) == (back.recall, back.precision)
    assert there.f1 == back.f1
    assert there.f1 is None or 0 <= there.f1 <= 1


@given(SPANS)
def test_gold_scores_one_against_itself(spans: list[tuple[int, int, str]]) -> None:
    assert score_spans([(spans, spans)])[""].f1 == (1.0 if spans else None)
