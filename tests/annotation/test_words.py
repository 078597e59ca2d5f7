"""Words tile the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.annotation.words
from kg.annotation.words import tag_words

TEXTS = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("青禾科技，。 \n😀𠮷Ab1")
)


def words(text: str) -> list[str]:
    return [span.of(text) for span, _ in tag_words(text)]


def test_a_clause_is_not_one_word() -> None:
    found = words("公司昨日宣布与大学合作开发新系统")
    assert {"公司", "宣布", "大学", "合作"} <= set(found)
    assert max(map(len, found)) <= 4


def test_words_have_parts_of_speech() -> None:
    tags = {span.of(text): tag for text in ["公司宣布合作。"] for span, tag in tag_words(text)}
    assert tags["公司"].startswith("n")
    assert tags["宣布"].startswith("v")
    assert tags["。"] == "x"


def test_no_words_in_no_text() -> None:
    assert tag_words("") == ()


@given(TEXTS)
def test_words_tile_the_text(text: str) -> None:
    spans = [span for span, _ in tag_words(text)]
    assert "".join(span.of(text) for span in spans) == text
    assert all(a.end == b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(span.start < span.end for span in spans)


@given(TEXTS)
def test_words_tile_the_text_over_the_pieces_it_is_cut_into(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kg.annotation.words, "_CHUNK", 3)
        assert "".join(words(text)) == text


def test_a_long_line_is_cut_into_pieces_and_loses_nothing() -> None:
    assert sum(map(len, words("青禾很好而且" * 20_000))) == 120_000
