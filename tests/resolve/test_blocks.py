"""Which profiles are compared at all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from profiles_by_hand import profile

from kg.resolve.across import judge
from kg.resolve.blocks import WINDOW, affected, blocks, order, pairs, short_forms, tokens_of
from kg.resolve.profiles import Profile


def documents(profiles: Iterable[Profile]) -> list[str]:
    return [one.document[4:] for one in profiles]


@pytest.mark.parametrize(
    ("name", "cls", "short"),
    [
        ("华为技术有限公司", "kg:Company", {"华为技术"}),
        ("蓝峰集团", "kg:Company", {"蓝峰"}),
        ("集团", "kg:Company", set()),
        ("唐纳德·特朗普", "kg:Person", {"特朗普"}),
        ("蓝峰集团", "kg:Person", set()),
        ("香港", "kg:Region", set()),
    ],
)
def test_short_forms(name: str, cls: str, short: set[str]) -> None:
    assert short_forms(name, cls) == short


def test_a_block_is_tied_by_names_over_others_too() -> None:
    full = profile("藍峰集團有限公司", "1", "kg:Company", names=("藍峰", "LF"))
    other = profile("LF", "2", "kg:Company")
    latin = profile("蓝峰", "3", "kg:Company")
    alone = profile("青禾銀行", "4", "kg:Company")
    (block,) = blocks([alone, latin, other, full])
    assert documents(block) == ["1", "2", "3"]


def test_known_entities_alone_are_no_block() -> None:
    known = [profile("騰訊", n, "kg:Company", known=True) for n in "12"]
    assert list(blocks(known)) == []
    assert list(blocks([*known, profile("騰訊", "3", "kg:Product")]))


def test_a_name_that_only_known_entities_have_ties_nothing() -> None:
    known = [
        profile("騰訊", "1", "kg:Company", known=True, names=("TX",)),
        profile("騰訊", "2", "kg:Company", known=True, names=("TX", "鵝廠")),
    ]
    (block,) = blocks([*known, profile("鵝廠", "3", "kg:Company")])
    assert documents(block) == ["2", "3"]


def test_with_the_last_bearer_of_a_name_its_block_is_judged_again() -> None:
    gone = profile("甲社", "1", "kg:Company")
    rest = [
        profile("騰訊", "2", "kg:Company", known=True, names=("甲社", "鵝廠")),
        profile("鵝廠", "3", "kg:Company"),
    ]

    def lookup(known: bool, token: str) -> list[Profile]:
        return [one for one in rest if one.known is known and token in tokens_of(one)]

    found = affected([gone], lambda t: lookup(False, t), lambda t: lookup(True, t))
    assert documents(found) == ["2", "3"]


def test_pairs_are_of_different_documents_and_not_of_known_ones() -> None:
    known = [profile("騰訊", n, "kg:Company", known=True) for n in "12"]
    new = profile("騰訊", "1", "kg:Product", iri="https://example.org/x")
    (block,) = blocks([*known, new])
    assert [documents(pair) for pair in pairs(block)] == [["1", "2"]]


def test_of_many_only_near_ones_are_compared_but_those_with_a_tie_always_meet() -> None:
    many = [
        profile(
            "林海", f"{n:03}", published="2020-01-01", neighbours=("藍峰",) if n in (0, 99) else ()
        )
        for n in range(100)
    ]
    found = {tuple(documents(pair)) for pair in pairs(sorted(many, key=order))}
    assert ("000", "099") in found
    assert ("001", "099") not in found
    assert len(found) <= 100 * WINDOW + 1


pools = st.lists(
    st.builds(
        lambda name, number, known, also: profile(
            name, str(number), "kg:Company", known=known and name == "藍峰", names=also
        ),
        st.sampled_from(["王偉", "藍峰", "藍峰集團", "青禾", "青禾集團"]),
        st.integers(1, 5),
        st.booleans(),
        st.lists(st.sampled_from(["王偉", "青禾", "藍峰股份", "LF"]), max_size=2),
    ),
    max_size=12,
    unique_by=lambda one: (one.document, one.iri),
)


@settings(max_examples=60)
@given(pools, pools)
def test_what_a_change_does_not_touch_keeps_its_moves(
    before: list[Profile], changed: list[Profile]
) -> None:
    """Judging only what is affected gives what judging everything gives."""
    gone = {(one.document, one.iri) for one in changed}
    kept = [one for one in before if (one.document, one.iri) not in gone]
    after = [*kept, *changed]

    def lookup(known: bool, token: str) -> list[Profile]:
        return [one for one in after if one.known is known and token in tokens_of(one)]

    old = [one for one in before if (one.document, one.iri) in gone]
    again = affected([*old, *changed], lambda t: lookup(False, t), lambda t: lookup(True, t))
    places = {(one.document, one.iri) for one in again}
    moves = {p: to for p, to in judge(before).moves.items() if p not in places | gone}
    assert moves | dict(judge(again).moves) == dict(judge(after).moves)
