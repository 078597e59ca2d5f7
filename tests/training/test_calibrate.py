"""Raw scores to confidences: what the shares are, and that they never fall."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.recogniser.checkpoint import Calibration
from kg.training.calibrate import RAW, Bin, fit_calibration, reliability

Judged = list[tuple[float, bool]]

JUDGED = st.lists(st.tuples(st.floats(-30, 0), st.booleans()), max_size=120)
SCORES = st.floats(-40, 5)


def run_of(start: float, verdicts: list[bool]) -> Judged:
    """*verdicts* at scores from *start* on, each a hundredth surer than the last."""
    return [(start + at / 100, right) for at, right in enumerate(verdicts)]


def mean(judged: Judged) -> float:
    return sum(score for score, _ in judged) / len(judged)


@given(JUDGED)
def test_surer_is_never_less_right(judged: Judged) -> None:
    found = fit_calibration(judged)
    assert len(found.scores) == len(found.shares) > 0
    assert list(found.scores) == sorted(found.scores)
    assert list(found.shares) == sorted(found.shares)


@given(JUDGED, SCORES, SCORES)
def test_a_confidence_rises_with_its_score(judged: Judged, one: float, other: float) -> None:
    found = fit_calibration(judged)
    low, high = (found.confidence(score) for score in sorted((one, other)))
    assert 0 <= low <= high <= 1


@given(JUDGED)
def test_no_pool_is_surely_right_or_wrong(judged: Judged) -> None:
    assert all(0 < share < 1 for share in fit_calibration(judged).shares)


@given(JUDGED)
def test_pools_are_large_but_for_the_last(judged: Judged) -> None:
    assert len(fit_calibration(judged).scores) <= 1 + len(judged) // 20


@given(JUDGED.flatmap(lambda judged: st.tuples(st.just(judged), st.permutations(judged))))
def test_the_order_of_the_names_does_not_matter(orders: tuple[Judged, Judged]) -> None:
    one, other = orders
    assert fit_calibration(iter(one)) == fit_calibration(other)


def test_without_names_every_confidence_is_a_half() -> None:
    found = fit_calibration([])
    assert [found.confidence(score) for score in (-30.0, -1.0, 0.0)] == [0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("verdicts", "share"),
    [
        ([True], 0.75),
        ([False], 0.25),
        ([False, True], 0.5),
        ([True] * 19, 0.975),
        ([True] * 10 + [False] * 9, 0.525),
        # What falls is one pool however long it is.
        ([True] * 30 + [False] * 30, 0.5),
        ([True] * 60 + [False] * 30, 0.6648),
    ],
)
def test_one_pool_has_the_share_of_its_right_names(verdicts: list[bool], share: float) -> None:
    """One name more is counted, half of it right."""
    judged = run_of(-5, verdicts)
    found = fit_calibration(judged)
    assert found.shares == (share,)
    assert found.scores == (pytest.approx(mean(judged), abs=1e-5),)


def test_pools_are_joined_until_they_rise() -> None:
    low = run_of(-9, [False] * 20)
    middle = run_of(-5, [True] * 20 + [False] * 20)
    high = run_of(-1, [True] * 50)
    found = fit_calibration([*high, *low, *middle])
    means = [pytest.approx(mean(judged), abs=1e-5) for judged in (low, middle, high)]
    assert list(found.scores) == means
    assert found.shares == (0.0238, 0.5, 0.9902)


def test_between_two_pools_confidence_is_a_line() -> None:
    found = fit_calibration([*run_of(-4, [False] * 20), *run_of(-1, [True] * 20)])
    assert found.scores == (pytest.approx(-3.905), pytest.approx(-0.905))
    assert found.shares == (0.0238, 0.9762)
    assert found.confidence(-2.405) == pytest.approx(0.5, abs=1e-3)


def test_names_of_one_score_have_one_share() -> None:
    judged = [(-1.0, right) for right in [False, True] * 20]
    assert fit_calibration(judged).confidence(-1.0) == 0.5


@given(st.floats(-30, 0))
def test_raw_scores_stay_as_they_are(score: float) -> None:
    assert RAW.confidence(score) == pytest.approx(score, abs=6e-4)


CONFIDENCES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


@given(CONFIDENCES)
def test_bins_partition_the_names(judged: Judged) -> None:
    bins = reliability(iter(judged))
    assert sum(one.names for one in bins) == len(judged)
    assert sum(one.right for one in bins) == sum(right for _, right in judged)
    assert all(0 <= one.right <= one.names for one in bins)


@given(CONFIDENCES)
def test_a_name_is_in_the_last_bin_that_begins_below_it(judged: Judged) -> None:
    bins = reliability(judged)
    limits = [*(one.least for one in bins), float("inf")]
    for one, (least, most) in zip(bins, pairwise(limits), strict=True):
        assert one.names == sum(least <= score < most for score, _ in judged)


def test_the_bins_of_a_few_names() -> None:
    judged = [(0.0, False), (0.499, True), (0.5, True), (0.7, False), (0.9, True), (1.0, True)]
    assert reliability(judged) == (
        Bin(0.0, 2, 1), Bin(0.5, 1, 1), Bin(0.7, 1, 0), Bin(0.9, 2, 2),
    )  # fmt: skip


def test_no_names_are_in_empty_bins() -> None:
    assert [(one.names, one.right) for one in reliability([])] == [(0, 0)] * 4


def test_what_was_fitted_is_reliable_on_itself() -> None:
    """Seven in ten right at one end, all wrong at the other: the bins say so."""
    verdicts = [number % 10 < 7 for number in range(100)]
    judged = [*run_of(-20, [False] * 100), *run_of(-2, verdicts)]
    calibration: Calibration = fit_calibration(judged)
    bins = reliability((calibration.confidence(score), right) for score, right in judged)
    assert bins[0] == Bin(0.0, 100, 0)
    assert sum(one.right for one in bins[1:]) == 70
