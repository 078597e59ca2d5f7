"""Capitals that stand for their states."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from annotated import annotate

from kg.iri import entity_name
from kg.script import simplify

in_both_scripts = pytest.mark.parametrize("script", [str, simplify], ids=["Hant", "Hans"])


def classes(text: str, capital: str) -> list[str]:
    """The classes of the capital's mentions, in text order."""
    return [m.cls for m in annotate(text).mentions if m.surface == capital]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("北京批評美國。", "北京"),
        ("天好，東京周一再拒絕道歉。", "東京"),
        ("外長表示，莫斯科必須停火。", "莫斯科"),
        ("美國敦促北京遵守承諾。", "北京"),
    ],
)
def test_a_capital_that_acts_or_is_addressed(
    text: str, capital: str, script: Callable[[str], str]
) -> None:
    assert classes(script(text), script(capital)) == ["kg:Country"]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("美國國務卿林海生到場，商務部長周若琳也到場。", []),
        ("面對美國制裁，商務部表示反對。", ["中國商務部"]),
        ("中國外長到場，商務部長周若琳也到場。", ["中國商務部"]),
        ("美國國務卿到場。商務部長周若琳也到場。", ["中國商務部"]),
    ],
)
def test_a_ministry_whose_head_follows_another_state_is_that_states(
    text: str, known: list[str], script: Callable[[str], str]
) -> None:
    found = [m for m in annotate(script(text)).mentions if m.surface == script("商務部")]
    assert [entity_name(m.known or "") for m in found] == known


@pytest.mark.parametrize(
    "text",
    [
        "北京下雪。",
        "他在北京批評美國。",
        "北京居民批評美國。",
        "警方要求北京居民離開。",
        "石橋市反對收費。",  # no capital
    ],
)
def test_a_capital_that_is_a_city(text: str) -> None:
    assert "kg:Country" not in classes(text, "北京") + classes(text, "石橋市")


def test_one_text_has_both() -> None:
    assert classes("北京下雪。北京批評美國。北京好。", "北京") == [
        "kg:City",
        "kg:Country",
        "kg:City",
    ]
