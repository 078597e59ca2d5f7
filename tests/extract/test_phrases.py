"""Persons with their titles, alone and in rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, in_both_scripts, said

Script = Callable[[str], str]


def stances(text: str) -> set[tuple[str, str, str, str, str]]:
    """The claims of *text* that are of no office."""
    kept = ("criticizes", "sanctions", "meets")
    return {claim for claim in said(text) if claim[1] in kept}


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "南洲國批評青禾銀行董事長林海生。",
        "南洲國批評青禾銀行林海生。",
        "南洲國批評青禾基金會顧問、青禾銀行董事長林海生。",
    ],
)
def test_the_person_is_the_object_not_his_firm(text: str, script: Script) -> None:
    assert stances(script(text)) == claims("南洲國 criticizes 林海生")


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "青禾銀行董事長林海生、藍峰電子總裁周若琳批評南洲國。",
        "青禾銀行林海生、藍峰電子周若琳批評南洲國。",
        "董事長林海生及總裁周若琳批評南洲國。",
        "南洲國被青禾銀行董事長林海生、藍峰電子總裁周若琳批評。",
    ],
)
def test_a_row_of_persons_with_titles_is_a_list(text: str, script: Script) -> None:
    assert stances(script(text)) == claims("林海生 criticizes 南洲國", "周若琳 criticizes 南洲國")


@in_both_scripts
def test_a_row_may_be_the_object(script: Script) -> None:
    text = script("雲頂監管局拘捕青禾銀行董事長林海生及藍峰電子總裁周若琳。")
    expected = claims("雲頂監管局 sanctions 林海生", "雲頂監管局 sanctions 周若琳")
    assert stances(text) == expected


@in_both_scripts
def test_with_parts_the_sides_of_a_meeting(script: Script) -> None:
    text = script("青禾銀行董事長林海生與藍峰電子總裁周若琳會面。")
    assert stances(text) == claims("林海生 meets 周若琳")


@in_both_scripts
def test_a_person_after_a_title_is_governed_by_the_preposition(script: Script) -> None:
    text = script("周若琳向時任董事長林海生示威，批評南洲國。")
    assert stances(text) == claims("周若琳 criticizes 南洲國")


@in_both_scripts
def test_no_person_describes_another(script: Script) -> None:
    text = script("海岳大學校長林海生、副校長周若琳批評南洲國。")
    expected = claims("林海生 criticizes 南洲國", "周若琳 criticizes 南洲國")
    assert stances(text) == expected
    assert ("林海生", "holdsRoleAt") in {claim[:2] for claim in said(text)}
