"""The Accept header, as RFC 9110 reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiate import CSV, HTML, JSON, QUADS, ROWS, TRIPLES, TRUTH, TURTLE, XML, choose


@pytest.mark.parametrize(
    ("accept", "given_"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("text/*", CSV),
        ("application/sparql-results+xml", XML),
        ("application/xml", XML),
        ("application/json", JSON),
        ("text/csv;q=0.9, application/sparql-results+xml;q=0.8", CSV),
        ("text/csv;q=0.8, application/sparql-results+xml;q=0.9", XML),
        ("*/*;q=0.1, text/csv;q=0.2", CSV),
        # text/xml is all that is left under text/*.
        ("text/*;q=0.9, text/csv;q=0.1, text/tab-separated-values;q=0.5, */*;q=0.4", XML),
        ("application/sparql-results+json;q=0, application/json;q=0, */*", XML),
        ("TEXT/CSV", CSV),
        ("text/csv;charset=utf-8", CSV),
        ("text/csv; header=present ; q=0.5, application/json; q=0.4", CSV),
        (" , ,text/csv", CSV),
        ("nonsense, text/csv", CSV),
    ],
)
def test_rows(accept: str | None, given_: str) -> None:
    assert choose(accept, ROWS) == given_


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "*/*;q=0", "text", "a/b/c"])
def test_nothing(accept: str) -> None:
    assert choose(accept, ROWS) is None


def test_a_truth_is_no_table() -> None:
    assert choose("text/csv", TRUTH) is None
    assert choose("text/csv, */*;q=0.1", TRUTH) == JSON


def test_equals_go_by_our_order() -> None:
    assert choose("application/ld+json, text/turtle", TRIPLES) == TURTLE
    assert choose("application/trig", QUADS) == "application/trig"
    assert choose("application/trig", TRIPLES) is None


@given(st.text(max_size=80))
def test_any_header_is_read(accept: str) -> None:
    assert choose(accept, {**ROWS, HTML: HTML}) in (*ROWS.values(), HTML, None)


@given(st.permutations(["text/csv;q=0.3", "application/json;q=0.8", "*/*;q=0.1"]))
def test_the_order_of_the_header_does_not_matter(parts: list[str]) -> None:
    assert choose(",".join(parts), ROWS) == JSON


@given(st.sampled_from(sorted(ROWS)), st.integers(2, 1000))
def test_what_is_liked_most_is_given(asked: str, thousandths: int) -> None:
    quality = thousandths / 1000
    others = ",".join(
        f"{other};q={quality / 2:.3f}" for other in ROWS if ROWS[other] != ROWS[asked]
    )
    assert choose(f"{asked};q={quality:.3f},{others}", ROWS) == ROWS[asked]
