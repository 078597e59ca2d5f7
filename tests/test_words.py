"""Words by position."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.words import Word, WordIndex

TEXT = "青禾科技发布新产品"
INDEX = WordIndex(
    TEXT, [(Span(0, 2), "nz"), (Span(2, 4), "n"), (Span(4, 6), "v"), (Span(6, 9), "n")]
)


def tilings() -> st.SearchStrategy[list[str]]:
    return st.lists(st.text("青禾科技，A ", min_size=1, max_size=4), min_size=1, max_size=12)


def index_of(words: list[str]) -> WordIndex:
    tagged, position = [], 0
    for word in words:
        tagged.append((Span(position, position + len(word)), "n"))
        position += len(word)
    return WordIndex("".join(words), tagged)


def test_a_word_knows_its_characters() -> None:
    assert INDEX.words[0] == Word(0, 2, "青禾", "nz")
    assert [word.text for word in INDEX.words] == ["青禾", "科技", "发布", "新产品"]


@pytest.mark.parametrize(("position", "index"), [(0, 0), (1, 0), (2, 1), (5, 2), (6, 3), (8, 3)])
def test_index_at(position: int, index: int) -> None:
    assert INDEX.index_at(position) == index


@pytest.mark.parametrize("position", range(10))
def test_boundaries_are_where_words_start_and_where_the_text_ends(position: int) -> None:
    assert INDEX.is_boundary(position) == (position in (0, 2, 4, 6, 9))


@pytest.mark.parametrize(
    ("span", "texts"),
    [
        (Span(0, 9), ["青禾", "科技", "发布", "新产品"]),
        (Span(1, 5), ["科技", "发布"]),
        (Span(2, 2), []),
        (Span(7, 9), []),
    ],
)
def test_within_gives_the_words_that_start_there(span: Span, texts: list[str]) -> None:
    assert [word.text for word in INDEX.within(span)] == texts


def test_a_text_without_words() -> None:
    empty = WordIndex("", [])
    assert empty.words == ()
    assert empty.is_boundary(0)
    assert empty.within(Span(0, 5)) == ()


@given(tilings())
def test_every_character_is_in_the_word_found_there(words: list[str]) -> None:
    index = index_of(words)
    for position in range(len(index.simplified)):
        word = index.words[index.index_at(position)]
        assert word.start <= position < word.end
        assert word.text == index.simplified[word.start : word.end]


@given(tilings())
def test_the_words_of_adjoining_spans_are_the_words_of_both(words: list[str]) -> None:
    index = index_of(words)
    end = len(index.simplified)
    for cut in range(end + 1):
        assert index.within(Span(0, cut)) + index.within(Span(cut, end)) == index.words


@pytest.mark.parametrize(
    ("cuts", "texts"),
    [
        ((), ["海岳", "大学校长", "到"]),
        ((4,), ["海岳", "大学", "校长", "到"]),
        ((2, 6), ["海岳", "大学校长", "到"]),
        ((3, 5), ["海岳", "大", "学校", "长", "到"]),
        ((0, 7, 99), ["海岳", "大学校长", "到"]),
    ],
)
def test_a_word_ends_where_it_is_cut(cuts: tuple[int, ...], texts: list[str]) -> None:
    tagged = [(Span(0, 2), "nr"), (Span(2, 6), "n"), (Span(6, 7), "v")]
    index = WordIndex("海岳大学校长到", tagged, cuts)
    assert [word.text for word in index.words] == texts
    assert {word.tag for word in index.words if 2 <= word.start < 6} == {"n"}


@given(tilings(), st.sets(st.integers(0, 50)))
def test_cut_words_tile_the_text_too(words: list[str], cuts: set[int]) -> None:
    whole = index_of(words)
    spans = [(Span(word.start, word.end), word.tag) for word in whole.words]
    cut = WordIndex(whole.simplified, spans, cuts)
    assert "".join(word.text for word in cut.words) == whole.simplified
    length = len(whole.simplified)
    assert all(cut.is_boundary(at) for at in cuts if at <= length)


@pytest.mark.parametrize(("position", "rest"), [(0, 4), (3, 3), (5, 2), (8, 1)])
def test_the_word_at_a_position_and_those_after_it(position: int, rest: int) -> None:
    assert tuple(INDEX.words_from(position)) == INDEX.words[-rest:]
    assert INDEX.word_at(position) == INDEX.words[-rest]
