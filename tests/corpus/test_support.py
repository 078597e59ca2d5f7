"""How many independent sources say a claim."""

from __future__ import annotations

from told import article, graph, told

from kg.corpus.copies import BY
from kg.corpus.support import find_support, publisher_of
from kg.model import Judgement

A = article("a", "2020-01-01", publisher="甲報")
B = article("b", "2020-01-02", publisher="乙報")
C = article("c", "2020-01-03", publisher="甲報")
COPY = Judgement(B.iri, A.iri, "same", 0.9, ("alike",), BY)


def test_a_publisher_counts_once() -> None:
    (row,) = find_support(graph([A, B, C], [told("x", "kg:uses", "y", "a", "b", "c")]))
    assert (len(row.publishers), len(row.stories), len(row.documents)) == (2, 3, 3)
    assert row.publishers == ("乙報", "甲報")


def test_a_copied_story_is_its_first_publishers() -> None:
    copied = graph([A, B, C], [told("x", "kg:uses", "y", "a", "b")], judgements=(COPY,))
    (row,) = find_support(copied)
    assert row.publishers == ("甲報",)
    assert (row.stories, len(row.documents)) == ((A.iri,), 2)


def test_a_story_counts_for_who_told_it_first_even_if_only_the_copy_has_the_claim() -> None:
    (row,) = find_support(graph([A, B], [told("x", "kg:uses", "y", "b")], judgements=(COPY,)))
    assert row.publishers == ("甲報",)


def test_the_best_supported_comes_first() -> None:
    claims = [told("x", "kg:uses", "y", "a"), told("x", "kg:uses", "z", "a", "b")]
    rows = find_support(graph([A, B], claims))
    assert [row.claim for row in rows] == claims[::-1]
    assert [row.claim for row in find_support(graph([A, B], claims), claims[:1])] == claims[:1]


def test_without_a_publisher_it_is_the_host_or_the_article() -> None:
    assert publisher_of(article("a", url="https://news.example/1")) == "news.example"
    assert publisher_of(article("a")) == article("a").iri
