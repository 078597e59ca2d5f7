"""Who takes part in an event, and who holds it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, in_both_scripts, said

Script = Callable[[str], str]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("林海生應邀出席山海論壇。", "林海生 participatesIn 山海論壇"),
        ("周若琳在山海論壇上致辭。", "周若琳 participatesIn 山海論壇"),
        ("藍峰電子在山海論壇中奪得金獎。", "藍峰電子 participatesIn 山海論壇"),
        ("周若琳角逐山海論壇。", "周若琳 participatesIn 山海論壇"),
        ("周若琳在山海論壇上指出問題。", "周若琳 participatesIn 山海論壇"),
        ("周若琳出席山海論壇致辭。", "周若琳 participatesIn 山海論壇"),
        ("周若琳未有出席山海論壇。", "周若琳 participatesIn 山海論壇 denied"),
        ("周若琳將參加山海論壇。", "周若琳 participatesIn 山海論壇 planned"),
        ("海岳大學合辦山海論壇。", "海岳大學 organizes 山海論壇"),
    ],
)
def test_an_event_has_its_people(text: str, expected: str, script: Script) -> None:
    assert said(script(text)) == claims(expected)


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    ["周若琳談到山海論壇。", "周若琳致辭，山海論壇昨日結束。", "山海論壇昨日舉行。"],
)
def test_to_be_named_beside_an_event_is_not_to_take_part(text: str, script: Script) -> None:
    assert said(script(text)) == set()
