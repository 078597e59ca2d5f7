"""What a reading's confidence is made of."""

from __future__ import annotations

from math import prod

import pytest
from reading import extraction, read

SENTENCES = [
    "晨星科技集團收購藍峰電子。",
    "晨星科技集團收購藍峰電子，投資青禾銀行。並推出NovaOS。",
    "晨星科技集團董事長林海生參加山海論壇。",
    "林海生是晨星科技集團的董事長。",
    "晨星科技集團使用藍峰電子的NovaOS。",
    "南洲國藍峰電子旗下的青禾銀行很大。該公司投資白露影業。",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_candidates_score_is_the_product_of_its_reasons(text: str) -> None:
    found = [c for c in extraction(text).candidates if c.reasons]
    assert found
    for candidate in found:
        assert all(0 < reason.factor <= 1 for reason in candidate.reasons)
        product = prod(reason.factor for reason in candidate.reasons)
        assert candidate.score == pytest.approx(product, abs=1e-4)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_claim_with_one_evidence_has_its_candidates_confidence(text: str) -> None:
    for claim in read(text).claims:
        assert len(claim.evidence) == 1
        assert claim.confidence == claim.evidence[0].score
        product = prod(reason.factor for reason in claim.reasons)
        assert claim.confidence == pytest.approx(product, abs=1e-4)


def test_a_possessor_is_trusted_less_than_a_subject() -> None:
    (subject,) = [c for c in extraction("晨星科技集團收購藍峰電子。").candidates if c.reasons]
    (possessor,) = [
        c for c in extraction("晨星科技集團的股東收購藍峰電子。").candidates if c.reasons
    ]
    assert possessor.score < subject.score


def test_the_first_reason_names_the_word_and_the_frame() -> None:
    (claim,) = read("藍峰電子被晨星科技集團收購。").claims
    assert claim.reasons[0].text.startswith("收购 in the frame B …")


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("林海生警告無效後青禾銀行離開。", True),
        ("林海生警告開業後的青禾銀行。", False),
        ("林海生警告青禾銀行。", False),
    ],
)
def test_what_a_clause_of_time_parts_from_the_word_is_hardly_its_object(
    text: str, doubted: bool
) -> None:
    found = [c for c in extraction(text).candidates if c.predicate == "kg:criticizes"]
    assert [any("time" in r.text for r in c.reasons) for c in found] == [doubted]


@pytest.mark.parametrize(
    ("text", "factor"),
    [("晨星科技集團支援南洲國國家博物館。", 0.25), ("晨星科技集團支援南洲國客戶。", 0.45)],
)
def test_a_place_that_begins_the_name_of_a_body_hardly_stands_for_itself(
    text: str, factor: float
) -> None:
    (found,) = [c for c in extraction(text).candidates if c.predicate == "kg:supports"]
    assert [r.factor for r in found.reasons if r.text.startswith("B stands before")] == [factor]


@pytest.mark.parametrize(
    ("text", "addressed"),
    [
        ("他在寫給青禾銀行及其總裁林海生的《漣漪白皮書》中指出問題。", True),
        ("林海生的《漣漪白皮書》指出問題。", False),
    ],
)
def test_whom_a_letter_is_for_has_hardly_written_it(text: str, addressed: bool) -> None:
    found = [c for c in extraction(text).candidates if c.predicate == "kg:creatorOf"]
    doubts = [r.text for c in found for r in c.reasons]
    assert bool(found)
    assert ("A is who it is for" in doubts) == addressed


@pytest.mark.parametrize(("verb", "invited"), [("邀請", True), ("安排", False)])
def test_those_who_are_invited_together_hardly_meet_each_other(verb: str, invited: bool) -> None:
    found = extraction(f"大會{verb}林海生、周若琳會面。").candidates
    doubts = [r.text for c in found if c.predicate == "kg:meets" for r in c.reasons]
    assert doubts
    assert ("another has invited them all" in doubts) == invited
