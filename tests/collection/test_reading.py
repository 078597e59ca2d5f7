"""Documents that are read again because of a verdict: with which pipeline, and if that fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from document_graphs import Told, document_graph

from kg.collection import Collection
from kg.collection.merging import merge_into, merged_graph
from kg.collection.reading import STAGE
from kg.collection.taking import Taken
from kg.collection.use import build_into
from kg.iri import entity_iri
from kg.model import ClaimGraph, Document, Failure

ONE = document_graph(1, [Told("星河科技", "kg:partnerOf", "藍峰")])
TWO = document_graph(2, [Told("北鎮", "kg:owns", "雲橋")])
NEWER = document_graph(1, [Told("星河科技", "kg:owns", "藍峰")])
Models = list[str | None]


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Callable[[ClaimGraph | Failure], Models]:
    """Has documents read by a pipeline that gives this; the models that it was asked for."""

    def install(given: ClaimGraph | Failure) -> Models:
        asked: Models = []

        class Pipeline:
            def __init__(self, model: str | None = None) -> None:
                asked.append(model)

            def read(self, document: Document, _: object) -> ClaimGraph:
                if isinstance(given, Failure):
                    return ClaimGraph((document,), failures=(given,))
                return given

        monkeypatch.setattr("kg.pipeline.Pipeline", Pipeline)
        return asked

    return install


@pytest.fixture
def parted(tmp_path: Path) -> Path:
    ends = {"left": entity_iri("星河科技"), "right": entity_iri("藍峰")}
    path = tmp_path / "verdicts.jsonl"
    path.write_text(json.dumps({**ends, "verdict": "different"}), "utf-8")
    return path


def store_of(folder: Path, *graphs: ClaimGraph) -> Path:
    with Collection.open(folder, write=True) as collection:
        collection.put(*graphs)
    return folder


def judge(store: Path, verdicts: Path, model: str | None = None) -> list[Taken]:
    """What a build of nothing but verdicts tells."""
    nothing = [verdicts.with_name("1.txt"), verdicts.with_name("2.txt")]
    for path in nothing:
        path.touch()
    *told, _, _ = build_into(store, nothing, model=model, judgements=[verdicts])
    return told


def held(folder: Path) -> list[ClaimGraph]:
    with Collection.open(folder) as collection:
        return sorted(collection.graphs(), key=lambda graph: graph.documents[0].source)


def test_with_the_pipeline_that_was_named(
    tmp_path: Path, parted: Path, models: Callable[[ClaimGraph | Failure], Models]
) -> None:
    store, asked = store_of(tmp_path / "store", ONE), models(NEWER)
    assert judge(store, parted, "zh_other") == []
    assert asked == ["zh_other"]
    assert held(store) == [NEWER]


def test_what_fails_is_told_and_stays(
    tmp_path: Path, parted: Path, models: Callable[[ClaimGraph | Failure], Models]
) -> None:
    store = store_of(tmp_path / "store", ONE)
    models(Failure("1.txt", "process", "KeyError: 3"))
    (told,) = judge(store, parted)
    assert (told.state, told.failure) == ("failed", Failure("1.txt", STAGE, "KeyError: 3"))
    assert held(store) == [ONE]


def test_what_fails_when_stores_are_merged_is_told_and_stays(
    tmp_path: Path, parted: Path, models: Callable[[ClaimGraph | Failure], Models]
) -> None:
    one, two = store_of(tmp_path / "1", ONE), store_of(tmp_path / "2", TWO)
    judge(two, parted)
    models(Failure("1.txt", "process", "KeyError: 3"))
    failures = (Failure("1.txt", STAGE, "KeyError: 3"),)
    assert merge_into(tmp_path / "both", [one, two]) == (2, failures)
    assert held(tmp_path / "both") == [ONE, TWO]
    assert merged_graph([one, two]).failures == failures
    assert merged_graph([tmp_path / "both"]).failures == ()


def test_what_another_store_has_anew_is_not_read_again(
    tmp_path: Path, parted: Path, models: Callable[[ClaimGraph | Failure], Models]
) -> None:
    one, other = store_of(tmp_path / "1", ONE), tmp_path / "2"
    models(NEWER)
    judge(store_of(other, ONE), parted)
    asked = models(ONE)
    assert merge_into(tmp_path / "both", [one, other]) == (1, ())
    assert (asked, held(tmp_path / "both")) == ([], [NEWER])
