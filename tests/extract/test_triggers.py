"""Where the lexicon's words stand."""

from __future__ import annotations

import pytest
from reading import clauses

from kg.extract.triggers import TriggerFinder
from kg.lexicon import load_lexicon
from kg.model import Span
from kg.script import simplify


def words(text: str, *longer: Span) -> list[str]:
    """The words found in the one clause of *text*."""
    (clause,) = clauses(text)
    finder = TriggerFinder(load_lexicon())
    within = {span: span.of(simplify(text)) for span in longer}
    return [clause.text[t.start : t.end] for t in finder.find(clause, within)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("他們收購了它", ["收购"]),
        ("他们收购了它", ["收购"]),
        ("簽署戰略合作協議", ["签署", "战略合作协议"]),
        ("天氣很好", []),
        ("全資收購", ["全资收购"]),
    ],
)
def test_the_longest_words_are_found_in_order(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_word_inside_a_longer_word_is_none() -> None:
    assert words("很大收購潮", Span(2, 5)) == []
    assert words("很大收購潮", Span(2, 4)) == ["收购"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("董事長、總裁", ["董事长、总裁"]),
        ("總裁兼首席執行官", ["总裁兼首席执行官"]),
        ("董事長和秘書長及顧問", ["董事长和秘书长及顾问"]),
        ("董事長，總裁", None),
        ("董事長、天氣", ["董事长"]),
        ("收購、總裁", ["收购", "总裁"]),
    ],
)
def test_offices_in_a_row_are_one_word(text: str, found: list[str] | None) -> None:
    if found is None:
        assert len(clauses(text)) == 2
    else:
        assert words(text) == found


def test_words_do_not_reach_over_a_name() -> None:
    assert words("收藍峰電子購") == []
