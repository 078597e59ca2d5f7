"""The noun beside a name that says what it is."""

from __future__ import annotations

import pytest
from annotated import view_of

from kg.annotation.names.kinds import kind_after, kind_before, kind_beside


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("電商公司鴻鵠", "kg:Company"),
        ("电商公司鸿鹄", "kg:Company"),
        ("電商公司「鴻鵠", "kg:Company"),
        ("電商公司 鴻鵠", "kg:Company"),
        ("操作系統鴻鵠", "kg:Software"),
        ("遊戲《鴻鵠", "kg:Game"),
        ("游戏（鴻鵠", "kg:Game"),
        ("昨日鴻鵠", None),
        ("鴻鵠", None),
        ("公司，鴻鵠", None),
    ],
)
def test_the_noun_before(text: str, cls: str | None) -> None:
    view = view_of(text)
    assert kind_before(view, len(text) - 2) == cls


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("鴻鵠平台上線", "kg:Service"),
        ("鴻鵠」手機", "kg:Device"),
        ("鴻鵠 手機", "kg:Device"),
        ("鴻鵠上線", None),
        ("鴻鵠", None),
        ("鴻鵠，手機", None),
    ],
)
def test_the_noun_after(text: str, cls: str | None) -> None:
    assert kind_after(view_of(text), 2) == cls


def test_the_noun_before_is_heard_first() -> None:
    assert kind_beside(view_of("遊戲鴻鵠手機"), 2, 4) == "kg:Game"
    assert kind_beside(view_of("昨日鴻鵠手機"), 2, 4) == "kg:Device"


def test_the_longest_noun_counts() -> None:
    assert kind_before(view_of("電商平台鴻鵠"), 4) == "kg:Service"
    assert kind_before(view_of("電商鴻鵠"), 2) == "kg:Company"
