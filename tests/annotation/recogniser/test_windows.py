"""Windows over a text: they cover it, they overlap enough, and their number is bounded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.recogniser.windows import LONGEST, MARGIN, Window, iter_windows

PAUSES = "。\n"
# Of any window but the last at least this much is kept: a pause is taken only in the second
# half of what is new in the window.
LEAST = (LONGEST - MARGIN) // 2


def texts() -> st.SearchStrategy[str]:
    """Runs of characters, some longer than a window, each with or without a pause after it."""
    runs = st.tuples(st.integers(0, 3 * LONGEST), st.sampled_from(["", "，", *PAUSES]))
    return st.lists(runs, max_size=8).map(lambda made: "".join("木" * n + end for n, end in made))


def windows_of(text: str) -> list[Window]:
    return list(iter_windows(text))


def assert_laws(text: str) -> None:
    windows = windows_of(text)
    assert [w.first for w in windows] == [0, *(w.last for w in windows)][: len(windows)]
    assert (windows[-1].last if windows else 0) == len(text)
    for w in windows:
        assert 0 <= w.start <= w.first < w.last <= w.end <= len(text)
        assert w.end - w.start <= LONGEST
        assert w.start == 0 or w.first - w.start >= MARGIN or text[w.first - 1] in PAUSES
        assert w.end == len(text) or w.end - w.last >= MARGIN or text[w.last - 1] in PAUSES
    assert all(w.last - w.first >= LEAST for w in windows[:-1])


# --- Windows ----------------------------------------------------------------------------------


@given(texts())
def test_windows_cover_the_text_and_overlap_enough(text: str) -> None:
    assert_laws(text)


@given(st.text(st.sampled_from("木，。\n! 😀𠮷\u0301"), max_size=400))
def test_the_laws_hold_where_pauses_are_everywhere(text: str) -> None:
    assert_laws(text)


@pytest.mark.parametrize("length", [*range(1, 4), *range(100, 260), 999, 1000])
def test_any_length_without_a_pause(length: int) -> None:
    assert_laws("木" * length)


def test_an_empty_text_has_no_window() -> None:
    assert windows_of("") == []


@pytest.mark.parametrize("length", [1, 2, LONGEST - 1, LONGEST])
def test_a_text_that_fits_is_one_window(length: int) -> None:
    assert windows_of("木" * length) == [Window(0, length, 0, length)]


def test_without_a_pause_windows_overlap_by_two_margins() -> None:
    cut = LONGEST - MARGIN
    first, second = windows_of("木" * (LONGEST + 1))
    assert first == Window(0, LONGEST, 0, cut)
    assert second == Window(cut - MARGIN, LONGEST + 1, cut, LONGEST + 1)


@pytest.mark.parametrize("pause", PAUSES)
def test_a_window_begins_after_a_pause_where_one_is_near(pause: str) -> None:
    text = "木" * 90 + pause + "木" * 100
    assert windows_of(text) == [Window(0, LONGEST, 0, 91), Window(91, 191, 91, 191)]


@pytest.mark.parametrize("sign", "，、,.：—… 木！？；!?;")
def test_what_is_no_pause_does_not_end_a_window(sign: str) -> None:
    text = "木" * 90 + sign + "木" * 100
    assert windows_of(text) == windows_of("木" * 191)


def test_the_last_of_several_pauses_is_taken() -> None:
    text = "木" * 70 + "。" + "木" * 20 + "。" + "木" * 200
    assert windows_of(text)[0].last == 92


@pytest.mark.parametrize(("before", "last"), [(62, LONGEST - MARGIN), (63, 64), (125, 126)])
def test_a_pause_counts_in_the_second_half_only(before: int, last: int) -> None:
    """Else a text of short lines would be read several times over."""
    assert windows_of("木" * before + "。" + "木" * 200)[0].last == last


def test_windows_come_one_by_one() -> None:
    windows = iter_windows("木" * 500)
    assert isinstance(windows, Iterator)
    assert next(windows).first == 0
    assert next(windows).first == LONGEST - MARGIN


@pytest.mark.parametrize(
    "unit",
    [
        "木",
        "。",
        "木。",
        "木" * 55 + "。",
        "木" * 56 + "。",
        "木" * 63 + "。",
        "木" * 130 + "\n",
        "😀",
    ],
)
def test_a_million_characters_cost_a_bounded_number_of_windows(unit: str) -> None:
    length = 1_000_000
    text = (unit * (length // len(unit) + 1))[:length]
    windows = windows_of(text)
    assert len(windows) <= length // LEAST + 1
    # Whatever the text, a character is read a bounded number of times: seldom twice.
    assert sum(w.end - w.start for w in windows) <= length * LONGEST / LEAST
    if unit == "木":
        assert sum(w.end - w.start for w in windows) < 1.4 * length
