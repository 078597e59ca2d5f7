"""The subject that a clause leaves out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, in_both_scripts, only, read, said

from kg.script import simplify

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


# --- Who is told what to do ----------------------------------------------------------------------


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "雲頂監管局要求藍峰電子停產，投資青禾銀行。",
            "藍峰電子 investsIn 青禾銀行 planned",
        ),
        (
            "雲頂監管局要求藍峰電子停產，並投資青禾銀行。",
            "雲頂監管局 investsIn 青禾銀行",
        ),
        (
            "雲頂監管局表示，禁止藍峰電子停產，投資青禾銀行。",
            "藍峰電子 investsIn 青禾銀行 denied reported",
        ),
    ],
)
def test_who_is_told_what_to_do_goes_on(text: str, expected: str, script: Script) -> None:
    found = {claim for claim in said(script(text)) if claim[1] == "investsIn"}
    assert found == claims(expected)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "critic"),
    [
        ("雲頂監管局要求藍峰電子停產，批評青禾銀行。", "雲頂監管局"),
        ("雲頂監管局要求藍峰電子停產，強烈批評青禾銀行。", "雲頂監管局"),
    ],
)
def test_who_tells_another_what_to_do_takes_the_stand(
    text: str, critic: str, script: Script
) -> None:
    found = {claim for claim in said(script(text)) if claim[2] == simplify("青禾銀行")}
    assert found == claims(f"{critic} criticizes 青禾銀行")


@in_both_scripts
def test_a_stand_to_be_given_up_is_of_the_one_who_is_told(script: Script) -> None:
    text = script("雲頂監管局敦促藍峰電子公開帳目，停止支持青禾銀行。")
    found = {claim for claim in said(text) if claim[1] == "supports"}
    assert {(claim[0], claim[3]) for claim in found} == {(simplify("藍峰電子"), "denied")}


@in_both_scripts
def test_what_somebody_does_again_and_again_is_not_what_the_teller_does(script: Script) -> None:
    text = script("林海生指，藍峰電子是老公司，一向敢於批評青禾銀行。")
    found = {claim for claim in said(text) if claim[1] == "criticizes"}
    assert found == claims("藍峰電子 criticizes 青禾銀行 reported")
    text = script("林海生指，藍峰電子是老公司，批評青禾銀行。")
    found = {claim for claim in said(text) if claim[1] == "criticizes"}
    assert found == claims("林海生 criticizes 青禾銀行")


@in_both_scripts
def test_a_party_before_the_name_of_its_member_is_no_subject(script: Script) -> None:
    text = script("民主黨林海生連任，擊敗周若琳。")
    found = {claim for claim in said(text) if claim[1] == "competesWith"}
    assert found == claims("林海生 competesWith 周若琳")


@in_both_scripts
def test_the_school_that_somebody_comes_from_joins_nothing(script: Script) -> None:
    text = script("林海生在海岳大學畢業後加入青禾銀行。")
    found = {claim for claim in said(text) if claim[1] == "memberOf"}
    assert found == claims("林海生 memberOf 青禾銀行")
    text = script("林海生海岳大學畢業後加入青禾銀行。")
    assert {claim for claim in said(text) if claim[1] == "memberOf"} == found
