"""Who says what: a party's own word is as it says, anybody else's is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, in_both_scripts, label, only, read, said

from kg.extract.speakers import Saying, resumed_speaker, saying_after, speaker_of
from kg.model import Mention, Span
from kg.script import simplify

Script = Callable[[str], str]

ACQUIRES = "晨星科技集團 acquires 藍峰電子"


def speaker_named(text: str, relation: str) -> str | None:
    """The name of who is said to say the one claim of *relation*."""
    graph = read(text)
    speaker = only(graph, relation).speaker
    return label(graph, speaker) if speaker else None


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("碧波日報指出，晨星科技集團收購藍峰電子。", "碧波日報"),
        ("周若琳說，晨星科技集團收購藍峰電子。", "周若琳"),
        ("青禾銀行透露晨星科技集團收購藍峰電子。", "青禾銀行"),
        ("周若琳說：「天氣很好。晨星科技集團收購藍峰電子。」", "周若琳"),
    ],
)
def test_what_a_third_party_says_is_reported(text: str, speaker: str, script: Script) -> None:
    assert claims(f"{ACQUIRES} reported") <= said(script(text))
    assert speaker_named(script(text), "acquires") == simplify(speaker)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("晨星科技集團宣布，晨星科技集團收購藍峰電子。", "晨星科技集團"),
        ("晨星科技集團宣布收購藍峰電子。", "晨星科技集團"),
        ("藍峰電子表示，晨星科技集團收購藍峰電子。", "藍峰電子"),
    ],
)
def test_what_a_party_says_of_itself_is_actual(text: str, speaker: str, script: Script) -> None:
    assert claims(ACQUIRES) <= said(script(text))
    assert speaker_named(script(text), "acquires") == simplify(speaker)


@in_both_scripts
def test_what_an_officer_says_of_the_party_is_actual(script: Script) -> None:
    text = script("晨星科技集團首席執行官周若琳表示，晨星科技集團收購藍峰電子。")
    assert said(text) == claims(ACQUIRES, "周若琳 holdsRoleAt 晨星科技集團")
    assert speaker_named(text, "acquires") == "周若琳"


@in_both_scripts
def test_an_officer_of_another_party_only_reports(script: Script) -> None:
    text = script("青禾銀行首席執行官周若琳表示，晨星科技集團收購藍峰電子。")
    assert claims(f"{ACQUIRES} reported") <= said(text)


@in_both_scripts
def test_what_the_party_plans_stays_planned(script: Script) -> None:
    text = script("晨星科技集團宣布，晨星科技集團將收購藍峰電子。")
    assert claims(f"{ACQUIRES} planned") <= said(text)


@in_both_scripts
def test_a_denial_by_another_party_keeps_its_polarity(script: Script) -> None:
    text = script("碧波日報指出，晨星科技集團沒有收購藍峰電子。")
    assert claims(f"{ACQUIRES} denied reported") <= said(text)


@in_both_scripts
def test_a_saying_ends_with_its_sentence(script: Script) -> None:
    text = script("碧波日報指出天氣很好。晨星科技集團收購藍峰電子。")
    assert claims(ACQUIRES) <= said(text)
    assert speaker_named(text, "acquires") is None


def person(start: int) -> Mention:
    return Mention(f"{start}", Span(start, start + 2), "某人", "kg:Person", 0.9, "given")


def test_a_saying_reaches_to_the_end_of_a_quotation_that_begins_there() -> None:
    text = "某人說：「甲。乙。」丙。"
    saying = saying_after(text, person(0), 3, Span(0, 7))
    assert saying.span.of(text) == "：「甲。乙。」"
    assert saying_after("某人說甲。乙。", person(0), 3, Span(0, 5)).span == Span(3, 5)


def test_an_open_quotation_reaches_no_further_than_the_sentence() -> None:
    assert saying_after("某人說：「甲。乙。", person(0), 3, Span(0, 7)).span == Span(3, 7)


@pytest.mark.parametrize(("position", "found"), [(4, None), (5, 0), (9, 0), (10, 1), (20, None)])
def test_the_innermost_saying_gives_the_speaker(position: int, found: int | None) -> None:
    speakers = [person(0), person(3)]
    sayings = [Saying(speakers[0], Span(5, 20)), Saying(speakers[1], Span(10, 15))]
    expected = speakers[found] if found is not None else None
    assert speaker_of(sayings, position) == expected


@pytest.mark.parametrize(
    ("text", "resumes"),
    [
        ("甲說，天氣很好，又批評乙", True),
        ("甲說：「天氣很好」，又批評乙", True),
        ("甲說：「天氣很好，又批評乙", False),  # inside the quotation
    ],
)
def test_the_speaker_resumes_outside_a_quotation(text: str, resumes: bool) -> None:
    whole = Span(0, len(text))
    speaker = Mention("0-1", Span(0, 1), "甲", "kg:Person", 0.9, "given")
    found = resumed_speaker(text, [Saying(speaker, Span(2, len(text)))], whole, text.index("批評"))
    assert (found == speaker) is resumes
    assert resumed_speaker(text, [], whole, 3) is None
