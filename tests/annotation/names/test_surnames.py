"""A surname by itself, after the full name."""

from __future__ import annotations

import pytest
from annotated import view_of

from kg.annotation.names.surnames import find_surnames, without_glued
from kg.annotation.names.view import TextView
from kg.model import Mention


def people(view: TextView, *names: str) -> list[Mention]:
    return [
        view.mention(start, start + len(name), "kg:Person", 0.9, "x")
        for name in names
        if (start := view.text.rfind(name)) >= 0
    ]


def surnames(text: str, *names: str) -> list[tuple[str, str]]:
    view = view_of(text)
    links = list(find_surnames(view, people(view, *names)))
    full = {m.id: m.surface for m in people(view, *names)}
    assert all(mention.is_anaphor and judgement.reasons for mention, judgement in links)
    return [(mention.surface, full[judgement.right]) for mention, judgement in links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("黎若琳到場。黎亦指，她滿意。", [("黎", "黎若琳")]),
        ("黎若琳到场。黎又批评青禾银行。", [("黎", "黎若琳")]),
        ("黎若琳到場，大會感謝黎女士。", [("黎女士", "黎若琳")]),
        ("局長黎若琳到場，大會感謝黎局長。", [("黎局長", "黎若琳")]),
        ("裁判官黎若琳到場，黎官認為不對。", [("黎官", "黎若琳")]),
    ],
)
def test_the_only_bearer_is_meant(text: str, expected: list[tuple[str, str]]) -> None:
    assert surnames(text, "黎若琳") == expected


@pytest.mark.parametrize(
    "text",
    [
        "黎表示，他滿意。黎若琳到場。",  # before the full name
        "黎若琳到場。青黎表示，他滿意。",  # no clause begins with it
        "黎若琳到場。黎明很好。",  # part of a word
        "黎若琳到場，大會感謝黎局長。",  # an office that she is not said to hold
        "黎若琳到場，黎官認為不對。",  # the same
    ],
)
def test_what_is_no_surname(text: str) -> None:
    assert surnames(text, "黎若琳") == []


def test_of_two_bearers_nobody_is_meant() -> None:
    text = "黎若琳、黎海到場。黎表示，他滿意。"
    assert surnames(text, "黎若琳", "黎海") == []


def test_a_whole_name_and_its_beginning_are_one_bearer() -> None:
    text = "歐陽若琳到場。歐陽若來，歐陽表示，他滿意。"
    assert surnames(text, "歐陽若琳", "歐陽若") == [("歐陽", "歐陽若琳")]


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["黎若琳", "黎亦"], ["黎若琳"]),
        (["黎若琳", "黎指"], ["黎若琳"]),
        (["黎若琳", "黎海"], ["黎若琳", "黎海"]),
        (["周若琳", "黎亦"], ["周若琳", "黎亦"]),
    ],
)
def test_an_adverb_is_no_given_name(names: list[str], left: list[str]) -> None:
    view = view_of("、".join(names) + "到場。")
    assert [m.surface for m in without_glued(view, people(view, *names))] == left
