"""Known names are found where they are names, and nowhere inside other words."""

from __future__ import annotations

import pytest
from annotated import annotate, surfaces, view_of
from hypothesis import given
from hypothesis import strategies as st

from kg.annotation.names.known import KnownMatch, find_known, fold, known_names
from kg.ontology import KnownEntity, load_known_entities

SPRUCE = KnownEntity("urn:spruce", "kg:Company", {"zh-Hant": "雲杉", "en": "Spruce"}, ("SPR",), ())
OTHER = KnownEntity("urn:other", "kg:Person", {"zh-Hant": "雲杉"}, ("Other",), ())


def known(text: str) -> list[str]:
    return [m.surface for m in annotate(text).mentions if m.known and "known" in m.sources]


def test_names_are_kept_simplified_and_in_lower_case() -> None:
    assert known_names([SPRUCE]) == {"云杉": SPRUCE, "spruce": SPRUCE, "spr": SPRUCE}


def test_the_first_entity_keeps_a_name_that_two_have() -> None:
    assert known_names([SPRUCE, OTHER])["云杉"] is SPRUCE
    assert known_names([OTHER, SPRUCE])["云杉"] is OTHER


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_keeps_a_character_that_would_become_two() -> None:
    assert fold("İABC") == "İabc"


@pytest.mark.parametrize("text", ["騰訊與聯合國合作。", "腾讯与联合国合作。"])
def test_a_known_name_in_either_script_is_the_same_entity(text: str) -> None:
    assert [m.known for m in annotate(text).mentions] == [
        "https://w3id.org/claimgraph/entity/騰訊",
        "https://w3id.org/claimgraph/entity/聯合國",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("考古人員在三星堆遺址發現青銅器。", []),
        ("考古人员在三星堆遗址发现青铜器。", []),
        ("他住三星級酒店。", []),
        ("三星推出新手機。", ["三星"]),
        ("三星堆與三星不同。", ["三星"]),
        ("三星電子推出新手機。", ["三星電子"]),
        ("中國銀行與中國的銀行。", ["中國銀行", "中國"]),
        ("騰訊會議與騰訊不同。", ["騰訊會議", "騰訊"]),
    ],
)
def test_a_name_is_not_cut_out_of_a_longer_word(text: str, expected: list[str]) -> None:
    assert known(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WHO與Skype。", ["WHO", "Skype"]),
        ("He asked who came.", []),
        ("iSkype和SkypeX和Skype2。", []),
        ("用Skype開會", ["Skype"]),
    ],
)
def test_a_latin_name_stands_alone_and_is_spelt_as_known(text: str, expected: list[str]) -> None:
    assert known(text) == expected


def test_a_match_that_is_no_name_here_is_left_out() -> None:
    view = view_of("spruce 與 Spruce")
    matches = [KnownMatch(0, 6, SPRUCE), KnownMatch(9, 15, SPRUCE)]
    (mention,) = find_known(view, matches)
    assert (mention.surface, mention.cls, mention.known) == ("Spruce", "kg:Company", "urn:spruce")
    assert mention.span.start == 9


@pytest.mark.parametrize(
    ("cls", "score", "found"),
    [("kg:Country", 0.9, ["青"]), ("kg:Country", 0.6, []), ("kg:Person", 0.9, []), ("", 0, [])],
)
def test_a_hidden_name_is_one_only_where_a_reader_is_sure_of_a_place(
    cls: str, score: float, found: list[str]
) -> None:
    view = view_of("青洲關係")
    land = KnownEntity("urn:land", "kg:Country", {"zh-Hant": "青國"}, (), (), ("青",))
    others = [view.mention(0, 1, cls, score, "recogniser")] if cls else []
    mentions = find_known(view, [KnownMatch(0, 1, land)], others)
    assert [m.surface for m in mentions] == found
    assert known_names([land])["青"] is land
    assert "青" not in land.names()


@pytest.mark.parametrize("name", ["美方", "華府", "美国"])
def test_a_side_and_a_capital_stand_for_the_country(name: str) -> None:
    (mention,) = annotate(f"{name}表示歡迎。").mentions
    assert mention.known == "https://w3id.org/claimgraph/entity/美國"


def test_a_known_company_with_its_kind_is_still_that_company() -> None:
    for name in ("騰訊公司", "三星公司"):
        (mention,) = annotate(f"{name}的股價上漲。").mentions
        assert mention.surface == name
        assert mention.known == f"https://w3id.org/claimgraph/entity/{name[:2]}"


def test_the_longest_known_name_wins() -> None:
    assert surfaces("聯合國教科文組織開會。") == ["聯合國教科文組織"]


def test_every_packaged_name_can_be_looked_up() -> None:
    names = known_names(load_known_entities())
    assert names["腾讯"].iri == "https://w3id.org/claimgraph/entity/騰訊"
    assert all(name == fold(name) for name in names)
