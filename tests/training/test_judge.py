"""The judge learns what is right from cases, and tells honestly how sure it may be."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract.judge import read_judge
from kg.training.cases import Case, CaseReader
from kg.training.judge import learn, threshold, train_judge
from kg.training.relations import SETS

GOOD, BAD = "青禾{}與白露{}簽約合作。", "青禾{}談合作時提到白露{}。"


def case(at: int, right: bool, *, proposed: bool = False, noise: float = 0.0) -> Case:
    shown = right if random.Random(at).random() >= noise else not right
    traits = {"any reading": 1.0, "clear" if shown else "doubtful": 1.0}
    return Case(f"doc{at // 4}", "kg:meets", proposed, traits, right)


def test_what_goes_with_right_ones_gets_weight() -> None:
    cases = [case(at, at % 2 == 0) for at in range(40)]
    judge, judged = learn(cases, [], 1, lambda *_: None)
    assert judge.weights["clear"] > 0 > judge.weights["doubtful"]
    assert all((score > 0.5) == right for score, right in judged)


def test_confidence_is_that_of_articles_not_learned_from() -> None:
    cases = [case(at, at % 2 == 0, noise=0.25) for at in range(400)]
    _, judged = learn(cases, [], 1, lambda *_: None)
    sure = [right for score, right in judged if score > 0.5]
    told = [score for score, _ in judged if score > 0.5]
    assert sum(sure) / len(sure) == pytest.approx(sum(told) / len(told), abs=0.05)


def test_a_trait_of_few_cases_is_not_learned() -> None:
    cases = [case(at, at % 2 == 0) for at in range(40)]
    rare = [Case("doc0", "kg:meets", False, {"any reading": 1.0, "rare": 1.0}, True)] * 3
    judge, _ = learn([*cases, *rare], [], 1, lambda *_: None)
    assert "rare" not in judge.weights


def test_public_sets_teach_less_than_articles() -> None:
    articles = [case(at, at % 2 == 0) for at in range(40)]
    others = [case(at, at % 2 == 1, proposed=True) for at in range(40)]
    swapped = [Case(c.document, c.relation, True, c.traits, not c.right) for c in articles]
    judge, _ = learn(articles, others + swapped, 1, lambda *_: None)
    assert judge.weights["clear"] > judge.weights["doubtful"]


@pytest.mark.parametrize(
    ("judged", "least"),
    [
        ([(0.9, True), (0.8, True), (0.7, True), (0.6, False), (0.5, False)], 0.6),
        ([(0.9, True), (0.8, False), (0.7, True), (0.6, True), (0.5, True)], 0.5),
        ([(0.9, False), (0.8, False)], 1.0),
        ([], 1.0),
    ],
)
def test_the_threshold_keeps_the_precision(judged: list[tuple[float, bool]], least: float) -> None:
    assert threshold(judged, 0.7) == least


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tiny sets: made-up firms, one article annotated, no news that our labels point into."""
    monkeypatch.setattr(CaseReader, "from_labels", lambda *_: iter(()))
    folder = tmp_path / "data"
    (folder / "relations").mkdir(parents=True)
    rows = [
        f"青禾{n}\t白露{n}\t{label}\t{text.format(n, n)}"
        for n in "甲乙丙丁戊己"
        for label, text in (("合作", GOOD), ("unknown", BAD))
    ]
    (folder / SETS["finre"][0]).write_text("\n\n".join(rows), "utf-8")
    (folder / SETS["duie"][0]).write_text("", "utf-8")
    return folder


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    text = "微軟與蘋果公司簽約合作。聯合國談合作時提到世界衛生組織。"
    entities = [
        {"id": "m", "type": "Company", "names": ["微軟"]},
        {"id": "a", "type": "Company", "names": ["蘋果公司"]},
    ]
    claim = {"s": "m", "p": "partnerOf", "o": "a", "quote": text[:12]}
    read = {"document": "one.txt", "published": "2021-05-01", "entities": entities}
    path = tmp_path / "one.json"
    path.write_text(json.dumps({**read, "claims": [claim], "events": []}), "utf-8")
    path.with_suffix(".txt").write_text(text, "utf-8")
    return path


def test_training_writes_the_same_weights_each_time(data: Path, gold: Path, tmp_path: Path) -> None:
    stages: set[str] = set()
    figures = train_judge(data, [gold], tmp_path / "a", 1, lambda stage, *_: stages.add(stage))
    train_judge(data, [gold], tmp_path / "b", 1)
    assert (tmp_path / "a/judge.json").read_bytes() == (tmp_path / "b/judge.json").read_bytes()
    assert stages == {"articles", "finre", "judge"}
    assert figures.cases["articles"] >= 1
    assert figures.cases["finre"] >= 6
    assert read_judge(tmp_path / "a/judge.json").accepts == figures.accepts
    written = json.loads((tmp_path / "a/figures.json").read_text("utf-8"))
    assert written["cases"] == figures.cases


def test_an_article_without_its_text(data: Path, gold: Path, tmp_path: Path) -> None:
    gold.with_suffix(".txt").unlink()
    with pytest.raises(InputError, match="its article is not beside it"):
        train_judge(data, [gold], tmp_path / "run")
    assert not (tmp_path / "run").exists()
