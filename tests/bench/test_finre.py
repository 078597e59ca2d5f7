"""What the benchmark counts as right, as wrong and as neither."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.training.relations import Meaning, Related, read_finre
from tests.bench.finre import Counts, build, claimed, half_of, measure

ROWS = [
    "青禾\t白露\t拥有\t青禾旗下的白露收购<N>家公司",
    "白露\t青禾\t被拥有\t青禾旗下的白露收购<N>家公司",
    "青禾\t青禾\t自己\t青禾旗下的白露收购<N>家公司",
]


def test_a_sentence_has_the_labels_of_all_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("\n\n".join(ROWS), encoding="utf-8")
    (sentence,) = read_finre(path)
    assert sentence.text == "青禾旗下的白露收购5家公司"
    assert sentence.labels == {("青禾", "白露"): {"拥有"}, ("白露", "青禾"): {"被拥有"}}


@pytest.mark.parametrize(
    ("labels", "meant"),
    [
        ({("青禾", "白露"): {"拥有"}}, {("青禾", "kg:owns", "白露")}),
        ({("白露", "青禾"): {"被拥有"}}, {("青禾", "kg:owns", "白露")}),
        ({("青禾", "白露"): {"合作"}, ("白露", "青禾"): {"合作"}}, 1),
        ({("青禾", "白露"): {"unknown"}}, set()),
    ],
)
def test_a_label_means_one_triple_from_either_end(
    labels: dict[tuple[str, str], set[str]], meant: set[tuple[str, str, str]] | int
) -> None:
    found = Meaning("finre").meant(Related("", {}, labels))
    assert (len(found) if isinstance(meant, int) else found) == meant


def test_what_is_told_from_the_other_end_counts() -> None:
    classes = dict.fromkeys(("青禾", "白露"), "kg:Company")
    sentence = Related("青禾是白露的子公司。", classes, {("白露", "青禾"): {"拥有"}})
    ((_, graph),) = build([sentence])
    assert claimed(Meaning("finre"), sentence, graph) == {("白露", "kg:owns", "青禾")}


def test_what_is_only_allowed_is_neither_right_nor_wrong() -> None:
    owns, holds, buys = (
        ("青禾", relation, "白露") for relation in ("kg:owns", "investsIn", "acquires")
    )
    counts = Counts()
    counts.add("", {owns}, {holds}, {holds, buys})
    assert dict(counts.scores) == {"kg:owns": [0, 0, 1], "acquires": [0, 1, 0]}
    assert [line.split("\t")[0] for line in counts.differences] == ["missed", "wrong"]


def test_a_file_of_the_other_set_is_measured_by_halves(tmp_path: Path) -> None:
    text = "《青禾》是林海生所著的小說"
    triple = {
        "predicate": "作者",
        "subject": "青禾",
        "subject_type": "图书作品",
        "object": {"@value": "林海生"},
        "object_type": {"@value": "人物"},
    }
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": text, "spo_list": [triple]}), encoding="utf-8")
    half = half_of(text)
    assert measure(path, "duie", half).scores == {"kg:creatorOf": [1, 1, 1]}
    assert measure(path, "duie", 1 - half).scores == {}
