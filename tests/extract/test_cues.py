"""What is denied, planned, possible, only reported, or no claim at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import claims, events, in_both_scripts, read, reasons, said

Script = Callable[[str], str]

ACQUIRES = "晨星科技集團 acquires 藍峰電子"


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("晨星科技集團收購藍峰電子。", ""),
        ("晨星科技集團已收購了藍峰電子。", ""),
        ("晨星科技集團未收購藍峰電子。", "denied"),
        ("晨星科技集團沒有收購藍峰電子。", "denied"),
        ("晨星科技集團從未收購藍峰電子。", "denied"),
        ("晨星科技集團並非收購藍峰電子。", "denied"),
        ("晨星科技集團否認收購藍峰電子。", "denied"),
        ("晨星科技集團拒絕收購藍峰電子。", "denied"),
        ("晨星科技集團將收購藍峰電子。", "planned"),
        ("晨星科技集團計劃收購藍峰電子。", "planned"),
        ("晨星科技集團擬收購藍峰電子。", "planned"),
        ("晨星科技集團準備收購藍峰電子。", "planned"),
        ("晨星科技集團可能收購藍峰電子。", "possible"),
        ("晨星科技集團或收購藍峰電子。", "possible"),
        ("晨星科技集團也許收購藍峰電子。", "possible"),
        ("據報晨星科技集團收購藍峰電子。", "reported"),
        ("據悉，晨星科技集團收購藍峰電子。", "reported"),
        ("消息人士稱晨星科技集團收購藍峰電子。", "reported"),
        ("藍峰電子未被晨星科技集團收購。", "denied"),
        ("藍峰電子將被晨星科技集團收購。", "planned"),
    ],
)
def test_polarity_and_modality(text: str, stance: str, script: Script) -> None:
    assert said(script(text)) == claims(f"{ACQUIRES} {stance}")


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("晨星科技集團不再與藍峰電子合作。", "晨星科技集團 partnerOf 藍峰電子 denied"),
        ("晨星科技集團否認與藍峰電子合作。", "晨星科技集團 partnerOf 藍峰電子 denied"),
        ("晨星科技集團將與藍峰電子合作。", "晨星科技集團 partnerOf 藍峰電子 planned"),
        ("晨星科技集團並未使用NovaOS。", "晨星科技集團 uses NovaOS denied"),
        # The deed is supposed, the arrest for it is not.
        ("雲頂監管局以涉嫌盜竊拘捕林海生。", "雲頂監管局 sanctions 林海生"),
        # What is broken off, before the word and after it.
        ("晨星科技集團暫停與藍峰電子的合作。", "晨星科技集團 partnerOf 藍峰電子 denied"),
        ("晨星科技集團與藍峰電子的合作已終止。", "晨星科技集團 partnerOf 藍峰電子 denied"),
        ("晨星科技集團與藍峰電子的合作告吹了。", "晨星科技集團 partnerOf 藍峰電子 denied"),
        ("晨星科技集團從未起訴藍峰電子。", "晨星科技集團 sues 藍峰電子 denied"),
    ],
)
def test_a_cue_works_for_any_relation(text: str, line: str, script: Script) -> None:
    assert said(script(text)) == claims(line)


@in_both_scripts
def test_a_cue_holds_for_its_own_clause_only(script: Script) -> None:
    found = said(script("青禾銀行未投資藍峰電子，但投資白露影業。"))
    assert found == claims("青禾銀行 investsIn 藍峰電子 denied", "青禾銀行 investsIn 白露影業")


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("晨星科技集團將藍峰電子收購。", ACQUIRES),
        ("晨星科技集團將收購藍峰電子。", f"{ACQUIRES} planned"),
    ],
)
def test_jiang_before_a_name_is_no_future(text: str, line: str, script: Script) -> None:
    assert said(script(text)) == claims(line)


@in_both_scripts
def test_before_it_was_takes_for_granted_that_it_was(script: Script) -> None:
    found = said(script("藍峰電子未被晨星科技集團收購之前很小。"))
    assert found == claims(ACQUIRES)


@in_both_scripts
def test_a_cue_inside_a_name_is_none(script: Script) -> None:
    found = said(script("晨星科技集團將不會飛影業收購。"))
    assert found == claims("晨星科技集團 acquires 不會飛影業")


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "晨星科技集團收購藍峰電子？",
        "晨星科技集團收購藍峰電子嗎？",
        "晨星科技集團是否收購藍峰電子?",
        "「晨星科技集團收購藍峰電子？」",
    ],
)
def test_a_question_is_no_claim_and_is_counted(text: str, script: Script) -> None:
    graph = read(script(text))
    assert graph.claims == ()
    assert events(graph) == []
    assert reasons(graph) == {("acquires", "a question")}
    assert all(drop.quote in script(text) for drop in graph.drops)


@in_both_scripts
@pytest.mark.parametrize("word", ["為何", "為什麼", "如何", "怎麼"])
def test_a_question_for_the_reason_takes_its_matter_for_granted(word: str, script: Script) -> None:
    assert said(script(f"晨星科技集團{word}收購藍峰電子？")) == claims(ACQUIRES)


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "晨星科技集團如果收購藍峰電子，市場會震動。",
        "藍峰電子一旦被晨星科技集團收購，市場會震動。",
        "如果晨星科技集團收購藍峰電子，市場會震動。",
        "倘若藍峰電子被晨星科技集團收購，市場會震動。",
    ],
)
def test_a_condition_is_no_claim_and_is_counted(text: str, script: Script) -> None:
    graph = read(script(text))
    assert graph.claims == ()
    ((relation, reason),) = reasons(graph)
    assert relation == "acquires"
    assert reason.startswith("a condition")


@in_both_scripts
def test_what_follows_a_condition_is_only_possible(script: Script) -> None:
    found = said(script("如果天氣好，晨星科技集團收購藍峰電子。"))
    assert found == claims(f"{ACQUIRES} possible")


@in_both_scripts
@pytest.mark.parametrize("cue", ["未", "沒有", "將", "擬", "可能", "或"])
def test_what_did_not_happen_is_an_event_that_says_so(cue: str, script: Script) -> None:
    graph = read(script(f"晨星科技集團{cue}收購藍峰電子。"))
    (claim,), (event,) = graph.claims, events(graph)
    assert claim.event == event.iri
    assert (event.polarity, event.modality) == (claim.polarity, claim.modality)
    assert not event.is_fact


@in_both_scripts
@pytest.mark.parametrize("cue", ["未", "將", "可能"])
def test_only_what_is_asserted_and_actual_is_a_fact(cue: str, script: Script) -> None:
    (doubtful,) = read(script(f"晨星科技集團{cue}收購藍峰電子。")).claims
    (fact,) = read(script("晨星科技集團收購藍峰電子。")).claims
    assert (doubtful.is_fact, fact.is_fact) == (False, True)


MEETS, PARTNER = "林海生 meets 周若琳", "晨星科技集團 partnerOf 藍峰電子"


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "line"),
    [
        # A noun that has the act for its matter tells how far it has come.
        ("林海生與周若琳會面的可能增大。", f"{MEETS} possible"),
        ("林海生與周若琳會面的機會不大。", f"{MEETS} possible"),
        ("晨星科技集團公布收購藍峰電子的計劃。", f"{ACQUIRES} planned"),
        ("晨星科技集團收購藍峰電子的計劃獲股東通過。", f"{ACQUIRES} planned"),
        # Words of intent, and of what may be.
        ("林海生要求與周若琳會面。", f"{MEETS} planned"),
        ("林海生原定下周與周若琳會面。", f"{MEETS} planned"),
        ("晨星科技集團提議收購藍峰電子。", f"{ACQUIRES} planned"),
        ("晨星科技集團揚言收購藍峰電子。", f"{ACQUIRES} planned"),
        ("晨星科技集團被要求收購藍峰電子。", f"{ACQUIRES} planned"),
        ("晨星科技集團會否收購藍峰電子，仍是未知數。", f"{ACQUIRES} possible"),
        ("晨星科技集團可以收購藍峰電子。", f"{ACQUIRES} possible"),
        ("晨星科技集團須收購藍峰電子。", f"{ACQUIRES} possible"),
        # Who does it is only wished to, supposed to or accused.
        ("林海生反對晨星科技集團收購藍峰電子。", f"{ACQUIRES} planned"),
        ("林海生懷疑晨星科技集團收購藍峰電子。", f"{ACQUIRES} possible"),
        ("市場預期晨星科技集團收購藍峰電子。", f"{ACQUIRES} possible"),
        ("有人指控晨星科技集團收購藍峰電子。", f"{ACQUIRES} reported"),
        # Hearsay.
        ("市傳晨星科技集團收購藍峰電子。", f"{ACQUIRES} reported"),
        ("有指晨星科技集團收購藍峰電子。", f"{ACQUIRES} reported"),
        ("網民聲稱晨星科技集團收購藍峰電子。", f"{ACQUIRES} reported"),
        ("有分析指出，晨星科技集團收購藍峰電子。", f"{ACQUIRES} reported"),
        ("晨星科技集團收購藍峰電子的傳聞甚囂塵上。", f"{ACQUIRES} reported"),
        # Who plans to sell shares has them.
        ("晨星科技集團擬減持藍峰電子5%股份。", "晨星科技集團 investsIn 藍峰電子"),
        ("晨星科技集團擬增持藍峰電子5%股份。", "晨星科技集團 investsIn 藍峰電子 planned"),
        # Who leaves is a member no more.
        ("藍峰電子去年退出青禾基金會。", "藍峰電子 memberOf 青禾基金會 denied"),
        ("藍峰電子計劃退出青禾基金會。", "藍峰電子 memberOf 青禾基金會 denied planned"),
        ("藍峰電子拒絕退出青禾基金會。", "藍峰電子 memberOf 青禾基金會"),
        # Who bids for a firm would like to have it.
        ("晨星科技集團參與競購藍峰電子。", f"{ACQUIRES} planned"),
        # What is asked is asked of the whole clause.
        ("白露影業能否說服晨星科技集團收購藍峰電子，有待觀察。", f"{ACQUIRES} possible"),
        ("晨星科技集團是否會收購藍峰電子，有待觀察。", f"{ACQUIRES} possible"),
        # What is put off is not done yet.
        ("晨星科技集團推遲收購藍峰電子。", f"{ACQUIRES} planned"),
        ("晨星科技集團宣布延期收購藍峰電子。", f"{ACQUIRES} planned"),
        ("晨星科技集團押後收購藍峰電子。", f"{ACQUIRES} planned"),
        # An expert tells what he knows.
        ("有專家指出，晨星科技集團收購藍峰電子。", ACQUIRES),
        # 或 between verbs joins them.
        ("晨星科技集團今日投資或收購藍峰電子。", ACQUIRES),
        # 將 before a noun that something is done with.
        ("晨星科技集團將資產注入並收購藍峰電子。", ACQUIRES),
        # A plan that is only named.
        ("晨星科技集團撤回上市的申請並收購藍峰電子。", f"{ACQUIRES} denied"),
    ],
)
def test_how_far_it_has_come(text: str, line: str, script: Script) -> None:
    assert claims(line) <= said(script(text))


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("晨星科技集團退出與藍峰電子的合作。", f"{PARTNER} denied"),
        ("晨星科技集團與藍峰電子的合作於2019年3月終止。", f"{PARTNER} denied"),
        ("晨星科技集團收購藍峰電子失敗。", f"{ACQUIRES} denied"),
        ("晨星科技集團差點收購藍峰電子。", f"{ACQUIRES} denied"),
        ("晨星科技集團暫無計劃收購藍峰電子。", f"{ACQUIRES} denied planned"),
        ("晨星科技集團收購藍峰電子一事並不屬實。", f"{ACQUIRES} denied"),
        ("晨星科技集團拒絕投資或收購藍峰電子。", f"{ACQUIRES} denied"),
        # What is denied twice is not denied, or left open.
        ("晨星科技集團並非沒有收購藍峰電子。", ACQUIRES),
        ("晨星科技集團不得不收購藍峰電子。", ACQUIRES),
        ("晨星科技集團沒有否認收購藍峰電子。", f"{ACQUIRES} possible"),
        ("晨星科技集團不排除收購藍峰電子。", f"{ACQUIRES} possible"),
        # What only looks like a denial, or denies something else.
        ("晨星科技集團不只收購藍峰電子。", ACQUIRES),
        ("晨星科技集團沒有通知股東便收購藍峰電子。", ACQUIRES),
        ("晨星科技集團在沒有通知股東的情況下收購藍峰電子。", ACQUIRES),
        ("晨星科技集團無條件收購藍峰電子。", ACQUIRES),
    ],
)
def test_what_a_denial_reaches(text: str, line: str, script: Script) -> None:
    assert claims(line) <= said(script(text))


def test_a_partnership_ends_when_it_is_said_to() -> None:
    (claim,) = read("晨星科技集團與藍峰電子的合作於2019年3月終止。").claims
    assert claim.time is not None
    assert (claim.polarity, claim.time.start) == ("denied", "2019-03")


@in_both_scripts
@pytest.mark.parametrize(
    "text",
    [
        "萬一晨星科技集團收購藍峰電子，市場會震動。",
        "倘晨星科技集團收購藍峰電子，市場會震動。",
        "晨星科技集團收購藍峰電子的話，市場會震動。",
        "即使晨星科技集團收購藍峰電子，市場也不會震動。",
        "無論晨星科技集團是否收購藍峰電子，市場都不會震動。",
        "晨星科技集團為了收購藍峰電子，出售物業。",
        "晨星科技集團借款，以收購藍峰電子。",
        "晨星科技集團借款，用於收購藍峰電子。",
    ],
)
def test_conditions_concessions_and_purposes_are_no_claims(text: str, script: Script) -> None:
    graph = read(script(text))
    assert graph.claims == ()
    ((relation, reason),) = reasons(graph)
    assert relation == "acquires"
    assert reason.startswith(("a condition", "a concession", "a purpose"))


@in_both_scripts
def test_a_purpose_is_that_of_its_own_verb(script: Script) -> None:
    found = said(script("晨星科技集團為了擴張業務收購藍峰電子。"))
    assert found == claims(ACQUIRES)


@in_both_scripts
def test_a_condition_reaches_over_the_next_clause_only(script: Script) -> None:
    text = "林海生考慮到若遇上風浪須折返，而且天氣欠佳，晨星科技集團收購藍峰電子。"
    assert said(script(text)) == claims(ACQUIRES)
