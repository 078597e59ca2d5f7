"""The subject that a clause leaves out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, in_both_scripts, only, read, said

Script = Callable[[str], str]

ACQUIRES = "晨星科技集團 acquires 藍峰電子"
INVESTS = "晨星科技集團 investsIn 青禾銀行"


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "晨星科技集團收購藍峰電子，投資青禾銀行。",
        "晨星科技集團收購藍峰電子，並投資青禾銀行。",
        "晨星科技集團收購藍峰電子；又投資青禾銀行。",
        "晨星科技集團收購藍峰電子。並投資青禾銀行。",
    ],
)
def test_a_subject_is_carried_on(text: str, script: Script) -> None:
    assert said(script(text)) == claims(ACQUIRES, INVESTS)


@in_both_scripts
def test_a_carried_subject_is_trusted_less_the_further_it_comes(script: Script) -> None:
    texts = [
        "晨星科技集團投資青禾銀行。",
        "晨星科技集團收購藍峰電子，投資青禾銀行。",
        "晨星科技集團收購藍峰電子。並投資青禾銀行。",
    ]
    found = [only(read(script(text)), "investsIn") for text in texts]
    assert found[0].confidence > found[1].confidence > found[2].confidence
    assert ["subject taken from" in str(claim.reasons) for claim in found] == [False, True, True]


@in_both_scripts
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n　　"])
def test_a_subject_is_not_carried_over_a_paragraph(gap: str, script: Script) -> None:
    text = script(f"晨星科技集團收購藍峰電子。{gap}並投資青禾銀行。")
    assert said(text) == claims(ACQUIRES)


@in_both_scripts
def test_a_subject_is_not_carried_over_two_sentences(script: Script) -> None:
    text = script("晨星科技集團收購藍峰電子。天氣很好。並投資青禾銀行。")
    assert said(text) == claims(ACQUIRES)


@in_both_scripts
@pytest.mark.parametrize("own", ["股東", "消費者", "很多客戶"])
def test_a_clause_with_a_subject_of_its_own_takes_none(own: str, script: Script) -> None:
    text = script(f"晨星科技集團收購藍峰電子，{own}投資青禾銀行。")
    assert said(text) == claims(ACQUIRES)


@in_both_scripts
def test_a_name_after_a_preposition_does_not_become_the_subject(script: Script) -> None:
    text = script("晨星科技集團對藍峰電子很滿意，並投資青禾銀行。")
    assert said(text) == claims(INVESTS)


@in_both_scripts
def test_a_possessor_does_not_become_the_subject(script: Script) -> None:
    text = script("藍峰電子的股東很滿意，並投資青禾銀行。")
    assert said(text) == set()


@in_both_scripts
def test_a_list_is_carried_whole(script: Script) -> None:
    text = script("晨星科技集團和藍峰電子很滿意，並投資青禾銀行。")
    assert said(text) == claims(INVESTS, "藍峰電子 investsIn 青禾銀行")


@in_both_scripts
def test_the_evidence_of_a_carried_subject_begins_with_its_name(script: Script) -> None:
    text = script("天氣很好，晨星科技集團收購藍峰電子，投資青禾銀行。")
    (evidence,) = only(read(text), "investsIn").evidence
    assert evidence.quote == script("晨星科技集團收購藍峰電子，投資青禾銀行")


@in_both_scripts
def test_a_clause_that_goes_on_keeps_the_subject_for_the_next(script: Script) -> None:
    text = script("晨星科技集團收購藍峰電子。隨後停止營業。並投資青禾銀行。")
    assert said(text) == claims(ACQUIRES, INVESTS)


@in_both_scripts
def test_a_name_after_the_first_verb_is_no_subject(script: Script) -> None:
    text = script("晨星科技集團收購藍峰電子，又安慰林海生，並投資青禾銀行。")
    assert said(text) == claims(ACQUIRES, INVESTS)


@in_both_scripts
def test_after_a_verb_of_being_the_subject_comes(script: Script) -> None:
    text = script("林海生到場，是晨星科技集團收購藍峰電子，並投資青禾銀行。")
    assert said(text) == claims(ACQUIRES, INVESTS)


@in_both_scripts
def test_a_relative_of_somebody_is_somebody_else(script: Script) -> None:
    text = script("丁文山收購藍峰電子。丁文山母親很滿意，並投資青禾銀行。")
    assert "丁文山 investsIn 青禾銀行" not in {" ".join(claim) for claim in said(text)}
