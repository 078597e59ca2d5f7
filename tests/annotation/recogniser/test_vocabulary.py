"""Characters to rows of the encoder's table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.recogniser.vocabulary import (
    END,
    PAD,
    SPECIALS,
    START,
    UNKNOWN,
    Vocabulary,
    fold,
)

CHARACTERS = "青禾澜A,. 1豈(沄"
VOCABULARY = Vocabulary(CHARACTERS)
ANY = st.characters()  # lone surrogates too: a text may hold them


@pytest.mark.parametrize(
    ("character", "folded"),
    [
        ("青", "青"), ("A", "A"), ("a", "a"), ("Ａ", "A"), ("，", ","), ("（", "("), ("１", "1"),
        ("。", "。"), ("…", "."), ("㈱", "("), ("ﬁ", "f"), ("½", "1"), ("①", "1"), ("\uf900", "豈"),
        ("😀", "😀"), ("𠮷", "𠮷"), ("\u200b", "\u200b"), ("\x00", "\x00"), ("\ud800", "\ud800"),
        (" ", " "), ("\u3000", " "), ("\n", " "), ("\t", " "),
        ("\r", " "), ("\u00a0", " "), ("\u2028", " "),
    ],
)  # fmt: skip
def test_fold(character: str, folded: str) -> None:
    assert fold(character) == folded


@given(ANY)
def test_folding_gives_one_character_and_folding_it_again_the_same(character: str) -> None:
    assert len(fold(character)) == 1
    assert fold(fold(character)) == fold(character)


def test_special_tokens_have_the_first_rows() -> None:
    assert tuple(range(len(SPECIALS))) == (UNKNOWN, START, END, PAD)
    assert len(VOCABULARY) == len(SPECIALS) + len(CHARACTERS)
    assert VOCABULARY.encode(CHARACTERS) == list(range(len(SPECIALS), len(VOCABULARY)))


@pytest.mark.parametrize(
    ("wide", "narrow"), [("Ａ，", "A,"), ("（\n１…", "( 1."), ("\uf900", "豈")]
)
def test_forms_of_one_character_have_one_row(wide: str, narrow: str) -> None:
    assert VOCABULARY.encode(wide) == VOCABULARY.encode(narrow)
    assert UNKNOWN not in VOCABULARY.encode(wide)


@pytest.mark.parametrize("text", ["瀾", "a", "😀", "𠮷", "\ud800", "\x01", "\u0301"])
def test_a_character_without_a_row_is_unknown(text: str) -> None:
    assert VOCABULARY.encode(text) == [UNKNOWN]


@given(st.text(ANY | st.sampled_from(CHARACTERS)))
def test_each_character_has_one_row_whatever_stands_beside_it(text: str) -> None:
    rows = VOCABULARY.encode(text)
    assert rows == [VOCABULARY.encode(character)[0] for character in text]
    assert len(rows) == len(text)


@given(st.text())
def test_no_text_encodes_to_a_token_that_is_not_text(text: str) -> None:
    """Else an article could end its own window, or hide what stands in it."""
    rows = set(VOCABULARY.encode(text))
    assert not rows & {START, END, PAD}
    assert all(0 <= row < len(VOCABULARY) for row in rows)


@pytest.mark.parametrize("text", [name for s in SPECIALS for name in (f"<{s}>", f"[{s.upper()}]")])
def test_the_names_of_special_tokens_are_ordinary_characters(text: str) -> None:
    assert len(Vocabulary(sorted(set(text))).encode(text)) == len(text)


def test_order_of_the_characters_is_order_of_the_rows() -> None:
    assert Vocabulary("禾青").encode("青禾") == [5, 4]
    assert Vocabulary("").encode("青") == [UNKNOWN]
    assert Vocabulary(["青", "禾"]).characters == Vocabulary("青禾").characters
