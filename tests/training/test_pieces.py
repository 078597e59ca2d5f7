"""Sentences cut to length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_set import COMPANY, PERSON, joined, moved, sentences, surfaces

from kg.training.batches import LENGTHS, LONGEST
from kg.training.corpora import Sentence
from kg.training.pieces import cut

PAUSES = "。！？；，、,;!? "


def test_a_sentence_that_fits_stays_whole() -> None:
    sentence = joined([("林知远", PERSON), ("，" * (LONGEST - 3), "")])
    assert list(cut(sentence)) == [sentence]


def test_an_empty_text_gives_no_part() -> None:
    assert list(cut(Sentence("", ()))) == []


@pytest.mark.parametrize("pause", PAUSES)
def test_a_cut_is_after_the_last_pause_that_fits(pause: str) -> None:
    text = f"甲乙{pause}丙丁{pause}戊己庚辛"
    assert [part.text for part in cut(Sentence(text, ()), 8)] == [
        f"甲乙{pause}丙丁{pause}",
        "戊己庚辛",
    ]


def test_without_a_pause_a_part_is_as_long_as_it_may_be() -> None:
    assert [part.text for part in cut(Sentence("甲" * 11, ()), 4)] == ["甲" * 4, "甲" * 4, "甲" * 3]


def test_a_pause_in_a_name_is_none() -> None:
    sentence = joined([("他在", ""), ("青禾，云杉", COMPANY), ("任职", "")])
    assert [part.text for part in cut(sentence, 6)] == ["他在", "青禾，云杉任"[:6], "职"]


def test_a_name_at_the_limit_goes_to_the_next_part() -> None:
    sentence = joined([("昨天是", ""), ("林知远", PERSON), ("说", "")])
    parts = list(cut(sentence, 5))
    assert [part.text for part in parts] == ["昨天是", "林知远说"]
    assert [surfaces(part) for part in parts] == [[], [("林知远", PERSON)]]


@given(sentences(longest_name=6), st.integers(6, 30))
def test_the_parts_are_the_sentence(sentence: Sentence, longest: int) -> None:
    parts = list(cut(sentence, longest))
    assert "".join(part.text for part in parts) == sentence.text
    assert all(1 <= len(part.text) <= longest for part in parts)
    at, spans = 0, []
    for part in parts:
        spans += moved(part.spans, at)
        at += len(part.text)
    assert tuple(spans) == sentence.spans


@given(sentences(longest_name=6), st.integers(6, 30))
def test_a_cut_without_a_pause_had_no_pause_to_take(sentence: Sentence, longest: int) -> None:
    start = 0
    for part in list(cut(sentence, longest))[:-1]:
        end = start + len(part.text)
        taken = {at for s, e, _ in sentence.spans for at in range(s + 1, e)}
        reach = range(start + 1, start + longest + 1)
        pauses = [at for at in reach if sentence.text[at - 1] in PAUSES and at not in taken]
        assert end == (pauses or [at for at in reach if at not in taken])[-1]
        start = end


@pytest.mark.parametrize("length", [9, 10, 17, 40])
@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("他说，", ""), ("", "好。"), ("他说，", "好，大家也说好。")]
)
def test_a_name_that_is_too_long_is_left_out_with_its_text(
    length: int, before: str, after: str
) -> None:
    sentence = joined([(before, ""), ("甲" * length, COMPANY), (after, "")])
    parts = list(cut(sentence, 8))
    assert "".join(part.text for part in parts) == before + after
    assert all(part.spans == () for part in parts)


def test_the_longest_part_fits_the_longest_batch_with_its_two_tokens() -> None:
    assert LENGTHS[-1] == LONGEST + 2
    assert list(LENGTHS) == sorted(set(LENGTHS))
