"""Whose something is, and who does what with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, clauses, in_both_scripts, said

from kg.extract.holders import HolderFinder
from kg.lexicon import load_lexicon

Script = Callable[[str], str]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("晨星科技集團收購青禾銀行持有的藍峰電子。", [False, True, False]),
        ("晨星科技集團收購青禾銀行合計持有的藍峰電子。", [False, True, False]),
        ("晨星科技集團旗下的藍峰電子收購白露影業。", [True, False, False]),
        ("晨星科技集團持有藍峰電子。", [False, False]),
        ("晨星科技集團。", [False]),
    ],
)
def test_a_holder_stands_before_its_word_of_holding(text: str, held: list[bool]) -> None:
    (clause,) = clauses(text)
    found = HolderFinder(load_lexicon()).find(clause)
    assert [at in found for at, _ in clause.groups()] == held


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "晨星科技集團收購青禾銀行持有的藍峰電子。",
            ["晨星科技集團 acquires 藍峰電子", "青禾銀行 investsIn 藍峰電子"],
        ),
        (
            "晨星科技集團收購青禾銀行旗下的藍峰電子。",
            ["晨星科技集團 acquires 藍峰電子", "青禾銀行 owns 藍峰電子"],
        ),
        (
            "晨星科技集團旗下的藍峰電子收購白露影業。",
            ["晨星科技集團 owns 藍峰電子", "藍峰電子 acquires 白露影業"],
        ),
        ("晨星科技集團收購青禾銀行旗下的信用卡業務。", []),
    ],
)
def test_what_is_bought_is_not_its_holder(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)
