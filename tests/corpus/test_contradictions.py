"""What one article asserts and another denies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from told import article, graph, time, told

from kg.corpus.contradictions import Contradiction, find_contradictions
from kg.model import Claim, Review
from kg.ontology import load_ontology

ARTICLES = [article("a", "2020-01-01"), article("b", "2020-02-01")]


def between(*claims: Claim) -> tuple[Contradiction, ...]:
    return find_contradictions(graph(ARTICLES, claims), load_ontology())


def uses(**more: Any) -> Claim:
    return told("x", "kg:uses", "y", more.pop("where", "a"), **more)


DENIAL = uses(where="b", polarity="denied")


def test_asserted_here_and_denied_there() -> None:
    (one,) = between(uses(), DENIAL)
    assert (one.kind, one.said.quote, one.against.quote) == ("denied", "a說", "b說")
    assert (one.asserted.polarity, one.contrary.polarity) == ("asserted", "denied")


@pytest.mark.parametrize(
    "other",
    [
        uses(where="b"),
        told("x", "kg:uses", "z", "b", polarity="denied"),
        told("y", "kg:uses", "x", "b", polarity="denied"),
        told("x", "kg:owns", "y", "b", polarity="denied"),
        replace(DENIAL, modality="planned"),
        replace(DENIAL, modality="possible"),
        replace(DENIAL, review=Review("wrong", "me")),
    ],
)
def test_what_is_no_contradiction(other: Claim) -> None:
    assert between(uses(), other) == ()


def test_a_relation_without_direction_is_denied_either_way() -> None:
    one = told("x", "kg:partnerOf", "y", "a")
    assert between(one, told("y", "kg:partnerOf", "x", "b", polarity="denied"))


def test_another_office_is_another_thing() -> None:
    one = told("x", "kg:holdsRoleAt", "y", "a", role="主席")
    other = told("x", "kg:holdsRoleAt", "y", "b", role="會長", polarity="denied")
    assert between(one, other) == ()
    assert between(one, replace(other, role="主席"))


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        (None, ("2020", "2020"), True),
        (("2019", "2019"), ("2020-01", "2020-01"), False),
        (("2020", "2020"), ("2020-03", "2020-03"), True),
        (("2019", None), ("2020-03", "2020-03"), True),
        ((None, "2019-12"), ("2020-03", "2020-03"), False),
        (("2020-03", "2020-03"), (None, "2021"), True),
    ],
)
def test_times_that_cannot_meet_do_not_contradict(
    first: tuple[str | None, str | None] | None,
    second: tuple[str | None, str | None],
    meet: bool,
) -> None:
    one = uses(time=time(*first) if first else None)
    other = replace(DENIAL, time=time(*second))
    assert bool(between(one, other)) is meet


def test_what_is_over_is_told_apart_from_what_never_was() -> None:
    (one,) = between(uses(), uses(where="b", polarity="denied", quote="雙方的合作已經終止"))
    assert one.kind == "ended"


def test_one_article_that_says_both_comes_last() -> None:
    retold = [
        told("x", "kg:owns", "y", "a", confidence=0.99),
        told("x", "kg:owns", "y", "a", confidence=0.99, polarity="denied"),
    ]
    assert [one.kind for one in between(*retold, uses(), DENIAL)] == ["denied", "retold"]
