"""How alike two profiles are, and why."""

from __future__ import annotations

import pytest
from profiles_by_hand import profile

from kg.resolve.compare import are_of_one_kind, compare, features, load_weights
from kg.resolve.profiles import Profile


def score(left: Profile, right: Profile, rivals: int = 1) -> float:
    return compare(features(left, right, rivals=rivals)).score


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("kg:Company", "kg:Company", True),
        ("kg:Company", "kg:Organization", True),
        ("kg:Company", "kg:MediaOrganization", True),
        ("kg:City", "kg:Region", True),
        ("kg:Company", "kg:Person", False),
        ("kg:Country", "kg:GovernmentOrganization", False),
        ("kg:Company", "kg:Product", False),
    ],
)
def test_which_classes_can_be_one_thing(left: str, right: str, one: bool) -> None:
    assert are_of_one_kind(left, right) is are_of_one_kind(right, left) is one


PLAIN = profile("岑敖暉", "1")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("company", ("羅冠聰", "黃之鋒", "周永康", "李卓人")),
        ("near", ("羅冠聰", "黃之鋒", "周永康")),
        ("before", ("學聯", "秘書", "書長")),
        ("setting", ("香港", "立法會")),
    ],
)
def test_what_two_articles_share_speaks_for_one_thing(field: str, values: tuple[str, ...]) -> None:
    left, right = (profile("岑敖暉", number, **{field: values}) for number in "12")
    assert score(left, right) > score(PLAIN, profile("岑敖暉", "2"))


def test_an_office_at_the_same_body_speaks_for_one_person() -> None:
    held = [profile("林海", n, offices=(("主席", "海岳大學"),)) for n in "12"]
    other = profile("林海", "3", offices=(("會長", "藍峰集團"),))
    assert score(*held) > score(held[0], other)


def test_other_places_speak_against_it() -> None:
    here = profile("內政部", "1", "kg:GovernmentOrganization", places=("英國",))
    there = profile("內政部", "2", "kg:GovernmentOrganization", places=("委內瑞拉",))
    again = profile("內政部", "3", "kg:GovernmentOrganization", places=("英國",))
    assert score(here, there) < score(here, again)


@pytest.mark.parametrize("common", ["張志偉", "王偉", "布朗", "欧阳志明"])
def test_a_common_name_says_less(common: str) -> None:
    found = features(profile(common, "1"), profile(common, "2"))
    assert found["a name that many have"] == 1
    assert score(profile(common, "1"), profile(common, "2")) < score(PLAIN, profile("岑敖暉", "2"))


@pytest.mark.parametrize("rare", ["岑敖暉", "鄧炳強", "林鄭月娥"])
def test_a_rare_name_is_no_common_one(rare: str) -> None:
    assert "a name that many have" not in features(profile(rare, "1"), profile(rare, "2"))


def test_a_short_name_of_several_things_says_less() -> None:
    full = profile("廉政公署", "1", "kg:Organization", names=("公署",))
    short = profile("公署", "2", "kg:Organization")
    assert score(full, short, rivals=2) < score(full, short)


def test_the_score_is_the_same_from_both_sides() -> None:
    left = profile("林海", "1", company=("甲", "乙"), published="2020-01-01")
    right = profile("林海生", "2", names=("林海",), company=("乙",), published="2021-01-01")
    assert features(left, right) == features(right, left)


def test_reasons_are_the_weightiest_first_and_every_weight_is_of_a_feature() -> None:
    left, right = (profile("林海", n, company=("甲", "乙", "丙", "丁")) for n in "12")
    found = compare(features(left, right))
    assert found.reasons[0].startswith("shared company (+")
    assert 0 < found.score < 1
    assert "bias" in load_weights()
