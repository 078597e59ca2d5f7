"""How often readers found claims right."""

from __future__ import annotations

from claimgraphs import claim, entity, graph_of

from kg.evaluate.judged import JudgedReport, score_judged
from kg.evaluate.measures import Share
from kg.iri import entity_iri
from kg.model import Judgement, Review
from kg.verdicts import Verdicts

CLAIMS = [
    claim("a", "kg:owns", "b", 0.95),
    claim("b", "kg:owns", "c", 0.5),
    claim("a", "kg:sues", "c", 0.9),
    claim("c", "kg:sues", "a", 0.2),
]
RULINGS = ("right", "wrong", "wrong")


def report() -> JudgedReport:
    reviews = {c.key: Review(r, "林審") for c, r in zip(CLAIMS, RULINGS, strict=False)}  # type: ignore[arg-type]
    a, b, c = map(entity_iri, "abc")
    judged = [
        (a, b, "same"),
        (a, c, "different"),
        (a, "urn:gone", "same"),
        ("urn:x", "urn:y", "same"),
    ]
    pairs = tuple(Judgement(one, two, said, 1.0, (), "林審") for one, two, said in judged)  # type: ignore[arg-type]
    verdicts = Verdicts({**reviews, "gone": Review("right", "林審")}, pairs)
    return score_judged(graph_of(CLAIMS, map(entity, "abc")), verdicts)


def test_only_judged_claims_count() -> None:
    found = report()
    assert found.all == Share(1, 3)
    assert found.relations == {"kg:owns": Share(1, 2), "kg:sues": Share(0, 1)}
    assert found.confidences == {"0.5–0.6": Share(0, 1), "0.9–1.0": Share(1, 2)}
    assert (found.absent, found.pairs) == (("gone",), Share(2, 3))


def test_it_can_be_read() -> None:
    assert "judged claims  0.33 (1 of 3 right)" in report().lines()
    assert "entities: same or different  0.67 (2 of 3 right)" in report().lines()
    assert "| relation | kg:owns | 0.50 | 1 | 2 |" in report().to_markdown()
    assert "gone" in report().to_markdown()
    assert report().to_json()["by_relation"]["kg:owns"] == {"right": 1, "of": 2, "value": 0.5}


def test_nothing_judged_is_no_precision() -> None:
    assert score_judged(graph_of([], []), Verdicts()).lines() == ["judged claims  – (0 of 0 right)"]
