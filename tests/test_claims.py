"""Candidates to claims: what is dropped and why, keys, pooling, events."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import events, extraction, only, read

from kg.claims import MAX_CONFIDENCE, MIN_CONFIDENCE, ClaimMaker, ClaimSet, keyed, pool
from kg.iri import entity_iri
from kg.model import (
    Candidate,
    Claim,
    Document,
    Entity,
    Evidence,
    Extraction,
    Measure,
    Quantity,
    Reason,
    Span,
    TimeSpan,
)
from kg.ontology import load_ontology

DOCUMENT = Document("https://example.org/doc/1", "甲公司收購乙公司。甲公司收購乙公司。")
CLASSES = {"甲": "kg:Company", "乙": "kg:Company", "丙": "kg:City", "丁": "kg:Person"}
ENTITIES = {
    entity_iri(name): Entity(entity_iri(name), cls, {"zh-Hant": name})
    for name, cls in CLASSES.items()
}
WHOLE = Span(0, 9)
MEASURE = Measure("員工", Quantity(300, None, "=", "人", "300人"))


def candidate(subject: str = "甲", end: str = "乙", **more: Any) -> Candidate:
    roles = (("subject", subject), ("object", end))
    values = {
        "predicate": "kg:acquires",
        "roles": roles,
        "cue": Span(3, 5),
        "evidence": WHOLE,
        "score": 0.8,
        "extractor": "test/1",
        "reasons": (Reason("so", 0.8),),
    }
    return Candidate(**(values | more))


def made(*candidates: Candidate, document: Document = DOCUMENT) -> ClaimSet:
    """What becomes of these candidates, whose mention ids are the names of the entities."""
    iri_of = {(document.iri, name): entity_iri(name) for name in CLASSES}
    maker = ClaimMaker(load_ontology(), ENTITIES, iri_of)
    return maker.make([Extraction(document, candidates=candidates)])


def test_a_candidate_becomes_a_claim_with_its_evidence() -> None:
    (claim,) = made(candidate()).claims
    assert (claim.subject, claim.object) == (entity_iri("甲"), entity_iri("乙"))
    assert claim.evidence == (Evidence(DOCUMENT.iri, WHOLE, "甲公司收購乙公司。", "test/1", 0.8),)
    assert (claim.confidence, claim.reasons) == (0.8, (Reason("so", 0.8),))


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (candidate(subject="誰"), "an end that could not be resolved"),
        (candidate(end="誰"), "an end that could not be resolved"),
        (candidate(end="甲"), "both ends are the same entity"),
        (candidate(end="丙"), "kg:Company → kg:City does not fit domain and range"),
        (candidate(subject="丙"), "kg:City → kg:Company does not fit domain and range"),
        (candidate(score=MIN_CONFIDENCE - 0.01), f"confidence below {MIN_CONFIDENCE}"),
        (
            candidate(predicate="kg:acquires", measure=MEASURE, roles=(("subject", "甲"),)),
            "kg:Company → quantity does not fit domain and range",
        ),
        (
            candidate(predicate="kg:Acquisition", roles=(("agent", "誰"),)),
            "no participant could be resolved",
        ),
    ],
)
def test_what_is_no_claim_is_a_drop_with_its_reason(one: Candidate, reason: str) -> None:
    found = made(one)
    assert (found.claims, found.events) == ((), ())
    (drop,) = found.drops
    assert (drop.stage, drop.predicate, drop.reason) == ("claims", one.predicate, reason)
    assert (drop.document, drop.quote) == (DOCUMENT.iri, "甲公司收購乙公司。")


def test_every_candidate_of_a_relation_is_a_claim_or_a_drop() -> None:
    candidates = [candidate(), candidate(end="丙"), candidate(end="丁"), candidate(subject="丁")]
    found = made(*candidates)
    assert (len(found.claims), len(found.drops)) == (2, 2)


def test_the_least_confidence_is_enough() -> None:
    assert len(made(candidate(score=MIN_CONFIDENCE)).claims) == 1


def test_nothing_is_certain() -> None:
    (claim,) = made(candidate(score=1.0)).claims
    assert claim.confidence == MAX_CONFIDENCE < 1


def test_a_measure_is_the_object() -> None:
    one = candidate(predicate="kg:hasMetric", measure=MEASURE, roles=(("subject", "甲"),))
    (claim,) = made(one).claims
    assert claim.object == MEASURE


YEAR = TimeSpan("2019", "2019", "year")
CHANGES: list[dict[str, Any]] = [
    {"subject": "x"},
    {"predicate": "kg:owns"},
    {"object": "x"},
    {"object": MEASURE},
    {"role": "董事長"},
    {"time": YEAR},
    {"polarity": "denied"},
    {"modality": "planned"},
    {"modality": "reported", "speaker": "x"},
]


def claim_of(**more: Any) -> Claim:
    evidence = (Evidence("d", Span(0, 1), "甲", "test/1", 0.8),)
    plain = Claim("", "甲", "kg:acquires", "乙", evidence, confidence=0.8)
    return keyed(replace(plain, **more))


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_said_how_when_and_by_whom_makes_the_key(change: dict[str, Any]) -> None:
    assert claim_of(**change).key != claim_of().key


def test_the_speaker_makes_the_key_of_what_is_reported_only() -> None:
    reported = [claim_of(modality="reported", speaker=who).key for who in ("x", "y")]
    assert reported[0] != reported[1]
    assert claim_of(speaker="x").key == claim_of().key


@pytest.mark.parametrize(
    "change",
    [
        {"confidence": 0.1},
        {"evidence": ()},
        {"event": "x"},
        {"extractor": "x"},
        {"reasons": (Reason("x", 0.5),)},
    ],
)
def test_how_it_was_found_does_not(change: dict[str, Any]) -> None:
    assert claim_of(**change).key == claim_of().key


def test_keys_are_different_for_different_changes() -> None:
    assert len({claim_of(**change).key for change in CHANGES}) == len(CHANGES)


def test_a_key_is_the_same_in_every_version() -> None:
    """Saved graphs refer to claims by their keys: to change these breaks them."""
    assert claim_of().key == "ca626a7d7d68d316"
    assert claim_of(object=MEASURE, time=YEAR, role="董事長").key == "eb063cae7cd6c74d"


@pytest.mark.parametrize("field", ["value", "max", "comparator", "unit"])
def test_a_quantity_is_in_the_key_but_its_raw_text_is_not(field: str) -> None:
    changed = {"value": 301.0, "max": 400.0, "comparator": ">", "unit": "家"}[field]
    other = replace(MEASURE.quantity, **{field: changed})
    same = replace(MEASURE.quantity, raw="三百人")
    assert claim_of(object=Measure("員工", other)).key != claim_of(object=MEASURE).key
    assert claim_of(object=Measure("員工", same)).key == claim_of(object=MEASURE).key


def evidenced(start: int, score: float, document: str = "d") -> Claim:
    evidence = Evidence(document, Span(start, start + 1), "甲", "test/1", score)
    return claim_of(evidence=(evidence,), confidence=score)


def test_pooling_unites_the_evidence_of_one_key_in_order() -> None:
    claims = [evidenced(9, 0.5), evidenced(3, 0.6), evidenced(5, 0.5, "c")]
    (pooled,) = pool([*claims, claim_of(object="x")])[:1]
    assert [(e.document, e.span.start) for e in pooled.evidence] == [("c", 5), ("d", 3), ("d", 9)]
    assert pooled.confidence == pytest.approx(1 - 0.5 * 0.4 * 0.5)


def test_the_same_sentence_is_one_evidence() -> None:
    (pooled,) = pool([evidenced(3, 0.6), evidenced(3, 0.6)])
    assert len(pooled.evidence) == 1
    assert pooled.confidence == 0.6


scores = st.floats(MIN_CONFIDENCE, 1.0)
evidenced_claims = st.lists(
    st.builds(evidenced, st.integers(0, 30), scores, st.sampled_from("cd")),
    min_size=1,
    max_size=6,
    unique_by=lambda c: (c.evidence[0].document, c.evidence[0].span),
)


@given(evidenced_claims)
def test_more_evidence_never_makes_a_claim_less_sure(claims: list[Claim]) -> None:
    (pooled,) = pool(claims)
    best = max(min(MAX_CONFIDENCE, claim.confidence) for claim in claims)
    assert best - 1e-4 <= pooled.confidence <= MAX_CONFIDENCE
    assert len(pooled.evidence) == len(claims)


def test_a_worse_reading_of_the_same_sentence_does_not_lower_the_confidence() -> None:
    (pooled,) = pool([evidenced(3, 0.9), evidenced(3, 0.5)])
    assert pooled.confidence == 0.9


@given(evidenced_claims)
def test_pooling_what_is_pooled_changes_nothing(claims: list[Claim]) -> None:
    once = pool(claims)
    assert pool(once) == once


def test_pooling_keeps_an_event_of_either() -> None:
    with_event = replace(evidenced(9, 0.5), event="e")
    (pooled,) = pool([evidenced(3, 0.6), with_event])
    assert pooled.event == "e"


def test_claims_are_sorted_and_events_tied_by_the_place_of_their_word() -> None:
    event = candidate(
        predicate="kg:Acquisition", roles=(("agent", "甲"), ("patient", "乙")), time=YEAR
    )
    elsewhere = candidate(end="丁", subject="甲", predicate="kg:supports", cue=Span(12, 14))
    found = made(candidate(), event, elsewhere)
    assert [c.key for c in found.claims] == sorted(c.key for c in found.claims)
    assert [c.event for c in found.claims if c.predicate == "kg:acquires"] == [found.events[0].iri]
    assert [c.event for c in found.claims if c.predicate == "kg:supports"] == [None]


def test_an_event_told_twice_is_one_node_with_both_places_and_the_time_of_either() -> None:
    roles = (("agent", "甲"), ("patient", "乙"))
    first = candidate(predicate="kg:Acquisition", roles=roles)
    second = candidate(predicate="kg:Acquisition", roles=roles, cue=Span(12, 14), time=YEAR)
    found = made(first, second, candidate(), candidate(cue=Span(12, 14), evidence=Span(9, 18)))
    (event,) = found.events
    assert [m.span for m in event.mentions] == [Span(3, 5), Span(12, 14)]
    assert event.time == YEAR
    (claim,) = found.claims
    assert claim.event == event.iri
    assert len(claim.evidence) == 2


def test_an_insiders_word_is_the_partys_own_and_keeps_its_speaker() -> None:
    office = candidate("丁", "甲", predicate="kg:holdsRoleAt", office="董事長")
    spoken = candidate(modality="reported", speaker="丁", evidence=Span(9, 18))
    by_officer = only_one(made(office, spoken), "kg:acquires")
    by_stranger = only_one(made(spoken), "kg:acquires")
    assert (by_officer.modality, by_stranger.modality) == ("actual", "reported")
    assert by_officer.speaker == by_stranger.speaker == entity_iri("丁")


def only_one(found: ClaimSet, predicate: str) -> Claim:
    (claim,) = [c for c in found.claims if c.predicate == predicate]
    return claim


def test_hearsay_without_a_speaker_stays_reported() -> None:
    (claim,) = made(candidate(modality="reported")).claims
    assert (claim.modality, claim.speaker) == ("reported", None)


def test_evidence_of_two_documents_is_pooled() -> None:
    texts = "晨星科技集團收購藍峰電子。", "消息震動市場：藍峰電子被晨星科技集團收購，很好。"
    (claim,) = read(*texts).claims
    assert {(e.quote) for e in claim.evidence} == {
        "晨星科技集團收購藍峰電子",
        "藍峰電子被晨星科技集團收購",
    }
    assert len({e.document for e in claim.evidence}) == 2
    assert claim.confidence > max(e.score for e in claim.evidence)


def test_the_same_act_in_two_documents_is_two_events_of_one_claim() -> None:
    graph = read("晨星科技集團收購藍峰電子。", "藍峰電子被晨星科技集團收購了。")
    assert len(graph.claims) == 1
    assert only(graph, "acquires").event in {event.iri for event in events(graph)}


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(shuffle: random.Random) -> None:
    documents = [replace(DOCUMENT, iri=f"https://example.org/doc/{n}") for n in range(4)]
    iri_of = {(d.iri, name): entity_iri(name) for d in documents for name in CLASSES}
    extractions = [
        Extraction(d, candidates=(candidate(score=0.5 + n / 10), candidate(end="丙")))
        for n, d in enumerate(documents)
    ]
    expected = ClaimMaker(load_ontology(), ENTITIES, iri_of).make(extractions)
    shuffle.shuffle(extractions)
    assert ClaimMaker(load_ontology(), ENTITIES, iri_of).make(extractions) == expected
    assert len(expected.drops) == 4


def test_a_statement_repeated_in_a_text_has_both_its_places() -> None:
    text = "晨星科技集團收購藍峰電子。晨星科技集團收購藍峰電子。"
    (claim,) = read(text).claims
    assert [e.span.start for e in claim.evidence] == [0, 13]
    assert extraction(text).document.text[13:25] == claim.evidence[1].quote
