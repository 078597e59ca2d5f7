"""The business articles: the annotation is well formed, and what was reached is not lost again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import Report
from kg.evaluate.gold import OTHER
from kg.graph import evaluate
from kg.ontology import load_ontology

HERE = Path(__file__).parent
GOLDS = sorted(HERE.glob("*.json"))
HELD_OUT = {"epic", "sinopharm", "semicon-college"}
CONSTRUCTIONS = {
    "verb", "prep", "passive", "ba", "relative", "nominal", "apposition", "bracket", "copula",
    "coordination", "elided", "coreference", "attribution", "metric", "other",
}  # fmt: skip

by_article = pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.stem)


def read(path: Path) -> tuple[str, dict[str, Any]]:
    return path.with_suffix(".txt").read_text("utf-8"), json.loads(path.read_text("utf-8"))


def test_there_are_eleven_and_each_is_listed() -> None:
    readme = (HERE / "README.md").read_text("utf-8")
    assert len(GOLDS) == 11
    assert {path.stem for path in HERE.glob("*.txt")} == {path.stem for path in GOLDS}
    for path in GOLDS:
        held_out = path.stem in HELD_OUT
        row = next(line for line in readme.splitlines() if line.startswith(f"| `{path.stem}`"))
        assert ("held out" in row) == held_out


@by_article
def test_names_quotes_and_triggers_stand_in_the_article(path: Path) -> None:
    text, gold = read(path)
    names = [name for entity in gold["entities"] for name in entity["names"]]
    assert len(names) == len(set(names))
    assert all(name in text for name in names)
    for said in (*gold["claims"], *gold["events"]):
        assert said["quote"] in text
        assert said.get("trigger", "") in said["quote"]
    assert gold["title"] == text.splitlines()[0]


@by_article
def test_classes_relations_and_ends_are_those_of_the_ontology(path: Path) -> None:
    ontology, (_, gold) = load_ontology(), read(path)
    classes = {entity["id"]: "kg:" + entity["type"] for entity in gold["entities"]}
    assert len(classes) == len(gold["entities"])
    assert set(classes.values()) <= set(ontology.classes)
    for claim in gold["claims"]:
        relation = ontology.relations["kg:" + claim["p"]]
        assert claim["construction"] in CONSTRUCTIONS
        assert relation.literal == claim.get("literal", False)
        assert ontology.is_any(classes[claim["s"]], relation.domain)
        assert relation.literal or ontology.is_any(classes[claim["o"]], relation.range)
    for event in gold["events"]:
        assert "kg:" + event["type"] in {*ontology.classes, OTHER}
        assert set(event["participants"]) <= set(classes)


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(HERE, GOLDS)


def test_what_was_reached_is_not_lost(report: Report) -> None:
    pooled = report.pooled
    assert (pooled.entities.f1 or 0) >= 0.84
    assert (pooled.claims.precision or 0) >= 0.75
    assert (pooled.claims.recall or 0) >= 0.35
    assert (pooled.core.value or 0) >= 0.42
    assert (pooled.events.f1 or 0) >= 0.60
    assert (pooled.polarity.value or 0) >= 0.92


def test_every_evidence_is_in_its_text(report: Report) -> None:
    assert report.pooled.grounding.right == report.pooled.grounding.of > 100
