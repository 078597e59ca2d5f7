"""Nouns for the part that somebody plays in a document."""

from __future__ import annotations

import pytest
from annotated import named, tagged_view, view_of

from kg.annotation.names.roles import find_roles
from kg.model import ROLE, Mention, Span


def roles(text: str) -> list[tuple[str, str]]:
    return [(m.surface, m.cls) for m in find_roles(view_of(text), [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("警方拘捕三人。", [("警方", "kg:GovernmentOrganization")]),
        ("学生批评校方。", [("校方", "kg:EducationalOrganization")]),
        ("該黨批評政府。", [("政府", "kg:GovernmentOrganization"), ("該黨", "kg:Organization")]),
        ("被告否認控罪。", [("被告", "kg:Person")]),
        ("政府發言人說。", [("政府", "kg:GovernmentOrganization")]),
    ],
)
def test_roles(text: str, expected: list[tuple[str, str]]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "地方/n 政府/n 同意/v",
        "各國/r 政府/n 同意/v",
        "南洲/ns 的/uj 政府/n 同意/v",
        "政府/n 部門/n 同意/v",
        "三/m 名/q 被告/n 否認/v",
        "無/v 政府/n 主義/n",
    ],
)
def test_a_part_of_a_longer_phrase_is_none(text: str) -> None:
    assert list(find_roles(tagged_view(text), [])) == []


def test_where_persons_of_a_role_are_counted_it_stands_for_none_of_them() -> None:
    assert roles("兩名被告到庭。其後被告離開。") == []
    assert roles("被告到庭。其後被告離開。") == [("被告", "kg:Person")] * 2


def test_a_title_before_or_an_end_after_a_name_is_no_role() -> None:
    name = Mention("2-5", Span(2, 5), "林海生", "kg:Person", 0.9, "x")
    assert list(find_roles(view_of("被告林海生到庭"), [name])) == []
    place = Mention("0-2", Span(0, 2), "青禾", "kg:Place", 0.9, "x")
    assert list(find_roles(view_of("青禾警方到場"), [place])) == []


def test_a_role_is_neither_a_name_nor_an_anaphor() -> None:
    (found,) = find_roles(view_of("警方到場。"), [])
    assert (found.extractor, found.is_role, found.is_name, found.is_anaphor) == (
        ROLE, True, False, False,
    )  # fmt: skip


def test_the_longer_name_wins_over_the_role_in_it() -> None:
    assert named("香港警方到場。") == [("香港警方", "kg:GovernmentOrganization")]


def test_a_role_in_a_word_of_the_lexicon_is_none() -> None:
    assert roles("青禾银行被告上法庭。") == []
    assert roles("法庭判案。") == [("法庭", "kg:GovernmentOrganization")]
