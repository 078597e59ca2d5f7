"""A maker's name with a noun is a product's name."""

from __future__ import annotations

import pytest
from annotated import classes, tagged_view

from kg.annotation.names.brands import find_branded, find_models

MAKER = "kg:Company"


def branded(tagged: str, makers: dict[str, int]) -> list[tuple[str, str]]:
    view = tagged_view(tagged)
    mentions = [view.mention(at, at + len(name), MAKER, 0.8, "test") for name, at in makers.items()]
    return [(m.surface, m.cls) for m in find_branded(view, mentions)]


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("用/v 「/x 青禾/nz 音樂/n 」/x", "青禾音樂"),
        ("、/x 青禾/nz 地圖/n 、/x", "青禾地圖"),
        ("和/c 青禾/nz 瀏覽器/n 都/d", "青禾瀏覽器"),
    ],
)
def test_a_product_noun_in_a_list_or_in_marks(tagged: str, expected: str) -> None:
    at = tagged_view(tagged).text.index("青禾")
    assert branded(tagged, {"青禾": at}) == [(expected, "kg:Product")]


@pytest.mark.parametrize(
    "tagged",
    [
        "用/v 青禾/nz 音樂/n 聽/v",  # told once, in no list: may be two words
        "、/x 青禾/nz 員工/n 、/x",  # no product's noun
        "、/x 青禾/nz 音樂廳/n 、/x",  # the noun is a part of a longer word
        "、/x 青禾/nz 、/x",
    ],
)
def test_what_is_no_product(tagged: str) -> None:
    assert branded(tagged, {"青禾": tagged_view(tagged).text.index("青禾")}) == []


def test_a_compound_that_is_told_twice_is_a_name() -> None:
    tagged = "用/v 青禾/nz 音樂/n 聽/v 青禾/nz 音樂/n 好/a"
    view = tagged_view(tagged)
    makers = [view.mention(at, at + 2, MAKER, 0.8, "test") for at in (1, 6)]
    assert [m.span.start for m in find_branded(view, makers)] == [1, 6]


def test_a_latin_word_that_names_a_kind_of_product() -> None:
    assert branded("青禾/nz Pay/eng 上線/v", {"青禾": 0}) == [("青禾Pay", "kg:Service")]
    assert branded("青禾/nz Xyz/eng 上線/v", {"青禾": 0}) == []


def test_a_known_makers_product_is_not_the_maker() -> None:
    found = classes("名單有騰訊看點、微軟同傳和騰訊。")
    assert found == {"騰訊看點": "kg:Product", "微軟同傳": "kg:Product", "騰訊": "kg:Company"}


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("研發/v 的/uj 鴻星/nr 818/m 晶片/n 。/x", [("鴻星818", "kg:Device")]),
        ("研发/v 的/uj 鸿星/nr 990/m 处理器/n 。/x", [("鸿星990", "kg:Device")]),
        ("使用/v 晶片/n 100/m 產品/n", []),  # the noun says what is counted
        ("購入/v 500/m 晶片/n", []),
        ("鴻星/nr 818/m 名/q 員工/n", []),
        ("鴻星/nr 12.5/m 晶片/n", []),
    ],
)
def test_a_word_and_a_number_before_the_noun_for_a_product(
    tagged: str, expected: list[tuple[str, str]]
) -> None:
    assert [(m.surface, m.cls) for m in find_models(tagged_view(tagged))] == expected
