"""Which entities of different documents are one, and by which IRI they are known then."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from profiles_by_hand import namesakes, pools, profile
from reading import document, named, plain, read
from work import steps

from kg.iri import content_key, entity_iri
from kg.model import ClaimGraph, Judgement
from kg.resolve import judge_across
from kg.resolve.across import Judged, judge
from kg.resolve.blocks import blocks
from kg.resolve.profiles import Profile

HUAWEI = "kg:Company"


def iris(profiles: Sequence[Profile], verdicts: Iterable[Judgement] = ()) -> list[str]:
    """The IRI of each profile."""
    moves = judge(profiles, verdicts).moves
    return [moves.get((p.document, p.iri), p.iri) for p in profiles]


def verdict(left: Profile, right: Profile, said: str) -> Judgement:
    first, second = sorted((left.id, right.id))
    return Judgement(first, second, said, 1.0, ("judged by a reader",), "me")  # type: ignore[arg-type]


def test_one_name_in_both_scripts_is_one_thing_named_in_traditional() -> None:
    both = [
        profile("藍峰電子", "1", "kg:Company", company=("甲", "乙")),
        profile("蓝峰电子", "2", "kg:Company", company=("甲", "乙"), script="Hans"),
    ]
    assert iris(both) == [entity_iri("藍峰電子")] * 2


def test_a_company_and_a_person_of_one_name_are_two() -> None:
    one = [profile("海岳", "1", "kg:Company"), profile("海岳", "2", "kg:Person")]
    assert len(set(iris(one))) == 2


def test_of_several_bearers_the_one_of_most_documents_keeps_the_plain_name() -> None:
    found = iris(namesakes())
    key = content_key("doc:1", entity_iri("周永康"), length=8)
    assert found[2:] == [entity_iri("周永康")] * 3
    assert found[0] == found[1] == entity_iri(f"周永康 {key}")


def test_of_equals_none_keeps_it() -> None:
    found = iris(namesakes()[:4])
    assert len(set(found)) == 2
    assert entity_iri("周永康") not in found


def test_a_known_entity_never_becomes_another_known_one() -> None:
    known = [
        profile("華為", "1", HUAWEI, known=True, names=("華為技術",)),
        profile("騰訊", "2", HUAWEI, known=True),
        profile("華為技術", "3", HUAWEI, names=("華為", "騰訊"), company=("甲", "乙", "丙", "丁")),
    ]
    found = iris(known)
    assert found[:2] == [entity_iri("華為"), entity_iri("騰訊")]
    assert verdict_moves(known, "same") == found


def verdict_moves(profiles: Sequence[Profile], said: str) -> list[str]:
    return iris(profiles, [verdict(profiles[0], profiles[1], said)])


def test_a_short_name_declared_in_one_article_is_the_full_one_of_another() -> None:
    full = profile("香港記者協會", "1", "kg:Organization", names=("記協",), company=("甲", "乙"))
    short = profile("記協", "2", "kg:Organization", company=("甲", "乙"))
    assert iris([full, short]) == [entity_iri("香港記者協會")] * 2


def test_a_short_name_of_several_bodies_is_none_of_them_without_more() -> None:
    bodies = [
        profile("申訴專員公署", "1", "kg:GovernmentOrganization", names=("公署",)),
        profile("廉政公署", "2", "kg:GovernmentOrganization", names=("公署",)),
        profile("公署", "3", "kg:GovernmentOrganization"),
    ]
    assert iris(bodies) == [one.iri for one in bodies]


@pytest.mark.parametrize(("said", "things"), [("same", 1), ("different", 2)])
def test_a_readers_verdict_stands(said: str, things: int) -> None:
    twins = namesakes()[2:4] if said == "different" else [namesakes()[0], namesakes()[3]]
    assert len(set(verdict_moves(twins, said))) == things
    assert len(set(iris(twins))) != things


def test_a_verdict_on_two_names_keeps_them_apart() -> None:
    full = profile("香港記者協會", "1", "kg:Organization", names=("記協",), company=("甲", "乙"))
    short = profile("記協", "2", "kg:Organization", company=("甲", "乙"))
    apart = Judgement(full.iri, short.iri, "different", 1.0, ("judged by a reader",), "me")
    assert iris([full, short], [apart]) == [full.iri, short.iri]


def test_each_judgement_has_reasons_and_names_what_it_judges() -> None:
    profiles = namesakes()
    judged = judge(profiles)
    known = {one.id for one in profiles}
    assert judged.judgements
    for one in judged.judgements:
        assert {one.left, one.right} <= known
        assert one.reasons
        assert 0 < one.score < 1


@settings(max_examples=50)
@given(pools, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(profiles: list[Profile], shuffle: random.Random) -> None:
    expected = judge(profiles)
    shuffle.shuffle(profiles)
    assert judge(profiles) == expected


@settings(max_examples=50)
@given(pools)
def test_each_block_is_judged_by_itself(profiles: list[Profile]) -> None:
    parts = [judge(block) for block in blocks(profiles)]
    whole = judge(profiles)
    moves = {place: to for part in parts for place, to in part.moves.items()}
    judgements = tuple(one for part in parts for one in part.judgements)
    assert whole == Judged(moves, judgements)


@settings(max_examples=50)
@given(pools)
def test_two_things_never_share_an_iri(profiles: list[Profile]) -> None:
    found = dict(zip(profiles, iris(profiles), strict=True))
    for one in profiles:
        for other in profiles:
            if found[one] == found[other]:
                assert one.cls == other.cls


def test_graphs_in_any_order_get_the_same_moves() -> None:
    texts = ["青禾銀行與聯合國合作。", "腾讯与青禾银行合作。", "青禾銀行投資白露影業公司。"]
    graphs: list[ClaimGraph] = [plain().read(document(text)) for text in texts]
    one, turned = judge_across(graphs), judge_across(graphs[::-1])
    assert one.moves == turned.moves[::-1]
    assert set(one.judgements) == set(turned.judgements)


# --- Over whole graphs -----------------------------------------------------------------------


def test_the_same_name_in_two_documents_is_one_entity() -> None:
    (entity,) = read("晨星科技集團很大。", "昨日晨星科技集團很好。").entities
    assert len({mention.document for mention in entity.mentions}) == 2


def test_known_names_in_any_language_are_one_entity() -> None:
    graph = read("騰訊很大。", "腾讯很大。", "Tencent很大。", "聯合國和United Nations。")
    assert sorted(len(entity.mentions) for entity in graph.entities) == [2, 3]


def test_an_unknown_name_in_both_scripts_is_one_entity() -> None:
    assert len(read("藍峰電子很大。", "蓝峰电子很小。").entities) == 1


TEXTS = [
    "晨星科技集團收購藍峰電子。該公司很大。",
    "藍峰電子很小。腾讯很大。",
    "晨星科技集团投资蓝峰电子。",
    "Tencent與聯合國合作。",
    "",
    "天氣很好。",
]


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(shuffle: random.Random) -> None:
    graphs = [named().read(document(text)) for text in TEXTS]
    expected = named().join(graphs)
    shuffle.shuffle(graphs)
    assert named().join(graphs) == expected


def test_what_was_compared_is_not_compared_again() -> None:
    found = namesakes()
    first = judge(found)
    again = steps(lambda: judge(found))
    assert judge(found) == first
    assert again["compare.features"] == 0
    assert again["across._Matching._join"] > 0
