"""What a reader calls an event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import events, in_both_scripts, read

from kg.event_labels import LONGEST, LONGEST_ENGLISH
from kg.script import simplify

Script = Callable[[str], str]


def labels(text: str, trigger: str) -> dict[str, str]:
    (event,) = [event for event in events(read(text)) if event.trigger == trigger]
    return dict(event.labels)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("晨星科技集團收購藍峰電子。", "收購", "晨星科技集團收購藍峰電子"),
        ("藍峰電子被晨星科技集團收購。", "收購", "晨星科技集團收購藍峰電子"),
        ("晨星科技集團與海岳大學合作。", "合作", "晨星科技集團與海岳大學合作"),
        # One to whom it is done comes first.
        ("林海生昨晚被捕。", "被捕", "林海生被捕（2021-06-14）"),
        ("藍峰電子昨日被罰款50萬元。", "被罰款", "藍峰電子被罰款50萬元"),
        ("林海生被扣留。", "扣留", "林海生被扣留"),
        # What the word is about, where nobody is named; after a word of saying, what is said.
        ("晨星科技集團暫停招聘新員工，很突然。", "暫停", "晨星科技集團暫停招聘新員工"),
        ("晨星科技集團宣布，將關閉工廠。", "宣布", "晨星科技集團宣布將關閉工廠"),
        ("晨星科技集團暫停與海岳大學的合作。", "暫停", "晨星科技集團暫停與海岳大學的合作"),
        ("晨星科技集團暫停收購藍峰電子。", "暫停", "晨星科技集團暫停收購藍峰電子"),
        ("林海生辭職後，股價上升。", "辭職", "林海生辭職"),
        ("林海生辭職。", "辭職", "林海生辭職"),
        # What is no fact is called so.
        ("晨星科技集團擬收購藍峰電子。", "收購", "晨星科技集團收購藍峰電子（計劃）"),
        ("晨星科技集團沒有收購藍峰電子。", "收購", "晨星科技集團收購藍峰電子（否認）"),
    ],
)
def test_a_label_says_who_did_what_to_whom(
    text: str, trigger: str, expected: str, script: Script
) -> None:
    found = labels(script(text), script(trigger))
    assert found["zh-Hans"] == simplify(expected)
    assert found.get("zh-Hant", expected) == expected


@in_both_scripts
def test_the_english_label_has_class_parties_and_time(script: Script) -> None:
    text = script("2019年3月，騰訊擬收購微軟。")
    assert (
        labels(text, script("收購"))["en"] == "acquisition: Tencent, Microsoft (planned) (2019-03)"
    )


@in_both_scripts
def test_labels_are_short(script: Script) -> None:
    text = "晨星科技集團宣布" + "關閉所有位於南方各省的工廠並且" * 3 + "停產。"
    for event in events(read(script(text))):
        assert all(len(event.labels[tag]) <= LONGEST for tag in event.labels if tag != "en")
        assert len(event.labels["en"]) <= LONGEST_ENGLISH


@in_both_scripts
def test_two_events_of_the_same_words_are_told_apart_by_their_dates(script: Script) -> None:
    graph = read(script("2019年晨星科技集團投資藍峰電子。2020年晨星科技集團投資藍峰電子。"))
    assert sorted(event.labels["zh-Hans"] for event in events(graph)) == [
        "晨星科技集团投资蓝峰电子（2019）",
        "晨星科技集团投资蓝峰电子（2020）",
    ]
