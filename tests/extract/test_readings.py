"""Which pairs a binding holds, and who is no end of a reading."""

from __future__ import annotations

import pytest
from reading import read

from kg.extract.clauses import Group
from kg.extract.frames import Binding
from kg.extract.readings import fitting, pairs_of
from kg.model import Mention, Span
from kg.ontology import load_ontology


def mention(name: str, cls: str = "kg:Company", extractor: str = "given") -> Mention:
    at = ord(name[0])
    return Mention(name, Span(at, at + 1), name, cls, 0.9, extractor)


A, B, C, D = map(mention, "abcd")


def ids(binding: Binding, *, side_by_side: bool = False) -> list[str]:
    return [x.id + y.id for x, y in pairs_of(binding, side_by_side=side_by_side)]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([("A", Group((A, B)), 0), ("B", Group((C, D)), 3)], ["ac", "ad", "bc", "bd"]),
        ([("B", Group((C,)), 0), ("A", Group((A,)), 3)], ["ac"]),
        ([("A", Group((A,)), 0), ("B", Group((A, C)), 3)], ["ac"]),
        ([("A", Group((A,)), 0)], []),
        ([], []),
        ([("A+B", Group((A, B, C)), 0)], ["ab", "ac", "bc"]),
        ([("A+B", Group((A, B, C), split=1), 0)], ["ab", "ac"]),
        ([("A+B", Group((A, B, C), split=2), 0)], ["ac", "bc"]),
    ],
)
def test_pairs_of_a_binding(
    groups: list[tuple[str, Group, int | None]], expected: list[str]
) -> None:
    assert ids(Binding(tuple(groups))) == expected


@pytest.mark.parametrize(("left", "right", "pairs"), [(20, 20, 400), (21, 20, 0), (1, 400, 400)])
def test_two_long_lists_are_a_table(left: int, right: int, pairs: int) -> None:
    members = [Mention(str(n), Span(n, n + 1), "x", "kg:Company", 0.9, "x") for n in range(500)]
    groups = (("A", Group(tuple(members[:left])), 0), ("B", Group(tuple(members[-right:])), 3))
    assert len(pairs_of(Binding(groups))) == pairs
    both = Group((*members[:left], *members[-right:]), split=left)
    assert len(pairs_of(Binding((("A+B", both, 0),)))) == pairs


def test_side_by_side_only_the_names_that_touch_are_a_pair() -> None:
    groups = (("B", Group((A, B)), 0), ("A", Group((C, D)), 1))
    assert ids(Binding(groups), side_by_side=True) == ["cb"]


def test_fitting_keeps_the_members_of_the_class() -> None:
    person = mention("p", "kg:Person")
    ontology = load_ontology()
    assert fitting(ontology, ("kg:Organization",), Group((A, person))) == Group((A,))
    assert fitting(ontology, ("kg:Agent",), Group((A, person), 1)) == Group((A, person), 1)
    assert fitting(ontology, ("kg:Event",), Group((A, person))) is None


def test_an_anaphor_can_stand_for_anything_below_its_class() -> None:
    its = mention("i", "kg:Agent", "anaphor-topic")
    agent = mention("g", "kg:Agent")
    ontology = load_ontology()
    assert fitting(ontology, ("kg:Company",), Group((its,))) == Group((its,))
    assert fitting(ontology, ("kg:Company",), Group((agent,))) is None


def test_a_medium_that_tells_of_it_does_nothing_itself() -> None:
    told = read("碧波日報報道，多個團體組成聯盟，支持南洲國。")
    assert [claim for claim in told.claims if claim.predicate == "kg:supports"] == []
    own = read("晨星科技集團表示，將舉行集會，支持南洲國。")
    assert [claim.predicate for claim in own.claims] == ["kg:supports"]


def test_who_tells_of_displeasure_is_not_its_object() -> None:
    told = read("林海生說，南洲國對此表示強烈不滿。")
    assert [claim for claim in told.claims if claim.predicate == "kg:criticizes"] == []
