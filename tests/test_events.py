"""Events made of candidates: one for all places that tell it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import events, in_both_scripts, read

Script = Callable[[str], str]


def times(text: str) -> list[int]:
    """How often each event of *text* is told."""
    return sorted(len(event.mentions) for event in events(read(text)))


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A part of a day, of a year; nobody's date.
        ("2019年，林海生被捕。2019年3月5日，林海生被捕。", [2]),
        ("2019年，林海生被捕。2020年，林海生被捕。", [1, 1]),
        ("2019年3月，林海生被捕。林海生被捕。", [2]),
        # As a plan and as done, but not as denied.
        ("晨星科技集團擬收購藍峰電子。晨星科技集團收購藍峰電子。", [2]),
        ("晨星科技集團收購藍峰電子。晨星科技集團沒有收購藍峰電子。", [1, 1]),
        # In other words, with fewer parties.
        ("晨星科技集團收購藍峰電子。晨星科技集團購入資產。", [2]),
        ("晨星科技集團收購藍峰電子。青禾銀行購入資產。", [1, 1]),
    ],
)
def test_tellings_that_can_be_of_one_event_are_one_node(
    text: str, expected: list[int], script: Script
) -> None:
    assert times(script(text)) == expected


@in_both_scripts
def test_of_two_tellings_the_finer_time_and_the_surer_stance_count(script: Script) -> None:
    text = "2019年晨星科技集團擬收購藍峰電子。2019年3月晨星科技集團收購藍峰電子。"
    (event,) = events(read(script(text)))
    assert event.modality == "actual"
    assert event.time is not None
    assert event.time.start == "2019-03"


@in_both_scripts
def test_an_event_keeps_the_iri_of_its_first_telling(script: Script) -> None:
    text = script("晨星科技集團擬收購藍峰電子。晨星科技集團收購藍峰電子。")
    graph = read(text)
    (event,) = events(graph)
    assert {claim.event for claim in graph.claims} == {event.iri}
    assert [mention.span.start for mention in event.mentions] == [
        text.index(script("收購")), text.rindex(script("收購")),
    ]  # fmt: skip
