"""Names that their place in the sentence gives away."""

from __future__ import annotations

import pytest
from annotated import tagged_view

from kg.annotation.names.context import (
    find_apposed,
    find_glossed,
    find_local_firms,
    find_officers_firms,
    find_owners,
    find_tagged_bodies,
)
from kg.model import Mention


def shown(mentions: object) -> list[tuple[str, str]]:
    found: list[Mention] = list(mentions)  # type: ignore[call-overload]
    return [(m.surface, m.cls) for m in found]


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("青禾/nz 旗下/n 的/uj 產品/n", [("青禾", "kg:Company")]),
        ("青禾/nz 麾下/n 的/uj 產品/n", [("青禾", "kg:Company")]),
        ("公司/n 旗下/n 的/uj 產品/n", []),
        ("董事長/n 旗下/n 的/uj 產品/n", []),
        ("它/r 旗下/n 的/uj 產品/n", []),
        ("旗下/n 的/uj 產品/n", []),
    ],
)
def test_the_owner_before_under(tagged: str, expected: list[tuple[str, str]]) -> None:
    assert shown(find_owners(tagged_view(tagged))) == expected


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("推出/v 鴻鵠/nz （/x Honghu/eng ）/x", [("鴻鵠", "kg:Product")]),
        ("遊戲/n 鴻鵠/nz （/x Honghu/eng ）/x", [("鴻鵠", "kg:Game")]),
        ("推出/v 產品/n （/x Product/eng ）/x", []),
        ("推出/v 鴻鵠/nz （/x 見/v 圖/n ）/x", []),
        ("（/x Honghu/eng ）/x", []),
    ],
)
def test_what_a_foreign_name_in_brackets_explains(
    tagged: str, expected: list[tuple[str, str]]
) -> None:
    assert shown(find_glossed(tagged_view(tagged))) == expected


def test_a_foreign_name_after_persons_names_explains_a_person() -> None:
    view = tagged_view("訪問/v 林小雨/nr （/x Rain/eng ）/x")
    assert shown(find_glossed(view)) == [("林小雨", "kg:Person")]


@pytest.mark.parametrize(
    "tagged",
    [
        "鴻鵠/nz （/x 600123.SH/eng ）/x",
        "鴻鵠/nz （/x 0123.HK/eng ）/x",
        "鸿鹄/nz （/x 股票代码/n 600123/m ）/x",
        pytest.param("鴻鵠/nz （/x 股票代碼/n 600123/m ）/x"),
    ],
)
def test_what_a_stock_code_stands_after_is_a_company(tagged: str) -> None:
    assert shown(find_officers_firms(tagged_view(tagged))) == [(tagged[:2], "kg:Company")]


def test_a_year_in_brackets_is_no_stock_code() -> None:
    assert shown(find_officers_firms(tagged_view("鴻鵠/nz （/x 2019/m 年/q ）/x"))) == []


def test_a_company_called_after_its_town_is_told_twice() -> None:
    once = tagged_view("松嶺/ns 鴻鵠/nz 上漲/v")
    twice = tagged_view("松嶺/ns 鴻鵠/nz 上漲/v 松嶺/ns 鴻鵠/nz 下跌/v")
    place = [once.mention(0, 2, "kg:City", 0.9, "known")]
    assert shown(find_local_firms(once, place)) == []
    assert shown(find_local_firms(twice, place)) == [("松嶺鴻鵠", "kg:Company")]


def test_a_word_that_the_segmenter_knows_as_a_body() -> None:
    assert [m.surface for m in find_tagged_bodies(tagged_view("海研會/nt 開會/v"))] == ["海研會"]
    assert shown(find_tagged_bodies(tagged_view("海研會/n 開會/v"))) == []


def test_the_name_right_after_the_noun_for_its_kind() -> None:
    assert shown(find_apposed(tagged_view("品牌/n 鴻鵠/nr 上市/v"))) == [("鴻鵠", "kg:Company")]
    assert shown(find_apposed(tagged_view("昨日/t 鴻鵠/nr 上市/v"))) == []
