"""The two scripts: conversion keeps every position, and texts tell which script they are in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.script
from kg.script import LANGUAGE_OF_SCRIPT, detect_script, match_key, simplify, traditionalise

HAN = st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)
ANY_TEXT = st.text(HAN | st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("雲杉集團發佈新產品", "云杉集团发布新产品"),
        ("頭髮與發展", "头发与发展"),
        ("乾燥與乾隆", "干燥与乾隆"),
        ("以後的皇后", "以后的皇后"),
        ("Velmora 2.0，「青鸞」", "Velmora 2.0，「青鸾」"),
        ("𠮷野家😀", "𠮷野家😀"),
        ("", ""),
    ],
)
def test_simplify(traditional: str, simplified: str) -> None:
    assert simplify(traditional) == simplified


@given(ANY_TEXT)
def test_simplify_keeps_the_length(text: str) -> None:
    assert len(simplify(text)) == len(text)


@given(ANY_TEXT)
def test_simplify_changes_nothing_twice(text: str) -> None:
    assert simplify(simplify(text)) == simplify(text)


@given(ANY_TEXT)
def test_simplify_leaves_all_but_han_characters_alone(text: str) -> None:
    for before, after in zip(text, simplify(text), strict=True):
        assert before == after or before >= "\u2e80"


def test_a_lone_surrogate_stays_where_it_is() -> None:
    assert simplify("雲\ud800杉集\udfff團") == "云\ud800杉集\udfff团"
    assert traditionalise("云\ud800团") == "雲\ud800團"


def test_a_conversion_that_changes_the_length_is_done_by_line_then_by_character(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def longer(config: str, text: str) -> str:
        return text.replace("雲", "云").replace("甲乙", "丙")

    monkeypatch.setattr(kg.script, "_convert", longer)
    kg.script._simplify_character.cache_clear()
    try:
        assert simplify("雲\n雲甲乙") == "云\n云甲乙"
    finally:
        kg.script._simplify_character.cache_clear()


@pytest.mark.parametrize(
    "names",
    [
        ("雲杉集團", "云杉集团", "雲杉 集團"),
        ("Velmora Pay", "velmora pay", "VELMORAPAY"),
        ("雷納德·科斯", "雷纳德•科斯", "雷納德．科斯", "雷納德‧科斯", "雷納德・科斯"),
        ("青禾\u3000科技", "青禾科技"),
    ],
)
def test_forms_of_one_name_have_one_key(names: tuple[str, ...]) -> None:
    assert len({match_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("張偉", "章偉"), ("青禾", "青和"), ("三星", "三星堆"), ("雷納德·科斯", "雷納德科斯")],
)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@given(ANY_TEXT)
def test_a_key_is_its_own_key_in_either_script(name: str) -> None:
    assert match_key(simplify(name)) == match_key(name)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("雲杉集團發佈財報", "Hant"),
        ("云杉集团发布财报", "Hans"),
        ("人工智能", "Hant"),
        ("Velmora announced it today.", "Latn"),
        ("", "Latn"),
        ("😀 123", "Latn"),
        ("云杉集团说「雲」是旧字", "Hans"),
        ("雲杉集團說「云」是新字", "Hant"),
        ("Velmora 与 Quillix", "Hans"),
    ],
)
def test_detect_script(text: str, script: str) -> None:
    assert detect_script(text) == script


@given(ANY_TEXT)
def test_every_script_has_a_language(text: str) -> None:
    assert detect_script(text) in LANGUAGE_OF_SCRIPT


def test_labels_come_out_in_traditional_characters() -> None:
    assert traditionalise("云杉集团发布头发产品") == "雲杉集團發佈頭髮產品"


def test_variants_of_a_character_are_one_in_names() -> None:
    assert match_key("食物及衞生局") == match_key("食物及衛生局") == match_key("食物及卫生局")
