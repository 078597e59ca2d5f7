"""The annotated articles as a floor: what was reached must not be lost again.

These are development texts: the figures say that nothing broke, not how good the extraction is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.evaluate import Report
from kg.graph import evaluate

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def report(shared: Path) -> Report:
    golds = sorted((shared / "gold").glob("*.json"))
    assert len(golds) == 4
    return evaluate(shared / "gold", golds)


@pytest.fixture(scope="module")
def seed(shared: Path) -> kg.Graph:
    return kg.build(shared / "articles" / "tencent-un75.txt")


def test_entities(report: Report) -> None:
    assert (report.pooled.entities.f1 or 0) >= 0.80


def test_claims(report: Report) -> None:
    assert (report.pooled.claims.f1 or 0) >= 0.5
    assert (report.pooled.claims.precision or 0) >= 0.73
    assert (report.pooled.core.value or 0) >= 0.54
    assert (report.pooled.polarity.value or 0) >= 0.9
    assert (report.pooled.events.f1 or 0) >= 0.63


def test_every_evidence_is_in_its_text(report: Report) -> None:
    grounding = report.pooled.grounding
    assert grounding.right == grounding.of > 40


def test_the_seed_has_its_entities_and_claims(seed: kg.Graph) -> None:
    named = [entity for entity in seed.entities if entity.trigger is None]
    assert len(named) >= 50
    assert len(seed.claims) >= 40


def test_the_seeds_date_is_found_in_its_head(seed: kg.Graph) -> None:
    assert [document.published for document in seed.documents] == ["2020-04-01"]


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "start"),
    [
        ("騰訊", "kg:partnerOf", "聯合國", "2020-03-30"),
        ("騰訊", "kg:partnerOf", "施普林格·自然集團", "2017-11"),
        ("騰訊", "kg:partnerOf", "牛津大學", None),
        ("聯合國教科文組織", "kg:publishes", "遠程學習解決方案", "2020-03-13"),
        ("網龍", "kg:owns", "Edmodo", None),
        ("騰訊視頻", "kg:availableIn", "泰國", "2019-06"),
    ],
)
def test_what_a_careful_reader_would_miss(
    seed: kg.Graph, subject: str, predicate: str, object_: str, start: str | None
) -> None:
    ends = {seed.entity(subject).iri, seed.entity(object_).iri}
    times = [
        claim.time.start if claim.time else None
        for claim in seed.claims
        if claim.predicate == predicate and {claim.subject, claim.object} == ends
    ]
    assert start in times


def test_a_plan_of_the_seed_is_no_fact(seed: kg.Graph) -> None:
    meeting = seed.entity("騰訊會議").iri
    uses = [c for c in seed.claims if c.predicate == "kg:uses" and c.object == meeting]
    assert [claim.modality for claim in uses] == ["planned"]
