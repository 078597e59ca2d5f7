"""What one article asserts and another denies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from told import article, graph, time, told

from kg.corpus.contradictions import Contradiction, find_contradictions
from kg.model import Claim, Review
from kg.ontology import load_ontology

ARTICLES = [
    article("a", "2020-01-01"),
    article("b", "2020-02-01"),
    article("c", "2020-03-01"),
    article("undated"),
]


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


OVER = "雙方的合作已經終止"


@pytest.mark.parametrize(
    ("said_in", "time_of", "found"),
    [
        ("a", None, []),  # before it was over
        ("c", None, ["ended"]),  # after that
        ("undated", None, []),
        ("c", ("2019", "2019"), []),  # told later, of before
        ("c", ("2020-02", None), []),  # of the same month
        ("a", ("2020-03", None), ["ended"]),
    ],
)
def test_what_is_over_contradicts_only_what_is_asserted_of_later(
    said_in: str, time_of: tuple[str, str | None] | None, found: list[str]
) -> None:
    claim = uses(where=said_in, time=time(*time_of) if time_of else None)
    ended = uses(where="b", polarity="denied", quote=OVER)
    assert [one.kind for one in between(claim, ended)] == found


def test_the_time_of_the_end_goes_before_the_date_of_the_article() -> None:
    ended = uses(where="c", polarity="denied", quote=OVER, time=time("2020-01-15", "2020-01-15"))
    (one,) = between(uses(where="b"), ended)
    assert (one.kind, one.said.quote, one.against.quote) == ("ended", "b說", OVER)


def test_one_article_that_says_both_comes_last() -> None:
    retold = [
        told("x", "kg:owns", "y", "a", confidence=0.99),
        told("x", "kg:owns", "y", "a", confidence=0.99, polarity="denied"),
    ]
    assert [one.kind for one in between(*retold, uses(), DENIAL)] == ["denied", "retold"]
