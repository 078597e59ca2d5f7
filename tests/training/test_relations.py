"""Public sets of related names, and what their labels mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.ontology import load_ontology
from kg.training.relations import MAPPING, Meaning, Related, read_duie, read_set

_FIRMS = dict.fromkeys(("青禾", "白露", "云杉"), "kg:Company")


def duie_row(**ends: str) -> str:
    triple = {
        "predicate": ends["predicate"], "subject": ends["subject"], "object": {"@value": ends["to"]},
        "subject_type": ends["types"].split()[0], "object_type": {"@value": ends["types"].split()[1]},
    }  # fmt: skip
    return json.dumps({"text": "何沐晴写了《远山》。", "spo_list": [triple]})


def test_duie_gives_names_with_classes(tmp_path: Path) -> None:
    path = tmp_path / "duie.jsonl"
    author = duie_row(predicate="作者", subject="远山", to="何沐晴", types="图书作品 人物")
    dated = duie_row(predicate="成立日期", subject="青禾", to="1999年", types="机构 Date")
    path.write_text(f"{author}\n{dated}\n", "utf-8")
    (found,) = read_duie(path)
    assert found.classes == {"远山": "kg:CreativeWork", "何沐晴": "kg:Person"}
    assert found.labels == {("远山", "何沐晴"): {"作者"}}
    assert found.is_labelled("何沐晴", "远山")
    assert not found.is_labelled("何沐晴", "青禾")


@pytest.mark.parametrize(
    ("labels", "triple", "verdict"),
    [
        ({("青禾", "白露"): {"收购"}}, ("青禾", "kg:acquires", "白露"), True),
        ({("青禾", "白露"): {"收购"}}, ("白露", "kg:acquires", "青禾"), False),
        ({("白露", "青禾"): {"被收购"}}, ("青禾", "kg:acquires", "白露"), True),
        ({("青禾", "白露"): {"收购"}}, ("青禾", "kg:owns", "白露"), None),
        ({("青禾", "白露"): {"收购"}}, ("青禾", "kg:acquires", "云杉"), None),
        ({("青禾", "白露"): {"收购"}}, ("青禾", "kg:sues", "白露"), None),
        ({("白露", "青禾"): {"合作"}}, ("青禾", "kg:partnerOf", "白露"), True),
        ({("青禾", "白露"): {"拥有"}}, ("白露", "kg:subsidiaryOf", "青禾"), True),
        ({("青禾", "白露"): {"unknown"}}, ("青禾", "kg:owns", "白露"), False),
    ],
)
def test_a_label_judges_a_triple(
    labels: dict[tuple[str, str], set[str]], triple: tuple[str, str, str], verdict: bool | None
) -> None:
    assert Meaning("finre").verdict(Related("", _FIRMS, labels), *triple) is verdict


def test_the_subject_may_be_the_tail() -> None:
    classes = {"远山": "kg:CreativeWork", "何沐晴": "kg:Person"}
    related = Related("", classes, {("远山", "何沐晴"): {"作者"}}, complete=True)
    assert Meaning("duie").meant(related) == {("何沐晴", "kg:creatorOf", "远山")}


def test_the_mapping_names_relations_that_there_are() -> None:
    rows = [line.split("\t") for line in MAPPING.read_text("utf-8").splitlines()[1:]]
    assert {f"kg:{row[2]}" for row in rows} <= load_ontology().relations.keys()
    assert {row[3] for row in rows} == {"head", "tail"}
    assert {row[4] for row in rows} == {"expected", "allowed", "converse"}


@pytest.mark.parametrize("content", [None, "[]", "{}"])
def test_a_set_that_cannot_be_read(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "relations" / "duie2-5000.jsonl"
    path.parent.mkdir()
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(InputError, match="cannot be read as duie"):
        read_set("duie", tmp_path)
