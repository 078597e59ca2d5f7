"""What the guard lets pass never reaches for a socket or a file, and Oxigraph reads it alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from guard_oracle import Oracle
from guard_queries import ANYTHING, ELSEWHERE, UPDATES
from hypothesis import HealthCheck, example, given, settings

from kg.errors import QueryError
from kg.store.guard import check, plain

CORPUS = Path(__file__).parent / "corpus"
GRAPHS = frozenset(("urn:a", "urn:b"))
SERVICE = f"SELECT * {{ SERVICE SILENT {ELSEWHERE} {{ ?s ?p ?o }} }}"


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    with Oracle() as found:
        if not found.filters:
            pytest.skip("this kernel has no seccomp filters")
        yield found


def assert_harmless(oracle: Oracle, text: str) -> None:
    with suppress(QueryError):
        check(text, GRAPHS)
        assert oracle.evaluate(plain(text)) != "dead", text


def test_the_oracle_dies_of_a_query_that_reaches_out() -> None:
    with Oracle() as one:
        assert one.evaluate("ASK {}") == "ok"
        assert one.evaluate("ASK {") == "refused"
        if one.filters:
            assert one.evaluate(SERVICE) == "dead"


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING)
@example(SERVICE)
@example(SERVICE.replace("SERVICE", "SERVICE\u00a0"))
def test_what_passes_is_harmless(oracle: Oracle, text: str) -> None:
    assert_harmless(oracle, text)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.json")), ids=lambda path: path.stem)
def test_the_corpus_is_harmless(oracle: Oracle, path: Path) -> None:
    for text in json.loads(path.read_text("utf-8")):
        assert_harmless(oracle, text)


@given(UPDATES)
def test_no_update_passes(text: str) -> None:
    with pytest.raises(QueryError):
        check(text, GRAPHS)
