"""Strings of a text are found and counted as ``str`` does, but not by reading it each time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import ReadText

from kg.annotation.names.occurrences import Occurrences

LETTERS = st.sampled_from("青禾公A😀\ud800\x00")
TEXTS = st.text(LETTERS, max_size=60)


def found_one_by_one(text: str, form: str) -> list[int]:
    places, at = [], text.find(form)
    while at >= 0:
        places.append(at)
        at = text.find(form, at + len(form))
    return places


@given(TEXTS, st.text(LETTERS, min_size=1, max_size=4))
def test_as_str_finds_and_counts(text: str, form: str) -> None:
    occurrences = Occurrences(text)
    assert occurrences.places(form) == found_one_by_one(text, form)
    assert occurrences.count(form) == text.count(form)


@given(TEXTS, st.data())
def test_each_part_of_the_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start < end:
        form = text[start:end]
        assert Occurrences(text).places(form) == found_one_by_one(text, form)


@pytest.mark.parametrize("length", [63, 64, 65, 130])
def test_strings_longer_than_what_the_places_are_sorted_by(length: int) -> None:
    head = "青" * (length - 1)
    text = f"{head}禾，{head}杉，{head}禾{head}"
    occurrences = Occurrences(text)
    assert occurrences.places(head + "禾") == [0, 2 * length + 2]
    assert occurrences.count(head + "杉") == 1
    assert occurrences.count(head + "林") == 0
    assert occurrences.count(head) == text.count(head)


def test_of_what_overlaps_the_first_counts() -> None:
    assert Occurrences("雲雲雲雲杉雲雲").places("雲雲") == [0, 2, 5]


def test_an_empty_text_holds_nothing() -> None:
    assert Occurrences("").places("雲") == []


def test_a_look_up_reads_little_of_a_long_text() -> None:
    text = ReadText("".join(chr(0x4E00 + n * n % 20_000) for n in range(50_000)))
    occurrences = Occurrences(text)
    forms = [str(text)[at : at + 5] for at in range(0, 50_000, 500)]
    for form in (*forms, *forms):
        assert occurrences.count(form) >= 1
    assert text.read <= len(forms) * 5 * 40  # at most 40 places are looked at for each
