"""The judge learns what is right from cases, and tells honestly how sure it may be."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest
from reading import plain
from readings.form import read_readings

from kg.errors import InputError
from kg.extract.judge import read_judge
from kg.ontology import load_ontology
from kg.training.cases import Case, CaseReader
from kg.training.judge import learn, threshold, train_judge
from kg.training.labelled import JUDGED
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
    for source in ("from_labels", "from_verdicts"):
        monkeypatch.setattr(CaseReader, source, lambda *_: iter(()))
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


# --- Claims judged one by one --------------------------------------------------------------------

TEXT = "微軟與蘋果公司簽約合作。微軟批評蘋果公司。微軟員工3000人。"


def judged(folder: Path, verdicts: list[list[Any]]) -> list[Case]:
    row = {"file": "n.gz", "row": 1, "judged": verdicts}
    (folder / "judged.jsonl").write_text(json.dumps(row), "utf-8")
    with gzip.open(folder / "n.gz", "wt", encoding="utf-8") as lines:
        lines.write("{}\n" + json.dumps({"text": TEXT, "published": "2021-01-01T00:00"}) + "\n")
    annotator = plain().annotator
    return list(
        CaseReader().from_verdicts(folder, annotator, lambda *_: None, folder / "judged.jsonl")
    )


def place(name: str, at: int = 0) -> list[int]:
    start = [i for i in range(len(TEXT)) if TEXT.startswith(name, i)][at]
    return [start, start + len(name)]


@pytest.mark.parametrize("right", [True, False])
def test_a_judged_claim_is_a_case_of_its_place_and_relation(tmp_path: Path, right: bool) -> None:
    verdict = [*place("微軟", 1), "criticizes", *place("蘋果公司", 1), right]
    (case,) = judged(tmp_path, [verdict])
    assert (case.relation, case.right, case.whole) == ("kg:criticizes", right, False)


def test_who_stands_first_in_a_mutual_relation_does_not_matter(tmp_path: Path) -> None:
    cases = judged(tmp_path, [[*place("蘋果公司"), "partnerOf", *place("微軟"), True]])
    assert {(case.relation, case.right) for case in cases} == {("kg:partnerOf", True)}
    assert judged(tmp_path, [[*place("蘋果公司", 1), "criticizes", *place("微軟", 1), True]]) == []


def test_a_number_is_judged_by_its_word(tmp_path: Path) -> None:
    (case,) = judged(tmp_path, [[*place("微軟", 2), "hasMetric", *place("3000人"), False]])
    assert (case.relation, case.right) == ("kg:hasMetric", False)


def test_what_was_judged_holds_places_only() -> None:
    rows = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
    assert len(rows) > 200
    assert {right for row in rows for *_, right in row["judged"]} == {True, False}
    known = {relation.removeprefix("kg:") for relation in load_ontology().relations}
    for row in rows:
        assert set(row) == {"file", "row", "judged"}
        for first, first_end, relation, last, last_end, _ in row["judged"]:
            assert 0 <= first < first_end
            assert 0 <= last < last_end
            assert relation in known


def test_what_was_judged_is_of_no_article_that_only_checks() -> None:
    taught = {json.loads(line)["row"] for line in JUDGED.read_text("utf-8").splitlines()}
    checking = {n for row in read_readings() if row["part"] == "checking" for n in row["rows"]}
    assert not taught & checking
