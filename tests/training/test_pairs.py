"""Sentences whose pairs are labelled: by a gold file, by places in the news, by FinRE."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.errors import InputError
from kg.training.labelled import LABELS
from kg.training.pairs import RIGHT, UNKNOWN, WRONG, Example, ExampleReader
from tests.pair_examples import RELATIONS, maker, states_of
from tests.reading import document, named

TEXT = "林海生見了周若琳。晨星科技集團收購了白露影業，白露影業很小。"
START = TEXT.index("晨")


class Telling:
    """In place of a recogniser: it only tells states."""

    def states(self, simplified: str) -> Any:
        return states_of(simplified) if "无状" not in simplified else None


def examples() -> ExampleReader:
    stub: Any = Telling()
    return ExampleReader(maker(), stub)


def verdicts(example: Example) -> dict[tuple[str, str, str], int]:
    """What is known of each pair, UNKNOWN left out."""
    mentions = example.passage.mentions
    return {
        (mentions[s].surface, RELATIONS[column], mentions[o].surface): int(row[column])
        for (s, o), row in zip(example.passage.pairs, example.wanted, strict=True)
        for column in np.flatnonzero(row != UNKNOWN)
    }


# --- Gold ---------------------------------------------------------------------------------------


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    rows = [("m", "晨星科技集團", "Company"), ("b", "白露影業", "Company")]
    rows += [("l", "林海生", "Person"), ("z", "周若琳", "Person")]
    table = {
        "published": "2021-01-01",
        "entities": [{"id": i, "type": t, "names": [n]} for i, n, t in rows],
        "claims": [
            {"s": "m", "p": "acquires", "o": "b", "quote": "晨星科技集團收購了白露影業"},
            {"s": "z", "p": "meets", "o": "l", "quote": "林海生見了周若琳"},
        ],
        "events": [],
    }
    (tmp_path / "a.json").write_text(json.dumps(table, ensure_ascii=False), "utf-8")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path / "a.json"


def test_what_the_gold_claims_is_right_and_all_else_wrong(gold: Path) -> None:
    met, bought = (verdicts(e) for e in examples().from_gold(gold, named().annotator))
    assert met["林海生", "kg:meets", "周若琳"] == met["周若琳", "kg:meets", "林海生"] == RIGHT
    assert bought["晨星科技集團", "kg:acquires", "白露影業"] == RIGHT
    assert bought["白露影業", "kg:acquires", "晨星科技集團"] == WRONG
    assert ("白露影業", "kg:acquires", "白露影業") not in bought


def test_of_a_claim_told_elsewhere_nothing_is_known(gold: Path) -> None:
    text = TEXT + "晨星科技集團又提到白露影業。"
    gold.with_suffix(".txt").write_text(text, "utf-8")
    *_, last = examples().from_gold(gold, named().annotator)
    found = verdicts(last)
    assert ("晨星科技集團", "kg:acquires", "白露影業") not in found
    assert found["白露影業", "kg:acquires", "晨星科技集團"] == WRONG


def test_what_the_rules_say_is_marked(gold: Path) -> None:
    _, bought = examples().from_gold(gold, named().annotator)
    told = bought.told[:, RELATIONS.index("kg:acquires")]
    mentions = bought.passage.mentions
    pairs = [(mentions[s].surface, mentions[o].surface) for s, o in bought.passage.pairs]
    assert {pair for pair, one in zip(pairs, told, strict=True) if one} == {
        ("晨星科技集團", "白露影業")
    }


def test_an_article_must_be_beside_its_gold(gold: Path) -> None:
    gold.with_suffix(".txt").unlink()
    with pytest.raises(InputError, match="is not beside it"):
        list(examples().from_gold(gold, named().annotator))


def test_states_must_be_told(gold: Path) -> None:
    gold.with_suffix(".txt").write_text("無狀。" + TEXT, "utf-8")
    with pytest.raises(InputError, match="no states"):
        list(examples().from_gold(gold, named().annotator))


# --- Labels -------------------------------------------------------------------------------------


def place(name: str, at: int = 0) -> list[int]:
    inside = TEXT[START:]
    start = [i for i in range(len(inside)) if inside.startswith(name, i)][at]
    return [start, start + len(name)]


def labelled(folder: Path, pairs: list[list[Any]]) -> list[Example]:
    (folder / "labels.jsonl").write_text(
        json.dumps({"file": "n.gz", "row": 1, "start": START, "end": len(TEXT), "pairs": pairs})
    )
    with gzip.open(folder / "n.gz", "wt", encoding="utf-8") as lines:
        lines.write("{}\n" + json.dumps({"text": TEXT, "published": "2021-01-01T00:00"}) + "\n")
    told = labelled_told
    return list(examples().from_labels(folder, named().annotator, told, folder / "labels.jsonl"))


def labelled_told(*_: Any) -> None:
    """Nobody listens."""


def test_only_the_labelled_sentence_is_an_example(tmp_path: Path) -> None:
    label = [*place("晨星科技集團"), "acquires", *place("白露影業")]
    (found,) = labelled(tmp_path, [label])
    assert found.document == document(TEXT).iri
    assert verdicts(found)["晨星科技集團", "kg:acquires", "白露影業"] == RIGHT
    assert verdicts(found)["晨星科技集團", "kg:meets", "白露影業"] == WRONG


def test_the_same_name_once_more_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    label = [*place("晨星科技集團"), "acquires", *place("白露影業")]
    (found,) = labelled(tmp_path, [label])
    column = RELATIONS.index("kg:acquires")
    mentions = found.passage.mentions
    rows = [
        int(row[column])
        for (s, o), row in zip(found.passage.pairs, found.wanted, strict=True)
        if (mentions[s].surface, mentions[o].surface) == ("晨星科技集團", "白露影業")
    ]
    assert sorted(rows) == [UNKNOWN, RIGHT]


def test_a_pair_that_is_not_sure_is_not_known_either_way(tmp_path: Path) -> None:
    (found,) = labelled(tmp_path, [[*place("晨星科技集團"), "", *place("白露影業")]])
    assert not [
        pair for pair in verdicts(found) if {"晨星科技集團", "白露影業"} == {pair[0], pair[2]}
    ]


def test_news_that_cannot_be_read(tmp_path: Path) -> None:
    labelled(tmp_path, [])
    (tmp_path / "n.gz").write_bytes(b"no news")
    with pytest.raises(InputError, match="cannot be read as news"):
        list(
            examples().from_labels(
                tmp_path, named().annotator, labelled_told, tmp_path / "labels.jsonl"
            )
        )


def test_our_labels_hold_places_only() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    assert len(rows) > 500
    for row in rows:
        assert set(row) == {"file", "row", "start", "end", "pairs"}
        for first, first_end, relation, last, last_end in row["pairs"]:
            assert 0 <= first < first_end <= row["end"] - row["start"]
            assert 0 <= last < last_end <= row["end"] - row["start"]
            assert relation == "" or relation.isascii()


# --- FinRE --------------------------------------------------------------------------------------


def test_finre_tells_what_its_labels_mean(tmp_path: Path) -> None:
    (tmp_path / "relations").mkdir()
    row = "晨星科技集团\t白露影业\t收购\t晨星科技集团收购了白露影业。"
    (tmp_path / "relations" / "finre-train.tsv").write_text(row, "utf-8")
    (found,) = examples().from_finre(tmp_path, named().annotator, 5, 1, labelled_told)
    assert verdicts(found) == {
        ("晨星科技集团", "kg:acquires", "白露影业"): RIGHT,
        ("白露影业", "kg:acquires", "晨星科技集团"): WRONG,
    }
