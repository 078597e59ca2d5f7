"""``kg validate``, ``kg evaluate`` and ``kg ontology``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Run, one_line


def test_the_ontology_as_tables(run: Run) -> None:
    classes, relations, frames = run("ontology").out.strip().split("\n\n")
    assert "kg:Company\tkg:Organization\t公司\t公司\tcompany" in classes
    assert (
        "kg:partnerOf\tkg:Agent, kg:Region, kg:Service\tkg:Agent, kg:Region, kg:Service\tyes"
        in relations
    )
    assert "kg:partnerOf" in frames
    assert run("ontology", "--only", "classes").out.strip() == classes


def test_validation(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("validate", folder).status == 0
    turtle = (
        (folder / "graph.ttl").read_text("utf-8").replace("kg:confidence 0.9", "kg:confidence 7.0")
    )
    (tmp_path / "bad.ttl").write_text(turtle, "utf-8")
    result = run("validate", tmp_path / "bad.ttl")
    assert result.status == 1
    assert "breaks its shapes" in result.out
    assert "sh:conforms false" in run("validate", tmp_path / "bad.ttl", "--turtle").out


@pytest.fixture
def gold(article: Path) -> Path:
    path = article.with_suffix(".json")
    company, school = "海風科技有限公司", "東嶺大學"
    path.write_text(
        json.dumps(
            {
                "document": "article.txt",
                "published": "2021-05-06",
                "entities": [
                    {"id": "c", "type": "Company", "names": [company, "海風科技"]},
                    {"id": "u", "type": "EducationalOrganization", "names": [school]},
                ],
                "claims": [
                    {"s": "c", "p": "partnerOf", "o": "u", "core": True, "quote": f"與{school}合作"}
                ],
                "events": [],
            }
        ),
        "utf-8",
    )
    return path


def test_evaluate_a_build_and_a_source(run: Run, article: Path, gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph"
    run("build", article, "--out", out, "--formats", "ttl")
    built = run("evaluate", out, "--gold", gold)
    assert built.status == 0
    assert "all 1 documents" in built.out
    scores = json.loads((out / "evaluation.json").read_text("utf-8"))["pooled"]
    assert scores["entities"]["recall"] == 1
    assert scores["grounding"]["value"] == 1
    for _ in range(2):
        direct = run("evaluate", article, "--gold", gold, "--out", tmp_path / "scores")
        assert direct.status == 0
        assert direct.out == built.out
    assert {path.name for path in (tmp_path / "scores").iterdir()} == {
        "evaluation.json", "evaluation.md",
    }  # fmt: skip


def test_gold_of_another_article(run: Run, folder: Path, gold: Path) -> None:
    result = run("evaluate", folder, "--gold", gold)
    assert result.status == 2
    assert "no document of the build is article.txt" in one_line(result)


def test_evaluate_readers_verdicts(run: Run, folder: Path, tmp_path: Path) -> None:
    lines = (folder / "claims.jsonl").read_text("utf-8").splitlines()
    keys = [json.loads(line)["key"] for line in lines]
    rows = [{"claim": key, "verdict": "right"} for key in (*keys, "gone")]
    rows[0]["verdict"] = "wrong"
    path = tmp_path / "verdicts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    result = run("evaluate", folder, "--judgements", path, "--out", tmp_path / "scores")
    assert (result.status, result.out.splitlines()[0]) == (0, "judged claims  0.67 (2 of 3 right)")
    assert "1 judged claims are not in this build: gone" in result.out
    scores = json.loads((tmp_path / "scores" / "evaluation.json").read_text("utf-8"))
    assert scores["judged"]["of"] == 3


def test_evaluate_wants_either_gold_or_verdicts(run: Run, folder: Path) -> None:
    result = run("evaluate", folder)
    assert result.status == 2
    assert "give either --gold or --judgements" in one_line(result)
