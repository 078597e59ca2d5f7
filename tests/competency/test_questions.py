"""Every named question gives the rows that were thought out for the sample graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sample_graph import SAMPLE

from kg.query import Table, load_questions, run_query
from kg.rdf import RunInfo, encode
from kg.store import MemoryStore, open_memory
from kg.store.guard import check_query

HERE = Path(__file__).parent


def cases() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}-{number}")
        for path in sorted(HERE.glob("*.json"))
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
    ]


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return open_memory(encode(SAMPLE, run=RunInfo("1")))


@pytest.mark.parametrize(("name", "case"), cases())
def test_rows(store: MemoryStore, name: str, case: dict[str, Any]) -> None:
    answer = run_query(store, name, case["given"])
    assert isinstance(answer, Table)
    assert list(answer.columns) == case["columns"]
    assert answer.texts() == case["rows"]


def test_every_question_has_expected_rows() -> None:
    assert {path.stem for path in HERE.glob("*.json")} == set(load_questions())


@pytest.mark.parametrize("name", load_questions())
def test_question_is_described_and_passes_the_guard(name: str) -> None:
    question = load_questions()[name]
    assert question.description.endswith(".")
    assert check_query(question.text) == "select"
    assert all(f"${parameter}" in question.text for parameter in question.parameters)


@pytest.mark.parametrize("name", load_questions())
def test_a_triple_in_two_documents_counts_once(store: MemoryStore, name: str) -> None:
    answer = run_query(store, name)
    assert isinstance(answer, Table)
    assert len(set(answer.rows)) == len(answer.rows)
