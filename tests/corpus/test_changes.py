"""Facts gained and lost over some days."""

from __future__ import annotations

from told import article, graph, time, told

from kg.corpus.changes import find_changes
from kg.model import Claim
from kg.ontology import load_ontology

ARTICLES = [
    article("a", "2020-01-10"),
    article("b", "2020-02-10"),
    article("c", "2020-03-10"),
    article("undated"),
]


def changes(*claims: Claim, start: str = "", end: str = "~") -> list[tuple[str, str, str]]:
    """(date, how, the article's name) of each change."""
    found = find_changes(graph(ARTICLES, claims), load_ontology(), start, end)
    return [(one.on, one.how, one.evidence.document.rpartition("/")[2]) for one in found]


def test_a_fact_is_gained_when_it_is_first_said() -> None:
    fact = told("x", "kg:uses", "y", "c", "b", "undated")
    assert changes(fact) == [("2020-02-10", "first said", "b")]


def test_only_facts_are_gained() -> None:
    assert changes(told("x", "kg:uses", "y", "a", modality="planned")) == []
    assert changes(told("x", "kg:uses", "y", "undated")) == []


def test_a_later_denial_loses_it() -> None:
    fact = told("x", "kg:uses", "y", "b")
    denied = told("x", "kg:uses", "y", "c", polarity="denied")
    assert changes(fact, denied)[1:] == [("2020-03-10", "denied", "c")]
    before = told("x", "kg:uses", "y", "a", polarity="denied")
    assert changes(fact, before) == [("2020-02-10", "first said", "b")]


def test_an_article_that_tells_its_end_loses_it() -> None:
    fact = told("x", "kg:uses", "y", "a")
    over = told("x", "kg:uses", "y", "c", polarity="denied", quote="合作終止")
    assert changes(fact, over)[1:] == [("2020-03-10", "ended", "c")]


def test_the_end_of_its_own_time_loses_it() -> None:
    fact = told("x", "kg:uses", "y", "a", time=time("2019", "2020-02"))
    assert changes(fact) == [("2020-01-10", "first said", "a"), ("2020-02", "over", "a")]
    assert changes(told("x", "kg:uses", "y", "a", time=time("2019", "2019"))) == [
        ("2020-01-10", "first said", "a")
    ]


def test_both_days_are_included() -> None:
    fact = told("x", "kg:uses", "y", "b")
    assert changes(fact, start="2020-02-10", end="2020-02-10")
    assert changes(fact, start="2020-02-11") == changes(fact, end="2020-02-09") == []
