"""Figures worked out by hand on a small invented article."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import (
    Gold,
    Measures,
    Report,
    Score,
    Share,
    document_graph,
    evaluate,
    evaluate_folder,
    load_gold,
)
from kg.evaluate.match import same_measure
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Measure,
    Participant,
    Quantity,
    Span,
    TimeSpan,
)

TEXT = (
    "青禾科技與白鷺銀行簽署合作協議。青禾科技旗下的雲帆用戶超過800萬。\n"
    "青禾科技計劃收購松濤遊戲，但否認投資石橋汽車。行長林海受訪。\n"
)
DOC = "https://example.org/doc"

GOLD: dict[str, Any] = {
    "document": "article.txt",
    "title": "青禾科技的一天",
    "published": "2024-05-02",
    "entities": [
        {"id": "qinghe", "type": "Company", "names": ["青禾科技", "青禾"]},
        {"id": "bank", "type": "Company", "names": ["白鷺銀行"]},
        {"id": "yunfan", "type": "Software", "names": ["雲帆"]},
        {"id": "games", "type": "Company", "names": ["松濤遊戲"]},
        {"id": "cars", "type": "Company", "names": ["石橋汽車"]},
        {"id": "linhai", "type": "Person", "names": ["林海"]},
    ],
    "claims": [
        {"s": "qinghe", "p": "partnerOf", "o": "bank", "core": True, "time": "2024-05-01",
         "quote": "青禾科技與白鷺銀行簽署合作協議"},
        {"s": "qinghe", "p": "owns", "o": "yunfan", "core": True, "quote": "青禾科技旗下的雲帆"},
        {"s": "yunfan", "p": "hasMetric", "o": "用戶=超過800萬", "literal": True, "core": False,
         "quote": "用戶超過800萬"},
        {"s": "qinghe", "p": "acquires", "o": "games", "core": True, "planned": True,
         "quote": "青禾科技計劃收購松濤遊戲"},
        {"s": "qinghe", "p": "investsIn", "o": "cars", "core": False, "negated": True,
         "quote": "否認投資石橋汽車"},
    ],
    "events": [
        {"type": "Agreement", "trigger": "簽署", "time": "2024-05-01",
         "participants": ["qinghe", "bank"], "quote": "青禾科技與白鷺銀行簽署合作協議"},
        {"type": "Acquisition", "trigger": "收購", "participants": ["qinghe", "games"],
         "quote": "計劃收購松濤遊戲"},
        {"type": "Other", "trigger": "受訪", "participants": ["linhai"], "quote": "林海受訪"},
    ],
}  # fmt: skip


def write_gold(folder: Path, data: dict[str, Any] = GOLD, text: str | None = TEXT) -> Path:
    path = folder / "article.json"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    if text is not None:
        (folder / "article.txt").write_bytes(text.encode())
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    return load_gold(write_gold(tmp_path))


def entity(name: str, cls: str, **more: Any) -> Entity:
    return Entity(iri=f"urn:{name}", cls=f"kg:{cls}", labels={"zh-Hant": name}, **more)


def claim(subject: str, predicate: str, obj: str | Measure, quote: str, **more: Any) -> Claim:
    start = TEXT.index(quote)
    evidence = Evidence(DOC, Span(start, start + len(quote)), quote, "test", 1.0)
    target = f"urn:{obj}" if isinstance(obj, str) else obj
    return Claim(
        key=f"{subject}{predicate}{obj}", subject=f"urn:{subject}", predicate=f"kg:{predicate}",
        object=target, evidence=(evidence,), **more,
    )  # fmt: skip


def users(value: float, unit: str = "", raw: str = "") -> Measure:
    return Measure("客戶", Quantity(value, None, "=", unit, raw))


DAY = TimeSpan("2024-05-01", "2024-05-01", "day")
COMPANIES = tuple(entity(n, "Company") for n in ("青禾科技", "白鷺銀行", "松濤遊戲", "石橋汽車"))
THINGS = (*COMPANIES, entity("雲帆", "Software"), entity("林海", "Person"))
PARTNER = claim("青禾科技", "partnerOf", "白鷺銀行", "青禾科技與白鷺銀行", time=DAY)
OWNS = claim("青禾科技", "owns", "雲帆", "青禾科技旗下的雲帆")
METRIC = claim("雲帆", "hasMetric", users(8_050_000), "用戶超過800萬")
ACQUIRES = claim("青禾科技", "acquires", "松濤遊戲", "收購松濤遊戲", modality="planned")
INVESTS = claim("青禾科技", "investsIn", "石橋汽車", "投資石橋汽車", polarity="denied")
SIGNING = entity(
    "簽署合作", "Agreement", trigger="簽署合作", time=DAY,
    participants=(Participant("agent", "urn:青禾科技"), Participant("patient", "urn:白鷺銀行")),
)  # fmt: skip
BUYING = entity(
    "收購", "Acquisition", trigger="收購", participants=(Participant("agent", "urn:青禾科技"),)
)
ALL_CLAIMS = (PARTNER, OWNS, METRIC, ACQUIRES, INVESTS)


def graph(
    entities: tuple[Entity, ...] = (*THINGS, SIGNING, BUYING),
    claims: tuple[Claim, ...] = ALL_CLAIMS,
) -> ClaimGraph:
    document = Document(DOC, TEXT, digest=hashlib.sha256(TEXT.encode()).hexdigest())
    return ClaimGraph((document,), entities, claims)


def measures(predicted: ClaimGraph, gold: Gold) -> Measures:
    return evaluate([(predicted, gold)]).pooled


def findings(predicted: ClaimGraph, gold: Gold, kind: str) -> list[str]:
    (report,) = evaluate([(predicted, gold)]).documents
    return [finding.text for finding in report.findings if finding.kind == kind]


def test_a_perfect_reading(gold: Gold) -> None:
    assert measures(graph(), gold) == Measures(
        entities=Score(6, 6, 6),
        classes=Share(6, 6),
        unsplit=Share(6, 6),
        unmerged=Share(6, 6),
        claims=Score(5, 5, 5),
        core=Share(3, 3),
        polarity=Share(5, 5),
        times=Share(1, 1),
        pairs=Score(4, 4, 4),
        relation=Share(4, 4),
        events=Score(2, 2, 2),
        participants=Score(3, 3, 4),
        event_times=Share(1, 1),
        grounding=Share(5, 5),
        other_events=1,
    )


def test_nothing_predicted(gold: Gold) -> None:
    found = measures(ClaimGraph(), gold)
    assert (found.entities, found.claims) == (Score(0, 0, 6), Score(0, 0, 5))
    assert (found.core, found.events) == (Share(0, 3), Score(0, 0, 2))
    assert (found.entities.precision, found.entities.recall, found.entities.f1) == (None, 0, 0)
    assert found.grounding.value is None


def test_scores_are_ratios_of_their_counts() -> None:
    score = Score(right=3, predicted=4, gold=12)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.25, 0.375)
    assert Score(1, 2, 3) + Score(10, 20, 30) == Score(11, 22, 33)


# --- Entities ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "found",
    [
        entity("青禾科技", "Company"),
        entity("青禾 科技", "Company"),
        entity("Qinghe", "Company", aliases=("青禾",)),
        entity("Qinghe", "Company", mentions=(EntityMention(DOC, Span(0, 4), "青禾科技"),)),
    ],
)
def test_one_shared_name_is_enough(found: Entity, gold: Gold) -> None:
    assert measures(graph((found,), ()), gold).entities == Score(1, 1, 6)


def test_the_other_script_is_the_same_name(gold: Gold) -> None:
    found = (entity("白鹭银行", "Company"), entity("松涛游戏", "Company"))
    assert measures(graph(found, ()), gold).entities == Score(2, 2, 6)


def test_matching_is_one_to_one_and_most_names_win(gold: Gold) -> None:
    short = entity("青禾", "Company")
    full = entity("青禾科技", "Company", aliases=("青禾",))
    assert measures(graph((short, full), ()), gold).entities == Score(1, 2, 6)
    assert findings(graph((short, full), ()), gold, "wrong entity") == ["青禾 (kg:Company)"]


def test_a_gold_entity_in_two_of_ours_is_split(gold: Gold) -> None:
    short = replace(entity("青禾", "Company"), iri="urn:short")
    predicted = graph((short, *THINGS), ())
    assert measures(predicted, gold).unsplit == Share(5, 6)
    assert measures(predicted, gold).unmerged == Share(7, 7)
    assert findings(predicted, gold, "split entity") == ["青禾科技 is 青禾 and 青禾科技"]


def test_one_of_ours_with_the_names_of_two_gold_entities_is_merged(gold: Gold) -> None:
    both = entity("青禾科技", "Company", aliases=("青禾", "白鷺銀行"))
    predicted = graph((both, *THINGS[2:]), ())
    assert measures(predicted, gold).unsplit == Share(6, 6)
    assert measures(predicted, gold).unmerged == Share(4, 5)
    assert findings(predicted, gold, "merged entities") == ["青禾科技 is 青禾科技 and 白鷺銀行"]


@pytest.mark.parametrize(
    ("cls", "score"), [("Company", 1), ("Organization", 0.5), ("Entity", 0.5), ("Person", 0)]
)
def test_a_class_above_the_right_one_is_half_right(cls: str, score: float, gold: Gold) -> None:
    assert measures(graph((entity("青禾", cls),), ()), gold).classes == Share(score, 1)


def test_a_class_below_the_gold_class_is_right(tmp_path: Path) -> None:
    data = {**GOLD, "entities": [{"id": "a", "type": "Organization", "names": ["青禾"]}]}
    gold = load_gold(write_gold(tmp_path, {**data, "claims": [], "events": []}))
    assert measures(graph((entity("青禾", "Company"),), ()), gold).classes == Share(1, 1)


# --- Claims ------------------------------------------------------------------------------------


def test_symmetric_relations_match_in_either_direction(gold: Gold) -> None:
    turned = replace(PARTNER, subject=PARTNER.object, object=PARTNER.subject)
    assert measures(graph(claims=(turned,)), gold).claims == Score(1, 1, 5)


def test_other_relations_match_in_their_direction_only(gold: Gold) -> None:
    turned = replace(ACQUIRES, subject=ACQUIRES.object, object=ACQUIRES.subject)
    found = measures(graph(claims=(turned,)), gold)
    assert found.claims == Score(0, 1, 5)
    assert (found.pairs, found.relation) == (Score(1, 1, 4), Share(0, 1))


def test_a_wrong_relation_on_a_right_pair_is_a_pair_only(gold: Gold) -> None:
    found = measures(graph(claims=(replace(OWNS, predicate="kg:uses"),)), gold)
    assert (found.claims, found.pairs) == (Score(0, 1, 5), Score(1, 1, 4))


def test_a_pair_needs_no_known_relation(gold: Gold) -> None:
    near = replace(OWNS, predicate="kg:cooccursWith", subject=OWNS.object, object=OWNS.subject)
    found = measures(graph(claims=(near, METRIC)), gold)
    assert (found.claims, found.pairs) == (Score(1, 2, 5), Score(1, 1, 4))
    assert found.relation == Share(0, 1)


def test_a_triple_counts_once_however_often_it_is_said(gold: Gold) -> None:
    again = (replace(OWNS, key="2"), replace(OWNS, key="3", role="x"), replace(OWNS, key="4"))
    assert measures(graph(claims=(OWNS, *again)), gold).claims == Score(1, 1, 5)


def test_an_end_that_is_not_in_the_gold_makes_the_claim_wrong(gold: Gold) -> None:
    stranger = entity("路人公司", "Company")
    wrong = replace(OWNS, object=stranger.iri)
    predicted = graph((*THINGS, stranger), (wrong,))
    assert measures(predicted, gold).claims == Score(0, 1, 5)
    assert findings(predicted, gold, "wrong claim") == [
        "青禾科技 kg:owns 路人公司 「青禾科技旗下的雲帆」"
    ]


@pytest.mark.parametrize(
    ("claim", "polarity", "modality", "right", "agrees"),
    [
        (OWNS, "asserted", "actual", 1, 1),
        (OWNS, "asserted", "reported", 1, 0),
        (OWNS, "asserted", "planned", 1, 0),
        (OWNS, "denied", "actual", 0, 0),
        (ACQUIRES, "asserted", "planned", 1, 1),
        (ACQUIRES, "asserted", "possible", 1, 1),
        (ACQUIRES, "asserted", "reported", 1, 1),
        (ACQUIRES, "asserted", "actual", 0, 0),
        (ACQUIRES, "denied", "planned", 0, 0),
        (INVESTS, "denied", "actual", 1, 1),
        (INVESTS, "denied", "reported", 1, 0),
        (INVESTS, "asserted", "actual", 0, 0),
    ],
)
def test_polarity_and_modality(
    claim: Claim, polarity: Any, modality: Any, right: int, agrees: int, gold: Gold
) -> None:
    said = replace(claim, polarity=polarity, modality=modality)
    found = measures(graph(claims=(said,)), gold)
    assert (found.claims, found.polarity) == (Score(right, 1, 5), Share(agrees, 1))
    assert found.relation == Share(1, 1)


def test_a_claim_missed_by_its_polarity_says_how_it_was_found(gold: Gold) -> None:
    (missed,) = (
        line
        for line in findings(
            graph(claims=(replace(INVESTS, polarity="asserted"),)), gold, "missed claim"
        )
        if "investsIn" in line
    )
    assert missed.endswith("[negated] 「否認投資石橋汽車」 — found as asserted, actual")


@pytest.mark.parametrize(
    ("time", "right"),
    [
        (DAY, 1),
        (TimeSpan("2024-05-01T09:30", "2024-05-01T09:30", "minute"), 1),
        (TimeSpan(None, "2024-05-01", "day"), 1),
        (TimeSpan("2024-05", "2024-05", "month"), 0),
        (TimeSpan("2024-05-02", "2024-05-02", "day"), 0),
        (None, 0),
    ],
)
def test_times_of_matched_claims(time: TimeSpan | None, right: int, gold: Gold) -> None:
    found = measures(graph(claims=(replace(PARTNER, time=time), OWNS)), gold)
    assert found.times == Share(right, 1)


def test_a_wrong_number_is_a_wrong_claim(gold: Gold) -> None:
    wrong = replace(METRIC, object=users(9_000_000, "人"))
    predicted = graph(claims=(wrong,))
    assert measures(predicted, gold).claims == Score(0, 1, 5)
    assert "雲帆 kg:hasMetric 9e+06 人" in findings(predicted, gold, "wrong claim")[0]


@pytest.mark.parametrize(
    ("literal", "value", "unit", "same"),
    [
        ("次數>=70 次", 70, "次", True),
        ("款式≈100 款", 100, "", True),
        ("用戶=超過800萬", 8_000_000, "人", True),
        ("用戶=超過800萬", 8_000_000, "", True),
        ("總額=逾16億 美元", 1_600_000_000, "美元", True),
        ("总额=逾16亿 美元", 16, "億美元", True),
        ("總額=逾16億 美元", 1_600_000_000, "港元", False),
        ("總額=逾16億 美元", 16, "美元", False),
        ("規模=8位數 美元", 8, "位數", True),
        ("比例=17.5 %", 17.5, "%", True),
        ("比例=17.5 %", 17.4, "%", True),
        ("比例=17.5 %", 17.2, "%", False),
        ("銷量=3,000,000 個", 3_000_000, "個", True),
        ("銷量=1.2千萬 個", 12_000_000, "個", True),
        ("路程=5 千米", 5, "千米", True),
        ("份額=三分之一", 0.33, "", False),
    ],
)
def test_quantities_agree_loosely(literal: str, value: float, unit: str, same: bool) -> None:
    assert same_measure(literal, users(value, unit)) is same


def test_the_same_wording_is_the_same_quantity() -> None:
    assert same_measure("份額=三分之一", users(0.33, raw="三分之一"))


# --- Events ------------------------------------------------------------------------------------


def test_events_are_no_entities(gold: Gold) -> None:
    found = measures(graph((SIGNING,), ()), gold)
    assert (found.entities, found.events) == (Score(0, 0, 6), Score(1, 1, 2))


@pytest.mark.parametrize(
    ("cls", "trigger", "right"),
    [
        ("Agreement", "簽署", 1),
        ("Agreement", "签署", 1),
        ("Agreement", "簽", 1),
        ("Agreement", "握手", 0),
        ("Agreement", "", 0),
        ("Announcement", "簽署", 0),
    ],
)
def test_events_match_by_type_and_trigger(cls: str, trigger: str, right: int, gold: Gold) -> None:
    event = replace(SIGNING, cls=f"kg:{cls}", trigger=trigger)
    assert measures(graph((*THINGS, event), ()), gold).events == Score(right, 1, 2)


def test_of_two_equal_triggers_the_one_with_more_participants_matches(gold: Gold) -> None:
    bare = replace(SIGNING, iri="urn:a", trigger="簽署", participants=(), time=None)
    full = replace(SIGNING, iri="urn:b", trigger="簽署")
    found = measures(graph((*THINGS, bare, full), ()), gold)
    assert (found.events, found.participants) == (Score(1, 2, 2), Score(2, 2, 2))


def test_an_unknown_participant_costs_precision(gold: Gold) -> None:
    people = (*SIGNING.participants, Participant("agent", "urn:stranger"))
    found = measures(graph((*THINGS, replace(SIGNING, participants=people)), ()), gold)
    assert found.participants == Score(2, 3, 2)


# --- Grounding ---------------------------------------------------------------------------------


def test_evidence_beside_its_quote_is_ungrounded(gold: Gold) -> None:
    (good,) = OWNS.evidence
    moved = replace(good, span=Span(good.span.start + 1, good.span.end + 1))
    predicted = graph(claims=(replace(OWNS, evidence=(good, moved)),))
    assert measures(predicted, gold).grounding == Share(1, 2)
    assert len(findings(predicted, gold, "ungrounded evidence")) == 1


def test_evidence_of_a_foreign_document_is_ungrounded(gold: Gold) -> None:
    foreign = replace(OWNS.evidence[0], document="urn:elsewhere")
    assert measures(graph(claims=(replace(OWNS, evidence=(foreign,)),)), gold).grounding.right == 0


# --- By relation and construction --------------------------------------------------------------


def built(**constructions: tuple[str, ...]) -> dict[str, Any]:
    """The gold with each claim of a relation said by these constructions, once by each."""
    rows = [
        {**row, "construction": name}
        for row in GOLD["claims"]
        for name in constructions.get(row["p"], ("",))
    ]
    return {**GOLD, "claims": rows}


def test_claims_by_relation(gold: Gold) -> None:
    wrong = replace(OWNS, predicate="kg:uses")
    breakdown = evaluate([(graph(claims=(PARTNER, ACQUIRES, wrong)), gold)]).breakdown
    assert breakdown.relations == {
        "kg:partnerOf": Score(1, 1, 1),
        "kg:owns": Score(0, 0, 1),
        "kg:hasMetric": Score(0, 0, 1),
        "kg:acquires": Score(1, 1, 1),
        "kg:investsIn": Score(0, 0, 1),
        "kg:uses": Score(0, 1, 0),
    }
    assert breakdown.constructions == {}


@pytest.mark.parametrize("claims", [(), (OWNS,), ALL_CLAIMS, (OWNS, replace(OWNS, key="2"))])
def test_the_relations_add_up_to_the_claims(claims: tuple[Claim, ...], gold: Gold) -> None:
    report = evaluate([(graph(claims=claims), gold), (graph(), gold)])
    assert sum(report.breakdown.relations.values(), Score()) == report.pooled.claims


def test_claims_by_construction(tmp_path: Path) -> None:
    data = built(partnerOf=("prep",), owns=("nominal", "verb"), acquires=("verb",))
    gold = load_gold(write_gold(tmp_path, data))
    report = evaluate([(graph(claims=(OWNS,)), gold), (graph(claims=(PARTNER,)), gold)])
    assert report.breakdown.constructions == {
        "prep": Share(1, 2), "nominal": Share(1, 2), "verb": Share(1, 4),
    }  # fmt: skip
    assert report.pooled.claims.gold == 10


def test_a_construction_counts_a_triple_once(tmp_path: Path) -> None:
    gold = load_gold(write_gold(tmp_path, built(owns=("verb", "verb"))))
    breakdown = evaluate([(graph(claims=(OWNS,)), gold)]).breakdown
    assert breakdown.constructions == {"verb": Share(1, 1)}


def test_a_claim_of_the_wrong_polarity_is_missed_in_its_construction(tmp_path: Path) -> None:
    gold = load_gold(write_gold(tmp_path, built(investsIn=("verb",))))
    said = replace(INVESTS, polarity="asserted")
    breakdown = evaluate([(graph(claims=(said,)), gold)]).breakdown
    assert breakdown.constructions == {"verb": Share(0, 1)}
    assert breakdown.relations["kg:investsIn"] == Score(0, 1, 1)


def test_a_missed_claim_names_its_construction(tmp_path: Path) -> None:
    gold = load_gold(write_gold(tmp_path, built(owns=("nominal",))))
    missed = findings(graph(claims=()), gold, "missed claim")
    assert "青禾科技 kg:owns 雲帆 [core, nominal] 「青禾科技旗下的雲帆」" in missed


def test_a_report_shows_the_breakdowns_most_gold_first(tmp_path: Path) -> None:
    gold = load_gold(write_gold(tmp_path, built(partnerOf=("prep",), owns=("verb",))))
    report = evaluate([(graph(claims=(OWNS,)), gold), (graph(claims=(OWNS, PARTNER)), gold)])
    lines = report.lines()
    relations = lines.index("claims by relation")
    assert lines[relations + 1].split()[:2] == ["kg:acquires", "P"]
    assert "  kg:partnerOf  P 1.00 R 0.50 F1 0.67 (1 right, 1 predicted, 2 gold)" in lines
    constructions = lines.index("claims by construction")
    assert lines[constructions + 1 : constructions + 3] == [
        "  prep  0.50 (1 of 2)", "  verb  1.00 (2 of 2)",
    ]  # fmt: skip
    markdown = report.to_markdown().splitlines()
    assert "| kg:partnerOf | 2 | 1 | 1 | 1.00 | 0.50 | 0.67 |" in markdown
    assert "| prep | 2 | 1 | 0.50 |" in markdown
    data = report.to_json()
    assert data["relations"]["kg:partnerOf"]["recall"] == 0.5
    assert data["constructions"]["prep"] == {"right": 1, "of": 2, "value": 0.5}
    json.dumps(data, allow_nan=False)


def test_claims_are_counted_by_confidence(gold: Gold) -> None:
    sure = replace(OWNS, confidence=0.99)
    wrong = replace(PARTNER, predicate="kg:competesWith", confidence=0.93)
    unsure = replace(PARTNER, confidence=0.4)
    graphs = [graph(claims=(sure, wrong)), graph(claims=(unsure,))]
    report = evaluate([(one, gold) for one in graphs])
    assert report.breakdown.confidences == {"0.9–1.0": Share(1, 2), "0.4–0.5": Share(1, 1)}
    lines = report.lines()
    at = lines.index("claims by confidence")
    assert lines[at + 1 : at + 3] == ["  0.9–1.0  0.50 (1 of 2)", "  0.4–0.5  1.00 (1 of 1)"]
    markdown = report.to_markdown().splitlines()
    assert "| confidence | claims | right | share |" in markdown
    assert "| 0.9–1.0 | 2 | 1 | 0.50 |" in markdown
    assert report.to_json()["confidences"]["0.9–1.0"]["value"] == 0.5


def test_a_claim_of_two_tellings_counts_by_the_surer_one(gold: Gold) -> None:
    twice = (replace(OWNS, confidence=0.4), replace(OWNS, confidence=0.71))
    breakdown = evaluate([(graph(claims=twice), gold)]).breakdown
    assert breakdown.confidences == {"0.7–0.8": Share(1, 1)}


def test_without_constructions_nothing_is_said_of_them(gold: Gold) -> None:
    report = evaluate([(graph(), gold)])
    assert "construction" not in "\n".join(report.lines()) + report.to_markdown()
    assert "constructions" not in report.to_json()


# --- Reports -----------------------------------------------------------------------------------


def test_pooling_adds_counts(gold: Gold) -> None:
    report = evaluate([(graph(), gold), (graph(claims=(OWNS,)), gold)])
    assert [d.measures.claims.right for d in report.documents] == [5, 1]
    assert report.pooled.claims == Score(6, 6, 10)
    assert report.pooled.claims.f1 == 0.75


def test_a_report_shows_every_finding(gold: Gold) -> None:
    report = evaluate([(graph(THINGS[:5], (OWNS,)), gold)])
    for shown in ("\n".join(report.lines()), report.to_markdown()):
        assert "P 1.00 R 0.20 F1 0.33 (1 right, 1 predicted, 5 gold)" in shown
        assert "missed entity: 林海" in shown
        assert shown.count("missed claim: ") == 4
        assert shown.count("missed event: ") == 2
    rows = report.to_json()["documents"][0]
    assert rows["measures"]["claims"]["recall"] == 0.2
    assert len(rows["findings"]) == 7
    json.dumps(report.to_json(), allow_nan=False)


def test_a_hostile_label_stays_on_its_line(gold: Gold) -> None:
    bad = entity("<script>\n| # x", "Company")
    report = evaluate([(graph((bad,), ()), gold)])
    assert all("\n" not in line for line in report.lines())
    assert r"\<script\>" in report.to_markdown()
    assert "<script>" not in report.to_markdown()


def test_no_documents_is_a_report_too() -> None:
    assert Report(()).pooled == Measures()


# --- Builds of many articles -------------------------------------------------------------------


def two_documents(**named: str) -> ClaimGraph:
    """The article and a second one that repeats a claim and has one of its own."""
    first = graph().documents[0]
    second = Document("urn:second", "另一篇", source="/tmp/other.txt", digest="0")
    elsewhere = Evidence(second.iri, Span(0, 3), "另一篇", "test", 1.0)
    stranger = entity("路人公司", "Company")
    own = replace(OWNS, key="9", object=stranger.iri, evidence=(elsewhere,))
    shared = replace(OWNS, evidence=(*OWNS.evidence, elsewhere))
    return ClaimGraph(
        (replace(first, **named), second), (*THINGS, stranger), (PARTNER, shared, own)
    )


def test_a_document_keeps_only_what_it_says() -> None:
    build = two_documents()
    alone = document_graph(build, build.documents[0])
    assert [c.key for c in alone.claims] == [PARTNER.key, OWNS.key]
    assert [e.document for c in alone.claims for e in c.evidence] == [DOC, DOC]
    assert {e.label for e in alone.entities} == {"青禾科技", "白鷺銀行", "雲帆"}


@pytest.mark.parametrize("named", [{"source": "x.html"}, {"digest": "0", "source": "a/article.md"}])
def test_a_gold_finds_its_document(named: dict[str, str], gold: Gold) -> None:
    assert evaluate_folder(two_documents(**named), [gold]).pooled.claims == Score(2, 2, 5)


def test_a_gold_without_its_document(gold: Gold) -> None:
    with pytest.raises(InputError, match=r"article\.txt: build it"):
        evaluate_folder(two_documents(digest="0"), [gold])


# --- Reading gold ------------------------------------------------------------------------------


def test_load_gold_reads_the_text_beside_it(tmp_path: Path) -> None:
    text = "一\r\n二\n"
    assert load_gold(write_gold(tmp_path, text=text)).text == text
    (tmp_path / "article.txt").unlink()
    assert load_gold(tmp_path / "article.json").text is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"entities": [{"id": "a", "type": "Firm", "names": ["甲"]}]}, "no class 'kg:Firm'"),
        ({"entities": [{"id": "a", "type": "Company", "names": []}]}, "not a gold file"),
        ({"claims": [{"s": "qinghe", "p": "likes", "o": "bank"}]}, "no relation 'kg:likes'"),
        ({"claims": [{"s": "qinghe", "p": "owns", "o": "moon"}]}, "no entity id 'moon'"),
        ({"claims": [{"s": "qinghe", "p": "owns"}]}, "field 'o' is missing"),
        ({"events": [{"type": "Party", "trigger": "舞"}]}, "no event type 'kg:Party'"),
        ({"events": [3]}, "not a gold file"),
    ],
)
def test_a_bad_gold_file_is_named(change: dict[str, Any], message: str, tmp_path: Path) -> None:
    path = write_gold(tmp_path, {**GOLD, **change})
    with pytest.raises(InputError, match=message) as caught:
        load_gold(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null", b"\xff\xfe{"])
def test_what_is_no_gold_file_at_all(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"x\.json: not a gold file"):
        load_gold(path)


def test_a_missing_gold_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give a gold JSON file"):
        load_gold(tmp_path / "none.json")


@pytest.mark.shared
def test_the_annotated_articles_load(shared: Path) -> None:
    golds = [load_gold(path) for path in sorted((shared / "gold").glob("*.json"))]
    assert golds
    for gold in golds:
        assert gold.text is not None
        assert all(claim.quote in gold.text for claim in gold.claims)
    perfect = evaluate([(_as_graph(gold), gold) for gold in golds]).pooled
    assert perfect.entities.f1 == perfect.claims.f1 == perfect.pairs.f1 == 1
    assert perfect.core.value == perfect.classes.value == 1


def _as_graph(gold: Gold) -> ClaimGraph:
    """The gold as a prediction; numbers by their wording."""
    entities = tuple(Entity(e.id, e.cls, {"zh-Hant": e.label}) for e in gold.entities)
    claims = tuple(
        Claim(
            key=str(number),
            subject=row.subject,
            predicate=row.predicate,
            object=users(0, raw=re.split("[=≈<>]+", row.object)[1]) if row.literal else row.object,
            evidence=(),
            polarity="denied" if row.negated else "asserted",
            modality="planned" if row.planned else "actual",
        )
        for number, row in enumerate(gold.claims)
    )
    return ClaimGraph((), entities, claims)
